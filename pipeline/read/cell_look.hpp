// SPDX-License-Identifier: Apache-2.0
// What a cell looks like to somebody who only glances at the sheet: a number, a date, a word. The table finder compares
// looks, never meanings.
#pragma once

#include "read/grid.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace kokai {

enum class Look : std::uint8_t {
    blank,
    mark,    // ○ × - … and the like: says nothing of its column
    number,  // 1,234 or 12.5% or △3
    moment,  // a date or a time
    code,    // a phone number, a postal code, an address of the web: digits and signs without words
    word
};

Look look_of(const GridCell& cell);
Look look_of(std::string_view text, CellKind kind = CellKind::text);
[[nodiscard]] inline bool is_value(Look look) {
    return look == Look::number || look == Look::moment || look == Look::code;
}

/// 2015, 2015年, 令和2年度, R2, 4月, 第3回: values in a header, too.
bool looks_like_period(std::string_view text);

/// The number in a cell: 1,234 １２ △3 12.5％; nothing for words.
std::optional<double> number_in(std::string_view text);

/// Without any blanks, full-width letters, digits and brackets as ASCII: for comparing labels.
std::string folded_label(std::string_view text);

}  // namespace kokai
