// SPDX-License-Identifier: Apache-2.0
#include "read/xlsx_book.hpp"

#include "model/error.hpp"
#include "read/xlsx_sheet.hpp"

namespace kokai {

XlsxBook::XlsxBook(const std::filesystem::path& path, const std::string& shown, Readings readings)
    : SheetBook(shown, readings), package_(path, shown) {
    workbook_ = read_workbook(package_);
    if (!workbook_.styles_part.empty()) {
        styles_.load(package_, workbook_.styles_part);
    }
    if (!workbook_.strings_part.empty()) {
        strings_.load(package_, workbook_.strings_part);
    }
}

std::unique_ptr<SheetRows> XlsxBook::open_sheet(std::size_t index) const {
    const WorkbookSheet& sheet = workbook_.sheets[index];
    if (sheet.part.empty()) {
        throw WorldError(
            package_.shown(),
            "シート「" + sheet.name + "」の中身がどこにあるか分かりません。Excel で開いて保存し直してください",
            "the contents of sheet \"" + sheet.name + "\" cannot be found: open and save the file in Excel",
            workbook_.part);
    }
    return std::make_unique<SheetReader>(package_, sheet.part, readings_);
}

}  // namespace kokai
