// SPDX-License-Identifier: Apache-2.0
// Every number, address and date here is made up; check digits are right where the test says so.
#include "validate/private/mask.hpp"
#include "validate/private/patterns.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <string>

using namespace kokai;

namespace {

std::string found_in(std::string_view cell, const ColumnSense& sense = {}) {
    PlainText text;
    PrivateFound found;
    std::string kinds;
    if (glance(cell, sense) != Glance::look) {
        return kinds;
    }
    find_private(cell, sense, text, found);
    for (const PrivateSpan& span : found.spans) {
        constexpr std::string_view letters = "NBPMD";  // number, bank, phone, mail, date
        kinds += letters[static_cast<std::size_t>(span.kind)];
    }
    return kinds;
}

ColumnSense column(std::string_view header) {
    return sense_of_header(header);
}

}  // namespace

TEST_CASE("Twelve digits with a valid check digit are a My Number, however they are written", "[validate][privacy]") {
    CHECK(found_in("123456789018") == "N");
    CHECK(found_in("1234-5678-9018") == "N");
    CHECK(found_in("1234 5678 9018") == "N");
    CHECK(found_in("１２３４５６７８９０１８") == "N");
    CHECK(found_in("１２３４－５６７８－９０１８") == "N");
    CHECK(found_in("1234ー5678ー9018") == "N");
    CHECK(found_in("申請者（個人番号 123456789018）から") == "N");
    CHECK(found_in("個人番号:123456789018、123456789026") == "NN");
}

TEST_CASE("A wrong check digit, a longer number, a code and a moment are no My Number", "[validate][privacy]") {
    CHECK(found_in("123456789012").empty());
    CHECK(found_in("1234567890185").empty());
    CHECK(found_in("0123456789018").empty());
    CHECK(found_in("1234-5678-9018-1111").empty());
    CHECK(found_in("9999-1234-5678-9018").empty());
    CHECK(found_in("A123456789018").empty());
    CHECK(found_in("ID-123456789018").empty());
    CHECK(found_in("35.123456789018").empty());
    CHECK(found_in("123456789018円").empty());
    CHECK(found_in("000000000000").empty());
    CHECK(found_in("https://example.jp/a/123456789018").empty());
    // Amounts in round figures, and places numbered behind their municipality's code.
    CHECK(has_my_number_check(U"150100000000"));
    CHECK(found_in("150100000000").empty());
    CHECK(found_in("個人番号 150100000000") == "N");
    CHECK(found_in("150100000000", column("個人番号")) == "N");
    CHECK(has_my_number_check(U"102016000008"));
    CHECK(found_in("102016000008", column("ID")).empty());
    CHECK(found_in("102016000008") == "N");
}

TEST_CASE("A column of numbers is judged by how many pass the check", "[validate][privacy]") {
    const ColumnSense plain;
    CHECK(stands_out({1, 1, 0}, plain));
    CHECK_FALSE(stands_out({11, 1, 0}, plain));
    CHECK_FALSE(stands_out({3000, 300, 0}, plain));
    CHECK(stands_out({10, 9, 0}, plain));
    CHECK(stands_out({11, 1, 0}, column("個人番号")));
    CHECK(stands_out({2, 1, 0}, column("整理番号")));
    CHECK_FALSE(stands_out({3, 1, 0}, column("整理番号")));
    CHECK_FALSE(stands_out({2, 0, 0}, column("整理番号")));
    CHECK(stands_out({30, 29, 0}, column("整理番号")));
    CHECK_FALSE(stands_out({1, 1, 50}, column("法人番号")));
    CHECK_FALSE(stands_out({1, 1, 0}, column("予算額（円）")));
    CHECK_FALSE(stands_out({3, 1, 0}, column("歳入総額")));
    CHECK(stands_out({3, 3, 0}, column("予算額（円）")));
    CHECK(stands_out({1, 1, 0}, column("給付金申請者")));
    // Given out one behind the other.
    CHECK_FALSE(stands_out({2, 1, 0, 202400000016, 202400000024}, column("水道メーター番号")));
    CHECK(stands_out({2, 2, 0, 202400000016, 202400000024}, column("水道メーター番号")));
    CHECK(stands_out({2, 1, 0, 202400000016, 987654321098}, column("水道メーター番号")));
}

TEST_CASE("Birth dates in a text are known by 生 behind a whole date", "[validate][privacy]") {
    for (const char* const text :
         {"山田太郎（昭和50年4月1日生）", "昭和50年4月1日生まれ", "S55.5.5生", "Ｓ５５．５．５生",
          "生年月日：昭和50年4月1日", "氏名 山田、生年月日 1975/4/1、住所", "山田花子(1975年4月1日 生)",
          "山田花子 1990年5月5日生まれ - 前橋市出身", "明治33年1月1日生", "昭和50年4月1日生まれの山田太郎"}) {
        INFO(text);
        CHECK(found_in(text) == "D");
    }
    for (const char* const text : {"令和5年4月2日～令和6年4月1日生まれの方",
                                   "平成16年4月2日から平成17年4月1日生まれ",
                                   "令和6年4月1日生ごみ収集開始",
                                   "昭和50年生まれ",
                                   "2024年4月1日生放送",
                                   "ゾウのはな子（昭和22年3月1日生）",
                                   "誕生（平成20年5月5日）",
                                   "平成30年4月1日発生",
                                   "生年月日を記入（4月1日）",
                                   "令和6年4月1日以前生まれ",
                                   "2024年5月1日 生まぐろ解体ショー",
                                   "昭和20年4月1日生まれ以前の方",
                                   "平成20年4月2日生まれ以降",
                                   "令和2年4月2日生まれから令和3年4月1日生まれの方",
                                   "R5.4.2生-R6.4.1生",
                                   "0歳児 2024.4.2生～",
                                   "昭和34年4月2日生まれ、昭和35年4月1日生まれの方",
                                   "萩原朔太郎（明治19年11月1日生）",
                                   "新島襄 1843年2月12日生まれ",
                                   "カピバラのさくら 2024年4月1日生まれ",
                                   "ホンドタヌキのポン太（令和5年5月1日生）"}) {
        INFO(text);
        CHECK(found_in(text).empty());
    }
    CHECK(mask_text("山田太郎（昭和50年4月1日生）") == "山田太郎（昭和**年*月*日生）");
}

TEST_CASE("Bank accounts are known by the words around them", "[validate][privacy]") {
    CHECK(found_in("みずほ銀行 前橋支店 普通 1234567") == "B");
    CHECK(found_in("○○信用金庫本店営業部　当座預金　口座番号：０１２３４５６") == "B");
    CHECK(found_in("JA前橋市 本所 普通No.7654321") == "B");
    CHECK(found_in("振込先口座番号 1234567") == "B");
    CHECK(found_in("ゆうちょ銀行 記号 10450 番号 12345671") == "B");
    CHECK(found_in("ゆうちょ 10450-12345671") == "B");
    CHECK(found_in("1234567", column("口座番号")) == "B");
    CHECK(found_in("123456", column("振込口座")) == "B");
    CHECK(found_in("1234567").empty());
    CHECK(found_in("〒3718601 群馬銀行前橋支店前").empty());
    CHECK(found_in("群馬銀行前橋支店 027-223-1111").empty());
    CHECK(found_in("普通車 1234567 台").empty());
    CHECK(found_in("1234567", column("口座振替件数")).empty());
    CHECK(found_in("***4567", column("口座番号")).empty());
}

TEST_CASE("Mobile numbers in every writing, and what only looks like one", "[validate][privacy]") {
    for (const std::string_view number : {"090-1234-5678", "08012345678", "070 1234 5678", "０９０－１２３４－５６７８",
                                          "090(1234)5678", "(090)1234-5678", "090ー1234ー5678", "+81-90-1234-5678",
                                          "+819012345678", "+81 (0)80-1234-5678", "携帯：090-1234-5678（担当）"}) {
        INFO(number);
        CHECK(found_in(number) == "P");
    }
    CHECK(found_in("090-1234-5678 080-1111-2222") == "PP");
    CHECK(found_in("9012345678", column("電話番号")) == "P");
    CHECK(found_in("9012345678").empty());
    for (const std::string_view number :
         {"027-224-1111", "0120-123-456", "0800-123-4567", "08001234567", "0570-012-345", "050-1234-5678",
          "03-1234-5678", "070123456789", "T090-1234-5678", "090-1234-5678-9", "08012345678円", "0901234567"}) {
        INFO(number);
        CHECK(found_in(number).empty());
    }
    CHECK(found_in("08012345678", column("施設コード")).empty());
    CHECK(found_in("090-1234-5678", column("施設コード")) == "P");
}

TEST_CASE("Mailboxes of persons, not of offices", "[validate][privacy]") {
    for (const std::string_view mail :
         {"hanako@gmail.com", "taro_1980@yahoo.co.jp", "x.y@docomo.ne.jp", "ＴＡＲＯ＠ＧＭＡＩＬ．ＣＯＭ",
          "taro.yamada@city.maebashi.lg.jp", "t-suzuki@example.co.jp", "sato_h@example.or.jp",
          "連絡は hanako@icloud.com まで", "hanako@abc12.ocn.ne.jp"}) {
        INFO(mail);
        CHECK(found_in(mail) == "M");
    }
    for (const std::string_view mail :
         {"info@city.maebashi.lg.jp", "soumu@town.x.lg.jp", "kosodate.shien@city.x.lg.jp",
          "kikaku-seisaku@pref.gunma.lg.jp", "toshi.keikaku@city.x.lg.jp", "minami-hoikuen@example.ocn.ne.jp",
          "contact@example.co.jp", "@kouhou_maebashi", "library@lib.city.x.jp", "a@b", "shimin-ka@city.x.lg.jp"}) {
        INFO(mail);
        CHECK(found_in(mail).empty());
    }
}

TEST_CASE("Headers say what a column is about", "[validate][privacy]") {
    CHECK(column("生年月日").birth);
    CHECK(column("出生年月日").birth);
    CHECK(column("誕生日").birth);
    CHECK_FALSE(column("発生年月日").birth);
    CHECK(column("マイナンバー").my_number);
    CHECK(column("個人 番号").my_number);
    CHECK_FALSE(column("マイナンバーカード交付枚数").my_number);
    CHECK(column("氏名").person);
    CHECK(column("連絡先電話番号").phone);
    CHECK_FALSE(column("連絡先電話番号").identifier);
    CHECK(column("整理番号").identifier);
}

TEST_CASE("Names of persons are told from names of places", "[validate][privacy]") {
    CHECK(is_person_name("山田 太郎"));
    CHECK(is_person_name("佐々木花子"));
    CHECK_FALSE(is_person_name("山田小学校"));
    CHECK_FALSE(is_person_name("ポン太"));
    CHECK_FALSE(is_person_name("川口"));
}

TEST_CASE("Dates of birth in the writings of departments", "[validate][privacy]") {
    CHECK(is_written_date("1980-04-01"));
    CHECK(is_written_date("昭和55年4月1日"));
    CHECK(is_written_date("S55.4.1"));
    CHECK(is_written_date("平成元年１月８日"));
    CHECK_FALSE(is_written_date("不明"));
    CHECK_FALSE(is_written_date("50代"));
}

TEST_CASE("Masks keep the last digits and no more", "[validate][privacy]") {
    CHECK(mask_private(PrivateKind::my_number, "1234-5678-9018") == "****-****-*018");
    CHECK(mask_private(PrivateKind::mobile, "０９０－１２３４－５６７８") == "***－****－*６７８");
    CHECK(mask_private(PrivateKind::bank_account, "1234567") == "*****67");
    CHECK(mask_private(PrivateKind::mail, "hanako@gmail.com") == "h***@gmail.com");
    CHECK(mask_private(PrivateKind::birth_date, "昭和55年4月1日") == "昭和**年*月*日");
    CHECK(mask_text("電話 090-1234-5678、番号 1234567890123") == "電話 ***-****-*678、番号 1234567890123");
    CHECK(mask_text("1234567", column("口座番号")) == "*****67");
    CHECK(mask_text("前橋市役所 027-224-1111") == "前橋市役所 027-224-1111");
}

TEST_CASE("The byte gate lets every writing through, wherever it stands in the cell", "[validate][privacy]") {
    for (const std::string_view value :
         {"123456789018", "１２３４５６７８９０１８", "090-1234-5678", "a@gmail.com", "あ＠gmail.com"}) {
        for (std::size_t before = 0; before < 20; ++before) {
            CHECK(may_be_private(std::string(before, ' ') + std::string(value)));
            CHECK(may_be_private(std::string(value) + std::string(before, 'x')));
        }
    }
    for (const std::string_view plain :
         {"", "1", "2024-04-01", "371-8601", "前橋市大手町二丁目12番1号", "139.0634", "10201"}) {
        INFO(plain);
        CHECK_FALSE(may_be_private(plain));
    }
}

TEST_CASE("A text made to be slow is looked through in a moment", "[validate][privacy][hostile]") {
    for (const std::string_view piece : {"1234-", "普通 ", "a@", "a.", "090-", "@.", "〒1", "銀行 1234567 "}) {
        std::string text;
        while (text.size() < 200'000) {
            text += piece;
        }
        text += "@";
        const auto begin = std::chrono::steady_clock::now();
        found_in(text);
        const auto took = std::chrono::steady_clock::now() - begin;
        INFO(piece);
        CHECK(took < std::chrono::seconds(2));
    }
}
