// SPDX-License-Identifier: Apache-2.0
#include "model/rule_json.hpp"

#include "support/json_parse.hpp"
#include "support/json_values.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include <array>
#include <string_view>
#include <utility>

namespace kokai {
namespace {

using Json = nlohmann::ordered_json;
using namespace json_values;
using Test = Condition::Test;

constexpr std::array<std::pair<std::string_view, Test>, 20> test_words{{{"equals", Test::equals},
                                                                        {"not_equals", Test::not_equals},
                                                                        {"one_of", Test::one_of},
                                                                        {"none_of", Test::none_of},
                                                                        {"starts_with", Test::starts_with},
                                                                        {"matches", Test::matches},
                                                                        {"empty", Test::empty},
                                                                        {"not_empty", Test::not_empty},
                                                                        {"at_least", Test::at_least},
                                                                        {"at_most", Test::at_most},
                                                                        {"more_than", Test::more_than},
                                                                        {"less_than", Test::less_than},
                                                                        {"before", Test::before},
                                                                        {"after", Test::after},
                                                                        {"not_before", Test::not_before},
                                                                        {"not_after", Test::not_after},
                                                                        {"min_length", Test::min_length},
                                                                        {"max_length", Test::max_length},
                                                                        {"sum_of", Test::sum_of},
                                                                        {"unique", Test::unique}}};

void take_value(const Json& given, const char* key, Condition& condition) {
    const Json& value = *member(given, key);
    if (value.is_object()) {
        condition.other = text(value, "column");
    } else if (value.is_number()) {
        condition.values = {value.dump()};
    } else {
        condition.values = texts(given, key);
    }
}

Condition read_condition(const Json& given, const std::string& pointer, ConditionsOf of, const SayMistake& say) {
    Condition condition;
    condition.column = text(given, "column");
    condition.any = texts(given, "any_column");
    std::size_t tests = 0;
    for (const auto& [name, test] : test_words) {
        const std::string key(name);
        if (member(given, key.c_str()) != nullptr) {
            ++tests;
            condition.test = test;
            take_value(given, key.c_str(), condition);
        }
    }
    if (!given.is_object()) {
        return condition;
    }
    if (tests != 1) {
        say(pointer, fmt::format("条件は一つだけ書いてください（いまは {} 個）", tests),
            fmt::format("give exactly one test (now {})", tests));
    }
    const std::size_t subjects =
        (member(given, "column") != nullptr ? 1U : 0U) + (member(given, "any_column") != nullptr ? 1U : 0U);
    if (subjects != 1) {
        say(pointer, R"(どの列かを "column" か "any_column" のどちらか一つで書いてください)",
            R"(name the column in "column", or several in "any_column")");
    }
    if (condition.test == Test::unique && (of != ConditionsOf::must || !condition.any.empty())) {
        say(pointer_to(pointer, "unique"), R"("unique" は "rules" の "must" で、"column" と一緒に使います)",
            R"("unique" stands in "must" of "rules", with "column")");
    }
    return condition;
}

}  // namespace

std::string_view name_of(Condition::Test test) {
    for (const auto& [name, one] : test_words) {
        if (one == test) {
            return name;
        }
    }
    return {};
}

std::vector<std::pair<std::string, std::string>> columns_of(const Condition& condition) {
    std::vector<std::pair<std::string, std::string>> all;
    if (!condition.column.empty()) {
        all.emplace_back("/column", condition.column);
    }
    for (std::size_t i = 0; i < condition.any.size(); ++i) {
        all.emplace_back(pointer_to("/any_column", i), condition.any[i]);
    }
    const std::string test = "/" + std::string(name_of(condition.test));
    if (!condition.other.empty()) {
        all.emplace_back(test + "/column", condition.other);
    }
    if (condition.test == Test::sum_of || condition.test == Test::unique) {
        for (std::size_t i = 0; i < condition.values.size(); ++i) {
            all.emplace_back(pointer_to(test, i), condition.values[i]);
        }
    }
    return all;
}

std::vector<Condition> read_conditions(const Json& object, const char* key, const std::string& at, ConditionsOf of,
                                       const SayMistake& say) {
    std::vector<Condition> all;
    const Json* list = member(object, key);
    if (list == nullptr || !list->is_array()) {
        return all;
    }
    const std::string above = pointer_to(at, key);
    for (std::size_t i = 0; i < list->size(); ++i) {
        all.push_back(read_condition((*list)[i], pointer_to(above, i), of, say));
    }
    return all;
}

Rule read_rule(const Json& object, const std::string& at, const SayMistake& say) {
    Rule rule;
    rule.when = read_conditions(object, "when", at, ConditionsOf::filter, say);
    rule.must = read_conditions(object, "must", at, ConditionsOf::must, say);
    rule.message = text(object, "message");
    rule.message_en = text(object, "message_en");
    const std::string level = text(object, "level");
    rule.severity = level == "note" ? Severity::note : level == "warning" ? Severity::warning : Severity::error;
    if (const CodeInfo* code = find_code(text(object, "code")); code != nullptr) {
        rule.code = code->code;
    }
    return rule;
}

}  // namespace kokai
