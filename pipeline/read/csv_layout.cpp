// SPDX-License-Identifier: Apache-2.0
// Where the table stands in a CSV file: the first block (or all of a small file) is looked at as a grid.
#include "model/error.hpp"
#include "read/csv.hpp"
#include "read/header.hpp"
#include "read/sheet_choice.hpp"

#include <algorithm>
#include <utility>

namespace kokai {
namespace {

constexpr std::size_t most_columns = 16384;
constexpr std::size_t most_doubts = 1'000;
constexpr std::size_t npos = static_cast<std::size_t>(-1);
constexpr std::uint64_t held_bytes = 4U << 20U;  // a file up to here is looked at as a whole …
constexpr std::size_t held_cells = 100'000;      // … when it has no more cells: a tenth of a second

}  // namespace

/// Reads the whole file when it is small, else its first block, and finds the table there.
Grid CsvSource::look_ahead(Findings& findings) {
    Grid grid;
    std::uint64_t before = 0;
    bool more = true;
    do {
        Block block;
        more = read_block(block, findings);
        if (more) {
            add_to(grid, block, before, widths_);
            before += block.records;
            waiting_.push_back(std::move(block));
        }
    } while (more && file_->bytes() <= held_bytes && grid.cells() <= held_cells);
    grid.whole = !more || (at_end_ && carried_.empty());
    std::reverse(waiting_.begin(), waiting_.end());
    TableWishes wishes = wishes_of(options_.pin, options_.totals);
    if (!options_.pin.panels.empty()) {
        wishes.columns = read_column_span(options_.pin.panels.front());
    }
    layout_ = find_table(grid, wishes);
    tell_doubts_beside_data(findings);
    return grid;
}

/// Headers, titles and notes are read here only; what is wrong with data is told by parse().
void CsvSource::tell_doubts_beside_data(Findings& findings) {
    for (const auto& [record, column, doubt] : doubts_) {
        const RowRole role = layout_.role(record);
        if (role != RowRole::data) {
            findings.add(doubt.code, {record, column, 0, options_.source, nullptr}, doubt.found, doubt.expected,
                         role == RowRole::header ? Severity::error : Severity::warning);
        }
    }
    doubts_.clear();
}

/// Another encoding fits the whole file as well: says so at the first word, and what it would be.
void CsvSource::tell_doubtful_file(const Grid& grid, Findings& findings) const {
    constexpr std::size_t most_shown = 40;
    Place where{0, 0, 0, options_.source, nullptr};
    std::string word;
    for (const GridRow& row : grid.rows()) {
        for (const GridCell& cell : row.cells) {
            if (where.row == 0 &&
                std::any_of(cell.text.begin(), cell.text.end(), [](char c) { return (c & '\x80') != 0; })) {
                where.row = row.number;
                where.column = cell.column;
                word = printable(cell.text.substr(0, most_shown));
            }
        }
    }
    std::string bytes(most_shown, '\0');
    bytes.resize(file_->read_at(survey_.first_high_byte, bytes.data(), bytes.size()));
    bytes.resize(std::min(bytes.size(), bytes.find_first_of(",\t;|\"\r\n")));
    Arena arena;
    std::size_t bad = npos;
    const std::string other(decode_cp932(bytes, arena, bad));
    findings.add(Code::encoding_doubtful, where,
                 std::string(name_of(survey_.encoding)) + "（「" + word + "」。CP932 なら「" + printable(other) +
                     "」） [" + hex_of(bytes) + " @ " + std::to_string(survey_.first_high_byte) + "]");
}

void CsvSource::add_to(Grid& grid, const Block& block, std::uint64_t before, std::vector<std::uint32_t>& widths) {
    const std::string_view raw(block.raw.data(), block.raw.size());
    Batch scratch;
    auto record = static_cast<std::uint32_t>(before);
    for (std::size_t i = 0; i < block.marks.size(); i += 2 + block.marks[i]) {
        ++record;
        const std::uint32_t fields = block.marks[i];
        if (fields > most_columns) {
            throw WorldError(options_.shown, "列が多すぎます: " + std::to_string(fields) + " 列（上限 16384）",
                             "too many columns: " + std::to_string(fields) + " (at most 16384)");
        }
        std::uint32_t begin = block.marks[i + 1];
        grid.begin_row(record);
        for (std::uint32_t field = 0; field < fields; ++field) {
            const std::uint32_t end = block.marks[i + 2 + field];
            bool doubtful = false;
            scratch.bytes.clear();
            Cell text = text_of(scratch, raw, begin, end, doubtful);
            if (doubtful) {
                Doubt doubt = doubt_of(raw, block.first_byte, begin, end);
                text = scratch.bytes.keep(doubt.text);
                if (doubts_.size() < most_doubts) {
                    doubts_.push_back({record, field + 1, std::move(doubt)});
                }
            }
            grid.add(field + 1, text, CellKind::text);
            begin = (end & ~RecordMarks::quoted) + 1;
        }
        widths.push_back(fields);
    }
    grid.end();
}

/// The cells of the header record with their blanks, as they always stood in the report.
std::vector<std::string> CsvSource::header_as_written(std::size_t width) const {
    std::vector<std::string> cells;
    std::uint64_t record = 0;
    Batch scratch;
    for (std::size_t left = waiting_.size(); left > 0; --left) {
        const Block& block = waiting_[left - 1];
        const std::string_view raw(block.raw.data(), block.raw.size());
        for (std::size_t i = 0; i < block.marks.size(); i += 2 + block.marks[i]) {
            if (++record != layout_.header_rows.front()) {
                continue;
            }
            std::uint32_t begin = block.marks[i + 1];
            for (std::uint32_t field = 0; field < block.marks[i] && cells.size() < width; ++field) {
                const std::uint32_t end = block.marks[i + 2 + field];
                bool doubtful = false;
                const Cell text =
                    layout_.columns.holds(field + 1) ? text_of(scratch, raw, begin, end, doubtful) : Cell{};
                cells.emplace_back(doubtful ? doubt_of(raw, block.first_byte, begin, end).text : std::string(text));
                begin = (end & ~RecordMarks::quoted) + 1;
            }
            return cells;
        }
    }
    return cells;
}

Shape CsvSource::make_shape(const Grid& grid, const std::vector<std::uint32_t>& widths, Findings& findings) {
    std::vector<std::string> header = layout_.names;
    Shape shape;
    if (layout_.vertical) {
        const std::vector<std::uint64_t> all(header.size(), 1);
        shape = shape_of_header(header, all, layout_.first_row, options_.source, published_, findings);
        for (ColumnInfo& column : shape.columns) {
            column.from.front().number = layout_.value_column;
        }
        return shape;
    }
    std::size_t width = 0;
    for (const std::uint32_t row : layout_.header_rows) {
        width = std::max<std::size_t>(width, widths[row - 1]);
    }
    header.resize(std::min<std::size_t>(width, layout_.others.empty() ? width : layout_.columns.last));
    if (layout_.header_rows.size() == 1) {
        header = header_as_written(header.size());
    }
    std::vector<std::uint64_t> filled(header.size(), 0);
    for (const GridRow& row : grid.rows()) {
        for (const GridCell& cell : row.cells) {
            if (cell.column <= filled.size() && layout_.columns.holds(cell.column) &&
                layout_.role(row.number) == RowRole::data) {
                ++filled[cell.column - 1];
            }
        }
    }
    shape = shape_of_header(header, filled, layout_.header_rows.back(), options_.source, published_, findings);
    places_.resize(header.size());
    std::vector<std::string> heads;
    for (std::size_t column = 0; column < header.size(); ++column) {
        places_[column] = {header[column],
                           nullptr,
                           {{options_.source, static_cast<std::uint32_t>(column + 1), header[column]}},
                           false};
        heads.push_back(column < layout_.last_head.size() &&
                                layout_.columns.holds(static_cast<std::uint32_t>(column + 1))
                            ? layout_.last_head[column]
                            : std::string());
    }
    judge_ = RowJudge(std::move(heads), layout_.keeps_totals ? Totals::keep : options_.totals);
    const auto add = [&](const std::string& wanted) {
        std::string name = wanted;
        for (int again = 2; shape.find(name) != Shape::npos; ++again) {
            name = wanted + "_" + std::to_string(again);
        }
        shape.columns.push_back({std::move(name), nullptr, {}, true});
    };
    for (const SecondLine& second : layout_.second_lines) {
        add(second.name);
        shape.columns.back().from = {{options_.source, second.column, second.name}};
    }
    if (!layout_.sections.empty()) {
        section_column_ = shape.columns.size();
        add("区分");
    }
    return shape;
}

/// What parse() needs of other records than its own, by record.
void CsvSource::index_layout(const Grid& grid) {
    for (const TableFill& fill : layout_.fills) {
        for (std::uint32_t row = fill.first_row; row <= fill.last_row; ++row) {
            filled_[row].push_back({fill.column, fill.from_row, fill.text, fill.ditto});
        }
    }
    std::uint32_t whole = 0;
    for (const GridRow& row : grid.rows()) {
        const RowRole role = layout_.role(row.number);
        whole = role == RowRole::data ? row.number : whole;
        if (role == RowRole::second_line) {
            for (std::size_t i = 0; i < layout_.second_lines.size(); ++i) {
                const Cell text = row.text(layout_.second_lines[i].column);
                seconds_[whole].push_back({static_cast<std::uint32_t>(i), row.number, std::string(text), false});
            }
        }
        if (role == RowRole::continuation) {
            for (const GridCell& cell : row.cells) {
                continued_[whole].push_back({cell.column, row.number, std::string(cell.text), false});
            }
        }
    }
}

}  // namespace kokai
