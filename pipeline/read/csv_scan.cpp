// SPDX-License-Identifier: Apache-2.0
// Sixteen bytes at a time with SSE2 (every x86-64 has it), a plain loop elsewhere: the bytes between two marks are
// never looked at singly.
#include "read/csv_scan.hpp"

#include <algorithm>
#include <array>
#include <bit>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace kokai {
namespace {

/// Finds the next byte of interest at or after `at`: delimiter, quote, CR or LF. Keeps a mask of 64 bytes between
/// calls.
class Finder {
public:
    Finder(std::string_view text, char delimiter) : text_(text), delimiter_(delimiter) {}

    std::size_t next(std::size_t at) {
        if (at >= text_.size()) {
            return text_.size();
        }
        while (true) {
            const std::size_t block = at & ~std::size_t{63};
            if (block != block_) {
                load(block);
            }
            const std::uint64_t rest = mask_ & (~std::uint64_t{0} << (at - block));
            if (rest != 0) {
                return block + static_cast<std::size_t>(std::countr_zero(rest));
            }
            at = block + 64;
            if (at >= text_.size()) {
                return text_.size();
            }
        }
    }

private:
    void load(std::size_t block) {
        block_ = block;
        mask_ = 0;
#if defined(__SSE2__)
        if (block + 64 <= text_.size()) {
            const __m128i delimiter = _mm_set1_epi8(delimiter_);
            const __m128i quote = _mm_set1_epi8('"');
            const __m128i cr = _mm_set1_epi8('\r');
            const __m128i lf = _mm_set1_epi8('\n');
            for (unsigned part = 0; part < 4; ++part) {
                __m128i bytes;
                std::copy_n(text_.data() + block + std::size_t{16} * part, 16, reinterpret_cast<char*>(&bytes));
                const __m128i hit =
                    _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, delimiter), _mm_cmpeq_epi8(bytes, quote)),
                                 _mm_or_si128(_mm_cmpeq_epi8(bytes, cr), _mm_cmpeq_epi8(bytes, lf)));
                mask_ |= static_cast<std::uint64_t>(static_cast<unsigned>(_mm_movemask_epi8(hit))) << (16 * part);
            }
            return;
        }
#endif
        const std::size_t end = std::min(text_.size(), block + 64);
        for (std::size_t i = block; i < end; ++i) {
            const char byte = text_[i];
            if (byte == delimiter_ || byte == '"' || byte == '\r' || byte == '\n') {
                mask_ |= std::uint64_t{1} << (i - block);
            }
        }
    }

    std::string_view text_;
    char delimiter_;
    std::size_t block_ = static_cast<std::size_t>(-1);
    std::uint64_t mask_ = 0;
};

}  // namespace

CsvScanner::Result CsvScanner::scan(std::string_view text, bool last, std::size_t literal_quote,
                                    std::vector<std::uint32_t>& marks, std::size_t most) const {
    Result result;
    Finder finder(text, delimiter_);
    std::size_t record_mark = marks.size();
    std::size_t record_begin = 0;
    std::size_t field_begin = 0;
    std::uint32_t fields = 0;
    const auto begin_record = [&](std::size_t at) {
        record_mark = marks.size();
        record_begin = at;
        field_begin = at;
        fields = 0;
        marks.push_back(0);
        marks.push_back(static_cast<std::uint32_t>(at));
    };
    const auto end_field = [&](std::size_t at, bool quoted) {
        marks.push_back(static_cast<std::uint32_t>(at) | (quoted ? RecordMarks::quoted : 0));
        ++fields;
    };
    const auto end_record = [&](std::size_t next) {
        marks[record_mark] = fields;
        ++result.records;
        result.used = next;
    };

    begin_record(0);
    while (true) {
        bool quoted = false;
        std::size_t at = field_begin;
        if (at < text.size() && text[at] == '"' && at != literal_quote) {
            quoted = true;
            ++at;
            while (true) {  // to the closing quote; a doubled one stays inside
                at = finder.next(at);
                while (at < text.size() && text[at] != '"') {
                    at = finder.next(at + 1);
                }
                if (at >= text.size() || (at + 1 == text.size() && !last)) {
                    if (at + 1 == text.size() && !last) {
                        // The quote may be the first half of a doubled one: wait for more.
                        marks.resize(record_mark);
                        return result;
                    }
                    result.quote_open = true;
                    result.quote_at = field_begin;
                    result.quote_record = result.records;
                    marks.resize(record_mark);
                    return result;
                }
                if (at + 1 < text.size() && text[at + 1] == '"') {
                    at += 2;
                    continue;
                }
                ++at;
                break;
            }
        }
        at = finder.next(at);
        while (at < text.size() && text[at] == '"') {  // a quote that does not begin the field is a plain character
            at = finder.next(at + 1);
        }
        if (at >= text.size()) {
            if (!last || field_begin >= text.size()) {
                if (last && fields > 0) {  // the text ends with a delimiter: one more empty field
                    end_field(text.size(), false);
                    end_record(text.size());
                    return result;
                }
                marks.resize(record_mark);
                return result;
            }
            end_field(text.size(), quoted);
            end_record(text.size());
            return result;
        }
        end_field(at, quoted);
        if (text[at] == delimiter_) {
            field_begin = at + 1;
            continue;
        }
        std::size_t next = at + 1;
        if (text[at] == '\r') {
            if (next == text.size() && !last) {  // CR LF may be cut here
                marks.resize(record_mark);
                return result;
            }
            if (next < text.size() && text[next] == '\n') {
                ++next;
            }
        }
        end_record(next);
        if (result.records == most) {
            return result;
        }
        begin_record(next);
    }
}

char guess_delimiter(std::string_view sample, char preferred) {
    char best = preferred;
    std::size_t best_score = 0;
    for (const char delimiter : {preferred, ',', '\t', ';', '|'}) {
        std::vector<std::uint32_t> marks;
        const CsvScanner scanner(delimiter);
        scanner.scan(sample, false, std::string_view::npos, marks);
        // The most common field count of the first records, weighted by how many records have it.
        std::array<std::size_t, 512> counts{};
        std::size_t records = 0;
        for (std::size_t i = 0; i < marks.size() && records < 100; i += 2 + marks[i], ++records) {
            ++counts[std::min<std::size_t>(marks[i], counts.size() - 1)];
        }
        std::size_t score = 0;
        for (std::size_t fields = 2; fields < counts.size(); ++fields) {
            score = std::max(score, counts[fields] * 1000 + std::min<std::size_t>(fields, 999));
        }
        if (score > best_score) {
            best = delimiter;
            best_score = score;
        }
    }
    return best;
}

}  // namespace kokai
