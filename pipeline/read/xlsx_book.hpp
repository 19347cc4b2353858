// SPDX-License-Identifier: Apache-2.0
// An open .xlsx or .xlsm (macros are never looked at): its parts together.
#pragma once

#include "read/cell_link.hpp"
#include "read/sheet_book.hpp"
#include "read/xlsx_package.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <string>

namespace kokai {

class XlsxBook : public SheetBook {
public:
    /// Opens and reads all but the sheets. Throws WorldError.
    XlsxBook(XlsxPackage package, Readings readings);

    [[nodiscard]] std::string format() const override { return "xlsx"; }
    [[nodiscard]] const XlsxPackage& package() const { return package_; }
    [[nodiscard]] std::uint64_t comments(std::size_t index) const override;
    [[nodiscard]] SheetObjects objects(std::size_t index) const override;

private:
    [[nodiscard]] std::unique_ptr<SheetRows> open_stored(std::size_t index) const override;
    void each_comment(std::size_t index,
                      const std::function<void(std::uint32_t, std::uint32_t, std::string_view)>& take) const override;

    [[nodiscard]] const CellLinks& links(std::size_t index) const;

    XlsxPackage package_;
    mutable std::map<std::size_t, CellLinks> links_;  // by sheet, once asked for
};

}  // namespace kokai
