// SPDX-License-Identifier: Apache-2.0
// The cell styles of an OpenDocument spreadsheet. Its number formats are XML; they are rewritten as Excel's format
// codes, so that a cell shows the same whichever kind of workbook it stands in.
#pragma once

#include "read/strikes.hpp"
#include "read/xlsx_styles.hpp"
#include "read/xml_scanner.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace kokai {

class OdsStyles {
public:
    /// Reads the styles inside the element whose start was the scanner's last event, to its end. Called once for each
    /// part that has some.
    void read(XmlScanner& scanner);
    /// After the last read(): hands all to `styles`, under the numbers that number() gives.
    void finish(Styles& styles);

    /// Of a cell style, 0 for one that nobody defined.
    [[nodiscard]] std::uint32_t number(std::string_view name) const;
    /// What a text style says of a part of a text.
    [[nodiscard]] Strike strike(std::string_view text_style) const;
    /// Whether any style, of cells or of texts, strikes out.
    [[nodiscard]] bool any_struck() const { return any_struck_; }
    /// Whether a table style hides its sheet.
    [[nodiscard]] bool hides(std::string_view table_style) const;

private:
    struct NumberStyle {
        std::string code;
        std::vector<std::pair<std::string, std::string>> conditions;  // [>=0], name of the style that then counts
    };
    struct NamedStyle {
        std::string parent, number_style;
        bool says_struck = false, struck = false;
    };

    void read_number_style(XmlScanner& scanner);
    void read_style(XmlScanner& scanner);
    [[nodiscard]] std::string code_of(const std::string& number_style) const;

    std::map<std::string, NumberStyle, std::less<>> number_styles_;
    std::map<std::string, NamedStyle, std::less<>> cell_styles_;
    std::map<std::string, NamedStyle, std::less<>> text_styles_;
    bool any_struck_ = false;
    std::map<std::string, bool, std::less<>> hiding_tables_;
    std::unordered_map<std::string, std::uint32_t> numbers_;
};

}  // namespace kokai
