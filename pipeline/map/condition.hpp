// SPDX-License-Identifier: Apache-2.0
// The tests of a `where`, compiled once, and the stage that leaves rows out by them. Rows stay in the batch: totals
// checks still see them.
#pragma once

#include "engine/stage.hpp"
#include "model/rule.hpp"
#include "normalise/comparable.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace re2 {
class RE2;
}

namespace kokai {

/// Of a test that compares: unknown where a cell is empty or cannot be read as what it is compared with.
enum class Answer : std::uint8_t { no, yes, unknown };

/// All conditions together, against the columns of one shape.
class Conditions {
public:
    explicit Conditions(std::vector<Condition> conditions);
    ~Conditions();
    Conditions(Conditions&&) noexcept;
    Conditions& operator=(Conditions&&) noexcept;
    Conditions(const Conditions&) = delete;
    Conditions& operator=(const Conditions&) = delete;

    /// Finds the columns by name. Those that are not there are returned.
    std::vector<std::string> bind(const Shape& shape);
    /// Finds the columns by name, and forgets the conditions on columns that are not there.
    void keep_bound(const Shape& shape);
    [[nodiscard]] bool hold(const Batch& batch, std::size_t row) const;
    /// The same for a row that is kept elsewhere: its cells in the order of the shape's columns.
    [[nodiscard]] bool hold(std::span<const std::string> cells) const;
    [[nodiscard]] bool empty() const { return conditions_.empty(); }

    [[nodiscard]] std::size_t size() const { return conditions_.size(); }
    [[nodiscard]] const Condition& operator[](std::size_t i) const { return conditions_[i]; }
    /// Whether a row keeps the i-th as a demand: a cell that is empty breaks only `not_empty`, and of `any_column` one
    /// has to pass.
    [[nodiscard]] bool is_kept(std::size_t i, const Batch& batch, std::size_t row) const;
    /// The column that the i-th is about; of `any_column` the first that is there.
    [[nodiscard]] std::size_t column(std::size_t i) const;
    /// What the columns of a sum_of come to: 1234, 12.5.
    [[nodiscard]] std::string sum_text(std::size_t i, const Batch& batch, std::size_t row) const;

private:
    struct Compiled {
        std::vector<std::size_t> columns;  // `column`, or all of `any_column`
        std::size_t other = Shape::npos;
        std::vector<std::size_t> parts;  // of sum_of
        std::unique_ptr<re2::RE2> pattern;
        std::optional<double> number;
        std::optional<Moment> moment;
    };
    template <typename CellOf>
    [[nodiscard]] bool hold_for(CellOf cell_of) const;
    template <typename CellOf>
    [[nodiscard]] Answer ask(const Condition& condition, const Compiled& compiled, Cell cell, CellOf cell_of) const;

    std::vector<Condition> conditions_;
    std::vector<Compiled> compiled_;
};

/// Marks rows: `filtered` where `where` does not hold, `total` where `totals` does.
class FilterRows : public Transform {
public:
    FilterRows(std::vector<Condition> where, std::vector<Condition> totals);
    Shape bind(const Shape& in) override;
    void run(Batch& batch, Findings& findings) const override;
    /// Columns that the conditions name and the source does not have.
    [[nodiscard]] const std::vector<std::string>& missing() const { return missing_; }

private:
    Conditions where_;
    Conditions totals_;
    std::vector<std::string> missing_;
};

}  // namespace kokai
