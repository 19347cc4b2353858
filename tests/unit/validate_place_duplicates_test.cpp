// SPDX-License-Identifier: Apache-2.0
#include "locate/points.hpp"
#include "tests/unit/support/small_schema.hpp"
#include "tests/unit/support/small_table.hpp"
#include "validate/place_duplicates.hpp"

#include <catch2/catch.hpp>

using namespace kokai;
using kokai::testing::Outcome;
using kokai::testing::outcome_of;
using kokai::testing::Rows;
using kokai::testing::TableSource;
using kokai::testing::TakeFields;
using Texts = std::vector<std::string>;

namespace {

Outcome checked(Texts header, Rows rows, std::size_t at_most = DuplicatePlaces::most_places) {
    Schema schema = kokai::testing::schema_with(header);
    for (Field& field : schema.fields) {
        field.english = field.name == "名称" ? "name" : "";
        field.kind = field.name == "電話番号" ? Kind::phone : Kind::text;
    }
    TableSource source(std::move(header), std::move(rows));
    TakeFields fields(schema);
    LocatePoints points("緯度", "経度");
    DuplicatePlaces duplicates(source.about(), at_most);
    return outcome_of(source, {&fields, &points}, {&duplicates});
}

}  // namespace

TEST_CASE("The same name within 50 m is told at the later row, with the earlier cell", "[validate][duplicates]") {
    const Outcome outcome = checked({"ID", "名称", "緯度", "経度", "備考"},
                                    {{"1", "中央センター", "36.0000", "139.0000", ""},
                                     {"2", "東センター", "36.0000", "139.0000", ""},
                                     {"3", "中央　センタ－", "36.0004", "139.0000", "再掲"},  // 44 m
                                     {"4", "中央センター", "36.0005", "139.0000", ""},        // 56 m
                                     {"5", "中央センター", "36.0000", "139.0005", ""},        // 45 m
                                     {"6", "中央センター", "36.0000", "139.0006", ""},  // 54 m from 1, but 9 from 5
                                     {"7", "", "36.0000", "139.0000", ""},
                                     {"8", "", "36.0000", "139.0000", ""}});
    REQUIRE(outcome.places() == Texts{"place-duplicate@B4", "place-duplicate@B6"});
    CHECK(outcome.findings[0].expected == "B2");
    CHECK(outcome.findings[1].expected == "B2");
}

TEST_CASE("Names are compared without widths, spaces and case", "[validate][duplicates]") {
    CHECK(checked({"名称", "緯度", "経度"}, {{"ＡＢＣ ホール（東）", "36", "139"}, {"abcホール(東)", "36", "139"}})
              .places() == Texts{"place-duplicate@A3"});
}

TEST_CASE("Another room, day or kind is another thing; phones and addresses are not", "[validate][duplicates]") {
    CHECK(checked({"名称", "緯度", "経度", "設置位置"}, {{"庁舎", "36", "139", "1階"}, {"庁舎", "36", "139", "2階"}})
              .findings.empty());
    CHECK(checked({"名称", "緯度", "経度", "開始日"},
                  {{"祭", "36", "139", "2026-08-01"}, {"祭", "36", "139", "2026-08-02"}})
              .findings.empty());
    CHECK(checked({"No.", "名称", "緯度", "経度", "電話番号", "住所"},
                  {{"1", "庁舎", "36", "139", "027-1", "大手町1-2"}, {"2", "庁舎", "36", "139", "", "大手町一丁目2"}})
              .places() == Texts{"place-duplicate@B3"});
}

TEST_CASE("Neighbours are found over the edges of cells, and nothing without a position", "[validate][duplicates]") {
    CHECK(
        checked({"名称", "緯度", "経度"}, {{"a", "36.00501", "139.00501"}, {"a", "36.00499", "139.00499"}}).places() ==
        Texts{"place-duplicate@A3"});
    CHECK(checked({"名称", "緯度", "経度"}, {{"a", "", ""}, {"a", "", ""}}).places() ==
          Texts{"position-missing@B2", "position-missing@B3"});
}

TEST_CASE("Memory is bounded: a place is held against the last ones", "[validate][duplicates]") {
    Rows rows;
    for (int i = 0; i < 5000; ++i) {
        rows.push_back({"p" + std::to_string(i), "36", "139"});
    }
    rows.push_back({"p4000", "36", "139"});  // within the last two generations
    rows.push_back({"p0", "36", "139"});     // long ago
    CHECK(checked({"名称", "緯度", "経度"}, std::move(rows), 1000).places() == Texts{"place-duplicate@A5002"});
}

TEST_CASE("A million rows of one name do not take a million looks each", "[validate][duplicates][hostile]") {
    Rows rows;
    for (int i = 0; i < 200'000; ++i) {  // on a grid of 60 m: none is another's duplicate
        rows.push_back(
            {"公衆トイレ", std::to_string(35.0 + 0.00054 * (i / 450)), std::to_string(139.0 + 0.00067 * (i % 450))});
    }
    CHECK(checked({"名称", "緯度", "経度"}, std::move(rows)).findings.empty());
}

TEST_CASE("Rows without a position are one thing at one address", "[validate][duplicates]") {
    const Texts header{"No.", "名称", "所在地_連結表記", "電話番号"};
    const Outcome outcome = checked(header, {{"1", "A館", "本町1-1", "027-1"},
                                             {"2", "Ａ館", "本町１－１", "027-2"},
                                             {"3", "A館", "本町1-2", ""},
                                             {"4", "A館", "", ""},
                                             {"5", "A館", "", ""},
                                             {"6", "B館", "本町1-1", ""}});
    REQUIRE(outcome.places() == Texts{"row-duplicate@B3"});
    CHECK(outcome.findings[0].expected == "B2");
    // Another room is another thing, and a row with a point is not held against one without.
    CHECK(checked({"名称", "所在地_連結表記", "設置位置"}, {{"庁舎", "本町1", "1階"}, {"庁舎", "本町1", "2階"}})
              .findings.empty());
    CHECK(checked({"名称", "所在地_連結表記", "緯度", "経度"},
                  {{"庁舎", "本町1", "36", "139"}, {"庁舎", "本町1", "", ""}})
              .places() == Texts{"position-missing@C3"});
}
