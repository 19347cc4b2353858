// SPDX-License-Identifier: Apache-2.0
// From the source's columns to the schema's fields, in the schema's order; columns beyond it follow. dataset.json says
// which column is which; what it does not say is taken by name (after folding widths, spaces and dashes) or by an alias
// of the schema.
#pragma once

#include "engine/stage.hpp"
#include "map/propose.hpp"
#include "model/dataset.hpp"
#include "model/schema.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace re2 {
class RE2;
}

namespace kokai {

/// How one output column came about, for the report.
struct ColumnOrigin {
    std::string source;  // the source's header(s)
    std::string field;   // empty: no field takes it
    double confidence = 1.0;
    std::string evidence;  // dataset.json | name | alias | what the matcher says, in both languages
};

class MapColumns : public Transform {
public:
    /// `schema` null: the columns stay as they are, with the explicit ones applied. `proposals`: what the matcher is
    /// sure enough of; a field without one is taken by its name or an alias. `needed`: columns that stay for a later
    /// stage, though those beyond the schema are dropped; a DropColumns takes them out after it.
    MapColumns(const TableSpec& table, const Schema* schema, std::vector<Proposal> proposals = {},
               std::vector<std::string> needed = {});
    ~MapColumns() override;
    MapColumns(const MapColumns&) = delete;
    MapColumns& operator=(const MapColumns&) = delete;
    MapColumns(MapColumns&&) = delete;
    MapColumns& operator=(MapColumns&&) = delete;

    Shape bind(const Shape& in) override;
    void run(Batch& batch, Findings& findings) const override;

    [[nodiscard]] const std::vector<ColumnOrigin>& origins() const { return origins_; }
    /// Source columns that dataset.json names and that are not there (each a finding column-missing).
    [[nodiscard]] const std::vector<std::string>& missing() const { return missing_; }
    /// Source columns that no field takes.
    [[nodiscard]] const std::vector<std::string>& unmapped() const { return unmapped_; }
    /// Columns that are there only because a later stage needs them.
    [[nodiscard]] const std::vector<std::string>& to_drop() const { return to_drop_; }

private:
    /// How one output column is made.
    struct Making {
        std::vector<std::size_t> from;
        std::string separator;
        bool is_constant = false;
        std::string constant;
        std::unordered_map<std::string, std::string> values;
        bool has_otherwise = false;
        std::string otherwise;
        std::string expected_values;
        std::unique_ptr<re2::RE2> pattern;
        std::string pattern_text;
        int group = 1;
        std::string geometry;
        std::string prefix;
        bool plain = false;     // one source column, nothing done to it
        bool last_use = false;  // … and nobody needs it afterwards: moved, not copied
    };

    Making making_of(const ColumnSpec& spec, const Shape& in, ColumnInfo& info);
    void make(const Making& making, std::size_t to, Batch& batch, std::vector<Column>& made, Findings& findings) const;

    TableSpec table_;
    const Schema* schema_;
    std::vector<Proposal> proposals_;
    std::vector<Making> makings_;
    Shape out_;
    std::vector<ColumnOrigin> origins_;
    std::vector<std::string> missing_;
    std::vector<std::string> unmapped_;
    std::vector<std::string> needed_, to_drop_;
};

class DropColumns : public Transform {
public:
    explicit DropColumns(std::vector<std::string> names) : names_(std::move(names)) {}

    Shape bind(const Shape& in) override;
    void run(Batch& batch, Findings& findings) const override;

private:
    std::vector<std::string> names_;
    std::vector<std::size_t> left_;  // columns
};

}  // namespace kokai
