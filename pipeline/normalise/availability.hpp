// SPDX-License-Identifier: Apache-2.0
// One cell of opening hours over several fields: 「9:00～17:00（土日は16時まで）」 is 開始時間, 終了時間 and 特記事項,
// and 「月～金（祝日を除く）」 is 利用可能曜日 and 特記事項. Nothing is dropped: what a field cannot hold goes to the
// remarks.
#pragma once

#include "engine/stage.hpp"

#include <cstddef>
#include <string_view>

namespace kokai {

/// Runs behind the mapping and before the columns are normalised. Hours are split where they stand in the start field
/// and the end field is empty or holds the same cell; a table without a field for remarks keeps what needs one.
class SplitAvailability : public Transform {
public:
    /// Whether a table has the fields that this stage could fill.
    static bool applies(const Shape& shape);

    Shape bind(const Shape& in) override;
    void run(Batch& batch, Findings& findings) const override;

private:
    void split_days(Batch& batch, std::size_t row, Findings& findings) const;
    void read_next_day(Batch& batch, std::size_t row, Findings& findings) const;
    void split_hours(Batch& batch, std::size_t row, Findings& findings) const;
    void note(Batch& batch, std::size_t row, std::size_t notes, std::size_t of, Cell found, std::string_view text,
              Findings& findings) const;
    void tell_of_own_end(Batch& batch, std::size_t row, Code code, Cell found, std::string_view text,
                         Findings& findings) const;

    Shape shape_;
    std::size_t start_ = Shape::npos, end_ = Shape::npos, notes_ = Shape::npos;
    std::size_t days_ = Shape::npos, day_notes_ = Shape::npos;
};

}  // namespace kokai
