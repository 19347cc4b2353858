// SPDX-License-Identifier: Apache-2.0
// Degrees, minutes and seconds are counted in whole 10^-9 seconds, so that no digit depends on floating point.
#include "normalise/latlon.hpp"

#include "normalise/reading.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

namespace kokai {

namespace {

constexpr std::string_view unreadable = "error:not-a-coordinate";
constexpr std::int64_t one_second = 1'000'000'000;
constexpr std::int64_t one_degree = 3600 * one_second;

/// Digits with an optional fraction, at most 15 of them.
struct Part {
    std::string whole, fraction;
};

std::optional<Part> take_part(std::string_view& text) {
    Part part;
    std::size_t at = 0;
    while (at < text.size() && is_digit(text[at])) {
        part.whole += text[at++];
    }
    if (part.whole.empty() || part.whole.size() > 7) {
        return std::nullopt;
    }
    if (at + 1 < text.size() && text[at] == '.' && is_digit(text[at + 1])) {
        ++at;
        while (at < text.size() && is_digit(text[at])) {
            part.fraction += text[at++];
        }
    }
    text.remove_prefix(at);
    return part;
}

/// A part times `unit`, exactly to the last 10^-9 second; further digits are cut.
std::int64_t measure(const Part& part, std::int64_t unit) {
    std::int64_t value = std::stoll(part.whole) * unit;
    std::int64_t step = unit;
    for (const char digit : part.fraction) {
        if (step % 10 != 0) {
            break;
        }
        step /= 10;
        value += (digit - '0') * step;
    }
    return value;
}

constexpr std::size_t least_decimals = 7;  // 1 cm
constexpr std::size_t most_decimals = 11;  // beyond it a degree is no whole number of steps
constexpr std::size_t decimals_of_a_second = 5;
constexpr std::size_t decimals_of_a_minute = 4;

/// So many that rounding costs at most a fiftieth of what the last digit of the source can say: a second is 0.00028°.
std::size_t decimals_for(std::size_t of_the_source, std::size_t more) {
    return std::clamp(of_the_source + more, least_decimals, most_decimals);
}

/// One coordinate, and how many decimals of a degree the way it is written can tell.
struct Coordinate {
    Normalised normalised;
    std::size_t decimals = 0;
};

/// Rounded, without zeros at the end.
std::string print(std::int64_t angle, bool negative, std::size_t decimals) {
    std::int64_t places = 1;
    for (std::size_t i = 0; i < decimals; ++i) {
        places *= 10;
    }
    const std::int64_t step = one_degree / places;
    const std::int64_t rounded = (angle + step / 2) / step;
    std::string fraction = padded(rounded % places, static_cast<int>(decimals));
    fraction.erase(fraction.find_last_not_of('0') + 1);
    return (negative && rounded != 0 ? "-" : "") + std::to_string(rounded / places) +
           (fraction.empty() ? "" : "." + fraction);
}

bool is_in_japan(std::int64_t angle) {
    const auto within = [&](std::int64_t first, std::int64_t last) {
        return angle >= first * one_degree && angle <= last * one_degree;
    };
    return within(20, 46) || within(122, 154);
}

/// 363334, 1390338.4: an integer of so many digits may be metres too, so it must be a place in Japan.
std::optional<Coordinate> read_packed(const Part& part, bool negative) {
    if (negative || (part.whole.size() != 6 && part.whole.size() != 7)) {
        return std::nullopt;
    }
    const std::size_t degrees = part.whole.size() - 4;
    const Part minutes{part.whole.substr(degrees, 2), ""};
    const Part seconds{part.whole.substr(degrees + 2), part.fraction};
    const std::int64_t angle = measure({part.whole.substr(0, degrees), ""}, one_degree) +
                               measure(minutes, 60 * one_second) + measure(seconds, one_second);
    if (minutes.whole >= "60" || seconds.whole >= "60" || !is_in_japan(angle)) {
        return std::nullopt;
    }
    const std::string form = std::string(degrees == 3 ? "d" : "") + "ddmmss" + (part.fraction.empty() ? "" : ".s");
    const std::size_t decimals = decimals_for(part.fraction.size(), decimals_of_a_second);
    return Coordinate{{print(angle, false, decimals), {"format:" + form}}, decimals};
}

void trim(std::string_view& text) {
    while (drop_prefix(text, " ")) {
    }
    while (drop_suffix(text, " ")) {
    }
}

/// 北緯, N, 東経, E in front or behind (positive), 南緯, S, 西経, W (negative). Answers 1, -1, or 0 for none.
int take_hemisphere(std::string_view& text) {
    static constexpr std::array<std::pair<std::string_view, int>, 12> words = {{{"北緯", 1},
                                                                                {"東経", 1},
                                                                                {"南緯", -1},
                                                                                {"西経", -1},
                                                                                {"緯度", 1},
                                                                                {"経度", 1},
                                                                                {"N", 1},
                                                                                {"E", 1},
                                                                                {"S", -1},
                                                                                {"W", -1},
                                                                                {"n", 1},
                                                                                {"e", 1}}};
    for (const auto& [word, sign] : words) {
        if (drop_prefix(text, word)) {
            drop_prefix(text, ":");
            trim(text);
            return sign;
        }
        if (word.size() == 1 && drop_suffix(text, word)) {
            trim(text);
            return sign;
        }
    }
    return 0;
}

/// Every mark for degrees becomes '°', for minutes '\'', for seconds '"'.
std::string with_plain_marks(std::string_view text) {
    std::string marked(text);
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 20> marks = {
        {{"度", "°"}, {"º", "°"},  {"˚", "°"},   {"゜", "°"},  {"分", "'"},  {"′", "'"},  {"’", "'"},
         {"‘", "'"},  {"´", "'"},  {"`", "'"},   {"ʹ", "'"},   {"秒", "\""}, {"″", "\""}, {"”", "\""},
         {"“", "\""}, {"ʺ", "\""}, {"〃", "\""}, {"''", "\""}, {"゛", "\""}, {"〝", "\""}}};
    for (const auto& [mark, plain_mark] : marks) {
        marked = replace_all(marked, mark, plain_mark);
    }
    return marked;
}

struct Angle {
    std::int64_t size = 0;
    std::size_t decimals = least_decimals;
    bool read = false;
};

/// 36°23'20.6", 36°23.343', 36°23', 36.5°.
Angle read_marked(std::string_view text) {
    Angle angle;
    std::int64_t unit = one_degree;
    bool had_fraction = false;
    for (const std::string_view mark : {"°", "'", "\""}) {
        if (text.empty()) {
            break;
        }
        const auto part = take_part(text);
        if (!part || part->whole.size() > 3 || had_fraction || (unit != one_degree && measure(*part, 1) >= 60)) {
            return {};
        }
        angle.size += measure(*part, unit);
        had_fraction = !part->fraction.empty();
        angle.decimals = decimals_for(part->fraction.size(), unit == one_degree   ? 0
                                                             : unit == one_second ? decimals_of_a_second
                                                                                  : decimals_of_a_minute);
        trim(text);
        // The last mark is often left out: 36°23'20.6.
        if (!drop_prefix(text, mark) && (mark == "°" || !text.empty())) {
            return {};
        }
        trim(text);
        unit /= 60;
    }
    angle.read = text.empty();
    return angle;
}

/// 36-23-20.6, 139/03/38.4, 139:03:38.4, 139 03 38.4, 139.3.38.4: three parts with one separator.
Angle read_separated(std::string_view text) {
    Angle angle;
    std::string_view rest = text;
    const std::size_t first_end = rest.find_first_not_of("0123456789");
    if (first_end == std::string_view::npos || first_end == 0 || first_end > 3) {
        return {};
    }
    const std::string separator(1, rest[first_end]);
    if (separator.find_first_of("-/:. ") == std::string::npos) {
        return {};
    }
    const std::size_t second_end = rest.find_first_not_of("0123456789", first_end + 1);
    if (second_end == std::string_view::npos || rest.substr(second_end, 1) != separator) {
        return {};
    }
    std::string_view seconds_text = rest.substr(second_end + 1);
    const Part degrees{std::string(rest.substr(0, first_end)), ""};
    const Part minutes{std::string(rest.substr(first_end + 1, second_end - first_end - 1)), ""};
    const auto seconds = take_part(seconds_text);
    if (!seconds || !seconds_text.empty() || minutes.whole.empty() || minutes.whole.size() > 2 ||
        seconds->whole.size() > 2 || measure(minutes, 1) >= 60 || measure(*seconds, 1) >= 60) {
        return {};
    }
    angle.size = measure(degrees, one_degree) + measure(minutes, 60 * one_second) + measure(*seconds, one_second);
    angle.decimals = decimals_for(seconds->fraction.size(), decimals_of_a_second);
    angle.read = true;
    return angle;
}

Coordinate in_range(std::int64_t angle, std::string value, std::size_t decimals) {
    return {angle > 180 * one_degree ? flag_only("error:out-of-range") : value_only(std::move(value)), decimals};
}

/// Decimal degrees: the digits stay, needless zeros in front go.
Coordinate keep_digits(const Part& part, bool negative) {
    if (part.whole.size() > 3) {
        return {flag_only("error:out-of-range")};
    }
    std::string whole = part.whole;
    whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size() - 1));
    const std::int64_t angle = measure(part, one_degree);
    const bool zero = whole == "0" && part.fraction.find_first_not_of('0') == std::string::npos;
    return in_range(angle, (negative && !zero ? "-" : "") + whole + (part.fraction.empty() ? "" : "." + part.fraction),
                    part.fraction.size());
}

bool looks_like_pair(std::string_view text) {
    const std::size_t comma = text.find(',');
    if (comma == std::string_view::npos) {
        return false;
    }
    std::string_view first = text.substr(0, comma);
    std::string_view second = text.substr(comma + 1);
    trim(first);
    trim(second);
    return is_clean_latlon(first) && is_clean_latlon(second) && first.find('.') != std::string_view::npos;
}

std::size_t decimals_of_clean(std::string_view text) {
    const std::size_t point = text.find('.');
    return point == std::string_view::npos ? 0 : text.size() - point - 1;
}

Coordinate read_coordinate(std::string_view input) {
    const Reading reading = open_value(input);
    if (reading.answer) {
        return {*reading.answer};
    }
    if (is_clean_latlon(reading.text)) {
        return {value_only(reading.text), decimals_of_clean(reading.text)};
    }
    if (looks_like_pair(reading.text)) {
        return {flag_only("error:pair")};
    }
    std::string_view text = reading.text;
    const int hemisphere = take_hemisphere(text);
    const bool minus = drop_prefix(text, "-");
    if (!minus) {
        drop_prefix(text, "+");
    }
    if (minus && hemisphere != 0) {
        return {flag_only(unreadable)};
    }
    const bool negative = minus || hemisphere < 0;
    std::string_view rest = text;
    const auto part = take_part(rest);
    if (!part) {
        return {flag_only(unreadable)};
    }
    if (rest.empty()) {
        if (auto packed = read_packed(*part, negative)) {
            return *packed;
        }
        return keep_digits(*part, negative);
    }
    const std::string marked = with_plain_marks(text);
    if (part->whole.size() <= 3 && marked == std::string(text.substr(0, text.size() - rest.size())) + "°") {
        return keep_digits(*part, negative);  // 36.389049°
    }
    Angle angle = read_marked(marked);
    if (!angle.read) {
        angle = read_separated(text);
    }
    if (!angle.read || part->whole.size() > 3) {
        return {flag_only(unreadable)};
    }
    return in_range(angle.size, print(angle.size, negative, angle.decimals), angle.decimals);
}

}  // namespace

bool is_clean_latlon(std::string_view text) {
    std::string_view digits = text;
    const bool negative = drop_prefix(digits, "-");
    std::size_t whole = 0;
    while (whole < digits.size() && is_digit(digits[whole])) {
        ++whole;
    }
    if (whole == 0 || whole > 3 || (digits.front() == '0' && whole > 1)) {
        return false;
    }
    if (whole < digits.size() && (digits[whole] != '.' || !all_digits(digits.substr(whole + 1)))) {
        return false;
    }
    if (negative && digits.find_first_of("123456789") == std::string_view::npos) {
        return false;
    }
    if (whole < 3 || digits.front() == '0') {
        return true;
    }
    const std::string_view degrees = digits.substr(0, 3);
    return degrees < "180" ||
           (degrees == "180" && digits.substr(3).find_first_of("123456789") == std::string_view::npos);
}

Normalised normalise_latlon(std::string_view input) {
    return read_coordinate(input).normalised;
}

std::size_t latlon_decimals(std::string_view input) {
    return is_clean_latlon(input) ? decimals_of_clean(input) : read_coordinate(input).decimals;
}

}  // namespace kokai
