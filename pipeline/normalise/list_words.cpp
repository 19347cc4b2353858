// SPDX-License-Identifier: Apache-2.0
#include "normalise/list_words.hpp"

#include "normalise/utf8.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace kokai {

namespace {

using namespace std::string_view_literals;

template <std::size_t count>
bool ends_with(std::string_view text, const std::array<std::string_view, count>& words) {
    return std::ranges::any_of(words, [&](std::string_view word) { return text.ends_with(word); });
}

template <std::size_t count>
bool begins_with(std::string_view text, const std::array<std::string_view, count>& words) {
    return std::ranges::any_of(words, [&](std::string_view word) { return text.starts_with(word); });
}

template <std::size_t count>
bool holds(std::string_view text, const std::array<std::string_view, count>& words) {
    return std::ranges::any_of(words, [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

/// A piece without what stands in its brackets and behind them.
std::string_view head_of(std::string_view piece) {
    constexpr std::array brackets{"("sv, "（"sv, "["sv, "［"sv, "「"sv};
    for (const std::string_view open : brackets) {
        if (const std::size_t at = piece.find(open); at != std::string_view::npos && at != 0) {
            piece = piece.substr(0, at);
        }
    }
    return trimmed(piece);
}

std::size_t letters_of(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char one) { return (static_cast<unsigned char>(one) & 0xC0U) != 0x80U; }));
}

bool is_wide_digit(char32_t c) {
    return (c >= U'0' && c <= U'9') || (c >= U'０' && c <= U'９');
}

bool is_kanji_digit(char32_t c) {
    return std::u32string_view(U"〇一二三四五六七八九十百").find(c) != std::u32string_view::npos;
}

/// Kanji or katakana: what a particle joins.
bool is_stem(char32_t c) {
    return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x30A1 && c <= 0x30FC) || is_wide_digit(c);
}

/// 車椅子の方は介助: は, に, で, へ and も between stems.
bool holds_particle(std::string_view text) {
    char32_t before = 0;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t now = utf8::next(text, at);
        if (is_stem(before) && std::u32string_view(U"はにでへも").find(now) != std::u32string_view::npos &&
            is_stem(utf8::peek(text, at))) {
            return true;
        }
        before = now;
    }
    return false;
}

/// 二丁目, 3番: a number that what stands before it has, too. 三俣町 and 一般外科 are words.
bool begins_with_number(std::string_view text) {
    std::size_t at = 0;
    if (is_wide_digit(utf8::peek(text, at))) {
        return true;
    }
    while (is_kanji_digit(utf8::peek(text, at))) {
        utf8::next(text, at);
    }
    constexpr std::array counters{"丁"sv, "番"sv, "号"sv, "区"sv, "組"sv,   "班"sv,   "条"sv,
                                  "階"sv, "年"sv, "月"sv, "日"sv, "町会"sv, "町内"sv, "自治会"sv,
                                  "部"sv, "期"sv, "級"sv, "種"sv, "類"sv,   "回"sv};
    return at != 0 && (at == text.size() || begins_with(text.substr(at), counters));
}

char32_t last_letter(std::string_view text) {
    std::size_t at = text.size();
    while (at > 0 && (static_cast<unsigned char>(text[at - 1]) & 0xC0U) == 0x80U) {
        --at;
    }
    return at == 0 ? U'\0' : utf8::peek(text, at - 1);
}

/// 〜より, 〜から and 〜まで behind a place or a number; からっ風 is a word.
bool holds_bound(std::string_view text) {
    constexpr std::array bounds{"から"sv, "まで"sv, "より"sv};
    for (const std::string_view bound : bounds) {
        const std::size_t at = text.find(bound);
        if (at != std::string_view::npos && is_stem(last_letter(text.substr(0, at)))) {
            return true;
        }
    }
    return false;
}

}  // namespace

bool is_part_of_sentence(std::string_view piece) {
    constexpr std::array ends{"ため"sv,   "ので"sv,   "場合"sv,   "です"sv,   "ります"sv,   "します"sv, "きます"sv,
                              "います"sv, "れます"sv, "ません"sv, "ました"sv, "ください"sv, "下さい"sv, "ています"sv,
                              "ており"sv, "して"sv,   "れば"sv,   "ある"sv,   "できる"sv,   "ながら"sv};
    constexpr std::array within{"。"sv, "を"sv, "が必要"sv, "が可能"sv, "がある"sv, "があり"sv, "がない"sv, "がなく"sv};
    const std::string_view head = head_of(piece);
    return ends_with(head, ends) || holds(head, within) || holds_particle(head);
}

bool is_word_of_its_own(std::string_view piece) {
    constexpr std::size_t longest = 24;  // 特定非営利活動法人前橋まちづくり支援センター
    constexpr std::array first{"第"sv,     "及び"sv,   "および"sv, "又は"sv, "または"sv,
                               "並びに"sv, "ただし"sv, "なお"sv,   "・"sv};
    constexpr std::array ends{"のみ"sv, "など"sv, "ほか"sv, "等"sv,   "以上"sv, "以下"sv, "未満"sv, "以外"sv,
                              "以降"sv, "たい"sv, "する"sv, "した"sv, "いる"sv, "れる"sv, "・"sv};
    constexpr std::array within{"のうち"sv, "及び"sv, "および"sv, "又は"sv, "または"sv, "並びに"sv,
                                "を除"sv,   "以西"sv, "以北"sv,   "以東"sv, "以南"sv,   "～"sv};
    const std::string_view head = head_of(piece);
    const std::size_t letters = letters_of(head);
    return letters >= 2 && letters <= longest && !begins_with_number(head) && !begins_with(head, first) &&
           !ends_with(head, ends) && !holds(head, within) && !holds_bound(head) && !is_part_of_sentence(head);
}

bool names_its_kind(std::string_view piece) {
    constexpr std::array kinds{"市"sv, "町"sv, "村"sv, "区"sv, "科"sv, "会"sv, "丁目"sv};
    return ends_with(head_of(piece), kinds);
}

bool leaves_its_kind_to_others(std::string_view piece) {
    const std::string_view head = head_of(piece);
    for (std::size_t at = 0; at < head.size();) {
        const char32_t one = utf8::next(head, at);
        if (one < 0x4E00 || one > 0x9FFF) {
            return false;
        }
    }
    return !names_its_kind(piece);
}

bool are_alike(std::string_view piece, std::string_view other) {
    constexpr std::array barrier_free{"スロープ"sv, "トイレ"sv, "エレベータ"sv, "手すり"sv,       "点字"sv,
                                      "車椅子"sv,   "車いす"sv, "車イス"sv,     "オストメイト"sv, "駐車"sv,
                                      "筆談"sv,     "補助犬"sv, "授乳室"sv,     "ベビー"sv};
    const std::string_view one = head_of(piece);
    const std::string_view two = head_of(other);
    if (letters_of(one) < 2 || letters_of(two) < 2) {
        return false;
    }
    return last_letter(one) == last_letter(two) || (holds(one, barrier_free) && holds(two, barrier_free));
}

bool is_known_whole(std::string_view text) {
    constexpr std::array known{"耳鼻咽喉科・頭頸部外科"sv, "耳鼻いんこう科・頭頸部外科"sv, "耳鼻咽喉科・頭頚部外科"sv};
    return std::ranges::find(known, text) != known.end();
}

bool is_one_industry(std::string_view piece, std::string_view other) {
    // 日本標準産業分類, the divisions and the groups whose names hold commas.
    constexpr std::array<std::pair<std::string_view, std::string_view>, 13> known{
        {{"農業", "林業"},
         {"鉱業", "採石業"},
         {"採石業", "砂利採取業"},
         {"運輸業", "郵便業"},
         {"卸売業", "小売業"},
         {"金融業", "保険業"},
         {"不動産業", "物品賃貸業"},
         {"学術研究", "専門"},
         {"宿泊業", "飲食"},
         {"生活関連サービス業", "娯楽業"},
         {"教育", "学習支援業"},
         {"医療", "福祉"},
         {"金融商品取引業", "商品先物取引業"}}};
    return std::ranges::any_of(
        known, [&](const auto& two) { return piece.ends_with(two.first) && other.starts_with(two.second); });
}

bool is_industry(std::string_view piece) {
    constexpr std::array ends{"業"sv, "公務"sv, "福祉"sv};
    return ends_with(head_of(piece), ends);
}

}  // namespace kokai
