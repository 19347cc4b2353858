// SPDX-License-Identifier: Apache-2.0
// Sums and shares that a table states about itself, computed again: a row's parts and its total, the total row,
// percentages.
#pragma once

#include "engine/stage.hpp"
#include "map/condition.hpp"
#include "model/dataset.hpp"

#include <optional>
#include <vector>

namespace kokai {

class CheckTotals : public Check {
public:
    explicit CheckTotals(TotalRule rule);
    void bind(const Shape& shape) override;
    void admit(Batch& batch, Findings& findings) override;
    void end(Findings& findings) override;

private:
    struct Total {
        Place where;
        std::string written;
        std::optional<double> value;
    };
    struct Waiting {  // a share of a total that is known at the end only
        Place where;
        std::string written;
        double part = 0;
        double share = 0;
    };

    void check_row(const Batch& batch, std::size_t row, Findings& findings);
    [[nodiscard]] Place place(const Batch& batch, std::size_t row, std::size_t column) const;

    TotalRule rule_;
    Conditions total_row_;
    Shape shape_;
    std::vector<std::size_t> columns_;
    std::size_t equals_ = Shape::npos;
    std::size_t part_ = Shape::npos;
    std::size_t whole_ = Shape::npos;
    std::vector<double> sums_;
    std::vector<std::optional<Total>> totals_;
    std::vector<Waiting> waiting_;
    std::vector<std::string> missing_;
};

}  // namespace kokai
