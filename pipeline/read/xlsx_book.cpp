// SPDX-License-Identifier: Apache-2.0
#include "read/xlsx_book.hpp"

#include "model/error.hpp"
#include "read/xlsx_sheet.hpp"
#include "support/text.hpp"

namespace kokai {

XlsxBook::XlsxBook(XlsxPackage package, Readings readings)
    : SheetBook(package.shown(), readings), package_(std::move(package)) {
    workbook_ = read_workbook(package_);
    if (!workbook_.styles_part.empty()) {
        styles_.load(package_, workbook_.styles_part);
    }
    if (!workbook_.strings_part.empty()) {
        strings_.load(package_, workbook_.strings_part, styles_.any_struck());
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
    const CellLinks& listed = links(index);
    const SheetContext context{listed.empty() ? nullptr : &listed, !workbook_.external_books.empty(),
                               styles_.any_struck()};
    return std::make_unique<SheetReader>(package_, sheet.part, readings_, SheetLimits{}, context);
}

/// They stand behind the cells, so the sheet is gone through once before; but only when its relationships know any.
const CellLinks& XlsxBook::links(std::size_t index) const {
    const auto [found, is_new] = links_.try_emplace(index);
    CellLinks& links = found->second;
    if (!is_new) {
        return links;
    }
    const std::string& part = workbook_.sheets[index].part;
    std::map<std::string, std::string, std::less<>> targets;
    for (const Relationship& one : package_.relationships(part)) {
        if (one.type == "hyperlink" && one.external) {
            targets[one.id] = one.outside;
        }
    }
    if (targets.empty()) {
        return links;
    }
    PartReader bytes = package_.open(part);
    XmlScanner scanner(bytes, shown_, bytes.part());
    scanner.next();
    while (scanner.next_child()) {
        if (scanner.name() != "hyperlinks") {
            scanner.skip_element();
            continue;
        }
        while (scanner.next_child()) {
            CellRange range;
            const auto target = targets.find(scanner.attribute_text("id"));
            if (target != targets.end() && read_range(scanner.attribute("ref"), range)) {
                const std::string place = scanner.attribute_text("location");
                const bool whole = place.empty() || target->second.find('#') != std::string::npos;
                links.add(range, whole ? target->second : target->second + "#" + place);
            }
            scanner.skip_element();
        }
    }
    links.finish();
    return links;
}

/// The anchors of a drawing: each holds one object and says in which cell it begins.
SheetObjects XlsxBook::objects(std::size_t index) const {
    constexpr std::size_t most_cells = 5;
    SheetObjects found;
    const std::string& part = workbook_.sheets[index].part;
    for (const Relationship& one : part.empty() ? std::vector<Relationship>{} : package_.relationships(part)) {
        if (one.type != "drawing" || one.external || !package_.has(one.target)) {
            continue;
        }
        PartReader bytes = package_.open(one.target);
        XmlScanner scanner(bytes, shown_, bytes.part());
        scanner.next();
        while (scanner.next_child()) {
            if (!scanner.name().ends_with("Anchor")) {
                scanner.skip_element();
                continue;
            }
            ++found.count;
            std::string column;
            std::string row;
            while (scanner.next_child()) {
                const bool from = scanner.name() == "from" && column.empty();
                if (!from) {
                    scanner.skip_element();
                    continue;
                }
                while (scanner.next_child()) {
                    const std::string name(scanner.name());
                    std::string ignored;
                    scanner.append_own_text(name == "col" ? column : name == "row" ? row : ignored);
                }
            }
            const std::uint32_t number = leading_number(column) + 1;
            if (!column.empty() && found.cells.size() < most_cells && number <= most_sheet_columns) {
                found.cells.push_back(column_letters(number) + std::to_string(leading_number(row) + 1));
            }
        }
    }
    return found;
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

void XlsxBook::each_comment(std::size_t index,
                            const std::function<void(std::uint32_t, std::uint32_t, std::string_view)>& take) const {
    const WorkbookSheet& sheet = workbook_.sheets[index];
    if (sheet.part.empty()) {
        return;
    }
    for (const Relationship& one : package_.relationships(sheet.part)) {
        if ((one.type != "comments" && one.type != "threadedComment") || one.external || !package_.has(one.target)) {
            continue;
        }
        PartReader bytes = package_.open(one.target);
        XmlScanner scanner(bytes, shown_, bytes.part());
        CellRange place;
        std::string text;
        bool in_text = false;
        for (XmlScanner::Event event = scanner.next(); event != XmlScanner::Event::finished; event = scanner.next()) {
            if (event == XmlScanner::Event::start) {
                if (scanner.name() == "comment" || scanner.name() == "threadedComment") {
                    place = {};
                    text.clear();
                    read_range(scanner.attribute("ref"), place);
                }
                in_text = scanner.name() == "t" || scanner.name() == "text";
            } else if (event == XmlScanner::Event::text && in_text) {
                scanner.append_text(text);
            } else if (event == XmlScanner::Event::end) {
                in_text = false;
                if ((scanner.name() == "comment" || scanner.name() == "threadedComment") && !text.empty()) {
                    take(place.first_row, place.first_column, text);
                    text.clear();
                }
            }
        }
    }
}

}  // namespace kokai
