// SPDX-License-Identifier: Apache-2.0
#include "map/municipality_names.hpp"

#include "normalise/text.hpp"
#include "normalise/utf8.hpp"

#include <algorithm>
#include <array>

namespace kokai {
namespace {

bool ends_with_any(std::string_view text, auto const& words) {
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return text.ends_with(word); });
}
bool starts_with_any(std::string_view text, auto const& words) {
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return text.starts_with(word); });
}

/// Kanji, kana and ー々: what may be the rest of a longer word.
bool is_word_letter(char32_t c) {
    return (c >= 0x3041 && c <= 0x30FF && c != 0x30FB) || (c >= 0x3400 && c <= 0x9FFF) || c == 0x3005;
}

/// Whether a new word may begin behind `before`: 東大和市 does not name 大和市, 令和6年度桜井市 does name 桜井市.
bool begins_word(std::string_view before) {
    static constexpr std::array<std::string_view, 9> closing{"年", "年度", "月",   "日",    "の",
                                                             "版", "現在", "及び", "および"};
    if (before.empty() || ends_with_any(before, closing)) {
        return true;
    }
    std::size_t at = before.size();
    do {
        --at;
    } while (at > 0 && (static_cast<unsigned char>(before[at]) & 0xC0U) == 0x80U);
    return !is_word_letter(utf8::next(before, at));
}

/// 府中市場, 東京都市大学, 長野県道: the name is a part of another word.
bool goes_on(std::string_view after) {
    static constexpr std::array<std::string_view, 6> rest{"場", "街", "町村", "区町村", "道", "市"};
    return starts_with_any(after, rest);
}

/// For comparing, with what separates words kept: the end of a word counts here.
std::string folded_words(std::string_view text) {
    std::string folded;
    std::size_t begin = 0;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t from = at;
        if (at < text.size() && !is_space(utf8::next(text, at))) {
            continue;
        }
        folded += (folded.empty() ? "" : " ") + fold_key(text.substr(begin, from - begin));
        begin = at;
        at += from == text.size() ? 1U : 0U;
    }
    return folded;
}

std::string_view without_space(std::string_view before) {
    while (before.ends_with(' ')) {
        before.remove_suffix(1);
    }
    return before;
}

/// What only a municipality has: 栄町役場 is no district.
bool is_official(std::string_view after) {
    static constexpr std::array<std::string_view, 5> words{"役場", "立", "オープンデータ", "教育委員会", "議会"};
    return starts_with_any(after, words);
}

}  // namespace

MunicipalityNames::MunicipalityNames(std::string_view table) {
    // lg_code,jis_code,kind,pref,county,city,ward,… without quotes
    bool head = true;
    while (!table.empty()) {
        const std::size_t end = std::min(table.find('\n'), table.size());
        std::string_view line = table.substr(0, end);
        table.remove_prefix(std::min(table.size(), end + 1));
        std::array<std::string_view, 7> cells;
        for (std::string_view& cell : cells) {
            const std::size_t comma = std::min(line.find(','), line.size());
            cell = line.substr(0, comma);
            line.remove_prefix(std::min(line.size(), comma + 1));
        }
        if (!head && cells[0].size() == 6) {
            all_.push_back({std::string(cells[0]), std::string(cells[3]), std::string(cells[4]), std::string(cells[5]),
                            cells[5].ends_with("市")});
        }
        head = false;
    }
}

const MunicipalityNames::One* MunicipalityNames::find(std::string_view code) const {
    const auto found = std::find_if(all_.begin(), all_.end(), [&](const One& one) { return one.code == code; });
    return found == all_.end() ? nullptr : &*found;
}

std::string MunicipalityNames::full_name(std::string_view code) const {
    const One* one = find(code);
    return one == nullptr ? std::string() : one->pref + one->name;
}

std::vector<MunicipalityNames::Met> MunicipalityNames::named_in(const std::string& text) const {
    std::vector<Met> met;
    for (const One& one : all_) {
        const std::string& name = one.name.empty() ? one.pref : one.name;
        for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + 1)) {
            const std::string_view before = std::string_view(text).substr(0, at);
            const std::string_view close = without_space(before);
            const std::string_view after = std::string_view(text).substr(at + name.size());
            const bool placed = !one.name.empty() &&
                                (close.ends_with(one.pref) || (!one.county.empty() && close.ends_with(one.county)));
            const bool alone = (one.certain || one.name.empty() || is_official(after)) && begins_word(before);
            if (!goes_on(after) && (placed || alone)) {
                met.push_back({&one, at, at + name.size()});
            }
        }
    }
    return met;
}

std::optional<std::string> MunicipalityNames::other_named(std::string_view text, std::string_view publisher) const {
    const One* own = find(publisher);
    if (own == nullptr) {
        return std::nullopt;
    }
    const std::vector<Met> met = named_in(folded_words(text));
    const auto is_own = [&](const Met& one) { return one.one->name == own->name && one.one->pref == own->pref; };
    // The publisher is named, alone or among others.
    if (std::any_of(met.begin(), met.end(), is_own)) {
        return std::nullopt;
    }
    const Met* first = nullptr;
    for (const Met& one : met) {
        const bool same_name = one.one->name == own->name && !own->name.empty();
        const bool inside =
            own->name.empty() ? one.one->pref == own->pref : one.one->name.empty() && one.one->pref == own->pref;
        // Of 奈良県 and 桜井市 in 奈良県桜井市 the city is meant.
        const bool part = std::any_of(met.begin(), met.end(), [&](const Met& other) {
            return one.one->name.empty() && !other.one->name.empty() && other.at == one.end &&
                   other.one->pref == one.one->pref;
        });
        if (!same_name && !inside && !part && (first == nullptr || one.at < first->at)) {
            first = &one;
        }
    }
    return first == nullptr ? std::nullopt : std::optional(first->one->pref + first->one->name);
}

}  // namespace kokai
