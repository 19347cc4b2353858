// SPDX-License-Identifier: Apache-2.0
// The tests of a `where`, compiled once, and the stage that leaves rows out by them. Rows stay in the batch: totals
// checks still see them.
#pragma once

#include "engine/stage.hpp"
#include "model/dataset.hpp"

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace re2 {
class RE2;
}

namespace kokai {

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

private:
    template <typename CellOf>
    [[nodiscard]] bool hold_for(CellOf cell_of) const;

    std::vector<Condition> conditions_;
    std::vector<std::size_t> columns_;
    std::vector<std::unique_ptr<re2::RE2>> patterns_;
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
