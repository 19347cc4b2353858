// SPDX-License-Identifier: Apache-2.0
#include "model/rule_json.hpp"
#include "model/schema_json.hpp"
#include "tests/unit/support/small_schema.hpp"
#include "tests/unit/support/small_table.hpp"
#include "validate/fields.hpp"
#include "validate/municipality.hpp"
#include "validate/place_duplicates.hpp"
#include "validate/rules.hpp"

#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>

using namespace kokai;
using kokai::testing::Outcome;
using kokai::testing::outcome_of;
using kokai::testing::Rows;
using kokai::testing::TableSource;
using kokai::testing::TakeFields;
using Texts = std::vector<std::string>;

namespace {

Rule rule_of(const std::string& json) {
    const SayMistake say = [](const std::string& at, const std::string&, const std::string& en) {
        FAIL(at + ": " + en);
    };
    return read_rule(nlohmann::ordered_json::parse(json), "", say);
}

Outcome checked(TableSource source, const std::string& json) {
    const Rule rule = rule_of(json);
    CheckRules rules({rule});
    std::vector<CheckUniqueValues> unique;
    unique.reserve(rule.must.size());
    std::vector<Check*> checks;
    for (const Condition& test : rule.must) {
        if (test.test == Condition::Test::unique) {
            checks.push_back(&unique.emplace_back(rule, test));
        }
    }
    return outcome_of(source, {&rules}, checks);
}

Texts places(const Texts& header, const Rows& rows, const std::string& json) {
    return checked(TableSource(header, rows), json).places();
}

}  // namespace

TEST_CASE("A rule speaks with the publisher's words, at the cell that must be otherwise", "[validate][rules]") {
    const Outcome outcome =
        checked(TableSource({"種別", "電話番号"}, {{"公園", "027-1"}, {"公園", ""}, {"学校", "027-2"}}),
                R"({"when": [{"column": "種別", "equals": "公園"}], "must": [{"column": "電話番号", "empty": true}],
            "message": "公園の電話番号は載せません", "message_en": "parks have no phone here", "level": "warning"})");
    REQUIRE(outcome.places() == Texts{"rule-broken@B2"});
    CHECK(outcome.findings[0].severity == Severity::warning);
    CHECK(sentence(outcome.findings[0]).ja == "公園の電話番号は載せません: 「027-1」");
    CHECK(sentence(outcome.findings[0]).en == "parks have no phone here: \"027-1\"");
}

TEST_CASE("An empty cell breaks only not_empty, and is not quoted", "[validate][rules]") {
    const Texts header{"a"};
    CHECK(places(header, {{""}}, R"({"must": [{"column": "a", "equals": "1"}], "message": "m"})").empty());
    CHECK(places(header, {{""}}, R"({"must": [{"column": "a", "matches": "^1"}], "message": "m"})").empty());
    CHECK(places(header, {{""}}, R"({"must": [{"column": "a", "at_least": 1}], "message": "m"})").empty());
    const Outcome outcome = checked(TableSource(header, {{" "}}),
                                    R"({"must": [{"column": "a", "not_empty": true}], "message": "要ります"})");
    REQUIRE(outcome.places() == Texts{"rule-broken@A2"});
    CHECK(outcome.findings[0].severity == Severity::error);
    CHECK(
        checked(TableSource(header, {{""}}), R"({"must": [{"column": "a", "not_empty": true}], "message": "要ります"})")
            .places() == Texts{"rule-broken@A2"});
    FindingText empty = outcome.findings[0];
    empty.found.clear();
    CHECK(sentence(empty).ja == "要ります");
    CHECK(sentence(empty).en == "要ります");
}

TEST_CASE("Numbers are compared with a number or with another column", "[validate][rules]") {
    const Texts header{"定員", "申込"};
    const Rows rows{{"10", "9"}, {"10", "11"}, {"1,000", "999"}, {"約", "5"}, {"", "5"}};
    CHECK(places(header, rows, R"({"must": [{"column": "申込", "at_most": {"column": "定員"}}], "message": "m"})") ==
          Texts{"rule-broken@B3"});
    CHECK(places(header, rows, R"({"must": [{"column": "申込", "less_than": 11}], "message": "m"})") ==
          Texts{"rule-broken@B3", "rule-broken@B4"});
    CHECK(places(header, rows, R"({"must": [{"column": "定員", "more_than": 10}], "message": "m"})") ==
          Texts{"rule-broken@A2", "rule-broken@A3"});
    CHECK(places(header, rows, R"({"must": [{"column": "定員", "at_least": 10.5}], "message": "m"})") ==
          Texts{"rule-broken@A2", "rule-broken@A3"});
}

TEST_CASE("Days and times are compared by what they mean, never with each other", "[validate][rules]") {
    const Texts header{"開始", "終了"};
    const Rows rows{{"2026-04-01", "2026-03-31"},    {"2026-04-01", "2026-04-01"},
                    {"令和8年4月1日", "2026-04-02"}, {"09:00", "8:30"},
                    {"2026-04-01", "09:00"},         {"2026-04", "2026-03-01"}};
    CHECK(places(header, rows, R"({"must": [{"column": "終了", "not_before": {"column": "開始"}}], "message": "m"})") ==
          Texts{"rule-broken@B2", "rule-broken@B5"});
    CHECK(places(header, rows, R"({"must": [{"column": "終了", "after": {"column": "開始"}}], "message": "m"})") ==
          Texts{"rule-broken@B2", "rule-broken@B3", "rule-broken@B5"});
    CHECK(places(header, rows, R"({"must": [{"column": "開始", "before": "2026-04-01"}], "message": "m"})") ==
          Texts{"rule-broken@A2", "rule-broken@A3", "rule-broken@A4", "rule-broken@A6"});
    CHECK(places(header, rows, R"({"must": [{"column": "終了", "not_after": "08:00"}], "message": "m"})") ==
          Texts{"rule-broken@B5", "rule-broken@B6"});
}

TEST_CASE("One of several columns, sums, lengths", "[validate][rules]") {
    CHECK(places({"洪水", "地震"}, {{"", "1"}, {"1", ""}, {"", ""}, {"0", ""}},
                 R"({"must": [{"any_column": ["洪水", "地震"], "equals": "1"}], "message": "m"})") ==
          Texts{"rule-broken@A4", "rule-broken@A5"});
    const Outcome sums = checked(TableSource({"計", "男", "女"}, {{"3", "1", "2"}, {"4", "1", "2"}, {"4", "", "2"}}),
                                 R"({"must": [{"column": "計", "sum_of": ["男", "女"]}], "message": "m"})");
    CHECK(sums.places() == Texts{"rule-broken@A3"});
    CHECK(places({"a"}, {{"あいう"}, {"ab"}, {"あいうえお"}},
                 R"({"must": [{"column": "a", "min_length": 3}, {"column": "a", "max_length": 4}], "message": "m"})") ==
          Texts{"rule-broken@A3", "rule-broken@A4"});
}

TEST_CASE("Unique values, alone or together with other columns, in the rows that when names", "[validate][rules]") {
    const Texts header{"名称", "階", "種別"};
    const Rows rows{{"庁舎", "1", "AED"}, {"庁舎", "2", "AED"}, {"庁舎", "2", "AED"},
                    {"", "2", "AED"},     {"", "2", "AED"},     {"庁舎", "2", "他"}};
    const Outcome outcome = checked(TableSource(header, rows), R"({"when": [{"column": "種別", "equals": "AED"}],
        "must": [{"column": "名称", "unique": true}], "message": "名称は一度だけ"})");
    CHECK(outcome.places() == Texts{"rule-broken@A3", "rule-broken@A4"});
    CHECK(outcome.findings[0].expected == "名称は一度だけ");
    CHECK(places(header, rows, R"({"must": [{"column": "名称", "unique": ["階", "種別"]}], "message": "m"})") ==
          Texts{"rule-broken@A4"});
}

TEST_CASE("A schema's rule tells the other cell or the sum, and is left out where a column is not filled",
          "[validate][rules]") {
    const Outcome order = checked(
        TableSource({"開始日", "終了日"}, {{"2026-04-02", "2026-04-01"}}),
        R"({"must": [{"column": "終了日", "not_before": {"column": "開始日"}}], "code": "order-reversed", "level": "error"})");
    REQUIRE(order.places() == Texts{"order-reversed@B2"});
    CHECK(order.findings[0].expected == "2026-04-02");
    const std::string sum =
        R"({"must": [{"column": "総人口", "sum_of": ["男性", "女性"]}], "code": "total-mismatch", "level": "warning"})";
    const Outcome total = checked(TableSource({"総人口", "男性", "女性"}, {{"10", "4", "5"}}), sum);
    REQUIRE(total.places() == Texts{"total-mismatch@A2"});
    CHECK(total.findings[0].expected == "9");

    Shape shape;
    shape.columns = {
        {"総人口", nullptr, {{0, 1, "総人口"}}}, {"男性", nullptr, {{0, 2, "男性"}}}, {"女性", nullptr, {}}};
    CHECK(rules_for({rule_of(sum)}, shape).empty());
    const Rule any = rule_of(R"({"must": [{"any_column": ["総人口", "女性"], "not_empty": true}], "message": "m"})");
    REQUIRE(rules_for({any}, shape).size() == 1);
    CHECK(rules_for({any}, shape)[0].must[0].any == Texts{"総人口"});
}

TEST_CASE("A publisher's rule names published columns or the headers they came from", "[validate][rules]") {
    Shape shape;
    shape.columns = {{"名称", nullptr, {{0, 1, "施設名"}}}, {"電話番号", nullptr, {{0, 2, "TEL"}}}};
    std::vector<Rule> rules{
        rule_of(R"({"when": [{"column": "施設名", "not_empty": true}], "must": [{"column": "TEL", "not_empty": true}],
                    "message": "m"})"),
        rule_of(
            R"({"must": [{"column": "電話番", "at_most": {"column": "無い列"}}, {"column": "消えた", "empty": true}],
                    "message": "m"})")};
    Texts vanished;
    const std::vector<Mistake> mistakes =
        name_columns(rules, shape, {"消えた"}, "a/dataset.json", "/tables/0/rules", vanished);
    REQUIRE(mistakes.size() == 2);
    CHECK(mistakes[0].pointer == "/tables/0/rules/1/must/0/column");
    CHECK(mistakes[0].ja == "公開する列に「電話番」はありません。「電話番号」のことですか");
    CHECK(mistakes[1].pointer == "/tables/0/rules/1/must/0/at_most/column");
    CHECK(vanished == Texts{"消えた"});
    REQUIRE(rules.size() == 1);
    CHECK(rules[0].when[0].column == "名称");
    CHECK(rules[0].must[0].column == "電話番号");
}

TEST_CASE("Days that are called alike are held in their order in any table", "[validate][rules]") {
    Shape shape;
    shape.columns = {{"利用開始日", nullptr, {{0, 1, "利用開始日"}}},
                     {"利用終了日", nullptr, {{0, 2, "利用終了日"}}},
                     {"開始時間", nullptr, {{0, 3, "開始時間"}}},
                     {"終了時間", nullptr, {{0, 4, "終了時間"}}},
                     {"受付開始日", nullptr, {{0, 5, "受付開始日"}}}};
    const std::vector<Rule> found = rules_by_name(shape, {});
    REQUIRE(found.size() == 1);
    CHECK(found[0].severity == Severity::warning);
    CHECK(found[0].must[0].column == "利用終了日");
    CHECK(rules_by_name(shape, found).empty());
    CheckRules rules(found);
    TableSource source({"利用開始日", "利用終了日"}, {{"2026-04-02", "2026-04-01"}, {"2026-04-02", "2026-04-02"}});
    CHECK(outcome_of(source, {&rules}).places() == Texts{"order-reversed@B2"});
}

TEST_CASE("The schemas ask about hours, totals, heights and codes", "[validate][rules][schemas]") {
    const auto places = [](const std::string& id, const Texts& header, const Rows& rows) {
        std::ifstream file(std::string(KOKAI_SOURCE_DIR) + "/schemas/" + id + ".json");
        const std::string json(std::istreambuf_iterator<char>(file), {});
        std::vector<Mistake> mistakes;
        const Schema schema = parse_schema(json, id, mistakes);
        TableSource source(header, rows);
        Findings none;
        CheckRules check(rules_for(schema.rules, TableSource(header, rows).open(none)));
        TakeFields fields(schema);
        return outcome_of(source, {&fields, &check}).places();
    };
    CHECK(places("v2/public_facility", {"開始時間", "終了時間"},
                 {{"09:00", "17:00"}, {"13:00", "05:00"}, {"09:00", "09:00"}, {"00:00", "24:00"}, {"09:00", ""}}) ==
          Texts{"fields-disagree@B3", "fields-disagree@B4"});
    CHECK(places("v2/event", {"開始日", "終了日", "開始時間", "終了時間"},
                 {{"2024-04-01", "2024-04-02", "18:00", "09:00"}})
              .empty());
    CHECK(places("v2/public_toilet", {"女性トイレ総数", "女性トイレ数（和式）", "女性トイレ数（洋式）"},
                 {{"4", "2", "2"}, {"5", "2", "2"}, {"5", "2", ""}}) == Texts{"total-mismatch@A3"});
    CHECK(places("v2/evacuation_space", {"標高"}, {{"3776"}, {"9999"}}) == Texts{"fields-disagree@A3"});
    CHECK(places("v2/hospital", {"医療機関コード"}, {{"0110000"}, {"1010110000"}, {"101123"}}) ==
          Texts{"fields-disagree@A4"});
    CHECK(places("v1/hospital", {"医療機関コード"},
                 {{"10,1012,3"}, {"01,1010,1"}, {"10-1-0110000"}, {"-"}, {"なし"}, {"10,101,3"}}) ==
          Texts{"fields-disagree@A7"});
}

TEST_CASE("No rule fires on the standard's own examples", "[validate][rules][schemas]") {
    std::size_t with_rules = 0;
    for (const char* const standard : {"v1", "v2"}) {
        for (const auto& entry :
             std::filesystem::directory_iterator(std::string(KOKAI_SOURCE_DIR) + "/schemas/" + standard)) {
            std::ifstream file(entry.path());
            const std::string json(std::istreambuf_iterator<char>(file), {});
            std::vector<Mistake> mistakes;
            const Schema schema = parse_schema(json, entry.path().filename().string(), mistakes);
            CHECK(mistakes.empty());
            with_rules += schema.rules.empty() ? 0U : 1U;
            Texts header;
            Rows rows(2);
            for (const Field& field : schema.fields) {
                header.push_back(field.name);
                rows[0].push_back(field.example);
                rows[1].emplace_back();
            }
            TableSource source(header, rows);
            const Shape shape = [&] {
                Findings none;
                return TableSource(header, rows).open(none);
            }();
            TakeFields fields(schema);
            std::vector<Rule> rules = rules_for(schema.rules, shape);
            // An empty row has no kind of disaster; it has no name either, and is told for that.
            std::erase_if(rules, [](const Rule& rule) { return !rule.must.front().any.empty(); });
            CheckRules check(rules);
            CheckMunicipality municipality("");
            DuplicatePlaces duplicates(source.about());
            INFO(schema.id);
            CHECK(outcome_of(source, {&fields, &check, &municipality}, {&duplicates}).places() == Texts{});
        }
    }
    CHECK(with_rules >= 14);
}

TEST_CASE("A pattern that makes other engines hang is linear here (A58)", "[validate][rules][hostile]") {
    const std::string cell = std::string(100'000, 'a') + "!";
    const auto before = std::chrono::steady_clock::now();
    CHECK(places({"a"}, {{cell}}, R"({"must": [{"column": "a", "matches": "^(a+)+$"}], "message": "m"})") ==
          Texts{"rule-broken@A2"});
    CHECK(std::chrono::steady_clock::now() - before < std::chrono::seconds(2));
}

TEST_CASE("A schema's pattern is linear, too (A58)", "[validate][rules][hostile]") {
    Schema schema = kokai::testing::schema_with({"a"});
    schema.fields[0].pattern = "(a+)+$";
    TakeFields fields(schema);
    CheckFields check;
    TableSource source({"a"}, {{std::string(100'000, 'a') + "!"}});
    const auto before = std::chrono::steady_clock::now();
    CHECK(outcome_of(source, {&fields, &check}).places() == Texts{"pattern-violated@A2"});
    CHECK(std::chrono::steady_clock::now() - before < std::chrono::seconds(2));
}
