// SPDX-License-Identifier: Apache-2.0
#include "map/tables.hpp"

#include "model/error.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <utility>

namespace kokai {
namespace {

constexpr std::size_t most_joined_rows = 100'000;
constexpr std::size_t most_cross_cells = 1'000'000;

void append(const Findings& from, Findings& to) {
    for (Finding finding : from.list()) {
        for (Cell* const text : {&finding.found, &finding.expected, &finding.repaired}) {
            *text = to.keep(*text);
        }
        to.list().push_back(finding);
    }
}

}  // namespace

HeldTable hold_table(Source& source, Shape shape, std::size_t most_rows, std::size_t most_cells, Findings& findings) {
    HeldTable table;
    table.shape = std::move(shape);
    Batch batch;
    Findings found;
    while (true) {
        batch.clear();
        found.clear();
        const bool more = source.next(batch, found);
        if (more) {
            source.parse(batch, found);
        }
        for (const Finding& finding : found.list()) {
            findings.add(finding.code, finding.where, finding.found, finding.expected, finding.severity);
        }
        if (!more) {
            return table;
        }
        for (std::size_t row = 0; row < batch.size(); ++row) {
            HeldTable::Row held{batch.rows[row], {}, {}};
            for (std::size_t i = 0; i < batch.columns.size(); ++i) {
                const Place where = batch.place(row, i, table.shape.columns[i]);
                const std::vector<SourceColumn>& from = table.shape.columns[i].from;
                const std::uint32_t number = where.column != 0 || from.empty() ? where.column : from.front().number;
                held.cells.emplace_back(batch.columns[i].cells[row]);
                held.origins.push_back({where.row, number, where.source, where.sheet});
            }
            table.rows.push_back(std::move(held));
        }
        if (table.rows.size() > most_rows || table.rows.size() * table.shape.columns.size() > most_cells) {
            const std::string file = source.about().front().file;
            throw WorldError(file, "表が大きすぎて、結合や縦持ちへの変換ができません",
                             "the table is too large to be joined or unpivoted");
        }
    }
}

ConcatenatedSource::ConcatenatedSource(std::vector<std::unique_ptr<Source>> parts) : parts_(std::move(parts)) {}

Shape ConcatenatedSource::open(Findings& findings) {
    Shape whole;
    for (const auto& part : parts_) {
        const Shape shape = part->open(findings);
        std::vector<std::size_t> to;
        for (const ColumnInfo& column : shape.columns) {
            std::size_t at = whole.find(column.name);
            if (at == Shape::npos) {
                at = whole.columns.size();
                whole.columns.push_back({column.name, nullptr, {}, false, column.type});
            } else if (ValueType& type = whole.columns[at].type; type != column.type) {
                const bool numbers = type != ValueType::text && column.type != ValueType::text;
                type = numbers ? ValueType::number : ValueType::text;
            }
            std::vector<SourceColumn>& from = whole.columns[at].from;
            from.insert(from.end(), column.from.begin(), column.from.end());
            to.push_back(at);
        }
        whole.has_geometry = whole.has_geometry || shape.has_geometry;
        to_.push_back(std::move(to));
    }
    columns_ = whole.columns.size();
    first_.resize(parts_.size());
    for (std::size_t part = 0; part < parts_.size(); ++part) {
        First& first = first_[part];
        first.held = read(part, first.batch, first.findings);
    }
    return whole;
}

bool ConcatenatedSource::read(std::size_t part, Batch& batch, Findings& findings) {
    if (!parts_[part]->next(batch, findings)) {
        return false;
    }
    parts_[part]->parse(batch, findings);
    arrange(part, batch);
    return true;
}

void ConcatenatedSource::arrange(std::size_t part, Batch& batch) const {
    std::vector<Column> columns(columns_);
    for (std::size_t i = 0; i < to_[part].size(); ++i) {
        columns[to_[part][i]] = std::move(batch.columns[i]);
    }
    for (Column& column : columns) {
        column.cells.resize(batch.size());
    }
    batch.columns = std::move(columns);
}

std::vector<const Batch*> ConcatenatedSource::first_batches() const {
    std::vector<const Batch*> all;
    for (const First& first : first_) {
        if (first.held) {
            all.push_back(&first.batch);
        }
    }
    return all;
}

bool ConcatenatedSource::next(Batch& batch, Findings& findings) {
    for (; current_ < parts_.size(); ++current_) {
        First& first = first_[current_];
        append(first.findings, findings);
        first.findings.clear();
        if (std::exchange(first.held, false)) {
            batch = std::move(first.batch);
            return true;
        }
        if (read(current_, batch, findings)) {
            return true;
        }
    }
    return false;
}

void ConcatenatedSource::end(Findings& findings) {
    for (const auto& part : parts_) {
        part->end(findings);
    }
}

std::vector<SourceInfo> ConcatenatedSource::about() const {
    std::vector<SourceInfo> all;
    for (const auto& part : parts_) {
        for (SourceInfo& one : part->about()) {
            all.push_back(std::move(one));
        }
    }
    return all;
}

std::uint64_t ConcatenatedSource::size() const {
    std::uint64_t bytes = 0;
    for (const auto& part : parts_) {
        bytes += part->size();
    }
    return bytes;
}

std::uint64_t ConcatenatedSource::position() const {
    std::uint64_t bytes = 0;
    for (const auto& part : parts_) {
        bytes += part->position();
    }
    return bytes;
}

ExaminedSource::ExaminedSource(std::unique_ptr<Source> inner, std::vector<std::unique_ptr<Check>> checks)
    : inner_(std::move(inner)), checks_(std::move(checks)) {}

Shape ExaminedSource::open(Findings& findings) {
    shape_ = inner_->open(findings);
    for (const auto& check : checks_) {
        check->bind(shape_);
    }
    return shape_;
}

bool ExaminedSource::next(Batch& batch, Findings& findings) {
    if (!inner_->next(batch, findings)) {
        return false;
    }
    inner_->parse(batch, findings);
    batch.states.assign(batch.size(), RowState::kept);
    Findings found;
    for (const auto& check : checks_) {
        check->admit(batch, found);
    }
    // Rows of a source are not yet rows of the table: the place is told, no row is withheld for it.
    for (const Finding& finding : found.list()) {
        findings.add(finding.code, finding.where, finding.found, finding.expected, finding.severity);
    }
    return true;
}

void ExaminedSource::end(Findings& findings) {
    inner_->end(findings);
    for (const auto& check : checks_) {
        check->end(findings);
    }
}

JoinedSource::JoinedSource(std::unique_ptr<Source> left, std::vector<std::unique_ptr<Source>> right,
                           std::vector<std::string> keys)
    : left_(std::move(left)), keys_(std::move(keys)) {
    for (auto& source : right) {
        right_.push_back({std::move(source), {}, {}, {}});
    }
}

Shape JoinedSource::open(Findings& findings) {
    shape_ = left_->open(findings);
    const auto key_columns = [&](const Shape& shape) {
        std::vector<std::size_t> columns;
        for (const std::string& key : keys_) {
            columns.push_back(shape.find(key));
            if (columns.back() == Shape::npos) {
                throw LayoutError({{"dataset.json", "/tables", "結合のキー「" + key + "」の列がありません",
                                    "the join key \"" + key + "\" is no column of the source"}});
            }
        }
        return columns;
    };
    key_columns_ = key_columns(shape_);
    for (Side& side : right_) {
        side.table = hold_table(*side.source, side.source->open(findings), most_joined_rows, SIZE_MAX, findings);
        const std::vector<std::size_t> keys = key_columns(side.table.shape);
        for (std::size_t i = 0; i < side.table.shape.columns.size(); ++i) {
            if (std::find(keys.begin(), keys.end(), i) == keys.end()) {
                side.added.push_back(i);
                ColumnInfo column = side.table.shape.columns[i];
                for (int again = 2; shape_.find(column.name) != Shape::npos; ++again) {
                    column.name = side.table.shape.columns[i].name + "_" + std::to_string(again);
                }
                shape_.columns.push_back(std::move(column));
            }
        }
        for (std::size_t row = 0; row < side.table.rows.size(); ++row) {
            std::string key;
            for (const std::size_t column : keys) {
                key += std::string(trimmed(side.table.rows[row].cells[column])) + '\x1F';
            }
            side.by_key.emplace(std::move(key), row);
        }
    }
    return shape_;
}

bool JoinedSource::next(Batch& batch, Findings& findings) {
    if (!left_->next(batch, findings)) {
        return false;
    }
    left_->parse(batch, findings);
    std::size_t to = batch.columns.size();
    batch.columns.resize(shape_.columns.size());
    for (Side& side : right_) {
        for (std::size_t i = 0; i < side.added.size(); ++i) {
            batch.columns[to + i].cells.assign(batch.size(), {});
            batch.columns[to + i].origins.assign(batch.size(), {});
        }
        for (std::size_t row = 0; row < batch.size(); ++row) {
            std::string key;
            std::string shown;
            for (const std::size_t column : key_columns_) {
                const Cell part = trimmed(batch.columns[column].cells[row]);
                key += std::string(part) + '\x1F';
                shown += (shown.empty() ? "" : " ") + std::string(part);
            }
            const auto [first, last] = side.by_key.equal_range(key);
            const ColumnInfo& place = shape_.columns[key_columns_.front()];
            if (first == last || std::next(first) != last) {
                findings.add(first == last ? Code::join_unmatched : Code::join_ambiguous, batch, row,
                             key_columns_.front(), place, findings.keep(shown));
                for (std::size_t i = 0; i < side.added.size(); ++i) {
                    batch.columns[to + i].origins[row].row = batch.rows[row].row;
                }
                continue;
            }
            const HeldTable::Row& match = side.table.rows[first->second];
            for (std::size_t i = 0; i < side.added.size(); ++i) {
                batch.columns[to + i].cells[row] = match.cells[side.added[i]];
                batch.columns[to + i].origins[row] = match.origins[side.added[i]];
            }
        }
        to += side.added.size();
    }
    return true;
}

void JoinedSource::end(Findings& findings) {
    left_->end(findings);
    for (const Side& side : right_) {
        side.source->end(findings);
    }
}

std::vector<SourceInfo> JoinedSource::about() const {
    std::vector<SourceInfo> all = left_->about();
    for (const Side& side : right_) {
        for (SourceInfo& one : side.source->about()) {
            all.push_back(std::move(one));
        }
    }
    return all;
}

CrossSource::CrossSource(std::unique_ptr<Source> inner, CrossSpec spec, std::vector<Condition> totals)
    : inner_(std::move(inner)), spec_(std::move(spec)), totals_(std::move(totals)) {}

Shape CrossSource::open(Findings& findings) {
    table_ = hold_table(*inner_, inner_->open(findings), SIZE_MAX, most_cross_cells, findings);
    // Only totals of this sheet's own columns count here; the others belong to the table.
    totals_.keep_bound(table_.shape);
    Shape shape;
    const std::uint32_t header =
        inner_->about().front().header_rows.empty() ? 0 : inner_->about().front().header_rows.back();
    for (std::size_t i = 0; i < table_.shape.columns.size(); ++i) {
        const ColumnInfo& column = table_.shape.columns[i];
        const auto named = [&](const std::vector<std::string>& names) {
            return std::find(names.begin(), names.end(), column.name) != names.end();
        };
        if (named(spec_.labels)) {
            labels_.push_back(i);
            shape.columns.push_back(column);
        } else if (!named(spec_.leave_out)) {
            values_.push_back(i);
        }
    }
    for (const std::string& label : spec_.labels) {
        if (table_.shape.find(label) == Shape::npos) {
            findings.add(Code::column_missing, {header, 0, 0, 0, nullptr}, label);
        }
    }
    shape.columns.push_back({spec_.header, nullptr, {}, true});
    shape.columns.push_back({spec_.value, nullptr, {}, true});
    return shape;
}

bool CrossSource::next(Batch& batch, Findings& /*findings*/) {
    constexpr std::size_t wanted = 4096;
    batch.columns.resize(labels_.size() + 2);
    for (Column& column : batch.columns) {
        column.cells.clear();
        column.origins.clear();
    }
    const std::uint32_t header =
        inner_->about().front().header_rows.empty() ? 0 : inner_->about().front().header_rows.back();
    for (; row_ < table_.rows.size() && batch.size() < wanted; ++row_) {
        const HeldTable::Row& row = table_.rows[row_];
        if (!totals_.empty() && totals_.hold(row.cells)) {
            continue;  // its sums are the checks' business
        }
        for (const std::size_t value : values_) {
            batch.rows.push_back(row.origin);
            for (std::size_t i = 0; i < labels_.size(); ++i) {
                batch.columns[i].cells.push_back(row.cells[labels_[i]]);
                batch.columns[i].origins.push_back(row.origins[labels_[i]]);
            }
            const ColumnInfo& column = table_.shape.columns[value];
            const std::uint32_t number = column.from.front().number;
            const auto renamed = std::find_if(spec_.heads.begin(), spec_.heads.end(),
                                              [&](const auto& head) { return head.first == column.name; });
            Column& heads = batch.columns[labels_.size()];
            heads.cells.push_back(renamed == spec_.heads.end() ? std::string_view(column.name)
                                                               : std::string_view(renamed->second));
            heads.origins.push_back({header, number, CellOrigin::of_row, 0});
            Column& cells = batch.columns[labels_.size() + 1];
            cells.cells.push_back(row.cells[value]);
            cells.origins.push_back(row.origins[value]);
        }
    }
    return batch.size() > 0;
}

}  // namespace kokai
