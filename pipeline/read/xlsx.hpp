// SPDX-License-Identifier: Apache-2.0
// The table of a workbook (.xlsx, .xlsm; macros are never looked at) as a Source: of one sheet, or of several of one
// shape. Rows that are wholly empty are left out; Origin::row is the row that Excel shows, SourceColumn::number the
// number of its column.
#pragma once

#include "engine/stage.hpp"
#include "model/dataset.hpp"
#include "read/sheet_book.hpp"
#include "read/sheet_choice.hpp"
#include "read/sheet_tally.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace kokai {

class InputFile;

struct XlsxOptions {
    std::filesystem::path path;
    std::string shown;  // the name that findings print
    std::string name;   // the source's name in dataset.json
    std::string sheet;  // empty = chosen by what stands on the sheets
    TablePin pin;       // what it leaves open is found
    Totals totals = Totals::leave_out;
    std::uint16_t source = 0;
    /// Adds a column `<name>#furigana` for every column, behind all of them: the readings kept with its texts, empty
    /// where none.
    Readings furigana = Readings::leave;
    bool offer_readings = false;  // furigana go along in Column::readings
    LeftOutWatch* watch = nullptr;
    std::vector<std::string> other_sheets;  // that other sources read
};

class XlsxSource : public Source {
public:
    explicit XlsxSource(XlsxOptions options);
    ~XlsxSource() override;
    XlsxSource(const XlsxSource&) = delete;
    XlsxSource& operator=(const XlsxSource&) = delete;
    XlsxSource(XlsxSource&&) = delete;
    XlsxSource& operator=(XlsxSource&&) = delete;

    Shape open(Findings& findings) override;
    bool next(Batch& batch, Findings& findings) override;
    void end(Findings& findings) override;
    [[nodiscard]] std::vector<SourceInfo> about() const override { return {about_}; }
    [[nodiscard]] std::uint64_t size() const override;
    [[nodiscard]] std::uint64_t position() const override;

    /// The merged ranges of the sheet; of a large sheet known only after the last batch.
    [[nodiscard]] const std::vector<CellRange>& merges() const { return merges_; }

private:
    static constexpr std::size_t npos = static_cast<std::size_t>(-1);
    static constexpr std::size_t most_spans = 20;  // of rows, named in one finding

    struct Trouble {
        std::uint32_t column = 0;  // of the batch
        Code code{};
        Cell found, repaired;
    };

    Shape make_shape(const SheetChoice& choice, Findings& findings);
    void count_filled(const Grid& grid, const SheetPart& part, std::vector<std::uint64_t>& filled);
    void tell(const SheetChoice& choice, Findings& findings);
    void begin_part();
    void look_at_heads(const SheetChoice& choice);
    void look_at_gap();
    void end_part(Findings& findings);
    bool next_row(Findings& findings);
    bool read_vertical(Batch& batch, Findings& findings);
    std::size_t read_line(Batch& batch, std::uint32_t& surplus);
    void fill_down(Batch& batch);
    void fill_ditto(std::size_t column, Cell above, Batch& batch);
    void fill_dittos_as_read(Batch& batch);
    void add_line(Batch& batch, std::uint32_t surplus, Findings& findings);
    void keep_origins(Batch& batch, const TableSection* section);
    void join_to_last(Batch& batch);
    void add_second_line(Batch& batch, Findings& findings);
    void leave_out(RowRole role, Findings& findings);
    void show_left_out(const SheetCell& cell);
    void show_left_out_row();
    void show_other_sheets(const std::vector<std::size_t>& read);
    void tell_external(Findings& findings);
    [[nodiscard]] std::string digest() const;

    XlsxOptions options_;
    std::unique_ptr<InputFile> file_;
    std::unique_ptr<SheetBook> book_;
    std::unique_ptr<SheetRows> reader_;
    SourceInfo about_;
    Shape shape_;
    std::vector<SheetPart> parts_;
    std::size_t part_ = 0;
    std::uint16_t sheet_ = 0;
    std::vector<bool> published_;         // per column of the first part's sheet
    std::vector<std::size_t> column_of_;  // of the batch, per column of the sheet; npos = not in the Shape
    std::size_t cells_ = 0;               // columns of the Shape that stand in the sheet
    std::size_t section_column_ = npos, sheet_column_ = npos;
    std::vector<std::size_t> second_columns_;   // of the second lines of records, in the layout's order
    bool moved_ = false;                        // parts stand in other columns than the first
    bool side_by_side_ = false;                 // other parts of the table stand on the same rows
    std::size_t made_ = 0;                      // columns of the Shape that stand in no column of the sheet
    bool has_origins_ = false;                  // of this batch and those that follow
    std::size_t next_fill_ = 0;                 // of the part's layout
    std::vector<const TableFill*> open_fills_;  // those that reach the row
    RowJudge judge_;
    SheetTally tally_;
    std::uint32_t last_row_ = 0;  // of data, of the part
    std::vector<CellRange> merges_;
    bool ended_ = false;

    SheetRow row_;  // buffers that are used again for every row
    std::vector<Cell> line_;
    std::vector<std::string> before_;  // the last row of the batch before
    std::vector<CellOrigin> origins_;
    std::vector<Trouble> troubles_;
    using RowSpan = std::pair<std::uint32_t, std::uint32_t>;
    std::map<std::uint32_t, std::vector<RowSpan>> external_;  // by column: rows whose formulas refer to other workbooks
};

}  // namespace kokai
