// SPDX-License-Identifier: Apache-2.0
#include "map/qualifiers.hpp"

#include "tests/unit/support/matched.hpp"

#include <catch2/catch.hpp>

#include <array>

using namespace kokai;
using kokai::testing::Matched;
using kokai::testing::matched;
using kokai::testing::Rows;
using kokai::testing::Texts;

namespace {

const std::string field_of(const Matched& table, const std::string& header) {
    for (const Proposal& one : table.proposals.accepted) {
        if (one.spec.from == Texts{header} && one.field != nullptr) {
            return one.field->name;
        }
    }
    return {};
}

/// A header, the value of its cells, and its field ("" = none).
struct Head {
    const char* header;
    const char* cell;
    const char* field;
};

void check(const std::string& schema, const std::vector<Head>& heads) {
    Texts header;
    Rows rows(3);
    for (const Head& head : heads) {
        header.emplace_back(head.header);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            rows[i].push_back(head.cell + (std::string_view(head.cell).ends_with("-") ? std::to_string(i + 1) : ""));
        }
    }
    const Matched table = matched(schema, header, rows);
    for (const Head& head : heads) {
        CAPTURE(schema, head.header);
        CHECK(field_of(table, head.header) == head.field);
    }
}

constexpr const char* home = "前橋市大手町2-12-";
constexpr const char* phone = "027-224-1111";

}  // namespace

TEST_CASE("A group of another party fills no field of the place", "[map][qualifiers]") {
    check("v2/public_facility", {{"管理者_名称", "㈱管理-", "団体名"},
                                 {"管理者_住所", home, ""},
                                 {"管理者_電話", phone, ""},
                                 {"施設_名称", "公民館-", "名称"},
                                 {"施設_住所", home, "所在地_連結表記"},
                                 {"施設_電話", phone, "電話番号"}});
    check("v2/aed", {{"設置者_氏名", "山田太郎", ""},
                     {"設置者_住所", home, ""},
                     {"設置場所_名称", "公民館-", "名称"},
                     {"設置場所_住所", home, "所在地_連結表記"},
                     {"設置機器_名称", "AED-", ""}});
    check("v2/food_business_all", {{"営業者_氏名", "山田太郎", ""},
                                   {"営業者_住所", home, ""},
                                   {"営業施設_屋号", "食堂-", "施設名称"},
                                   {"営業施設_所在地", home, "所在地_連結表記"}});
    check("v2/hospital", {{"医療機関_名称", "医院-", "名称"},
                          {"医療機関_所在地", home, "所在地_連結表記"},
                          {"開設者_氏名", "山田太郎", ""},
                          {"開設者_住所", home, ""}});
    check("v2/preschool", {{"園名", "保育園-", "名称"},
                           {"設置者_名称", "法人-", "団体名"},
                           {"設置者_所在地", home, ""},
                           {"定員_1号", "10", ""},
                           {"定員_2号", "20", ""},
                           {"定員_計", "30", "収容定員"}});
}

TEST_CASE("A part is never taken for the whole", "[map][qualifiers]") {
    check("v2/hospital", {{"名称", "医院-", "名称"}, {"病床数（療養）", "10", ""}, {"病床数合計", "30", "病床数"}});
    check("v2/preschool", {{"名称", "園-", "名称"}, {"3号定員", "10", ""}, {"定員合計", "30", "収容定員"}});
    check("v2/preschool", {{"名称", "園-", "名称"}, {"定員（0歳）", "3", ""}, {"定員（1歳）", "6", ""}});
    check("v2/evacuation_space", {{"名称", "校庭-", "名称"}, {"収容人数_屋内", "10", ""}, {"収容人数_屋外", "30", ""}});
    check("v2/population", {{"町名", "町-", "地域名"}, {"外国人世帯数", "1", ""}, {"年少人口", "2", ""}});
    check("v2/population", {{"町名", "町-", "地域名"}, {"令和5年_人口", "1", ""}, {"令和6年_人口", "2", ""}});
    check("v2/population",
          {{"町名", "町-", "地域名"}, {"総数_計", "9", "総人口"}, {"総数_男", "4", "男性"}, {"総数_女", "5", "女性"}});
    check("v2/tourism", {{"名称", "湖-", "名称"}, {"小人料金", "200円", ""}});
    const std::vector<std::array<const char*, 2>> pairs{{"電話番号（夜間）", "電話番号（昼間）"},
                                                        {"電話番号（予約）", "電話番号（代表）"}};
    for (const auto& [part, whole] : pairs) {
        check("v2/public_facility", {{"名称", "館-", "名称"}, {part, phone, ""}, {whole, phone, "電話番号"}});
        check("v2/public_facility", {{"名称", "館-", "名称"}, {part, phone, ""}});
    }
    check("v2/public_facility", {{"名称（旧）", "旧-", ""}, {"名称（新）", "新-", "名称"}});
    check("v2/public_facility",
          {{"名称", "館-", "名称"}, {"住所（郵送先）", home, ""}, {"住所（施設）", home, "所在地_連結表記"}});
    check("v2/public_facility",
          {{"名称（英語）", "Kan", "名称_英字"}, {"名称", "館-", "名称"}, {"URL（予約）", "https://a.jp/", ""}});
    // Two alike, and neither is the plain one.
    check("v2/public_facility",
          {{"名称", "館-", "名称"}, {"電話番号（東棟）", phone, ""}, {"電話番号（西棟）", phone, ""}});
}

TEST_CASE("What ends in a name's word is not that field because of it", "[map][qualifiers]") {
    for (const char* const header :
         {"代表者名", "園長氏名", "機種名", "メーカー名", "写真ファイル名", "路線名", "部署名"}) {
        check("v2/public_facility", {{"対象物", "館-", ""}, {header, "山田-", ""}, {"住所", home, "所在地_連結表記"}});
    }
    for (const char* const header : {"受付_番号", "番号（契約）", "指定_番号", "部屋番号", "受付番号", "契約番号",
                                     "住所番号", "工事番号", "ページ番号"}) {
        check("v2/public_facility", {{header, "-", ""}, {"名称", "館-", "名称"}});
        check("v2/public_facility", {{"名称", "館-", "名称"}, {header, "-", ""}});
    }
    for (const char* const header : {"施設番号", "公園番号", "登録番号"}) {
        check("v2/public_facility", {{"名称", "館-", "名称"}, {header, "-", "ID"}});
    }
    check("v2/public_facility", {{"名称", "館-", "名称"}, {"内部URL", "https://a.jp/", ""}, {"工事説明", "改修", ""}});
    check("v2/public_facility",
          {{"名称", "館-", "名称"}, {"非公開URL", "https://a.jp/", ""}, {"管理画像", "https://a.jp/", ""}});
    check("v2/public_facility",
          {{"名称", "館-", "名称"}, {"施設URL", "https://a.jp/", "URL"}, {"集会所住所", home, "所在地_連結表記"}});
    check("v2/public_facility",
          {{"会館名称", "館-", "名称"}, {"会館電話番号", phone, "電話番号"}, {"管理事務所住所", home, ""}});
    check("v2/aed", {{"owner_address", home, ""}, {"facility_name", "館-", "名称"}, {"home_phone", phone, ""}});
}

TEST_CASE("Plain words of departments", "[map][qualifiers]") {
    check("v2/aed", {{"AED設置施設", "館-", "名称"}, {"設置場所", "1階", "設置位置"}});
    check("v2/aed", {{"設置場所", "館-", ""}, {"AED設置位置", "玄関", "設置位置"}});
    check("v2/tourism", {{"観光スポット", "湖-", "名称"}});
    check("v2/public_facility", {{"施設", "館-", "名称"}, {"団体名", "市", "団体名"}});
    check("v2/evacuation_space", {{"名称", "校-", "名称"},
                                  {"洪水時", "○", "災害種別_洪水"},
                                  {"地震時", "○", "災害種別_地震"},
                                  {"大火", "○", "災害種別_大規模な火事"}});
    check("v2/public_toilet", {{"男子和式便器数", "1", "男性トイレ数（和式）"},
                               {"女子洋式便器数", "2", "女性トイレ数（洋式）"},
                               {"女子（和）", "2", "女性トイレ数（和式）"},
                               {"多目的", "1", "バリアフリートイレ数"}});
    check("v2/food_business_all", {{"屋号", "店-", "施設名称"}, {"業種", "飲食店営業", "営業の種類"}});
    check("v2/hospital", {{"病床", "10", "病床数"}});
    check("v2/cultural_property", {{"名称", "絵図-", "名称"}, {"保管場所", "市立図書館", "場所名称"}});
    check("v2/public_facility", {{"名称", "館-", "名称"}, {"設置場所", home, "所在地_連結表記"}});
    check("v2/public_facility", {{"名称", "館-", "名称"}, {"設置場所", "玄関", ""}});
    check("v2/public_facility", {{"名称", "館-", "名称"}, {"工事場所", home, ""}});
}

TEST_CASE("The days a place is closed keep their word where it is told when it is open", "[map][qualifiers]") {
    const Matched table = matched("v2/tourism", {"名称", "定休日"}, {{"a", "火曜日"}, {"b", ""}});
    CHECK(table.cells_of("利用可能日時特記事項") == Texts{"定休日:火曜日", ""});
    CHECK(table.proposals.accepted.back().evidence.ja.ends_with("値の前に「定休日:」を付ける"));
    const Matched told = matched("v2/tourism", {"名称", "定休日"},
                                 {{"a", "定休日：火曜日"}, {"b", "休館日は月曜日"}, {"c", "-"}, {"d", "休日"}});
    CHECK(told.cells_of("利用可能日時特記事項") == Texts{"定休日：火曜日", "休館日は月曜日", "-", "定休日:休日"});
    const Matched both = matched("v2/public_facility", {"名称", "開館日・休館日"}, {{"a", "火～日、月曜休館"}});
    CHECK(both.cells_of("利用可能時間特記事項") == Texts{"火～日、月曜休館"});
    CHECK(matched("v2/tourism", {"名称", "利用時間備考"}, {{"a", "要予約"}}).cells_of("利用可能日時特記事項") ==
          Texts{"要予約"});
}
