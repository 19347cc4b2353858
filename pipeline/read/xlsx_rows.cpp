// SPDX-License-Identifier: Apache-2.0
// From the rows of a sheet to the rows of a batch: which cell goes to which column, and what is told of it.
#include "read/table_report.hpp"
#include "read/text_facts.hpp"
#include "read/xlsx.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <utility>

namespace kokai {
namespace {

constexpr std::size_t most_taken = 2'000;

/// What few cells have beside their value (a reading, a link), by row; for the row that is being read.
void keep_beside(std::vector<Cell>& beside, std::size_t row, Cell what) {
    if (beside.size() > row) {
        beside.resize(row);
    }
    if (!what.empty()) {
        beside.resize(row);
        beside.push_back(what);
    }
}

}  // namespace

/// A cell that goes into no column; what another part of the table takes is not left out.
void XlsxSource::show_left_out(const SheetCell& cell) {
    if (options_.watch == nullptr) {
        return;
    }
    const bool taken = std::any_of(parts_.begin(), parts_.end(), [&](const SheetPart& part) {
        const RowRole role = part.layout.role(row_.number);
        return part.sheet == sheet_ &&
               (role == RowRole::data || role == RowRole::continuation || role == RowRole::second_line) &&
               (part.layout.vertical ? cell.column == part.layout.value_column
                                     : part.layout.columns.holds(cell.column));
    });
    if (!taken) {
        book_->show_left_out(sheet_, row_, cell);
    }
}

void XlsxSource::show_left_out_row() {
    if (options_.watch == nullptr) {
        return;
    }
    // A row judged by its cells is no data even where the layout takes all rows for data.
    const bool judged = parts_[part_].layout.role(row_.number) == RowRole::data;
    for (const SheetCell& cell : row_.cells) {
        if (judged) {
            book_->show_left_out(sheet_, row_, cell);
        } else {
            show_left_out(cell);
        }
    }
}

/// Sheets that nobody reads, hidden or not, and the comments of all.
void XlsxSource::show_other_sheets(const std::vector<std::size_t>& read) {
    if (options_.watch == nullptr) {
        return;
    }
    const std::vector<std::string>& others = options_.other_sheets;
    for (std::size_t sheet = 0; sheet < about_.sheets.size(); ++sheet) {
        if (std::find(others.begin(), others.end(), about_.sheets[sheet]) != others.end()) {
            continue;
        }
        book_->show_comments(sheet);
        if (std::find(read.begin(), read.end(), sheet) == read.end()) {
            book_->show_sheet(sheet);
        }
    }
}

/// A row of a sheet that is not held, and that is no data.
void XlsxSource::leave_out(RowRole role, Findings& findings) {
    const auto first = std::find_if(line_.begin(), line_.end(), [](Cell cell) { return !trimmed(cell).empty(); });
    const std::string text(first == line_.end() ? Cell{} : trimmed(*first));
    findings.add(role == RowRole::total      ? Code::total_row_unchecked
                 : role == RowRole::footnote ? Code::footnote_left_out
                                             : Code::header_repeated,
                 {row_.number, 0, sheet_, options_.source, nullptr}, text);
    if (about_.taken.size() < most_taken) {
        about_.taken.push_back({sheet_, row_.number, row_.number, 0, std::string(name_of(role)), text});
    }
}

/// The one record of a table that stands upright: each value from its own row.
bool XlsxSource::read_vertical(Batch& batch, Findings& findings) {
    if (ended_) {
        return false;
    }
    const TableLayout& layout = parts_.front().layout;
    std::size_t item = 0;
    for (Column& column : batch.columns) {
        column.cells.assign(1, {});
        column.origins.assign(1, {layout.first_row, layout.value_column});
    }
    batch.rows.push_back({layout.first_row, sheet_, options_.source});
    while (next_row(findings)) {
        if (layout.role(row_.number) != RowRole::data || item == cells_ || !book_->has_content(row_)) {
            show_left_out_row();
            continue;
        }
        batch.columns[item].origins[0].row = row_.number;
        for (const SheetCell& cell : row_.cells) {
            if (cell.column != layout.value_column) {
                show_left_out(cell);
                continue;
            }
            if (cell.type == CellType::error || cell.unsaved) {
                findings.add(cell.unsaved ? Code::formula_without_value : Code::cell_error_value, batch, 0, item,
                             shape_.columns[item], cell.unsaved ? Cell{} : batch.bytes.keep(row_.value(cell)));
            } else {
                const SheetBook::CellText shown = book_->text(row_, cell, batch.bytes);
                tally_.look_at(row_, cell, shown.text);
                batch.columns[item].cells[0] = shown.text;
                if (!shown.struck.empty()) {
                    findings.add(Code::struck_text, batch, 0, item, shape_.columns[item], shown.struck, shown.text);
                }
                if (cell.extra != 0) {
                    batch.columns[item].links.assign(1, book_->link(row_, cell, batch.bytes));
                }
            }
        }
        ++item;
    }
    about_.data_rows = 1;
    return true;
}

/// Fills line_ and troubles_ from row_. Returns the bytes of all cells, 0 when every one is blank.
std::size_t XlsxSource::read_line(Batch& batch, std::uint32_t& surplus) {
    line_.assign(shape_.columns.size(), {});
    troubles_.clear();
    const std::size_t reading_offset = cells_ + made_;
    const TableLayout& layout = parts_[part_].layout;
    std::size_t bytes = 0;
    bool any = false;
    for (const SheetCell& cell : row_.cells) {
        const std::size_t column = cell.column <= column_of_.size() ? column_of_[cell.column - 1] : npos;
        if (column == npos) {
            show_left_out(cell);
            const bool ours = layout.columns.holds(cell.column) || layout.columns.last < cell.column;
            if (ours && layout.others.empty() && !side_by_side_ && book_->has_content(row_, cell)) {
                surplus = cell.column;
            }
            continue;
        }
        if (!layout.columns.holds(cell.column) && layout.columns.width() < column_of_.size() &&
            (!layout.others.empty() || side_by_side_)) {
            continue;
        }
        const auto number = static_cast<std::uint32_t>(column);
        if (cell.type == CellType::error) {
            troubles_.push_back({number, Code::cell_error_value, batch.bytes.keep(row_.value(cell)), {}});
            continue;
        }
        if (cell.unsaved) {
            troubles_.push_back({number, Code::formula_without_value, {}, {}});
            continue;
        }
        const SheetBook::CellText shown = book_->text(row_, cell, batch.bytes);
        tally_.look_at(row_, cell, shown.text);
        line_[column] = shown.text;
        bytes += shown.text.size();
        if (!shown.struck.empty()) {
            troubles_.push_back({number, Code::struck_text, shown.struck, shown.text});
        }
        any = any || (!shown.text.empty() && !trimmed(shown.text).empty());
        if (shown.rounded && !cell.formula) {
            // What a formula computed has no digits that anyone typed; only those are worth a word.
            troubles_.push_back({number, Code::number_shown_rounded, batch.bytes.keep(row_.value(cell)), shown.text});
        }
        if (about_.readings) {
            keep_beside(batch.columns[column].readings, batch.size(), book_->reading(row_, cell, batch.bytes));
        }
        if (cell.extra != 0 || !batch.columns[column].links.empty()) {
            keep_beside(batch.columns[column].links, batch.size(), book_->link(row_, cell, batch.bytes));
        }
        if (cell.external) {
            std::vector<RowSpan>& spans = external_[cell.column];
            if (!spans.empty() && spans.back().second + 1 == row_.number) {
                spans.back().second = row_.number;
            } else if (spans.size() < most_spans) {
                spans.emplace_back(row_.number, row_.number);
            }
        }
        if (options_.furigana == Readings::keep) {
            line_[column + reading_offset] = book_->reading(row_, cell, batch.bytes);
        }
    }
    return any ? bytes : 0;
}

/// Values from above into the blank cells of line_; where they come from stays known.
void XlsxSource::fill_down(Batch& batch) {
    const TableLayout& layout = parts_[part_].layout;
    origins_.clear();
    if (layout.fills.empty()) {
        return;
    }
    while (next_fill_ < layout.fills.size() && layout.fills[next_fill_].first_row <= row_.number) {
        open_fills_.push_back(&layout.fills[next_fill_++]);
    }
    std::erase_if(open_fills_, [&](const TableFill* fill) { return fill->last_row < row_.number; });
    for (const TableFill* fill : open_fills_) {
        const std::size_t column = fill->column <= column_of_.size() ? column_of_[fill->column - 1] : npos;
        if (column != npos && fill->ditto) {
            fill_ditto(column, fill->text, batch);
        } else if (column != npos && trimmed(line_[column]).empty()) {
            if (origins_.empty()) {
                origins_.resize(cells_);
            }
            line_[column] = batch.bytes.keep(fill->text);
            origins_[column] = {fill->from_row, fill->column};
        }
    }
}

/// 〃 gives way to the value above, or to nothing where there is none.
void XlsxSource::fill_ditto(std::size_t column, Cell above, Batch& batch) {
    const Cell sign = line_[column];
    line_[column] = above.empty() ? Cell{} : batch.bytes.keep(above);
    troubles_.push_back({static_cast<std::uint32_t>(column), above.empty() ? Code::ditto_unfilled : Code::ditto_filled,
                         sign, line_[column]});
}

/// The same for the rows of a sheet that is not held, from the row before.
void XlsxSource::fill_dittos_as_read(Batch& batch) {
    for (std::size_t column = 0; column < cells_; ++column) {
        if (is_ditto(line_[column])) {
            const std::vector<Cell>& cells = batch.columns[column].cells;
            fill_ditto(column,
                       !cells.empty()            ? cells.back()
                       : column < before_.size() ? Cell(before_[column])
                                                 : Cell{},
                       batch);
        }
    }
}

/// A record that goes on in the next row: each text behind the one above it.
void XlsxSource::join_to_last(Batch& batch) {
    for (std::size_t column = 0; column < cells_; ++column) {
        const Cell more = trimmed(line_[column]);
        if (more.empty()) {
            continue;
        }
        Cell& cell = batch.columns[column].cells.back();
        std::string text(cell);
        text += (text.empty() ? "" : "\n") + std::string(more);
        cell = batch.bytes.keep(text);
    }
}

/// The second line of a record: into columns of its own.
void XlsxSource::add_second_line(Batch& batch, Findings& findings) {
    const std::vector<SecondLine>& lines = parts_[part_].layout.second_lines;
    const std::size_t row = batch.size() - 1;
    for (std::size_t i = 0; i < std::min(lines.size(), second_columns_.size()); ++i) {
        const std::size_t from = lines[i].column <= column_of_.size() ? column_of_[lines[i].column - 1] : npos;
        if (from == npos) {
            continue;
        }
        const std::size_t to = second_columns_[i];
        batch.columns[to].cells[row] = line_[from];
        batch.columns[to].origins[row] = {row_.number, lines[i].column};
        for (const Trouble& trouble : troubles_) {
            if (trouble.column == from) {
                findings.add(trouble.code, batch, row, to, shape_.columns[to], trouble.found, trouble.repaired);
            }
        }
    }
    last_row_ = row_.number;
}

/// Rows between two rows of data that hold nothing part the table in two.
void XlsxSource::look_at_gap() {
    const TableLayout& layout = parts_[part_].layout;
    if (last_row_ != 0 && row_.number > last_row_ + 1) {
        for (std::uint32_t row = last_row_ + 1; row < row_.number && row < last_row_ + 100; ++row) {
            if (layout.role(row) == RowRole::data) {
                tally_.add_blank_row(row);
                break;
            }
        }
    }
    last_row_ = row_.number;
}

void XlsxSource::add_line(Batch& batch, std::uint32_t surplus, Findings& findings) {
    look_at_gap();
    const std::size_t row = batch.size();
    const TableLayout& layout = parts_[part_].layout;
    batch.rows.push_back({row_.number, sheet_, options_.source});
    const TableSection* section = section_column_ == npos ? nullptr : layout.section(row_.number);
    if (section != nullptr) {
        line_[section_column_] = batch.bytes.keep(section->text);
    }
    if (sheet_column_ != npos) {
        line_[sheet_column_] = batch.bytes.keep(about_.sheets[sheet_]);
    }
    for (std::size_t column = 0; column < line_.size(); ++column) {
        batch.columns[column].cells.push_back(line_[column]);
    }
    if (moved_ || !origins_.empty() || section_column_ != npos || has_origins_) {
        keep_origins(batch, section);
    }
    for (const Trouble& trouble : troubles_) {
        findings.add(trouble.code, batch, row, trouble.column, shape_.columns[trouble.column], trouble.found,
                     trouble.repaired);
    }
    if (surplus != 0) {
        findings.add(Code::row_too_long, {row_.number, surplus, sheet_, options_.source, nullptr},
                     std::to_string(surplus), std::to_string(column_of_.size()));
    }
}

/// Where each cell of the row just added stands, once one of them stands elsewhere than its row and column say.
void XlsxSource::keep_origins(Batch& batch, const TableSection* section) {
    const std::size_t row = batch.size() - 1;
    has_origins_ = true;
    const std::uint32_t shift = parts_[part_].layout.columns.first - parts_.front().layout.columns.first;
    for (std::size_t column = 0; column < shape_.columns.size(); ++column) {
        std::vector<CellOrigin>& origins = batch.columns[column].origins;
        const std::vector<SourceColumn>& from = shape_.columns[column].from;
        const std::uint32_t number = from.empty() ? 0 : from.front().number;
        for (std::size_t before = origins.size(); before < row; ++before) {
            origins.push_back({batch.rows[before].row, number});
        }
        CellOrigin origin{row_.number, number == 0 ? 0 : number + shift};
        if (column < origins_.size() && origins_[column].row != 0) {
            origin = origins_[column];
        } else if (column == section_column_ && section != nullptr) {
            origin = {section->row, section->column};
        }
        origins.push_back(origin);
    }
}

}  // namespace kokai
