// SPDX-License-Identifier: Apache-2.0
#include "validate/rare_characters.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace kokai {
namespace {

/// In each byte of the word that is EE or more the highest bit, else none: all rare characters begin so in UTF-8, kana
/// and kanji with less.
std::uint64_t high_bytes(std::uint64_t word) {
    const std::uint64_t low = word & 0x7F7F7F7F7F7F7F7FULL;
    return (low + 0x1212121212121212ULL) & word & 0x8080808080808080ULL;
}

template <typename Word>
std::uint64_t load(const char* bytes) {
    Word word = 0;
    std::memcpy(&word, bytes, sizeof(Word));
    return word;
}

#if defined(__SSE2__)
bool may_have_some_long(const char* bytes, std::size_t size) {
    constexpr std::size_t width = sizeof(__m128i);
    const auto block = [&](std::size_t at) { return _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + at)); };
    __m128i most = block(size - width);
    for (std::size_t at = 0; at + width < size; at += width) {
        most = _mm_max_epu8(most, block(at));
    }
    const __m128i first_rare = _mm_set1_epi8(static_cast<char>(0xEE));
    return _mm_movemask_epi8(_mm_cmpeq_epi8(_mm_max_epu8(most, first_rare), most)) != 0;
}
#else
bool may_have_some_long(const char* bytes, std::size_t size) {
    std::uint64_t high = high_bytes(load<std::uint64_t>(bytes + size - 8));
    for (std::size_t at = 0; at + 8 < size; at += 8) {
        high |= high_bytes(load<std::uint64_t>(bytes + at));
    }
    return high != 0;
}
#endif

/// Words overlap at the end instead of a loop over the last bytes; one question for the whole cell.
bool may_have_some(std::string_view cell) {
    const char* bytes = cell.data();
    const std::size_t size = cell.size();
    if (size >= 16) {
        return may_have_some_long(bytes, size);
    }
    std::uint64_t high = 0;
    if (size >= 8) {
        high = high_bytes(load<std::uint64_t>(bytes)) | high_bytes(load<std::uint64_t>(bytes + size - 8));
    } else if (size >= 4) {
        high = high_bytes(load<std::uint32_t>(bytes) | load<std::uint32_t>(bytes + size - 4) << 32U);
    } else if (size > 0) {
        high = high_bytes(load<std::uint8_t>(bytes) | load<std::uint8_t>(bytes + size / 2) << 8U |
                          load<std::uint8_t>(bytes + size - 1) << 16U);
    }
    return high != 0;
}

std::uint32_t code_at(std::string_view cell, std::size_t at, std::size_t size) {
    std::uint32_t code = static_cast<unsigned char>(cell[at]) & (size == 3 ? 0x0FU : 0x07U);
    for (std::size_t i = 1; i < size; ++i) {
        code = (code << 6U) | (static_cast<unsigned char>(cell[at + i]) & 0x3FU);
    }
    return code;
}

}  // namespace

RareCharacters find_rare_characters(std::string_view cell) {
    RareCharacters found;
    if (!may_have_some(cell)) {
        return found;
    }
    for (std::size_t at = 0; at < cell.size();) {
        const auto lead = static_cast<unsigned char>(cell[at]);
        const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (lead >= 0xEE && at + size <= cell.size()) {
            const std::uint32_t code = code_at(cell, at, size);
            if ((code >= 0xE000 && code <= 0xF8FF) || code >= 0xF0000) {
                const std::string name = fmt::format("U+{:04X}", code);
                if (found.private_use.find(name) == std::string::npos && found.private_use.size() < 200) {
                    found.private_use += (found.private_use.empty() ? "" : " ") + name;
                }
            }
            found.lost = found.lost || code == 0xFFFD;
            found.variations =
                found.variations || (code >= 0xFE00 && code <= 0xFE0F) || (code >= 0xE0100 && code <= 0xE01EF);
        }
        at += size;
    }
    return found;
}

std::string without_replacement_characters(std::string_view cell) {
    constexpr std::string_view replacement = "\xEF\xBF\xBD";
    std::string text(cell);
    for (std::size_t at = text.find(replacement); at != std::string::npos; at = text.find(replacement, at)) {
        text.replace(at, replacement.size(), "〓");
    }
    return text;
}

Shape TellRareCharacters::bind(const Shape& in) {
    shape_ = in;
    return in;
}

void TellRareCharacters::run(Batch& batch, Findings& findings) const {
    for (std::size_t column = 0; column < batch.columns.size(); ++column) {
        std::vector<Cell>& cells = batch.columns[column].cells;
        batch.columns[column].for_each_odd([&](std::size_t row) {
            if (!may_have_some(cells[row])) {
                return;
            }
            const RareCharacters rare = find_rare_characters(cells[row]);
            if (!rare.private_use.empty()) {
                findings.add(Code::private_use_character, batch, row, column, shape_.columns[column], cells[row], {},
                             findings.keep(rare.private_use));
            }
            if (rare.lost) {
                findings.add(Code::character_lost, batch, row, column, shape_.columns[column],
                             findings.keep(without_replacement_characters(cells[row])));
                cells[row] = {};
            }
            if (rare.variations) {
                findings.add(Code::variation_selector, batch, row, column, shape_.columns[column], cells[row]);
            }
        });
    }
}

}  // namespace kokai
