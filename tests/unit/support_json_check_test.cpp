// SPDX-License-Identifier: Apache-2.0
// Every mistake at once, each with its pointer, in words that name the cure.
#include "support/json_check.hpp"
#include "support/json_judge.hpp"
#include "support/json_parse.hpp"
#include "support/nearest_word.hpp"

#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

using namespace kokai;
using nlohmann::json;

namespace {

const json form = json::parse(R"({
  "type": "object", "required": ["title", "kind"], "additionalProperties": false,
  "properties": {
    "title": {"type": "string", "minLength": 1},
    "kind": {"type": "string", "enum": ["rows", "cross"]},
    "code": {"$ref": "#/definitions/code"},
    "count": {"type": "integer", "minimum": 1, "maximum": 9},
    "always": {"const": true},
    "from": {"oneOf": [{"type": "string"}, {"type": "array", "minItems": 1, "maxItems": 3, "uniqueItems": true,
                                            "items": {"type": "string"}}]},
    "inner": {"type": "object", "minProperties": 1, "additionalProperties": {"type": "string"}}
  },
  "definitions": {"code": {"type": "string", "pattern": "^[0-9]{6}$", "examples": ["222127"]}}
})");

struct Case {
    const char* document;
    std::vector<std::pair<const char*, const char*>> expected;  // pointer, Japanese sentence
};

std::vector<Mistake> parse_mistakes(std::string_view text) {
    json document;
    std::vector<Mistake> mistakes;
    const bool parsed = parse_json(text, "x.json", document, mistakes);
    CHECK(parsed == mistakes.empty());
    return mistakes;
}

}  // namespace

TEST_CASE("A document's mistakes come all at once, with pointer and cure", "[support][json]") {
    const std::vector<Case> cases = {
        {R"({"title": "A", "kind": "rows"})", {}},
        {R"({"title": "A", "kind": "rows", "from": ["a", "b"], "inner": {"x": "y"}, "always": true, "count": 3})", {}},
        {R"({"tittle": "A", "kind": "rows"})",
         {{"/tittle", "\"tittle\" という項目はありません。\"title\" ではありませんか"}}},
        {R"({"title": "A", "kind": "rows", "a/b~c": 1})",
         {{"/a~1b~0c", "\"a/b~c\" という項目はありません。ここに書けるのは "
                       "\"always\"、\"code\"、\"count\"、\"from\"、\"inner\"、\"kind\"、\"title\" です"}}},
        {R"({"title": "", "kind": "rowz"})",
         {{"/kind", "\"rowz\" は使えません。\"rows\" ではありませんか（使えるのは \"rows\"、\"cross\"）"},
          {"/title", "空のままです。値を書くか、この項目を消してください"}}},
        {R"({"title": "A"})", {{"", "必要な項目 \"kind\" がありません"}}},
        {R"({"title": 5, "kind": "rows", "code": 222127})",
         {{"/code", "222127 は使えません。文字列（\" で囲む）にしてください。\"222127\" と書いてください"},
          {"/title", "5 は使えません。文字列（\" で囲む）にしてください。\"5\" と書いてください"}}},
        {R"({"title": "A", "kind": "rows", "code": "2221"})",
         {{"/code", "\"2221\" は決められた形ではありません（例: \"222127\"）"}}},
        {R"({"title": "A", "kind": "rows", "count": 10, "always": false})",
         {{"/always", "false は使えません。書けるのは true だけです"},
          {"/count", "10 は大きすぎます。9 以下にしてください"}}},
        {R"({"title": "A", "kind": "rows", "count": 3.0})", {{"/count", "3.0 は使えません。整数にしてください"}}},
        {R"({"title": "A", "kind": "rows", "count": 0})", {{"/count", "0 は小さすぎます。1 以上にしてください"}}},
        {R"({"title": "A", "kind": "rows", "from": {"a": 1}})",
         {{"/from", "{\"a\":1} は使えません。文字列（\" で囲む）か、並び（[ ] で囲む）にしてください"}}},
        {R"({"title": "A", "kind": "rows", "from": ["a", 2, "a"]})",
         {{"/from/1", "2 は使えません。文字列（\" で囲む）にしてください。\"2\" と書いてください"},
          {"/from/2", "\"a\" が二度書かれています"}}},
        {R"({"title": "A", "kind": "rows", "from": []})", {{"/from", "値が足りません（1 個以上、いまは 0 個）"}}},
        {R"({"title": "A", "kind": "rows", "from": ["a", "b", "c", "d"]})",
         {{"/from", "値が多すぎます（3 個まで、いまは 4 個）"}}},
        {R"({"title": "A", "kind": "rows", "inner": {}})", {{"/inner", "項目が足りません（1 個以上、いまは 0 個）"}}},
        {R"({"title": "A", "kind": "rows", "inner": {"x": null}})",
         {{"/inner/x", "null は使えません。文字列（\" で囲む）にしてください"}}},
        {R"([])", {{"", "[] は使えません。項目の集まり（{ } で囲む）にしてください"}}},
    };
    for (const Case& one : cases) {
        INFO(one.document);
        const json document = json::parse(one.document);
        const std::vector<Mistake> mistakes = check_json(document, form, "x.json");
        REQUIRE(mistakes.size() == one.expected.size());
        CHECK(JsonJudge(form, "x.json").judge(document, "x.json").empty() == one.expected.empty());
        for (std::size_t i = 0; i < mistakes.size(); ++i) {
            CHECK(mistakes[i].pointer == one.expected[i].first);
            CHECK(mistakes[i].ja == one.expected[i].second);
            CHECK_FALSE(mistakes[i].en.empty());
            CHECK(mistakes[i].file == "x.json");
        }
    }
}

TEST_CASE("What only valijson knows is not lost", "[support][json]") {
    const json rare = json::parse(R"({"type": "object", "properties": {"a": {"not": {"type": "string"}}}})");
    const std::vector<Mistake> mistakes = check_json(json::parse(R"({"a": "b"})"), rare, "x.json");
    REQUIRE_FALSE(mistakes.empty());
    CHECK(mistakes.front().pointer == "/a");
    CHECK(check_json(json::parse(R"({"a": 1})"), rare, "x.json").empty());
}

TEST_CASE("A schema that is itself wrong is an exception", "[support][json]") {
    CHECK_THROWS_AS(check_json(json::object(), json::parse(R"({"type": "nonsense"})"), "x.json"), WorldError);
    CHECK_THROWS_AS(JsonForm(R"({"type": )", "x.json"), WorldError);
}

TEST_CASE("Text that is not JSON is named with line, column and the usual slip", "[support][json]") {
    const std::pair<const char*, const char*> cases[] = {
        {"", "1 行目の 1 文字目: ファイルが空です"},
        {"{\n \"a\": 1,\n}", "3 行目の 1 文字目: 最後の項目の後ろの , を消してください"},
        {"{\"題\": \"x\"\n  \"b\": 1}", "2 行目の 3 文字目: 前の項目の後ろに , が抜けています"},
        {"{\"題名\": 「x」}", "1 行目の 8 文字目: JSON として読めません"},
        {"{\"題名\"： 1}", "1 行目の 6 文字目: 区切りの , : と空白は半角にしてください"},
        {"{“a”: 1}", "1 行目の 2 文字目: 引用符は半角の \" にしてください"},
        {"{\"a\": 1 // b\n}", "1 行目の 9 文字目: JSON には説明（コメント）を書けません"},
        {"{\"a\": \"x\n\"}",
         "1 行目の 9 文字目: 値の中で改行やタブは使えません。\" の閉じ忘れか、\\n と書くところです"},
        {"{\"a\": [1, 2", "1 行目の 12 文字目: 途中で終わっています。閉じる } や ] や \" が足りません"},
        {"{\"a\": True}", "1 行目の 7 文字目: JSON として読めません"},
    };
    for (const auto& [text, expected] : cases) {
        INFO(text);
        json document;
        std::vector<Mistake> mistakes;
        CHECK_FALSE(parse_json(text, "x.json", document, mistakes));
        REQUIRE(mistakes.size() == 1);
        CHECK(mistakes[0].ja == expected);
    }
    CHECK(parse_mistakes("\xEF\xBB\xBF{\"a\": 1}").empty());
    CHECK(parse_mistakes(std::string(100000, '[')).at(0).ja == "入れ子が深すぎます（64 段まで）");
}

TEST_CASE("A key written twice is a mistake, and the order of keys is kept", "[support][json]") {
    nlohmann::ordered_json document;
    std::vector<Mistake> mistakes;
    CHECK(parse_json(R"({"z": {"k": 1}, "a": {"k": 2}, "z": 3})", "x.json", document, mistakes));
    REQUIRE(mistakes.size() == 1);
    CHECK(mistakes[0].ja == "\"z\" という項目が同じところに二度書かれています");
    CHECK(document.begin().key() == "z");
    CHECK(document["z"] == 3);
}

TEST_CASE("The nearest word is one slip away, not merely the least far", "[support][words]") {
    const std::vector<std::string> known = {"title", "title_en", "tables", "sources", "from", "名称", "名称_カナ"};
    const std::pair<const char*, const char*> cases[] = {
        {"tittle", "title"},       {"Title", "title"}, {"title-en", "title_en"},
        {"tabels", "tables"},      {"form", "from"},   {"source", "sources"},
        {"publisher", ""},         {"x", ""},          {"", ""},
        {"名称カナ", "名称_カナ"}, {"住所", ""},
    };
    for (const auto& [word, expected] : cases) {
        INFO(word);
        CHECK(nearest_word(word, known) == expected);
    }
    CHECK(nearest_word(std::string(1000, 't'), known).empty());
}
