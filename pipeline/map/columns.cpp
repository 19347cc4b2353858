// SPDX-License-Identifier: Apache-2.0
#include "map/columns.hpp"

#include "locate/representative_point.hpp"
#include "map/header_sense.hpp"
#include "normalise/text.hpp"
#include "support/text.hpp"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <map>
#include <utility>

namespace kokai {
namespace {

std::string headers_of(const Shape& in, const std::vector<std::size_t>& columns) {
    std::string text;
    for (const std::size_t column : columns) {
        const ColumnInfo& one = in.columns[column];
        const bool of_source =
            one.from.empty() || one.made ||
            std::any_of(one.from.begin(), one.from.end(), [&](const SourceColumn& from) {
                return !from.header.empty() && one.name.starts_with(from.header);  // 緯度_2 for a second 緯度
            });
        if (of_source) {
            text += (text.empty() ? "" : " + ") + one.name;
            continue;
        }
        for (const SourceColumn& from : one.from) {  // a stage made it of these
            text += (text.empty() ? "" : " + ") + from.header;
        }
    }
    return text;
}

}  // namespace

MapColumns::MapColumns(const TableSpec& table, const Schema* schema, std::vector<Proposal> proposals,
                       std::vector<std::string> needed)
    : table_(table), schema_(schema), proposals_(std::move(proposals)), needed_(std::move(needed)) {}
MapColumns::~MapColumns() = default;

MapColumns::Making MapColumns::making_of(const ColumnSpec& spec, const Shape& in, ColumnInfo& info) {
    Making making;
    for (const std::string& name : spec.from) {
        const std::size_t column = in.find(name);
        if (column == Shape::npos) {
            missing_.push_back(name);
            continue;
        }
        making.from.push_back(column);
        const ColumnInfo& source = in.columns[column];
        info.from.insert(info.from.end(), source.from.begin(), source.from.end());
        info.made = info.made || source.made;
    }
    making.separator = spec.separator;
    making.is_constant = spec.constant.has_value();
    making.constant = spec.constant.value_or("");
    for (const auto& [from, to] : spec.values) {
        making.values.emplace(from, to);
        making.expected_values +=
            (making.expected_values.empty() ? "" : " ") + (from.empty() ? std::string("(空)") : from);
    }
    making.has_otherwise = spec.otherwise.has_value();
    making.otherwise = spec.otherwise.value_or("");
    if (!spec.pattern.empty()) {
        making.pattern = std::make_unique<re2::RE2>(spec.pattern);
        making.pattern_text = spec.pattern;
    }
    making.group = spec.group;
    making.geometry = spec.geometry;
    making.prefix = spec.prefix;
    making.plain = !making.is_constant && making.from.size() == 1 && making.values.empty() && !making.pattern &&
                   making.geometry.empty() && making.prefix.empty();
    return making;
}

Shape MapColumns::bind(const Shape& in) {
    makings_.clear();
    out_ = {};
    out_.has_geometry = in.has_geometry;
    std::vector<bool> taken(in.columns.size(), false);
    std::map<std::string, std::size_t> by_key;  // the first column of a folded name
    for (std::size_t i = 0; i < in.columns.size(); ++i) {
        by_key.emplace(fold_key(in.columns[i].name), i);
    }
    const auto explicit_spec = [&](std::string_view field) -> const ColumnSpec* {
        const auto found = std::find_if(table_.columns.begin(), table_.columns.end(),
                                        [&](const ColumnSpec& spec) { return spec.field == field; });
        return found == table_.columns.end() ? nullptr : &*found;
    };
    const auto add = [&](const ColumnSpec& spec, const Field* field, std::string evidence, double confidence) {
        ColumnInfo column{spec.field, field, {}, spec.constant || !spec.geometry.empty()};
        makings_.push_back(making_of(spec, in, column));
        for (const std::size_t from : makings_.back().from) {
            taken[from] = true;
            column.made =
                column.made || in.columns[from].from.empty();  // a value of a cross table has no column of its own
        }
        if (!makings_.back().from.empty() || spec.constant || !spec.geometry.empty()) {
            origins_.push_back({headers_of(in, makings_.back().from), spec.field, confidence, std::move(evidence)});
        }
        out_.columns.push_back(std::move(column));
    };

    for (const ColumnSpec& spec : table_.columns) {
        for (const std::string& name : spec.from) {
            if (const std::size_t column = in.find(name); column != Shape::npos) {
                taken[column] = true;  // before anything is taken by its name
            }
        }
    }
    const auto proposal_for = [&](const Field* field) {
        return std::find_if(proposals_.begin(), proposals_.end(),
                            [&](const Proposal& one) { return one.field == field; });
    };
    if (schema_ != nullptr) {
        for (const Field& field : schema_->fields) {
            if (const ColumnSpec* spec = explicit_spec(field.name); spec != nullptr) {
                add(*spec, &field, "dataset.json", 1.0);
                continue;
            }
            if (const auto proposal = proposal_for(&field); proposal != proposals_.end()) {
                add(proposal->spec, &field, proposal->evidence.text(), proposal->confidence);
                continue;
            }
            ColumnSpec by_name;
            by_name.field = field.name;
            std::string evidence = "name";
            double confidence = 1.0;
            if (in.find(field.name) != Shape::npos) {
                by_name.from = {field.name};
            } else if (proposals_.empty()) {
                std::vector<std::string> keys{field.name};
                keys.insert(keys.end(), field.aliases.begin(), field.aliases.end());
                for (std::size_t i = 0; i < keys.size() && by_name.from.empty(); ++i) {
                    const auto found = by_key.find(fold_key(keys[i]));
                    if (found != by_key.end() && !taken[found->second]) {
                        by_name.from = {in.columns[found->second].name};
                        evidence = i == 0 ? "name" : "alias";
                        confidence = i == 0 ? 0.98 : 0.9;
                        by_name.prefix = words_before(field, by_name.from.front());
                    }
                }
            }
            add(by_name, &field, evidence, confidence);
        }
    }
    for (const ColumnSpec& spec : table_.columns) {
        if (schema_ == nullptr || schema_->find(spec.field) == nullptr) {
            add(spec, nullptr, "dataset.json", 1.0);
        }
    }
    for (const Proposal& proposal : proposals_) {
        if (proposal.field == nullptr) {
            add(proposal.spec, nullptr, proposal.evidence.text(), proposal.confidence);
        }
    }
    for (std::size_t i = 0; i < in.columns.size(); ++i) {
        const std::string& name = in.columns[i].name;
        const bool dropped = std::find(table_.drop.begin(), table_.drop.end(), name) != table_.drop.end();
        if (taken[i] || dropped) {
            continue;
        }
        if (schema_ != nullptr) {
            unmapped_.push_back(name);
        }
        const bool beyond = schema_ != nullptr && !table_.keep_extra;
        if (beyond && std::find(needed_.begin(), needed_.end(), name) == needed_.end()) {
            continue;
        }
        ColumnSpec extra;
        extra.field = name;
        extra.from = {name};
        for (int again = 2; out_.find(extra.field) != Shape::npos; ++again) {
            extra.field = name + "_" + std::to_string(again);
        }
        ColumnInfo column{extra.field, nullptr, {}};
        makings_.push_back(making_of(extra, in, column));
        column.type = in.columns[i].type;
        if (schema_ == nullptr) {
            origins_.push_back({name, extra.field, 1.0, "as it is"});
        }
        if (beyond) {
            to_drop_.push_back(extra.field);
        }
        out_.columns.push_back(std::move(column));
    }

    // The last to use a source column may have it; the others copy its views.
    std::vector<std::size_t> last(in.columns.size(), Shape::npos);
    for (std::size_t i = 0; i < makings_.size(); ++i) {
        for (const std::size_t from : makings_[i].from) {
            last[from] = i;
        }
    }
    for (std::size_t i = 0; i < makings_.size(); ++i) {
        makings_[i].last_use = makings_[i].plain && last[makings_[i].from.front()] == i;
    }
    return out_;
}

void MapColumns::run(Batch& batch, Findings& findings) const {
    std::vector<Column> made(makings_.size());
    for (std::size_t i = 0; i < makings_.size(); ++i) {
        const Making& making = makings_[i];
        if (making.last_use) {
            continue;
        }
        if (making.plain) {
            made[i] = batch.columns[making.from.front()];
        } else {
            make(making, i, batch, made, findings);
        }
    }
    for (std::size_t i = 0; i < makings_.size(); ++i) {
        if (makings_[i].last_use) {
            made[i] = std::move(batch.columns[makings_[i].from.front()]);
        }
    }
    batch.columns = std::move(made);
}

void MapColumns::make(const Making& making, std::size_t to, Batch& batch, std::vector<Column>& made,
                      Findings& findings) const {
    std::vector<Cell>& cells = made[to].cells;
    cells.resize(batch.size());
    if (making.is_constant) {
        std::fill(cells.begin(), cells.end(), batch.bytes.keep(making.constant));
        return;
    }
    if (!making.geometry.empty()) {
        for (std::size_t row = 0; row < batch.size() && !batch.shapes.empty(); ++row) {
            if (const auto point = representative_point(batch.shapes, row)) {
                const double degrees = making.geometry == "latitude" ? point->latitude : point->longitude;
                std::string text = fmt::format("{:.7f}", degrees);
                text.erase(text.find_last_not_of('0') + 1);
                if (text.back() == '.') {
                    text.pop_back();
                }
                cells[row] = batch.bytes.keep(text);
            }
        }
        return;
    }
    if (making.from.size() == 1) {
        made[to].origins = batch.columns[making.from.front()].origins;
    }
    const ColumnInfo& place = out_.columns[to];
    // Where a finding stands: the cell itself, if it moved; several cells are told by their columns.
    const std::size_t origin = making.from.size() == 1 ? making.from.front() : Shape::npos;
    const auto wanted = static_cast<std::size_t>(making.group);
    std::vector<re2::StringPiece> groups(making.pattern ? wanted + 1 : 0);
    std::string joined;
    for (std::size_t row = 0; row < batch.size(); ++row) {
        Cell cell;
        if (making.from.size() == 1) {
            cell = trimmed(batch.columns[making.from.front()].cells[row]);
        } else {
            joined.clear();
            for (const std::size_t from : making.from) {
                const Cell part = trimmed(batch.columns[from].cells[row]);
                if (!part.empty()) {
                    joined += joined.empty() ? "" : making.separator;
                    joined += part;
                }
            }
            cell = batch.bytes.keep(joined);
        }
        if (making.pattern && !cell.empty()) {
            if (making.pattern->Match({cell.data(), cell.size()}, 0, cell.size(), re2::RE2::UNANCHORED, groups.data(),
                                      static_cast<int>(wanted) + 1)) {
                cell = {groups[wanted].data(), groups[wanted].size()};
            } else if (making.has_otherwise) {
                cell = making.otherwise == "=" ? cell : batch.bytes.keep(making.otherwise);
            } else {
                findings.add(Code::pattern_unmatched, batch, row, origin, place, cell, {},
                             findings.keep(making.pattern_text));
            }
        }
        if (!making.values.empty()) {
            const auto found = making.values.find(std::string(cell));
            if (found != making.values.end()) {
                cell = batch.bytes.keep(found->second);
            } else if (making.has_otherwise) {
                cell = making.otherwise == "=" ? cell : batch.bytes.keep(making.otherwise);
            } else if (!cell.empty()) {
                findings.add(Code::value_not_in_table, batch, row, origin, place, cell, {},
                             findings.keep(making.expected_values));
            }
        }
        if (!making.prefix.empty() && takes_words_before(cell)) {
            joined = making.prefix;
            joined += cell;
            cell = batch.bytes.keep(joined);
        }
        cells[row] = cell;
    }
}

Shape DropColumns::bind(const Shape& in) {
    Shape out;
    out.has_geometry = in.has_geometry;
    for (std::size_t i = 0; i < in.columns.size(); ++i) {
        if (std::find(names_.begin(), names_.end(), in.columns[i].name) == names_.end()) {
            left_.push_back(i);
            out.columns.push_back(in.columns[i]);
        }
    }
    return out;
}

void DropColumns::run(Batch& batch, Findings& /*findings*/) const {
    std::vector<Column> columns;
    columns.reserve(left_.size());
    for (const std::size_t column : left_) {
        columns.push_back(std::move(batch.columns[column]));
    }
    batch.columns = std::move(columns);
}

}  // namespace kokai
