// SPDX-License-Identifier: Apache-2.0
// The number format of every cell style: all that a reader of values wants from styles.xml.
#pragma once

#include "read/xlsx_format.hpp"
#include "read/xlsx_package.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace kokai {

class Styles {
public:
    /// General for everything.
    Styles() : formats_(1) {}

    /// Reads styles.xml; formats that no cell style uses are not compiled. Throws WorldError.
    void load(const XlsxPackage& package, const std::string& part);
    /// The format of a cell's `s`; General for a style that the workbook does not have.
    [[nodiscard]] const NumberFormat& format(std::uint32_t style) const {
        return formats_[style < by_style_.size() ? by_style_[style] : 0];
    }
    [[nodiscard]] std::size_t size() const { return by_style_.size(); }

private:
    std::vector<NumberFormat> formats_;    // the first is General
    std::vector<std::uint32_t> by_style_;  // index into formats_
};

}  // namespace kokai
