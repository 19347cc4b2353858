// SPDX-License-Identifier: Apache-2.0
// An open workbook: its parts together, and the text that a cell means.
#pragma once

#include "model/cell.hpp"
#include "read/xlsx_package.hpp"
#include "read/xlsx_sheet.hpp"
#include "read/xlsx_strings.hpp"
#include "read/xlsx_styles.hpp"
#include "read/xlsx_workbook.hpp"

#include <filesystem>
#include <memory>
#include <string>

namespace kokai {

class XlsxBook {
public:
    /// Opens and reads all but the sheets. Throws WorldError.
    XlsxBook(const std::filesystem::path& path, const std::string& shown, Readings readings);

    [[nodiscard]] const XlsxPackage& package() const { return package_; }
    [[nodiscard]] const WorkbookIndex& workbook() const { return workbook_; }
    [[nodiscard]] std::unique_ptr<SheetReader> open_sheet(std::size_t index) const;

    struct CellText {
        Cell text;
        bool rounded = false;  // a number with more digits than its format shows
    };

    /// The value as a person means it, in the arena. Of an error cell: the error's name. Throws WorldError for a shared
    /// string that the workbook does not have.
    CellText text(const SheetRow& row, const SheetCell& cell, Arena& into);
    /// The furigana of a cell, or nothing.
    Cell reading(const SheetRow& row, const SheetCell& cell, Arena& into);
    /// Whether a row holds anything: a value that is not blank, an error, a formula.
    bool has_content(const SheetRow& row);
    bool has_content(const SheetRow& row, const SheetCell& cell);

private:
    [[nodiscard]] std::uint64_t string_index(const SheetRow& row, const SheetCell& cell) const;

    XlsxPackage package_;
    WorkbookIndex workbook_;
    Styles styles_;
    SharedStrings strings_;
    Readings readings_;
    Arena scratch_;
};

}  // namespace kokai
