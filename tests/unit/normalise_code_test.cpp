// SPDX-License-Identifier: Apache-2.0
// Codes with check digits: repaired only where one reading is real.
#include "normalise/code.hpp"
#include "normalise_cases.hpp"

#include <catch2/catch.hpp>

using namespace kokai;

TEST_CASE("check digits of the rules' own examples", "[normalise][code]") {
    for (const std::string code : {"102016", "102121", "102041", "011002", "100005", "131016", "473821", "122050"}) {
        INFO(code);
        CHECK(lg_check_digit(code) == code.back());
        CHECK(is_clean_code(code));
    }
    for (const std::string number :
         {"8000012010038", "1000020016446", "2000020183822", "9000020204811", "8000020214043", "9000020102016"}) {
        INFO(number);
        CHECK(is_clean_corporate_number(number));
    }
}

TEST_CASE("local government codes", "[normalise][code]") {
    cases::check_table(
        {
            {"１０２０１６", "102016 []"},
            {"10201-6", "102016 []"},
            {"102016.0", "102016 []"},
            {"92011", "092011 [warn:leading-zero-restored]"},
            {"13101", "131016 [warn:check-digit-added]"},
            {"37201", "372013 [warn:check-digit-added]"},
            {"1100", "011002 [warn:leading-zero-restored warn:check-digit-added]"},
            {"221390", " [error:check-digit]"},
            {"221317", "221317 [warn:unknown-code]"},
            {"99999", " [error:check-digit]"},
            {"10", " [error:length]"},
            {"1020161", " [error:length]"},
            {"前橋市", " [error:not-a-code]"},
            {"－", " [empty]"},
            {"", " []"},
        },
        normalise_code, [](std::string_view text) { return is_clean_code(text) || text == "221317"; });
}

TEST_CASE("a five-digit code with two real readings is refused", "[normalise][code]") {
    int ambiguous = 0;
    int repaired = 0;
    int known = 0;
    int known_with_zero = 0;
    for (int value = 0; value < 100000; ++value) {
        const std::string text = std::to_string(value);
        const std::string five = std::string(5 - text.size(), '0') + text;
        known += is_known_lg_code(five) ? 1 : 0;
        known_with_zero += is_known_lg_code(five) && five.front() == '0' ? 1 : 0;
    }
    CHECK(known == 1965);
    for (int value = 1000; value < 100000; ++value) {
        const std::string text = std::to_string(value);
        const Normalised result = normalise_code(text);
        const bool with_zero = text.size() == 5 && is_clean_code("0" + text);
        const bool without_check = is_known_lg_code(text) || (text.size() == 4 && is_known_lg_code("0" + text));
        if (with_zero && without_check) {
            REQUIRE(result.has("error:ambiguous"));
            ++ambiguous;
        } else if (with_zero || without_check) {
            REQUIRE(is_clean_code(result.value));
            ++repaired;
        } else {
            REQUIRE(result.failed());
        }
    }
    CHECK(repaired > 2000);
    CHECK(ambiguous > 0);
    // Every code without its check digit, those of prefectures 01 to 09 also without their zero.
    CHECK(repaired + 2 * ambiguous == known + known_with_zero);
}

TEST_CASE("corporate numbers", "[normalise][code]") {
    cases::check_table(
        {
            {"9000020102016", "9000020102016 []"},
            {"Ｔ9000020102016", "9000020102016 []"},
            {"9000-02-010-2016", "9000020102016 []"},
            {"000020102016", "9000020102016 [warn:check-digit-added]"},
            {"1234567891012", " [error:check-digit]"},
            {"9.00002E+12", " [error:not-a-code]"},
            {"90000201020", " [error:length]"},
            {"なし", " [empty]"},
        },
        normalise_corporate_number, is_clean_corporate_number);
}

TEST_CASE("codes made of anything keep the rules", "[normalise][code]") {
    const std::vector<std::string> pieces = {"1", "0", "10", "102016", "01", "-", " ", "T", ".0", "９", "000020102016"};
    cases::check_random(pieces, normalise_corporate_number, is_clean_corporate_number);
    cases::check_random(pieces, normalise_code, [](std::string_view text) {
        const bool six_digits = text.size() == 6 && text.find_first_not_of("0123456789") == std::string_view::npos;
        return is_clean_code(text) || (six_digits && lg_check_digit(text) == text.back());
    });
}
