// SPDX-License-Identifier: Apache-2.0
// 16 bytes at a time with SSE2. Blocks begin 13 bytes apart, so that a pattern of four bytes (digit, then ー) always
// lies whole within one of them.
#include "normalise/text_gate.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace kokai {

namespace {

bool is_edge(char byte) {
    return byte == ' ' || byte == '\n';
}

}  // namespace

bool text_may_change_portable(std::string_view text) {
    if (text.empty()) {
        return false;
    }
    if (is_edge(text.front()) || is_edge(text.back())) {
        return true;
    }
    const auto byte = [&](std::size_t i) -> unsigned {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const unsigned b = byte(i);
        if ((b < 0x20U && b != '\n') || b == 0x7FU) {
            return true;
        }
        if (b < 0xC0U) {
            continue;
        }
        if (b < 0xE3U || b > 0xE9U) {
            return true;
        }
        if (b == 0xE3U) {
            const unsigned second = byte(i + 1);
            const unsigned third = byte(i + 2);
            const bool ideographic_space = second == 0x80U && third == 0x80U;
            const bool combining_mark = second == 0x82U && (third == 0x99U || third == 0x9AU);
            const bool bar_behind_digit =
                second == 0x83U && third == 0xBCU && i > 0 && byte(i - 1) >= '0' && byte(i - 1) <= '9';
            if (ideographic_space || combining_mark || bar_behind_digit) {
                return true;
            }
        }
    }
    return false;
}

bool verbatim_may_change_portable(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto b = static_cast<unsigned char>(text[i]);
        const auto next = static_cast<unsigned char>(i + 1 < text.size() ? text[i + 1] : '\0');
        const bool control = (b < 0x20U && b != '\n') || b == 0x7FU;
        const bool other_lead =
            b >= 0xC0U && (b < 0xE3U || b > 0xE9U) && !(b == 0xEFU && (next == 0xBCU || next == 0xBDU));
        if (control || other_lead) {
            return true;
        }
    }
    return false;
}

#if defined(__SSE2__)

namespace {

// Forced inline: as calls they would load their dozen constants anew for every block.
#define KOKAI_INLINE inline __attribute__((always_inline))

KOKAI_INLINE __m128i all(unsigned byte) {
    return _mm_set1_epi8(static_cast<char>(static_cast<unsigned char>(byte)));
}

KOKAI_INLINE unsigned mask(__m128i lanes) {
    return static_cast<unsigned>(_mm_movemask_epi8(lanes));
}

/// The same for text that keeps its widths and spaces: ！ to ～ and ｡ to ﾀ are ordinary letters there.
KOKAI_INLINE bool block_may_hide(__m128i block, unsigned valid) {
    const __m128i is_control = _mm_cmpeq_epi8(_mm_min_epu8(block, all(0x1F)), block);
    const __m128i is_other_control =
        _mm_or_si128(_mm_andnot_si128(_mm_cmpeq_epi8(block, all('\n')), is_control), _mm_cmpeq_epi8(block, all(0x7F)));
    const __m128i turned = _mm_xor_si128(block, all(0x80));
    const __m128i is_lead = _mm_cmpgt_epi8(turned, all(0x3F));
    const __m128i is_usual = _mm_and_si128(_mm_cmpgt_epi8(turned, all(0x62)), _mm_cmpgt_epi8(all(0x6A), turned));
    const unsigned suspicious = mask(_mm_or_si128(is_other_control, _mm_andnot_si128(is_usual, is_lead))) & valid;
    if (suspicious == 0) {
        return false;
    }
    const unsigned full_width =
        mask(_mm_cmpeq_epi8(block, all(0xEF))) &
        (mask(_mm_or_si128(_mm_cmpeq_epi8(block, all(0xBC)), _mm_cmpeq_epi8(block, all(0xBD)))) >> 1U);
    return (suspicious & ~full_width) != 0;
}

/// Whether anything in the block may change; only the lanes of `valid` are bytes of the text.
KOKAI_INLINE bool block_may_change(__m128i block, unsigned valid) {
    const __m128i is_control = _mm_cmpeq_epi8(_mm_min_epu8(block, all(0x1F)), block);
    const __m128i is_other_control =
        _mm_or_si128(_mm_andnot_si128(_mm_cmpeq_epi8(block, all('\n')), is_control), _mm_cmpeq_epi8(block, all(0x7F)));
    const unsigned high = mask(block) & valid;
    if (high == 0) {
        return (mask(is_other_control) & valid) != 0;
    }
    // Signed comparison after turning the sign bit: 0x40 is byte C0, 0x63 is E3, 0x69 is E9.
    const __m128i turned = _mm_xor_si128(block, all(0x80));
    const __m128i is_lead = _mm_cmpgt_epi8(turned, all(0x3F));
    const __m128i is_usual = _mm_and_si128(_mm_cmpgt_epi8(turned, all(0x62)), _mm_cmpgt_epi8(all(0x6A), turned));
    const __m128i suspicious = _mm_or_si128(is_other_control, _mm_andnot_si128(is_usual, is_lead));
    if ((mask(suspicious) & valid) != 0) {
        return true;
    }
    const unsigned e3 = mask(_mm_cmpeq_epi8(block, all(0xE3))) & valid;
    if (e3 == 0) {
        return false;
    }
    const unsigned x80 = mask(_mm_cmpeq_epi8(block, all(0x80)));
    const unsigned x82 = mask(_mm_cmpeq_epi8(block, all(0x82)));
    const unsigned x83 = mask(_mm_cmpeq_epi8(block, all(0x83)));
    const unsigned x99 = mask(_mm_or_si128(_mm_cmpeq_epi8(block, all(0x99)), _mm_cmpeq_epi8(block, all(0x9A))));
    const unsigned xbc = mask(_mm_cmpeq_epi8(block, all(0xBC)));
    const unsigned digit =
        mask(_mm_and_si128(_mm_cmpgt_epi8(block, all('0' - 1)), _mm_cmpgt_epi8(all('9' + 1), block)));
    const unsigned ideographic_space = e3 & (x80 >> 1U) & (x80 >> 2U);
    const unsigned combining_mark = e3 & (x82 >> 1U) & (x99 >> 2U);
    const unsigned bar_behind_digit = (digit << 1U) & e3 & (x83 >> 1U) & (xbc >> 2U);
    return (ideographic_space | combining_mark | bar_behind_digit) != 0;
}

std::uint64_t load(const char* bytes, std::size_t size) {
    std::uint64_t value = 0;
    std::memcpy(&value, bytes, size);
    return value;
}

std::uint64_t load8(const char* bytes) {
    std::uint64_t value = 0;
    std::memcpy(&value, bytes, 8);
    return value;
}

std::uint64_t load4(const char* bytes) {
    std::uint32_t value = 0;
    std::memcpy(&value, bytes, 4);
    return value;
}

/// 1 to 15 bytes without reading beyond the end and without a call for an odd size.
KOKAI_INLINE __m128i load_short(const char* bytes, std::size_t size) {
    std::uint64_t low = 0;
    std::uint64_t high = 0;
    if (size >= 8) {
        low = load8(bytes);
        if (size > 8) {
            high = load8(bytes + size - 8) >> (8U * (16U - size));
        }
    } else if (size >= 4) {
        low = load4(bytes) | (load4(bytes + size - 4) << (8U * (size - 4U)));
    } else {
        low = load(bytes, 1);
        for (std::size_t i = 1; i < size; ++i) {
            low |= load(bytes + i, 1) << (8U * i);
        }
    }
    return _mm_set_epi64x(static_cast<long long>(high), static_cast<long long>(low));
}

}  // namespace

bool text_may_change(std::string_view text) {
    constexpr std::size_t width = 16;
    constexpr std::size_t stride = width - 3;
    const std::size_t size = text.size();
    if (size == 0) {
        return false;
    }
    if (is_edge(text.front()) || is_edge(text.back())) {
        return true;
    }
    const char* bytes = text.data();
    if (size < width) {
        return block_may_change(load_short(bytes, size), (1U << size) - 1U);
    }
    const char* last = bytes + size - width;
    for (const char* at = bytes; at < last;) {
        const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
        if (block_may_change(block, 0xFFFFU)) {
            return true;
        }
        // Behind plain ASCII only its last byte, a digit perhaps, can begin a pattern.
        at += mask(block) == 0 ? width - 1 : stride;
    }
    return block_may_change(_mm_loadu_si128(reinterpret_cast<const __m128i*>(last)), 0xFFFFU);
}

bool verbatim_may_change(std::string_view text) {
    constexpr std::size_t width = 16;
    const std::size_t size = text.size();
    if (size == 0) {
        return false;
    }
    const char* bytes = text.data();
    if (size < width) {
        return block_may_hide(load_short(bytes, size), (1U << size) - 1U);
    }
    // The last byte of a block is the first of the next one: EF and what follows it lie together in one of them.
    const char* last = bytes + size - width;
    for (const char* at = bytes; at < last; at += width - 1) {
        const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
        if (block_may_hide(block, 0x7FFFU)) {
            return true;
        }
    }
    return block_may_hide(_mm_loadu_si128(reinterpret_cast<const __m128i*>(last)), 0xFFFFU);
}

#else

bool verbatim_may_change(std::string_view text) {
    return verbatim_may_change_portable(text);
}

bool text_may_change(std::string_view text) {
    return text_may_change_portable(text);
}

#endif

}  // namespace kokai
