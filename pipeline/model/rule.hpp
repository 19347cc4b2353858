// SPDX-License-Identifier: Apache-2.0
// Tests of a row's cells and rules made of them: `where` of a table, what the standard says of several fields at once
// (kokai:rules of a schema) and the publisher's own rules (dataset.json) speak the same words.
#pragma once

#include "model/finding.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace kokai {

/// One test of a row. Words are compared as they stand in the cell, trimmed; numbers, days and times by what they mean.
struct Condition {
    enum class Test : std::uint8_t {
        equals,
        not_equals,
        one_of,
        none_of,
        starts_with,
        matches,
        empty,
        not_empty,
        at_least,  // numbers
        at_most,
        more_than,
        less_than,
        before,  // days, or times of day
        after,
        not_before,
        not_after,
        min_length,  // characters
        max_length,
        sum_of,  // the number is the sum of the columns in `values`
        unique   // no two rows alike in `column` and the columns in `values`: in `must` of a rule only
    };
    std::string column;
    Test test = Test::equals;
    std::vector<std::string> values;
    std::string other = {};             // a column that stands for the value: {"at_most": {"column": "定員"}}
    std::vector<std::string> any = {};  // in place of `column`: one of these must pass
};

/// Where all of `when` hold, each of `must` has to; one that does not is a finding at its cell.
struct Rule {
    std::vector<Condition> when, must;
    std::string message, message_en;
    Severity severity = Severity::error;
    Code code = Code::rule_broken;
};

/// The key in JSON.
std::string_view name_of(Condition::Test test);
/// The columns that a test names, each with the rest of the JSON pointer to it: {"/at_most/column", "定員"}.
std::vector<std::pair<std::string, std::string>> columns_of(const Condition& condition);

}  // namespace kokai
