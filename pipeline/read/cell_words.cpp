// SPDX-License-Identifier: Apache-2.0
// The words that tell what a cell is for: a total, a note, a unit, a section, a head. Lists of words of public bodies,
// none of one city alone.
#include "read/cell_words.hpp"

#include "read/cell_look.hpp"
#include "read/word_list.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace kokai {
namespace {

template <std::size_t Size>
bool begins_with_any(const std::array<std::string_view, Size>& words, std::string_view text) {
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return text.starts_with(word); });
}

template <std::size_t Size>
bool ends_with_any(const std::array<std::string_view, Size>& words, std::string_view text) {
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return text.size() > word.size() && text.ends_with(word); });
}

constexpr std::array<std::string_view, 12> totals{"合計", "総計", "小計",   "計",    "総合計",   "累計",
                                                  "総数", "中計", "合計額", "total", "subtotal", "合計数"};
/// Words that end in 計 and count nothing.
constexpr std::array<std::string_view, 9> no_totals{"時計", "設計", "会計",   "統計", "家計",
                                                    "生計", "計計", "温度計", "余計"};
constexpr std::array<std::string_view, 12> total_hints{"全国",   "全市", "全体", "全県", "全域", "市全体",
                                                       "全税目", "全区", "総額", "全町", "全村", "県全体"};

constexpr std::array<std::string_view, 22> note_beginnings{
    "※",    "＊",   "*",     "注)",    "注）", "(注",   "（注",   "注:",   "注：",   "注1",          "注１",
    "【注", "〔注", "資料:", "資料：", "出典", "備考:", "備考：", "(備考", "（備考", "お問い合わせ", "問い合わせ"};
constexpr std::array<std::string_view, 7> note_words{
    "問い合わせ", "問合せ", "お問合", "連絡先:", "連絡先：", "出所:", "出所："};

constexpr std::array<std::string_view, 13> about_words{"現在",   "時点", "更新日", "作成日", "単位",   "改正", "基準日",
                                                       "調査日", "発行", "出力日", "作成:",  "時刻表", "年版"};

constexpr std::array<std::string_view, 34> units{"人",   "世帯", "円",   "千円", "百万円", "億円",    "件",  "㎡", "m2",
                                                 "m²",   "ha",   "km",   "km2",  "㎢",     "m",       "ｍ",  "%",  "％",
                                                 "か所", "箇所", "ヶ所", "棟",   "戸",     "台",      "回",  "日", "年",
                                                 "歳",   "kg",   "t",    "kl",   "床",     "1,000人", "千人"};

constexpr std::array<std::string_view, 14> section_beginnings{"■", "●", "◆",  "◇",  "□",  "▼", "▽",
                                                              "★", "☆", "【", "〈", "《", "≪", "▶"};
constexpr std::array<std::string_view, 14> section_ends{"地区", "地域",     "行き", "方面", "の部", "関係", "校区",
                                                        "学区", "支所管内", "管内", "編",   "系統", "行",   "部門"};

constexpr std::array<std::string_view, 96> head_words{"名称",
                                                      "施設名",
                                                      "施設名称",
                                                      "名前",
                                                      "氏名",
                                                      "所在地",
                                                      "住所",
                                                      "電話",
                                                      "電話番号",
                                                      "連絡先",
                                                      "fax",
                                                      "fax番号",
                                                      "郵便番号",
                                                      "緯度",
                                                      "経度",
                                                      "備考",
                                                      "番号",
                                                      "no",
                                                      "no.",
                                                      "№",
                                                      "id",
                                                      "種別",
                                                      "種類",
                                                      "分類",
                                                      "区分",
                                                      "カテゴリ",
                                                      "url",
                                                      "ホームページ",
                                                      "メール",
                                                      "メールアドレス",
                                                      "面積",
                                                      "定員",
                                                      "人数",
                                                      "人口",
                                                      "世帯数",
                                                      "総数",
                                                      "男",
                                                      "女",
                                                      "年齢",
                                                      "年度",
                                                      "年次",
                                                      "年月日",
                                                      "日付",
                                                      "開始日",
                                                      "終了日",
                                                      "開始時間",
                                                      "終了時間",
                                                      "利用時間",
                                                      "営業時間",
                                                      "休館日",
                                                      "定休日",
                                                      "料金",
                                                      "利用料金",
                                                      "地区",
                                                      "地域",
                                                      "町名",
                                                      "町丁",
                                                      "町字",
                                                      "大字",
                                                      "市区町村名",
                                                      "都道府県名",
                                                      "市区町村コード",
                                                      "都道府県コード",
                                                      "設置場所",
                                                      "設置者",
                                                      "管理者",
                                                      "運営主体",
                                                      "法人名",
                                                      "団体名",
                                                      "代表者",
                                                      "項目",
                                                      "内容",
                                                      "説明",
                                                      "概要",
                                                      "画像",
                                                      "数量",
                                                      "金額",
                                                      "単価",
                                                      "予算",
                                                      "決算",
                                                      "構成比",
                                                      "割合",
                                                      "増減",
                                                      "合計",
                                                      "カナ",
                                                      "名称カナ",
                                                      "フリガナ",
                                                      "ふりがな",
                                                      "name",
                                                      "address",
                                                      "latitude",
                                                      "longitude",
                                                      "lat",
                                                      "lon",
                                                      "phone",
                                                      "tel"};

std::size_t length_of(char first) {
    const auto byte = static_cast<unsigned char>(first);
    return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

std::string without_brackets(std::string folded) {
    if (folded.size() > 2 && (folded.front() == '(' || folded.front() == '[') &&
        (folded.back() == ')' || folded.back() == ']')) {
        return folded.substr(1, folded.size() - 2);
    }
    return folded;
}

}  // namespace

TotalWord total_word(std::string_view text) {
    if (text.empty() || text.size() > 45) {
        return TotalWord::none;
    }
    const std::string folded = without_brackets(folded_label(text));
    if (is_one_of(totals, folded)) {
        return TotalWord::total;
    }
    if (is_one_of(total_hints, folded)) {
        return TotalWord::hint;
    }
    constexpr std::array<std::string_view, 4> ends{"計", "合計", "小計", "総数"};
    if (ends_with_any(ends, folded) && std::none_of(no_totals.begin(), no_totals.end(),
                                                    [&](std::string_view word) { return folded.ends_with(word); })) {
        return TotalWord::hint;
    }
    return TotalWord::none;
}

bool begins_a_note(std::string_view text) {
    return begins_with_any(note_beginnings, text) ||
           std::any_of(note_words.begin(), note_words.end(),
                       [&](std::string_view word) { return text.substr(0, 90).find(word) != std::string_view::npos; });
}

bool is_about_the_table(std::string_view text) {
    if (text.find('\n') != std::string_view::npos) {
        return true;
    }
    const std::string folded = folded_label(text);
    return std::any_of(about_words.begin(), about_words.end(),
                       [&](std::string_view word) { return folded.find(word) != std::string::npos; });
}

bool is_unit_cell(std::string_view text) {
    if (text.size() > 30) {
        return false;
    }
    const std::string folded = folded_label(text);
    const std::string inside = without_brackets(folded);
    return is_one_of(units, inside) || inside.starts_with("単位:") || is_one_of(units, text);
}

bool names_a_section(std::string_view text) {
    if (text.size() > 90) {
        return false;
    }
    if (begins_with_any(section_beginnings, text)) {
        return true;
    }
    const std::string folded = folded_label(text);
    if (folded.size() > 2 && folded.front() == '(' && folded.back() == ')') {
        return true;
    }
    return ends_with_any(section_ends, folded) || (folded.starts_with("第") && folded.find("章") != std::string::npos);
}

bool is_head_word(std::string_view text) {
    if (text.size() > 60) {
        return false;
    }
    const std::string folded = folded_label(text);
    if (is_one_of(head_words, folded)) {
        return true;
    }
    constexpr std::array<std::string_view, 12> ends{"名",   "名称",   "番号", "コード", "住所", "所在地",
                                                    "区分", "年月日", "時間", "日時",   "有無", "人数"};
    return folded.size() <= 36 && ends_with_any(ends, folded);
}

bool is_ascii_key(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char letter) {
        return static_cast<unsigned char>(letter) < 0x80;
    }) && std::any_of(text.begin(), text.end(), [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
    });
}

bool has_japanese(std::string_view text) {
    for (std::size_t at = 0; at < text.size(); at += length_of(text[at])) {
        const auto byte = static_cast<unsigned char>(text[at]);
        if (byte >= 0xE3 && byte <= 0xE9) {
            return true;
        }
    }
    return false;
}

}  // namespace kokai
