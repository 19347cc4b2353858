// SPDX-License-Identifier: Apache-2.0
// What is rare in a row's text: more room, escapes.
#include "write/text/row_text.hpp"

#include "support/decimal.hpp"
#include "support/json_text.hpp"
#include "write/text/csv_cell.hpp"

#include <algorithm>

namespace kokai {

void RowText::grow(std::size_t size) {
    constexpr std::size_t least = std::size_t{16} << 10U;
    capacity_ = std::max({least, capacity_ * 2, used_ + size});
    std::unique_ptr<char[]> larger(new char[capacity_]);  // not make_unique: that would zero it
    if (used_ > 0) {
        std::memcpy(larger.get(), bytes_.get(), used_);
    }
    bytes_ = std::move(larger);
}

void RowText::degrees(double value) {
    scratch_.clear();
    append_degrees(scratch_, value);
    raw(scratch_);
}

void RowText::fine_degrees(double value) {
    scratch_.clear();
    append_decimal<9>(scratch_, value);
    raw(scratch_);
}

void RowText::quoted_csv(std::string_view text) {
    scratch_.clear();
    append_csv_cell(scratch_, text);
    raw(scratch_);
}

void RowText::escaped_json(std::string_view text) {
    scratch_.clear();
    append_json_string(scratch_, text);
    raw(scratch_);
}

void RowText::escaped_xml(std::string_view text) {
    std::size_t from = 0;  // what stands as it is, up to here not yet written
    const auto instead = [&](std::size_t at, std::size_t length, std::string_view escape) {
        raw(text.substr(from, at - from));
        raw(escape);
        from = at + length;
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        switch (text[i]) {
        case '&':
            instead(i, 1, "&amp;");
            break;
        case '<':
            instead(i, 1, "&lt;");
            break;
        case '>':
            instead(i, 1, "&gt;");
            break;
        case '\r':
            instead(i, 1, "&#13;");
            break;
        case '\xEF':
            if (const std::string_view character = text.substr(i, 3);
                character == "\xEF\xBF\xBE" || character == "\xEF\xBF\xBF") {
                instead(i, 3, {});
                i += 2;
            }
            break;
        default:
            if (static_cast<unsigned char>(text[i]) < 0x20 && text[i] != '\t' && text[i] != '\n') {
                instead(i, 1, {});
            }
        }
    }
    raw(text.substr(from));
}

}  // namespace kokai
