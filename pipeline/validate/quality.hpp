// SPDX-License-Identifier: Apache-2.0
// The quality score: shares of what is as it should be, each with its weight, to points of 100. Counts in, points out;
// a part that has nothing to count does not apply, and the others share its points. Everything is counted in whole
// tenths, so that the parts add up to the score and "all points" means all.
#pragma once

#include "model/finding.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kokai {

enum class QualityPart : std::uint8_t { required, recommended, values, rows, unique, positions, freshness };
constexpr std::size_t quality_part_count = 7;

/// So many of so many; a part with `of` 0 does not apply.
struct Share {
    std::uint64_t good = 0, of = 0;
};
using QualityShares = std::array<Share, quality_part_count>;

struct QualityPartInfo {
    QualityPart part;
    std::string_view id, title_ja, title_en;
    std::uint32_t weight;  // of 100, when every part applies
};
const QualityPartInfo& info(QualityPart part);

struct PartScore {
    QualityPart part{};
    Share share;
    std::uint32_t points = 0, of = 0;  // tenths; rounded down, so that one wrong cell in a million is seen
};

struct QualityScore {
    std::uint32_t points = 0;  // tenths of 100 points
    std::vector<PartScore> parts;
    std::vector<QualityPart> left_out;

    [[nodiscard]] const PartScore* find(QualityPart part) const;
};

QualityScore score_of(const QualityShares& shares);

/// The tenths of a point that mending `count` of the part's things brings, not rounded.
double gain_of(const PartScore& part, std::uint64_t count);

/// The part that a finding of this code counts against when it stands at a cell or row; nothing for what is told of a
/// table's layout, or is no fault of the data.
std::optional<QualityPart> part_of(Code code);

/// How current a dataset says it is. No clock: the dates are those of its metadata and its source, so that the same
/// inputs have the same score a year later.
struct FreshnessFacts {
    std::string_view frequency;  // code of describe/vocabulary (ANNUAL …), `other` for words it does not know; or empty
    std::string_view modified;   // ISO date; empty = nobody says
    std::string_view data_date;  // of the period that the data are about, else of the source's last saving; or empty
};

struct Freshness {
    Share share;               // in hundredths of a point
    bool frequency = false;    // stated
    bool modified = false;     // stated
    std::int64_t days = 0;     // from the data's date to `modified`; negative: saved after it
    std::int64_t allowed = 0;  // by the frequency; 0 = not judged
    bool saved_later = false;  // well after `modified`: the date is not true any more
};

Freshness freshness_of(const FreshnessFacts& facts);

/// 87.4
std::string tenths_text(std::uint32_t tenths);

}  // namespace kokai
