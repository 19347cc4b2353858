// SPDX-License-Identifier: Apache-2.0
// What a schema says of each cell: required, allowed words, pattern, range. Compiled once per column; cells are only
// looked at.
#pragma once

#include "engine/stage.hpp"
#include "model/schema.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace re2 {
class RE2;
}

namespace kokai {

class CheckFields : public Transform {
public:
    CheckFields();
    ~CheckFields() override;
    CheckFields(const CheckFields&) = delete;
    CheckFields& operator=(const CheckFields&) = delete;
    CheckFields(CheckFields&&) = delete;
    CheckFields& operator=(CheckFields&&) = delete;

    Shape bind(const Shape& in) override;
    void run(Batch& batch, Findings& findings) const override;
    /// Fields that the standard recommends and no column of the source fills: one finding each, for the table.
    void tell_absent(Findings& findings) const;

private:
    struct Rule {
        std::size_t column = 0;
        const ColumnInfo* place = nullptr;
        const Field* field = nullptr;
        bool tells_missing = false;
        bool absent = false;  // no source column at all: told once, not in every row
        std::string_view requirement;
        Severity missing = Severity::note;
        Severity strict = Severity::error;  // of a word or form that is not the standard's
        Severity beyond = Severity::error;  // of a range: −3 beds are wrong wherever the column stands
        std::unordered_set<std::string_view> allowed;
        std::unique_ptr<re2::RE2> pattern;
        bool has_range = false;
        std::string range_text;
    };

    /// What has been said of words that are not allowed: the same wrong word is looked up once a batch.
    using Proposals = std::unordered_map<std::string_view, std::string>;
    void check_value(const Rule& rule, Cell cell, const Batch& batch, std::size_t row, Findings& findings,
                     Proposals& proposals) const;

    Shape shape_;
    std::vector<Rule> rules_;
};

}  // namespace kokai
