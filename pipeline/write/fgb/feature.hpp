// SPDX-License-Identifier: Apache-2.0
// FlatGeobuf's table Feature, as bytes. Format by Björn Harrtell and contributors: flatgeobuf.org, header.fbs and
// feature.fbs (BSD-2-Clause).
#pragma once

#include "model/batch.hpp"
#include "model/finding.hpp"
#include "write/written_type.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kokai {

/// GeometryType of header.fbs, as far as this program has such shapes.
enum class FgbType : std::uint8_t {
    unknown = 0,
    point = 1,
    line = 2,
    polygon = 3,
    multi_point = 4,
    multi_line = 5,
    multi_polygon = 6
};

FgbType fgb_type(GeometryKind kind);

/// Encodes rows; one object serves all workers.
class FgbFeatures {
public:
    /// `shape` lives as long as this object.
    explicit FgbFeatures(const Shape& shape);

    /// Appends the row's feature: its size first, a multiple of eight bytes in all. `out` holds nothing but features.
    void append(std::string& out, const Batch& batch, std::size_t row, Findings& findings) const;

private:
    char* put_properties(char* at, const Batch& batch, std::size_t row, Findings& findings) const;

    const Shape* shape_;
    std::vector<WrittenType> types_;
};

/// A feature that append() made, as a layer of another type holds it: a single shape as a multi shape of one part. For
/// type `unknown`, or its own, it is left as it is.
std::size_t fgb_size_as(FgbType type, FgbType own, std::size_t size);
/// The bytes that take the place of the feature's first ones, and from where on the feature goes on after them.
struct FgbHead {
    std::string_view bytes;
    std::size_t rest = 0;
};
/// `space` (at least fgb_head_space characters) is where the head is made.
constexpr std::size_t fgb_head_space = 80;
FgbHead fgb_head_as(FgbType type, FgbType own, std::string_view feature, char* space);

}  // namespace kokai
