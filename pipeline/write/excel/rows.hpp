// SPDX-License-Identifier: Apache-2.0
// Cells as SpreadsheetML. They carry no reference (r="B7"), which no reader needs and which would be a tenth of the
// bytes: an empty cell before another is written as <c/>.
#pragma once

#include "write/written_type.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace kokai {

/// Indexes into <cellXfs> of styles.xml (excel/parts.cpp).
enum class CellStyle : std::uint8_t { general, text, whole_number, header };

/// True for -12, 0.5, 36.389049: a number that Excel keeps. False for 007, +1, 1e5, -0, 1,000 and more than 15 digits.
[[nodiscard]] bool is_plain_number(std::string_view text);

/// UTF-16 units, as Excel counts characters.
[[nodiscard]] std::size_t utf16_length(std::string_view text);

/// The longest beginning of at most `units` UTF-16 units that cuts no character.
[[nodiscard]] std::string_view utf16_prefix(std::string_view text, std::size_t units);

/// Width of the longest line in half-width characters.
[[nodiscard]] std::size_t display_width(std::string_view text);

/// The text with U+FFFD for NUL, for bytes that are not UTF-8 and for U+FFFE and U+FFFF: for writers that pass
/// everything else on as it is.
[[nodiscard]] std::string fit_for_xml(std::string_view text);

constexpr std::size_t excel_cell_limit = 32767;  // UTF-16 units

/// Plain XML in a buffer that only grows.
class XmlText {
public:
    void raw(std::string_view text);
    /// The text of an element: markup, what XML forbids and what Excel would read as its _xHHHH_ escape are escaped;
    /// bytes that are not UTF-8 become U+FFFD, since one of them would make the whole workbook unreadable.
    void escaped(std::string_view text);
    /// The same inside an attribute with double quotes.
    void attribute(std::string_view text);

    void empty_cell() { raw("<c/>"); }
    void text_cell(std::string_view text, CellStyle style);
    /// `text` as is_plain_number() takes it.
    void number_cell(std::string_view text, WrittenType type);

    [[nodiscard]] std::string_view view() const { return {bytes_.get(), used_}; }
    [[nodiscard]] std::size_t size() const { return used_; }
    void clear() { used_ = 0; }

private:
    char* room(std::size_t size);

    std::unique_ptr<char[]> bytes_;
    std::size_t used_ = 0;
    std::size_t capacity_ = 0;
};

}  // namespace kokai
