// SPDX-License-Identifier: Apache-2.0
#include "read/ods_book.hpp"

#include "model/error.hpp"
#include "read/ods_sheet.hpp"
#include "support/text.hpp"
#include "support/xml.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace kokai {
namespace {

constexpr std::size_t most_sheets = 2'000;

/// A shape that is tied to a cell stands in it.
bool is_shape(std::string_view name) {
    constexpr std::array<std::string_view, 12> shapes{"frame",     "custom-shape", "line",    "rect",
                                                      "ellipse",   "circle",       "polygon", "polyline",
                                                      "connector", "caption",      "control", "g"};
    return std::find(shapes.begin(), shapes.end(), name) != shapes.end();
}

}  // namespace

OdsBook::OdsBook(XlsxPackage package, Readings readings)
    : SheetBook(package.shown(), readings), package_(std::move(package)) {
    refuse_what_is_no_spreadsheet();
    read_styles();
    read_content();
    cell_styles_.finish(styles_);
    read_saved_date();
}

void OdsBook::refuse_what_is_no_spreadsheet() const {
    if (package_.has("META-INF/manifest.xml") &&
        package_.read("META-INF/manifest.xml").find("encryption-data") != std::string::npos) {
        throw WorldError(shown_, "パスワードで保護された OpenDocument のファイルです。保護を外して保存し直してください",
                         "is an OpenDocument file protected by a password: save it without one");
    }
    const std::string kind = package_.has("mimetype") ? package_.read("mimetype") : std::string();
    if (kind.find("opendocument") != std::string::npos && kind.find(".spreadsheet") == std::string::npos) {
        throw WorldError(shown_, "表計算ではない OpenDocument の文書です（" + kind.substr(0, 100) + "）",
                         "is an OpenDocument file, but no spreadsheet (" + kind.substr(0, 100) + ")");
    }
}

void OdsBook::read_styles() {
    if (!package_.has("styles.xml")) {
        return;
    }
    PartReader bytes = package_.open("styles.xml");
    XmlScanner scanner(bytes, shown_, bytes.part());
    for (XmlScanner::Event event = scanner.next(); event != XmlScanner::Event::finished; event = scanner.next()) {
        if (event == XmlScanner::Event::start && scanner.depth() == 2) {
            if (scanner.name() == "styles" || scanner.name() == "automatic-styles") {
                cell_styles_.read(scanner);
            } else {
                scanner.skip_element();
            }
        }
    }
}

/// One look through all sheets: their names, whether they are hidden, how many comments they have.
void OdsBook::read_content() {
    workbook_.part = "content.xml";
    PartReader bytes = package_.open(workbook_.part);
    XmlScanner scanner(bytes, shown_, bytes.part());
    bool is_spreadsheet = false;
    for (XmlScanner::Event event = scanner.next(); event != XmlScanner::Event::finished; event = scanner.next()) {
        if (event != XmlScanner::Event::start) {
            continue;
        }
        const std::string_view name = scanner.name();
        if (scanner.depth() == 2 && name == "automatic-styles") {
            cell_styles_.read(scanner);
        } else if (scanner.depth() == 3 && name == "spreadsheet") {
            is_spreadsheet = true;
        } else if (scanner.depth() == 4 && is_spreadsheet && name == "table") {
            if (workbook_.sheets.size() == most_sheets) {
                scanner.fail("シートが多すぎます", "too many sheets");
            }
            WorkbookSheet sheet;
            sheet.name = scanner.attribute_text("name");
            sheet.part = workbook_.part;
            sheet.hidden = cell_styles_.hides(scanner.attribute_text("style-name"));
            workbook_.sheets.push_back(std::move(sheet));
            comments_.push_back(0);
            objects_.push_back(0);
        } else if (name == "ruby") {
            inline_readings_ = true;
        } else if (name == "annotation" && !comments_.empty()) {
            ++comments_.back();
            scanner.skip_element();
        } else if (name == "shapes" && !objects_.empty()) {
            while (scanner.next_child()) {
                ++objects_.back();
                scanner.skip_element();
            }
        } else if (is_shape(name) && !objects_.empty()) {
            ++objects_.back();
            scanner.skip_element();
        } else if (scanner.depth() == 4 || name == "shapes") {
            scanner.skip_element();  // tracked changes hold deleted cells, shapes hold texts that are no cells
        }
    }
    if (!is_spreadsheet) {
        throw WorldError(shown_, "表計算ではない OpenDocument の文書です",
                         "is an OpenDocument file, but no spreadsheet", workbook_.part);
    }
}

void OdsBook::read_saved_date() {
    if (!package_.has("meta.xml")) {
        return;
    }
    PartReader bytes = package_.open("meta.xml");
    XmlScanner scanner(bytes, shown_, bytes.part());
    bool inside = false;
    std::string date;
    for (XmlScanner::Event event = scanner.next(); event != XmlScanner::Event::finished; event = scanner.next()) {
        if (event == XmlScanner::Event::text && inside) {
            scanner.append_text(date);
        } else {
            inside = event == XmlScanner::Event::start && scanner.name() == "date" && date.empty();
        }
    }
    workbook_.modified = iso_date_of(date);
}

/// Goes through the sheet once more, but only when the first look saw comments on it.
void OdsBook::each_comment(std::size_t index,
                           const std::function<void(std::uint32_t, std::uint32_t, std::string_view)>& take) const {
    if (comments_[index] == 0) {
        return;
    }
    PartReader bytes = package_.open(workbook_.part);
    XmlScanner scanner(bytes, shown_, bytes.part());
    std::size_t sheets = 0;
    std::uint32_t row = 0;
    std::uint32_t column = 0;
    std::uint32_t next_row = 1;
    std::uint32_t next_column = 1;
    std::size_t annotation = 0;  // the depth of the one that is open
    std::string text;
    for (XmlScanner::Event event = scanner.next(); event != XmlScanner::Event::finished; event = scanner.next()) {
        const std::string_view name = scanner.name();
        if (event == XmlScanner::Event::text) {
            if (annotation != 0) {
                scanner.append_text(text);
            }
        } else if (event == XmlScanner::Event::end) {
            if (annotation != 0 && name == "annotation") {
                take(row, column, text);
                annotation = 0;
            }
        } else if (scanner.depth() == 4 && name == "table") {
            if (sheets++ != index) {
                scanner.skip_element();
            }
        } else if (name == "annotation") {
            annotation = scanner.depth();
            text.clear();
        } else if (annotation != 0) {
            text += text.empty() ? "" : " ";
        } else if (name == "table-row") {
            row = next_row;
            next_row += leading_number(scanner.attribute("number-rows-repeated"), 1);
            next_column = 1;
        } else if (name == "table-cell" || name == "covered-table-cell") {
            column = next_column;
            next_column += leading_number(scanner.attribute("number-columns-repeated"), 1);
        }
    }
}

std::unique_ptr<SheetRows> OdsBook::open_stored(std::size_t index) const {
    return std::make_unique<OdsSheet>(package_, index, cell_styles_, readings_);
}

}  // namespace kokai
