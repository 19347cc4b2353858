// SPDX-License-Identifier: Apache-2.0
#include "map/condition.hpp"

#include "support/text.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <utility>

namespace kokai {
namespace {

bool holds(const Condition& condition, const re2::RE2* pattern, std::string_view cell) {
    const auto named = [&] {
        return std::find(condition.values.begin(), condition.values.end(), cell) != condition.values.end();
    };
    switch (condition.test) {
    case Condition::Test::equals:
    case Condition::Test::one_of:
        return named();
    case Condition::Test::not_equals:
    case Condition::Test::none_of:
        return !named();
    case Condition::Test::starts_with:
        return std::any_of(condition.values.begin(), condition.values.end(),
                           [&](const std::string& value) { return cell.starts_with(value); });
    case Condition::Test::matches:
        return re2::RE2::PartialMatch(re2::StringPiece(cell.data(), cell.size()), *pattern);
    case Condition::Test::empty:
        return cell.empty();
    case Condition::Test::not_empty:
        break;
    }
    return !cell.empty();
}

}  // namespace

Conditions::Conditions(std::vector<Condition> conditions) : conditions_(std::move(conditions)) {
    for (const Condition& condition : conditions_) {
        patterns_.push_back(condition.test == Condition::Test::matches
                                ? std::make_unique<re2::RE2>(condition.values.front())
                                : nullptr);
    }
}
Conditions::~Conditions() = default;
Conditions::Conditions(Conditions&&) noexcept = default;
Conditions& Conditions::operator=(Conditions&&) noexcept = default;

std::vector<std::string> Conditions::bind(const Shape& shape) {
    std::vector<std::string> missing;
    columns_.clear();
    for (const Condition& condition : conditions_) {
        columns_.push_back(shape.find(condition.column));
        if (columns_.back() == Shape::npos) {
            missing.push_back(condition.column);
        }
    }
    return missing;
}

void Conditions::keep_bound(const Shape& shape) {
    std::erase_if(conditions_, [&](const Condition& one) { return shape.find(one.column) == Shape::npos; });
    *this = Conditions(std::move(conditions_));
    bind(shape);
}

template <typename CellOf>
bool Conditions::hold_for(CellOf cell_of) const {
    for (std::size_t i = 0; i < conditions_.size(); ++i) {
        const Cell cell = columns_[i] == Shape::npos ? Cell{} : trimmed(cell_of(columns_[i]));
        if (!holds(conditions_[i], patterns_[i].get(), cell)) {
            return false;
        }
    }
    return true;
}

bool Conditions::hold(const Batch& batch, std::size_t row) const {
    return hold_for([&](std::size_t column) { return batch.columns[column].cells[row]; });
}

bool Conditions::hold(std::span<const std::string> cells) const {
    return hold_for([&](std::size_t column) { return Cell(cells[column]); });
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
