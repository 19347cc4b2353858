// SPDX-License-Identifier: Apache-2.0
// One row's text on its way into a buffer, for the JSON and KML writers: it stays in the processor's nearest cache and
// goes out in one append. A cell with nothing to escape is looked at and copied in one go, sixteen bytes at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

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

/// Text that stands in every row (keys, tags), with a tail that a copy in blocks may read over.
class RowConstant {
public:
    explicit RowConstant(std::string text) : bytes_(std::move(text)), size_(bytes_.size()) {
        bytes_.resize(size_ + block, '\0');
    }
    [[nodiscard]] std::string_view view() const { return {bytes_.data(), size_}; }

    static constexpr std::size_t block = 64;  // most keys and tags: one block, no branch that depends on the column

private:
    std::string bytes_;
    std::size_t size_;
};

class RowText {
public:
    [[nodiscard]] std::string_view view() const { return {bytes_.get(), used_}; }
    void clear() { used_ = 0; }

    template <std::size_t size>
    void raw(const char (&literal)[size]) {
        std::memcpy(room(size), literal, size);
        used_ += size - 1;
    }
    void raw(const RowConstant& text) {
        const std::string_view bytes = text.view();
        char* const to = room(bytes.size() + RowConstant::block);
        for (std::size_t i = 0; i < bytes.size(); i += RowConstant::block) {
            std::memcpy(to + i, bytes.data() + i, RowConstant::block);
        }
        used_ += bytes.size();
    }
    void raw(std::string_view text) {
        std::ranges::copy(text, room(text.size() + 1));  // an empty text may have no address, which memcpy() forbids
        used_ += text.size();
    }

    /// `"text"`, as append_json_string() writes it.
    void json_string(std::string_view text) {
        char* const to = room(text.size() + 2);
        if (!copy_plain<JsonEscapes>(to + 1, text)) {
            escaped_json(text);
            return;
        }
        to[0] = '"';
        to[text.size() + 1] = '"';
        used_ += text.size() + 2;
    }

    /// The text of an XML 1.0 element: markup is escaped, CR too (a parser would make it LF), and what XML cannot hold
    /// (control characters but tab and LF, U+FFFE, U+FFFF) is left out, nothing in its place. The text is UTF-8
    /// already.
    void xml_text(std::string_view text) {
        char* const to = room(text.size() + 1);
        if (!copy_plain<XmlEscapes>(to, text)) {
            escaped_xml(text);
            return;
        }
        used_ += text.size();
    }

    /// As append_degrees() writes them.
    void degrees(double value);
    /// With at most nine decimals.
    void fine_degrees(double value);

private:
    char* room(std::size_t size) {
        if (capacity_ - used_ < size) {
            grow(size);
        }
        return bytes_.get() + used_;
    }

    /// Copies the text and answers whether nothing in it wants an escape; if something does, the copy is to be
    /// forgotten. Pieces overlap at the end, so that no byte is handled singly.
    template <typename Escapes>
    static bool copy_plain(char* to, std::string_view text) {
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

    /// Copies a text of one to two words; answers with its bytes, some of them several times.
    template <typename Word>
    static Bytes16 copy_ends(char* to, const char* from, std::size_t size) {
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

    template <typename Mask>
    static bool is_zero(Mask mask) {
        std::uint64_t halves[2];
        std::memcpy(halves, &mask, sizeof halves);
        return (halves[0] | halves[1]) == 0;
    }

    void grow(std::size_t size);
    void escaped_json(std::string_view text);
    void escaped_xml(std::string_view text);

    std::unique_ptr<char[]> bytes_;
    std::size_t used_ = 0;
    std::size_t capacity_ = 0;
    std::string scratch_;  // what only std::string writers can write
};

}  // namespace kokai
