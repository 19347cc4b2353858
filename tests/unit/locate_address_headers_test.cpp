// SPDX-License-Identifier: Apache-2.0
// The address of the row's own place, by the header alone.
#include "locate/address_headers.hpp"

#include <catch2/catch.hpp>

using namespace kokai;
using Texts = std::vector<std::string>;

TEST_CASE("Headers of an address as people write them", "[locate][address]") {
    for (const char* header : {"住所",           "所在地",         "所在地_連結表記", "設置場所住所",
                               "施設所在地",     "施設_住所",      "施設の所在地",    "住所・所在地",
                               "所在地（住所）", "住所（所在地）", "住所(番地まで)",  "所在地【住所】",
                               "事業所住所",     "会場所在地",     "公園所在地",      "開催場所_所在地_連結表記",
                               "Address",        "住　所",         "設置場所 所在地", "主たる事務所の所在地"}) {
        CAPTURE(header);
        CHECK(find_address_headers({"名称", header}).whole == 1);
    }
    for (const char* header : {"法人住所",
                               "管理者住所",
                               "設置者の住所",
                               "事業者所在地",
                               "運営団体所在地",
                               "申請者住所",
                               "届出者住所",
                               "開設者の所在地",
                               "所有者_住所",
                               "連絡先住所",
                               "本社所在地",
                               "代表者住所",
                               "営業者住所",
                               "住所（法人）",
                               "住所カナ",
                               "住所（フリガナ）",
                               "住所_英語",
                               "住所コード",
                               "所在地_全国地方公共団体コード",
                               "旧住所",
                               "郵便住所",
                               "所在地_都道府県",
                               "住所（市区町村）",
                               "電話番号",
                               "メールアドレス",
                               "mail address",
                               ""}) {
        CAPTURE(header);
        CHECK(find_address_headers({"名称", header}).whole == AddressHeaders::npos);
    }
}

TEST_CASE("Of several addresses that of the place, the standard's first", "[locate][address]") {
    CHECK(find_address_headers({"法人住所", "住所", "所在地_連結表記"}).whole == 2);
    CHECK(find_address_headers({"駐車場の所在地", "施設住所"}).whole == 1);
    CHECK(find_address_headers({"設置者住所", "避難先住所", "住所"}).whole == 2);
    const AddressHeaders two = find_address_headers({"住所１", "住所２", "名称"});
    CHECK(two.whole == 0);
    CHECK(two.more == 1);
    const AddressHeaders second = find_address_headers({"住所", "名称", "住所2"});
    CHECK(second.whole == 0);
    CHECK(second.more == 2);
}

TEST_CASE("Parts of an address are known by what stands in front", "[locate][address]") {
    const AddressHeaders parts = find_address_headers({"都道府県名", "市区町村名", "所在地_都道府県", "所在地_市区町村",
                                                       "所在地_町字", "所在地_番地以下", "所在地_建物名等(方書)"});
    CHECK(parts.whole == AddressHeaders::npos);
    CHECK(parts.prefecture == 2);  // 市区町村名 alone is whoever publishes
    CHECK(parts.city == 3);
    CHECK(parts.town == 4);
    CHECK(parts.number == 5);
    CHECK(parts.building == 6);
    CHECK(find_address_headers({"住所（都道府県）", "住所（市区町村）", "住所（町名）"}).city == 1);
    CHECK(find_address_headers({"法人所在地_市区町村"}).city == AddressHeaders::npos);
    const AddressHeaders bare = find_address_headers({"名称", "都道府県名", "市町村名", "町名", "番地"});
    CHECK(bare.prefecture == 1);
    CHECK(bare.city == 2);
    CHECK(bare.town == 3);
    CHECK(bare.number == 4);
    CHECK(find_address_headers({"都道府県名", "市区町村名"}).city == AddressHeaders::npos);
    CHECK(find_address_headers({"住所", "市区町村名", "町名"}).city == AddressHeaders::npos);
}
