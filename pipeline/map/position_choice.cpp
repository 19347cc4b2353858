// SPDX-License-Identifier: Apache-2.0
#include "map/position_choice.hpp"

#include "locate/position_header.hpp"

#include <algorithm>
#include <map>
#include <string>

namespace kokai {
namespace {

struct Candidate {
    std::size_t latitude = 0, longitude = 0;
    Accord accord = Accord::none;
    PositionHeader says;
    double confidence = 0.0;
};

struct ReadChoice {
    PositionChoice choice;
    PositionHeader says;
};

/// The most likely ones: every latitude is held against every longitude.
std::vector<ReadChoice> likely(std::vector<PositionChoice> choices) {
    constexpr std::size_t most = 50;
    std::stable_sort(choices.begin(), choices.end(),
                     [](const PositionChoice& a, const PositionChoice& b) { return a.confidence > b.confidence; });
    choices.resize(std::min(choices.size(), most));
    std::vector<ReadChoice> read;
    read.reserve(choices.size());
    for (const PositionChoice& one : choices) {
        read.push_back({one, read_position_header(one.header)});
    }
    return read;
}

std::vector<Candidate> candidates_of(const std::vector<PositionChoice>& latitudes,
                                     const std::vector<PositionChoice>& longitudes) {
    std::vector<Candidate> all;
    const std::vector<ReadChoice> easts = likely(longitudes);
    for (const ReadChoice& north : likely(latitudes)) {
        for (const ReadChoice& east : easts) {
            const Accord accord = accord_of(north.says, east.says);
            if (accord != Accord::none && north.choice.column != east.choice.column) {
                all.push_back({north.choice.column, east.choice.column, accord, both_of(north.says, east.says),
                               (north.choice.confidence + east.choice.confidence) / 2});
            }
        }
    }
    return all;
}

/// The best of one place counts for all of its pairs; among them today's datum decides.
double worth(const Candidate& one, const std::map<std::string, double>& of_place) {
    constexpr double handicap = 0.1;
    constexpr double of_datum = 0.01;
    constexpr double of_itself = 0.001;
    return of_place.at(one.says.rest) - (one.accord == Accord::partial ? handicap : 0.0) -
           (one.says.is_plane() ? handicap : 0.0) + of_datum * preference(one.says.datum) + of_itself * one.confidence;
}

}  // namespace

PositionColumnsChoice choose_position_columns(const std::vector<PositionChoice>& latitudes,
                                              const std::vector<PositionChoice>& longitudes) {
    if (latitudes.empty() || longitudes.empty()) {
        return {};
    }
    const std::vector<Candidate> all = candidates_of(latitudes, longitudes);
    if (latitudes.size() == 1 && longitudes.size() == 1) {
        return {all.empty(), PositionColumnsChoice::none, PositionColumnsChoice::none, 0.0};
    }
    if (all.empty()) {
        return {true, PositionColumnsChoice::none, PositionColumnsChoice::none, 0.0};
    }
    std::map<std::string, double> of_place;
    for (const Candidate& one : all) {
        double& best = of_place[one.says.rest];
        best = std::max(best, one.confidence);
    }
    const Candidate& best = *std::max_element(all.begin(), all.end(), [&](const Candidate& a, const Candidate& b) {
        return worth(a, of_place) < worth(b, of_place);
    });
    // Of two that agree in all else, one is as sure as the other.
    return {true, best.latitude, best.longitude, best.accord == Accord::full ? best.confidence : 0.0};
}

}  // namespace kokai
