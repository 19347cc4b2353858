// SPDX-License-Identifier: Apache-2.0
// What two numbers of a row could be: a coordinate system, a way of writing it, an order.
#pragma once

#include "locate/coordinate_system.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace kokai {

/// How the numbers are written.
enum class NumberForm : std::uint8_t {
    plain,           // degrees, or metres
    packed_seconds,  // 362320.6, 1390338.4
    packed_minutes,  // 3623.343, 13903.64
    lost_point,      // 36389049, 1390606680: the decimal point is gone, cell by cell
    scaled           // all of them times one factor: seconds, milliseconds, millimetres, kilometres
};

/// What the two numbers of a sample are called where they come from.
enum class AxisNames : std::uint8_t {
    latitude_longitude,  // columns 緯度 and 経度: north first in every system
    x_y,                 // columns X and Y: X is north in a plane system, and east elsewhere
    east_north           // a GIS file: east first in every system
};

struct SystemCandidate {
    CoordinateSystem system;
    NumberForm form = NumberForm::plain;
    double factor = 1;     // of `scaled`
    bool swapped = false;  // against AxisNames

    /// Longitude or x, latitude or y, in the units of the system. False when the numbers cannot be that.
    bool decode(AxisNames names, double first, double second, double& x, double& y) const;
};

/// EPSG:30169 平面直角座標系 第9系（日本測地系）, X と Y が逆
std::string words_ja(const SystemCandidate& candidate);

/// Everything that municipal data comes in. `world`: JGD2011, or the JGD2000 that was declared.
std::vector<SystemCandidate> all_candidates(AxisNames names, Datum world);
bool same_candidate(const SystemCandidate& a, const SystemCandidate& b);
/// Simple beats odd where both fit alike: no exchange, no strange unit.
double oddness(const SystemCandidate& candidate);

}  // namespace kokai
