// SPDX-License-Identifier: Apache-2.0
// Every committed schema file against the fact table that it was made from, and every mistake that a schema file can
// have.
#include "model/schema_json.hpp"
#include "model/schema_names.hpp"
#include "model/schema_words.hpp"
#include "support/json_judge.hpp"

#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <vector>

using namespace kokai;

namespace {

const std::filesystem::path root = KOKAI_SOURCE_DIR;

std::string content(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    REQUIRE(file.is_open());
    return {std::istreambuf_iterator<char>(file), {}};
}

/// RFC 4180, no more: the fact table has quotes and no line break in a cell.
std::vector<std::vector<std::string>> records(const std::string& text) {
    std::vector<std::vector<std::string>> all(1, std::vector<std::string>(1));
    bool quoted = false;
    for (const char letter : text) {
        if (letter == '"') {
            quoted = !quoted;
        } else if (letter == ',' && !quoted) {
            all.back().emplace_back();
        } else if (letter == '\n' && !quoted) {
            all.emplace_back(1);
        } else if (letter != '\r') {
            all.back().back() += letter;
        }
    }
    all.pop_back();
    return all;
}

struct Fact {
    std::string name, requirement, format, allowed, confidence;
};

std::map<std::string, std::vector<Fact>> fact_table() {
    const auto rows = records(content(root / "schemas/facts/recommended-datasets.csv"));
    REQUIRE(rows.front() == std::vector<std::string>{"standard", "dataset_id", "dataset_name_ja", "column_no",
                                                     "column_name", "requirement", "type_format", "allowed_values",
                                                     "example", "source", "confidence"});
    std::map<std::string, std::vector<Fact>> tables;
    for (std::size_t i = 1; i < rows.size(); ++i) {
        const auto& row = rows[i];
        REQUIRE(row.size() == 11);
        tables[row[0] + "/" + row[1]].push_back({row[4], row[5], row[6], row[7], row[10]});
    }
    return tables;
}

std::vector<std::filesystem::path> schema_files() {
    std::vector<std::filesystem::path> all;
    for (const char* room : {"v1", "v2", "own", "plan"}) {
        for (const auto& entry : std::filesystem::directory_iterator(root / "schemas" / room)) {
            all.push_back(entry.path());
        }
    }
    std::sort(all.begin(), all.end());
    return all;
}

Schema committed(const std::string& id) {
    std::vector<Mistake> mistakes;
    Schema schema = parse_schema(content(root / "schemas" / (id + ".json")), id, mistakes);
    REQUIRE(mistakes.empty());
    return schema;
}

const Field& field(const Schema& schema, std::string_view name) {
    const Field* found = schema.find(name);
    INFO(schema.id << " " << name);
    REQUIRE(found != nullptr);
    return *found;
}

/// The mistakes of a schema that has one field (`members` of it) and `rest` beside.
std::vector<Mistake> mistakes_of(const std::string& members, const std::string& rest = "") {
    std::vector<Mistake> mistakes;
    parse_schema(R"({"kokai:id": "own/a", "kokai:title": "表", "fields": [{)" + members + "}]" + rest + "}", "a.json",
                 mistakes);
    return mistakes;
}

void check_single(const std::vector<Mistake>& mistakes, const std::string& pointer,
                  const std::string& part_of_english) {
    REQUIRE(mistakes.size() == 1);
    CHECK(mistakes[0].file == "a.json");
    CHECK(mistakes[0].pointer == pointer);
    CHECK_THAT(mistakes[0].en, Catch::Contains(part_of_english));
    CHECK_FALSE(mistakes[0].ja.empty());
}

}  // namespace

TEST_CASE("every schema file is read without a mistake and knows its own id", "[model][schema]") {
    const auto files = schema_files();
    CHECK(files.size() >= 42);
    for (const auto& path : files) {
        INFO(path);
        std::vector<Mistake> mistakes;
        const Schema schema = parse_schema(content(path), path.string(), mistakes);
        for (const Mistake& mistake : mistakes) {
            FAIL_CHECK(mistake.pointer << ": " << mistake.en);
        }
        CHECK(schema.id == path.parent_path().filename().string() + "/" + path.stem().string());
        CHECK(schema.standard == path.parent_path().filename());
        CHECK_FALSE(schema.title.empty());
        CHECK_FALSE(schema.title_en.empty());
        CHECK_FALSE(schema.file_name.empty());
        CHECK_FALSE(schema.fields.empty());
        std::set<std::string> english;
        for (const Field& one : schema.fields) {
            INFO(one.name);
            CHECK_FALSE(one.description.empty());
            CHECK(english.insert(one.english).second);
        }
    }
}

TEST_CASE("the names of a schema alone are those of the whole schema", "[model][schema]") {
    std::size_t compared = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root / "schemas" / "v2")) {
        std::vector<Mistake> mistakes;
        const std::string text = content(entry.path());
        const Schema whole = parse_schema(text, entry.path().string(), mistakes);
        const std::optional<Schema> named = read_schema_names(text);
        REQUIRE(named);
        CHECK(named->id == whole.id);
        REQUIRE(named->fields.size() == whole.fields.size());
        for (std::size_t i = 0; i < whole.fields.size(); ++i) {
            CHECK(named->fields[i].name == whole.fields[i].name);
            CHECK(named->fields[i].english == whole.fields[i].english);
            CHECK(named->fields[i].aliases == whole.fields[i].aliases);
        }
        ++compared;
    }
    CHECK(compared == 22);
    for (const char* const broken :
         {"", "[]", "{", R"({"fields": {}})", R"({"fields": [1]})", R"({"fields": [{}]})",
          R"({"fields": [{"name": 1}]})", R"({"fields": [{"name": "a", "kokai:aliases": 1}]})"}) {
        INFO(broken);
        CHECK_FALSE(read_schema_names(broken));
    }
}

TEST_CASE("the 39 standard tables have every column of the fact table, in order", "[model][schema]") {
    const auto tables = fact_table();
    CHECK(tables.size() == 39);
    std::size_t columns = 0;
    for (const auto& [id, facts] : tables) {
        INFO(id);
        const Schema schema = committed(id);
        REQUIRE(schema.fields.size() == facts.size());
        for (std::size_t i = 0; i < facts.size(); ++i) {
            const Field& one = schema.fields[i];
            const Fact& fact = facts[i];
            INFO(one.name);
            CHECK(one.name == fact.name);
            CHECK(one.requirement_word == fact.requirement);
            CHECK(one.format == fact.format);
            CHECK(word_of(one.confidence) == fact.confidence);
            const bool may_be_empty = fact.allowed.find("(空欄)") != std::string::npos;
            CHECK((one.requirement == Requirement::required) ==
                  (fact.requirement == "必須◎" && fact.confidence != "low" && !may_be_empty));
            for (const std::string& word : one.allowed) {
                CHECK(("|" + fact.allowed + "|").find("|" + word + "|") != std::string::npos);
            }
            ++columns;
        }
    }
    CHECK(columns == 1205);
}

TEST_CASE("no standard table is missing from the fact table", "[model][schema]") {
    const auto tables = fact_table();
    for (const auto& path : schema_files()) {
        const std::string room = path.parent_path().filename().string();
        if (room == "v1" || room == "v2") {
            CHECK(tables.count(room + "/" + path.stem().string()) == 1);
        }
    }
}

TEST_CASE("all schema files are Frictionless table schemas", "[model][schema]") {
    const auto profile = nlohmann::json::parse(content(root / "tests/data/frictionless/tableschema-2.0.json"));
    const JsonJudge judge(profile, "tableschema-2.0.json");
    for (const auto& path : schema_files()) {
        INFO(path);
        const auto document = nlohmann::json::parse(content(path));
        for (const Mistake& mistake : judge.judge(document, path.string())) {
            FAIL_CHECK(mistake.pointer << ": " << mistake.en);
        }
    }
    SECTION("and the profile refuses what is none") {
        auto document = nlohmann::json::parse(content(root / "schemas/own/boundary.json"));
        document["fields"][0]["constraints"]["required"] = "yes";
        CHECK_FALSE(judge.judge(document, "boundary.json").empty());
    }
}

TEST_CASE("v1 and v2 know each other's headers", "[model][schema]") {
    const auto has = [](const std::string& id, std::string_view name, const std::string& alias) {
        const Schema schema = committed(id);
        const auto& aliases = field(schema, name).aliases;
        return std::find(aliases.begin(), aliases.end(), alias) != aliases.end();
    };
    CHECK(has("v2/aed", "所在地_連結表記", "住所"));
    CHECK(has("v1/aed", "住所", "所在地_連結表記"));
    CHECK(has("v2/aed", "ID", "NO"));
    CHECK(has("v1/aed", "NO", "ID"));
    CHECK(has("v2/aed", "建物名等(方書)", "方書"));
    CHECK(has("v2/public_toilet", "バリアフリートイレ数", "多機能トイレ数"));
    CHECK(has("v1/public_toilet", "多機能トイレ数", "バリアフリートイレ数"));
    CHECK(has("v2/open_data_list", "データセット_タイトル", "データ名称"));
    CHECK(has("v2/aed", "所在地_連結表記", "所在地_連結標記"));
    CHECK(has("v2/aed", "全国地方公共団体コード", "市区町村コード"));
    // v2 evacuation_space has both codes: the one is no alias of the other there.
    CHECK_FALSE(has("v2/evacuation_space", "全国地方公共団体コード", "市区町村コード"));
    CHECK(has("v2/polling_place", "投票所_名称", "名称"));
}

TEST_CASE("kinds, keys and positions of the standards", "[model][schema]") {
    const Schema v2 = committed("v2/aed");
    CHECK(v2.primary_key == std::vector<std::string>{"ID"});
    CHECK(v2.latitude == "緯度");
    CHECK(v2.longitude == "経度");
    CHECK(v2.number == "08");
    CHECK(field(v2, "緯度").type == "string");  // v2 keeps trailing zeros
    CHECK(field(v2, "緯度").kind == Kind::latitude);
    CHECK(field(v2, "全国地方公共団体コード").kind == Kind::lg_code);
    CHECK(field(v2, "法人番号").kind == Kind::corporate_number);
    CHECK(field(v2, "小児対応設備の有無").kind == Kind::flag_word);
    CHECK(field(v2, "利用可能曜日").kind == Kind::weekdays);
    CHECK(field(v2, "利用可能曜日").allowed.empty());
    CHECK(field(v2, "外部利用不可").allowed.empty());
    CHECK_FALSE(field(v2, "外部利用不可").vocabulary.empty());
    CHECK(field(v2, "名称").requirement == Requirement::likely_required);
    CHECK(field(committed("v1/aed"), "緯度").type == "number");
    CHECK(field(committed("v1/hospital"), "診療科目").separator == ";");
    CHECK(field(committed("v1/fire_hydrant"), "種別").allowed.size() == 10);
    CHECK(field(committed("v2/fire_hydrant"), "種別").allowed.empty());  // the words are v1's
    const Schema population = committed("v1/population");
    CHECK(population.file_name == "population");
    CHECK(population.file_date == "day");
    CHECK(field(population, "0-4歳の男性").english == "male0To4");
    CHECK(field(population, "85歳以上の女性").kind == Kind::integer);
    CHECK(committed("v2/bicycle_parking").latitude == "公営駐輪場_緯度");
    CHECK(committed("v2/tourism").partial);

    // A hazard column is 必須◎, and its empty cell is a value.
    const Schema shelters = committed("v1/evacuation_space");
    CHECK(field(shelters, "災害種別_津波").kind == Kind::flag_one);
    CHECK(field(shelters, "災害種別_津波").requirement_word == "必須◎");
    CHECK(field(shelters, "災害種別_津波").requirement == Requirement::optional);
    CHECK(field(shelters, "名称").requirement == Requirement::required);
    // `low` never makes an error.
    CHECK(field(committed("v2/event"), "所在地_連結表記").requirement == Requirement::likely_required);
}

TEST_CASE("own schemas hold what their sources have", "[model][schema]") {
    const Schema school = committed("own/school");
    CHECK(field(school, "学校分類").allowed.size() == 14);
    CHECK(school.primary_key == std::vector<std::string>{"学校コード", "所在地"});
    CHECK(committed("own/boundary").latitude.empty());
    CHECK(field(committed("own/playground"), "雨の日でもOK").kind == Kind::flag_word);
}

TEST_CASE("every kind and requirement has a word of its own", "[model][schema]") {
    std::set<std::string> words;
    for (int i = 0; i <= static_cast<int>(Kind::percent); ++i) {
        const auto kind = static_cast<Kind>(i);
        CHECK(words.insert(std::string(word_of(kind))).second);
        CHECK(field_kind_named(word_of(kind)) == kind);
    }
    CHECK(words.count("") == 0);
    CHECK(words.size() == kind_words().size());
    CHECK(find_requirement("推奨〇") == Requirement::recommended);  // U+3007, as sheet 13 also writes it
    CHECK(find_requirement("必須◎?") == Requirement::likely_required);
    CHECK_FALSE(find_requirement("必須"));
    CHECK(word_of(Requirement::likely_required) == "likely_required");
    CHECK(find_confidence("low") == Confidence::low);
}

TEST_CASE("a schema file's mistakes are named with their place", "[model][schema]") {
    CHECK(mistakes_of(R"("name": "名称")").empty());
    check_single(mistakes_of(R"("name": "名称", "kokai:kind": "lgcode")"), "/fields/0/kokai:kind", "lg_code");
    check_single(mistakes_of(R"("name": "名称", "kokai:requirement": "必須")"), "/fields/0/kokai:requirement", "必須");
    check_single(mistakes_of(R"("name": "名称", "kokai:confidence": "sure")"), "/fields/0/kokai:confidence", "high");
    check_single(mistakes_of(R"("name": "名称", "type": "text")"), "/fields/0/type", "string");
    check_single(mistakes_of(R"("type": "string")"), "/fields/0/name", "missing");
    check_single(mistakes_of(R"("name": "")"), "/fields/0/name", "missing");
    check_single(mistakes_of(R"("name": 5)"), "/fields/0/name", "text");
    check_single(mistakes_of(R"("name": "a"}, {"name": "a")"), "/fields/1/name", "twice");
    check_single(mistakes_of(R"("name": "a"}, 7, {"name": "b")"), "/fields/1", "group");
    check_single(mistakes_of(R"("name": "a", "constrains": {"required": true})"), "/fields/0/constrains",
                 "constraints");
    check_single(mistakes_of(R"("name": "a", "kokai:alias": ["b"])"), "/fields/0/kokai:alias", "kokai:aliases");
    check_single(mistakes_of(R"("name": "a", "constraints": [])"), "/fields/0/constraints", "group");
    check_single(mistakes_of(R"("name": "a", "constraints": {"pattern": "(["})"), "/fields/0/constraints/pattern",
                 "RE2");
    check_single(mistakes_of(R"("name": "a", "constraints": {"minLength": 3})"), "/fields/0/constraints/minLength",
                 "use one");
    check_single(mistakes_of(R"("name": "a", "constraints": {"minimum": 5, "maximum": 1})"),
                 "/fields/0/constraints/minimum", "above");
    check_single(mistakes_of(R"("name": "a", "constraints": {"minimum": "0"})"), "/fields/0/constraints/minimum",
                 "number");
    check_single(mistakes_of(R"("name": "a", "constraints": {"unique": 1})"), "/fields/0/constraints/unique",
                 "true or false");
    check_single(mistakes_of(R"("name": "a", "constraints": {"enum": ["x", 1]})"), "/fields/0/constraints/enum/1",
                 "text");
    check_single(mistakes_of(R"("name": "a", "constraints": {"enum": ["x", "x"]})"), "/fields/0/constraints/enum/1",
                 "twice");
    check_single(mistakes_of(R"("name": "a", "kokai:requirement": "任意", "constraints": {"required": true})"),
                 "/fields/0/constraints/required", "任意");
    check_single(mistakes_of(R"("name": "a", "kokai:requirement": "必須◎", "kokai:confidence": "low",
                                "constraints": {"required": true})"),
                 "/fields/0/constraints/required", "low");
    check_single(mistakes_of(R"("name": "a", "kokai:aliases": ["b"]}, {"name": "b")"), "/fields/0/kokai:aliases/0",
                 "\"b\"");
    check_single(mistakes_of(R"("name": "a", "kokai:aliases": ["c"]}, {"name": "b", "kokai:aliases": ["c"])"),
                 "/fields/1/kokai:aliases/0", "\"a\"");
    check_single(mistakes_of(R"("name": "a")", R"(, "primaryKey": ["ID"])"), "/primaryKey", "ID");
    check_single(mistakes_of(R"("name": "緯度", "kokai:kind": "latitude")",
                             R"(, "kokai:position": {"latitude": "緯度", "longitude": "経度"})"),
                 "/kokai:position/longitude", "経度");
    check_single(
        mistakes_of(R"("name": "緯度", "kokai:kind": "latitude")", R"(, "kokai:position": {"latitude": "緯度"})"),
        "/kokai:position/longitude", "missing");
    check_single(mistakes_of(R"("name": "a", "kokai:kind": "longitude"}, {"name": "b", "kokai:kind": "text")",
                             R"(, "kokai:position": {"latitude": "b", "longitude": "a"})"),
                 "/kokai:position/latitude", "latitude");
    check_single(mistakes_of(R"("name": "a")", R"(, "kokai:partial": "no")"), "/kokai:partial", "true or false");
    check_single(mistakes_of(R"("name": "a")", R"(, "kokai:file_date": "year")"), "/kokai:file_date", "year");
    check_single(mistakes_of(R"("name": "a")", R"(, "kokai:standard": "v2")"), "/kokai:standard", "own");
    check_single(mistakes_of(R"("name": "a")", R"(, "kokai:titel": "x")"), "/kokai:titel", "kokai:title");
}

TEST_CASE("all mistakes of a schema file come at once", "[model][schema]") {
    std::vector<Mistake> mistakes;
    parse_schema(R"({"kokai:id": "aed", "fields": []})", "a.json", mistakes);
    REQUIRE(mistakes.size() == 3);
    CHECK(mistakes[0].pointer == "/kokai:id");
    CHECK(mistakes[1].pointer == "/kokai:title");
    CHECK(mistakes[2].pointer == "/fields");

    mistakes.clear();
    parse_schema("[]", "a.json", mistakes);
    CHECK(mistakes.size() == 1);
    mistakes.clear();
    parse_schema("{", "a.json", mistakes);
    CHECK(mistakes.size() == 1);
    CHECK(mistakes_of(R"("kokai:kind": "x", "type": "y")").size() == 3);
}

TEST_CASE("defaults of a field that says little", "[model][schema]") {
    std::vector<Mistake> mistakes;
    const Schema schema = parse_schema(R"({"kokai:id": "own/a", "title": "表", "primaryKey": "番号", "fields": [
        {"name": "番号", "type": "integer", "constraints": {"required": true, "minimum": 1, "maximum": 9.5}},
        {"name": "緯度", "kokai:kind": "latitude"}, {"name": "経度", "kokai:kind": "longitude"}]})",
                                       "a.json", mistakes);
    CHECK(mistakes.empty());
    CHECK(schema.title == "表");
    CHECK(schema.file_name == "a");
    CHECK(schema.standard == "own");
    CHECK(schema.primary_key == std::vector<std::string>{"番号"});
    CHECK(schema.latitude == "緯度");
    CHECK(schema.longitude == "経度");
    CHECK(schema.fields[0].kind == Kind::integer);
    CHECK(schema.fields[0].requirement == Requirement::required);
    CHECK(schema.fields[0].minimum == 1.0);
    CHECK(schema.fields[0].maximum == 9.5);
    CHECK(schema.fields[1].type == "string");
    CHECK(schema.fields[1].requirement == Requirement::optional);
    CHECK(schema.fields[1].confidence == Confidence::high);
}

TEST_CASE("the fields for programs: name, requirement, type first", "[model][schema]") {
    const Schema schema = committed("v2/public_toilet");
    const auto list = nlohmann::ordered_json::parse(schema_fields_json(schema));
    REQUIRE(list.size() == 39);
    CHECK(list[0]["name"] == "全国地方公共団体コード");
    CHECK(list[3]["requirement"] == "必須◎");
    CHECK(list[3]["level"] == "required");
    CHECK(list[30]["name"] == "車椅子使用者用トイレ有無");
    CHECK(list[30]["allowed"] == std::vector<std::string>{"有", "無"});
    CHECK(list[19]["minimum"] == 0.0);
    std::vector<std::string> keys;
    for (const auto& [key, value] : list[0].items()) {
        keys.push_back(key);
    }
    CHECK(std::vector<std::string>(keys.begin(), keys.begin() + 3) ==
          std::vector<std::string>{"name", "requirement", "type"});
}
