// SPDX-License-Identifier: Apache-2.0
// Points, lines and areas of a GIS source: counted, and where dataset.json names one kind, the others left out.
#include "read/gis.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kokai {
namespace {

/// 0 no shape, 1 points, 2 lines, 3 areas.
std::uint8_t family_of(GeometryKind kind) {
    switch (kind) {
    case GeometryKind::none:
        return 0;
    case GeometryKind::point:
    case GeometryKind::multi_point:
        return 1;
    case GeometryKind::line:
    case GeometryKind::multi_line:
        return 2;
    default:
        return 3;
    }
}

constexpr std::array<std::string_view, 4> family_words{"", "point", "line", "polygon"};

}  // namespace

/// Counts what the chunk holds, without what is not wanted.
void GisSource::count_kinds() {
    const auto wanted = std::find(family_words.begin() + 1, family_words.end(), options_.geometry);
    if (wanted != family_words.end()) {
        keep_only(static_cast<std::uint8_t>(wanted - family_words.begin()));
    }
    for (std::size_t row = 0; row < chunk_.shapes.size(); ++row) {
        ++kinds_[family_of(chunk_.shapes.kind(row))];
    }
}

/// Rows without a shape stay: they are not of another kind.
void GisSource::keep_only(std::uint8_t family) {
    const auto stays = [&](std::size_t row) {
        const std::uint8_t own = family_of(chunk_.shapes.kind(row));
        return own == 0 || own == family;
    };
    std::vector<std::size_t> kept;
    for (std::size_t row = 0; row < chunk_.shapes.size(); ++row) {
        if (stays(row)) {
            kept.push_back(row);
        } else {
            ++left_out_[family_of(chunk_.shapes.kind(row))];
        }
    }
    if (kept.size() == chunk_.shapes.size()) {
        return;
    }
    GisChunk less;
    less.with_height = chunk_.with_height;
    less.with_measure = chunk_.with_measure;
    less.approximate = chunk_.approximate;
    less.with_curves = chunk_.with_curves;
    less.curves = std::move(chunk_.curves);
    const std::size_t fields = layer_.fields.size();
    std::vector<std::size_t> new_row(chunk_.shapes.size(), chunk_.shapes.size());
    for (const std::size_t row : kept) {
        new_row[row] = less.numbers.size();
        less.numbers.push_back(chunk_.numbers[row]);
        less.shapes.append_row(chunk_.shapes, row);
        for (std::size_t value = row * fields; value < (row + 1) * fields; ++value) {
            const std::uint32_t begin = value == 0 ? 0 : chunk_.ends[value - 1];
            less.text.insert(less.text.end(), chunk_.text.begin() + begin, chunk_.text.begin() + chunk_.ends[value]);
            less.ends.push_back(static_cast<std::uint32_t>(less.text.size()));
        }
    }
    for (GisFault& fault : chunk_.faults) {
        if (new_row[fault.row] < less.numbers.size()) {
            fault.row = new_row[fault.row];
            less.faults.push_back(std::move(fault));
        }
    }
    chunk_ = std::move(less);
}

void GisSource::tell_kinds(Findings& findings) const {
    const auto list = [](const std::array<std::uint64_t, 4>& counts) {
        constexpr std::array<std::string_view, 4> shown{"", "点 point", "線 line", "面 polygon"};
        std::string text;
        for (std::size_t family = 1; family < counts.size(); ++family) {
            if (counts[family] > 0) {
                text += (text.empty() ? "" : ", ") + fmt::format("{} {}", shown[family], counts[family]);
            }
        }
        return text;
    };
    if (std::count_if(kinds_.begin() + 1, kinds_.end(), [](std::uint64_t count) { return count > 0; }) > 1) {
        findings.add(Code::geometry_mixed, table_place(), list(kinds_));
    }
    if (const std::string gone = list(left_out_); !gone.empty()) {
        findings.add(Code::geometry_left_out, table_place(), gone, options_.geometry);
    }
}

}  // namespace kokai
