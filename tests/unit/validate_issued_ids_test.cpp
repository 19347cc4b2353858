// SPDX-License-Identifier: Apache-2.0
#include "validate/issued_ids.hpp"

#include <catch2/catch.hpp>

using namespace kokai;
using Texts = std::vector<std::string>;

namespace {

RowEvidence row(std::string given, std::string name, std::string address = "", std::string latitude = "",
                std::string longitude = "", std::string print = "") {
    RowEvidence one;
    one.given = std::move(given);
    one.name = std::move(name);
    one.address = std::move(address);
    one.latitude = std::move(latitude);
    one.longitude = std::move(longitude);
    one.print = std::move(print);
    return one;
}

}  // namespace

TEST_CASE("without IDs, rows are numbered; with them, those are taken", "[validate][ids]") {
    const IdChange numbered = give_ids("t", {}, {row("", "a"), row("", "b")});
    CHECK(numbered.ids == Texts{"0000000001", "0000000002"});
    CHECK(numbered.fresh == std::vector<bool>{true, true});
    CHECK(numbered.before == 0);
    CHECK_FALSE(numbered.is_churn());
    const IdChange taken = give_ids("t", {}, {row("AED007", "a"), row("", "b"), row("AED007", "c")});
    CHECK(taken.ids == Texts{"AED007", "AED008", "AED009"});  // the second 7 is another thing's
}

TEST_CASE("renumbered and sorted rows keep their IDs", "[validate][ids]") {
    const IdChange first = give_ids("t", {}, {row("1", "a", "本町1"), row("2", "b", "本町2"), row("3", "c", "本町3")});
    const IdChange second =
        give_ids("t", first.issued,
                 {row("1", "新", "本町9"), row("2", "c", "本町３"), row("3", "a", "本町1"), row("4", "b", "本町2")});
    CHECK(second.ids == Texts{"4", "3", "1", "2"});
    CHECK(second.fresh == std::vector<bool>{true, false, false, false});
    CHECK(second.gone == 0);
}

TEST_CASE("an ID whose row is gone is never given to another, but to the same one", "[validate][ids]") {
    const IdChange first = give_ids("t", {}, {row("1", "a", "本町1"), row("2", "b", "本町2")});
    const IdChange second = give_ids("t", first.issued, {row("1", "a", "本町1"), row("2", "別", "本町7")});
    CHECK(second.ids == Texts{"1", "3"});
    CHECK(second.gone == 1);
    CHECK(second.before == 2);
    CHECK(second.is_churn());
    REQUIRE(second.issued.size() == 3);
    CHECK_FALSE(second.issued[1].in_use);
    const IdChange third =
        give_ids("t", second.issued, {row("", "別", "本町7"), row("", "b", "本町2"), row("", "a", "本町1")});
    CHECK(third.ids == Texts{"3", "2", "1"});
    CHECK(third.issued[1].in_use);
    CHECK(third.gone == 0);
}

TEST_CASE("two of name, address and position are enough, one is not", "[validate][ids]") {
    const IdChange first = give_ids("t", {}, {row("1", "a", "本町1", "34.866918", "138.323171")});
    const auto now = [&](const RowEvidence& one) { return give_ids("t", first.issued, {one}).ids.front(); };
    CHECK(now(row("", "新しい名", "本町1", "34.866918", "138.323171")) == "1");
    CHECK(now(row("", "a", "移転先", "34.866918", "138.3231710")) == "1");
    CHECK(now(row("", "a", "本町1", "35.0", "139.0")) == "1");
    CHECK(now(row("", "a", "移転先", "35.0", "139.0")) == "2");
    CHECK(now(row("1", "a", "移転先", "35.0", "139.0")) == "1");  // and the department's own number
    CHECK(now(row("1", "別", "移転先", "35.0", "139.0")) == "2");
}

TEST_CASE("rows that look alike are told by their whole content, then by their number, then by order",
          "[validate][ids]") {
    const IdChange first = give_ids("t", {},
                                    {row("1", "館", "本町1", "", "", "1階"), row("2", "館", "本町1", "", "", "2階"),
                                     row("3", "館", "本町1", "", "", "3階")});
    CHECK(give_ids("t", first.issued, {row("1", "館", "本町1", "", "", "2階"), row("2", "館", "本町1", "", "", "3階")})
              .ids == Texts{"2", "3"});
    CHECK(give_ids("t", first.issued,
                   {row("3", "館", "本町1", "", "", "x"), row("1", "館", "本町1", "", "", "y"),
                    row("", "館", "本町1", "", "", "z")})
              .ids == Texts{"3", "1", "2"});
}

TEST_CASE("names alone count where there is nothing else, and once only", "[validate][ids]") {
    const IdChange first = give_ids("t", {}, {row("", "a", "", "", "", "p"), row("", "b", "", "", "", "q")});
    CHECK(give_ids("t", first.issued, {row("", "b", "", "", "", "r"), row("", "a", "", "", "", "s")}).ids ==
          Texts{"0000000002", "0000000001"});
    CHECK(give_ids("t", first.issued, {row("", "a", "", "", "", "r"), row("", "a", "", "", "", "s")}).ids ==
          Texts{"0000000003", "0000000004"});
}

TEST_CASE("one in twenty may go, more are too many; tables do not mix", "[validate][ids]") {
    std::vector<RowEvidence> rows;
    for (int i = 0; i < 40; ++i) {
        rows.push_back(row("", "n" + std::to_string(i), "a" + std::to_string(i)));
    }
    const std::vector<IssuedId> issued = give_ids("t", {}, rows).issued;
    rows.resize(38);
    CHECK_FALSE(give_ids("t", issued, rows).is_churn());
    rows.resize(37);
    CHECK(give_ids("t", issued, rows).is_churn());
    const IdChange other = give_ids("u", issued, {row("", "n1", "a1")});
    CHECK(other.ids == Texts{"0000000001"});
    CHECK(other.issued.size() == 41);
    CHECK(other.gone == 0);
}

TEST_CASE("ids.csv comes back as it was written; a spoilt one is told", "[validate][ids]") {
    const IdChange change = give_ids("t", {}, {row("1", "a,\"b\"", "本町\n1", "34.1", "138.2", "0f")});
    const std::string text = issued_ids_text(change.issued);
    CHECK(text == "\xEF\xBB\xBF表,ID,名称,所在地,緯度,経度,照合,状態\r\nt,1,\"a,\"\"b\"\"\",\"本町\n1\",34.1,138.2,0f,"
                  "使用中\r\n");
    std::vector<Mistake> mistakes;
    CHECK(parse_issued_ids(text, "ids.csv", mistakes) == change.issued);
    CHECK(mistakes.empty());
    parse_issued_ids("表,ID\r\n", "ids.csv", mistakes);
    REQUIRE(mistakes.size() == 1);
    CHECK(mistakes[0].pointer == "1");
    mistakes.clear();
    parse_issued_ids(text + "t,1,a,b,,,,使用中\r\nt,2,a,b,,,,?\r\n", "ids.csv", mistakes);
    REQUIRE(mistakes.size() == 2);
    CHECK(mistakes[0].en == "the ID \"1\" stands here twice");
}
