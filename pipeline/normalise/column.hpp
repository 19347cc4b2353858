// SPDX-License-Identifier: Apache-2.0
// The one stage around the plain functions of this room: it walks a column, replaces cells and says what it did.
#pragma once

#include "engine/stage.hpp"
#include "normalise/kinds.hpp"
#include "normalise/list.hpp"

#include <string>
#include <string_view>

namespace kokai {

/// Brings the cells of one column into the form of its field. Every change has one finding; a value that cannot be read
/// stays in its cell with an error or a warning, and the engine decides what becomes of it. Rows left out by `where`
/// are brought into form too (totals look at them), without findings.
class NormaliseColumn : public Transform {
public:
    /// `field.kind`, `field.unit` and `field.separator` are taken; the field need not outlive the stage. `worst` is
    /// what an unreadable value is at most: a column beyond the schema breaks no standard.
    NormaliseColumn(std::string column, const Field& field, Severity worst = Severity::error);

    Shape bind(const Shape& in) override;
    void run(Batch& batch, Findings& findings) const override;

private:
    void change(Batch& batch, std::size_t row, Findings& findings) const;
    void divide(Batch& batch, std::size_t row, Findings& findings) const;
    [[nodiscard]] Normalised read(std::string_view cell) const;

    std::string column_;
    std::string unit_;
    Severity worst_;
    std::string separator_;  // of several values in one cell
    ListOf list_of_;
    const ColumnRules* rules_;
    const ColumnInfo* info_ = nullptr;
    std::size_t index_ = Shape::npos;
};

/// What a column beyond the schema holds by its header: dates under 開設年月日 or データ更新日, else text.
Kind kind_of_header(std::string_view header);

}  // namespace kokai
