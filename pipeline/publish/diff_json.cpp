// SPDX-License-Identifier: Apache-2.0
#include "publish/diff_json.hpp"

#include "support/decimal.hpp"
#include "support/json_text.hpp"

#include <cmath>
#include <string_view>

namespace kokai {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t most_renumbered = 1000;

std::string joined(const std::vector<std::string>& cells) {
    std::string text;
    for (const std::string& cell : cells) {
        text += (text.empty() ? "" : " ") + cell;
    }
    return text;
}

double rounded(double metres) {
    return std::round(metres * 10) / 10;
}

Json place_of(const DiffPoint& point) {
    return Json::array({point.longitude, point.latitude});
}

std::string_view words_of(RowKey by) {
    return by == RowKey::declared ? "declared" : by == RowKey::found ? "found" : "whole";
}

void append_point(std::string& out, const DiffPoint& point) {
    out += '[';
    append_degrees(out, point.longitude);
    out += ',';
    append_degrees(out, point.latitude);
    out += ']';
}

}  // namespace

void DiffRows::take(const RowChange& row) {
    add_place(row);
    Json& list = row.event == RowEvent::removed ? removed_ : row.event == RowEvent::added ? added_ : changed_;
    if (list.size() >= limit_) {
        truncated_ = true;
        return;
    }
    Json json{{"id", joined(row.id)}, {"name", row.name}};
    if (row.event == RowEvent::changed) {
        json["fields"] = Json::array();
        for (const CellChange& cell : row.cells) {
            json["fields"].push_back({{"column", cell.column}, {"old", cell.before}, {"new", cell.now}});
        }
        if (row.metres > 0) {
            json["metres"] = rounded(row.metres);
        }
    } else {
        json["values"] = Json::object();
        for (const CellChange& cell : row.cells) {
            json["values"][cell.column] = row.event == RowEvent::removed ? cell.before : cell.now;
        }
    }
    if (row.before && (row.event == RowEvent::removed || row.metres > 0)) {
        json["old_position"] = place_of(*row.before);
    }
    if (row.now && (row.event == RowEvent::added || row.metres > 0)) {
        json["new_position"] = place_of(*row.now);
    }
    list.push_back(std::move(json));
}

void DiffRows::add_place(const RowChange& row) {
    const bool moved = row.event == RowEvent::changed && row.before && row.now && row.metres >= moved_metres_;
    if (places_ >= most_places || (row.event == RowEvent::changed && !moved) || (!row.before && !row.now)) {
        return;
    }
    const auto feature = [&](bool line, const DiffPoint& point) {
        features_ += features_.empty() ? "" : ",\n";
        features_ += line ? R"({"type":"Feature","geometry":{"type":"LineString","coordinates":[)"
                          : R"({"type":"Feature","geometry":{"type":"Point","coordinates":)";
        append_point(features_, line ? *row.before : point);
        if (line) {
            features_ += ',';
            append_point(features_, *row.now);
            features_ += ']';
        }
        features_ += R"(},"properties":{"前回との違い":)";
        append_json_string(features_, row.event == RowEvent::removed ? "削除"
                                      : row.event == RowEvent::added ? "追加"
                                                                     : "移動");
        features_ += R"(,"ID":)";
        append_json_string(features_, joined(row.id));
        features_ += R"(,"名称":)";
        append_json_string(features_, row.name);
        if (moved) {
            features_ += R"(,"動いた距離（m）":)" + std::to_string(std::llround(row.metres));
        }
        features_ += "}}";
        ++places_;
    };
    if (moved) {
        feature(true, *row.before);
    }
    feature(false, row.now ? *row.now : *row.before);
}

Json DiffRows::document(const std::string& name, const TableDiff& diff) const {
    Json json{{"name", name}, {"same", diff.is_same()}, {"key", {{"by", words_of(diff.by)}, {"columns", diff.key}}}};
    json["rows"] = {{"old", diff.rows_before}, {"new", diff.rows_now}, {"same", diff.same},
                    {"removed", diff.removed}, {"added", diff.added},  {"changed", diff.changed}};
    Json renumbered = Json::array();
    for (const Renumbered& one : diff.renumbered_examples) {
        if (renumbered.size() < most_renumbered) {
            renumbered.push_back({{"old", one.before}, {"new", one.now}, {"name", one.name}});
        }
    }
    json["ids"] = {{"changed", diff.renumbered},
                   {"old_doubled", diff.doubled_before},
                   {"new_doubled", diff.doubled_now},
                   {"examples", std::move(renumbered)}};
    json["positions"] = {{"compared", diff.positions},
                         {"moved", diff.moved},
                         {"moved_metres", moved_metres_},
                         {"farthest_metres", rounded(diff.moved_most)}};
    Json renamed = Json::array();
    for (const auto& [before, now] : diff.columns_renamed) {
        renamed.push_back({{"old", before}, {"new", now}});
    }
    Json values = Json::array();
    for (const ColumnDiff& column : diff.columns) {
        if (column.in_before && column.in_now && (column.changed > 0 || column.filled_before != column.filled_now)) {
            values.push_back({{"column", column.name},
                              {"changed", column.changed},
                              {"old_filled", column.filled_before},
                              {"new_filled", column.filled_now}});
        }
    }
    json["columns"] = {{"added", diff.columns_added},
                       {"removed", diff.columns_removed},
                       {"renamed", std::move(renamed)},
                       {"reordered", diff.columns_reordered},
                       {"values", std::move(values)}};
    json["removed"] = removed_;
    json["added"] = added_;
    json["changed"] = changed_;
    json["truncated"] = truncated_;
    return json;
}

}  // namespace kokai
