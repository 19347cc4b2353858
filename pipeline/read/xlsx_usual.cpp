// SPDX-License-Identifier: Apache-2.0
#include "read/xlsx_usual.hpp"

#include "read/xml_classes.hpp"

#include <simdjson.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace kokai {
namespace {

constexpr std::size_t longest_value = 1U << 20U;

/// Walks over bytes that end with a NUL; the first thing that is not as usual ends the walk for good.
class Walk {
public:
    explicit Walk(std::string_view text) : begin_(text.data()), at_(text.data()), end_(text.data() + text.size()) {}

    bool skip(std::string_view wanted) {
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            if (at_[i] != wanted[i]) {  // the NUL is in no wanted text
                return false;
            }
        }
        at_ += wanted.size();
        return true;
    }
    /// Up to the closing quote, which it goes behind; only ASCII letters and digits.
    bool word(std::string_view& found) {
        const char* const from = at_;
        while ((*at_ >= '0' && *at_ <= '9') || (*at_ >= 'A' && *at_ <= 'Z') || (*at_ >= 'a' && *at_ <= 'z')) {
            ++at_;
        }
        found = {from, static_cast<std::size_t>(at_ - from)};
        return *at_++ == '"' && !found.empty();
    }
    /// Text up to the next '<' that means what it says.
    bool value(std::string_view& found) {
        const char* const from = at_;
        bool wide = skip_plain();
        while (*at_ != '<') {
            if ((xml::class_of(*at_) & xml::forbidden) != 0 || *at_ == '&' || *at_ == '\r' ||
                (*at_ == '_' && at_[1] == 'x')) {
                return false;  // the NUL, too
            }
            wide = wide || static_cast<unsigned char>(*at_) >= 0x80U;
            ++at_;
            wide = skip_plain() || wide;
        }
        found = {from, static_cast<std::size_t>(at_ - from)};
        return found.size() <= longest_value && (!wide || simdjson::validate_utf8(found.data(), found.size()));
    }
    [[nodiscard]] std::size_t bytes() const { return static_cast<std::size_t>(at_ - begin_); }

private:
    /// Goes behind 16 bytes at a time while nothing among them is worth a look; true when some are not ASCII.
    bool skip_plain() {
#if defined(__SSE2__)
        int wide = 0;
        while (end_ - at_ >= 16) {
            const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at_));
            const __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1F)), bytes);
            const __m128i special = _mm_or_si128(
                _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('<')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('&'))),
                _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('_')), control));
            const int found = _mm_movemask_epi8(special);
            const int high = _mm_movemask_epi8(bytes);
            if (found != 0) {
                const int before = __builtin_ctz(static_cast<unsigned>(found));
                at_ += before;
                return ((wide | (high & ((1 << before) - 1))) != 0);
            }
            wide |= high;
            at_ += 16;
        }
        return wide != 0;
#else
        return false;
#endif
    }

    const char *begin_, *at_, *end_;
};

bool read_style(std::string_view digits, std::uint32_t& style) {
    if (digits.size() > 9) {
        return false;
    }
    for (const char digit : digits) {
        if (digit < '0' || digit > '9') {
            return false;
        }
        style = style * 10 + static_cast<std::uint32_t>(digit - '0');
    }
    return true;
}

bool is_outer_space(char letter) {
    return static_cast<unsigned char>(letter) <= ' ';
}

/// `<t>…</t>`: blanks at its ends count only with xml:space="preserve".
bool read_text(Walk& walk, std::string_view& text) {
    const bool plain = walk.skip("<t>");
    if (!plain && !walk.skip(R"(<t xml:space="preserve">)")) {
        return false;
    }
    if (!walk.value(text) || !walk.skip("</t>")) {
        return false;
    }
    return !plain || text.empty() || !(is_outer_space(text.front()) || is_outer_space(text.back()));
}

bool read_attributes(Walk& walk, UsualCell& cell) {
    bool styled = false;
    bool typed = false;
    std::string_view word;
    while (true) {
        if (cell.reference.empty() && walk.skip(" r=\"")) {
            if (!walk.word(cell.reference)) {
                return false;
            }
        } else if (!styled && walk.skip(" s=\"")) {
            styled = true;
            if (!walk.word(word) || !read_style(word, cell.style)) {
                return false;
            }
        } else if (!typed && walk.skip(" t=\"")) {
            typed = true;
            if (!walk.word(word)) {
                return false;
            }
            cell.type = cell_type_named(word);
        } else {
            return true;
        }
    }
}

}  // namespace

CellType cell_type_named(std::string_view type) {
    return type == "s"                            ? CellType::shared
           : type == "str" || type == "inlineStr" ? CellType::text
           : type == "b"                          ? CellType::boolean
           : type == "e"                          ? CellType::error
           : type == "d"                          ? CellType::date
                                                  : CellType::number;
}

std::size_t take_usual_cell(std::string_view ahead, UsualCell& cell) {
    if (ahead.empty()) {
        return 0;
    }
    Walk walk(ahead);
    cell = {};
    if (!walk.skip("<c") || !read_attributes(walk, cell)) {
        return 0;
    }
    if (walk.skip("/>")) {
        return walk.bytes();
    }
    if (!walk.skip(">")) {
        return 0;
    }
    if (walk.skip("<v>")) {
        return walk.value(cell.value) && walk.skip("</v></c>") ? walk.bytes() : 0;
    }
    if (walk.skip("<is>") && read_text(walk, cell.value) && walk.skip("</is></c>")) {
        cell.type = CellType::text;
        return walk.bytes();
    }
    return 0;
}

std::size_t take_usual_string(std::string_view ahead, std::string_view& text) {
    if (ahead.empty()) {
        return 0;
    }
    Walk walk(ahead);
    if (!walk.skip("<si>") || !read_text(walk, text)) {
        return 0;
    }
    std::string_view word;
    if (walk.skip(R"(<phoneticPr fontId=")")) {
        if (!walk.word(word) || (walk.skip(R"( type=")") && !walk.word(word)) || !walk.skip("/>")) {
            return 0;
        }
    }
    return walk.skip("</si>") ? walk.bytes() : 0;
}

}  // namespace kokai
