// SPDX-License-Identifier: Apache-2.0
#include "write/text/cp932.hpp"

#include "model/cell.hpp"
#include "read/encoding.hpp"

#include <catch2/catch.hpp>

using namespace kokai;

namespace {

std::string encoded(std::string_view text) {
    std::string bytes;
    CHECK(append_cp932(bytes, text));
    return bytes;
}

std::string lossy(std::string_view text) {
    std::string bytes;
    CHECK_FALSE(append_cp932(bytes, text));
    return bytes;
}

}  // namespace

TEST_CASE("CP932 has what Windows has: NEC's and IBM's characters, half-width kana", "[write][cp932]") {
    CHECK(encoded("A1,\"") == "A1,\"");
    CHECK(encoded("髙") == "\xFB\xFC");
    CHECK(encoded("﨑") == "\xFA\xB1");
    CHECK(encoded("①") == "\x87\x40");
    CHECK(encoded("Ⅳ") == "\x87\x57");
    CHECK(encoded("ⅳ") == "\xFA\x43");
    CHECK(encoded("㈱") == "\x87\x8A");
    CHECK(encoded("ｶﾞ") == "\xB6\xDE");
    CHECK(encoded("表ソ") == "\x95\x5C\x83\x5C");
    CHECK(encoded("￢∵") == "\x81\xCA\x81\xE6");
}

TEST_CASE("Signs of other mappings become Windows' own", "[write][cp932]") {
    CHECK(encoded("〜−‖—") == encoded("～－∥―"));
    CHECK(encoded("¢£¬") == encoded("￠￡￢"));
}

TEST_CASE("What CP932 does not have stands as 〓, selectors of variants go", "[write][cp932]") {
    CHECK(lossy("𠮷野") == encoded("〓野"));
    CHECK(lossy("葛󠄀飾") == encoded("葛飾"));
    CHECK(lossy("é") == encoded("〓"));
    CHECK(lossy("\xE5") == encoded("〓"));
}

TEST_CASE("Every character that CP932 reads comes back as it was", "[write][cp932]") {
    std::size_t pairs = 0;
    for (unsigned lead = 0x81; lead <= 0xFC; lead += lead == 0x9F ? 0x41 : 1) {
        for (unsigned trail = 0x40; trail <= 0xFC; ++trail) {
            const std::string bytes{static_cast<char>(lead), static_cast<char>(trail)};
            Arena arena;
            std::size_t bad = std::string::npos;
            const Cell text = decode_cp932(bytes, arena, bad);
            if (bad != std::string::npos || text.empty()) {
                continue;
            }
            ++pairs;
            std::string back;
            const bool whole = append_cp932(back, text);
            Arena again;
            INFO(text);
            if (!whole || decode_cp932(back, again, bad) != text) {
                FAIL("lost");
            }
        }
    }
    CHECK(pairs > 9000);
}

TEST_CASE("A beginning cuts no character", "[write][cp932]") {
    const std::string bytes = encoded("a表ｶ説");
    CHECK(cp932_prefix(bytes, 100) == bytes);
    CHECK(cp932_prefix(bytes, 6) == bytes);
    CHECK(cp932_prefix(bytes, 5) == bytes.substr(0, 4));
    CHECK(cp932_prefix(bytes, 2) == "a");
    CHECK(cp932_prefix(bytes, 0).empty());
}
