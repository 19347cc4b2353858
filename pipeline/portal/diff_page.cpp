// SPDX-License-Identifier: Apache-2.0
#include "portal/diff_page.hpp"

#include "model/finding.hpp"
#include "portal/pages.hpp"
#include "portal/render.hpp"
#include "portal/report_json.hpp"
#include "portal/wording.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace kokai {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr char diff_template[] =
#include "portal/templates/diff.mustache.inc"
    ;

constexpr std::size_t rows_on_page = 200;  // more are in diff.json

Json fact(std::string ja, std::string en) {
    return {{"fact_ja", std::move(ja)}, {"fact_en", std::move(en)}};
}

/// What there is to say of a table before its rows.
Json facts_of(const Json& table) {
    Json facts = Json::array();
    const Json& key = object_at(table, "key");
    const std::string columns = printable(text_at(key, "columns"));
    const std::string by = text_at(key, "by");
    if (by == "declared") {
        facts.push_back(fact("行は「" + columns + "」で見分けました", "Rows are told apart by this key"));
    } else if (by == "found") {
        facts.push_back(fact("決まったキーがないので、行は「" + columns + "」で見分けました",
                             "No key is declared; rows are told apart by this column"));
    } else if (by == "whole") {
        facts.push_back(
            fact("行を見分ける列がないので、行の全体で比べました。変わった行は、削除と追加に一つずつ入っています",
                 "No column names the rows: a changed row counts as one removed and one added"));
    }
    const Json& changed = object_at(table, "columns");
    if (const std::string names = printable(text_at(changed, "added")); !names.empty()) {
        facts.push_back(fact("新しい列: " + names, "New columns"));
    }
    if (const std::string names = printable(text_at(changed, "removed")); !names.empty()) {
        facts.push_back(fact("なくなった列: " + names, "Columns that are gone"));
    }
    for (const Json& one : list_at(changed, "renamed")) {
        facts.push_back(fact("列の名前が変わったようです: " + printable(text_at(one, "old")) + " → " +
                                 printable(text_at(one, "new")),
                             "A column seems to be called otherwise"));
    }
    if (truth_at(changed, "reordered")) {
        facts.push_back(fact("列の順番が変わりました", "The columns stand in another order"));
    }
    const Json& ids = object_at(table, "ids");
    if (const std::uint64_t count = count_at(ids, "changed"); count > 0) {
        std::string examples;
        std::size_t shown = 0;
        for (const Json& one : list_at(ids, "examples")) {
            if (shown++ < 5) {
                const std::string name = printable(text_at(one, "name"));
                examples += (examples.empty() ? "" : "、") + printable(text_at(one, "old")) + " → " +
                            printable(text_at(one, "new")) + (name.empty() ? "" : "（" + name + "）");
            }
        }
        facts.push_back(fact("同じものの ID が変わった行: " + grouped(count) + "（例: " + examples + "）",
                             "Things that have another ID now"));
    }
    const Json& places = object_at(table, "positions");
    if (const std::uint64_t count = count_at(places, "moved"); count > 0) {
        facts.push_back(
            fact(fmt::format("位置が {:.0f} m 以上動いた行: {}（最大 {:.0f} m）", places.value("moved_metres", 0.0),
                             grouped(count), places.value("farthest_metres", 0.0)),
                 "Positions that moved"));
    }
    return facts;
}

Json columns_of(const Json& table) {
    Json rows = Json::array();
    for (const Json& one : list_at(object_at(table, "columns"), "values")) {
        // More rows fill more cells; that is no news of a column.
        const bool emptied = count_at(one, "old_filled") > 0 && count_at(one, "new_filled") == 0;
        if (count_at(one, "changed") == 0 && !emptied) {
            continue;
        }
        rows.push_back({{"column", printable(text_at(one, "column"))},
                        {"column_changed", grouped(count_at(one, "changed"))},
                        {"old_filled", grouped(count_at(one, "old_filled"))},
                        {"new_filled", grouped(count_at(one, "new_filled"))}});
    }
    return rows;
}

/// Rows of one kind: the first of them, and how many more there are.
Json rows_of(const Json& table, const char* kind, const char* ja, const char* en) {
    Json rows = Json::array();
    for (const Json& row : list_at(table, kind)) {
        if (rows.size() == rows_on_page) {
            break;
        }
        Json fields = Json::array();
        for (const Json& field : list_at(row, "fields")) {
            fields.push_back({{"column", printable(text_at(field, "column"))},
                              {"old", printable(text_at(field, "old"))},
                              {"new", printable(text_at(field, "new"))}});
        }
        std::string values;
        const Json& cells = object_at(row, "values");
        for (const auto& [column, value] : cells.items()) {
            values +=
                (values.empty() ? "" : "、") + column + ": " + (value.is_string() ? value.get<std::string>() : "");
        }
        rows.push_back({{"row_id", printable(text_at(row, "id"))},
                        {"row_name", printable(text_at(row, "name"))},
                        {"metres", row.contains("metres") ? fmt::format("{:.0f} m", row.value("metres", 0.0)) : ""},
                        {"fields", std::move(fields)},
                        {"row_values", printable(values)}});
    }
    const std::uint64_t all = count_at(object_at(table, "rows"), kind);
    const std::size_t shown = rows.size();
    return {{"kind", kind},
            {"kind_ja", ja},
            {"kind_en", en},
            {"kind_count", grouped(all)},
            {"list", std::move(rows)},
            {"rest", all > shown ? grouped(all - shown) : std::string()}};
}

Json table_value(const Json& table) {
    const Json& rows = object_at(table, "rows");
    Json value{{"table_name", printable(text_at(table, "name"))},
               {"same", truth_at(table, "same")},
               {"only_new", truth_at(table, "only_new")},
               {"only_old", truth_at(table, "only_old")},
               {"facts", facts_of(table)},
               {"columns", columns_of(table)}};
    for (const char* count : {"old", "new", "same", "added", "removed", "changed"}) {
        value[std::string("count_") + count] = grouped(count_at(rows, count));
    }
    value["compared"] = !value["only_new"].get<bool>() && !value["only_old"].get<bool>();
    value["has_columns"] = !value["columns"].empty();
    value["kinds"] = Json::array();
    for (const auto& [kind, ja, en] : {std::tuple{"removed", "なくなった行", "Removed"},
                                       {"added", "新しい行", "Added"},
                                       {"changed", "変わった行", "Changed"}}) {
        if (count_at(rows, kind) > 0 && value["compared"].get<bool>()) {
            value["kinds"].push_back(rows_of(table, kind, ja, en));
        }
    }
    return value;
}

}  // namespace

std::string diff_html(const Json& document, std::size_t places_bytes) {
    const Json& before = object_at(document, "old");
    const Json& now = object_at(document, "new");
    Json tables = Json::array();
    for (const Json& table : list_at(document, "tables")) {
        tables.push_back(table_value(table));
    }
    const Json values{{"same", truth_at(document, "same")},
                      {"old_path", printable(text_at(before, "path"))},
                      {"old_edition", printable(text_at(before, "edition"))},
                      {"new_path", printable(text_at(now, "path"))},
                      {"new_edition", printable(text_at(now, "edition"))},
                      {"map", places_bytes > 0},
                      {"map_bytes", std::to_string(places_bytes)},
                      {"map_size", size_words(places_bytes)},
                      {"tables", std::move(tables)}};
    return render("diff", diff_template, values);
}

void write_diff_page(const fs::path& folder, const Json& document, const std::string& features,
                     const fs::path& portal_folder) {
    fs::create_directories(folder);
    std::size_t bytes = 0;
    if (!features.empty()) {
        const std::string places = R"({"type":"FeatureCollection","features":[)"
                                   "\n" +
                                   features + "\n]}\n";
        replace_file(folder / "places.geojson", places);
        PagesWritten written;
        bytes = write_assets(folder, portal_folder, written) ? places.size() : 0;
    }
    replace_file(folder / "diff.json", document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
    replace_file(folder / "diff.html", diff_html(document, bytes));
}

}  // namespace kokai
