// SPDX-License-Identifier: Apache-2.0
#include "command/init_file.hpp"

#include "support/file.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <string_view>

namespace kokai {
namespace {

using Json = nlohmann::ordered_json;

/// 222127 -> 静岡県焼津市; "" when the table does not say.
std::string publisher_name(const std::string& code, const std::filesystem::path& schemas) {
    const std::filesystem::path path = schemas / "reference" / "lg-codes.csv";
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(path, ignored)) {
        return {};
    }
    const std::string table = read_small_file(path, "schemas/reference/lg-codes.csv");
    const std::size_t line = table.find("\n" + code + ",");
    if (line == std::string::npos) {
        return {};
    }
    // lg_code,jis_code,kind,pref,county,city,ward,… without quotes
    std::vector<std::string_view> cells;
    std::string_view rest = std::string_view(table).substr(line + 1);
    rest = rest.substr(0, rest.find('\n'));
    while (cells.size() < 7) {
        const std::size_t comma = std::min(rest.find(','), rest.size());
        cells.push_back(rest.substr(0, comma));
        rest.remove_prefix(std::min(rest.size(), comma + 1));
    }
    return fmt::format("{}{}{}{}", cells[3], cells[4], cells[5], cells[6]);
}

std::string percent(double confidence) {
    return fmt::format("{:.0f} %", confidence * 100);
}

Json column_of(const Proposal& one) {
    Json column;
    if (!one.spec.geometry.empty()) {
        column["geometry"] = one.spec.geometry;
    } else {
        column["from"] = one.spec.from.size() == 1 ? Json(one.spec.from.front()) : Json(one.spec.from);
    }
    if (!one.spec.separator.empty()) {
        column["separator"] = one.spec.separator;
    }
    if (!one.spec.pattern.empty()) {
        column["pattern"] = one.spec.pattern;
        column["group"] = one.spec.group;
    }
    if (!one.spec.prefix.empty()) {
        column["prefix"] = one.spec.prefix;
    }
    const bool by_name = one.evidence.en == "name";
    column["why"] =
        fmt::format("{}（確かさ {}）", by_name ? "見出しが項目名と同じ / the field's name" : one.evidence.text(),
                    percent(one.confidence));
    return column;
}

}  // namespace

std::string dataset_file(const InitProposal& proposal, const std::filesystem::path& schemas) {
    const std::string publisher = publisher_name(proposal.publisher, schemas);
    const std::string title = proposal.schema != nullptr ? proposal.schema->title : proposal.id;
    const std::string table_name = proposal.schema != nullptr ? proposal.schema->file_name : "table";
    Json document;
    document["title"] = publisher.empty() ? title : publisher + " " + title;
    document["description"] = title + "です。（kokai init の仮の説明です。書き直してください）";
    document["publisher"] = {{"code", proposal.publisher}};
    if (!publisher.empty()) {
        document["publisher"]["name"] = publisher;
    }
    document["license"] = {{"id", "NOASSERTION"}, {"title", "未定（公開の前に、元データの利用条件を書いてください）"}};
    document["credit"] = (publisher.empty() ? proposal.publisher : publisher) + "のデータを加工して作成";

    Json source{{"name", table_name}, {"file", proposal.file}};
    const std::pair<const char*, const std::string*> given[] = {
        {"sheet", &proposal.sheet}, {"encoding", &proposal.encoding}, {"crs", &proposal.crs}};
    for (const auto& [key, value] : given) {
        if (!value->empty()) {
            source[key] = *value;
        }
    }
    if (proposal.header_row != 0) {
        source["table"] = {{"header_rows", proposal.header_row}};
    }
    if (!proposal.headers.empty()) {
        source["headers"] = proposal.headers;
    }
    document["sources"] = Json::array({source});

    Json table{{"name", table_name}, {"from", table_name}, {"schema", proposal.schema_id}};
    std::string why = proposal.why.text();
    for (const InitQuestion& question : proposal.questions) {
        why += fmt::format("{}{} / {}", why.empty() ? "" : "\n", question.sentence.ja, question.sentence.en);
    }
    if (!why.empty()) {
        table["why"] = why;
    }
    Json columns = Json::object();
    for (const Proposal& one : proposal.accepted) {
        columns[one.spec.field] = column_of(one);
    }
    if (!columns.empty()) {
        table["columns"] = columns;
    }
    table["extra"] = "keep";
    document["tables"] = Json::array({table});
    return document.dump(2) + "\n";
}

}  // namespace kokai
