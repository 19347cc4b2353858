// SPDX-License-Identifier: Apache-2.0
// A cell or a shared string as nearly every program writes it, taken at one glance. Whatever is written in another way,
// is cut off by the end of the buffer or may be wrong is left for XmlScanner, which judges it.
#pragma once

#include "read/sheet.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace kokai {

/// What the attribute t of a cell says.
CellType cell_type_named(std::string_view type);

struct UsualCell {
    std::string_view reference;  // B2
    std::uint32_t style = 0;
    CellType type = CellType::number;
    std::string_view value;  // needs no decoding
};

/// Reads `<c r="B2" s="3" t="s"><v>17</v></c>` (attributes in any order; empty; or with `<is><t>…</t></is>`) off the
/// front of `ahead`, behind which a NUL stands. Returns its bytes, 0 when it is not such a cell.
std::size_t take_usual_cell(std::string_view ahead, UsualCell& cell);

/// The same for `<si><t>…</t></si>`, with the phoneticPr that Excel writes in Japan.
std::size_t take_usual_string(std::string_view ahead, std::string_view& text);

}  // namespace kokai
