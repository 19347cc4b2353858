// SPDX-License-Identifier: Apache-2.0
#include "map/columns.hpp"
#include "map/tables.hpp"
#include "tests/unit/support/small_schema.hpp"
#include "tests/unit/support/small_table.hpp"
#include "validate/fields.hpp"

#include <catch2/catch.hpp>

using namespace kokai;
using kokai::testing::field_named;
using kokai::testing::Outcome;
using kokai::testing::outcome_of;
using kokai::testing::Rows;
using kokai::testing::TableSource;
using kokai::testing::TakeFields;
using Texts = std::vector<std::string>;

namespace {

/// One column "値" of a field, checked.
Outcome checked(Field field, const Texts& cells) {
    Schema schema;
    schema.fields = {std::move(field)};
    Rows rows;
    for (const std::string& cell : cells) {
        rows.push_back({cell, "x"});
    }
    TableSource source({schema.fields[0].name, "ほか"}, rows);
    TakeFields fields(schema);
    CheckFields check;
    return outcome_of(source, {&fields, &check});
}

}  // namespace

TEST_CASE("An empty cell weighs what the standard says of its field", "[validate][fields]") {
    const auto missing = [](Requirement requirement, Confidence confidence = Confidence::high) {
        Field field = field_named("名称");
        field.requirement = requirement;
        field.confidence = confidence;
        const Outcome outcome = checked(field, {"市役所", "", "駅"});
        std::string text;
        for (std::size_t i = 0; i < outcome.findings.size(); ++i) {
            text += std::string(name_of(outcome.findings[i].severity)) + " " + outcome.places()[i];
        }
        return text;
    };
    CHECK(missing(Requirement::required) == "error required-missing@A3");
    CHECK(missing(Requirement::likely_required) == "warning required-missing@A3");
    CHECK(missing(Requirement::recommended) == "note required-missing@A3");
    CHECK(missing(Requirement::optional).empty());
    CHECK(missing(Requirement::unknown).empty());
    CHECK(missing(Requirement::required, Confidence::medium) == "error required-missing@A3");
    CHECK(missing(Requirement::required, Confidence::low) == "note required-missing@A3");
    CHECK(missing(Requirement::optional, Confidence::low).empty());
}

TEST_CASE("A yes/no cell that cannot be read is told once, by its normaliser", "[validate][fields]") {
    Field field = field_named("値");
    field.allowed = {"有", "無"};
    CHECK(checked(field, {"有", "△"}).places() == Texts{"value-not-allowed@A3"});
    field.kind = Kind::flag_word;
    CHECK(checked(field, {"有", "△"}).places().empty());
}

TEST_CASE("A field that no column fills is told once when it is recommended, in every row when it is required",
          "[validate][fields]") {
    Schema schema = kokai::testing::schema_with({"名称", "電話番号", "補足", "団体"});
    schema.fields[0].requirement = Requirement::required;
    schema.fields[1].requirement = Requirement::likely_required;
    schema.fields[2].requirement = Requirement::recommended;
    schema.fields[3].requirement = Requirement::recommended;
    ColumnSpec constant;
    constant.field = "団体";
    constant.constant = "";  // made on purpose, and empty
    TableSpec table;
    table.columns = {constant};
    TableSource source({"備考"}, {{"a"}, {"b"}});
    MapColumns map(table, &schema);
    CheckFields check;
    const Outcome outcome = outcome_of(source, {&map, &check});
    CHECK(outcome.places() ==
          Texts{"required-missing@2", "required-missing@3", "required-missing@2", "required-missing@3"});
    CHECK(outcome.findings[0].field == "名称");
    CHECK(outcome.findings[0].expected == "必須");
    CHECK(outcome.findings[2].field == "団体");
    CHECK(outcome.findings[2].expected == "推奨");

    Findings absent;
    check.tell_absent(absent);
    REQUIRE(absent.list().size() == 2);
    CHECK(absent.list()[0].where.field->name == "電話番号");
    CHECK(absent.list()[0].where.row == 0);
    CHECK(absent.list()[0].severity == Severity::warning);
    CHECK(absent.list()[1].where.field->name == "補足");
    CHECK(absent.list()[1].severity == Severity::note);
}

TEST_CASE("The values of a cross table are columns that are there", "[validate][fields]") {
    Schema schema = kokai::testing::schema_with({"地区", "年齢", "人数"});
    schema.fields[2].requirement = Requirement::recommended;
    CrossSpec cross;
    cross.labels = {"地区"};
    cross.header = "年齢";
    cross.value = "人数";
    CrossSource source(std::make_unique<TableSource>(Texts{"地区", "0-9", "10-19"}, Rows{{"本庁", "1", ""}}), cross,
                       {});
    MapColumns map(TableSpec{}, &schema);
    CheckFields check;
    CHECK(outcome_of(source, {&map, &check}).places() == Texts{"required-missing@C2"});
    Findings absent;
    check.tell_absent(absent);
    CHECK(absent.list().empty());
}

TEST_CASE("Only the allowed words are allowed; an empty cell is not a word", "[validate][fields]") {
    Field field = field_named("種別");
    field.allowed = {"屋内", "屋外"};
    const Outcome outcome = checked(field, {"屋内", "屋上", "", "屋外", "屋内;屋外"});
    CHECK(outcome.places() == Texts{"value-not-allowed@A3", "value-not-allowed@A6"});
    CHECK(outcome.findings[0].found == "屋上");
    CHECK(outcome.findings[0].expected == "屋内・屋外");
    CHECK(outcome.findings[0].severity == Severity::error);
    const Outcome near = checked(field, {"屋外(入口)"});
    CHECK(near.findings.at(0).expected == "屋外（最も近い言葉）・屋内");
    CHECK(near.findings.at(0).repaired.empty());  // proposed, not taken

    field.confidence = Confidence::low;
    CHECK(checked(field, {"屋上"}).findings.at(0).severity == Severity::note);
}

TEST_CASE("With a separator every part must be an allowed word", "[validate][fields]") {
    Field field = field_named("災害種別");
    field.allowed = {"洪水", "地震", "火災"};
    field.separator = ";";
    CHECK(checked(field, {"洪水", "洪水;地震", "火災; 地震"}).findings.empty());
    CHECK(checked(field, {"洪水;津波", "洪水;", "洪水・地震"}).places() ==
          Texts{"value-not-allowed@A2", "value-not-allowed@A3", "value-not-allowed@A4"});
}

TEST_CASE("A pattern holds for the whole cell; the example says what is expected", "[validate][fields]") {
    Field field = field_named("NO");
    field.pattern = "[0-9]{3}";
    Outcome outcome = checked(field, {"001", "1", "0001", ""});
    CHECK(outcome.places() == Texts{"pattern-violated@A3", "pattern-violated@A4"});
    CHECK(outcome.findings[0].found == "1");
    CHECK(outcome.findings[0].expected == "[0-9]{3}");

    field.example = "001";
    field.confidence = Confidence::low;
    outcome = checked(field, {"1"});
    CHECK(outcome.findings.at(0).expected == "001");
    CHECK(outcome.findings.at(0).severity == Severity::note);
}

TEST_CASE("Numbers out of range are errors at their cells; what is no number is the normaliser's business",
          "[validate][fields]") {
    Field field = field_named("割合");
    field.minimum = 0;
    field.maximum = 100;
    const Outcome outcome = checked(field, {"0", "100", "-0.1", "100.5", "約5", ""});
    CHECK(outcome.places() == Texts{"value-out-of-range@A4", "value-out-of-range@A5"});
    CHECK(outcome.findings[0].expected == "0〜100");
    CHECK(outcome.findings[1].found == "100.5");

    field.maximum.reset();
    CHECK(checked(field, {"1e3", "-1"}).findings.at(0).expected == "0〜");
    field.minimum.reset();
    field.maximum = 2.5;
    CHECK(checked(field, {"3"}).findings.at(0).expected == "〜2.5");
}

TEST_CASE("Columns without a field are left alone; cells never change", "[validate][fields]") {
    Field field = field_named("種別");
    field.allowed = {"屋内"};
    field.requirement = Requirement::required;
    const Outcome outcome = checked(field, {"屋上", ""});
    CHECK(outcome.rows == Rows{{"屋上", "x"}, {"", "x"}});
    CHECK(outcome.places() == Texts{"value-not-allowed@A2", "required-missing@A3"});
    CHECK(outcome.findings[1].column == "種別");
}
