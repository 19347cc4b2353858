// SPDX-License-Identifier: Apache-2.0
#include "map/condition.hpp"

#include "support/text.hpp"

#include <fmt/format.h>

#include <re2/re2.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace kokai {
namespace {

using Test = Condition::Test;

bool is_named(const Condition& condition, std::string_view cell) {
    return std::find(condition.values.begin(), condition.values.end(), cell) != condition.values.end();
}

Answer answer(bool yes) {
    return yes ? Answer::yes : Answer::no;
}

bool is_about_words(Test test) {
    return test <= Test::not_empty;
}
bool is_about_numbers(Test test) {
    return test >= Test::at_least && test <= Test::less_than;
}
bool is_about_moments(Test test) {
    return test >= Test::before && test <= Test::not_after;
}

bool words_hold(const Condition& condition, const re2::RE2* pattern, std::string_view cell) {
    switch (condition.test) {
    case Test::equals:
    case Test::one_of:
        return is_named(condition, cell);
    case Test::not_equals:
    case Test::none_of:
        return !is_named(condition, cell);
    case Test::starts_with:
        return std::any_of(condition.values.begin(), condition.values.end(),
                           [&](const std::string& value) { return cell.starts_with(value); });
    case Test::matches:
        return pattern != nullptr && re2::RE2::PartialMatch(re2::StringPiece(cell.data(), cell.size()), *pattern);
    case Test::empty:
        return cell.empty();
    default:
        return !cell.empty();
    }
}

Answer numbers_hold(Test test, std::optional<double> one, std::optional<double> other) {
    if (!one || !other) {
        return Answer::unknown;
    }
    switch (test) {
    case Test::at_least:
        return answer(*one >= *other);
    case Test::at_most:
        return answer(*one <= *other);
    case Test::more_than:
        return answer(*one > *other);
    default:
        return answer(*one < *other);
    }
}

Answer moments_hold(Test test, std::optional<Moment> one, std::optional<Moment> other) {
    if (!one || !other || one->of != other->of) {
        return Answer::unknown;
    }
    switch (test) {
    case Test::before:
        return answer(one->value < other->value);
    case Test::after:
        return answer(one->value > other->value);
    case Test::not_before:
        return answer(one->value >= other->value);
    default:
        return answer(one->value <= other->value);
    }
}

std::size_t characters_in(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

}  // namespace

Conditions::Conditions(std::vector<Condition> conditions) : conditions_(std::move(conditions)) {
    for (const Condition& condition : conditions_) {
        Compiled compiled;
        if (!condition.values.empty() && condition.other.empty()) {
            const std::string& value = condition.values.front();
            if (condition.test == Test::matches) {
                compiled.pattern = std::make_unique<re2::RE2>(value, re2::RE2::Quiet);
            } else if (is_about_moments(condition.test)) {
                compiled.moment = moment_in(value);
            } else if (!is_about_words(condition.test)) {
                compiled.number = amount_in(value);
            }
        }
        compiled_.push_back(std::move(compiled));
    }
}
Conditions::~Conditions() = default;
Conditions::Conditions(Conditions&&) noexcept = default;
Conditions& Conditions::operator=(Conditions&&) noexcept = default;

std::vector<std::string> Conditions::bind(const Shape& shape) {
    std::vector<std::string> missing;
    for (std::size_t i = 0; i < conditions_.size(); ++i) {
        const Condition& condition = conditions_[i];
        const auto find = [&](const std::string& name) {
            const std::size_t at = shape.find(name);
            if (at == Shape::npos) {
                missing.push_back(name);
            }
            return at;
        };
        Compiled& compiled = compiled_[i];
        compiled.columns.clear();
        compiled.parts.clear();
        if (condition.any.empty()) {
            compiled.columns.push_back(find(condition.column));
        }
        for (const std::string& name : condition.any) {
            compiled.columns.push_back(find(name));
        }
        compiled.other = condition.other.empty() ? Shape::npos : find(condition.other);
        for (const std::string& name : condition.test == Test::sum_of ? condition.values : std::vector<std::string>{}) {
            compiled.parts.push_back(find(name));
        }
    }
    return missing;
}

void Conditions::keep_bound(const Shape& shape) {
    std::erase_if(conditions_, [&](const Condition& one) {
        const auto named = columns_of(one);
        return std::any_of(named.begin(), named.end(),
                           [&](const auto& name) { return shape.find(name.second) == Shape::npos; });
    });
    *this = Conditions(std::move(conditions_));
    bind(shape);
}

template <typename CellOf>
Answer Conditions::ask(const Condition& condition, const Compiled& compiled, Cell cell, CellOf cell_of) const {
    if (!condition.other.empty()) {
        const Cell other = cell_of(compiled.other);
        if (is_about_words(condition.test)) {
            return other.empty() ? Answer::unknown : answer((cell == other) == (condition.test == Test::equals));
        }
        return is_about_numbers(condition.test) ? numbers_hold(condition.test, amount_in(cell), amount_in(other))
                                                : moments_hold(condition.test, moment_in(cell), moment_in(other));
    }
    if (is_about_words(condition.test)) {
        return answer(words_hold(condition, compiled.pattern.get(), cell));
    }
    if (is_about_numbers(condition.test)) {
        return numbers_hold(condition.test, amount_in(cell), compiled.number);
    }
    if (is_about_moments(condition.test)) {
        return moments_hold(condition.test, moment_in(cell), compiled.moment);
    }
    if (condition.test == Test::min_length || condition.test == Test::max_length) {
        const auto length = static_cast<double>(characters_in(cell));
        const double bound = compiled.number.value_or(length);
        return answer(condition.test == Test::min_length ? length >= bound : length <= bound);
    }
    if (condition.test == Test::sum_of) {
        const std::optional<double> written = amount_in(cell);
        double sum = 0;
        for (const std::size_t part : compiled.parts) {
            const std::optional<double> one = amount_in(cell_of(part));
            if (!one) {
                return Answer::unknown;
            }
            sum += *one;
        }
        constexpr double rounding = 1e-6;
        return written ? answer(std::fabs(*written - sum) < rounding) : Answer::unknown;
    }
    return Answer::unknown;  // unique: no row can tell alone
}

template <typename CellOf>
bool Conditions::hold_for(CellOf cell_of) const {
    for (std::size_t i = 0; i < conditions_.size(); ++i) {
        const std::vector<std::size_t>& columns = compiled_[i].columns;
        if (std::none_of(columns.begin(), columns.end(), [&](std::size_t column) {
                return ask(conditions_[i], compiled_[i], cell_of(column), cell_of) == Answer::yes;
            })) {
            return false;
        }
    }
    return true;
}

bool Conditions::hold(const Batch& batch, std::size_t row) const {
    return hold_for(
        [&](std::size_t column) { return column == Shape::npos ? Cell{} : trimmed(batch.columns[column].cells[row]); });
}

bool Conditions::hold(std::span<const std::string> cells) const {
    return hold_for([&](std::size_t column) { return column == Shape::npos ? Cell{} : trimmed(cells[column]); });
}

bool Conditions::is_kept(std::size_t i, const Batch& batch, std::size_t row) const {
    const Condition& condition = conditions_[i];
    const auto cell_of = [&](std::size_t column) {
        return column == Shape::npos ? Cell{} : trimmed(batch.columns[column].cells[row]);
    };
    const std::vector<std::size_t>& columns = compiled_[i].columns;
    if (!condition.any.empty()) {
        return std::any_of(columns.begin(), columns.end(), [&](std::size_t column) {
            return ask(condition, compiled_[i], cell_of(column), cell_of) == Answer::yes;
        });
    }
    const Cell cell = cell_of(columns.front());
    if (cell.empty() && condition.test != Test::not_empty) {
        return true;
    }
    return ask(condition, compiled_[i], cell, cell_of) != Answer::no;
}

std::size_t Conditions::column(std::size_t i) const {
    const std::vector<std::size_t>& columns = compiled_[i].columns;
    const auto there = std::find_if(columns.begin(), columns.end(), [](std::size_t one) { return one != Shape::npos; });
    return there == columns.end() ? Shape::npos : *there;
}

std::string Conditions::sum_text(std::size_t i, const Batch& batch, std::size_t row) const {
    double sum = 0;
    for (const std::size_t part : compiled_[i].parts) {
        sum += part == Shape::npos ? 0 : amount_in(batch.columns[part].cells[row]).value_or(0);
    }
    return fmt::format("{:.10g}", sum);
}

FilterRows::FilterRows(std::vector<Condition> where, std::vector<Condition> totals)
    : where_(std::move(where)), totals_(std::move(totals)) {}

Shape FilterRows::bind(const Shape& in) {
    missing_ = where_.bind(in);
    for (std::string& name : totals_.bind(in)) {
        missing_.push_back(std::move(name));
    }
    return in;
}

void FilterRows::run(Batch& batch, Findings& /*findings*/) const {
    for (std::size_t row = 0; row < batch.size(); ++row) {
        if (!where_.empty() && !where_.hold(batch, row)) {
            batch.states[row] = RowState::filtered;
        } else if (!totals_.empty() && totals_.hold(batch, row)) {
            batch.states[row] = RowState::total;
        }
    }
}

}  // namespace kokai
