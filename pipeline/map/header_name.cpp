// SPDX-License-Identifier: Apache-2.0
#include "map/header_name.hpp"

#include "normalise/text.hpp"
#include "normalise/utf8.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace kokai {
namespace {

constexpr double without_brackets = 0.96;
constexpr double without_head = 0.96;
constexpr double child_of_parent = 0.94;
constexpr double parent_of_child = 0.8;
constexpr double without_number = 0.93;
constexpr double filler_left_out = 0.95;
constexpr double in_brackets = 0.75;          // 連絡先（電話）; with values to match, sure enough
constexpr double without_later_number = 0.5;  // 電話2 is not the phone number, but the second one

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool opens(char32_t c) {
    return c == '(' || c == '[' || c == '<' || c == '{' || c == 0x300C || c == 0x300E || c == 0x3010 || c == 0x3014 ||
           c == 0x3008 || c == 0x300A;
}
bool closes(char32_t c) {
    return c == ')' || c == ']' || c == '>' || c == '}' || c == 0x300D || c == 0x300F || c == 0x3011 || c == 0x3015 ||
           c == 0x3009 || c == 0x300B;
}

/// What only separates: _ - ・ 、 … and の, which people put in or leave out.
bool separates(char32_t c) {
    constexpr std::u32string_view marks = U" _-~.,:;/|#*&+=!?'\"・、。，．：；／＃＊※〇◎●■□→の";
    return opens(c) || closes(c) || marks.find(c) != std::u32string_view::npos;
}

/// `10:text` -> text; also `問3 …`, `Q5.`.
std::string_view without_form_head(std::string_view text) {
    std::size_t at = 0;
    if (text.starts_with("問")) {
        at = std::string_view("問").size();
    } else if (!text.empty() && text[0] == 'q') {
        at = 1;
    }
    const std::size_t digits = at;
    while (at < text.size() && is_digit(text[at])) {
        ++at;
    }
    if (at == digits || at == text.size() || (text[at] != ':' && text[at] != '.' && text[at] != ')')) {
        return text;
    }
    return at + 1 < text.size() && !is_digit(text[at + 1]) ? text.substr(at + 1) : text;
}

/// An English key of several words.
bool is_snake_case(std::string_view header) {
    return std::all_of(header.begin(), header.end(),
                       [](char c) { return (c >= 'a' && c <= 'z') || is_digit(c) || c == '_' || c == '#'; });
}

struct Bracketed {
    std::string outside, inside;
    std::string before;  // up to the first bracket
};

Bracketed cut_brackets(std::string_view folded) {
    Bracketed cut;
    int depth = 0;
    for (std::size_t at = 0; at < folded.size();) {
        const std::size_t from = at;
        const char32_t c = utf8::next(folded, at);
        if (opens(c)) {
            cut.before = cut.before.empty() ? std::string(folded.substr(0, from)) : cut.before;
            ++depth;
        } else if (closes(c)) {
            depth = std::max(0, depth - 1);
        } else {
            (depth > 0 ? cut.inside : cut.outside) += folded.substr(from, at - from);
        }
    }
    return cut;
}

/// 画像2 -> 画像 and 2; a number alone, or 0-4 and the like, is no numbering.
int take_number(std::string& stem) {
    std::size_t end = stem.size();
    while (end > 0 && is_digit(stem[end - 1])) {
        --end;
    }
    if (end == stem.size() || end == 0 || stem.size() - end > 2) {
        return 0;
    }
    const int number = std::stoi(stem.substr(end));
    stem.erase(end);
    return number;
}

struct WritingWord {
    std::string_view word;
    Writing writing;
};

/// As loose_key() has them; longer ones first.
constexpr std::array writing_words{
    WritingWord{"全角カタカナ", Writing::kana}, WritingWord{"半角カタカナ", Writing::kana},
    WritingWord{"全角カナ", Writing::kana},     WritingWord{"半角カナ", Writing::kana},
    WritingWord{"フリガナ", Writing::kana},     WritingWord{"ふりがな", Writing::kana},
    WritingWord{"ヨミガナ", Writing::kana},     WritingWord{"よみがな", Writing::kana},
    WritingWord{"読み仮名", Writing::kana},     WritingWord{"カタカナ", Writing::kana},
    WritingWord{"ひらがな", Writing::kana},     WritingWord{"カナ", Writing::kana},
    WritingWord{"かな", Writing::kana},         WritingWord{"ヨミ", Writing::kana},
    WritingWord{"よみ", Writing::kana},         WritingWord{"読み", Writing::kana},
    WritingWord{"英語表記", Writing::english},  WritingWord{"英字表記", Writing::english},
    WritingWord{"ローマ字", Writing::english},  WritingWord{"ロマ字", Writing::english},
    WritingWord{"english", Writing::english},   WritingWord{"英語", Writing::english},
    WritingWord{"英字", Writing::english},      WritingWord{"英文", Writing::english},
    WritingWord{"英名", Writing::english}};

/// 施設名（カナ）, 園名かな, 紹介文（英語）: the writing in brackets or at the end.
void find_writing(HeaderName& name) {
    const std::string& whole = name.forms.front().key;
    for (const auto& [word, writing] : writing_words) {
        if (name.bracketed == word && !name.base.empty()) {
            name.writing = writing;
            name.plain = name.base;
            return;
        }
        if (name.bracketed.empty() && whole.size() > word.size() && whole.ends_with(word)) {
            name.writing = writing;
            name.plain = whole.substr(0, whole.size() - word.size());
            return;
        }
    }
}

/// がけ崩れ等, 一時保育の実施: what says nothing of the matter itself.
std::string without_filler(const std::string& key) {
    static constexpr std::array<std::string_view, 9> fillers{"実施有無", "実施状況", "有無", "実施", "など",
                                                             "等",       "合計",     "総計", "総数"};
    for (const std::string_view filler : fillers) {
        if (key.size() > filler.size() && key.ends_with(filler) && characters(key) >= characters(filler) + 2) {
            return key.substr(0, key.size() - filler.size());
        }
    }
    return {};
}

/// 定員_計, 電話番号_代表: the group itself, not a part of it.
bool is_the_whole(std::string_view child) {
    static constexpr std::array<std::string_view, 20> words{
        "計",   "合計", "総計", "総数", "全体", "全数", "代表", "正式", "正式名称",     "漢字",
        "平日", "昼間", "新",   "現在", "施設", "名称", "名",   "名前", "氏名又は名称", "団体名"};
    return std::find(words.begin(), words.end(), child) != words.end();
}

/// 総数_男, 人口_女: of the whole, not of those who came or left.
bool is_of_all(std::string_view group) {
    static constexpr std::array<std::string_view, 7> words{"総数", "合計", "計", "総計", "全体", "人口", "総人口"};
    return std::find(words.begin(), words.end(), group) != words.end();
}

/// 設置者_住所: the group does not say what such a child is.
bool says_its_own(std::string_view child) {
    static constexpr std::array<std::string_view, 24> words{
        "住所",     "所在地",   "所在",   "場所", "電話", "電話番号", "tel",      "fax",
        "連絡先",   "郵便番号", "メル",   "url",  "緯度", "経度",     "フリガナ", "カナ",
        "ふりがな", "かな",     "年月日", "日",   "備考", "番号",     "コド",     "id"};
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return child.ends_with(word); });
}

/// Names that programs give: they say at most of which type a cell is.
bool is_machine_name(const std::string& key, bool had_form_head) {
    static constexpr std::array<std::string_view, 15> types{"text",    "textarea", "select",  "radio", "checkbox",
                                                            "time",    "string",   "item",    "field", "column",
                                                            "safield", "col",      "unnamed", "列",    "属性"};
    std::string stem = key;
    while (!stem.empty() && is_digit(stem.back())) {
        stem.pop_back();
    }
    if (stem.empty()) {
        return true;
    }
    const bool typed = std::find(types.begin(), types.end(), stem) != types.end();
    if (typed) {
        return had_form_head || stem.size() < key.size() || stem == "unnamed";
    }
    constexpr std::string_view column = "列";  // 列A: what the reader calls a column without a header
    return key.starts_with(column) && key.size() <= column.size() + 3 &&
           std::all_of(key.begin() + static_cast<std::ptrdiff_t>(column.size()), key.end(), is_letter);
}

}  // namespace

std::string loose_key(std::string_view text) {
    const std::string folded = fold_key(text);
    std::string key;
    for (std::size_t at = 0; at < folded.size();) {
        const std::size_t from = at;
        const char32_t c = utf8::next(folded, at);
        if (!separates(c)) {
            key += folded.substr(from, at - from);
        }
    }
    return key.empty() ? folded : key;
}

std::vector<std::string> ascii_words(std::string_view text) {
    std::vector<std::string> words;
    bool fresh = true;
    char before = '\0';
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (static_cast<unsigned char>(c) >= 0x80) {
            return {};
        }
        if (!is_letter(c) && !is_digit(c)) {
            fresh = true;
        } else {
            const bool upper = c >= 'A' && c <= 'Z';
            const bool after_lower = (before >= 'a' && before <= 'z') || is_digit(before);
            const bool starts_word = upper && i + 1 < text.size() && text[i + 1] >= 'a' && text[i + 1] <= 'z' &&
                                     before >= 'A' && before <= 'Z';  // HTMLPage
            if (fresh || (upper && after_lower) || starts_word || (is_digit(c) && is_letter(before))) {
                words.emplace_back();
            }
            words.back() += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
            fresh = false;
        }
        before = c;
    }
    return words;
}

std::size_t characters(std::string_view key) {
    return static_cast<std::size_t>(
        std::count_if(key.begin(), key.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

HeaderName read_header(std::string_view header) {
    HeaderName name;
    name.folded = fold_key(header);
    const auto add = [&](std::string_view text, double weight) {
        HeaderForm form{loose_key(text), ascii_words(text), weight};
        const bool known = std::any_of(name.forms.begin(), name.forms.end(),
                                       [&](const HeaderForm& one) { return one.key == form.key; });
        if (!form.key.empty() && !known) {
            name.forms.push_back(std::move(form));
        }
    };
    add(header, 1.0);
    if (name.forms.empty()) {  // not a letter in it
        name.says_nothing = true;
        return name;
    }

    const std::string_view headless = without_form_head(name.folded);
    const bool had_head = headless.size() < name.folded.size();
    if (had_head) {
        // The original letters, for their capitals: the head is ASCII or 問, its length in the folded text is enough.
        add(headless, without_head);
    }
    const Bracketed cut = cut_brackets(headless);
    if (!cut.inside.empty() && !cut.outside.empty()) {
        add(cut.outside, without_brackets);
        add(cut.before, without_brackets * without_brackets);
        name.bracketed = loose_key(cut.inside);
        if (!name.bracketed.starts_with("例") && characters(name.bracketed) > 1) {
            add(cut.inside, in_brackets);
        }
        name.base = loose_key(cut.outside);
    }
    if (const std::size_t colon = headless.find(':');
        colon != std::string_view::npos && colon > 0 && !is_digit(headless[colon - 1])) {
        add(headless.substr(0, colon), without_brackets);  // 一時保育あり：Y
    }
    // Merged heads (parent_child), names and labels side by side, vendors' prefixes; not list_no and the like.
    if (const std::size_t last = header.rfind('_');
        last != std::string_view::npos && last > 0 && !is_snake_case(header)) {
        const std::string_view child = header.substr(last + 1);
        const std::string_view parent = header.substr(0, header.find('_'));
        const std::string_view after_first = header.substr(header.find('_') + 1);
        name.child = loose_key(after_first);
        for (const std::string_view part : {after_first, child}) {
            if (characters(part) > 1 || is_of_all(loose_key(parent))) {
                const Bracketed inner = cut_brackets(fold_key(part));
                add(part, child_of_parent);
                add(inner.outside, child_of_parent * without_brackets);
            }
        }
        if (is_the_whole(name.child)) {
            add(parent, child_of_parent);
        } else if (!parent.empty() && !says_its_own(name.child)) {
            const std::size_t before = name.forms.size();
            add(parent, parent_of_child);
            // Name_保育施設名称: a label beside the words, not a group over them.
            const bool label = !ascii_words(parent).empty() && ascii_words(child).empty();
            if (name.forms.size() > before) {
                name.forms.back().of_parent = !label;
            }
        }
    }
    name.stem = name.forms.front().key;
    if (!name.base.empty()) {
        name.stem = name.base;
    }
    if (had_head) {
        name.stem = loose_key(headless);
    }
    name.number = take_number(name.stem);
    if (name.number > 0) {
        add(name.stem, name.number == 1 ? without_number : without_later_number);
    }
    for (const HeaderForm& form : std::vector<HeaderForm>(name.forms)) {  // a copy: the list grows
        if (const std::string rest = without_filler(form.key); !rest.empty()) {
            add(rest, form.weight * filler_left_out);
        }
    }
    find_writing(name);
    name.says_nothing = is_machine_name(had_head ? loose_key(headless) : name.forms.front().key, had_head);
    return name;
}

}  // namespace kokai
