// SPDX-License-Identifier: Apache-2.0
#include "locate/system_score.hpp"

#include "locate/pair.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

namespace kokai {
namespace {

constexpr std::size_t most_points = 400;
constexpr double far_away = 25'000;     // metres; a candidate whose middle lies so far out is none
constexpr double ball_error = 25'000;   // metres; UTM reckons 4,000 km from the equator
constexpr double fewest_strays = 0.02;  // share of points that may lie anywhere
constexpr double most_strays = 0.5;
constexpr double least_town_spread = 150;     // metres between a place and the point of its town
constexpr double spread_of_few_towns = 1500;  // a few say which city it is, not which datum
constexpr double most_town_spread = 2000;
constexpr std::size_t enough_towns = 8;  // to tell the datums
constexpr double exact_border = 150;     // metres; … without towns a border in full detail is needed
constexpr double metres_a_degree = 111'000;
constexpr LonLat nowhere{};

double metres_between(LonLat a, LonLat b) {
    const double east = (a.longitude - b.longitude) * metres_a_degree * std::cos(a.latitude / 57.29577951);
    return std::hypot(east, (a.latitude - b.latitude) * metres_a_degree);
}

bool in_japan(LonLat point) {
    return is_japanese_longitude(point.longitude) && is_japanese_latitude(point.latitude);
}

/// What is plain enough to be tried without PROJ: degrees in JGD2011, and in the Tokyo datum by a formula that is good
/// to some metres.
LonLat about_jgd2011(LonLat tokyo) {
    return {tokyo.longitude - 0.000046038 * tokyo.latitude - 0.000083043 * tokyo.longitude + 0.010040,
            tokyo.latitude - 0.00010695 * tokyo.latitude + 0.000017464 * tokyo.longitude + 0.0046017};
}

/// Where something lies, to some kilometres.
LonLat on_a_ball(const CoordinateSystem& system, double x, double y) {
    constexpr double radian = 57.29577951;
    constexpr double radius = 6'371'000;
    const SystemOrigin origin = origin_of(system);
    switch (system.projection) {
    case Projection::degrees:
        return {x, y};
    case Projection::web_mercator:
        return {x / 6'378'137 * radian, std::atan(std::sinh(y / 6'378'137)) * radian};
    case Projection::utm:
        x -= 500'000;
        break;
    case Projection::plane:
        break;
    }
    const double latitude = origin.latitude + y / radius * radian;
    return {origin.longitude + x / (radius * std::max(0.1, std::cos(latitude / radian))) * radian, latitude};
}

/// How well points keep within a border. Thirty in one quarter beside it are as far outside as their quarter is: they
/// have one voice. The more lie outside, the less the border says: some cities publish what stands around them, too.
class Quarters {
public:
    /// `fit`: 1 within the border, less the farther outside, beyond what the border's error explains.
    void add(LonLat point, double fit) {
        const std::pair<long, long> kilometre{std::lround(point.longitude * 90), std::lround(point.latitude * 111)};
        fits_[kilometre].push_back(fit);
    }

    [[nodiscard]] double score() const {
        double outside = 0;
        for (const auto& [where, fits] : fits_) {
            outside += 1 - mean(fits, [](double fit) { return fit; });
        }
        const double strays =
            std::clamp(outside / std::max(1.0, static_cast<double>(fits_.size())), fewest_strays, most_strays);
        double score = 0;
        for (const auto& [where, fits] : fits_) {
            score += mean(fits, [&](double fit) { return std::log((1 - strays) * fit + strays); });
        }
        return score;
    }

private:
    template <typename Of>
    static double mean(const std::vector<double>& fits, Of of) {
        double sum = 0;
        for (const double fit : fits) {
            sum += of(fit);
        }
        return sum / static_cast<double>(fits.size());
    }

    std::map<std::pair<long, long>, std::vector<double>> fits_;
};

}  // namespace

std::size_t sample_step(std::size_t points) {
    return points / most_points + 1;
}

SystemScorer::SystemScorer(const std::vector<SystemSample>& sample, AxisNames names, const SystemEvidence& evidence,
                           std::filesystem::path grids)
    : names_(names), evidence_(evidence), grids_(std::move(grids)) {
    std::set<std::pair<double, double>> seen;
    for (std::size_t i = 0; i < sample.size(); i += sample_step(sample.size())) {
        // A city hall's position under a hundred rows is one piece of evidence.
        if (seen.insert({sample[i].first, sample[i].second}).second) {
            sample_.push_back(sample[i]);
        }
    }
    std::vector<double> first;
    std::vector<double> second;
    std::set<std::pair<double, double>> towns;
    for (SystemSample& one : sample_) {
        first.push_back(one.first);
        second.push_back(one.second);
        // Ten places in one town are as far from its point as their district is: they speak with one voice.
        if (one.town && !towns.insert({one.town->longitude, one.town->latitude}).second) {
            one.town.reset();
        }
    }
    towns_ = towns.size();
    const auto middle = [](std::vector<double>& numbers) {
        const auto at = numbers.begin() + static_cast<std::ptrdiff_t>(numbers.size() / 2);
        std::nth_element(numbers.begin(), at, numbers.end());
        return numbers.empty() ? 0.0 : *at;
    };
    middle_ = {middle(first), middle(second), {}};
}

bool SystemScorer::tells_datums() const {
    return towns_ >= enough_towns || (evidence_.outside != nullptr && evidence_.tolerance <= exact_border);
}

std::optional<ScoredSystem> SystemScorer::score(const SystemCandidate& candidate) {
    LonLat middle;
    std::unique_ptr<PositionConverter> converter;
    if (candidate.system.projection != Projection::degrees) {
        if (!may_lie_near(candidate)) {
            return std::nullopt;  // most end here: making a converter costs as much as reading a thousand rows
        }
        converter = make_converter(candidate.system, grids_);
    }
    if (!place(candidate, converter.get(), middle_, middle) || !in_japan(middle) || !may_hold(middle, far_away)) {
        return std::nullopt;
    }
    ScoredSystem scored;
    scored.candidate = candidate;
    std::size_t inside = 0;
    Quarters quarters;
    for (const SystemSample& one : sample_) {
        LonLat point;
        if (!place(candidate, converter.get(), one, point) || !in_japan(point)) {
            scored.score += std::log(fewest_strays) * 2;
            scored.points.push_back(nowhere);
            continue;
        }
        scored.points.push_back(point);
        double outside = 0;
        if (evidence_.outside != nullptr) {
            outside = evidence_.outside(point, 20 * evidence_.tolerance);
            // A border that is known well speaks at once, one that is drawn roughly only beyond its error.
            const double blur = std::max(10.0, evidence_.tolerance / 5);
            quarters.add(point, std::exp(-outside / blur));
        }
        inside += outside <= evidence_.tolerance ? 1U : 0U;
    }
    scored.score += quarters.score() + score_of_towns(scored) + score_of_spread(scored);
    scored.inside = sample_.empty() ? 0 : static_cast<double>(inside) / static_cast<double>(sample_.size());
    return scored;
}

double SystemScorer::score_of_towns(const ScoredSystem& scored) const {
    if (towns_ == 0) {
        return 0;
    }
    const double least = towns_ < enough_towns ? spread_of_few_towns : least_town_spread;
    const double spread = std::clamp(off_towns(scored), least, most_town_spread);
    double score = 0;
    for (std::size_t i = 0; i < sample_.size(); ++i) {
        if (sample_[i].town) {
            const double off = metres_between(scored.points[i], *sample_[i].town) / spread;
            score -= 2 * std::log(spread / least_town_spread) + 1.5 * std::log1p(off * off);
        }
    }
    return score;
}

double SystemScorer::score_of_spread(const ScoredSystem& scored) {
    std::vector<double> east;
    std::vector<double> north;
    for (const LonLat& point : scored.points) {
        if (point.latitude != nowhere.latitude) {
            east.push_back(point.longitude * metres_a_degree);
            north.push_back(point.latitude * metres_a_degree);
        }
    }
    if (east.empty()) {
        return 0;
    }
    // A point that is none in this reading adds nothing, which is what it costs.
    const auto width = [](std::vector<double>& numbers) {
        std::sort(numbers.begin(), numbers.end());
        return std::max(1.0, numbers[numbers.size() * 3 / 4] - numbers[numbers.size() / 4]);
    };
    return static_cast<double>(east.size()) * std::log(width(east) * width(north));
}

double SystemScorer::off_towns(const ScoredSystem& scored) const {
    std::vector<double> off;
    for (std::size_t i = 0; i < sample_.size(); ++i) {
        if (sample_[i].town) {
            off.push_back(metres_between(scored.points[i], *sample_[i].town));
        }
    }
    if (off.empty()) {
        return 0;
    }
    std::nth_element(off.begin(), off.begin() + static_cast<std::ptrdiff_t>(off.size() / 2), off.end());
    return off[off.size() / 2];
}

bool SystemScorer::is_plausible(const ScoredSystem& scored) const {
    // A few towns may lie far off for reasons of their own; they are asked where nothing else is known.
    const bool towns_count = towns_ >= enough_towns || (towns_ > 0 && evidence_.outside == nullptr);
    const double off = towns_count ? off_towns(scored) : 0;
    // Many addresses say more than a publisher who publishes what stands in the next city.
    return off < 3000 && (scored.inside >= 0.6 || (towns_ >= enough_towns && off < most_town_spread));
}

std::string SystemScorer::evidence_of(const ScoredSystem& scored) const {
    const auto inside = static_cast<std::size_t>(std::lround(scored.inside * static_cast<double>(points())));
    std::string text;
    if (evidence_.outside != nullptr) {
        text = fmt::format("{} 点のうち {} 点が市区町村の中", points(), inside);
    }
    if (towns_ > 0) {
        text += fmt::format("{}住所の町から中央値 {:.0f} m", text.empty() ? "" : "、", off_towns(scored));
    }
    return text;
}

bool SystemScorer::may_lie_near(const SystemCandidate& candidate) const {
    double x = 0;
    double y = 0;
    if (!candidate.decode(names_, middle_.first, middle_.second, x, y)) {
        return false;
    }
    const LonLat about = on_a_ball(candidate.system, x, y);
    const auto between = [](double value, double low, double high) { return value > low && value < high; };
    return between(about.latitude, 19, 47) && between(about.longitude, 121, 155) &&
           may_hold(about, far_away + ball_error);
}

bool SystemScorer::may_hold(LonLat middle, double reach) const {
    const auto near_town = [&](const SystemSample& one) {
        return one.town && metres_between(middle, *one.town) < reach;
    };
    return evidence_.outside == nullptr || evidence_.outside(middle, reach) < reach ||
           (towns_ >= enough_towns && std::any_of(sample_.begin(), sample_.end(), near_town));
}

bool SystemScorer::lies_in_japan(const SystemCandidate& degrees) const {
    LonLat middle;
    return !needs_proj(degrees.system) && place(degrees, nullptr, middle_, middle) && in_japan(middle);
}

bool SystemScorer::reads_as_degrees() const {
    std::size_t as_named = 0;
    std::size_t exchanged = 0;
    for (const SystemSample& one : sample_) {
        as_named += in_japan({one.first, one.second}) ? 1U : 0U;
        exchanged += in_japan({one.second, one.first}) ? 1U : 0U;
    }
    return std::max(as_named, exchanged) * 10 >= sample_.size() * 9;
}

SystemCandidate SystemScorer::usual_reading() const {
    for (const NumberForm form : {NumberForm::plain, NumberForm::packed_seconds, NumberForm::lost_point}) {
        for (const bool swapped : {false, true}) {
            const SystemCandidate one{degrees_in(Datum::jgd2011), form, 1, swapped};
            if ((form == NumberForm::plain || names_ != AxisNames::east_north) && lies_in_japan(one)) {
                return one;
            }
        }
    }
    return {degrees_in(Datum::jgd2011)};
}

bool SystemScorer::reads_as_packed(const CoordinateSystem& declared) const {
    LonLat plain;
    LonLat packed;
    return declared.projection == Projection::degrees && names_ != AxisNames::east_north &&
           place({declared}, nullptr, middle_, plain) && !in_japan(plain) &&
           place({declared, NumberForm::packed_seconds}, nullptr, middle_, packed) && in_japan(packed);
}

double SystemScorer::apart(const ScoredSystem& a, const ScoredSystem& b) {
    double most = 0;
    for (std::size_t i = 0; i < a.points.size(); ++i) {
        most = std::max(most, metres_between(a.points[i], b.points[i]));
    }
    return most;
}

bool SystemScorer::needs_proj(const CoordinateSystem& system) {
    return system.projection != Projection::degrees || system.datum != Datum::jgd2011;
}

bool SystemScorer::place(const SystemCandidate& candidate, PositionConverter* converter, const SystemSample& one,
                         LonLat& point) const {
    double x = 0;
    double y = 0;
    if (!candidate.decode(names_, one.first, one.second, x, y)) {
        return false;
    }
    if (converter != nullptr) {
        converter->to_degrees(&x, &y, 1, nullptr);
    }
    point = {x, y};
    if (converter == nullptr && candidate.system.datum == Datum::tokyo) {
        point = about_jgd2011(point);
    }
    return true;
}

}  // namespace kokai
