// SPDX-License-Identifier: Apache-2.0
#include "read/xlsx.hpp"

#include "model/error.hpp"
#include "read/header.hpp"
#include "read/table_report.hpp"
#include "support/file.hpp"
#include "support/hash.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace kokai {
namespace {

constexpr std::size_t most_batch_rows = 4096;
constexpr std::size_t batch_bytes = 2U << 20U;

/// A name that is an error value, or a formula without a result.
void tell_errors_in_header(const SheetChoice& choice, std::uint16_t source, Findings& findings) {
    const SheetPart& part = choice.parts.front();
    for (const std::uint32_t number : part.layout.header_rows) {
        const GridRow* row = choice.grids[part.grid].row(number);
        for (const GridCell& cell : row == nullptr ? std::vector<GridCell>{} : row->cells) {
            if (cell.kind == CellKind::error) {
                findings.add(cell.text.empty() ? Code::formula_without_value : Code::cell_error_value,
                             {number, cell.column, static_cast<std::uint16_t>(part.sheet), source, nullptr}, cell.text);
            }
        }
    }
}

}  // namespace

XlsxSource::XlsxSource(XlsxOptions options) : options_(std::move(options)) {}

XlsxSource::~XlsxSource() = default;

std::uint64_t XlsxSource::size() const {
    return reader_ ? reader_->bytes() : 0;
}

std::uint64_t XlsxSource::position() const {
    return reader_ ? reader_->position() : 0;
}

std::string XlsxSource::digest() const {
    Sha256 hash;
    std::string piece(1U << 20U, '\0');
    for (std::uint64_t done = 0;;) {
        const std::size_t got = file_->read_at(done, piece.data(), piece.size());
        hash.update(std::string_view(piece).substr(0, got));
        done += got;
        if (got < piece.size()) {
            return hash.hex();
        }
    }
}

Shape XlsxSource::open(Findings& findings) {
    file_ = std::make_unique<InputFile>(options_.path, options_.shown);
    book_ = open_book(options_.path, options_.shown, options_.offer_readings ? Readings::keep : options_.furigana);
    if (options_.pin.publish_hidden) {
        book_->publish_hidden();
    }
    for (const std::uint32_t row : wishes_of(options_.pin, options_.totals).header_rows) {
        book_->want_row(row);
    }
    about_ = {};
    about_.name = options_.name;
    about_.file = options_.shown;
    about_.format = book_->format();
    about_.modified = book_->workbook().modified;
    about_.readings = options_.offer_readings && book_->has_readings();
    about_.sha256 = digest();
    for (const WorkbookSheet& sheet : book_->workbook().sheets) {
        about_.sheets.push_back(sheet.name);
    }
    SheetChoice choice = choose_sheets(*book_, {options_.sheet, options_.pin, options_.totals});
    parts_ = std::move(choice.parts);
    sheet_ = static_cast<std::uint16_t>(parts_.front().sheet);
    about_.sheet = about_.sheets[sheet_];
    about_.header_rows = parts_.front().layout.header_rows;
    side_by_side_ = !options_.pin.panels.empty() || !choice.panels.empty();
    choice.parts = parts_;
    tell_errors_in_header(choice, options_.source, findings);
    shape_ = make_shape(choice, findings);
    tell(choice, findings);
    look_at_heads(choice);
    begin_part();
    return shape_;
}

/// The columns of the first part; all others have the same.
Shape XlsxSource::make_shape(const SheetChoice& choice, Findings& findings) {
    const TableLayout& layout = parts_.front().layout;
    if (layout.vertical) {
        Shape shape;
        std::vector<std::uint64_t> all(layout.names.size(), 1);
        shape = shape_of_header(layout.names, all, layout.first_row, options_.source, published_, findings, sheet_);
        for (ColumnInfo& column : shape.columns) {
            column.from.front().number = layout.value_column;
        }
        cells_ = shape.columns.size();
        return shape;
    }
    std::vector<std::uint64_t> filled(layout.names.size(), 0);
    for (const SheetPart& part : parts_) {
        count_filled(choice.grids[part.grid], part, filled);
    }
    std::vector<std::string> header = layout.names;
    header.resize(std::max(header.size(), filled.size()));
    const std::uint32_t row = layout.header_rows.empty() ? 0 : layout.header_rows.back();
    Shape shape = shape_of_header(header, filled, row, options_.source, published_, findings, sheet_);
    cells_ = shape.columns.size();
    for (const SheetPart& part : parts_) {
        moved_ = moved_ || part.layout.columns.first != layout.columns.first;
        section_column_ = part.layout.sections.empty() ? section_column_ : cells_;
    }
    const auto add = [&](std::string name) {
        const std::string wanted = name;
        for (int again = 2; shape.find(name) != Shape::npos; ++again) {
            name = wanted + "_" + std::to_string(again);
        }
        shape.columns.push_back({std::move(name), nullptr, {}, true});
        return shape.columns.size() - 1;
    };
    if (section_column_ != npos) {
        section_column_ = add("区分");
    }
    if (std::any_of(parts_.begin(), parts_.end(),
                    [&](const SheetPart& part) { return part.sheet != parts_.front().sheet; })) {
        sheet_column_ = add("シート");
    }
    for (const SecondLine& second : layout.second_lines) {
        second_columns_.push_back(add(second.name));
        shape.columns.back().from = {{options_.source, second.column, second.name}};
    }
    has_origins_ = !layout.second_lines.empty();
    made_ = shape.columns.size() - cells_;
    if (options_.furigana == Readings::keep) {
        for (std::size_t i = 0; i < cells_; ++i) {
            shape.columns.push_back({shape.columns[i].name + "#furigana", nullptr, shape.columns[i].from});
        }
    }
    return shape;
}

/// How many cells of data the columns have, those without a header above all. A large sheet whose extent ends with the
/// header, or whose first rows do, is taken at its word; a value that turns up outside all the same is reported, not
/// lost in silence.
void XlsxSource::count_filled(const Grid& grid, const SheetPart& part, std::vector<std::uint64_t>& filled) {
    const TableLayout& layout = part.layout;
    const std::uint32_t shift = layout.columns.first - parts_.front().layout.columns.first;
    const auto count = [&](std::uint32_t row, std::uint32_t column) {
        if (layout.role(row) == RowRole::data && layout.columns.holds(column)) {
            filled.resize(std::max<std::size_t>(filled.size(), column - shift));
            ++filled[column - shift - 1];
        }
    };
    if (grid.whole) {
        merges_ = grid.merges;
        for (const GridRow& row : grid.rows()) {
            for (const GridCell& cell : row.cells) {
                count(row.number, cell.column);
            }
        }
        return;
    }
    const std::vector<std::string>& named_columns = parts_.front().layout.names;
    const std::unique_ptr<SheetRows> ahead = book_->open_sheet(part.sheet);
    SheetRow row;
    bool more = ahead->next(row);
    const CellRange extent = ahead->dimension();
    const bool all_named =
        std::none_of(layout.names.begin(), layout.names.end(), [](const std::string& name) { return name.empty(); });
    // A sheet that does not say how far it reaches shows it in its first rows, if they are many.
    constexpr std::uint32_t enough_rows = 20'000;
    std::uint32_t most = std::numeric_limits<std::uint32_t>::max();
    if (all_named && extent.last_column <= layout.names.size()) {
        most = extent.last_column == 0 ? enough_rows : 0;
    }
    for (std::uint32_t seen = 0; more && seen < most; more = ahead->next(row), ++seen) {
        for (const SheetCell& cell : row.cells) {
            // Of columns with a header nobody asks how many values they have.
            const std::size_t at = cell.column - shift - 1;
            const bool named = cell.column > shift && at < named_columns.size() && !named_columns[at].empty();
            if (!named && book_->has_content(row, cell)) {
                if (cell.column > layout.columns.last && layout.others.empty()) {
                    filled.resize(std::max<std::size_t>(filled.size(), cell.column));
                    filled[cell.column - 1] += layout.role(row.number) == RowRole::data ? 1U : 0U;
                } else {
                    count(row.number, cell.column);
                }
            }
        }
    }
}

void XlsxSource::tell(const SheetChoice& choice, Findings& findings) {
    const std::string section = section_column_ == npos ? std::string() : shape_.columns[section_column_].name;
    std::string joined;
    std::size_t sheets = 0;
    for (std::size_t i = 0; i < parts_.size(); ++i) {
        const SheetPart& part = parts_[i];
        const auto sheet = static_cast<std::uint16_t>(part.sheet);
        TableLayout layout = part.layout;
        if (!options_.pin.panels.empty()) {
            layout.others.clear();  // dataset.json says which panels it wants
        }
        tell_layout(choice.grids[part.grid], layout, sheet, options_.source, section, findings);
        const std::vector<TakenRows> taken = taken_rows(choice.grids[part.grid], layout, sheet);
        about_.taken.insert(about_.taken.end(), taken.begin(), taken.end());
        if (i == 0 || parts_[i - 1].sheet != part.sheet) {
            joined += (joined.empty() ? "" : "、") + about_.sheets[part.sheet];
            ++sheets;
        }
    }
    if (choice.joined_unasked && sheets > 1) {
        findings.add(Code::sheets_joined, {0, 0, sheet_, options_.source, nullptr}, joined, std::to_string(sheets));
    }
    for (const JoinedPanels& panels : choice.panels) {
        std::string ranges;
        for (const std::string& range : panels.ranges) {
            ranges += (ranges.empty() ? "" : "、") + range;
        }
        findings.add(Code::panels_joined,
                     {panels.row, panels.column, static_cast<std::uint16_t>(panels.sheet), options_.source, nullptr},
                     ranges, std::to_string(panels.ranges.size()));
    }
    for (const LeftSheet& left : choice.left_out) {
        const auto sheet = static_cast<std::uint16_t>(left.sheet);
        const Place where{0, 0, sheet, options_.source, nullptr};
        about_.taken.push_back({sheet, 0, 0, 0, "other-sheet", {}});
        if (left.read) {
            findings.add(Code::sheet_outdated, where, about_.sheets[sheet], about_.sheets[*left.read]);
        } else if (left.same_kind) {
            findings.add(Code::sheet_left_out, where, about_.sheets[sheet], {}, Severity::warning);
        } else {
            findings.add(Code::sheet_left_out, where, about_.sheets[sheet]);
        }
    }
}

/// The names of the columns, and what else stands on the sheet. Merged ranges are known at the end only.
void XlsxSource::look_at_heads(const SheetChoice& choice) {
    for (const SheetPart& part : parts_) {
        tally_.begin_sheet(static_cast<std::uint16_t>(part.sheet));
        for (const std::uint32_t number : part.layout.header_rows) {
            const GridRow* row = choice.grids[part.grid].row(number);
            for (const GridCell& cell : row == nullptr ? std::vector<GridCell>{} : row->cells) {
                if (part.layout.columns.holds(cell.column)) {
                    tally_.look_at_header(number, cell.column, cell.text);
                }
            }
        }
        for (const OtherTable& other : part.layout.others) {
            tally_.add_table(other.first_row, other.columns.first);
        }
    }
}

/// Opens the sheet of the current part and says where its cells go.
void XlsxSource::begin_part() {
    const TableLayout& layout = parts_[part_].layout;
    sheet_ = static_cast<std::uint16_t>(parts_[part_].sheet);
    book_->watch(options_.watch, options_.source);
    reader_ = book_->open_sheet(parts_[part_].sheet);
    // A part may stand to the left of the first one: panels are read in the order that dataset.json gives.
    const auto shift = static_cast<std::ptrdiff_t>(layout.columns.first) -
                       static_cast<std::ptrdiff_t>(parts_.front().layout.columns.first);
    column_of_.assign(published_.size() + static_cast<std::size_t>(std::max<std::ptrdiff_t>(shift, 0)), npos);
    std::vector<std::string> heads(cells_);
    std::size_t to = 0;
    for (std::size_t i = 0; i < published_.size() && !layout.vertical; ++i) {
        if (!published_[i]) {
            continue;
        }
        if (const std::ptrdiff_t at = static_cast<std::ptrdiff_t>(i) + shift; at >= 0) {
            const auto place = static_cast<std::size_t>(at);
            column_of_[place] = to;
            if (place < layout.last_head.size()) {
                heads[to] = layout.last_head[place];
            }
        }
        ++to;
    }
    judge_ = RowJudge(std::move(heads), layout.keeps_totals ? Totals::keep : options_.totals);
    next_fill_ = 0;
    open_fills_.clear();
    last_row_ = 0;
    tally_.begin_sheet(sheet_);
}

/// The next row of the sheets, part after part.
bool XlsxSource::next_row(Findings& findings) {
    while (!ended_) {
        if (reader_->next(row_)) {
            return true;
        }
        end_part(findings);
        if (part_ + 1 == parts_.size()) {
            ended_ = true;
        } else {
            ++part_;
            begin_part();
        }
    }
    return false;
}

void XlsxSource::end_part(Findings& findings) {
    const SheetPart& part = parts_[part_];
    if (part_ + 1 == parts_.size() || parts_[part_ + 1].sheet != part.sheet) {
        reader_->report(findings, sheet_, options_.source);
        tell_external(findings);
        const SheetObjects objects = book_->objects(part.sheet);
        tally_.add_objects(objects.count, objects.cells);
        tally_.add_merges(reader_->merges());
    }
    if (part.layout.whole) {
        return;
    }
    merges_ = reader_->merges();
    for (const CellRange& range : merges_) {
        if (range.last_row > range.first_row && part.layout.columns.holds(range.first_column) &&
            part.layout.role(range.first_row) == RowRole::data) {
            findings.add(Code::merged_cell_left,
                         {range.first_row, range.first_column, sheet_, options_.source, nullptr}, {},
                         std::to_string(range.last_row));
        }
    }
}

/// One finding a column: where, and which workbooks.
void XlsxSource::tell_external(Findings& findings) {
    std::string books;
    for (const std::string& name : book_->workbook().external_books) {
        if (!name.empty() && books.find(name) == std::string::npos && books.size() < 500) {
            books += (books.empty() ? "" : "、") + name;
        }
    }
    books = books.empty() ? "別のファイル / another file" : books;
    for (const auto& [column, spans] : external_) {
        const std::string letters = column_letters(column);
        std::string cells;
        for (const auto& [first, last] : spans) {
            cells += (cells.empty() ? "" : " ") + letters + std::to_string(first);
            cells += last > first ? ":" + letters + std::to_string(last) : "";
        }
        cells += spans.size() == most_spans ? " …" : "";
        findings.add(Code::external_link, {spans.front().first, column, sheet_, options_.source, nullptr}, cells,
                     books);
    }
    external_.clear();
}

bool XlsxSource::next(Batch& batch, Findings& findings) {
    batch.clear();
    batch.columns.resize(shape_.columns.size());
    if (parts_.front().layout.vertical) {
        return read_vertical(batch, findings);
    }
    std::size_t bytes = 0;
    bool goes_on = false;  // the next row is the rest of this one
    while ((batch.size() < most_batch_rows && bytes < batch_bytes) || goes_on) {
        if (!next_row(findings)) {
            break;
        }
        const TableLayout& layout = parts_[part_].layout;
        const RowRole role = layout.role(row_.number);
        const RowRole next = layout.role(row_.number + 1);
        goes_on = next == RowRole::continuation || next == RowRole::second_line;
        if (role != RowRole::data && role != RowRole::continuation && role != RowRole::second_line) {
            show_left_out_row();
            continue;
        }
        std::uint32_t surplus = 0;
        const std::size_t line_bytes = read_line(batch, surplus);
        if (line_bytes == 0 && troubles_.empty() && surplus == 0) {
            continue;
        }
        if (role == RowRole::continuation && batch.size() > 0) {
            join_to_last(batch);
            continue;
        }
        if (role == RowRole::second_line && batch.size() > 0) {
            add_second_line(batch, findings);
            continue;
        }
        if (!layout.whole) {
            const RowRole judged =
                judge_.judge([&](std::size_t i) { return trimmed(line_[i]); }, std::min(cells_, line_.size()));
            if (judged != RowRole::data) {
                leave_out(judged, findings);
                show_left_out_row();
                continue;
            }
            fill_dittos_as_read(batch);
        }
        fill_down(batch);
        add_line(batch, surplus, findings);
        bytes += line_bytes;
    }
    about_.data_rows += batch.size();
    if (batch.size() != 0 && !ended_) {
        before_.clear();
        for (std::size_t column = 0; column < cells_; ++column) {
            before_.emplace_back(batch.columns[column].cells.back());
        }
    }
    return batch.size() != 0;
}

void XlsxSource::end(Findings& findings) {
    std::vector<std::size_t> read;
    for (const SheetPart& part : parts_) {
        read.push_back(part.sheet);
    }
    book_->report_hidden_sheets(findings, options_.source, read);
    about_.facts = tally_.facts();
    show_other_sheets(read);
    if (file_->changed()) {
        findings.add(Code::source_changed, {0, 0, sheet_, options_.source, nullptr}, {});
    }
}

}  // namespace kokai
