// SPDX-License-Identifier: Apache-2.0
// Phone numbers by the numbering plan. Needs kokai_phone.so (phone_module.cpp) beside this program or in KOKAI_MODULES.
#include "normalise/phone.hpp"
#include "normalise_cases.hpp"
#include "support/module.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace kokai;

TEST_CASE("all phone rows of the reference cases", "[normalise][phone]") {
    cases::check_all("phone", 39, normalise_phone, is_clean_phone);
}

TEST_CASE("phone numbers in further writings", "[normalise][phone]") {
    cases::check_table(
        {
            {"(054)626-1139", "054-626-1139 []"},
            {"（054）627-5225", "054-627-5225 []"},
            {"0898220689", "0898-22-0689 []"},
            {"898223749", "0898-22-3749 [warn:leading-zero-restored]"},
            {"5054873428", "050-5487-3428 [warn:leading-zero-restored]"},
            {"120123456", "0120-123-456 [warn:leading-zero-restored]"},
            {"8001234567", "0800-123-4567 [warn:leading-zero-restored]"},
            {"+81-27-898-5883", "027-898-5883 []"},
            {"+81 (03)5253-5111", "03-5253-5111 []"},
            {"+1-202-555-0100", " [error:foreign]"},
            {"0272-24-1111", "027-224-1111 []"},
            {"0429-22-1234", "04-2922-1234 []"},
            {"042-972-1234", "042-972-1234 []"},
            {"0278-98-5883", "027-898-5883 []"},
            {"06012345678", "060-1234-5678 []"},
            {"02001234567890", "0200-12345-67890 []"},
            {"TEL：027-224-1111（代）", "027-224-1111 []"},
            {"代表電話 027-224-1111", "027-224-1111 []"},
            {"027-224-1111 内線 1234", "027-224-1111 [ext:1234]"},
            {"027-224-1111、027-898-5883", "027-224-1111 / 027-898-5883 []"},
            {"027-224-1111\n027-898-5883", "027-224-1111 / 027-898-5883 []"},
            {"027-224-1111、5883", " [error:length]"},
            {"027-224-1111～5", " [error:not-a-phone]"},
            {"027-224-1111（平日のみ）", " [error:not-a-phone]"},
            {"845-4111", " [error:length]"},
            {"FAX 027-224-1111", " [error:not-a-phone]"},
            {"050-123-4567", " [error:length]"},
            {"0120-12-34567", " [error:length]"},
            {"なし", " [empty]"},
            {"", " []"},
        },
        normalise_phone, is_clean_phone);
}

TEST_CASE("what the standards allow in a column is legal, a wrong count is not", "[normalise][phone]") {
    for (const std::string legal :
         {"027-224-1111", "(054)626-1139", "+81 (03)5253-5111", "0120-123-456", "0800-123-4567", "090-1234-5678", "110",
          "#7119", "01564-5-2211", "027-224-1111 / (027)898-5883", "060-1234-5678"}) {
        INFO(legal);
        CHECK(is_legal_phone(legal));
    }
    for (const std::string wrong : {"", "0272241111", "027-224-11111", "(027)224-11111", "027(224)1111",
                                    "(090)1234-5678", "090-123-4567", "27-224-1111", "027-224-1111 ", "０２７-224-1111",
                                    "027-224-1111/027-898-5883", "0120-1234-56", "(27)2241-1111", "027-2a4-1111"}) {
        INFO(wrong);
        CHECK_FALSE(is_legal_phone(wrong));
    }
}

TEST_CASE("the table of area codes agrees with the library", "[normalise][phone]") {
    const auto format = module_function<int(const char*, char*, int)>("phone", "kokai_phone_format");
    int compared = 0;
    for (int prefix = 100; prefix < 1000; ++prefix) {
        const std::string start = "0" + std::to_string(prefix);
        const char hint = area_code_hint(start);
        if (hint == '.' || hint == '?') {
            continue;
        }
        // At least one exchange of the prefix is grouped as the table says; the rest may be unassigned.
        bool found = false;
        for (int exchange = 0; exchange < 100 && !found; ++exchange) {
            const std::string digits = start + (exchange < 10 ? "0" : "") + std::to_string(exchange) + "2345";
            char out[32];
            const int length = format(digits.c_str(), out, 32);
            const std::size_t hyphen = std::string(out, static_cast<std::size_t>(length)).find('-');
            found = hyphen == static_cast<std::size_t>(hint - '0');
        }
        INFO(start);
        CHECK(found);
        ++compared;
    }
    CHECK(compared > 600);
}

TEST_CASE("where three digits do not settle the area code, six do, as the library says", "[normalise][phone]") {
    const auto format = module_function<int(const char*, char*, int)>("phone", "kokai_phone_format");
    int compared = 0;
    for (int number = 100000; number < 1000000; ++number) {
        const std::string digits = "0" + std::to_string(number) + "111";
        if (area_code_hint(digits) != '?') {
            number += 999 - number % 1000;
            continue;
        }
        char out[32];
        const int length = format(digits.c_str(), out, 32);
        const std::size_t hyphen = std::string(out, static_cast<std::size_t>(length)).find('-');
        if (area_code_digits(digits) != hyphen) {
            FAIL(digits << ": " << area_code_digits(digits) << " and not " << hyphen);
        }
        ++compared;
    }
    CHECK(compared == 62000);
}

TEST_CASE("numbers that begin like none in use are grouped as the library groups them", "[normalise][phone]") {
    const auto format = module_function<int(const char*, char*, int)>("phone", "kokai_phone_format");
    int compared = 0;
    for (int number = 100000; number < 1000000; number += 37) {
        const std::string digits = "0" + std::to_string(number) + "111";
        if (area_code_hint(digits) != '.') {
            continue;
        }
        char out[32];
        const int length = format(digits.c_str(), out, 32);
        const std::size_t hyphen = std::string(out, static_cast<std::size_t>(length)).find('-');
        INFO(digits);
        CHECK(area_code_digits(digits) == (hyphen == std::string::npos ? 0 : hyphen));
        ++compared;
    }
    CHECK(compared > 5000);
}

TEST_CASE("phones made of anything keep the rules", "[normalise][phone]") {
    cases::check_random({"0",   "1",  "27",    "224", "1111", "03", "090",      "0120", "0278",
                         "81",  "+",  "-",     "(",   ")",    "（", "内線",     "TEL",  "/",
                         " / ", "、", "#7119", "℡",   " ",    ".",  "12345678", "ー",   "(代)"},
                        normalise_phone, is_clean_phone, 40000);
}
