// SPDX-License-Identifier: Apache-2.0
// Workbooks made in a test from the XML of their parts, so that each case shows exactly what it is about.
#pragma once

#include "tests/unit/support/temporary_folder.hpp"

#include <zip.h>

#include <filesystem>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace kokai::testing {

/// A zip archive of the given entries, in their order.
inline void write_zip(const std::filesystem::path& path,
                      const std::vector<std::pair<std::string, std::string>>& entries) {
    int error = 0;
    zip_t* const archive = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &error);
    if (archive == nullptr) {
        throw std::runtime_error("no zip archive");
    }
    for (const auto& [name, bytes] : entries) {
        zip_source_t* const source = zip_source_buffer(archive, bytes.data(), bytes.size(), 0);
        if (zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8) < 0) {
            throw std::runtime_error("cannot add " + name);
        }
    }
    if (zip_close(archive) != 0) {
        throw std::runtime_error("cannot write the zip archive");
    }
}

/// A workbook of one visible sheet unless told otherwise.
class TestWorkbook {
public:
    /// `rows` is what stands in <sheetData>.
    explicit TestWorkbook(const std::string& rows = {}) { sheet("Sheet1", rows); }

    /// Adds a sheet; the first call after the constructor replaces its empty one. `behind` follows <sheetData>.
    TestWorkbook& sheet(const std::string& name, const std::string& rows, const std::string& state = {},
                        const std::string& behind = {}) {
        if (sheets_.size() == 1 &&
            parts_["xl/worksheets/sheet1.xml"].find("<sheetData></sheetData>") != std::string::npos) {
            sheets_.clear();
        }
        sheets_.emplace_back(name, state);
        parts_["xl/worksheets/sheet" + std::to_string(sheets_.size()) + ".xml"] =
            head_ + "<worksheet " + main_ + "><sheetData>" + rows + "</sheetData>" + behind + "</worksheet>";
        return *this;
    }
    /// <si> elements.
    TestWorkbook& strings(const std::string& items) {
        return part("xl/sharedStrings.xml", head_ + "<sst " + main_ + ">" + items + "</sst>");
    }
    /// Number formats in the order of the cell styles: `s="0"` is the first. A number of at most two digits is a
    /// built-in id.
    TestWorkbook& formats(const std::vector<std::string>& codes) {
        std::string own, styles;
        int id = 164;
        for (const std::string& code : codes) {
            if (code.size() <= 2 && code.find_first_not_of("0123456789") == std::string::npos) {
                styles += "<xf numFmtId=\"" + code + "\"/>";
                continue;
            }
            own += "<numFmt numFmtId=\"" + std::to_string(id) + "\" formatCode=\"" + escaped(code) + "\"/>";
            styles += "<xf numFmtId=\"" + std::to_string(id++) + "\"/>";
        }
        return part("xl/styles.xml", head_ + "<styleSheet " + main_ + "><numFmts>" + own +
                                         "</numFmts><cellStyleXfs><xf numFmtId=\"9\"/></cellStyleXfs><cellXfs>" +
                                         styles + "</cellXfs></styleSheet>");
    }
    TestWorkbook& properties(const std::string& xml) {
        properties_ = xml;
        return *this;
    }
    /// Sets or replaces a part.
    TestWorkbook& part(const std::string& name, const std::string& bytes) {
        parts_[name] = bytes;
        return *this;
    }
    TestWorkbook& without(const std::string& name) {
        left_out_.push_back(name);
        return *this;
    }

    std::filesystem::path write(const TemporaryFolder& folder, const std::string& name = "表.xlsx") const {
        std::map<std::string, std::string> parts = parts_;
        const auto add = [&parts](const std::string& part, const std::string& bytes) { parts.emplace(part, bytes); };
        add("_rels/.rels", head_ + relationships_ + relation("rId1", "officeDocument", "xl/workbook.xml") +
                               "<Relationship Id=\"rId2\" "
                               "Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/"
                               "core-properties\" Target=\"docProps/core.xml\"/></Relationships>");
        std::string sheets,
            relations = relation("s", "sharedStrings", "sharedStrings.xml") + relation("f", "styles", "styles.xml");
        for (std::size_t i = 0; i < sheets_.size(); ++i) {
            const std::string number = std::to_string(i + 1);
            sheets += "<sheet name=\"" + escaped(sheets_[i].first) + "\" sheetId=\"" + number + "\"" +
                      (sheets_[i].second.empty() ? "" : " state=\"" + sheets_[i].second + "\"") + " r:id=\"rId" +
                      number + "\"/>";
            relations += relation("rId" + number, "worksheet", "/xl/worksheets/sheet" + number + ".xml");
        }
        add("xl/workbook.xml",
            head_ + "<workbook " + main_ +
                " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><workbookPr " +
                properties_ + "/><sheets>" + sheets + "</sheets></workbook>");
        add("xl/_rels/workbook.xml.rels", head_ + relationships_ + relations + "</Relationships>");
        add("xl/sharedStrings.xml", head_ + "<sst " + main_ + "/>");
        add("xl/styles.xml", head_ + "<styleSheet " + main_ + "/>");
        for (const std::string& gone : left_out_) {
            parts.erase(gone);
        }
        write_zip(folder.path() / name, {parts.begin(), parts.end()});
        return folder.path() / name;
    }

    static std::string escaped(const std::string& text) {
        std::string result;
        for (const char letter : text) {
            result += letter == '&'   ? "&amp;"
                      : letter == '<' ? "&lt;"
                      : letter == '"' ? "&quot;"
                                      : std::string(1, letter);
        }
        return result;
    }
    static std::string relation(const std::string& id, const std::string& type, const std::string& target) {
        return "<Relationship Id=\"" + id +
               "\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/" + type +
               "\" Target=\"" + target + "\"/>";
    }

private:
    std::string head_ = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    std::string main_ = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    std::string relationships_ =
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
    std::string properties_;
    std::vector<std::pair<std::string, std::string>> sheets_;
    std::map<std::string, std::string> parts_;
    std::vector<std::string> left_out_;
};

/// <c> with an inline text.
inline std::string inline_cell(const std::string& reference, const std::string& text) {
    return "<c r=\"" + reference + "\" t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
}

/// A row of inline texts from column A on.
inline std::string inline_row(int number, const std::vector<std::string>& texts) {
    std::string row = "<row r=\"" + std::to_string(number) + "\">";
    char column = 'A';
    for (const std::string& text : texts) {
        row += text.empty() ? "" : inline_cell(column + std::to_string(number), text);
        ++column;
    }
    return row + "</row>";
}

}  // namespace kokai::testing
