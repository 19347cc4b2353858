// SPDX-License-Identifier: Apache-2.0
#include "locate/pair.hpp"

#include "normalise/latlon.hpp"
#include "normalise/reading.hpp"
#include "support/decimal.hpp"
#include "support/text.hpp"

#include <array>
#include <cmath>
#include <optional>
#include <utility>

namespace kokai {
namespace {

/// At commas; where there is none, at blanks between plain numbers.
std::vector<std::string_view> pieces_of(std::string_view text) {
    if (text.starts_with('(') && text.ends_with(')')) {
        text = text.substr(1, text.size() - 2);
    }
    std::vector<std::string_view> pieces;
    const bool commas = text.find(',') != std::string_view::npos;
    while (!text.empty()) {
        const std::size_t end = text.find(commas ? ',' : ' ');
        const std::string_view piece = trimmed(text.substr(0, end));
        if (commas || !piece.empty()) {
            pieces.push_back(piece);
        }
        if (end == std::string_view::npos) {
            break;
        }
        text.remove_prefix(end + 1);
    }
    return pieces;
}

std::optional<double> metres(std::string_view text) {
    for (const std::string_view letter : {"X", "Y", "x", "y", "=", ":", " "}) {
        while (text.starts_with(letter)) {
            text.remove_prefix(letter.size());
        }
    }
    for (const std::string_view unit : {"m", " "}) {
        while (text.ends_with(unit)) {
            text.remove_suffix(unit.size());
        }
    }
    if (text.starts_with('+')) {
        text.remove_prefix(1);
    }
    return parse_decimal(text);
}

std::optional<double> degrees(std::string_view text) {
    const Normalised read = normalise_latlon(text);
    return read.value.empty() ? std::nullopt : parse_decimal(read.value);
}

bool is_beyond(std::string_view text) {
    const Normalised read = normalise_latlon(text);
    return read.value.empty() && !read.flags.empty() && read.flags.front() == "error:out-of-range";
}

bool has_height(const CoordinateSystem& system) {
    return system.code == 6697 || system.code == 6696 || system.code == 7414 ||
           (system.code >= 10162 && system.code <= 10174);
}

}  // namespace

PairAnswer read_pair(std::string_view input, const CoordinateSystem& system, PositionConverter& converter) {
    PairAnswer answer;
    const auto refuse = [&](const char* flag) {
        answer.flags = {flag};
        return answer;
    };
    std::string text(input);
    for (const std::string_view comma : {"，", "、", "\t"}) {
        text = replace_all(text, comma, comma == "\t" ? " " : ",");
    }
    const Reading reading = open_value(text);
    if (reading.answer) {
        answer.flags = reading.answer->flags;
        return answer;
    }
    const std::vector<std::string_view> pieces = pieces_of(reading.text);
    if (pieces.size() != 2 && !(pieces.size() == 3 && has_height(system))) {
        return refuse("error:not-a-coordinate");
    }
    const bool in_degrees = system.projection == Projection::degrees;
    const auto number = [&](std::string_view piece) { return in_degrees ? degrees(piece) : metres(piece); };
    auto first = number(pieces[0]);
    auto second = number(pieces[1]);
    const auto height = pieces.size() == 3 ? metres(pieces[2]) : std::optional<double>(0);
    if (!first || !second || !height) {
        const bool beyond = in_degrees && (is_beyond(pieces[0]) || is_beyond(pieces[1]));
        return refuse(beyond ? "error:out-of-range" : "error:not-a-coordinate");
    }
    if (in_degrees && is_japanese_longitude(*first) && is_japanese_latitude(*second)) {
        std::swap(first, second);
        answer.flags.emplace_back("warn:swapped");
    }
    double x = system.north_first() ? *second : *first;
    double y = system.north_first() ? *first : *second;
    const std::size_t approximate = converter.to_degrees(&x, &y, 1, nullptr);
    if (!(std::abs(x) <= 180 && std::abs(y) <= 90)) {
        return refuse("error:out-of-range");
    }
    if (approximate > 0) {
        answer.flags.emplace_back("warn:without-parameter");
    }
    if (!is_japanese_longitude(x) || !is_japanese_latitude(y)) {
        answer.flags.emplace_back("warn:outside-japan");
    }
    answer.found = true;
    answer.longitude = x;
    answer.latitude = y;
    if (pieces.size() == 3) {
        answer.height = *height + converter.geoid_height(x, y);
    }
    return answer;
}

}  // namespace kokai
