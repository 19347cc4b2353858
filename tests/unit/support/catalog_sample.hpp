// SPDX-License-Identifier: Apache-2.0
// A small made-up catalog entry for the tests of describe/ and portal/: one table of places, everything stated.
#pragma once

#include "describe/catalog_entry.hpp"

#include <string>

namespace kokai::testing {

/// What an attacker would put into a cell, a header or a dataset.json (A38, A39).
inline const std::string attack =
    R"("><script>alert(1)</script><img src=x onerror=alert(2)>'{{title}}{{{jsonld}}}</script><!--)";

inline Field sample_field(std::string name, std::string type, Requirement requirement) {
    Field one;
    one.name = std::move(name);
    one.type = std::move(type);
    one.requirement = requirement;
    return one;
}

inline CatalogEntry sample_entry() {
    CatalogEntry one;
    one.id = "demo-aed";
    one.title = "AED設置箇所一覧";
    one.title_en = "AED locations";
    one.description = "市内のAEDの場所。";
    one.publisher = {"102016", "群馬県前橋市", "https://www.example.jp/"};
    one.license = {"CC-BY-4.0", "クリエイティブ・コモンズ 表示 4.0 国際",
                   "https://creativecommons.org/licenses/by/4.0/deed.ja"};
    one.credit = "前橋市オープンデータを加工して作成";
    one.update_frequency = "年１回";
    one.contact = "危機管理課";
    one.modified = "2025-01-31";
    one.theme = "司法・安全・環境";
    one.keywords = {"AED", "防災"};
    one.spatial = "群馬県前橋市";
    one.temporal = "2024-04-01/2025-03-31";
    one.source_url = "https://www.example.jp/opendata";
    one.note = "夜間は使えない所がある。";
    one.edition = "0123456789abcdef";
    CatalogTable table;
    table.name = "aed";
    table.title = "AED設置箇所";
    table.schema_id = "v2/aed";
    table.schema_title = "AED設置箇所一覧";
    table.fields = {sample_field("ID", "string", Requirement::required),
                    sample_field("名称", "string", Requirement::required),
                    sample_field("開始時間", "time", Requirement::optional),
                    sample_field("台数", "integer", Requirement::recommended),
                    sample_field("URL", "string", Requirement::optional)};
    table.fields[0].unique = true;
    table.fields[3].minimum = 0;
    table.fields[3].unit = "台";
    table.fields[4].kind = Kind::url;
    table.primary_key = {"ID"};
    table.files = {{"csv", "102016_aed.csv", 2, 120, std::string(64, 'a')},
                   {"geojson", "102016_aed.geojson", 2, 300, std::string(64, 'b')},
                   {"partner:iko-yo", "partner/102016_iko-yo.xlsx", 1, 5000, std::string(64, 'c')}};
    table.rows_read = 3;
    table.rows_written = 2;
    table.rows_withheld = 1;
    table.first_rows = {{"1", "市役所", "08:30", "2", "https://www.example.jp/a?b=1&c=2"},
                        {"2", "", "", "", "javascript:alert(1)"}};
    table.findings = {0, 1, 12};
    table.accepted = {{"required-missing", 1, "名称は市が確認中。", {"名称"}}};
    table.quality = {{"必須の項目が入っている", "required fields are filled", 281, 625},
                     {"値の書き方が正しい", "values are as they should be", 375, 375}};
    table.chart = Chart{"名称", "台数", ""};
    table.chart_points = {{"市役所", "", "2"}, {"公民館", "", ""}};
    one.tables = {table};
    return one;
}

/// The same with the attack in every text that a department writes.
inline CatalogEntry hostile_entry() {
    CatalogEntry one = sample_entry();
    for (std::string* text : {&one.title, &one.title_en, &one.description, &one.publisher.code, &one.publisher.name,
                              &one.license.id, &one.license.title, &one.credit, &one.update_frequency, &one.contact,
                              &one.modified, &one.theme, &one.spatial, &one.temporal, &one.note, &one.edition}) {
        *text = attack;
    }
    one.publisher.url = one.license.url = one.source_url = "javascript:alert(1)//https://";
    one.keywords = {attack};
    CatalogTable& table = one.tables[0];
    for (std::string* text : {&table.name, &table.title, &table.description, &table.schema_id, &table.schema_title}) {
        *text = attack;
    }
    for (Field& each : table.fields) {
        each.name = each.type = each.english = each.description = each.unit = attack;
        each.allowed = {attack};
    }
    for (CatalogFile& file : table.files) {
        file.path = attack + file.path;
        file.sha256 = attack;
    }
    table.first_rows = {{attack, attack, attack, attack, "javascript:alert(1)"}};
    table.accepted = {{attack, 1, attack, {attack}}};
    table.chart = Chart{attack, attack, attack};
    table.chart_points = {{attack, attack, "1"}, {attack, attack + "2", "3"}};
    return one;
}

}  // namespace kokai::testing
