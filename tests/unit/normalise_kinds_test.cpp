// SPDX-License-Identifier: Apache-2.0
// The table of kinds is whole: every kind of the contract that is built, every Kind of field, every flag.
#include "normalise/kinds.hpp"
#include "normalise_cases.hpp"

#include <catch2/catch.hpp>

#include <set>

using namespace kokai;

TEST_CASE("the kinds are those of the contract, and all reference cases find theirs", "[normalise][kinds]") {
    std::set<std::string_view> names;
    for (const KindInfo& kind : normalise_kinds()) {
        CHECK(names.insert(kind.name).second);
        CHECK(find_kind(kind.name) == &kind);
    }
    const std::set<std::string_view> wanted = {"text",
                                               "phone",
                                               "date",
                                               "time",
                                               "period",
                                               "fiscal_year",
                                               "number",
                                               "flag",
                                               "kana_fullwidth",
                                               "kana_katakana",
                                               "postal_code",
                                               "code",
                                               "corporate_number",
                                               "weekdays",
                                               "hours",
                                               "poi",
                                               "url",
                                               "latlon"};
    CHECK(names == wanted);
    CHECK(find_kind("address") == nullptr);
    CHECK(find_kind("") == nullptr);
    std::size_t rows = 0;
    for (const std::string_view name : wanted) {
        rows += cases::read(name).size();
    }
    CHECK(rows == 188);
}

TEST_CASE("a blank line has no value and no flag, broken bytes have no value, in every kind", "[normalise][kinds]") {
    for (const KindInfo& kind : normalise_kinds()) {
        INFO(kind.name);
        CHECK(cases::shown(kind.read("")) == " []");
        CHECK(cases::shown(kind.read("　 ")) == " []");
        CHECK(cases::shown(kind.read("\xE3\x81")) == " [error:encoding]");
    }
}

TEST_CASE("further cells as departments write them", "[normalise][kinds]") {
    const auto rows = cases::read("", "cell-cases.csv");
    REQUIRE(rows.size() > 600);
    for (const cases::Case& row : rows) {
        INFO(row.kind << ": " << row.input);
        const KindInfo* kind = find_kind(row.kind);
        REQUIRE(kind != nullptr);
        CHECK(cases::shown(kind->read(row.input)) == row.expected + " [" + row.flag + "]");
        cases::check_properties(row.input, kind->read, kind->is_clean);
    }
}

TEST_CASE("flags become findings", "[normalise][kinds]") {
    const auto code = [](Kind kind, std::string_view flag) { return code_of(rules_for(kind), flag); };
    REQUIRE(code(Kind::date, "error:invalid-date") != nullptr);
    CHECK(*code(Kind::date, "error:invalid-date") == Code::date_unreadable);
    CHECK(*code(Kind::date, "warn:era-range") == Code::date_era_range);
    CHECK(*code(Kind::number, "unit:人") == Code::unit_removed);
    CHECK(*code(Kind::number, "not-a-number") == Code::number_unreadable);
    CHECK(*code(Kind::text, "error:encoding") == Code::encoding_broken);
    CHECK(*code(Kind::phone, "error:encoding") == Code::encoding_broken);
    CHECK(code(Kind::date, "excel-serial") == nullptr);
    CHECK(code(Kind::phone, "short") == nullptr);
}
