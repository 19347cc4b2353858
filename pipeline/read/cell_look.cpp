// SPDX-License-Identifier: Apache-2.0
// Hand-written scans: they run over every cell of a held sheet, and none of them needs more than one pass.
#include "read/cell_look.hpp"

#include "support/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace kokai {
namespace {

bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

template <std::size_t Size>
bool any_of(const std::array<std::string_view, Size>& words, std::string_view text) {
    return std::find(words.begin(), words.end(), text) != words.end();
}

template <std::size_t Size>
bool begins_with_any(const std::array<std::string_view, Size>& words, std::string_view text) {
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return text.starts_with(word); });
}

template <std::size_t Size>
bool ends_with_any(const std::array<std::string_view, Size>& words, std::string_view text) {
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return text.size() > word.size() && text.ends_with(word); });
}

constexpr std::array<std::string_view, 34> marks{
    "○", "◯",  "〇", "◎", "●", "△",  "▲",  "×", "✕",   "✖", "x",  "X",  "-",  "--",   "－",   "―",    "‐",
    "−", "ー", "–",  "—", "*", "**", "＊", "…", "...", "･", "・", "有", "無", "あり", "なし", "不明", "null"};

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

/// One full-width ASCII character (EF BC 81 … EF BD 9E), or 0.
char narrow(std::string_view text) {
    if (text.size() < 3 || text[0] != '\xEF') {
        return 0;
    }
    const auto second = static_cast<unsigned char>(text[1]);
    const auto third = static_cast<unsigned char>(text[2]);
    const int code = ((second & 0x3F) << 6) + (third & 0x3F) + 0xF000;
    return (second == 0xBC || second == 0xBD) && code >= 0xFF01 && code <= 0xFF5E
               ? static_cast<char>(code - 0xFF01 + 0x21)
               : static_cast<char>(0);
}

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

/// Digits and the signs that stand between them, nothing else; at least one digit.
bool is_digits_and(std::string_view folded, std::string_view signs) {
    bool digit = false;
    for (const char letter : folded) {
        if (is_digit(letter)) {
            digit = true;
        } else if (signs.find(letter) == std::string_view::npos) {
            return false;
        }
    }
    return digit;
}

/// Digits, and at least one of the kanji that make a date or a time of them.
bool is_kanji_moment(std::string_view folded) {
    constexpr std::array<std::string_view, 13> parts{"年",   "月",   "日",   "時",   "分",   "午前", "午後",
                                                     "令和", "平成", "昭和", "大正", "明治", "元"};
    bool digit = false;
    bool part = false;
    while (!folded.empty()) {
        if (is_digit(folded.front())) {
            digit = true;
            folded.remove_prefix(1);
            continue;
        }
        const auto known =
            std::find_if(parts.begin(), parts.end(), [&](std::string_view one) { return folded.starts_with(one); });
        if (known == parts.end()) {
            return false;
        }
        part = true;
        folded.remove_prefix(known->size());
    }
    return digit && part;
}

}  // namespace

std::string folded_label(std::string_view text) {
    constexpr std::string_view ideographic_space = "\xE3\x80\x80";
    std::string folded;
    for (std::size_t at = 0; at < text.size();) {
        const auto byte = static_cast<unsigned char>(text[at]);
        if (byte <= ' ') {
            ++at;
        } else if (byte < 0x80) {
            folded += static_cast<char>(byte >= 'A' && byte <= 'Z' ? byte + 32 : byte);
            ++at;
        } else if (text.substr(at).starts_with(ideographic_space)) {
            at += 3;
        } else if (const char ascii = narrow(text.substr(at)); ascii != 0) {
            folded += static_cast<char>(ascii >= 'A' && ascii <= 'Z' ? ascii + 32 : ascii);
            at += 3;
        } else {
            const std::size_t length = std::min(length_of(text[at]), text.size() - at);
            folded.append(text.substr(at, length));
            at += length;
        }
    }
    return folded;
}

std::optional<double> number_in(std::string_view text) {
    if (text.empty() || text.size() > 40) {
        return {};
    }
    std::string folded = folded_label(text);
    std::string plain;
    bool negative = false;
    std::string_view rest = folded;
    for (const std::string_view sign : {"△", "▲", "-", "−", "+"}) {
        if (rest.starts_with(sign)) {
            negative = sign != "+";
            rest.remove_prefix(sign.size());
            break;
        }
    }
    if (rest.ends_with('%')) {
        rest.remove_suffix(1);
    }
    for (const char letter : rest) {
        if (letter != ',') {
            plain += letter;
        }
    }
    double value = 0;
    const auto [end, error] = std::from_chars(plain.data(), plain.data() + plain.size(), value);
    if (error != std::errc{} || end != plain.data() + plain.size() || plain.empty() || !std::isfinite(value) ||
        !(is_digit(plain.front()) || plain.front() == '.')) {
        return {};
    }
    return negative ? -value : value;
}

Look look_of(std::string_view text, CellKind kind) {
    if (text.empty()) {
        return kind == CellKind::error ? Look::mark : Look::blank;
    }
    if (kind == CellKind::number) {
        return Look::number;
    }
    if (kind == CellKind::date) {
        return Look::moment;
    }
    if (kind == CellKind::error || kind == CellKind::boolean || any_of(marks, text)) {
        return Look::mark;
    }
    if (text.size() > 80) {
        return Look::word;
    }
    if (number_in(text)) {
        return Look::number;
    }
    const std::string folded = folded_label(text);
    if (is_digits_and(folded, "/-.:~")) {
        return folded.find_first_of("/:") != std::string::npos || std::count(folded.begin(), folded.end(), '-') == 2
                   ? Look::moment
                   : Look::code;
    }
    if (is_digits_and(folded, "()-.,+/:") || folded.starts_with("http://") || folded.starts_with("https://") ||
        folded.starts_with("〒")) {
        return Look::code;
    }
    return is_kanji_moment(folded) ? Look::moment : Look::word;
}

Look look_of(const GridCell& cell) {
    return look_of(cell.text, cell.kind);
}

bool looks_like_period(std::string_view text) {
    if (text.size() > 40) {
        return false;
    }
    const std::string folded = folded_label(text);
    if (const std::optional<double> number = number_in(folded)) {
        return *number >= 1868 && *number <= 2200 && folded.size() == 4;
    }
    std::string_view rest = folded;
    const bool short_era = rest.size() >= 2 && rest.size() <= 3 &&
                           std::string_view("rhst").find(rest[0]) != std::string_view::npos &&
                           is_digits_and(rest.substr(1), "");
    for (const std::string_view end : {"年度", "年"}) {
        if (rest.ends_with(end)) {
            return true;
        }
    }
    return short_era || (rest.ends_with("月") && rest.size() <= 12) || (rest.starts_with("第") && rest.size() <= 15);
}

TotalWord total_word(std::string_view text) {
    if (text.empty() || text.size() > 45) {
        return TotalWord::none;
    }
    const std::string folded = without_brackets(folded_label(text));
    if (any_of(totals, folded)) {
        return TotalWord::total;
    }
    if (any_of(total_hints, folded)) {
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
    return any_of(units, inside) || inside.starts_with("単位:") || any_of(units, text);
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
    if (any_of(head_words, folded)) {
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
