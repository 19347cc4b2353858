// SPDX-License-Identifier: Apache-2.0
// The table of a Shapefile to the byte: names, widths, headers, records.
#include "tests/unit/support/small_schema.hpp"
#include "write/shp/dbf.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace kokai;
using kokai::testing::field_named;

namespace {

std::vector<std::string> names_of(const std::vector<std::string>& headers) {
    std::vector<ColumnInfo> columns;
    columns.reserve(headers.size());
    for (const std::string& header : headers) {
        columns.push_back({header, nullptr, {}});
    }
    return dbf_names(columns);
}

std::string english_name(const std::string& english) {
    Field field = field_named("施設の名称");
    field.english = english;
    const std::vector<ColumnInfo> columns{{"施設の名称", &field, {}}};
    return dbf_names(columns).front();
}

std::vector<std::string> records_of(std::vector<DbfField>& fields, const std::vector<std::vector<std::string>>& rows) {
    std::vector<std::string> packed;
    for (const auto& row : rows) {
        packed.emplace_back();
        for (std::size_t i = 0; i < fields.size(); ++i) {
            pack_dbf_cell(packed.back(), row[i], fields[i].type, fields[i].width);
        }
    }
    std::vector<std::string> records;
    for (const std::string& row : packed) {
        records.emplace_back();
        CHECK(append_dbf_record(records.back(), fields, row) == row.size());
        CHECK(records.back().size() == dbf_record_size(fields));
    }
    return records;
}

}  // namespace

TEST_CASE("Japanese names are cut at a whole character and told apart by digits", "[write][dbf]") {
    CHECK(names_of({"名称", "施設の所在地_番地", "施設の所在地_町字", "施設の所管"}) ==
          std::vector<std::string>{"名称", "施設の", "施設の2", "施設の3"});
    CHECK(names_of({"a〜あいう", "ab"}) == std::vector<std::string>{"a〜あい", "ab"});
}

TEST_CASE("Names differ for readers that do not tell a from A", "[write][dbf]") {
    CHECK(names_of({"name", "Name", "NAME", "name2"}) == std::vector<std::string>{"name", "Name2", "NAME3", "name22"});
    CHECK(names_of({"abcdefghij", "ABCDEFGHIJ"}) == std::vector<std::string>{"abcdefghij", "ABCDEFGHI2"});
    std::vector<std::string> many(12, "項目名の長い列");
    const std::vector<std::string> names = names_of(many);
    CHECK(names[8] == "項目名9");
    CHECK(names[9] == "項目10");
    CHECK(names[11] == "項目12");
}

TEST_CASE("Only letters, digits and _ of ASCII stand in a name", "[write][dbf]") {
    CHECK(names_of({"人口 (人)", "", "a\"b,c\n", std::string("x\0y", 3)}) ==
          std::vector<std::string>{"人口_人", "field", "a_b_c", "x_y"});
}

TEST_CASE("English names are shortened word by word", "[write][dbf]") {
    CHECK(english_name("name") == "name");
    CHECK(english_name("postalCode") == "postalCode");
    CHECK(english_name("localGovernmentCode") == "locGovCode");
    CHECK(english_name("localGovernmentName") == "locGovName");
    CHECK(english_name("installationLocation") == "instaLocat");
    CHECK(english_name("initiative_id") == "initiat_id");
    CHECK(english_name("extraordinarily") == "extraordin");
    CHECK(english_name("") == "施設の");
}

TEST_CASE("A cut never parts a character", "[write][dbf]") {
    CHECK(utf8_prefix("前橋市", 9) == "前橋市");
    CHECK(utf8_prefix("前橋市", 8) == "前橋");
    CHECK(utf8_prefix("前橋市", 2).empty());
    CHECK(utf8_prefix("a𠮷", 4) == "a");
    CHECK(utf8_prefix("a𠮷", 5) == "a𠮷");
}

TEST_CASE("Numbers stand as they are, longer ones rounded to 18 bytes, others not at all", "[write][dbf]") {
    const auto held = [](std::string_view text, WrittenType type) {
        std::string room;
        return std::string(dbf_number(text, type, room).value_or("-"));
    };
    CHECK(held("-12", WrittenType::integer) == "-12");
    CHECK(held("12.5", WrittenType::integer) == "-");
    CHECK(held("12.50", WrittenType::number) == "12.50");
    CHECK(held("325.81457410379744", WrittenType::number) == "325.81457410379744");
    CHECK(held("-0.30000000000000004", WrittenType::number) == "-0.3");
    CHECK(held("1.5e-12", WrittenType::number) == "0.0000000000015");
    CHECK(held("1e+22", WrittenType::number) == "-");
    for (const char* text : {"007", "1,000", "+1", "1e5", "", "約3", "12."}) {
        CAPTURE(text);
        CHECK(held(text, WrittenType::number) == "-");
    }
}

TEST_CASE("Fields are as wide as their widest cell, numbers stand to the right", "[write][dbf]") {
    std::vector<DbfField> fields{{"a", WrittenType::text, {}},
                                 {"b", WrittenType::integer, {}},
                                 {"c", WrittenType::number, {}},
                                 {"d", WrittenType::text, {}}};
    const std::vector<std::string> records = records_of(
        fields, {{"前橋", "-7", "1.5", ""}, {"x", "1234", "-12.125", ""}, {"", "", "", ""}, {"", "", "3", ""}});
    CHECK(records == std::vector<std::string>{" 前橋  -7  1.500 ", " x     1234-12.125 ", "                   ",
                                              "             3.000 "});
    CHECK(fields[0].width.bytes() == 6);
    CHECK(fields[2].width.bytes() == 7);
    CHECK(fields[3].width.bytes() == 1);
}

TEST_CASE("A text of 254 bytes fits", "[write][dbf]") {
    std::vector<DbfField> fields{{"a", WrittenType::text, {}}};
    const std::string longest(dbf_text_limit, 'x');
    CHECK(records_of(fields, {{longest}}).front() == " " + longest);
}

TEST_CASE("The header to the byte", "[write][dbf]") {
    const std::vector<DbfField> fields{{"名称", WrittenType::text, {200, 0}}, {"n", WrittenType::number, {3, 2}}};
    const std::string header = dbf_header(fields, 0x01020304, "2024-04-01");
    REQUIRE(header.size() == 97);
    CHECK(header.substr(0, 12) == std::string("\x03\x7C\x04\x01\x04\x03\x02\x01\x61\x00\xCF\x00", 12));
    CHECK(header.substr(12, 20) == std::string(20, '\0'));
    CHECK(header.substr(32, 32) ==
          "名称" + std::string(5, '\0') + "C" + std::string(4, '\0') + "\xC8" + std::string(15, '\0'));
    CHECK(header.substr(64, 32) ==
          "n" + std::string(10, '\0') + "N" + std::string(4, '\0') + "\x06\x02" + std::string(14, '\0'));
    CHECK(header.back() == '\x0D');
    CHECK(dbf_file_size(fields, 10) == header.size() + 2070 + 1);
}

TEST_CASE("Without a usable date the header holds the first that there is", "[write][dbf]") {
    const std::vector<DbfField> fields{{"a", WrittenType::text, {}}};
    for (const char* date : {"", "2024-4-1", "令和6年4月", "1868-01-01", "2024-04-01T10:00"}) {
        CAPTURE(date);
        CHECK(dbf_header(fields, 0, date).substr(1, 3) == std::string("\x00\x01\x01", 3));
    }
    CHECK(dbf_header(fields, 0, "1999-12-31").substr(1, 3) == "\x63\x0C\x1F");
}
