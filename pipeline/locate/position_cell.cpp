// SPDX-License-Identifier: Apache-2.0
#include "locate/position_cell.hpp"

#include "locate/pair.hpp"
#include "normalise/latlon.hpp"
#include "normalise/reading.hpp"
#include "normalise/text.hpp"
#include "support/decimal.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <initializer_list>
#include <vector>

namespace kokai {
namespace {

constexpr std::size_t longest = 120;  // bytes of a cell that is a position

constexpr std::array<std::string_view, 12> brackets{"(", ")", "[", "]", "{", "}", "<", ">", "「", "」", "【", "】"};
constexpr std::array<std::string_view, 10> between{"&", ",", "、", ";", "/", "|", " ", "\n", "\t", "・"};
constexpr std::array<std::string_view, 6> axes{"北緯", "東経", "緯度", "経度", "n", "e"};
constexpr std::array<std::string_view, 2> letters{"x", "y"};
constexpr std::array<std::string_view, 9> labels{"latitude", "longitude", "lat", "lng", "lon", "point", ":", "=", "\""};
constexpr std::array<std::string_view, 11> plane_labels{"座標", "方向", "point", "北距", "東距", "x",
                                                        "y",    "n",    "e",     ":",    "="};
constexpr std::array<std::string_view, 3> units{"メートル", "m", "+"};
constexpr std::array<std::string_view, 13> height_labels{"標高", "海抜", "高さ", "高度", "alt", "h", "約",
                                                         ":",    "=",    "(",    ")",    " ",   ","};

template <typename Words>
std::string_view without(std::string_view text, const Words& words) {
    for (bool changed = true; changed;) {
        changed = false;
        for (const std::string_view word : words) {
            while (!text.empty() && text.starts_with(word)) {
                text.remove_prefix(word.size());
                changed = true;
            }
            while (!text.empty() && text.ends_with(word)) {
                text.remove_suffix(word.size());
                changed = true;
            }
        }
    }
    return text;
}

struct Half {
    std::string text;
    double degrees = 0;
};

std::optional<Half> half_of(std::string_view text) {
    text = without(text, between);
    text = without(text, brackets);
    text = without(text, labels);
    text = without(without(text, between), brackets);
    const Normalised read = normalise_latlon(text);
    const auto degrees = read.value.empty() ? std::nullopt : parse_decimal(read.value);
    if (!degrees) {
        return std::nullopt;
    }
    // Only the digits, where they are those of the cell: 北緯36.371366度.
    const bool as_written = text.find(read.value) != std::string_view::npos;
    return Half{as_written ? read.value : std::string(text), *degrees};
}

/// 44151.577, +44,151.577m, X=44151.577, without all that is no digit.
std::optional<std::string> number_of(std::string_view text) {
    for (std::size_t before = text.size() + 1; before != text.size();) {
        before = text.size();
        text = without(without(without(without(text, between), brackets), plane_labels), units);
    }
    const bool minus = drop_prefix(text, "-");
    const std::size_t point = std::min(text.find('.'), text.size());
    const std::string_view fraction = point == text.size() ? std::string_view() : text.substr(point + 1);
    const std::string_view whole = text.substr(0, point);
    const bool grouped = whole.find(',') != std::string_view::npos;
    std::string digits(minus ? "-" : "");
    for (std::size_t i = 0; i < whole.size(); ++i) {
        const bool at_comma = grouped && (whole.size() - i) % 4 == 0;
        if (at_comma ? whole[i] != ',' || i == 0 : !is_digit(whole[i])) {
            return std::nullopt;
        }
        digits += at_comma ? "" : std::string(1, whole[i]);
    }
    const bool sound = !whole.empty() && (point == text.size() || all_digits(fraction));
    return sound ? std::optional(digits + (fraction.empty() ? "" : "." + std::string(fraction))) : std::nullopt;
}

/// Where the second of the two may begin.
std::vector<std::size_t> cuts_of(std::string_view text) {
    std::vector<std::size_t> cuts;
    for (std::size_t at = 1; at < text.size(); ++at) {
        const std::string_view rest = text.substr(at);
        const auto begins = [&](std::string_view word) { return rest.starts_with(word); };
        if (std::any_of(between.begin(), between.end(), begins) || std::any_of(axes.begin(), axes.end(), begins) ||
            std::any_of(letters.begin(), letters.end(), begins)) {
            cuts.push_back(at);
        }
    }
    return cuts;
}

std::optional<PositionCell> read_degrees(std::string_view text, const std::vector<std::size_t>& cuts) {
    std::optional<PositionCell> elsewhere;
    for (const std::size_t cut : cuts) {
        const auto first = half_of(text.substr(0, cut));
        const auto second = first ? half_of(text.substr(cut)) : std::nullopt;
        if (!first || !second) {
            continue;
        }
        PositionCell one{first->text, second->text};
        one.turned = is_japanese_longitude(first->degrees) && is_japanese_latitude(second->degrees);
        one.in_japan = one.turned || (is_japanese_latitude(first->degrees) && is_japanese_longitude(second->degrees));
        one.labelled = holds_any(text, {"緯", "経", "lat", "lon", "lng", "n", "e", "point"});
        if (one.in_japan) {
            return one;
        }
        if (text[cut] == ',' && !elsewhere) {
            one.labelled = false;
            elsewhere = one;
        }
    }
    return elsewhere;
}

/// Two numbers that can be parted in one way only: 12,345,678 is one number, or any two.
std::optional<PositionCell> read_numbers(std::string_view text, const std::vector<std::size_t>& cuts) {
    std::optional<PositionCell> found;
    for (const std::size_t cut : cuts) {
        const auto first = number_of(text.substr(0, cut));
        const auto second = first ? number_of(text.substr(cut)) : std::nullopt;
        if (!first || !second) {
            continue;
        }
        if (found && (found->first != *first || found->second != *second)) {
            return std::nullopt;
        }
        found = PositionCell{*first, *second, false};
    }
    if (!found) {
        return std::nullopt;
    }
    const std::string_view start = without(without(text, between), brackets);
    const auto begins = [&](std::string_view word) { return start.starts_with(word); };
    found->turned = begins("y") || begins("e") || begins("東") || begins("point");
    found->labelled = found->turned || begins("x") || begins("n") || begins("北");
    return found;
}

std::optional<PositionCell> read_pair_of(std::string_view text) {
    const std::vector<std::size_t> cuts = cuts_of(text);
    std::optional<PositionCell> degrees = read_degrees(text, cuts);
    return degrees ? degrees : read_numbers(text, cuts);
}

/// `139.060668,36.389049,112.3`, (36.389049,139.060668)(標高112m): a third number is a height, where the two before it
/// are surely a position.
std::optional<PositionCell> read_with_height(std::string_view text) {
    constexpr double highest = 4000;
    constexpr std::size_t decimals = 3;
    const auto height_from = [&](std::size_t at) {
        const auto height =
            at == std::string_view::npos ? std::nullopt : number_of(without(text.substr(at), height_labels));
        return height && std::abs(parse_decimal(*height).value_or(highest)) < highest;
    };
    std::size_t last = text.find_last_of(", ;/");
    if (!height_from(last)) {
        last = text.rfind('(');
        if (!height_from(last)) {
            return std::nullopt;
        }
    }
    std::optional<PositionCell> one = read_pair_of(without(text.substr(0, last), between));
    const auto is_exact = [](const std::string& number) {
        const std::size_t point = number.find('.');
        return point != std::string::npos && number.size() - point > decimals;
    };
    const bool sure = one && (one->in_japan || !one->degrees) && is_exact(one->first) && is_exact(one->second);
    return sure ? one : std::nullopt;
}

}  // namespace

std::optional<PositionCell> read_position_cell(std::string_view cell) {
    if (cell.size() > longest) {
        return std::nullopt;
    }
    const Reading reading = open_value(cell);
    if (reading.answer) {
        return std::nullopt;
    }
    const std::string whole = lowered(reading.text);
    std::string_view text = whole;
    if (drop_prefix(text, "geo:")) {  // RFC 5870
        text = text.substr(0, text.find_first_of(";?"));
    }
    std::optional<PositionCell> one = read_pair_of(text);
    return one ? one : read_with_height(text);
}

bool is_unfilled_position(std::string_view cell) {
    if (cell.size() > longest || cell.find_first_of("123456789") != std::string_view::npos) {
        return false;
    }
    const Reading reading = open_value(cell);
    if (reading.answer) {
        return false;  // a marker, and known as one
    }
    std::string text = lowered(reading.text);
    for (const std::string_view word : {"北緯", "東経", "緯度", "経度", "latitude", "longitude", "lat", "lng", "lon",
                                        "座標", "度", "分", "秒", "、", "・"}) {
        text = replace_all(std::move(text), word, " ");
    }
    constexpr std::string_view empty_form = "0.,;:/|=-+()[]{}<>'\" \t\nxyne";
    return text.find_first_not_of(empty_form) == std::string::npos;
}

}  // namespace kokai
