// SPDX-License-Identifier: Apache-2.0
// Where nearly all rows of a table or layer lie, in metres of one system, so that the single row written otherwise is
// seen: degrees and kilometres among metres come to lie at the system's origin, where somebody else lives.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace kokai {

class UsualRange {
public:
    static constexpr std::size_t fewest_rows = 5;  // one of them may lie anywhere

    UsualRange() = default;  // knows nothing: every row stands as it is
    /// East and north of a point of every row; with fewer than `fewest_rows` nothing is known.
    UsualRange(std::vector<double> east, std::vector<double> north);

    enum class Reading : std::uint8_t {
        as_it_stands,
        exchanged,  // far from all others, and among them with east and north exchanged
        none        // 0,0, degrees or kilometres, far from all others
    };
    [[nodiscard]] Reading reading_of(double east, double north) const;

private:
    /// Metres outside the range.
    [[nodiscard]] double beyond(double east, double north) const;

    bool known_ = false;
    double west_ = 0, east_ = 0, south_ = 0, north_ = 0;
};

}  // namespace kokai
