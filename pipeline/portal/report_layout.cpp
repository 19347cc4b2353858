// SPDX-License-Identifier: Apache-2.0
#include "portal/report_layout.hpp"

#include "model/finding.hpp"
#include "portal/report_json.hpp"
#include "portal/wording.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace kokai {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t most_rows = 80;  // shown; report.json has all of them
constexpr double quite_sure = 0.8;     // below, the reader is asked to look

/// 3 行目, 5〜20 行目, 5 行目から最後まで; nothing for a whole sheet.
std::string rows_words(std::uint64_t first, std::uint64_t last) {
    if (first == 0) {
        return {};
    }
    if (last == 0) {
        return grouped(first) + " 行目から最後まで";
    }
    return grouped(first) + (last == first ? "" : "〜" + grouped(last)) + " 行目";
}

/// The rows of the header: 1, or 2〜3.
std::string header_words(const Json& source) {
    const Json& rows = list_at(source, "header_rows");
    std::string words;
    for (const Json& row : rows) {
        words += (words.empty() ? "" : "・") + row.dump();
    }
    return words.empty() ? words : words + " 行目";
}

bool is_taken(std::string_view as) {
    return as == "data" || as == "header";
}

/// What stands in front of " / " is Japanese, behind it English: so the program writes what it says in both.
void add_languages(Json& value, const std::string& text) {
    constexpr std::string_view between = " / ";
    const std::size_t at = text.rfind(between);
    value["evidence"] = text.substr(0, at);
    value["evidence_en"] = at == std::string::npos ? std::string() : text.substr(at + between.size());
}

Json evidence_value(const std::string& text) {
    Json value;
    if (text == "name") {
        value["evidence"] = "見出しが項目の名前と同じ";
        value["evidence_en"] = "the header is the field's name";
    } else if (text == "dataset.json") {
        value["evidence"] = "dataset.json の指定";
        value["evidence_en"] = "said in dataset.json";
    } else {
        add_languages(value, text);
    }
    return value;
}

std::string sureness(const Json& column) {
    const auto found = column.find("confidence");
    if (found == column.end() || !found->is_number()) {
        return text_at(column, "confidence");
    }
    const double sure = found->get<double>();
    return fmt::format("{:.0f} %{}", sure * 100, sure < quite_sure ? "（念のため確かめてください）" : "");
}

}  // namespace

Json layout_value(const Json& source) {
    const Json& layout = list_at(source, "layout");
    Json value{{"layout_path", text_at(source, "path")},
               {"layout_sheet", text_at(source, "sheet")},
               {"layout_header", header_words(source)},
               {"layout_data", grouped(count_at(source, "data_rows"))},
               {"layout_rows", Json::array()}};
    const std::string read = text_at(source, "sheet");
    const bool sheets =
        std::any_of(layout.begin(), layout.end(), [&](const Json& one) { return text_at(one, "sheet") != read; });
    for (std::size_t i = 0; i < std::min(most_rows, layout.size()); ++i) {
        const Json& one = layout[i];
        value["layout_rows"].push_back(
            {{"layout_where", rows_words(count_at(one, "first_row"), count_at(one, "last_row"))},
             {"layout_of", sheets ? text_at(one, "sheet") : std::string()},
             {"layout_taken", is_taken(text_at(one, "as"))},
             {"layout_ja", text_at(one, "reason_ja")},
             {"layout_en", text_at(one, "reason_en")},
             {"layout_text", printable(text_at(one, "text"))}});
    }
    value["has_layout_rows"] = !layout.empty();
    value["has_layout_sheets"] = sheets;
    value["layout_rest"] = layout.size() > most_rows ? grouped(layout.size() - most_rows) : std::string();
    return value;
}

Json columns_value(const Json& table) {
    Json rows = Json::array();
    for (const Json& column : list_at(table, "columns")) {
        Json row{{"source", text_at(column, "source")},
                 {"field", text_at(column, "field")},
                 {"confidence", sureness(column)}};
        row.update(evidence_value(text_at(column, "evidence")));
        rows.push_back(std::move(row));
    }
    for (const Json& detail : list_at(table, "details")) {
        if (text_at(detail, "code") == "column-unsure") {
            rows.push_back({{"source", text_at(detail, "found")},
                            {"field", ""},
                            {"confidence", ""},
                            {"asked", text_at(detail, "expected")},
                            {"evidence", ""},
                            {"evidence_en", ""}});
        }
    }
    return rows;
}

}  // namespace kokai
