// SPDX-License-Identifier: Apache-2.0
#include "read/xlsx_workbook.hpp"

#include "model/error.hpp"
#include "read/xlsx_kind.hpp"
#include "support/xml.hpp"

#include <simdjson.h>

#include <algorithm>
#include <charconv>
#include <utility>

namespace kokai {
namespace {

constexpr std::size_t most_sheets = 2'000;

bool is_true(std::string_view value) {
    return value == "1" || value == "true";
}

const Relationship* find_type(const std::vector<Relationship>& all, std::string_view type) {
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&](const Relationship& one) { return one.type == type && !one.external; });
    return found != all.end() ? &*found : nullptr;
}

class WorkbookReader : public XmlHandler {
public:
    WorkbookReader(std::string file, const std::vector<Relationship>& relationships, WorkbookIndex& workbook)
        : file_(std::move(file)), relationships_(relationships), workbook_(workbook) {}

    void start(std::string_view name, const XmlAttributes& attributes) override {
        if (depth_++ == 0) {
            is_workbook = name == "workbook";
        } else if (name == "workbookPr") {
            workbook_.dates_from_1904 = is_true(attributes["date1904"]);
        } else if (name == "sheets") {
            in_sheets_ = true;
        } else if (name == "sheet" && in_sheets_) {
            add_sheet(attributes);
        } else if (name == "externalReference" && external.size() < most_sheets) {
            external.emplace_back(attributes["id"]);
        }
    }
    void end(std::string_view name) override {
        --depth_;
        in_sheets_ = in_sheets_ && name != "sheets";
    }

    bool is_workbook = false;
    std::vector<std::string> external;  // relationships of other workbooks, in the order of [1], [2] …

private:
    void add_sheet(const XmlAttributes& attributes) {
        if (workbook_.sheets.size() == most_sheets) {
            throw WorldError(file_, workbook_.part + ": シートが多すぎます", workbook_.part + ": too many sheets",
                             workbook_.part);
        }
        WorkbookSheet sheet;
        sheet.name = attributes["name"];
        const std::string_view state = attributes["state"];
        sheet.hidden = state == "hidden" || state == "veryHidden";
        const std::string_view id = attributes["id"];  // r:id
        const auto found = std::find_if(relationships_.begin(), relationships_.end(),
                                        [&](const Relationship& one) { return one.id == id; });
        if (found != relationships_.end()) {
            if (found->type != "worksheet" || found->external) {
                return;
            }
            if (found->target == workbook_.part || found->target.empty()) {
                throw WorldError(
                    file_, "シート「" + sheet.name + "」の関係が循環しているか、ファイルの外を指しています",
                    "the relationship of sheet \"" + sheet.name + "\" leads in a circle or out of the file",
                    workbook_.part);
            }
            sheet.part = found->target;
            if (std::any_of(workbook_.sheets.begin(), workbook_.sheets.end(),
                            [&](const WorkbookSheet& other) { return other.part == sheet.part; })) {
                throw WorldError(file_, "二つのシートが同じ " + sheet.part + " を指しています",
                                 "two sheets name the same part " + sheet.part, workbook_.part);
            }
        }
        workbook_.sheets.push_back(std::move(sheet));
    }

    std::string file_;
    const std::vector<Relationship>& relationships_;
    WorkbookIndex& workbook_;
    std::size_t depth_ = 0;
    bool in_sheets_ = false;
};

class PropertiesReader : public XmlHandler {
public:
    void start(std::string_view name, const XmlAttributes& /*attributes*/) override { inside_ = name == "modified"; }
    void end(std::string_view /*name*/) override { inside_ = false; }
    void text(std::string_view piece) override {
        if (inside_ && modified.size() < 64) {
            modified += piece.substr(0, 64);
        }
    }
    std::string modified;

private:
    bool inside_ = false;
};

/// The last part of an address, its %XX decoded: a folder of the city's network is nobody's business.
std::string file_name_of(std::string_view address) {
    const std::size_t slash = address.find_last_of("/\\");
    address = address.substr(slash == std::string_view::npos ? 0 : slash + 1).substr(0, 300);
    std::string name;
    for (std::size_t i = 0; i < address.size(); ++i) {
        unsigned code = 0;
        if (address[i] == '%' && i + 2 < address.size() &&
            std::from_chars(address.data() + i + 1, address.data() + i + 3, code, 16).ptr == address.data() + i + 3) {
            name += static_cast<char>(code);
            i += 2;
        } else {
            name += address[i];
        }
    }
    return simdjson::validate_utf8(name.data(), name.size()) ? name : std::string(address);
}

}  // namespace

std::string iso_date_of(std::string_view stamp) {
    const std::string_view date = stamp.substr(0, 10);
    if (date.size() != 10) {
        return {};
    }
    for (std::size_t i = 0; i < date.size(); ++i) {
        const bool dash = i == 4 || i == 7;
        if (dash ? date[i] != '-' : (date[i] < '0' || date[i] > '9')) {
            return {};
        }
    }
    return std::string(date);
}

WorkbookIndex read_workbook(const XlsxPackage& package) {
    const std::vector<Relationship> roots = package.relationships("");
    const Relationship* const document = find_type(roots, "officeDocument");
    if (document == nullptr && package.has("xl/workbook.xml")) {
        throw WorldError(package.shown(), "中にあるはずの _rels/.rels がないか、ブックを指していません",
                         "its part _rels/.rels is missing or does not name the workbook", "_rels/.rels");
    }
    if (document == nullptr || !document->target.ends_with(".xml") || document->target.starts_with("word/") ||
        document->target.starts_with("ppt/")) {
        refuse_other_package(package.names(), package.shown());
    }
    WorkbookIndex workbook;
    workbook.part = document->target;
    const std::vector<Relationship> relationships = package.relationships(workbook.part);
    const auto target_of = [&](std::string_view type) {
        const Relationship* const found = find_type(relationships, type);
        return found != nullptr ? found->target : std::string();
    };
    workbook.strings_part = target_of("sharedStrings");
    workbook.styles_part = target_of("styles");
    WorkbookReader reader(package.shown(), relationships, workbook);
    parse_xml(package.read(workbook.part), reader, package.shown(), workbook.part);
    if (!reader.is_workbook) {
        throw WorldError(package.shown(), workbook.part + " は Excel のブックではありません",
                         workbook.part + " is not a workbook", workbook.part);
    }
    for (const std::string& id : reader.external) {
        std::string name;
        for (const Relationship& one : relationships) {
            if (one.id == id && one.type == "externalLink" && !one.external) {
                for (const Relationship& path : package.relationships(one.target)) {
                    name = path.external && name.empty() ? file_name_of(path.outside) : name;
                }
            }
        }
        workbook.external_books.push_back(std::move(name));
    }
    const Relationship* const properties = find_type(roots, "core-properties");
    if (properties != nullptr && package.has(properties->target)) {
        PropertiesReader core;
        parse_xml(package.read(properties->target), core, package.shown(), properties->target);
        workbook.modified = iso_date_of(core.modified);
    }
    return workbook;
}

}  // namespace kokai
