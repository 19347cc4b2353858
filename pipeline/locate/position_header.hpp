// SPDX-License-Identifier: Apache-2.0
// What a header says of a position: which of the two numbers the column holds, in which system, and of which place. Two
// columns are one position only when all but the first agree: a latitude in one datum and a longitude in the other lie
// 300 m off, and nobody sees it.
#pragma once

#include "locate/coordinate_system.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kokai {

enum class HeaderAxis : std::uint8_t { none, latitude, longitude, x, y };

struct PositionHeader {
    HeaderAxis axis = HeaderAxis::none;  // x is north, as surveyors have it: 北距, X(N), but also Y(北)
    bool weak = false;                   // 東西, N: a position only where something else says so
    bool latin = false;                  // lat, not 緯度
    std::optional<Datum> datum;          // 日本測地系, JGD2000, 世界測地系, WGS84
    int zone = 0;                        // 第9系; 0 = not said
    int code = 0;                        // EPSG:6677; 0 = not said
    std::string rest;                    // of which place, sheet or point: 駐車場, 2

    [[nodiscard]] bool is_degrees() const { return axis == HeaderAxis::latitude || axis == HeaderAxis::longitude; }
    [[nodiscard]] bool is_plane() const { return axis == HeaderAxis::x || axis == HeaderAxis::y; }
    /// Of the thing itself: 緯度, 施設緯度, 位置_緯度; not 駐車場緯度.
    [[nodiscard]] bool is_of_the_thing() const;
    /// The system, where the words are enough to name it.
    [[nodiscard]] std::optional<CoordinateSystem> system() const;
    [[nodiscard]] bool allows(const CoordinateSystem& system) const;
};

PositionHeader read_position_header(std::string_view header);

/// How two headers go together.
enum class Accord : std::uint8_t {
    full,     // the same words
    partial,  // one says less than the other, or other words that may be about the form
    none      // two datums, two numbers, degrees and metres
};
Accord accord_of(const PositionHeader& one, const PositionHeader& other);

/// What both headers of a pair say together.
PositionHeader both_of(const PositionHeader& one, const PositionHeader& other);

/// Of two pairs of one place the one in today's datum is wanted: the greater, the better.
int preference(const std::optional<Datum>& datum);

/// Two columns that hold one position.
struct HeaderPair {
    std::size_t first = 0, second = 0;  // latitude and longitude; X and Y
    PositionHeader says;
};

/// All pairs of degrees, or all of metres, the one to take first. A pair that is there twice is none.
enum class PairKind : std::uint8_t { degrees, plane, plane_by_weak_words };
std::vector<HeaderPair> header_pairs(const std::vector<std::string_view>& headers, PairKind kind);

/// The pair that holds a thing's position; of several places (begin and end of a line) none.
std::optional<HeaderPair> position_pair(const std::vector<std::string_view>& headers, PairKind kind);

}  // namespace kokai
