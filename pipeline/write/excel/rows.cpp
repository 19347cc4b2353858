// SPDX-License-Identifier: Apache-2.0
// Most cells are copied as they are; of the others a table of 256 says which bytes need a look.
#include "write/excel/rows.hpp"

#include "write/text/plain_copy.hpp"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace kokai {

namespace {

enum class ByteClass : std::uint8_t { plain, markup, control, carriage_return, underscore, lead2, lead3, lead4, stray };

constexpr std::array<ByteClass, 256> byte_classes = [] {
    std::array<ByteClass, 256> classes{};
    for (std::size_t byte = 0; byte < classes.size(); ++byte) {
        if (byte < 0x20) {
            classes[byte] = byte == '\t' || byte == '\n' ? ByteClass::plain : ByteClass::control;
        } else if (byte >= 0x80) {
            classes[byte] = byte < 0xC2   ? ByteClass::stray
                            : byte < 0xE0 ? ByteClass::lead2
                            : byte < 0xF0 ? ByteClass::lead3
                            : byte < 0xF5 ? ByteClass::lead4
                                          : ByteClass::stray;
        }
    }
    classes['\r'] = ByteClass::carriage_return;
    classes['&'] = classes['<'] = classes['>'] = ByteClass::markup;
    classes['_'] = ByteClass::underscore;
    return classes;
}();

constexpr std::string_view replacement_character = "\xEF\xBF\xBD";

/// The longest that one byte becomes: _x0001_; and of the underscore that begins such an escape: _x005F_.
constexpr std::size_t longest_escape = 7;

std::uint8_t byte_at(std::string_view text, std::size_t at) {
    return static_cast<std::uint8_t>(text[at]);
}

bool continues(std::string_view text, std::size_t at) {
    return at < text.size() && (byte_at(text, at) & 0xC0U) == 0x80U;
}

/// Length of the well-formed character of three or four bytes at `at`; 0 when it is none.
std::size_t long_character(std::string_view text, std::size_t at, ByteClass lead) {
    const std::uint8_t first = byte_at(text, at);
    if (!continues(text, at + 1) || !continues(text, at + 2)) {
        return 0;
    }
    const std::uint8_t second = byte_at(text, at + 1);
    if (lead == ByteClass::lead3) {
        const bool overlong = first == 0xE0 && second < 0xA0;
        const bool surrogate = first == 0xED && second >= 0xA0;
        return overlong || surrogate ? 0 : 3;
    }
    const bool overlong = first == 0xF0 && second < 0x90;
    const bool too_high = first == 0xF4 && second >= 0x90;
    return overlong || too_high || !continues(text, at + 3) ? 0 : 4;
}

/// Nearly every character here: three bytes, well formed, neither at an end of its range nor forbidden.
bool is_usual_kana_or_kanji(std::string_view text, std::size_t at) {
    const std::uint8_t first = byte_at(text, at);
    return first > 0xE0 && first < 0xED && text.size() - at > 2 && (byte_at(text, at + 1) & 0xC0U) == 0x80U &&
           (byte_at(text, at + 2) & 0xC0U) == 0x80U;
}

bool is_hex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// Does `text` go on with xHHHH_ after the underscore at `at`?
bool looks_like_escape(std::string_view text, std::size_t at) {
    return text.size() - at >= longest_escape && text[at + 1] == 'x' && is_hex(text[at + 2]) && is_hex(text[at + 3]) &&
           is_hex(text[at + 4]) && is_hex(text[at + 5]) && text[at + 6] == '_';
}

char* put(char* to, std::string_view text) {
    std::memcpy(to, text.data(), text.size());
    return to + text.size();
}

char* put_code_escape(char* to, unsigned int code) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    to = put(to, "_x");
    for (unsigned int shift = 16; shift > 0;) {
        shift -= 4;
        *to++ = digits[(code >> shift) & 0xFU];
    }
    *to++ = '_';
    return to;
}

char* put_markup(char* to, char c) {
    return put(to, c == '&' ? "&amp;" : c == '<' ? "&lt;" : "&gt;");
}

/// What stands at `at` and is not plain: writes it, returns how many bytes of the text it was.
std::size_t put_special(char*& to, std::string_view text, std::size_t at, ByteClass kind) {
    const char c = text[at];
    switch (kind) {
    case ByteClass::markup:
        to = put_markup(to, c);
        return 1;
    case ByteClass::carriage_return:
        // A line break in an Excel cell is LF alone.
        if (at + 1 < text.size() && text[at + 1] == '\n') {
            return 1;
        }
        to = put_code_escape(to, '\r');
        return 1;
    case ByteClass::control:
        to = put_code_escape(to, byte_at(text, at));
        return 1;
    case ByteClass::underscore:
        if (looks_like_escape(text, at)) {
            to = put_code_escape(to, '_');
        } else {
            *to++ = '_';
        }
        return 1;
    case ByteClass::lead2:
        if (continues(text, at + 1)) {
            to = put(to, text.substr(at, 2));
            return 2;
        }
        break;
    case ByteClass::lead3:
    case ByteClass::lead4:
        if (const std::size_t length = long_character(text, at, kind); length > 0) {
            const std::string_view character = text.substr(at, length);
            if (character == "\xEF\xBF\xBE" || character == "\xEF\xBF\xBF") {  // U+FFFE, U+FFFF: not in XML
                to = put_code_escape(to, 0xFFC0U | (byte_at(text, at + 2) & 0x3FU));
            } else {
                to = put(to, character);
            }
            return length;
        }
        break;
    case ByteClass::plain:
    case ByteClass::stray:
        break;
    }
    to = put(to, replacement_character);
    return 1;
}

bool needs_preserve(std::string_view text) {
    const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
    return !text.empty() && (blank(text.front()) || blank(text.back()));
}

std::string_view text_cell_head(CellStyle style) {
    switch (style) {
    case CellStyle::text:
        return R"(<c s="1" t="inlineStr"><is><t>)";
    case CellStyle::header:
        return R"(<c s="3" t="inlineStr"><is><t>)";
    case CellStyle::general:
    case CellStyle::whole_number:
        break;
    }
    return R"(<c t="inlineStr"><is><t>)";
}

/// Code point at `at`, whose length is put into `length`; wrong bytes count as one character each.
std::uint32_t code_point(std::string_view text, std::size_t at, std::size_t& length) {
    const std::uint8_t first = byte_at(text, at);
    const ByteClass kind = byte_classes[first];
    length = 1;
    if (kind == ByteClass::lead2 && continues(text, at + 1)) {
        length = 2;
        return ((first & 0x1FU) << 6U) | (byte_at(text, at + 1) & 0x3FU);
    }
    if ((kind == ByteClass::lead3 || kind == ByteClass::lead4) && long_character(text, at, kind) > 0) {
        length = long_character(text, at, kind);
        std::uint32_t code = first & (length == 3 ? 0x0FU : 0x07U);
        for (std::size_t i = 1; i < length; ++i) {
            code = (code << 6U) | (byte_at(text, at + i) & 0x3FU);
        }
        return code;
    }
    return first < 0x80 ? first : 0xFFFDU;
}

}  // namespace

bool is_plain_number(std::string_view text) {
    const bool negative = !text.empty() && text.front() == '-';
    const std::string_view digits = text.substr(negative ? 1 : 0);
    constexpr std::size_t excel_digits = 15;
    if (digits.empty() || digits.size() > excel_digits + 15) {
        return false;
    }
    std::size_t significant = 0;
    std::size_t point = std::string_view::npos;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        const char c = digits[i];
        if (c == '.' && point == std::string_view::npos) {
            point = i;
        } else if (c < '0' || c > '9') {
            return false;
        } else if (c != '0' || significant > 0) {
            ++significant;
        }
    }
    const std::size_t whole = std::min(point, digits.size());
    if (whole == 0 || (whole > 1 && digits.front() == '0') ||
        (point != std::string_view::npos && point + 1 == digits.size())) {
        return false;  // .5, 007 and 5. are not how a number is written
    }
    return significant <= excel_digits && !(negative && significant == 0);
}

std::size_t utf16_length(std::string_view text) {
    std::size_t units = 0;
    std::size_t length = 1;
    for (std::size_t at = 0; at < text.size(); at += length) {
        units += code_point(text, at, length) > 0xFFFF ? 2U : 1U;
    }
    return units;
}

std::string_view utf16_prefix(std::string_view text, std::size_t units) {
    std::size_t length = 1;
    std::size_t at = 0;
    for (; at < text.size(); at += length) {
        const std::size_t wanted = code_point(text, at, length) > 0xFFFF ? 2 : 1;
        if (wanted > units) {
            break;
        }
        units -= wanted;
    }
    return text.substr(0, at);
}

std::size_t display_width(std::string_view text) {
    std::size_t longest = 0;
    std::size_t width = 0;
    std::size_t length = 1;
    for (std::size_t at = 0; at < text.size(); at += length) {
        if (byte_at(text, at) > 0xE1 && is_usual_kana_or_kanji(text, at)) {  // E1 has letters that are narrow
            length = 3;
            width += 2;
            longest = std::max(longest, width);
            continue;
        }
        const std::uint32_t code = code_point(text, at, length);
        if (code == '\n') {
            width = 0;
            continue;
        }
        const bool half_width = code < 0x1100 || (code >= 0xFF61 && code <= 0xFF9F);
        width += half_width ? 1 : 2;
        longest = std::max(longest, width);
    }
    return longest;
}

std::string fit_for_xml(std::string_view text) {
    std::string fit;
    fit.reserve(text.size());
    std::size_t length = 1;
    for (std::size_t at = 0; at < text.size(); at += length) {
        const std::uint32_t code = code_point(text, at, length);
        const bool broken = code == 0 || code == 0xFFFEU || code == 0xFFFFU || (length == 1 && code == 0xFFFDU);
        fit += broken ? replacement_character : text.substr(at, length);
    }
    return fit;
}

char* XmlText::room(std::size_t size) {
    if (capacity_ - used_ < size) {
        capacity_ = std::max(capacity_ * 2, used_ + size + 4096);
        std::unique_ptr<char[]> larger(new char[capacity_]);  // not make_unique: that would zero it
        if (used_ > 0) {
            std::memcpy(larger.get(), bytes_.get(), used_);
        }
        bytes_ = std::move(larger);
    }
    return bytes_.get() + used_;
}

void XmlText::raw(std::string_view text) {
    put(room(text.size()), text);
    used_ += text.size();
}

void XmlText::escaped(std::string_view text) {
    char* const start = room(text.size() * longest_escape);
    if (copy_plain<EitherOf<SheetEscapes, NotAscii>>(start, text) ||
        (copy_plain<SheetEscapes>(start, text) && simdjson::validate_utf8(text))) {
        used_ += text.size();
        return;
    }
    char* to = start;
    std::size_t at = 0;
    while (at < text.size()) {
        const ByteClass kind = byte_classes[byte_at(text, at)];
        if (kind == ByteClass::plain) {
            *to++ = text[at++];
        } else if (kind == ByteClass::lead3 && is_usual_kana_or_kanji(text, at)) {
            std::memcpy(to, text.data() + at, 3);
            to += 3;
            at += 3;
        } else {
            at += put_special(to, text, at, kind);
        }
    }
    used_ += static_cast<std::size_t>(to - start);
}

void XmlText::attribute(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t quote = std::min(text.find('"', at), text.size());
        escaped(text.substr(at, quote - at));
        if (quote < text.size()) {
            raw("&quot;");
        }
        at = quote + 1;
    }
}

void XmlText::text_cell(std::string_view text, CellStyle style) {
    std::string_view head = text_cell_head(style);
    if (needs_preserve(text)) {
        head.remove_suffix(1);
        raw(head);
        head = R"( xml:space="preserve">)";
    }
    raw(head);
    escaped(text);
    raw("</t></is></c>");
}

void XmlText::number_cell(std::string_view text, WrittenType type) {
    // General shows eleven characters and turns longer whole numbers into 1.23E+11.
    constexpr std::size_t shown_in_full = 11;
    raw(type == WrittenType::integer && text.size() > shown_in_full ? R"(<c s="2"><v>)" : "<c><v>");
    raw(text);
    raw("</v></c>");
}

}  // namespace kokai
