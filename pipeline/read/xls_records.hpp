// SPDX-License-Identifier: Apache-2.0
// The records of an .xls workbook (BIFF5 and BIFF8) one after another, and the texts in them.
#pragma once

#include "read/ole_file.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace kokai {

/// What a text's bytes mean: BIFF8 knows for itself, BIFF5 goes by the workbook's code page.
struct XlsText {
    bool wide = true;               // BIFF8
    std::uint16_t code_page = 932;  // BIFF5
};

class XlsRecords {
public:
    static constexpr std::uint16_t continuation = 0x3C;

    XlsRecords(const OleFile& file, const OleFile::Stream& stream) : file_(file), stream_(stream) {}

    /// Goes to a record's beginning.
    void seek(std::uint64_t offset);
    /// The next record; false at the end of the stream. A record cut off there is refused.
    bool next();
    /// Whether the next record is of this type.
    bool next_is(std::uint16_t type);
    [[nodiscard]] std::uint16_t type() const { return type_; }
    [[nodiscard]] std::string_view data() const { return data_; }
    /// Where the record begins.
    [[nodiscard]] std::uint64_t offset() const { return record_; }

    // Reading on through CONTINUE records, from a place in the record. Each throws WorldError when there is no more.
    void go_to(std::size_t at) { at_ = at; }
    std::uint8_t take_u8();
    std::uint16_t take_u16();
    std::uint32_t take_u32();
    void skip(std::uint64_t bytes);
    std::string take_bytes(std::size_t bytes);
    /// `letters` letters of BIFF8, whose width can change where a CONTINUE begins.
    std::string take_letters(std::size_t letters, bool wide);

private:
    bool fill(std::uint64_t offset, std::size_t bytes);
    std::size_t left();

    const OleFile& file_;
    const OleFile::Stream& stream_;
    std::string buffer_;
    std::uint64_t buffer_offset_ = 0;
    std::uint64_t record_ = 0, following_ = 0;
    std::uint16_t type_ = 0;
    std::string_view data_;
    std::size_t at_ = 0;
};

/// A text of BIFF5 in the workbook's code page.
std::string text_in_code_page(std::string_view bytes, std::uint16_t code_page);

/// A text that begins at the records' place: its number of letters (one or two bytes), then the letters.
std::string take_text(XlsRecords& records, const XlsText& form, bool short_length);

}  // namespace kokai
