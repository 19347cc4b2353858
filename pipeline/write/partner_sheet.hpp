// SPDX-License-Identifier: Apache-2.0
// Draws a partner's workbook: the rows above the data, the data, and the notes.
#pragma once

#include "model/layout.hpp"
#include "support/workbook.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace kokai {

class PartnerSheet {
public:
    PartnerSheet(Workbook& book, const Layout& layout);

    /// One value a column of the layout; empty ones stay blank.
    void add_row(std::span<const std::string> values);
    /// The notes; `lines` (credit, licence …) stand after those of the layout.
    void add_notes(const std::vector<std::string>& lines);

private:
    struct Formats {
        lxw_format* text = nullptr;
        lxw_format* label = nullptr;
        lxw_format* example = nullptr;
        lxw_format* name = nullptr;
        lxw_format* required = nullptr;
        lxw_format* group = nullptr;
    };

    void write(lxw_worksheet* sheet, std::size_t row, std::size_t column, const std::string& text, lxw_format* format);
    void header();
    [[nodiscard]] std::string header_text(const LayoutColumn& column, LayoutHeaderRow::Shows shows) const;

    Workbook& book_;
    const Layout& layout_;
    Formats formats_;
    lxw_worksheet* sheet_;
    std::size_t next_row_ = 0;
};

}  // namespace kokai
