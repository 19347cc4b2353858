// SPDX-License-Identifier: Apache-2.0
#include "map/transposed.hpp"

#include "support/text.hpp"

#include <algorithm>
#include <set>

namespace kokai {
namespace {

constexpr std::size_t most_cells = 1'000'000;
constexpr std::size_t batch_records = 4096;

/// Of the sheet: what the department wrote, without the number that tells two columns of one name apart.
std::string_view written_header(const ColumnInfo& column) {
    return column.from.empty() || column.from.front().header.empty() ? std::string_view(column.name)
                                                                     : std::string_view(column.from.front().header);
}

bool has_value(const HeldTable::Row& row) {
    return std::any_of(row.cells.begin() + 1, row.cells.end(), [](const auto& cell) { return !trimmed(cell).empty(); });
}

}  // namespace

std::uint32_t TransposedSource::header_row() const {
    const std::vector<SourceInfo> about = inner_->about();
    return about.front().header_rows.empty() ? 0 : about.front().header_rows.back();
}

/// Below the last item that any record has, a text alone is a note to the table.
void TransposedSource::leave_out_footnotes(Findings& findings) {
    while (!table_.rows.empty() && !has_value(table_.rows.back())) {
        const HeldTable::Row& last = table_.rows.back();
        findings.add(Code::footnote_left_out, {last.origin.row, 0, last.origin.sheet, last.origin.source, nullptr},
                     std::string(trimmed(last.cells.front())));
        table_.rows.pop_back();
    }
}

Shape TransposedSource::open(Findings& findings) {
    table_ = hold_table(*inner_, inner_->open(findings), most_cells, most_cells, findings);
    if (table_.shape.columns.empty()) {
        return {};
    }
    leave_out_footnotes(findings);
    Shape shape;
    std::set<std::string> taken;
    const auto add = [&](std::string name, Place where) {
        std::string unique = name;
        for (int again = 2; !taken.insert(unique).second; ++again) {
            unique = name + "_" + std::to_string(again);
        }
        if (unique != name) {
            findings.add(Code::header_duplicate, where, name);
        }
        shape.columns.push_back({unique, nullptr, {{where.source, 0, std::move(name)}}, true});
    };
    const std::uint32_t header = header_row();
    const ColumnInfo& first = table_.shape.columns.front();
    const std::uint16_t sheet = table_.rows.empty() ? std::uint16_t{0} : table_.rows.front().origin.sheet;
    const std::uint16_t source = table_.rows.empty() ? std::uint16_t{0} : table_.rows.front().origin.source;
    const std::uint32_t first_column = first.from.empty() ? 1 : first.from.front().number;
    add(std::string(written_header(first)), {header, first_column, sheet, source, nullptr});
    for (const HeldTable::Row& row : table_.rows) {
        const CellOrigin& label = row.origins.front();
        const std::string_view name = trimmed(row.cells.front());
        const Place where{label.row, label.column, row.origin.sheet, row.origin.source, nullptr};
        if (name.empty()) {
            const auto filled = std::count_if(row.cells.begin(), row.cells.end(),
                                              [](const auto& cell) { return !trimmed(cell).empty(); });
            findings.add(Code::header_empty, where, std::to_string(filled));
        }
        add(name.empty() ? "行" + std::to_string(row.origin.row) : std::string(name), where);
    }
    const std::string records = std::to_string(table_.shape.columns.size() - 1);
    findings.add(Code::table_transposed, {header, 0, sheet, source, nullptr}, records);
    return shape;
}

bool TransposedSource::next(Batch& batch, Findings& /*findings*/) {
    batch.columns.resize(table_.rows.size() + 1);
    for (Column& column : batch.columns) {
        column.cells.clear();
        column.origins.clear();
        column.readings.clear();
    }
    const std::uint32_t header = header_row();
    for (; record_ < table_.shape.columns.size() && batch.size() < batch_records; ++record_) {
        const ColumnInfo& record = table_.shape.columns[record_];
        const std::uint32_t number = record.from.empty() ? 0 : record.from.front().number;
        Origin origin{header, 0, 0};
        if (!table_.rows.empty()) {
            origin.sheet = table_.rows.front().origin.sheet;
            origin.source = table_.rows.front().origin.source;
        }
        batch.rows.push_back(origin);
        batch.columns[0].cells.push_back(written_header(record));
        batch.columns[0].origins.push_back({header, number, CellOrigin::of_row, 0});
        for (std::size_t item = 0; item < table_.rows.size(); ++item) {
            batch.columns[item + 1].cells.emplace_back(table_.rows[item].cells[record_]);
            batch.columns[item + 1].origins.push_back(table_.rows[item].origins[record_]);
        }
    }
    return batch.size() > 0;
}

std::vector<SourceInfo> TransposedSource::about() const {
    std::vector<SourceInfo> all = inner_->about();
    if (!all.empty() && !table_.shape.columns.empty()) {
        all.front().data_rows = table_.shape.columns.size() - 1;
    }
    return all;
}

}  // namespace kokai
