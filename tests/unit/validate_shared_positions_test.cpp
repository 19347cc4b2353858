// SPDX-License-Identifier: Apache-2.0
#include "validate/shared_positions.hpp"

#include "locate/points.hpp"
#include "tests/unit/support/small_table.hpp"

#include <catch2/catch.hpp>

using namespace kokai;
using kokai::testing::Outcome;
using kokai::testing::outcome_of;
using kokai::testing::Rows;
using kokai::testing::TableSource;
using Texts = std::vector<std::string>;

namespace {

Outcome looked_at(Rows rows, Texts header = {"名称", "住所", "緯度", "経度"},
                  std::size_t at_most = SharedPositions::most_points) {
    TableSource source(std::move(header), std::move(rows));
    LocatePoints points("緯度", "経度");
    SharedPositions shared("緯度", at_most);
    return outcome_of(source, {&points}, {&shared});
}

const Rows three_at_the_hall{{"第一公園", "前橋市大手町二丁目12番1号", "36.389049", "139.060668"},
                             {"第二公園", "前橋市三河町一丁目3番地", "36.389049", "139.060668"},
                             {"第三公園", "前橋市富士見町田島100", "36.389049", "139.060668"},
                             {"市役所", "前橋市大手町二丁目12番1号", "36.389049", "139.060668"},
                             {"第五公園", "前橋市元総社町1", "36.389049", "139.060668"},
                             {"別の公園", "前橋市荒牧町1", "36.42", "139.05"}};

}  // namespace

TEST_CASE("One point for three facilities and more is told once, with how many", "[validate][shared]") {
    const Outcome outcome = looked_at(three_at_the_hall);
    REQUIRE(outcome.places() == Texts{"position-shared@C2"});
    CHECK(outcome.findings[0].found == "4");
    CHECK(outcome.findings[0].expected == "36.389049,139.060668");
}

TEST_CASE("Rows of one building, and one address in other digits, are no case", "[validate][shared]") {
    CHECK(looked_at({{"市役所1階", "前橋市大手町二丁目12番1号", "36.389049", "139.060668"},
                     {"市役所2階", "前橋市大手町2-12-1", "36.389049", "139.060668"},
                     {"市役所3階", "群馬県前橋市大手町２丁目１２－１ 議会棟", "36.389049", "139.060668"},
                     {"市役所4階", "前橋市大手町２−１２−１", "36.389049", "139.060668"}})
              .places()
              .empty());
    CHECK(looked_at({{"市役所", "前橋市大手町一丁目1", "36.389049", "139.060668"},
                     {"市役所", "前橋市大手町一丁目2", "36.389049", "139.060668"},
                     {"市役所", "前橋市大手町一丁目3", "36.389049", "139.060668"}})
              .places()
              .empty());
    // Two neighbours may share a point.
    CHECK(looked_at({three_at_the_hall[0], three_at_the_hall[1]}).places().empty());
}

TEST_CASE("Coarse positions, positions of towns and rows without address say nothing", "[validate][shared]") {
    Rows coarse = three_at_the_hall;
    for (Texts& row : coarse) {
        row[2] = "36.389";
        row[3] = "139.06";
    }
    CHECK(looked_at(coarse).places().empty());
    Rows marked = three_at_the_hall;
    Rows bare = three_at_the_hall;
    for (Texts& row : marked) {
        row.emplace_back("町字代表点");
    }
    for (Texts& row : bare) {
        row[1].clear();
    }
    CHECK(looked_at(marked, {"名称", "住所", "緯度", "経度", "位置の精度"}).places().empty());
    CHECK(looked_at(bare).places().empty());
}

TEST_CASE("Memory is bounded: what lies farther back than two generations is forgotten", "[validate][shared]") {
    Rows rows;
    const auto others = [&](int count) {
        for (int i = 0; i < count; ++i) {
            const std::string number = std::to_string(rows.size());
            rows.push_back(
                {"公園" + number, "前橋市大手町" + number, "36." + std::to_string(100001 + rows.size()), "139.060668"});
        }
    };
    rows.push_back(three_at_the_hall[0]);
    others(5);
    rows.push_back(three_at_the_hall[1]);
    others(5);
    rows.push_back(three_at_the_hall[2]);
    const Texts header{"名称", "住所", "緯度", "経度"};
    CHECK(looked_at(rows, header, 8).places() == Texts{"position-shared@C2"});
    CHECK(looked_at(rows, header, 2).places().empty());
}

TEST_CASE("The end of an address as it is compared", "[validate][shared]") {
    CHECK(site_of("群馬県前橋市大手町二丁目12番1号") == "大手町2-12-1");
    CHECK(site_of("前橋市大手町２丁目１２－１ 市役所2階") == "大手町2-12-1");
    CHECK(site_of("大手町2-12-1") == "大手町2-12-1");
    CHECK(site_of("三河町一丁目") == "3河町1");  // a key: digits of names, too
    CHECK(site_of("木田郡三木町大字氷上３１０番地") == "3木町大字氷上310");
    CHECK(site_of("大手町二丁目 市役所") == "大手町2");
    CHECK(site_of("札幌市中央区北1条西2丁目") == "北1条西2");
    CHECK(site_of("") == "");
    CHECK(site_of("前橋市") == "前橋市");
    CHECK(site_of("八王子市三崎町4番9号") == "3崎町4-9");
    CHECK(site_of("大手町2-12-1 前橋市役所内") == "大手町2-12-1");
    CHECK(site_of(std::string(1 << 20, '1')).size() == 240);
    CHECK(site_of("\xE5") == "\xE5");
    CHECK(site_of("--") == "");
}
