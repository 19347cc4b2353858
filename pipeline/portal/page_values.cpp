// SPDX-License-Identifier: Apache-2.0
#include "portal/page_values.hpp"

#include "describe/edition.hpp"
#include "describe/schemaorg.hpp"
#include "describe/vocabulary.hpp"
#include "portal/chart.hpp"
#include "portal/wording.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

namespace kokai {
namespace {

using Json = nlohmann::ordered_json;

// A larger outline is no help on a phone.
constexpr std::uint64_t largest_outline = 2ULL << 20U;

/// The table's file of a format, unless it holds nothing.
const CatalogFile* file_of(const CatalogTable& table, std::string_view format) {
    const auto found = std::find_if(table.files.begin(), table.files.end(),
                                    [&](const CatalogFile& file) { return file.format == format; });
    return found == table.files.end() || found->rows == 0 ? nullptr : &*found;
}

const CatalogFile* geojson_of(const CatalogTable& table) {
    return file_of(table, "geojson");
}

/// What the map can be made of: tiles, and the GeoJSON where a server does not hand out parts of files.
struct MapFiles {
    const CatalogFile* tiles = nullptr;
    const CatalogFile* geojson = nullptr;

    explicit MapFiles(const CatalogTable& table) : tiles(file_of(table, "pmtiles")), geojson(geojson_of(table)) {}
    [[nodiscard]] bool any() const { return tiles != nullptr || geojson != nullptr; }
    /// The one to download when there is no map.
    [[nodiscard]] const CatalogFile& download() const { return geojson != nullptr ? *geojson : *tiles; }
};

Json map_value(const CatalogEntry& entry, const MapFiles& files, const Outline& outline) {
    Json value{{"pmtiles", files.tiles != nullptr ? url_path(files.tiles->path) : ""},
               {"geojson", false},
               {"map_download", url_path(files.download().path)},
               {"map_format", format_info(files.download().format).label},
               {"outline", outline.address},
               {"outline_credit", outline.address.empty() || outline.credit == entry.credit ? "" : outline.credit}};
    if (files.geojson != nullptr) {
        value["geojson"] = {{"geojson_path", url_path(files.geojson->path)},
                            {"geojson_size", size_words(files.geojson->bytes)},
                            {"geojson_bytes", std::to_string(files.geojson->bytes)}};
    }
    return value;
}

const CatalogFile* outline_file(const CatalogEntry& entry) {
    for (const CatalogTable& table : entry.tables) {
        const std::size_t slash = table.schema_id.find_last_of('/');
        const std::string_view schema =
            std::string_view(table.schema_id).substr(slash == std::string::npos ? 0 : slash + 1);
        const CatalogFile* file = geojson_of(table);
        if ((schema == "boundary" || schema == "municipal_boundary") && file != nullptr &&
            file->bytes <= largest_outline) {
            return file;
        }
    }
    return nullptr;
}

bool is_number(const Field& field) {
    return field.type == "integer" || field.type == "number";
}

Json cell_value(const std::string& text, const Field* field) {
    const std::string address = field != nullptr && field->kind == Kind::url ? web_address(text) : std::string();
    return {{"text", text}, {"href", address}, {"number", field != nullptr && is_number(*field)}};
}

Json file_value(const CatalogFile& file) {
    const FormatInfo format = format_info(file.format);
    const std::size_t slash = file.path.find_last_of('/');
    return {{"label", format.label},
            {"for_whom", format.note},
            {"href", url_path(file.path)},
            {"file_name", slash == std::string::npos ? file.path : file.path.substr(slash + 1)},
            {"file_rows", grouped(file.rows)},
            {"size", size_words(file.bytes)},
            {"sha256", file.sha256}};
}

Json field_value(const Field& field) {
    Json values = Json::array();
    for (const std::string& allowed : field.allowed) {
        values.push_back(allowed);
    }
    return {
        {"field_name", field.name},
        {"field_english", field.english},
        {"number", is_number(field)},
        {"type", type_words(field.type)},
        {"requirement", requirement_words(field.requirement)},
        {"required", field.requirement == Requirement::required || field.requirement == Requirement::likely_required},
        {"field_description", field.description},
        {"unit", field.unit},
        {"has_allowed", !values.empty()},
        {"allowed", std::move(values)}};
}

/// The findings in one honest line, and each accepted error with its reason.
Json quality_value(const CatalogTable& table) {
    std::string line;
    const auto say = [&](const std::string& words) { line += words + "。"; };
    if (table.findings.error > 0) {
        say("直っていない誤りが " + grouped(table.findings.error) + " 件あります");
    }
    if (table.findings.warning > 0) {
        say("確かめたい点が " + grouped(table.findings.warning) + " 件あります");
    }
    if (table.findings.error == 0 && table.findings.warning == 0) {
        say("機械による検査で、誤りや確かめたい点は見つかりませんでした");
    }
    if (table.findings.note > 0) {
        say("表記の統一など、機械が知らせた点が " + grouped(table.findings.note) + " 件あります");
    }
    // A cross table gives more rows than it has.
    std::string rows = "元のデータ " + grouped(table.rows_read) +
                       (table.rows_written > table.rows_read ? " 行から作った " : " 行のうち、") +
                       grouped(table.rows_written) + " 行を公開しています";
    if (table.rows_withheld > 0) {
        rows += "（誤りのある " + grouped(table.rows_withheld) + " 行は公開していません）";
    }
    Json accepted = Json::array();
    for (const AcceptedFinding& one : table.accepted) {
        std::string columns;
        for (const std::string& column : one.columns) {
            columns += (columns.empty() ? "" : "、") + column;
        }
        accepted.push_back({{"accepted_title", finding_title(one.code)},
                            {"accepted_code", one.code},
                            {"accepted_count", grouped(one.count)},
                            {"accepted_columns", columns},
                            {"reason", one.reason}});
    }
    Json parts = Json::array();
    std::uint32_t score = 0;
    const auto points = [](std::uint32_t tenths) {
        return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
    };
    for (const QualityPoints& part : table.quality) {
        score += part.points;
        parts.push_back({{"part_title", part.title},
                         {"part_title_en", part.title_en},
                         {"part_points", points(part.points)},
                         {"part_of", points(part.of)}});
    }
    return {{"score", parts.empty() ? std::string() : points(score)},
            {"has_parts", !parts.empty()},
            {"parts", std::move(parts)},
            {"quality_line", line},
            {"rows_line", rows + "。"},
            {"has_accepted", !accepted.empty()},
            {"accepted", std::move(accepted)}};
}

Json rows_value(const CatalogTable& table) {
    Json rows = Json::array();
    for (const std::vector<std::string>& row : table.first_rows) {
        Json cells = Json::array();
        for (std::size_t i = 0; i < row.size(); ++i) {
            cells.push_back(cell_value(row[i], i < table.fields.size() ? &table.fields[i] : nullptr));
        }
        rows.push_back({{"cells", std::move(cells)}});
    }
    return rows;
}

Json table_value(const CatalogEntry& entry, const CatalogTable& table, const Outline& outline, bool with_map) {
    const bool only = entry.tables.size() == 1;
    Json value{{"anchor", url_path(table.name)},
               {"table_title", table.title.empty() ? table.name : table.title},
               {"table_description", only && table.description == entry.description ? "" : table.description},
               {"several", !only},
               {"level", only ? "2" : "3"},
               {"schema_id", table.schema_id == "none" ? "" : table.schema_id},
               {"schema_title", table.schema_title},
               {"rows_written", grouped(table.rows_written)},
               {"shown_rows", grouped(table.first_rows.size())},
               {"all_shown", table.first_rows.size() >= table.rows_written},
               {"column_count", grouped(table.fields.size())},
               {"quality", quality_value(table)}};
    value["files"] = Json::array();
    for (const CatalogFile& file : table.files) {
        value["files"].push_back(file_value(file));
    }
    value["fields"] = Json::array();
    for (const Field& field : table.fields) {
        value["fields"].push_back(field_value(field));
    }
    value["first_rows"] = rows_value(table);
    value["has_rows"] = !table.first_rows.empty();
    const MapFiles places(table);
    value["map"] = false;
    value["map_missing"] = "";
    if (places.any() && with_map) {
        value["map"] = map_value(entry, places, outline);
    } else if (places.any()) {
        value["map_missing"] = format_info(places.download().format).label;
    }
    Json panels = Json::array();
    for (const ChartPanel& panel : chart_panels(table)) {
        panels.push_back({{"panel_title", panel.title}, {"svg", panel.svg}});
    }
    value["chart"] = false;
    if (!panels.empty()) {
        Json more(panels.begin() + 1, panels.end());
        value["chart"] = {{"chart_category", table.chart->category},
                          {"chart_value", table.chart->value},
                          {"chart_series", table.chart->series},
                          {"first_panel", panels.front()},
                          {"more_count", more.empty() ? "" : std::to_string(more.size())},
                          {"more_panels", more.empty() ? Json::array() : std::move(more)}};
    }
    return value;
}

/// 2022-07-31/2022-07-31 is one day; a text that is no interval stays as it stands.
std::string span_words(const std::string& temporal) {
    const Interval span = interval_of(temporal);
    if (span.start.empty() && span.end.empty()) {
        return temporal;
    }
    return span.start == span.end ? span.start : span.start + " 〜 " + span.end;
}

/// For edition_state().
std::string_view state_words(std::string_view state) {
    return state == "current" ? "公開中" : state == "withdrawn" ? "取り消した版" : "前の版";
}

void put_common(Json& values, const CatalogInfo& about) {
    values["catalog_title"] = about.title;
    values["catalog_title_en"] = about.title_en;
}

Json index_item(const CatalogEntry& entry) {
    std::set<std::string> labels;
    std::uint64_t rows = 0;
    bool map = false;
    for (const CatalogTable& table : entry.tables) {
        rows += table.rows_written;
        map = map || MapFiles(table).any();
        for (const CatalogFile& file : table.files) {
            labels.emplace(format_info(file.format).label);
        }
    }
    Json formats = Json::array();
    for (const std::string& label : labels) {
        formats.push_back(label);
    }
    return {{"href", url_path(entry.id + "/")},
            {"title", entry.title},
            {"title_en", entry.title_en},
            {"description", entry.description},
            {"theme", entry.theme},
            {"rows", grouped(rows)},
            {"map", map},
            {"modified", entry.modified},
            {"formats", std::move(formats)}};
}

}  // namespace

bool is_outline(const CatalogEntry& entry) {
    return outline_file(entry) != nullptr;
}

Outline outline_for(const CatalogEntry& entry, std::span<const CatalogEntry> all) {
    const CatalogEntry* best = nullptr;
    for (const CatalogEntry& other : all) {
        if (other.id != entry.id && !other.publisher.code.empty() && other.publisher.code == entry.publisher.code &&
            is_outline(other) && (best == nullptr || other.id < best->id)) {
            best = &other;
        }
    }
    if (best == nullptr || is_outline(entry)) {
        return {};
    }
    return {"../" + url_path(best->id + "/" + outline_file(*best)->path), best->credit};
}

Json dataset_values(const CatalogEntry& entry, const CatalogInfo& about, const Outline& outline, bool with_map) {
    Json values{{"root", "../"},
                {"id", entry.id},
                {"title", entry.title},
                {"title_en", entry.title_en},
                {"description", entry.description},
                {"publisher", entry.publisher.name},
                {"publisher_code", entry.publisher.code},
                {"publisher_url", web_address(entry.publisher.url)},
                {"license", entry.license.title.empty() ? entry.license.id : entry.license.title},
                {"license_id", entry.license.title.empty() ? "" : entry.license.id},
                {"license_url", web_address(entry.license.url)},
                {"credit", entry.credit},
                {"modified", entry.modified},
                {"update_frequency", entry.update_frequency},
                {"contact", entry.contact},
                {"theme", entry.theme},
                {"spatial", entry.spatial},
                {"temporal", span_words(entry.temporal)},
                {"source_url", web_address(entry.source_url)},
                {"source_words", short_address(entry.source_url)},
                {"note", entry.note},
                {"edition", entry.edition},
                {"jsonld", schemaorg_jsonld(entry, about)}};
    put_common(values, about);
    values["keywords"] = Json::array();
    for (const std::string& keyword : entry.keywords) {
        values["keywords"].push_back(keyword);
    }
    values["has_keywords"] = !entry.keywords.empty();
    values["several_tables"] = entry.tables.size() > 1;
    values["tables"] = Json::array();
    bool map = false;
    for (const CatalogTable& table : entry.tables) {
        values["tables"].push_back(table_value(entry, table, outline, with_map));
        map = map || values["tables"].back()["map"].is_object();
    }
    values["any_map"] = map;
    values["editions"] = Json::array();
    for (const KeptEdition& kept : entry.kept) {
        values["editions"].push_back({{"edition_name", kept.entry.edition},
                                      {"edition_href", url_path(edition_folder(kept.entry.edition))},
                                      {"edition_modified", kept.entry.modified},
                                      {"edition_state", state_words(edition_state(entry, kept))}});
    }
    values["has_editions"] = !entry.kept.empty();
    return values;
}

Json edition_values(const CatalogEntry& edition, const CatalogInfo& about) {
    Json values{{"root", "../../../"},
                {"id", edition.id},
                {"title", edition.title},
                {"title_en", edition.title_en},
                {"description", edition.description},
                {"publisher", edition.publisher.name},
                {"license", edition.license.title.empty() ? edition.license.id : edition.license.title},
                {"license_url", web_address(edition.license.url)},
                {"credit", edition.credit},
                {"modified", edition.modified},
                {"edition", edition.edition}};
    put_common(values, about);
    values["tables"] = Json::array();
    for (const CatalogTable& table : edition.tables) {
        Json value{{"table_title", table.title.empty() ? table.name : table.title}};
        value["files"] = Json::array();
        for (const CatalogFile& file : table.files) {
            value["files"].push_back(file_value(file));
        }
        values["tables"].push_back(std::move(value));
    }
    return values;
}

Json index_values(std::span<const CatalogEntry> entries, const CatalogInfo& about) {
    std::map<std::pair<std::string, std::string>, std::map<std::string, const CatalogEntry*>> groups;
    for (const CatalogEntry& entry : entries) {
        groups[{entry.publisher.code, entry.publisher.name}][entry.id] = &entry;
    }
    Json values{{"root", ""},
                {"description", about.description},
                {"dataset_count", grouped(entries.size())},
                {"publisher_count", grouped(groups.size())}};
    put_common(values, about);
    values["groups"] = Json::array();
    for (const auto& [key, members] : groups) {
        Json items = Json::array();
        for (const auto& [id, entry] : members) {
            items.push_back(index_item(*entry));
        }
        values["groups"].push_back({{"group_name", key.second.empty() ? "提供者の記載なし" : key.second},
                                    {"group_count", grouped(members.size())},
                                    {"items", std::move(items)}});
    }
    return values;
}

}  // namespace kokai
