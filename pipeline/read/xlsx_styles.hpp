// SPDX-License-Identifier: Apache-2.0
// What a reader of values wants to know of every cell style: its number format, and whether it strikes the cell out.
#pragma once

#include "read/xlsx_format.hpp"
#include "read/xlsx_package.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace kokai {

struct CellStyle {
    std::uint32_t format = 0;  // id of a number format
    bool struck = false;
};

class Styles {
public:
    /// General for everything.
    Styles() : formats_(1) {}

    /// Reads styles.xml; formats that no cell style uses are not compiled. Throws WorldError.
    void load(const XlsxPackage& package, const std::string& part);
    /// The cell styles in their order. `codes` by id; an id that is not there is a built-in one.
    void set(const std::vector<CellStyle>& styles, const std::map<std::uint32_t, std::string>& codes);
    /// The format of a cell's `s`; General for a style that the workbook does not have.
    [[nodiscard]] const NumberFormat& format(std::uint32_t style) const {
        return formats_[style < by_style_.size() ? by_style_[style] : 0];
    }
    [[nodiscard]] bool struck(std::uint32_t style) const { return style < struck_.size() && struck_[style]; }
    /// Whether any style strikes out: most workbooks have none.
    [[nodiscard]] bool any_struck() const { return !struck_.empty(); }
    [[nodiscard]] std::size_t size() const { return by_style_.size(); }

private:
    std::vector<NumberFormat> formats_;    // the first is General
    std::vector<std::uint32_t> by_style_;  // index into formats_
    std::vector<bool> struck_;             // by style; empty when none is
};

}  // namespace kokai
