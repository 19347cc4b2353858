// SPDX-License-Identifier: Apache-2.0
// Birth dates written into a text: 山田太郎（昭和50年4月1日生）, S55.5.5生まれ, 生年月日：昭和50年4月1日. A whole date
// has to stand there: 昭和50年生 says less, and 生放送 nothing.
#include "validate/private/patterns.hpp"

#include "normalise/date.hpp"

#include <algorithm>
#include <string>

namespace kokai {
namespace {

constexpr auto npos = std::u32string_view::npos;
constexpr int most_dates = 6;             // of one sentence
constexpr std::size_t longest_date = 14;  // 昭和50年12月31日, with spaces

/// A date of an animal is nobody's.
bool is_of_an_animal(std::u32string_view text) {
    return has_any(text, {U"動物", U"犬", U"猫", U"馬", U"牛", U"羊", U"猿", U"鳥", U"熊", U"象", U"虎", U"雄", U"雌",
                          U"オス", U"メス", U"♂", U"♀", U"頭", U"品種", U"個体", U"愛称", U"飼育", U"ゾウ", U"パンダ",
                          U"キリン", U"サル", U"ライオン", U"ペンギン",
                          // Bars are - here.
                          U"来園", U"繁殖", U"血統", U"カピバラ", U"アルパカ", U"タヌキ", U"キツネ", U"ウサギ",
                          U"ヒツジ", U"シマウマ", U"ポニ-", U"アシカ", U"アザラシ", U"イルカ", U"カワウソ", U"コアラ",
                          U"カンガル-", U"ラクダ", U"ゴリラ", U"チンパンジ-", U"オランウ-タン", U"チ-タ-", U"オオカミ",
                          U"モルモット", U"ミ-アキャット", U"フラミンゴ", U"フクロウ", U"コウノトリ"});
}

bool is_date_letter(char32_t c) {
    return (c >= U'0' && c <= U'9') ||
           std::u32string_view(U"明治大正昭和平成令年月日元mtshr./- 〇一二三四五六七八九十").find(c) != npos;
}

std::string utf8_of(std::u32string_view text) {
    std::string bytes;
    for (const char32_t c : text) {
        if (c < 0x80) {
            bytes += static_cast<char>(c);
        } else {
            bytes += static_cast<char>(0xE0U | (c >> 12U));
            bytes += static_cast<char>(0x80U | ((c >> 6U) & 0x3FU));
            bytes += static_cast<char>(0x80U | (c & 0x3FU));
        }
    }
    return bytes;
}

bool is_whole_date(std::u32string_view text) {
    while (!text.empty() && text.front() == U' ') {
        text.remove_prefix(1);
    }
    while (!text.empty() && text.back() == U' ') {
        text.remove_suffix(1);
    }
    return !text.empty() && is_full_date(normalise_date(utf8_of(text)).value);
}

/// Where a date begins that ends at `end`; npos when none does.
std::size_t date_before(const PlainText& text, std::size_t end) {
    while (end > 0 && text.at(end - 1) == U' ') {
        --end;
    }
    std::size_t begin = end;
    while (begin > 0 && end - begin < longest_date && is_date_letter(text.at(begin - 1))) {
        --begin;
    }
    for (; begin + 5 < end; ++begin) {
        if (is_whole_date(text.chars().substr(begin, end - begin))) {
            return begin;
        }
    }
    return npos;
}

std::size_t date_end_from(const PlainText& text, std::size_t begin) {
    std::size_t end = begin;
    while (end < text.size() && end - begin < longest_date && is_date_letter(text.at(end))) {
        ++end;
    }
    for (; end > begin + 5; --end) {
        if (is_whole_date(text.chars().substr(begin, end - begin))) {
            return end;
        }
    }
    return npos;
}

/// Behind 生: the end of the text or of its bracket, or まれ; not 生まぐろ.
bool ends_birth(const PlainText& text, std::size_t at) {
    const char32_t next = text.at(at);
    return next == U'\0' || text.chars().substr(at, 2) == U"まれ" ||
           std::u32string_view(U")）]】、,。.・/ \n;").find(next) != npos;
}

/// 昭和20年4月1日生まれ以前, 生まれから, 生～, 生まれの方: who may come, nobody's date.
bool begins_range(const PlainText& text, std::size_t at, int more_dates) {
    if (text.chars().substr(at, 2) == U"まれ") {
        at += 2;
    }
    while (text.at(at) == U' ') {
        ++at;
    }
    const std::u32string_view rest = text.chars().substr(std::min(at, text.size()));
    if (rest.starts_with(U'-')) {  // a dash before 前橋市出身 is none
        const std::size_t behind = rest.find_first_not_of(U' ', 1);
        return behind != npos && is_date_letter(rest[behind]);
    }
    for (const std::u32string_view word : {U"以前", U"以降", U"以後", U"から", U"より", U"まで", U"~", U"〜", U"の方",
                                           U"の者", U"の人", U"の子", U"の児童", U"の幼児", U"のお子", U"のかた"}) {
        if (rest.starts_with(word)) {
            return true;
        }
    }
    // 4月2日生まれ、4月3日生まれの方: what the last of some dates says.
    if (more_dates > 0 && (rest.starts_with(U'、') || rest.starts_with(U'・') || rest.starts_with(U'と'))) {
        const std::size_t end = date_end_from(text, at + 1);
        return end != npos && text.at(end) == U'生' && begins_range(text, end + 1, more_dates - 1);
    }
    return false;
}

/// 令和5年4月2日～令和6年4月1日生まれ is a class of a nursery or a vaccination, not a person.
bool ends_range(const PlainText& text, std::size_t begin) {
    while (begin > 0 && text.at(begin - 1) == U' ') {
        --begin;
    }
    return begin > 0 && std::u32string_view(U"~〜～-らり").find(text.at(begin - 1)) != npos;
}

void add_birth(PrivateFound& found, const PlainText& text, std::size_t begin, std::size_t end) {
    std::u32string_view date = text.chars().substr(begin, end - begin);
    while (date.ends_with(U' ')) {
        date.remove_suffix(1);
    }
    if (!may_be_alive(normalise_date(utf8_of(date)).value)) {
        return;
    }
    found.spans.push_back({PrivateKind::birth_date, text.byte(begin), text.byte(end), text.alone(begin, end), true});
}

}  // namespace

void look_for_births(const PlainText& text, PrivateFound& found) {
    const std::u32string_view chars = text.chars();
    for (std::size_t at = chars.find(U'生'); at != npos; at = chars.find(U'生', at + 1)) {
        if (is_of_an_animal(chars)) {
            return;
        }
        if (chars.substr(at, 4) == U"生年月日") {
            std::size_t begin = at + 4;
            while (begin < text.size() && begin < at + 8 &&
                   std::u32string_view(U" :：は(（=・").find(text.at(begin)) != npos) {
                ++begin;
            }
            if (const std::size_t end = date_end_from(text, begin); end != npos) {
                add_birth(found, text, begin, end);
            }
        } else if (ends_birth(text, at + 1) && !begins_range(text, at + 1, most_dates)) {
            if (const std::size_t begin = date_before(text, at); begin != npos && !ends_range(text, begin)) {
                add_birth(found, text, begin, at);
            }
        }
    }
}

}  // namespace kokai
