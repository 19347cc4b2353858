// SPDX-License-Identifier: Apache-2.0
// One cell that holds what the standard has two fields for: 令和6年10月12日～13日 is 開始日 and 終了日, 027-224-1111
// 内線23 is 電話番号 and 内線番号, 3棟 is 員数（数） and 員数（単位）. Only into fields that are empty; hours are
// SplitAvailability's.
#pragma once

#include "engine/stage.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

namespace kokai {

/// Runs behind the mapping and before the columns are normalised.
class SplitSharedCells : public Transform {
public:
    /// Whether a table has two such fields.
    static bool applies(const Shape& shape);

    Shape bind(const Shape& in) override;
    void run(Batch& batch, Findings& findings) const override;

private:
    struct Two {
        std::size_t first = 0, second = 0;
    };
    static std::vector<Two> find(const Shape& shape);

    void split_period(Batch& batch, std::size_t row, const Two& dates, Findings& findings) const;
    void split_whole_period(Batch& batch, std::size_t row, const Two& dates, Findings& findings) const;
    void complete_end(Batch& batch, std::size_t row, const Two& dates, Findings& findings) const;
    void split_extension(Batch& batch, std::size_t row, const Two& phone, Findings& findings) const;
    void split_count(Batch& batch, std::size_t row, const Two& count, Findings& findings) const;

    Shape shape_;
    std::vector<Two> fields_;
    std::size_t notes_ = Shape::npos;  // for days of a list that are no period
};

}  // namespace kokai
