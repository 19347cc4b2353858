// SPDX-License-Identifier: Apache-2.0
// The byte gate: every cell of every file comes here, and nearly all are let pass by their bytes alone.
#include "validate/private/patterns.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace kokai {
namespace {

struct ByteCounts {
    unsigned digits = 0;
    bool high = false, wide = false, marks = false;  // beyond ASCII; EF (full-width forms) and more; @
};

/// Ten bytes to sixteen as two words, no byte twice.
std::array<std::uint64_t, 2> two_words(std::string_view cell) {
    std::array<std::uint64_t, 2> words{};
    std::memcpy(words.data(), cell.data(), 8);
    std::memcpy(words.data() + 1, cell.data() + cell.size() - 8, 8);
    words[1] >>= 8U * (16U - cell.size());
    return words;
}

#if defined(__SSE2__)

// Forced inline: this is run for every cell of every file.
#define KOKAI_INLINE inline __attribute__((always_inline))

KOKAI_INLINE __m128i load(const void* from) {
    __m128i block;
    std::memcpy(&block, from, sizeof block);
    return block;
}

KOKAI_INLINE unsigned sum_of(__m128i bytes) {
    const __m128i halves = _mm_sad_epu8(bytes, _mm_setzero_si128());
    return static_cast<unsigned>(_mm_cvtsi128_si32(halves)) +
           static_cast<unsigned>(_mm_cvtsi128_si32(_mm_srli_si128(halves, 8)));
}

KOKAI_INLINE ByteCounts count_bytes(std::string_view cell) {
    alignas(16) static constexpr std::array<unsigned char, 32> keep_last{
        0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,
        0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF};
    constexpr std::size_t most_blocks = 250;  // a byte of the sum holds no more
    unsigned digits = 0;
    __m128i most = _mm_setzero_si128();
    __m128i marks = most;
    __m128i sum = most;
    const auto take = [&](__m128i block) __attribute__((always_inline)) {
        const __m128i value = _mm_sub_epi8(block, _mm_set1_epi8('0'));
        sum = _mm_sub_epi8(sum, _mm_cmpeq_epi8(_mm_min_epu8(value, _mm_set1_epi8(9)), value));
        most = _mm_max_epu8(most, block);
        marks = _mm_or_si128(marks, _mm_cmpeq_epi8(block, _mm_set1_epi8('@')));
    };
    if (cell.size() < 16) {
        const auto [first, second] = two_words(cell);
        take(_mm_set_epi64x(static_cast<long long>(second), static_cast<long long>(first)));
    } else {
        const char* at = cell.data();
        const char* const end = at + cell.size();
        while (true) {
            const char* const stop = at + 16 * std::min(static_cast<std::size_t>(end - at) / 16, most_blocks);
            for (; at != stop; at += 16) {
                take(load(at));
            }
            if (end - at < 16) {
                break;
            }
            digits += sum_of(sum);
            sum = _mm_setzero_si128();
        }
        if (at != end) {
            take(_mm_and_si128(load(end - 16), load(keep_last.data() + (end - at))));
        }
    }
    const __m128i wide = _mm_cmpeq_epi8(_mm_max_epu8(most, _mm_set1_epi8('\xEF')), most);
    return {digits + sum_of(sum), _mm_movemask_epi8(most) != 0, _mm_movemask_epi8(wide) != 0,
            _mm_movemask_epi8(marks) != 0};
}

#undef KOKAI_INLINE

#else

ByteCounts count_bytes(std::string_view cell) {
    ByteCounts counts;
    for (const char c : cell) {
        counts.digits += c >= '0' && c <= '9' ? 1U : 0U;
        counts.high = counts.high || static_cast<unsigned char>(c) >= 0x80;
        counts.wide = counts.wide || c == '\xEF';
        counts.marks = counts.marks || c == '@';
    }
    return counts;
}

#endif

/// ASCII with ten digits and more, no @: phones, links, codes. Which of them begin like what is looked for?
Glance glance_at_ascii(std::string_view cell, unsigned digits, const ColumnSense& sense) {
    const auto byte = [&](std::size_t i) { return i < cell.size() ? cell[i] : '\0'; };
    const auto is_digit = [&](std::size_t i) { return byte(i) >= '0' && byte(i) <= '9'; };
    const auto is_prefix = [&](std::size_t i) { return byte(i) >= '7' && byte(i) <= '9' && byte(i + 1) == '0'; };
    if (digits == 10) {
        return sense.phone && is_prefix(cell.find_first_of("0123456789")) ? Glance::look : Glance::nothing;
    }
    if (digits == cell.size()) {
        const bool mobile = digits == 11 && byte(0) == '0' && is_prefix(1);
        const bool look = mobile || digits == 12;
        return look ? Glance::look : digits == 11 || digits == 13 ? Glance::long_number : Glance::nothing;
    }
    for (std::size_t at = 0; at < cell.size(); ++at) {
        if (cell[at] < '0' || cell[at] > '9') {
            continue;
        }
        std::size_t end = at + 1;
        while (is_digit(end)) {
            ++end;
        }
        const std::size_t run = end - at;
        const bool date = is_digit(end + 1) && is_digit(end + 2) && !is_digit(end + 3);  // 2024-04-01
        if (run == 12 || (run == 4 && !date && (byte(end) == ' ' || byte(end) == '-')) ||
            (byte(at) == '0' && is_prefix(at + 1)) || (byte(at) == '8' && byte(at + 1) == '1') ||
            (sense.phone && is_prefix(at))) {
            return Glance::look;
        }
        at = end;
    }
    return Glance::nothing;
}

}  // namespace

Glance glance_at_bytes(std::string_view cell, const ColumnSense& sense) {
    constexpr unsigned enough = 7;     // an account
    constexpr unsigned in_birth = 3;   // S55.5.5生
    constexpr unsigned in_ascii = 10;  // a mobile number without its zero: ASCII alone names no bank
    if (cell.size() < in_ascii) {      // room for a short address only
        return cell.find('@') != std::string_view::npos ? Glance::look : Glance::nothing;
    }
    if (cell.size() == 10 && cell[4] == '-' && cell[7] == '-' && cell[0] <= '2' && cell[8] <= '3') {
        return Glance::nothing;  // 2024-04-01, and no room for anything else
    }
    if (cell.front() == 'h' && cell.starts_with("http") && cell.find(' ') == std::string_view::npos) {
        return Glance::nothing;  // numbers in links are names of pages
    }
    const auto [digits_seen, high, wide, marks] = count_bytes(cell);
    unsigned digits = digits_seen;
    if (marks) {
        return Glance::look;
    }
    if (!high) {
        return digits < in_ascii ? Glance::nothing : glance_at_ascii(cell, digits, sense);
    }
    if (digits >= enough || (digits >= in_birth && cell.find("生") != std::string_view::npos)) {
        return Glance::look;
    }
    for (std::size_t i = 0; wide && i + 2 < cell.size(); ++i) {  // full-width digits and @
        if (cell[i] == '\xEF' && cell[i + 1] == '\xBC') {
            const auto last = static_cast<unsigned char>(cell[i + 2]);
            digits += last >= 0x90 && last <= 0x99 ? 1 : 0;
            if (last == 0xA0) {
                return Glance::look;
            }
        }
    }
    const bool birth = wide && digits >= in_birth && cell.find("生") != std::string_view::npos;
    return digits >= enough || birth ? Glance::look : Glance::nothing;
}

}  // namespace kokai
