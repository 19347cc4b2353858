// SPDX-License-Identifier: Apache-2.0
// An OpenDocument spreadsheet (.ods).
#pragma once

#include "read/ods_styles.hpp"
#include "read/sheet_book.hpp"
#include "read/xlsx_package.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace kokai {

class OdsBook : public SheetBook {
public:
    /// Reads all but the cells. Throws WorldError, also for a document with a password or of another kind.
    OdsBook(XlsxPackage package, Readings readings);

    [[nodiscard]] std::string format() const override { return "ods"; }
    [[nodiscard]] std::uint64_t comments(std::size_t index) const override { return comments_[index]; }
    [[nodiscard]] SheetObjects objects(std::size_t index) const override { return {objects_[index], {}}; }

private:
    [[nodiscard]] std::unique_ptr<SheetRows> open_stored(std::size_t index) const override;
    void each_comment(std::size_t index,
                      const std::function<void(std::uint32_t, std::uint32_t, std::string_view)>& take) const override;
    void refuse_what_is_no_spreadsheet() const;
    void read_styles();
    void read_content();
    void read_saved_date();

    XlsxPackage package_;
    OdsStyles cell_styles_;
    std::vector<std::uint64_t> comments_, objects_;  // by sheet
};

}  // namespace kokai
