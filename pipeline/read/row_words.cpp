// SPDX-License-Identifier: Apache-2.0
#include "read/row_words.hpp"

#include "read/cell_look.hpp"
#include "read/cell_words.hpp"
#include "read/word_list.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace kokai {
namespace {

template <std::size_t Size>
std::size_t longest_beginning(const std::array<std::string_view, Size>& words, std::string_view text) {
    std::size_t longest = 0;
    for (const std::string_view word : words) {
        longest = text.starts_with(word) ? std::max(longest, word.size()) : longest;
    }
    return longest;
}

template <std::size_t Size>
std::size_t longest_end(const std::array<std::string_view, Size>& words, std::string_view text) {
    std::size_t longest = 0;
    for (const std::string_view word : words) {
        longest = text.ends_with(word) ? std::max(longest, word.size()) : longest;
    }
    return longest;
}

/// What things are counted with, and what quantities are measured with.
constexpr std::array<std::string_view, 33> counters{
    "件", "施設", "か所", "箇所", "ヶ所", "カ所", "ヵ所", "ケ所", "個所", "台",   "館",
    "園", "校",   "棟",   "基",   "名",   "社",   "店",   "店舗", "本",   "個",   "団体",
    "室", "戸",   "軒",   "区画", "路線", "町",   "組",   "事業", "公園", "会場", "点"};
constexpr std::array<std::string_view, 20> measures{"人", "世帯", "円",  "千円", "百万円", "㎡", "m2",
                                                    "m²", "ha",   "km",  "㎢",   "m",      "%",  "床",
                                                    "回", "日",   "km2", "kg",   "t",      "枚"};

constexpr std::array<std::string_view, 8> total_names{"総合計", "合計", "総計", "小計", "累計", "中計", "計", "合計数"};
/// What stands below lists, and what tables of figures have records of.
constexpr std::array<std::string_view, 5> amount_names{"施設数", "件数", "箇所数", "か所数", "総数"};
/// Said with a number only: 全3施設, 以上3件.
constexpr std::array<std::string_view, 6> all_names{"全", "以上", "全部で", "計全", "合計全", "以上計"};

std::string_view without_brackets(std::string_view text) {
    constexpr std::array<std::string_view, 8> opening{"(", "[", "<", "【", "〔", "《", "〈", "「"};
    constexpr std::array<std::string_view, 8> closing{")", "]", ">", "】", "〕", "》", "〉", "」"};
    for (std::size_t i = 0; i < opening.size(); ++i) {
        const std::string_view open = opening.at(i);
        const std::string_view close = closing.at(i);
        if (text.size() > open.size() + close.size() && text.starts_with(open) && text.ends_with(close) &&
            text.find(open, open.size()) == std::string_view::npos) {
            return text.substr(open.size(), text.size() - open.size() - close.size());
        }
    }
    return text;
}

/// Takes the number off the end of a folded text.
std::optional<double> take_number(std::string_view& text) {
    std::size_t begin = text.size();
    while (begin > 0 && (is_ascii_digit(text[begin - 1]) || text[begin - 1] == ',' || text[begin - 1] == '.')) {
        --begin;
    }
    const std::optional<double> number = number_in(text.substr(begin));
    text = number ? text.substr(0, begin) : text;
    return number;
}

/// Most cells hold neither a digit nor the end of a word for totals.
bool may_count(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (is_ascii_digit(text[i]) || (byte == 0xEF && i + 2 < text.size() && text[i + 1] == '\xBC') ||
            (byte < 0x80 && (byte == 'l' || byte == 'L'))) {
            return true;
        }
    }
    return text.find("計") != std::string_view::npos || text.find("数") != std::string_view::npos;
}

Count::Label label_of(std::string_view text, bool with_number) {
    while (text.ends_with(':') || text.ends_with('(') || text.ends_with("：") || text.ends_with("…")) {
        text.remove_suffix(text.back() == ':' || text.back() == '(' ? 1 : 3);
    }
    text = without_brackets(text);
    if (is_one_of(amount_names, text) || (with_number && is_one_of(all_names, text))) {
        return Count::Label::amount;
    }
    if (is_one_of(total_names, text) || total_word(text) == TotalWord::total) {
        return Count::Label::total;
    }
    constexpr std::array<std::string_view, 4> ends{"計", "合計", "小計", "総数"};
    const std::size_t end = longest_end(ends, text);
    return end > 0 && text.size() > end && total_word(text) == TotalWord::hint ? Count::Label::group
                                                                               : Count::Label::none;
}

/// Of a folded text; neither a number nor a label when it counts nothing.
Count counted(std::string_view text) {
    Count count;
    std::string_view before = text;
    if (before.ends_with(')') && before.find('(') != std::string_view::npos) {
        before.remove_suffix(1);
    }
    const std::size_t counter = longest_end(counters, before);
    const std::size_t measure = longest_end(measures, before);
    before.remove_suffix(std::max(counter, measure));
    count.number = take_number(before);
    if (!count.number) {
        count.label = label_of(text, false);
        return count;
    }
    count.counter = counter > 0 && counter >= measure;
    count.unit = counter + measure > 0;
    if (!before.empty() && before != "(") {
        count.label = label_of(before, true);
        return count.label == Count::Label::none ? Count{} : count;
    }
    return count;
}

/// Whether what follows a word parts it from the rest of the cell.
bool is_parted(std::string_view rest) {
    constexpr std::array<std::string_view, 12> signs{":", "：", ")", "）", "】", "〕", "＞", ">", "　", " ", "→", "］"};
    return rest.empty() || longest_beginning(signs, rest) > 0;
}

/// A blank parts 記入例 from what follows, but names hold サンプル 展 and 見本 市.
bool parts_an_example(std::string_view word, std::string_view rest, bool opened) {
    const bool may_begin_a_name = !opened && (word == "例" || word == "見本" || word == "サンプル");
    return is_parted(rest) && !(may_begin_a_name && (rest.starts_with(' ') || rest.starts_with("　")));
}

std::string_view after_opening(std::string_view text) {
    constexpr std::array<std::string_view, 12> openings{"（", "(", "【", "〔", "［", "[",
                                                        "＜", "<", "〈", "《", "※",  "－"};
    for (std::size_t size = longest_beginning(openings, text); size > 0; size = longest_beginning(openings, text)) {
        text = trimmed(text.substr(size));
    }
    return text;
}

}  // namespace

std::optional<Count> count_in(std::string_view text) {
    if (text.empty() || text.size() > 60 || !may_count(text)) {
        return {};
    }
    const std::string folded = folded_label(text);
    const std::string_view rest = without_brackets(folded);
    if (const Count count = counted(rest); count.number || count.label != Count::Label::none) {
        return count;
    }
    if (const std::size_t remark = rest.find('('); remark != std::string::npos && remark > 0 && rest.ends_with(')')) {
        const Count plain = counted(rest.substr(0, remark));  // 5施設(うち休館1)
        return plain.number && plain.unit ? std::optional(plain) : std::nullopt;
    }
    return {};
}

bool marks_an_example(std::string_view text) {
    constexpr std::array<std::string_view, 9> words{"例",     "記入例", "記載例",   "入力例",  "記述例",
                                                    "作成例", "見本",   "サンプル", "記入見本"};
    const std::string_view whole = trimmed(text);
    const std::string_view inside = after_opening(whole);
    const std::size_t word = longest_beginning(words, inside);
    if (word == 0) {
        return false;
    }
    std::string_view rest = inside.substr(word);
    const std::string folded = folded_label(rest);
    const bool numbered = !folded.empty() && folded.size() <= 3 && is_ascii_digit(folded.front());  // 例1, 例1)
    return numbered || parts_an_example(inside.substr(0, word), rest, inside.size() < whole.size());
}

bool holds_placeholder(std::string_view text) {
    constexpr std::array<std::string_view, 6> placeholders{"○○", "〇〇", "◯◯", "●●", "△△", "××"};
    return std::any_of(placeholders.begin(), placeholders.end(),
                       [&](std::string_view one) { return text.find(one) != std::string_view::npos; });
}

bool holds_made_up_place(std::string_view text) {
    constexpr std::array<std::string_view, 6> placeholders{"○○", "〇〇", "◯◯", "●●", "△△", "××"};
    constexpr std::array<std::string_view, 6> places{"市", "町", "村", "県", "区", "丁目"};
    for (const std::string_view one : placeholders) {
        for (std::size_t at = text.find(one); at != std::string_view::npos; at = text.find(one, at + 1)) {
            if (longest_beginning(places, text.substr(at + one.size())) > 0) {
                return true;
            }
        }
    }
    return false;
}

bool goes_on_from_a_page(std::string_view text) {
    constexpr std::array<std::string_view, 3> words{"つづき", "続き", "前ページより"};
    const std::string folded = folded_label(text);
    return is_one_of(words, without_brackets(folded));
}

bool is_page_line(std::string_view text) {
    if (text.size() > 60) {
        return false;
    }
    const std::string folded = folded_label(text);
    std::string_view rest = without_brackets(folded);
    constexpr std::array<std::string_view, 6> words{"つづく",         "続く",           "次頁へ続く",
                                                    "次ページへ続く", "次ページに続く", "次頁に続く"};
    if (is_one_of(words, rest) || goes_on_from_a_page(text)) {
        return true;
    }
    bool said = false;  // page, 頁, or dashes on both sides
    for (const std::string_view word : {"ページ", "頁", "page", "p.", "p"}) {
        if (rest.starts_with(word)) {
            rest.remove_prefix(word.size());
            said = true;
            break;
        }
    }
    for (const std::string_view word : {"ページ", "頁", "page"}) {
        if (rest.ends_with(word)) {
            rest.remove_suffix(word.size());
            said = true;
            break;
        }
    }
    if (rest.size() > 2 && rest.starts_with('-') && rest.ends_with('-')) {
        rest = rest.substr(1, rest.size() - 2);
        said = true;
    }
    const std::size_t slash = std::min(rest.find('/'), rest.find("of"));
    const auto digits = [](std::string_view part) {
        return !part.empty() && part.size() <= 3 && std::all_of(part.begin(), part.end(), is_ascii_digit);
    };
    if (slash == std::string_view::npos) {
        return said && digits(rest);
    }
    const std::string_view all = rest.substr(slash + (rest[slash] == '/' ? 1 : 2));
    const auto value = [&](std::string_view part) { return number_in(part).value_or(0); };
    return digits(rest.substr(0, slash)) && digits(all) && value(rest.substr(0, slash)) <= value(all);
}

std::string_view without_continued(std::string_view text) {
    text = trimmed(text);
    const std::size_t open = std::max(text.rfind('(') + 1, text.rfind("（") + 1);
    if (open == 0 || open == 1) {
        return text;
    }
    const std::string inside = folded_label(text.substr(open - 1));
    const std::string_view plain = without_brackets(inside);
    constexpr std::array<std::string_view, 5> words{"つづき", "続き", "続", "つづく", "続く"};
    const bool number = !plain.empty() && std::all_of(plain.begin(), plain.end(), [](char letter) {
        return is_ascii_digit(letter) || letter == '/';
    });
    return is_one_of(words, plain) || number ? trimmed(text.substr(0, open - 1)) : text;
}

bool is_sign_off(std::string_view text) {
    constexpr auto words = std::to_array<std::string_view>(
        {"問合せ先",     "問合先", "問い合わせ先", "お問合せ先", "お問い合わせ先", "問合せ", "問い合わせ", "お問合せ",
         "お問い合わせ", "担当",   "担当課",       "担当部署",   "担当者",         "作成",   "作成者",     "作成課",
         "作成部署",     "所管課", "所管",         "事務局",     "連絡先",         "照会先", "発行",       "提出先"});
    std::string folded = folded_label(after_opening(text));
    while (folded.ends_with(':') || folded.ends_with(')')) {
        folded.pop_back();
    }
    return is_one_of(words, without_brackets(folded)) ||
           (folded.ends_with("】") && is_one_of(words, std::string_view(folded).substr(0, folded.size() - 3)));
}

bool is_whom_to_ask(std::string_view text) {
    constexpr std::array<std::string_view, 4> words{"問合", "問い合わせ", "連絡先", "照会先"};
    const std::string folded = folded_label(text);
    return is_sign_off(text) && std::any_of(words.begin(), words.end(), [&](std::string_view word) {
               return folded.find(word) != std::string::npos;
           });
}

bool may_be_listed(std::string_view text) {
    constexpr std::array<std::string_view, 5> words{"事務局", "発行", "提出先", "所管", "作成"};
    return is_one_of(words, folded_label(text));
}

bool labels_a_note(std::string_view text) {
    constexpr std::array<std::string_view, 9> words{"備考", "注意", "注意事項", "注",  "資料",
                                                    "出典", "凡例", "特記事項", "参考"};
    std::string folded = folded_label(after_opening(text));
    while (folded.ends_with(':') || folded.ends_with(')')) {
        folded.pop_back();
    }
    return is_one_of(words, without_brackets(folded));
}

bool is_dash(std::string_view text) {
    constexpr std::array<std::string_view, 9> dashes{"-", "－", "―", "‐", "ー", "—", "–", "−", "--"};
    return is_one_of(dashes, text);
}

bool is_closing_line(std::string_view text) {
    if (begins_a_note(text)) {
        return true;
    }
    constexpr std::array<std::string_view, 6> ends_of_all{"以上", "以下余白", "以上です", "おわり", "終わり", "-以上-"};
    const std::string folded = folded_label(text);
    if (is_one_of(ends_of_all, without_brackets(folded))) {
        return true;
    }
    // Words that say what follows them, where a sign parts the two.
    constexpr auto labels = std::to_array<std::string_view>(
        {"資料",     "出所",     "出典",       "作成", "作成者", "作成課", "作成日", "担当",  "担当課",
         "担当者",   "最終更新", "最終更新日", "更新", "更新日", "印刷日", "出力日", "単位",  "注意",
         "注意事項", "備考",     "注記",       "注",   "凡例",   "参考",   "連絡先", "備　考"});
    const std::string_view inside = after_opening(trimmed(text));
    const std::size_t label = longest_beginning(labels, inside);
    if (label > 0 && label < inside.size() && is_parted(inside.substr(label))) {
        return true;
    }
    constexpr std::array<std::string_view, 12> beginnings{"なお、",   "ただし、", "但し、", "上記",
                                                          "詳細は",   "詳しくは", "この表", "本表",
                                                          "この一覧", "tel:",     "電話は", "本一覧"};
    if (longest_beginning(beginnings, inside) > 0) {
        return true;
    }
    constexpr std::array<std::string_view, 15> ends{"。",     "です",  "ます",     "ません", "ください",
                                                    "下さい", "現在)", "現在",     "時点",   "時点)",
                                                    "まで",   "参照",  "のとおり", "作成",   "課調べ"};
    if (longest_end(ends, folded) > 0) {
        return true;
    }
    // A phone number with its word, and nothing before it.
    return (folded.starts_with("電話") || folded.starts_with("tel") || folded.starts_with("fax")) &&
           std::count_if(folded.begin(), folded.end(), is_ascii_digit) >= 9;
}

bool begins_with_list_mark(std::string_view text) {
    constexpr std::array<std::string_view, 22> marks{"・", "･", "●", "○", "◎", "◯",  "△", "▲", "★", "☆",  "◆",
                                                     "◇",  "■", "□", "▼", "▽", "＊", "*", "※", "-", "－", "→"};
    constexpr std::array<std::string_view, 9> circled{"①", "②", "③", "④", "⑤", "⑥", "⑦", "⑧", "⑨"};
    if (text.size() > 6 && (longest_beginning(marks, text) > 0 || longest_beginning(circled, text) > 0)) {
        return true;
    }
    const std::string folded = folded_label(text.substr(0, 24));
    std::string_view rest = folded;
    const bool open = rest.starts_with('(');
    rest.remove_prefix(open ? 1 : 0);
    std::size_t digits = 0;
    while (digits < rest.size() && is_ascii_digit(rest[digits])) {
        ++digits;
    }
    return digits > 0 && digits <= 2 && rest.size() > digits + 1 && rest[digits] == ')';
}

bool heads_running_numbers(std::string_view text) {
    constexpr auto heads = std::to_array<std::string_view>(
        {"no", "no.", "no．",     "№",        "#",    "番号", "連番", "項番",     "通番",     "通し番号", "整理番号",
         "id", "項",  "項目番号", "ナンバー", "ＮＯ", "番",   "順番", "施設番号", "管理番号", "seq"});
    return is_one_of(heads, folded_label(text));
}

bool heads_line_numbers(std::string_view text) {
    constexpr std::array<std::string_view, 4> of_things{"整理番号", "施設番号", "管理番号", "id"};
    return heads_running_numbers(text) && !is_one_of(of_things, folded_label(text));
}

}  // namespace kokai
