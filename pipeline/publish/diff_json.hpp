// SPDX-License-Identifier: Apache-2.0
// A comparison as a document: what `kokai diff --json` prints, diff.json holds, and diff.html and the terminal are made
// of. Its form is numbered; keys are only ever added.
#pragma once

#include "publish/edition_diff.hpp"

#include <nlohmann/json.hpp>

#include <cstddef>
#include <string>

namespace kokai {

constexpr int diff_format = 1;

/// Hears the rows of one table: keeps the first of each kind, and places as GeoJSON features.
class DiffRows {
public:
    DiffRows(std::size_t limit, double moved_metres) : limit_(limit), moved_metres_(moved_metres) {}
    void take(const RowChange& row);

    /// {"name", "key", "rows", "ids", "positions", "columns", "removed", "added", "changed", "truncated"}
    [[nodiscard]] nlohmann::ordered_json document(const std::string& name, const TableDiff& diff) const;
    /// Features of added, removed and moved places; at most `most_places`.
    [[nodiscard]] const std::string& features() const { return features_; }
    static constexpr std::size_t most_places = 20'000;

private:
    void add_place(const RowChange& row);

    std::size_t limit_;
    double moved_metres_;
    bool truncated_ = false;
    nlohmann::ordered_json removed_ = nlohmann::ordered_json::array(), added_ = removed_, changed_ = removed_;
    std::string features_;
    std::size_t places_ = 0;
};

}  // namespace kokai
