// SPDX-License-Identifier: Apache-2.0
// Cells that a spreadsheet would take for a formula when somebody opens the CSV there. They are published as they are
// (our workbooks type them as text); someone should look.
#pragma once

#include "engine/stage.hpp"

#include <string_view>

namespace kokai {

/// True for =1+1, @cmd, +cmd, -cmd|…, their full-width forms, and a leading tab or CR; false for -5, +81-27-224-1111
/// and a lone dash.
bool looks_like_formula(std::string_view cell);

class TellFormulas : public Transform {
public:
    Shape bind(const Shape& in) override;
    void run(Batch& batch, Findings& findings) const override;

private:
    Shape shape_;
};

}  // namespace kokai
