// SPDX-License-Identifier: Apache-2.0
#include "read/xlsx_styles.hpp"

#include "model/error.hpp"
#include "support/text.hpp"
#include "support/xml.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <utility>

namespace kokai {
namespace {

constexpr std::size_t most_styles = 100'000;  // Excel itself allows 65,490
constexpr std::size_t most_formats = 5'000;

class StylesReader : public XmlHandler {
public:
    StylesReader(std::string file, std::string part) : file_(std::move(file)), part_(std::move(part)) {}

    void start(std::string_view name, const XmlAttributes& attributes) override {
        if (name == "cellXfs") {
            in_cell_styles_ = true;
        } else if (name == "numFmt" && !in_differential_) {
            codes[leading_number(attributes["numFmtId"])] = attributes["formatCode"];
            refuse_beyond(codes.size(), most_formats);
        } else if (name == "dxfs") {
            in_differential_ = true;  // conditional formats have numFmt of their own
        } else if (name == "fonts") {
            in_fonts_ = true;
        } else if (name == "font" && in_fonts_) {
            struck_fonts.push_back(false);
            refuse_beyond(struck_fonts.size(), most_styles);
        } else if (name == "strike" && in_fonts_ && !struck_fonts.empty()) {
            struck_fonts.back() = attributes["val"] != "0" && attributes["val"] != "false";
        } else if (name == "xf" && in_cell_styles_) {
            styles.push_back({leading_number(attributes["numFmtId"]), false});
            fonts.push_back(leading_number(attributes["fontId"]));
            refuse_beyond(styles.size(), most_styles);
        }
    }
    void end(std::string_view name) override {
        in_fonts_ = in_fonts_ && name != "fonts";
        in_cell_styles_ = in_cell_styles_ && name != "cellXfs";
        in_differential_ = in_differential_ && name != "dxfs";
    }

    std::map<std::uint32_t, std::string> codes;
    std::vector<CellStyle> styles;
    std::vector<std::uint32_t> fonts;  // of every cell style
    std::vector<bool> struck_fonts;

private:
    void refuse_beyond(std::size_t count, std::size_t most) const {
        if (count > most) {
            throw WorldError(file_, part_ + ": セルの書式が多すぎます", part_ + ": too many cell styles", part_);
        }
    }

    std::string file_, part_;
    bool in_cell_styles_ = false, in_differential_ = false, in_fonts_ = false;
};

}  // namespace

void Styles::load(const XlsxPackage& package, const std::string& part) {
    StylesReader reader(package.shown(), part);
    parse_xml(package.read(part), reader, package.shown(), part);
    for (std::size_t i = 0; i < reader.styles.size(); ++i) {
        const std::uint32_t font = reader.fonts[i];
        reader.styles[i].struck = font < reader.struck_fonts.size() && reader.struck_fonts[font];
    }
    set(reader.styles, reader.codes);
}

void Styles::set(const std::vector<CellStyle>& styles, const std::map<std::uint32_t, std::string>& codes) {
    std::map<std::uint32_t, std::uint32_t> compiled;  // by number format id
    by_style_.clear();
    by_style_.reserve(styles.size());
    struck_.clear();
    if (std::any_of(styles.begin(), styles.end(), [](const CellStyle& style) { return style.struck; })) {
        struck_.reserve(styles.size());
        for (const CellStyle& style : styles) {
            struck_.push_back(style.struck);
        }
    }
    for (const CellStyle& style : styles) {
        const auto [entry, is_new] = compiled.emplace(style.format, 0);
        if (is_new) {
            // A workbook may give a built-in id a code of its own (Excel in other languages does).
            const auto own = codes.find(style.format);
            const std::optional<std::string_view> code =
                own != codes.end() ? std::optional<std::string_view>(own->second) : built_in_format(style.format);
            NumberFormat format = code ? NumberFormat(*code) : NumberFormat();
            if (!format.is_general()) {
                entry->second = static_cast<std::uint32_t>(formats_.size());
                formats_.push_back(std::move(format));
            }
        }
        by_style_.push_back(entry->second);
    }
}

}  // namespace kokai
