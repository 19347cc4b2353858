// SPDX-License-Identifier: Apache-2.0
// A text is looked at and copied in one go, sixteen bytes at a time: most cells hold nothing that a format escapes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace kokai {

/// Sixteen bytes at once: gcc and clang make SSE2, NEON or plain code of it.
using Bytes16 = std::uint8_t __attribute__((vector_size(16)));

/// Bytes that JSON escapes between quotes; the others can be copied as they are.
struct JsonEscapes {
    static auto in(Bytes16 bytes) { return (bytes < 0x20) | (bytes == '"') | (bytes == '\\'); }
};

/// Bytes that XML escapes in the text of an element. 0xEF is where U+FFFE and U+FFFF begin, which XML cannot hold;
/// other characters that begin with it are only looked at twice.
struct XmlEscapes {
    static auto in(Bytes16 bytes) {
        return (bytes < 0x20) | (bytes == '<') | (bytes == '>') | (bytes == '&') | (bytes == 0xEF);
    }
};

/// What makes a CSV cell stand in quotes.
struct CsvQuotes {
    static auto in(Bytes16 bytes) { return (bytes == ',') | (bytes == '"') | (bytes == '\n') | (bytes == '\r'); }
};

/// What is more than copied in a worksheet's text: markup, and the underscore, which may begin an escape of Excel's
/// own.
struct SheetEscapes {
    static auto in(Bytes16 bytes) { return XmlEscapes::in(bytes) | (bytes == '_'); }
};

struct NotAscii {
    static auto in(Bytes16 bytes) { return bytes >= 0x80; }
};

/// What either of two asks for.
template <typename One, typename Other>
struct EitherOf {
    static auto in(Bytes16 bytes) { return One::in(bytes) | Other::in(bytes); }
};

template <typename Mask>
bool is_zero(Mask mask) {
    std::uint64_t halves[2];
    std::memcpy(halves, &mask, sizeof halves);
    return (halves[0] | halves[1]) == 0;
}

/// Copies a text of one to two words; answers with its bytes, some of them several times.
template <typename Word>
Bytes16 copy_ends(char* to, const char* from, std::size_t size) {
    Word words[2];
    std::memcpy(&words[0], from, sizeof(Word));
    std::memcpy(&words[1], from + size - sizeof(Word), sizeof(Word));
    std::memcpy(to, &words[0], sizeof(Word));
    std::memcpy(to + size - sizeof(Word), &words[1], sizeof(Word));
    const auto fill = [&](std::size_t at) {
        return static_cast<std::uint64_t>(words[at]) * (sizeof(Word) == 4 ? 0x100000001ULL : 1U);
    };
    const std::uint64_t both[2] = {fill(0), fill(1)};
    Bytes16 piece;
    std::memcpy(&piece, both, sizeof piece);
    return piece;
}

/// Copies the text and answers whether nothing in it wants an escape; if something does, the copy is to be
/// forgotten. Pieces overlap at the end, so that no byte is handled singly.
template <typename Escapes>
bool copy_plain(char* to, std::string_view text) {
    const char* const from = text.data();
    const std::size_t size = text.size();
    Bytes16 piece;
    if (size >= sizeof piece) {
        const auto copy = [&](std::size_t at) {
            std::memcpy(&piece, from + at, sizeof piece);
            std::memcpy(to + at, &piece, sizeof piece);
            return Escapes::in(piece);
        };
        auto found = copy(size - sizeof piece);
        for (std::size_t at = 0; at + sizeof piece < size; at += sizeof piece) {
            found |= copy(at);
        }
        return is_zero(found);
    }
    if (size >= 8) {
        piece = copy_ends<std::uint64_t>(to, from, size);
    } else if (size >= 4) {
        piece = copy_ends<std::uint32_t>(to, from, size);
    } else {
        piece = Bytes16{} + ' ';
        for (std::size_t i = 0; i < size; ++i) {
            to[i] = from[i];
            piece[i] = static_cast<std::uint8_t>(from[i]);
        }
    }
    return is_zero(Escapes::in(piece));
}

}  // namespace kokai
