// SPDX-License-Identifier: Apache-2.0
// CatalogEntry to JSON and back. State of the run, not a published form: programs read catalog.json.
#include "describe/catalog_entry.hpp"

#include <nlohmann/json.hpp>

#include <stdexcept>

namespace kokai {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const Field& field) {
    Json json{{"name", field.name},
              {"type", field.type},
              {"kind", static_cast<int>(field.kind)},
              {"requirement", static_cast<int>(field.requirement)},
              {"confidence", static_cast<int>(field.confidence)},
              {"english", field.english},
              {"description", field.description},
              {"example", field.example},
              {"unit", field.unit},
              {"aliases", field.aliases},
              {"allowed", field.allowed},
              {"separator", field.separator},
              {"pattern", field.pattern},
              {"unique", field.unique}};
    if (field.minimum) {
        json["minimum"] = *field.minimum;
    }
    if (field.maximum) {
        json["maximum"] = *field.maximum;
    }
    return json;
}

/// A number of the file as an enum value; one that a newer program wrote is refused, not misread.
template <typename Enum>
Enum enum_of(const Json& json, Enum last) {
    const int number = json.get<int>();
    if (number < 0 || number > static_cast<int>(last)) {
        throw std::runtime_error("catalog entry: unknown enum value " + std::to_string(number));
    }
    return static_cast<Enum>(number);
}

Field field_of(const Json& json) {
    Field field;
    json.at("name").get_to(field.name);
    json.at("type").get_to(field.type);
    field.kind = enum_of(json.at("kind"), Kind::percent);
    field.requirement = enum_of(json.at("requirement"), Requirement::unknown);
    field.confidence = enum_of(json.at("confidence"), Confidence::low);
    json.at("english").get_to(field.english);
    json.at("description").get_to(field.description);
    json.at("example").get_to(field.example);
    json.at("unit").get_to(field.unit);
    json.at("aliases").get_to(field.aliases);
    json.at("allowed").get_to(field.allowed);
    json.at("separator").get_to(field.separator);
    json.at("pattern").get_to(field.pattern);
    json.at("unique").get_to(field.unique);
    if (json.contains("minimum")) {
        field.minimum = json["minimum"].get<double>();
    }
    if (json.contains("maximum")) {
        field.maximum = json["maximum"].get<double>();
    }
    return field;
}

Json json_of(const CatalogTable& table) {
    Json json{{"name", table.name},
              {"title", table.title},
              {"description", table.description},
              {"schema_id", table.schema_id},
              {"schema_title", table.schema_title},
              {"primary_key", table.primary_key},
              {"rows_read", table.rows_read},
              {"rows_written", table.rows_written},
              {"rows_withheld", table.rows_withheld},
              {"first_rows", table.first_rows},
              {"error", table.findings.error},
              {"warning", table.findings.warning},
              {"note", table.findings.note}};
    json["fields"] = Json::array();
    for (const Field& field : table.fields) {
        json["fields"].push_back(json_of(field));
    }
    json["files"] = Json::array();
    for (const CatalogFile& file : table.files) {
        json["files"].push_back({{"format", file.format},
                                 {"path", file.path},
                                 {"rows", file.rows},
                                 {"bytes", file.bytes},
                                 {"sha256", file.sha256}});
    }
    json["accepted"] = Json::array();
    for (const AcceptedFinding& accepted : table.accepted) {
        json["accepted"].push_back({{"code", accepted.code},
                                    {"count", accepted.count},
                                    {"reason", accepted.reason},
                                    {"columns", accepted.columns}});
    }
    if (!table.quality.empty()) {
        json["quality"] = Json::array();
        for (const QualityPoints& part : table.quality) {
            json["quality"].push_back(
                {{"title", part.title}, {"title_en", part.title_en}, {"points", part.points}, {"of", part.of}});
        }
    }
    if (table.chart) {
        json["chart"] = {
            {"category", table.chart->category}, {"value", table.chart->value}, {"series", table.chart->series}};
        json["chart_points"] = Json::array();
        for (const ChartPoint& point : table.chart_points) {
            json["chart_points"].push_back(Json::array({point.category, point.series, point.value}));
        }
    }
    return json;
}

CatalogTable table_of(const Json& json) {
    CatalogTable table;
    json.at("name").get_to(table.name);
    json.at("title").get_to(table.title);
    json.at("description").get_to(table.description);
    json.at("schema_id").get_to(table.schema_id);
    json.at("schema_title").get_to(table.schema_title);
    json.at("primary_key").get_to(table.primary_key);
    json.at("rows_read").get_to(table.rows_read);
    json.at("rows_written").get_to(table.rows_written);
    json.at("rows_withheld").get_to(table.rows_withheld);
    json.at("first_rows").get_to(table.first_rows);
    json.at("error").get_to(table.findings.error);
    json.at("warning").get_to(table.findings.warning);
    json.at("note").get_to(table.findings.note);
    for (const Json& field : json.at("fields")) {
        table.fields.push_back(field_of(field));
    }
    for (const Json& file : json.at("files")) {
        table.files.push_back({file.at("format").get<std::string>(), file.at("path").get<std::string>(),
                               file.at("rows").get<std::uint64_t>(), file.at("bytes").get<std::uint64_t>(),
                               file.at("sha256").get<std::string>()});
    }
    for (const Json& accepted : json.at("accepted")) {
        table.accepted.push_back({accepted.at("code").get<std::string>(), accepted.at("count").get<std::uint64_t>(),
                                  accepted.at("reason").get<std::string>(),
                                  accepted.at("columns").get<std::vector<std::string>>()});
    }
    if (json.contains("quality")) {
        for (const Json& part : json["quality"]) {
            table.quality.push_back({part.at("title").get<std::string>(), part.at("title_en").get<std::string>(),
                                     part.at("points").get<std::uint32_t>(), part.at("of").get<std::uint32_t>()});
        }
    }
    if (json.contains("chart")) {
        const Json& chart = json["chart"];
        table.chart = Chart{chart.at("category").get<std::string>(), chart.at("value").get<std::string>(),
                            chart.at("series").get<std::string>()};
        for (const Json& point : json.at("chart_points")) {
            table.chart_points.push_back(
                {point.at(0).get<std::string>(), point.at(1).get<std::string>(), point.at(2).get<std::string>()});
        }
    }
    return table;
}

}  // namespace

CatalogEntry entry_of(const Dataset& dataset) {
    CatalogEntry entry;
    entry.id = dataset.id;
    entry.title = dataset.title;
    entry.title_en = dataset.title_en;
    entry.description = dataset.description;
    entry.publisher = dataset.publisher;
    entry.license = dataset.license;
    entry.credit = dataset.credit;
    entry.update_frequency = dataset.update_frequency;
    entry.contact = dataset.contact;
    entry.modified = dataset.modified;
    entry.theme = dataset.theme;
    entry.keywords = dataset.keywords;
    entry.spatial = dataset.spatial;
    entry.temporal = dataset.temporal;
    entry.source_url = dataset.source_url;
    entry.note = dataset.note;
    return entry;
}

std::string to_json_text(const CatalogEntry& entry) {
    Json json{
        {"id", entry.id},
        {"title", entry.title},
        {"title_en", entry.title_en},
        {"description", entry.description},
        {"publisher", {{"code", entry.publisher.code}, {"name", entry.publisher.name}, {"url", entry.publisher.url}}},
        {"license", {{"id", entry.license.id}, {"title", entry.license.title}, {"url", entry.license.url}}},
        {"credit", entry.credit},
        {"update_frequency", entry.update_frequency},
        {"contact", entry.contact},
        {"modified", entry.modified},
        {"theme", entry.theme},
        {"keywords", entry.keywords},
        {"spatial", entry.spatial},
        {"temporal", entry.temporal},
        {"source_url", entry.source_url},
        {"note", entry.note},
        {"edition", entry.edition}};
    json["tables"] = Json::array();
    for (const CatalogTable& table : entry.tables) {
        json["tables"].push_back(json_of(table));
    }
    return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

CatalogEntry from_json_text(std::string_view text) {
    CatalogEntry entry;
    try {
        const Json json = Json::parse(text);
        json.at("id").get_to(entry.id);
        json.at("title").get_to(entry.title);
        json.at("title_en").get_to(entry.title_en);
        json.at("description").get_to(entry.description);
        const Json& publisher = json.at("publisher");
        publisher.at("code").get_to(entry.publisher.code);
        publisher.at("name").get_to(entry.publisher.name);
        publisher.at("url").get_to(entry.publisher.url);
        const Json& license = json.at("license");
        license.at("id").get_to(entry.license.id);
        license.at("title").get_to(entry.license.title);
        license.at("url").get_to(entry.license.url);
        json.at("credit").get_to(entry.credit);
        json.at("update_frequency").get_to(entry.update_frequency);
        json.at("contact").get_to(entry.contact);
        json.at("modified").get_to(entry.modified);
        json.at("theme").get_to(entry.theme);
        json.at("keywords").get_to(entry.keywords);
        json.at("spatial").get_to(entry.spatial);
        json.at("temporal").get_to(entry.temporal);
        json.at("source_url").get_to(entry.source_url);
        json.at("note").get_to(entry.note);
        json.at("edition").get_to(entry.edition);
        for (const Json& table : json.at("tables")) {
            entry.tables.push_back(table_of(table));
        }
    } catch (const nlohmann::json::exception& failure) {
        throw std::runtime_error(std::string("catalog entry: ") + failure.what());
    }
    return entry;
}

}  // namespace kokai
