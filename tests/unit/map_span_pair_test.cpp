// SPDX-License-Identifier: Apache-2.0
#include "map/span_pair.hpp"

#include "tests/unit/support/matched.hpp"

#include <catch2/catch.hpp>

#include <array>

using namespace kokai;
using kokai::testing::Matched;
using kokai::testing::matched;
using kokai::testing::Rows;

using Words = std::array<const char*, 2>;

TEST_CASE("The first and the last day are told by the words beside one name", "[map][span]") {
    const Rows rows{{"まつり", "R6.4.1", "R6.4.2"}, {"展示会", "R6.5.1", "R6.5.6"}};
    for (const Words& words :
         {Words{"開催日（自）", "開催日（至）"}, Words{"自", "至"}, Words{"期間（開始）", "期間（終了）"},
          Words{"開催日From", "開催日To"}, Words{"会期（始）", "会期（終）"}, Words{"日程_開始", "日程_終了"},
          Words{"開催日時（開始）", "開催日時（終了）"}, Words{"開催日（から）", "開催日（まで）"}}) {
        CAPTURE(words[0]);
        const Matched table = matched("v2/event", {"イベント名", words[0], words[1]}, rows);
        CHECK(table.source_of("開始日") == words[0]);
        CHECK(table.source_of("終了日") == words[1]);
        // In whatever order they stand.
        const Matched turned = matched("v2/event", {"イベント名", words[1], words[0]}, rows);
        CHECK(turned.source_of("開始日") == words[0]);
    }
    for (const Words& words :
         {Words{"掲載開始日", "掲載終了日"}, Words{"申込開始日", "申込終了日"}, Words{"利用開始日", "利用終了日"}}) {
        CAPTURE(words[0]);
        const Matched table = matched("v2/event", {"イベント名", words[0], words[1]}, rows);
        CHECK(table.source_of("開始日").empty());
        CHECK(table.source_of("終了日").empty());
    }
}

TEST_CASE("Opening and closing are of the same days, the plain ones", "[map][span]") {
    const Rows times{{"a", "10:00", "16:00", "9:00", "17:00"}, {"b", "10:00", "15:00", "9:30", "18:00"}};
    const Matched table =
        matched("v2/public_facility",
                {"名称", "開始時間（土日）", "終了時間（土日）", "開始時間（平日）", "終了時間（平日）"}, times);
    CHECK(table.source_of("開始時間") == "開始時間（平日）");
    CHECK(table.source_of("終了時間") == "終了時間（平日）");
    const Matched groups =
        matched("v2/public_facility", {"名称", "土日_開始", "土日_終了", "開館時間_開始", "開館時間_終了"}, times);
    CHECK(groups.source_of("開始時間") == "開館時間_開始");
    CHECK(groups.source_of("終了時間") == "開館時間_終了");
    for (const Words& words : {Words{"利用時間（自）", "利用時間（至）"}, Words{"開館時間（開）", "開館時間（閉）"}}) {
        CAPTURE(words[0]);
        const Matched plain = matched("v2/public_facility", {"名称", words[0], words[1]},
                                      {{"a", "9:00", "17:00"}, {"b", "9:30", "18:00"}});
        CHECK(plain.source_of("開始時間") == words[0]);
        CHECK(plain.source_of("終了時間") == words[1]);
    }
}

TEST_CASE("One cell of hours: the plain ones before those of a season", "[map][span]") {
    const Rows rows{{"a", "9:00～16:00", "9:00～17:00"}, {"b", "9:30～16:00", "9:30～17:00"}};
    const Matched table = matched("v2/tourism", {"名称", "冬期営業時間", "営業時間"}, rows);
    CHECK(table.source_of("開始時間") == "営業時間");
    const Matched visits = matched("v2/hospital", {"名称", "面会時間", "診療時間"}, rows);
    CHECK(visits.source_of("診療開始時間") == "診療時間");
    const Matched alone = matched("v2/tourism", {"名称", "冬期営業時間", "備考"}, rows);
    CHECK(alone.source_of("開始時間").empty());
    CHECK_FALSE(alone.proposals.questions.empty());
    const Matched open =
        matched("v2/aed", {"名称", "使用可能時間"}, {{"a", "24時間"}, {"b", "8:30～17:15"}, {"c", "終日"}});
    CHECK(open.source_of("開始時間") == "使用可能時間");
}
