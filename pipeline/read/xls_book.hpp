// SPDX-License-Identifier: Apache-2.0
// An old Excel workbook (.xls of Excel 97 to 2003, and of Excel 5 and 95). Ready readers give numbers without their
// format: a code 010201 comes out as 10201, and rows that nobody sees come out like the others. So this one is ours.
#pragma once

#include "read/ole_file.hpp"
#include "read/sheet_book.hpp"
#include "read/xls_records.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace kokai {

class XlsBook : public SheetBook {
public:
    /// Opens and reads all but the sheets. Throws WorldError, also for a workbook with a password.
    XlsBook(const std::filesystem::path& path, const std::string& shown, Readings readings);

    [[nodiscard]] std::string format() const override { return "xls"; }
    [[nodiscard]] std::uint64_t comments(std::size_t index) const override;
    [[nodiscard]] SheetObjects objects(std::size_t index) const override;

private:
    [[nodiscard]] std::unique_ptr<SheetRows> open_stored(std::size_t index) const override;
    void read_globals();
    void read_sheet_entry(XlsRecords& records);
    void read_strings(XlsRecords& records);
    [[nodiscard]] bool is_struck_font(std::uint16_t font) const;
    [[nodiscard]] std::string strikes_of(std::string_view value, std::string_view runs) const;
    [[nodiscard]] std::string read_reading(std::string_view value, const std::string& extra) const;
    void read_saved_date();

    OleFile file_;
    OleFile::Stream stream_;
    XlsText form_;
    std::vector<std::uint64_t> sheet_offsets_;
    std::vector<bool> struck_fonts_;
    mutable std::map<std::size_t, std::uint64_t> comments_, objects_;  // of sheets that were opened
};

}  // namespace kokai
