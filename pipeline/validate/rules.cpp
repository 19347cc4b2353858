// SPDX-License-Identifier: Apache-2.0
#include "validate/rules.hpp"

#include "model/finding.hpp"
#include "support/nearest_word.hpp"
#include "support/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace kokai {
namespace {

using Test = Condition::Test;

/// What a finding keeps of the two sentences: sentence() takes them apart again.
std::string both_of(const Rule& rule) {
    return rule.message_en.empty() ? rule.message : rule.message + "\n" + rule.message_en;
}

bool is_filled(const Shape& shape, const std::string& name) {
    const std::size_t at = shape.find(name);
    return at != Shape::npos && (shape.columns[at].made || !shape.columns[at].from.empty());
}

/// Leaves of `any_column` those that are filled. False when a column is needed that is not.
bool can_be_asked(Condition& condition, const Shape& shape) {
    const bool any = !condition.any.empty();
    std::erase_if(condition.any, [&](const std::string& name) { return !is_filled(shape, name); });
    const auto named = columns_of(condition);
    return (!any || !condition.any.empty()) &&
           std::all_of(named.begin(), named.end(), [&](const auto& name) { return is_filled(shape, name.second); });
}

/// The published column that a name means: its own, or the one header it was made from.
std::string published_name(const std::string& name, const Shape& shape) {
    if (shape.find(name) != Shape::npos) {
        return name;
    }
    std::string found;
    for (const ColumnInfo& column : shape.columns) {
        if (column.from.size() == 1 && column.from.front().header == name) {
            if (!found.empty()) {
                return {};
            }
            found = column.name;
        }
    }
    return found;
}

void rename(Condition& condition, const std::string& from, const std::string& to) {
    const auto change = [&](std::string& name) {
        if (name == from) {
            name = to;
        }
    };
    change(condition.column);
    change(condition.other);
    std::for_each(condition.any.begin(), condition.any.end(), change);
    if (condition.test == Test::sum_of || condition.test == Test::unique) {
        std::for_each(condition.values.begin(), condition.values.end(), change);
    }
}

Mistake no_such_column(const std::string& file, const std::string& pointer, const std::string& name,
                       const Shape& shape) {
    std::vector<std::string> names;
    for (const ColumnInfo& column : shape.columns) {
        names.push_back(column.name);
    }
    const std::string near = nearest_word(name, names);
    const std::string shown = printable(name);
    return {
        file, pointer,
        fmt::format("公開する列に「{}」はありません{}", shown, near.empty() ? "" : "。「" + near + "」のことですか"),
        fmt::format("no published column is called \"{}\"{}", shown,
                    near.empty() ? "" : "; did you mean \"" + near + "\"?")};
}

}  // namespace

std::vector<Rule> rules_for(const std::vector<Rule>& rules, const Shape& shape) {
    std::vector<Rule> kept;
    for (Rule rule : rules) {
        const auto ask = [&](Condition& one) { return can_be_asked(one, shape); };
        std::erase_if(rule.must, [&](Condition& one) { return !ask(one); });
        if (std::all_of(rule.when.begin(), rule.when.end(), ask) && !rule.must.empty()) {
            kept.push_back(std::move(rule));
        }
    }
    return kept;
}

std::vector<Rule> rules_by_name(const Shape& shape, const std::vector<Rule>& known) {
    constexpr std::string_view begin = "開始";
    constexpr std::string_view end = "終了";
    std::vector<Rule> found;
    for (const ColumnInfo& column : shape.columns) {
        const std::size_t at = column.name.find(begin);
        if (at == std::string::npos || !column.name.ends_with("日") || !is_filled(shape, column.name)) {
            continue;
        }
        std::string last = column.name;
        last.replace(at, begin.size(), end);
        const bool told = std::any_of(known.begin(), known.end(), [&](const Rule& rule) {
            return std::any_of(rule.must.begin(), rule.must.end(),
                               [&](const Condition& one) { return one.column == last && one.other == column.name; });
        });
        if (!told && is_filled(shape, last)) {
            Rule rule;
            rule.must.push_back({last, Test::not_before, {}, column.name});
            rule.severity = Severity::warning;
            rule.code = Code::order_reversed;
            found.push_back(std::move(rule));
        }
    }
    return found;
}

std::vector<Mistake> name_columns(std::vector<Rule>& rules, const Shape& shape, const std::vector<std::string>& known,
                                  const std::string& file, const std::string& pointer,
                                  std::vector<std::string>& vanished) {
    std::vector<Mistake> mistakes;
    std::vector<bool> usable(rules.size(), true);
    for (std::size_t i = 0; i < rules.size(); ++i) {
        const auto look = [&](std::vector<Condition>& list, const char* key) {
            for (std::size_t j = 0; j < list.size(); ++j) {
                for (const auto& [rest, name] : columns_of(list[j])) {
                    if (const std::string published = published_name(name, shape); !published.empty()) {
                        rename(list[j], name, published);
                    } else if (std::find(known.begin(), known.end(), name) != known.end()) {
                        vanished.push_back(name);
                        usable[i] = false;
                    } else {
                        mistakes.push_back(
                            no_such_column(file, fmt::format("{}/{}/{}/{}{}", pointer, i, key, j, rest), name, shape));
                    }
                }
            }
        };
        look(rules[i].when, "when");
        look(rules[i].must, "must");
    }
    std::size_t at = 0;
    std::erase_if(rules, [&](const Rule&) { return !usable[at++]; });
    return mistakes;
}

CheckRules::CheckRules(std::vector<Rule> rules) {
    for (Rule& rule : rules) {
        std::erase_if(rule.must, [](const Condition& one) { return one.test == Test::unique; });
        if (!rule.must.empty()) {
            rules_.push_back({rule, Conditions(rule.when), Conditions(rule.must), both_of(rule)});
        }
    }
}

Shape CheckRules::bind(const Shape& in) {
    shape_ = in;
    for (Compiled& one : rules_) {
        one.when.bind(shape_);
        one.must.bind(shape_);
    }
    return in;
}

void CheckRules::run(Batch& batch, Findings& findings) const {
    for (const Compiled& one : rules_) {
        for (std::size_t row = 0; row < batch.size(); ++row) {
            // What must hold is asked first: nearly all rows keep it, whether the rule is about them or not.
            for (std::size_t test = 0; test < one.must.size(); ++test) {
                if (!one.must.is_kept(test, batch, row) && one.when.hold(batch, row)) {
                    tell(one, test, batch, row, findings);
                }
            }
        }
    }
}

void CheckRules::tell(const Compiled& one, std::size_t test, const Batch& batch, std::size_t row,
                      Findings& findings) const {
    const std::size_t column = one.must.column(test);
    if (column == Shape::npos) {
        return;
    }
    Cell expected;
    if (one.rule.code == Code::order_reversed) {
        if (const std::size_t other = shape_.find(one.must[test].other); other != Shape::npos) {
            expected = batch.columns[other].cells[row];
        }
    } else if (one.rule.code == Code::total_mismatch) {
        expected = findings.keep(one.must.sum_text(test, batch, row));
    } else {
        expected = findings.keep(one.told);
    }
    findings.add(one.rule.code, one.rule.severity, batch, row, column, shape_.columns[column],
                 batch.columns[column].cells[row], {}, expected);
}

CheckUniqueValues::CheckUniqueValues(const Rule& rule, const Condition& test)
    : names_{test.column}, when_(rule.when), told_(both_of(rule)), severity_(rule.severity), code_(rule.code) {
    names_.insert(names_.end(), test.values.begin(), test.values.end());
}

void CheckUniqueValues::bind(const Shape& shape) {
    shape_ = &shape;
    when_.bind(shape);
    for (const std::string& name : names_) {
        if (const std::size_t column = shape.find(name); column != Shape::npos) {
            columns_.push_back(column);
        }
    }
}

void CheckUniqueValues::admit(Batch& batch, Findings& findings) {
    if (columns_.size() != names_.size()) {
        return;
    }
    const std::size_t subject = columns_.front();
    for (std::size_t row = 0; row < batch.size(); ++row) {
        const Cell cell = batch.columns[subject].cells[row];
        if (batch.states[row] != RowState::kept || cell.empty() || !when_.hold(batch, row)) {
            continue;
        }
        std::uint64_t fingerprint = 0;
        for (const std::size_t column : columns_) {
            fingerprint = fingerprint_of(fingerprint + 1, trimmed(batch.columns[column].cells[row]));
        }
        if (!seen_.insert(fingerprint)) {
            findings.add(code_, severity_, batch, row, subject, shape_->columns[subject], cell, {},
                         findings.keep(told_));
        }
    }
}

void CheckUniqueValues::end(Findings& findings) {
    if (const std::uint64_t doubled = seen_.doubled_in_spills(); doubled > 0) {
        findings.add(code_, {0, 0, 0, 0, &shape_->columns[columns_.front()]}, std::to_string(doubled) + "件", told_,
                     severity_);
    }
}

}  // namespace kokai
