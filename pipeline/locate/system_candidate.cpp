// SPDX-License-Identifier: Apache-2.0
#include "locate/system_candidate.hpp"

#include <fmt/format.h>

#include <cmath>

namespace kokai {
namespace {

/// 36389049 to 36.389049: the one power of ten that makes it a latitude (or longitude) of Japan.
bool with_point(double digits, bool latitude, double& degrees) {
    const double low = latitude ? 20 : 122;
    const double high = latitude ? 46 : 154;
    if (!(digits >= high) || digits != std::floor(digits)) {
        return false;
    }
    for (double power = 10; power < 1e16; power *= 10) {
        const double value = digits / power;
        if (value >= low && value <= high) {
            degrees = value;
            return true;
        }
    }
    return false;
}

bool packed_seconds(double number, double& degrees) {
    const double whole = std::floor(number / 10'000);
    const double minutes = std::floor((number - whole * 10'000) / 100);
    const double seconds = number - whole * 10'000 - minutes * 100;
    degrees = whole + minutes / 60 + seconds / 3600;
    return number >= 10'000 && minutes < 60 && seconds < 60;
}

bool packed_minutes(double number, double& degrees) {
    const double whole = std::floor(number / 100);
    const double minutes = number - whole * 100;
    degrees = whole + minutes / 60;
    return number >= 1000 && minutes < 60;
}

}  // namespace

bool SystemCandidate::decode(AxisNames names, double first, double second, double& x, double& y) const {
    bool north_first =
        names == AxisNames::latitude_longitude || (names == AxisNames::x_y && system.projection == Projection::plane);
    north_first = north_first != swapped;
    x = north_first ? second : first;
    y = north_first ? first : second;
    switch (form) {
    case NumberForm::plain:
        return true;
    case NumberForm::scaled:
        x *= factor;
        y *= factor;
        return true;
    case NumberForm::lost_point:
        return with_point(x, false, x) && with_point(y, true, y);
    case NumberForm::packed_seconds:
        return packed_seconds(x, x) && packed_seconds(y, y);
    case NumberForm::packed_minutes:
        return packed_minutes(x, x) && packed_minutes(y, y);
    }
    return false;
}

std::string words_ja(const SystemCandidate& candidate) {
    std::string words = code_text(candidate.system) + " " + words_ja(candidate.system);
    switch (candidate.form) {
    case NumberForm::plain:
        break;
    case NumberForm::packed_seconds:
        words += "、度分秒を続けた数字";
        break;
    case NumberForm::packed_minutes:
        words += "、度分を続けた数字";
        break;
    case NumberForm::lost_point:
        words += "、小数点なし";
        break;
    case NumberForm::scaled:
        words += fmt::format("、{:.10g} 倍", candidate.factor);
        break;
    }
    return candidate.swapped ? words + "、縦と横が逆" : words;
}

std::vector<SystemCandidate> all_candidates(AxisNames names, Datum world) {
    std::vector<SystemCandidate> all;
    const bool table = names != AxisNames::east_north;
    for (const bool swapped : {false, true}) {
        for (const Datum datum : {world, Datum::tokyo}) {
            const CoordinateSystem degrees = degrees_in(datum);
            all.push_back({degrees, NumberForm::plain, 1, swapped});
            for (const double factor : {1 / 3600.0, 1 / 3.6e6, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9}) {
                all.push_back({degrees, NumberForm::scaled, factor, swapped});
            }
            if (table) {
                all.push_back({degrees, NumberForm::packed_seconds, 1, swapped});
                all.push_back({degrees, NumberForm::packed_minutes, 1, swapped});
                all.push_back({degrees, NumberForm::lost_point, 1, swapped});
            }
            for (int zone = 1; zone <= 19; ++zone) {
                const CoordinateSystem plane = plane_system(datum, zone);
                all.push_back({plane, NumberForm::plain, 1, swapped});
                for (const double factor : {0.001, 0.01, 1000.0}) {
                    all.push_back({plane, NumberForm::scaled, factor, swapped});
                }
            }
            const int utm = datum == Datum::tokyo ? 3092 : world == Datum::jgd2000 ? 3097 : 6688;
            for (int zone = 0; zone < 5; ++zone) {
                all.push_back({*coordinate_system(utm + zone), NumberForm::plain, 1, swapped});
            }
        }
        all.push_back({*coordinate_system(3857), NumberForm::plain, 1, swapped});
    }
    return all;
}

bool same_candidate(const SystemCandidate& a, const SystemCandidate& b) {
    return a.system.code == b.system.code && a.form == b.form && a.factor == b.factor && a.swapped == b.swapped;
}

double oddness(const SystemCandidate& candidate) {
    return (candidate.swapped ? 0.5 : 0) + (candidate.form == NumberForm::plain ? 0 : 1) +
           (candidate.form == NumberForm::scaled ? 0.2 : 0) +
           (candidate.system.projection == Projection::utm ? 0.5 : 0);
}

}  // namespace kokai
