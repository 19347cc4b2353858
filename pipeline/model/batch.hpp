// SPDX-License-Identifier: Apache-2.0
// Some thousand rows in flight, stored by column. Every row knows its sheet and row of origin, so that a finding made
// ten stages later still names the cell that the department sees in Excel.
#pragma once

#include "model/cell.hpp"
#include "model/geometry.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace kokai {

struct Field;

/// Where a row stands in its source. `row` is the row that Excel shows, the CSV record (header = 1), or the feature
/// number.
struct Origin {
    std::uint32_t row = 0;
    std::uint16_t sheet = 0;   // index into SourceInfo::sheets
    std::uint16_t source = 0;  // index into the table's sources
};

/// Where one cell stands, when it is not simply (its row, its column): cells of an unpivoted or joined table.
struct CellOrigin {
    static constexpr std::uint16_t of_row = UINT16_MAX;

    std::uint32_t row = 0;          // 1-based
    std::uint32_t column = 0;       // 1-based
    std::uint16_t source = of_row;  // another source than the row's: a joined cell
    std::uint16_t sheet = 0;
};

struct Column {
    std::vector<Cell> cells;
    std::vector<CellOrigin> origins;  // empty unless cells moved within the sheet
    std::vector<Cell> readings;       // furigana by row; shorter than the cells where no more follow
    std::vector<Cell> links;          // targets of hyperlinks by row; shorter likewise

    /// Set by the normaliser, which sees every byte: of all cells only those of `odd` may hold more than ASCII, kana
    /// and kanji, or begin like a formula.
    bool looked_over = false;
    std::vector<std::uint32_t> odd;  // rows, in their order

    /// Another text after the normaliser: the column is no longer looked over.
    void put(std::size_t row, Cell cell) {
        cells[row] = cell;
        looked_over = false;
    }

    /// The rows whose cells may be odd; all of them where nobody has looked.
    template <typename Look>
    void for_each_odd(Look look) const {
        if (looked_over) {
            for (const std::uint32_t row : odd) {
                look(std::size_t{row});
            }
            return;
        }
        for (std::size_t row = 0; row < cells.size(); ++row) {
            look(row);
        }
    }
};

enum class RowState : std::uint8_t {
    kept,
    filtered,  // left out by `where`: counted, seen by totals checks, not written
    total,     // a total row of the source: checked against the others, not written
    withheld   // has an error and on_error is `rows`
};

/// A column of a source: which source, which column of its sheet (1-based), and the header as the department wrote it.
struct SourceColumn {
    std::uint16_t source = 0;
    std::uint32_t number = 0;
    std::string header;
};

/// What the values of a column are in formats that have types.
enum class ValueType : std::uint8_t { text, integer, number };

/// A column on its way: its name now, its field in the schema (if any), and the source columns that it came from.
struct ColumnInfo {
    std::string name;
    const Field* field = nullptr;
    std::vector<SourceColumn> from;
    bool made = false;  // a constant, from the shape or from a cross table: no source column, and yet not absent
    ValueType type = ValueType::text;  // by the file that it came from; the field's own goes before it
};

struct Shape {
    static constexpr std::size_t npos = static_cast<std::size_t>(-1);

    std::vector<ColumnInfo> columns;
    bool has_geometry = false;  // the batches carry shapes

    [[nodiscard]] std::size_t find(std::string_view name) const {
        for (std::size_t i = 0; i < columns.size(); ++i) {
            if (columns[i].name == name) {
                return i;
            }
        }
        return npos;
    }
};

/// The cell (or row, or table: zeros) that a finding is about.
struct Place {
    std::uint32_t row = 0;
    std::uint32_t column = 0;  // number in the source; 0 with a field = the field's source columns
    std::uint16_t sheet = 0;
    std::uint16_t source = 0;
    const ColumnInfo* field = nullptr;
};

struct Batch {
    std::vector<char> raw;             // what the reader read and no worker has parsed yet; cells may point into it
    std::vector<std::uint32_t> marks;  // where the reader saw fields begin and end in raw: for its own parse()
    Arena bytes;                       // what stages wrote; cells may point into it
    std::vector<Column> columns;
    std::vector<Origin> rows;
    std::vector<RowState> states;
    Geometries shapes;
    std::uint64_t sequence = 0;           // batches are numbered from 0 in the order read
    std::uint64_t first_record = 0;       // the reader's own counter (CSV: record number of the first record)
    std::uint64_t first_byte = 0;         // the reader's own: where raw begins in the file
    std::uint64_t first_row = 0;          // rows before this batch; set when the batch is admitted
    std::uint64_t first_written_row = 0;  // rows written before this batch; set when the batch is admitted

    [[nodiscard]] std::size_t size() const { return rows.size(); }

    [[nodiscard]] Place place(std::size_t row, std::size_t column, const ColumnInfo& info) const {
        Place where{rows[row].row, 0, rows[row].sheet, rows[row].source, &info};
        if (column < columns.size() && !columns[column].origins.empty()) {
            const CellOrigin& origin = columns[column].origins[row];
            where.row = origin.row;
            where.column = origin.column;
            if (origin.source != CellOrigin::of_row) {
                where.source = origin.source;
                where.sheet = origin.sheet;
            }
        }
        return where;
    }
    [[nodiscard]] Place place(std::size_t row) const {
        return {rows[row].row, 0, rows[row].sheet, rows[row].source, nullptr};
    }

    /// Empty for the next use; capacity stays.
    void clear() {
        raw.clear();
        marks.clear();
        bytes.clear();
        for (Column& column : columns) {
            column.cells.clear();
            column.origins.clear();
            column.readings.clear();
            column.links.clear();
            column.looked_over = false;
            column.odd.clear();
        }
        rows.clear();
        states.clear();
        shapes.clear();
    }
};

/// Rows of a sheet and what they were taken for.
struct TakenRows {
    std::uint16_t sheet = 0;  // index into SourceInfo::sheets
    std::uint32_t first = 0, last = 0;
    std::uint32_t column = 0;  // where the text begins; 0 = all of the row
    std::string as;    // title, header, header-note, data, section, total, repeated-header, continuation, footnote …
    std::string text;  // what stands there, shortened
};

/// What of a sheet a program reads only by guessing: how often it is there, and the first cells. Names of facts:
/// read/sheet_tally.hpp. A fact that counts nothing says that somebody looked.
struct SheetFact {
    std::string what;
    std::uint16_t sheet = 0;   // index into SourceInfo::sheets
    std::uint32_t column = 0;  // of the sheet, from 1; 0 = the sheet as a whole
    std::uint64_t count = 0;
    std::uint64_t of = 0;            // among so many, where that says something
    std::vector<std::string> cells;  // C14, A1:C1
};

/// What the report and the findings say of a source.
struct SourceInfo {
    std::string name;      // the key in dataset.json, or the file's stem
    std::string file;      // as findings name it: relative to the dataset folder, or as given on the command line
    std::string format;    // csv, xlsx, GeoJSON, ESRI Shapefile …
    std::string encoding;  // as decided; empty for formats that have one only
    std::string sheet;     // the sheet or layer read
    std::vector<std::string> sheets;  // names that Origin::sheet indexes
    std::vector<std::uint32_t> header_rows;
    std::uint64_t data_rows = 0;
    std::string sha256;
    std::string modified;          // workbook property or the like, ISO date; never the file's time
    bool readings = false;         // its texts have furigana
    std::vector<TakenRows> taken;  // empty for a plain table: one header row on top, data below
    std::vector<SheetFact> facts;  // of workbooks; none of other files
};

}  // namespace kokai
