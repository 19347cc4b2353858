// SPDX-License-Identifier: Apache-2.0
#include "support/json_text.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace kokai;

namespace {

std::string in_quotes(std::string_view text) {
    std::string out;
    append_json_string(out, text);
    return out;
}

}  // namespace

TEST_CASE("Plain text stands between quotes as it is", "[support][json]") {
    CHECK(in_quotes("") == "\"\"");
    CHECK(in_quotes("前橋市 Maebashi </script> é 😀") == "\"前橋市 Maebashi </script> é 😀\"");
    CHECK(in_quotes("\x7F") == "\"\x7F\"");
}

TEST_CASE("Quotes, backslashes and controls are escaped", "[support][json]") {
    CHECK(in_quotes("a\"b\\c/d") == R"("a\"b\\c/d")");
    CHECK(in_quotes("\n\r\t\b\f") == R"("\n\r\t\u0008\u000c")");
    CHECK(in_quotes(std::string_view("\0\x01\x1F", 3)) == R"("\u0000\u0001\u001f")");
}

TEST_CASE("Every byte at every position of a long text comes back from a parser", "[support][json]") {
    for (int byte = 0; byte < 0x80; ++byte) {
        for (std::size_t at = 0; at < 19; ++at) {
            std::string text(19, 'x');
            text[at] = static_cast<char>(byte);
            const bool plain = byte >= 0x20 && byte != '"' && byte != '\\';
            REQUIRE(is_plain_json(text) == plain);
            REQUIRE(nlohmann::json::parse(in_quotes(text)) == text);
        }
    }
    // Bytes beyond ASCII are never taken for controls, whatever stands beside them.
    for (std::size_t at = 0; at < 12; ++at) {
        std::string text(12, '\xE3');
        CHECK(is_plain_json(text));
        text[at] = '\x1F';
        CHECK_FALSE(is_plain_json(text));
    }
}

TEST_CASE("A number is what JSON writes and a double gives back", "[support][json]") {
    for (const char* text :
         {"0", "-0", "7", "-1.50", "10", "0.5", "100.0", "12345678901234567", "-0.001", "325.81457410379744",
          "0.30000000000000004", "1234567890123456.5", "1e+22", "1.5e-12", "-1.2345678901234e-07"}) {
        INFO(text);
        CHECK(is_json_number(text));
        CHECK(nlohmann::json::parse(text).is_number());
    }
    for (const char* text : {"",       "-",   "007",
                             "-007",   "00",  "+1",
                             ".5",     "5.",  "1e5",
                             "1,000",  " 1",  "1 ",
                             "0x1",    "NaN", "１",
                             "1.2.3",  "--1", "123456789012345678",
                             "1e+400", "1e",  "0.300000000000000040"}) {
        INFO(text);
        CHECK_FALSE(is_json_number(text));
    }
}
