// SPDX-License-Identifier: Apache-2.0
// Where records and fields of a CSV block begin and end. Quotes count only at the beginning of a field, so that a 5"
// pipe in the middle of a text swallows nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace kokai {

/// Marks of one record, as they stand in Batch::marks: number of fields, start of the record, then the end of each
/// field. A field's end has `quoted` set when the field began with a quote.
struct RecordMarks {
    static constexpr std::uint32_t quoted = 0x8000'0000U;
    std::uint32_t fields = 0;
    std::uint32_t begin = 0;
};

class CsvScanner {
public:
    explicit CsvScanner(char delimiter) : delimiter_(delimiter) {}

    struct Result {
        std::size_t used = 0;          // bytes up to the end of the last whole record
        std::size_t records = 0;       // whole records, blank ones included
        bool quote_open = false;       // the rest is inside a quoted field …
        std::size_t quote_at = 0;      // … that began here
        std::size_t quote_record = 0;  // … in this record of the block (from 0)
    };

    /// Scans whole records, at most `most`. `last`: nothing follows, so the end of the text ends the last record.
    /// `literal_quote`: the offset of a quote that is to be taken as a plain character (it was never closed), or npos.
    Result scan(std::string_view text, bool last, std::size_t literal_quote, std::vector<std::uint32_t>& marks,
                std::size_t most = static_cast<std::size_t>(-1)) const;

    [[nodiscard]] char delimiter() const { return delimiter_; }

private:
    char delimiter_;
};

/// The delimiter that splits the first records most evenly: comma, tab, semicolon or bar.
char guess_delimiter(std::string_view sample, char preferred);

}  // namespace kokai
