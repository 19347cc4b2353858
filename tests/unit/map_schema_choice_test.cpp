// SPDX-License-Identifier: Apache-2.0
// With the schema files that ship.
#include "map/schema_choice.hpp"
#include "model/schema_json.hpp"
#include "support/file.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <deque>
#include <filesystem>

using namespace kokai;
using Texts = std::vector<std::string>;

namespace {

/// All standard schemas, sorted by id.
const std::deque<Schema>& standard_schemas() {
    static const std::deque<Schema> schemas = [] {
        std::vector<std::filesystem::path> files;
        for (const char* standard : {"schemas/v1", "schemas/v2"}) {
            for (const auto& entry : std::filesystem::directory_iterator(standard)) {
                files.push_back(entry.path());
            }
        }
        std::sort(files.begin(), files.end());
        std::deque<Schema> all;
        for (const auto& file : files) {
            std::vector<Mistake> mistakes;
            all.push_back(parse_schema(read_small_file(file, file.string()), file.string(), mistakes));
            CHECK(mistakes.empty());
        }
        return all;
    }();
    return schemas;
}

std::vector<const Schema*> pointers() {
    std::vector<const Schema*> all;
    for (const Schema& schema : standard_schemas()) {
        all.push_back(&schema);
    }
    return all;
}

Texts headers_of(std::string_view id) {
    Texts headers;
    for (const Schema& schema : standard_schemas()) {
        if (schema.id == id) {
            for (const Field& field : schema.fields) {
                headers.push_back(field.name);
            }
        }
    }
    return headers;
}

std::vector<SchemaCandidate> ranked(const Texts& headers, const std::vector<const Schema*>& schemas) {
    Shape shape;
    for (const std::string& header : headers) {
        shape.columns.push_back({header, nullptr, {}});
    }
    return rank_schemas(shape, schemas);
}

}  // namespace

TEST_CASE("The headers of a standard choose it, whatever the order of the schemas", "[map][schema]") {
    std::vector<const Schema*> schemas = pointers();
    REQUIRE(schemas.size() == 39);
    for (const char* id : {"v1/aed", "v2/aed", "v1/public_toilet", "v2/preschool"}) {
        INFO(id);
        const Texts headers = headers_of(id);
        REQUIRE(headers.size() > 5);
        const auto candidates = ranked(headers, schemas);
        CHECK(choose_schema(candidates) == id);
        CHECK(candidates.front().id == id);
        CHECK(candidates.front().of_fields == 1.0);
        CHECK(candidates.front().of_columns == 1.0);
        CHECK(candidates.size() == schemas.size());
        std::reverse(schemas.begin(), schemas.end());
    }
}

TEST_CASE("Some missing and some further columns do not hide what a table is", "[map][schema]") {
    Texts headers = headers_of("v1/aed");
    headers.erase(headers.begin() + 2, headers.begin() + 5);
    headers.insert(headers.end(), {"担当課", "更新日時"});
    CHECK(choose_schema(ranked(headers, pointers())) == "v1/aed");
    for (std::string& header : headers) {
        header = "　" + header + " ";
    }
    CHECK(choose_schema(ranked(headers, pointers())) == "v1/aed");
}

TEST_CASE("Headers that say little or nothing choose nothing", "[map][schema]") {
    CHECK(choose_schema(ranked({"品名", "単価", "数量"}, pointers())).empty());
    CHECK(ranked({"品名", "単価", "数量"}, pointers()).front().score() == 0);
    CHECK(choose_schema(ranked({"名称", "住所", "緯度", "経度"}, pointers())).empty());  // many standards have these
    CHECK(choose_schema(ranked({}, pointers())).empty());
    CHECK(choose_schema({}).empty());
}

TEST_CASE("Two candidates close together are no choice", "[map][schema]") {
    CHECK(choose_schema({{"v2/a", 0.9, 0.9}, {"v1/a", 0.9, 0.8}}).empty());
    CHECK(choose_schema({{"v2/a", 0.9, 0.9}, {"v1/a", 0.9, 0.7}}) == "v2/a");
    CHECK(choose_schema({{"v2/a", 0.59, 1.0}}).empty());
    CHECK(choose_schema({{"v2/a", 0.6, 1.0}}) == "v2/a");
}
