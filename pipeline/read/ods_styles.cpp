// SPDX-License-Identifier: Apache-2.0
#include "read/ods_styles.hpp"

#include <algorithm>
#include <charconv>

namespace kokai {
namespace {

constexpr std::size_t most_styles = 100'000;
constexpr std::uint32_t first_own_format = 1'000;  // ids below are Excel's built-in ones
constexpr std::size_t deepest_inheritance = 16;

std::uint32_t number_in(std::string_view text, std::uint32_t otherwise) {
    std::uint32_t value = otherwise;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return std::min(value, 30U);
}

/// Words stand in quotes; marks count as what they are: a percent sign, the dash or slash of a date.
std::string literal_code(std::string_view text) {
    constexpr std::string_view marks = " %:-/";
    std::string code;
    while (!text.empty()) {
        const std::size_t plain = std::min(text.find_first_of(" %:-/\""), text.size());
        if (plain != 0) {
            code += '"';
            code += text.substr(0, plain);
            code += '"';
        } else {
            code += marks.find(text.front()) == std::string_view::npos ? "\\" : "";
            code += text.front();
        }
        text.remove_prefix(std::max<std::size_t>(plain, 1));
    }
    return code;
}

/// number:number, with its grouping, leading zeros and places behind the point.
std::string number_code(const XmlScanner& scanner) {
    const std::string_view places = scanner.attribute("decimal-places");
    const std::uint32_t whole = number_in(scanner.attribute("min-integer-digits"), 0);
    if (places.empty() && whole <= 1) {
        return "General";
    }
    std::string code = scanner.attribute("grouping") == "true" ? "#,##" : whole == 0 ? "#" : "";
    code.append(whole, '0');
    const std::uint32_t behind = number_in(places, 0);
    const std::uint32_t kept = std::min(number_in(scanner.attribute("min-decimal-places"), behind), behind);
    if (behind != 0) {
        code += '.';
        code.append(kept, '0');
        code.append(behind - kept, '#');
    }
    for (std::string_view factor = scanner.attribute("display-factor"); factor.size() > 3 && factor != "1";
         factor.remove_suffix(3)) {
        code += ',';
    }
    return code;
}

std::string moment_code(const XmlScanner& scanner, std::string_view name, bool& overflowing) {
    const bool is_long = scanner.attribute("style") == "long";
    if (name == "year") {
        return "yyyy";
    }
    if (name == "month") {
        return scanner.attribute("textual") == "true" ? "mmm" : is_long ? "mm" : "m";
    }
    if (name == "day") {
        return is_long ? "dd" : "d";
    }
    if (name == "day-of-week") {
        return is_long ? "aaaa" : "aaa";
    }
    if (name == "am-pm") {
        return "AM/PM";
    }
    std::string code = name == "hours" ? "h" : name == "minutes" ? "mm" : name == "seconds" ? "ss" : "";
    if (overflowing && !code.empty()) {
        overflowing = false;
        return "[" + code + "]";
    }
    return code;
}

/// `value()>=0` as `[>=0]`; empty when it is none.
std::string condition_code(std::string text) {
    if (!text.starts_with("value()")) {
        return {};
    }
    text.erase(0, 7);
    if (text.starts_with("!=")) {
        text.replace(0, 2, "<>");
    }
    return "[" + text + "]";
}

}  // namespace

void OdsStyles::read(XmlScanner& scanner) {
    while (scanner.next_child()) {
        const std::string_view name = scanner.name();
        if (number_styles_.size() + cell_styles_.size() + text_styles_.size() + hiding_tables_.size() > most_styles) {
            scanner.fail("セルの書式が多すぎます", "too many cell styles");
        }
        if (name == "style") {
            read_style(scanner);
        } else if (name == "number-style" || name == "currency-style" || name == "percentage-style" ||
                   name == "date-style" || name == "time-style" || name == "text-style") {
            read_number_style(scanner);
        } else {
            scanner.skip_element();
        }
    }
}

void OdsStyles::read_number_style(XmlScanner& scanner) {
    const std::string name = scanner.attribute_text("name");
    NumberStyle style;
    style.code = scanner.name() == "text-style" ? "@" : "";
    bool overflowing = scanner.name() == "time-style" && scanner.attribute("truncate-on-overflow") == "false";
    while (scanner.next_child()) {
        const std::string_view part = scanner.name();
        if (part == "number") {
            style.code += number_code(scanner);
        } else if (part == "scientific-number") {
            style.code += "0.00E+00";
        } else if (part == "fraction") {
            style.code += "# ?/?";
        } else if (part == "text" || part == "currency-symbol") {
            std::string text;
            scanner.append_own_text(text);
            style.code += literal_code(text);
            continue;
        } else if (part == "map" && style.conditions.size() < 2) {
            const std::string condition = condition_code(scanner.attribute_text("condition"));
            if (!condition.empty()) {
                style.conditions.emplace_back(condition, scanner.attribute_text("apply-style-name"));
            }
        } else {
            style.code += moment_code(scanner, part, overflowing);
        }
        scanner.skip_element();
    }
    number_styles_[name] = std::move(style);
}

void OdsStyles::read_style(XmlScanner& scanner) {
    const std::string name = scanner.attribute_text("name");
    const std::string family(scanner.attribute("family"));
    NamedStyle style;
    style.parent = scanner.attribute_text("parent-style-name");
    style.number_style = scanner.attribute_text("data-style-name");
    bool hides = false;
    while (scanner.next_child()) {
        if (const std::string_view line = scanner.attribute("text-line-through-style"); !line.empty()) {
            style.says_struck = true;
            style.struck = line != "none";
        }
        hides = hides || (scanner.name() == "table-properties" && scanner.attribute("display") == "false");
        scanner.skip_element();
    }
    any_struck_ = any_struck_ || style.struck;
    if (family == "table-cell") {
        cell_styles_[name] = std::move(style);
    } else if (family == "text") {
        text_styles_[name] = std::move(style);
    } else if (family == "table" && hides) {
        hiding_tables_[name] = true;
    }
}

std::string OdsStyles::code_of(const std::string& number_style) const {
    const auto found = number_styles_.find(number_style);
    if (found == number_styles_.end()) {
        return {};
    }
    std::string code;
    for (const auto& [condition, name] : found->second.conditions) {
        const auto other = number_styles_.find(name);
        if (other != number_styles_.end()) {
            code += condition + other->second.code + ";";
        }
    }
    return code + found->second.code;
}

void OdsStyles::finish(Styles& styles) {
    std::vector<CellStyle> all{{}};  // 0: a cell without a style
    std::map<std::uint32_t, std::string> codes;
    std::map<std::string, std::uint32_t> ids;
    for (const auto& [name, style] : cell_styles_) {
        CellStyle one;
        std::string number_style;
        bool struck_known = false;
        const NamedStyle* from = &style;
        for (std::size_t depth = 0; from != nullptr && depth < deepest_inheritance; ++depth) {
            number_style = number_style.empty() ? from->number_style : number_style;
            if (from->says_struck && !struck_known) {
                struck_known = true;
                one.struck = from->struck;
            }
            const auto parent = cell_styles_.find(from->parent);
            from = parent != cell_styles_.end() ? &parent->second : nullptr;
        }
        if (const std::string code = code_of(number_style); !code.empty()) {
            const auto [id, is_new] =
                ids.emplace(number_style, first_own_format + static_cast<std::uint32_t>(ids.size()));
            if (is_new) {
                codes[id->second] = code;
            }
            one.format = id->second;
        }
        numbers_[name] = static_cast<std::uint32_t>(all.size());
        all.push_back(one);
    }
    styles.set(all, codes);
}

std::uint32_t OdsStyles::number(std::string_view name) const {
    const auto found = numbers_.find(std::string(name));
    return found != numbers_.end() ? found->second : 0;
}

Strike OdsStyles::strike(std::string_view text_style) const {
    auto found = text_styles_.find(text_style);
    for (std::size_t depth = 0; found != text_styles_.end() && depth < deepest_inheritance; ++depth) {
        if (found->second.says_struck) {
            return found->second.struck ? Strike::struck : Strike::plain;
        }
        found = text_styles_.find(found->second.parent);
    }
    return Strike::as_cell;
}

bool OdsStyles::hides(std::string_view table_style) const {
    return hiding_tables_.find(table_style) != hiding_tables_.end();
}

}  // namespace kokai
