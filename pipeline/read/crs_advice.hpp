// SPDX-License-Identifier: Apache-2.0
// What a GIS source asks when its coordinate system is not said, or not sure: it has the numbers, somebody else knows
// where they should lie.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace kokai {

struct CrsAdvice {
    enum class Kind : std::uint8_t {
        as_it_is,
        take,   // nobody said, and it is `crs`
        doubt,  // said to be another one
        swap,   // as said, with x and y exchanged
        ask     // not to be told: `words` has the candidates
    } kind = Kind::as_it_is;
    std::string crs;       // EPSG:30169
    double factor = 1;     // that all coordinates are to be multiplied by
    bool swapped = false;  // x and y are to be exchanged
    double inside = 0;     // share of the points that lie where they should, by what is said
    std::string words;     // for people
    std::string evidence;
};

struct CrsQuestion {
    std::vector<double> xy;              // one point a row: x0 y0 x1 y1 …
    std::vector<std::string> addresses;  // of these rows, where the file has any
    std::string declared;                // the system that they are in; empty = whatever it is
};

using CrsAdviser = std::function<CrsAdvice(const CrsQuestion& question)>;

}  // namespace kokai
