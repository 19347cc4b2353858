// SPDX-License-Identifier: Apache-2.0
#include "read/xlsx_book.hpp"

#include "model/error.hpp"
#include "read/xlsx_sheet.hpp"

namespace kokai {

XlsxBook::XlsxBook(XlsxPackage package, Readings readings)
    : SheetBook(package.shown(), readings), package_(std::move(package)) {
    workbook_ = read_workbook(package_);
    if (!workbook_.styles_part.empty()) {
        styles_.load(package_, workbook_.styles_part);
    }
    if (!workbook_.strings_part.empty()) {
        strings_.load(package_, workbook_.strings_part);
    }
}

std::unique_ptr<SheetRows> XlsxBook::open_stored(std::size_t index) const {
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

std::uint64_t XlsxBook::comments(std::size_t index) const {
    const WorkbookSheet& sheet = workbook_.sheets[index];
    std::uint64_t count = 0;
    if (sheet.part.empty()) {
        return count;
    }
    for (const Relationship& one : package_.relationships(sheet.part)) {
        // A threaded comment has an old-style twin in "comments" for older versions of Excel.
        if (one.type != "comments" || one.external || !package_.has(one.target)) {
            continue;
        }
        PartReader bytes = package_.open(one.target);
        XmlScanner scanner(bytes, shown_, bytes.part());
        for (XmlScanner::Event event = scanner.next(); event != XmlScanner::Event::finished; event = scanner.next()) {
            if (event == XmlScanner::Event::start && scanner.name() == "comment") {
                ++count;
                scanner.skip_element();
            }
        }
    }
    return count;
}

}  // namespace kokai
