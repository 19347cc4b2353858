// SPDX-License-Identifier: Apache-2.0
// A cell as the privacy gate reads it: full-width letters and digits as ASCII, every dash and long-vowel bar as '-',
// every space as ' ', and for each character where it stands in the cell. Made only of cells that pass the byte gate.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace kokai {

class PlainText {
public:
    /// The buffers are used again.
    void read(std::string_view cell);

    [[nodiscard]] std::size_t size() const { return chars_.size(); }
    [[nodiscard]] std::u32string_view chars() const { return chars_; }
    /// 0 outside the text, so that nobody asks for the edges.
    [[nodiscard]] char32_t at(std::size_t i) const { return i < chars_.size() ? chars_[i] : U'\0'; }
    [[nodiscard]] char32_t before(std::size_t i) const { return i == 0 ? U'\0' : at(i - 1); }
    [[nodiscard]] bool digit(std::size_t i) const { return at(i) >= U'0' && at(i) <= U'9'; }
    [[nodiscard]] bool letter(std::size_t i) const { return at(i) >= U'a' && at(i) <= U'z'; }
    /// How many digits stand together from here on.
    [[nodiscard]] std::size_t run(std::size_t i) const;
    /// Whether there is nothing but blanks around a piece.
    [[nodiscard]] bool alone(std::size_t begin, std::size_t end) const { return begin <= first_ && end > last_; }
    /// Where a character begins in the cell; of size() the cell's end.
    [[nodiscard]] std::uint32_t byte(std::size_t i) const { return bytes_[i]; }

private:
    std::u32string chars_;  // ASCII letters small
    std::vector<std::uint32_t> bytes_;
    std::size_t first_ = 0, last_ = 0;  // that are not blank
};

/// The same for a header: without spaces and line breaks.
std::u32string plain_header(std::string_view header);

/// Whether one of the words stands somewhere in a text, or at its end.
bool has_any(std::u32string_view text, std::initializer_list<std::u32string_view> words);
bool ends_with_any(std::u32string_view text, std::initializer_list<std::u32string_view> words);

}  // namespace kokai
