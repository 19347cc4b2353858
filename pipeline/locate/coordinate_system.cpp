// SPDX-License-Identifier: Apache-2.0
// Zones and codes as EPSG and 国土交通省告示第9号 (2002) define them.
#include "locate/coordinate_system.hpp"

#include <array>
#include <charconv>
#include <system_error>

namespace kokai {
namespace {

struct CodeRange {
    int first, last;
    Datum datum;
    Projection projection;
    int first_zone;
};

// With a height (6697, 10162 …) or without: a position's latitude and longitude are the same.
constexpr std::array ranges{
    CodeRange{6668, 6668, Datum::jgd2011, Projection::degrees, 0},
    CodeRange{6667, 6667, Datum::jgd2011, Projection::degrees, 0},
    CodeRange{6697, 6697, Datum::jgd2011, Projection::degrees, 0},
    CodeRange{4326, 4326, Datum::jgd2011, Projection::degrees, 0},
    CodeRange{4979, 4979, Datum::jgd2011, Projection::degrees, 0},
    CodeRange{4612, 4612, Datum::jgd2000, Projection::degrees, 0},
    CodeRange{4947, 4947, Datum::jgd2000, Projection::degrees, 0},
    CodeRange{6696, 6696, Datum::jgd2000, Projection::degrees, 0},
    CodeRange{4301, 4301, Datum::tokyo, Projection::degrees, 0},
    CodeRange{7414, 7414, Datum::tokyo, Projection::degrees, 0},
    CodeRange{6669, 6687, Datum::jgd2011, Projection::plane, 1},
    CodeRange{10162, 10174, Datum::jgd2011, Projection::plane, 1},
    CodeRange{2443, 2461, Datum::jgd2000, Projection::plane, 1},
    CodeRange{30161, 30179, Datum::tokyo, Projection::plane, 1},
    CodeRange{6688, 6692, Datum::jgd2011, Projection::utm, 51},
    CodeRange{3097, 3101, Datum::jgd2000, Projection::utm, 51},
    CodeRange{3092, 3096, Datum::tokyo, Projection::utm, 51},
    CodeRange{32651, 32656, Datum::jgd2011, Projection::utm, 51},
    CodeRange{3857, 3857, Datum::jgd2011, Projection::web_mercator, 0},
    CodeRange{900913, 900913, Datum::jgd2011, Projection::web_mercator, 0},
};

constexpr std::array<SystemOrigin, 19> plane_origins{{{33, 129.5},
                                                      {33, 131},
                                                      {36, 132 + 10 / 60.0},
                                                      {33, 133.5},
                                                      {36, 134 + 20 / 60.0},
                                                      {36, 136},
                                                      {36, 137 + 10 / 60.0},
                                                      {36, 138.5},
                                                      {36, 139 + 50 / 60.0},
                                                      {40, 140 + 50 / 60.0},
                                                      {44, 140.25},
                                                      {44, 142.25},
                                                      {44, 144.25},
                                                      {26, 142},
                                                      {26, 127.5},
                                                      {26, 124},
                                                      {26, 131},
                                                      {20, 136},
                                                      {26, 154}}};

bool is_letter(char c, char small) {
    return c == small || c == static_cast<char>(small - 'a' + 'A');
}

bool holds_word(std::string_view text, std::string_view small_word) {
    for (std::size_t at = 0; at + small_word.size() <= text.size(); ++at) {
        std::size_t same = 0;
        while (same < small_word.size() && is_letter(text[at + same], small_word[same])) {
            ++same;
        }
        if (same == small_word.size()) {
            return true;
        }
    }
    return false;
}

}  // namespace

std::optional<CoordinateSystem> coordinate_system(int code) {
    for (const CodeRange& range : ranges) {
        if (code >= range.first && code <= range.last) {
            const int zone = range.first_zone == 0 ? 0 : range.first_zone + code - range.first;
            return CoordinateSystem{code, range.datum, range.projection, zone};
        }
    }
    return std::nullopt;
}

std::optional<CoordinateSystem> coordinate_system(std::string_view name) {
    while (!name.empty() && name.back() == ' ') {
        name.remove_suffix(1);
    }
    while (!name.empty() && name.front() == ' ') {
        name.remove_prefix(1);
    }
    if (name.ends_with("CRS84") || name.ends_with("crs84")) {
        return coordinate_system(4326);
    }
    const std::size_t digits = name.find_last_not_of("0123456789") + 1;  // npos + 1 = 0
    const std::string_view number = name.substr(digits);
    if (number.empty() || (digits != 0 && !holds_word(name.substr(0, digits), "epsg"))) {
        return std::nullopt;
    }
    int code = 0;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), code);
    return error == std::errc() ? coordinate_system(code) : std::nullopt;
}

CoordinateSystem plane_system(Datum datum, int zone) {
    const int before = datum == Datum::jgd2011 ? 6668 : datum == Datum::jgd2000 ? 2442 : 30160;
    return {before + zone, datum, Projection::plane, zone};
}

CoordinateSystem degrees_in(Datum datum) {
    const int code = datum == Datum::jgd2011 ? 6668 : datum == Datum::jgd2000 ? 4612 : 4301;
    return {code, datum, Projection::degrees, 0};
}

std::string code_text(const CoordinateSystem& system) {
    return "EPSG:" + std::to_string(system.code);
}

std::string words_ja(const CoordinateSystem& system) {
    const std::string_view datum = system.datum == Datum::tokyo     ? "日本測地系"
                                   : system.datum == Datum::jgd2000 ? "世界測地系 JGD2000"
                                                                    : "世界測地系 JGD2011";
    std::string words;
    switch (system.projection) {
    case Projection::degrees:
        words = "緯度・経度";
        break;
    case Projection::plane:
        words = "平面直角座標系 第" + std::to_string(system.zone) + "系";
        break;
    case Projection::utm:
        words = "UTM 第" + std::to_string(system.zone) + "帯";
        break;
    case Projection::web_mercator:
        words = "ウェブメルカトル";
        break;
    }
    return words.append("（").append(datum).append("）");
}

SystemOrigin origin_of(const CoordinateSystem& system) {
    if (system.projection == Projection::plane) {
        return plane_origins.at(static_cast<std::size_t>(system.zone - 1));
    }
    if (system.projection == Projection::utm) {
        return {0, 6.0 * system.zone - 183};
    }
    return {};
}

}  // namespace kokai
