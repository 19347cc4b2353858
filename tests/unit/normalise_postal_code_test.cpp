// SPDX-License-Identifier: Apache-2.0
// Postal codes: one lost zero comes back, two may be another form.
#include "normalise/postal_code.hpp"
#include "normalise_cases.hpp"

#include <catch2/catch.hpp>

using namespace kokai;

TEST_CASE("all postal code rows of the reference cases", "[normalise][postal_code]") {
    cases::check_all("postal_code", 6, normalise_postal_code, is_clean_postal_code);
}

TEST_CASE("postal codes in further writings", "[normalise][postal_code]") {
    cases::check_table(
        {
            {"〒 371 - 8601", "371-8601 []"},
            {"郵便番号：3718601", "371-8601 []"},
            {"371ー8601", "371-8601 []"},
            {"60-0001", "060-0001 [warn:leading-zero-restored]"},
            {"10001", " [error:length]"},
            {"3718-601", " [error:length]"},
            {"371-8601-1", " [error:length]"},
            {"371-8601 前橋市", " [error:not-a-postal-code]"},
            {"-", " [empty]"},
        },
        normalise_postal_code, is_clean_postal_code);
    CHECK(is_seven_digits("3718601"));
    CHECK_FALSE(is_seven_digits("371-8601"));
}

TEST_CASE("postal codes made of anything keep the rules", "[normalise][postal_code]") {
    cases::check_random({"〒", "3", "71", "8601", "0", "-", "－", " ", "ー", "6", "郵便番号", ":"},
                        normalise_postal_code, is_clean_postal_code);
}
