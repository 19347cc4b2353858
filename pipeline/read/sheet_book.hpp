// SPDX-License-Identifier: Apache-2.0
// An open workbook of any kind: its sheets, and the text that a cell means. Kinds differ in how sheets are stored, not
// in what strings, number formats and dates are; so only opening a sheet is virtual, and nothing that a cell costs.
#pragma once

#include "model/cell.hpp"
#include "read/left_out.hpp"
#include "read/sheet.hpp"
#include "read/xlsx_strings.hpp"
#include "read/xlsx_styles.hpp"
#include "read/xlsx_workbook.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kokai {

/// Pictures, shapes, charts and controls that lie over the cells of a sheet; comments are none.
struct SheetObjects {
    std::uint64_t count = 0;
    std::vector<std::string> cells;  // where the first of them begin; fewer where the file does not say
};

class SheetBook {
public:
    virtual ~SheetBook() = default;
    SheetBook(const SheetBook&) = delete;
    SheetBook& operator=(const SheetBook&) = delete;
    SheetBook(SheetBook&&) = delete;
    SheetBook& operator=(SheetBook&&) = delete;

    /// xlsx, xls or ods: what the file is, whatever it is called.
    [[nodiscard]] virtual std::string format() const = 0;
    [[nodiscard]] const std::string& shown() const { return shown_; }
    [[nodiscard]] const WorkbookIndex& workbook() const { return workbook_; }
    [[nodiscard]] const Styles& styles() const { return styles_; }
    /// What a person sees of a sheet (visible_rows.hpp), or all of it after publish_hidden().
    [[nodiscard]] std::unique_ptr<SheetRows> open_sheet(std::size_t index);
    /// From now on hidden and struck-out rows and columns are handed out like others, and not reported.
    void publish_hidden() { publish_hidden_ = true; }
    /// A row of this number is handed out although it is hidden: somebody named it.
    void want_row(std::uint32_t row) { wanted_rows_.push_back(row); }
    /// How many cells of a sheet have a comment. Comments are never read as data.
    [[nodiscard]] virtual std::uint64_t comments(std::size_t /*index*/) const { return 0; }
    /// What lies over a sheet that has been opened; never read as data.
    [[nodiscard]] virtual SheetObjects objects(std::size_t index) const = 0;
    /// Who sees what is not handed on from now on: hidden and struck-out cells, and what show_… is called for.
    void watch(LeftOutWatch* watch, std::uint16_t source) {
        watch_ = watch;
        source_ = source;
    }
    [[nodiscard]] bool watched() const { return watch_ != nullptr; }
    /// One cell, with what is struck out in it.
    void show_left_out(std::size_t sheet, const SheetRow& row, const SheetCell& cell);
    /// All of a sheet. One that cannot be read shows as much as can be.
    void show_sheet(std::size_t sheet);
    void show_comments(std::size_t sheet) const;
    /// hidden-sheet for every one but those in `read`.
    void report_hidden_sheets(Findings& findings, std::uint16_t source, const std::vector<std::size_t>& read) const;

    struct CellText {
        Cell text;
        bool rounded = false;  // a number with more digits than its format shows
        Cell struck = {};      // what is struck out, and so no part of the text
    };

    /// The value as a person means it, in the arena. Of an error cell: the error's name. Throws WorldError for a shared
    /// string that the workbook does not have.
    CellText text(const SheetRow& row, const SheetCell& cell, Arena& into);
    /// Whether any text has furigana (kept only with Readings::keep).
    [[nodiscard]] bool has_readings() const { return strings_.any_readings() || inline_readings_; }
    /// The furigana of a cell, or nothing.
    Cell reading(const SheetRow& row, const SheetCell& cell, Arena& into);
    /// The target of a cell's hyperlink, as written; or nothing.
    Cell link(const SheetRow& row, const SheetCell& cell, Arena& into);
    /// Whether any cell of a row can be struck out.
    [[nodiscard]] bool may_be_struck(const SheetRow& row) const { return any_struck() || !row.extras.empty(); }
    /// Whether a cell has a value, all of which is struck out.
    bool struck_out(const SheetRow& row, const SheetCell& cell);
    /// Whether a row holds anything: a value that is not blank, an error, a formula.
    bool has_content(const SheetRow& row);
    bool has_content(const SheetRow& row, const SheetCell& cell);

protected:
    [[nodiscard]] virtual std::unique_ptr<SheetRows> open_stored(std::size_t index) const = 0;
    /// The texts of a sheet's comments with the row and column of their cells (zeros when not known).
    virtual void
    each_comment(std::size_t /*index*/,
                 const std::function<void(std::uint32_t, std::uint32_t, std::string_view)>& /*take*/) const {}

    SheetBook(std::string shown, Readings readings)
        : shown_(std::move(shown)), strings_(readings), readings_(readings) {}

    std::string shown_;
    WorkbookIndex workbook_;
    Styles styles_;
    SharedStrings strings_;
    Readings readings_;
    bool inline_readings_ = false;  // furigana that stand in the cells

private:
    /// Whether styles or shared texts strike anything out; texts that stand in the cells say so themselves.
    [[nodiscard]] bool any_struck() const { return styles_.any_struck() || strings_.any_strikes(); }
    [[nodiscard]] bool may_be_struck(const SheetCell& cell) const {
        return !publish_hidden_ && (cell.extra != 0 || any_struck());
    }
    CellText stored_text(const SheetRow& row, const SheetCell& cell, Arena& into);
    void take_off_struck(const SheetRow& row, const SheetCell& cell, CellText& shown, Arena& into);
    [[nodiscard]] std::uint64_t string_index(const SheetRow& row, const SheetCell& cell) const;

    LeftOutWatch* watch_ = nullptr;
    std::uint16_t source_ = 0;
    bool publish_hidden_ = false;
    std::vector<std::uint32_t> wanted_rows_;
    Arena scratch_;
};

/// Opens a workbook as what it is, and reads all but the sheets. Throws WorldError saying what the file really is when
/// it is none.
std::unique_ptr<SheetBook> open_book(const std::filesystem::path& path, const std::string& shown, Readings readings);

}  // namespace kokai
