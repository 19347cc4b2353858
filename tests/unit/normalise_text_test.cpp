// SPDX-License-Identifier: Apache-2.0
// What normalise_text changes, what it must leave, and that the byte gate never lets a change slip by.
#include "normalise/text.hpp"
#include "normalise/utf8.hpp"
#include "support/utf8.hpp"

#include <catch2/catch.hpp>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

using namespace kokai;

namespace {

std::string text(std::string_view input) {
    return normalise_text(input).value;
}

/// A random text made of pieces that meddle with each other: widths, dashes, marks, breaks, broken bytes.
class RandomText {
public:
    explicit RandomText(std::uint64_t seed) : state_(seed) {}
    std::string next() {
        static const std::vector<std::string> pieces = {
            "1",      "2",      "a",      "Z",       "-",        "－",     "ー",           "ｰ",      "―",      "−",
            "‐",      "\u2011", "　",     " ",       "\n",       "\r\n",   "\r",           "\t",     "１",     "Ａ",
            "＝",     "＋",     "＠",     "（",      "）",       "～",     "〜",           "ｶ",      "ﾞ",      "ﾟ",
            "か",     "\u3099", "\u309A", "゛",      "漢",       "髙",     "﨑",           "神",     "①",      "㈱",
            "Ⅱ",      "…",      "″",      "㎡",      "²",        "é",      "e\u0301",      "\u200B", "\u202E", "\uFEFF",
            "\u00AD", "\x01",   "\x7F",   "\u0085",  "👨\u200D👩", "\uE000", "葛\U000E0100", "ﬁ",      "½",      "\u00A0",
            "ｱ",      "ハ",     "\u0323", "Ａ\u0300"};
        std::string made;
        const std::uint64_t count = roll() % 9;
        for (std::uint64_t i = 0; i < count; ++i) {
            made += pieces[roll() % pieces.size()];
        }
        return made;
    }
    std::string bytes() {
        std::string made;
        const std::uint64_t count = roll() % 40;
        for (std::uint64_t i = 0; i < count; ++i) {
            made.push_back(static_cast<char>(static_cast<unsigned char>(roll() % 256)));
        }
        return made;
    }

private:
    std::uint64_t roll() {
        state_ = state_ * 6364136223846793005U + 1442695040888963407U;
        return state_ >> 33U;
    }
    std::uint64_t state_;
};

}  // namespace

TEST_CASE("widths, spaces and breaks are evened out", "[normalise][text]") {
    const std::vector<std::pair<std::string, std::string>> cases = {
        {"ＡＢＣ１２３", "ABC123"},
        {"ｶﾞｰﾃﾞﾝﾊﾟｰｸ", "ガーデンパーク"},
        {"　前橋　中央公園 ", "前橋 中央公園"},
        {"一行目\r\n二行目\r三行目", "一行目\n二行目\n三行目"},
        {"末尾の改行\n", "末尾の改行"},
        {"丸亀町10－3", "丸亀町10-3"},
        {"31ｰ1", "31-1"},
        {"３１－１−２―３‐４ー５", "31-1-2-3-4-5"},
        {"か\u3099っこう", "がっこう"},
        {"ｂｏｄｉｋ．ｊｐ／ａ", "bodik.jp/a"},
        {"10：30", "10:30"},
        {"列\t列", "列 列"},
    };
    for (const auto& [input, wanted] : cases) {
        CHECK(text(input) == wanted);
        CHECK_FALSE(is_clean_text(input));
        CHECK(is_clean_text(wanted));
    }
}

TEST_CASE("what a city clerk would call damage stays", "[normalise][text]") {
    for (const std::string kept : {"①号館",
                                   "㈱前橋",
                                   "№5",
                                   "髙﨑",
                                   "9時～17時",
                                   "9時〜17時",
                                   "Ⅱ期",
                                   "㎡",
                                   "㋿",
                                   "㍻",
                                   "10²",
                                   "½",
                                   "36°23′20.6″",
                                   "…",
                                   "第1会議室（大・中・小）",
                                   "ラーメン",
                                   "コ―ヒ―",
                                   "休館日－月曜",
                                   "葛\U000E0100城",
                                   "\uE000",
                                   "神社",
                                   "ﾞ",
                                   "℡",
                                   "ようこそ！",
                                   "１"}) {
        if (kept == "１" || kept == "ﾞ") {
            CHECK(text(kept) != kept);  // the list would be worthless if everything stayed
        } else {
            CHECK(text(kept) == kept);
            CHECK(is_clean_text(kept));
        }
    }
}

TEST_CASE("a text cell never becomes a formula", "[normalise][text]") {
    CHECK(text("＝１＋１") == "＝1+1");
    CHECK(text(" ＋８１") == "＋81");
    CHECK(text("－５") == "－5");
    CHECK(text("＠ｈｏｍｅ") == "＠home");
    CHECK(text("ａ＠ｂ") == "a@b");
}

TEST_CASE("invisible characters go, with a flag", "[normalise][text]") {
    const Normalised bidi = normalise_text("公\u202E園\u200B");
    CHECK(bidi.value == "公園");
    CHECK(bidi.has("control-character"));
    CHECK(normalise_text(std::string_view("a\0b", 3)).value == "ab");
    CHECK(normalise_text("👨\u200D👩").flags.empty());
    CHECK(normalise_text("家\u200D族").value == "家族");
    CHECK(normalise_text("普通").flags.empty());
}

TEST_CASE("bytes that are not UTF-8 have no value", "[normalise][text]") {
    for (const std::string broken : {"\xFF", "\xC0\x80", "\xED\xA0\x80", "\xF5\x80\x80\x80", "\xE3\x81"}) {
        CHECK(normalise_text("公園\n" + broken).has("error:encoding"));
        CHECK(normalise_verbatim(broken).has("error:encoding"));
    }
}

TEST_CASE("verbatim text loses control characters only", "[normalise][text]") {
    CHECK(normalise_verbatim("  Ａ\t①\r\n").value == "  Ａ\t①\r\n");
    CHECK(is_clean_verbatim("  Ａ\t①\r\n"));
    CHECK(normalise_verbatim("a\x02z").value == "az");
    CHECK(normalise_verbatim("a\x02z").has("control-character"));
    CHECK_FALSE(is_clean_verbatim("a\x02z"));
}

TEST_CASE("keys make look-alike headers equal", "[normalise][text]") {
    CHECK(fold_key("都道府県コ―ド又は市区町村コード") == fold_key("都道府県コード又は市区町村コ－ド"));
    CHECK(fold_key("料金（基本）") == fold_key("料金(基本)"));
    CHECK(fold_key("建物名等 (方書)") == fold_key("建物名等（方書）"));
    CHECK(fold_key("０〜９歳") == fold_key("0～9歳"));
    CHECK(fold_key("ＵＲＬ") == "url");
    CHECK(fold_key("名称_ｶﾅ") == fold_key("名称_カナ"));
    CHECK(fold_key("Ⅱ") == "ii");
    CHECK(fold_key("コード") != fold_key("コド"));
    CHECK(fold_key("ッ") != fold_key("ツ"));
}

TEST_CASE("keys are the same with ICU and without", "[normalise][text]") {
    for (char32_t c = 1; c <= 0xFFFF; ++c) {
        if (c >= 0xD800 && c <= 0xDFFF) {
            continue;
        }
        std::string letter;
        append_utf8(letter, c);
        // ① needs ICU, and so does what stands beside it.
        REQUIRE(fold_key("①" + letter + "a") == "1" + fold_key(letter + "a"));
    }
    CHECK(fold_key("\xE3\x81") == "");
}

TEST_CASE("the gate and the full look agree with normalise_text", "[normalise][text]") {
    RandomText random(7);
    for (int i = 0; i < 60000; ++i) {
        const std::string input = random.next();
        const Normalised once = normalise_text(input);
        const bool same = once.value == input && once.flags.empty();
        INFO(input);
        if (!same) {
            REQUIRE(text_may_change(input));
            REQUIRE_FALSE(is_surely_clean_text(input));
        }
        REQUIRE(is_clean_text(input) == same);
        const Normalised twice = normalise_text(once.value);
        REQUIRE(twice.value == once.value);
        REQUIRE(twice.flags.empty());
        REQUIRE(text_may_change(input) == text_may_change_portable(input));
    }
}

TEST_CASE("the gate of verbatim text and the full look agree with normalise_verbatim", "[normalise][text]") {
    RandomText random(13);
    int passed = 0;
    for (int i = 0; i < 60000; ++i) {
        const std::string input = random.next();
        const Normalised once = normalise_verbatim(input);
        const bool same = once.value == input && once.flags.empty();
        INFO(input);
        if (!same) {
            REQUIRE_FALSE(is_surely_clean_verbatim(input));
        }
        REQUIRE(is_clean_verbatim(input) == same);
        REQUIRE(verbatim_may_change(input) == verbatim_may_change_portable(input));
        passed += is_surely_clean_verbatim(input) ? 1 : 0;
    }
    CHECK(passed > 1000);
    for (int i = 0; i < 60000; ++i) {
        const std::string input = random.bytes();
        REQUIRE(verbatim_may_change(input) == verbatim_may_change_portable(input));
    }
    const std::string filler = "（乳幼児から）高校生まで、ご利用いただけます！";
    for (const std::string pattern : {"\u200B", "\uFEFF", "\x7F", "\t", "é", "\uFFFD"}) {
        for (std::size_t at = 0; at <= filler.size(); at += 3) {
            REQUIRE(verbatim_may_change(filler.substr(0, at) + pattern + filler.substr(at)));
        }
    }
    CHECK_FALSE(verbatim_may_change(filler));
}

TEST_CASE("the two gates agree on any bytes, at any length", "[normalise][text]") {
    RandomText random(11);
    int stopped = 0;
    for (int i = 0; i < 100000; ++i) {
        const std::string input = random.bytes();
        REQUIRE(text_may_change(input) == text_may_change_portable(input));
        stopped += text_may_change(input) ? 1 : 0;
        normalise_text(input);
    }
    CHECK(stopped > 50000);
    // A pattern at every offset of a longer text, so that it lies across every block border.
    const std::string filler = "前橋市大手町二丁目十二番一号前橋市役所本庁舎";
    for (const std::string pattern : {"　", "\u3099", "1ー", "\x7F", "é", "（"}) {
        for (std::size_t at = 3; at + 3 <= filler.size(); at += 3) {
            const std::string input = filler.substr(0, at) + pattern + filler.substr(at);
            REQUIRE(text_may_change(input));
        }
    }
    for (std::size_t size = 0; size <= filler.size(); size += 3) {
        REQUIRE_FALSE(text_may_change(filler.substr(0, size)));
        REQUIRE_FALSE(text_may_change(std::string(size, 'a')));
    }
}
