// SPDX-License-Identifier: Apache-2.0
// Rules about several cells of a row: what the standard says (kokai:rules of a schema) and what the publisher says
// (rules of dataset.json), compiled once a table.
#pragma once

#include "engine/stage.hpp"
#include "map/condition.hpp"
#include "model/error.hpp"
#include "model/rule.hpp"
#include "validate/fingerprints.hpp"

#include <string>
#include <vector>

namespace kokai {

/// The rules that can be asked: tests of columns that no source fills are left out, and so are rules without a test or
/// with a `when` that cannot be told.
std::vector<Rule> rules_for(const std::vector<Rule>& rules, const Shape& shape);

/// Days that a table of any schema, or of none, calls 開始 and 終了 alike (利用開始日, 利用終了日): a warning where
/// they are reversed, unless `known` has a rule for them.
std::vector<Rule> rules_by_name(const Shape& shape, const std::vector<Rule>& known);

/// Names in the publisher's rules become those of published columns, where a source's header was written. Columns that
/// there are not: a mistake each, below `pointer` in `file`; those in `vanished` are only missing this time, and the
/// rules that need them are left out.
std::vector<Mistake> name_columns(std::vector<Rule>& rules, const Shape& shape, const std::vector<std::string>& known,
                                  const std::string& file, const std::string& pointer,
                                  std::vector<std::string>& vanished);

/// All but `unique`: a row tells by itself.
class CheckRules : public Transform {
public:
    explicit CheckRules(std::vector<Rule> rules);
    Shape bind(const Shape& in) override;
    void run(Batch& batch, Findings& findings) const override;

private:
    struct Compiled {
        Rule rule;
        Conditions when, must;
        std::string told;
    };
    void tell(const Compiled& one, std::size_t test, const Batch& batch, std::size_t row, Findings& findings) const;

    Shape shape_;
    std::vector<Compiled> rules_;
};

/// One `unique` of a rule: of rows with the same values, all but the first break it.
class CheckUniqueValues : public Check {
public:
    CheckUniqueValues(const Rule& rule, const Condition& test);
    void bind(const Shape& shape) override;
    void admit(Batch& batch, Findings& findings) override;
    void end(Findings& findings) override;

private:
    std::vector<std::string> names_;
    Conditions when_;
    std::string told_;
    Severity severity_;
    Code code_;
    const Shape* shape_ = nullptr;
    std::vector<std::size_t> columns_;
    Fingerprints seen_;
};

}  // namespace kokai
