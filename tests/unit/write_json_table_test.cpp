// SPDX-License-Identifier: Apache-2.0
#include "map/condition.hpp"
#include "tests/unit/support/small_schema.hpp"
#include "tests/unit/support/small_sink.hpp"
#include "tests/unit/support/small_table.hpp"
#include "tests/unit/support/temporary_folder.hpp"
#include "write/json_table.hpp"

#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

using namespace kokai;
using kokai::testing::field_named;
using kokai::testing::Rows;
using kokai::testing::TableSource;
using kokai::testing::TakeFields;
using kokai::testing::TemporaryFolder;
using kokai::testing::write_all;

namespace {

std::string table_of(const std::vector<std::string>& header, const Rows& rows, const Schema& schema = {},
                     std::size_t batch_rows = 2) {
    const TemporaryFolder folder;
    TableSource source(header, rows, 0, batch_rows);
    TakeFields fields(schema);
    JsonTableSink sink({folder.path(), "a.json"});
    const OutputFile file = write_all(source, {&fields}, sink);
    std::string text = folder.read("a.json");
    CHECK(file.format == "json");
    CHECK(file.path == "a.json");
    CHECK(file.rows == rows.size());
    CHECK(file.bytes == text.size());
    return text;
}

Schema typed_schema() {
    Schema schema;
    schema.fields = {field_named("定員"), field_named("面積"), field_named("番号")};
    schema.fields[0].type = "integer";
    schema.fields[1].type = "number";
    schema.fields[2].type = "string";
    return schema;
}

}  // namespace

TEST_CASE("An array with a row a line, to the byte", "[write][json]") {
    CHECK(table_of({"番号", "定員", "面積"}, {{"007", "12", "1.50"}, {"", "", ""}, {"12", "12人", "007"}},
                   typed_schema()) == "[\n"
                                      "{\"番号\":\"007\",\"定員\":12,\"面積\":1.50},\n"
                                      "{\"番号\":null,\"定員\":null,\"面積\":null},\n"
                                      "{\"番号\":\"12\",\"定員\":\"12人\",\"面積\":\"007\"}\n"
                                      "]\n");
}

TEST_CASE("An empty table is an empty array", "[write][json]") {
    CHECK(table_of({"a"}, {}) == "[\n]\n");
}

TEST_CASE("What JSON escapes comes back as it was, at any place of any length of text", "[write][json]") {
    for (const std::string& special : std::vector<std::string>{"\"", "\\", "\n", "\x01", "\x1F", "県", "\x7F"}) {
        for (std::size_t length = 0; length < 40; ++length) {
            Rows rows;
            for (std::size_t at = 0; at <= length; ++at) {
                rows.push_back({std::string(at, 'a') + special + std::string(length - at, 'z')});
            }
            const nlohmann::json read = nlohmann::json::parse(table_of({"a"}, rows));
            Rows found;
            for (const nlohmann::json& row : read) {
                found.push_back({row.at("a").get<std::string>()});
            }
            CHECK(found == rows);
        }
    }
}

TEST_CASE("Very long cells and names with quotes", "[write][json]") {
    const std::string name = "項目\"" + std::string(500, 'n') + "\"\\";
    const std::string plain(1 << 20U, 'x');
    const std::string quotes(1 << 20U, '"');
    const nlohmann::json read = nlohmann::json::parse(table_of({name}, {{plain}, {quotes}, {"県"}}));
    CHECK(read[0][name] == plain);
    CHECK(read[1][name] == quotes);
    CHECK(read[2][name] == "県");
}

TEST_CASE("The table does not depend on how the rows come in batches", "[write][json]") {
    const Rows rows{{"1"}, {"2"}, {"3"}, {"4"}, {"5"}};
    CHECK(table_of({"a"}, rows, {}, 1) == table_of({"a"}, rows, {}, 9));
}

TEST_CASE("Rows that are not kept leave no comma behind in the array", "[write][json]") {
    const TemporaryFolder folder;
    TableSource source({"a"}, {{"x"}, {"x"}, {"1"}, {"x"}, {"2"}, {"x"}});
    FilterRows filter({{"a", Condition::Test::not_equals, {"x"}}}, {});
    JsonTableSink sink({folder.path(), "a.json"});
    CHECK(write_all(source, {&filter}, sink).rows == 2);
    CHECK(folder.read("a.json") == "[\n{\"a\":\"1\"},\n{\"a\":\"2\"}\n]\n");
}
