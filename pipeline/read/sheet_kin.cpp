// SPDX-License-Identifier: Apache-2.0
#include "read/sheet_kin.hpp"

#include "read/cell_look.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <iterator>

namespace kokai {
namespace {

template <std::size_t Size>
bool holds_one_of(const std::array<std::string_view, Size>& words, std::string_view text) {
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

std::uint32_t take_digits(std::string_view& text, std::size_t most) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < most && !text.empty() && is_digit(text.front()); ++i) {
        value = value * 10 + static_cast<std::uint32_t>(text.front() - '0');
        text.remove_prefix(1);
    }
    return value;
}

/// What a list of places has columns of.
enum Thing : unsigned { name_thing = 1, address_thing = 2, phone_thing = 4, position_thing = 8 };

unsigned thing_of(std::string_view head) {
    const std::string folded = folded_label(head);
    constexpr std::array<std::string_view, 4> addresses{"住所", "所在地", "所在", "address"};
    constexpr std::array<std::string_view, 4> phones{"電話", "tel", "連絡先", "phone"};
    constexpr std::array<std::string_view, 4> positions{"緯度", "経度", "latitude", "longitude"};
    constexpr std::array<std::string_view, 5> names{"名称", "施設名", "施設", "名前", "name"};
    constexpr std::array<std::string_view, 9> others{"団体名",   "都道府県名", "市区町村名", "課名", "地区名",
                                                     "担当者名", "カナ",       "ふりがな",   "英語"};
    if (holds_one_of(addresses, folded)) {
        return address_thing;
    }
    if (holds_one_of(phones, folded)) {
        return phone_thing;
    }
    if (holds_one_of(positions, folded)) {
        return position_thing;
    }
    const bool name = holds_one_of(names, folded) || folded.ends_with("名");
    return name && !holds_one_of(others, folded) ? name_thing : 0U;
}

unsigned things_of(const TableLayout& layout) {
    unsigned all = 0;
    for (const std::string& name : layout.names) {
        all |= thing_of(name);
    }
    return all;
}

}  // namespace

bool names_outdated_sheet(std::string_view name) {
    const std::string folded = folded_label(name);
    constexpr auto words = std::to_array<std::string_view>(
        {"バックアップ", "backup",     "複製",   "廃止",   "閉鎖施設",   "閉館施設", "削除済", "除却",
         "変更前",       "修正前",     "更新前", "改正前", "古いデータ", "古い一覧", "作業用", "作業中",
         "下書き",       "使わない",   "(旧)",   "_旧",    "旧データ",   "旧一覧",   "旧版",   "旧シート",
         "旧リスト",     "旧ファイル", "旧様式", "旧台帳", "旧名簿",     "旧表",     "過去分", "過去データ",
         "非公開",       "庁内用",     "内部用", "_old"});
    const bool copy = folded.ends_with("コピー") || folded.ends_with("控え") || folded.ends_with("控");
    return copy || folded == "旧" || folded == "old" || folded == "bak" || folded == "copy" ||
           folded.starts_with("copyof") || folded.starts_with("old_") || folded.ends_with("_bak") ||
           holds_one_of(words, folded);
}

std::uint32_t day_in_sheet_name(std::string_view name) {
    const std::string folded = folded_label(name);
    struct Era {
        std::string_view word;
        std::uint32_t before;
    };
    constexpr std::array<Era, 5> eras{{{"令和", 2018}, {"平成", 1988}, {"昭和", 1925}, {"r", 2018}, {"h", 1988}}};
    std::uint32_t year = 0;
    std::string_view rest;
    for (const Era& era : eras) {
        const std::size_t at = folded.find(era.word);
        const bool within_word =
            era.word.size() == 1 && at != std::string::npos && at > 0 && folded[at - 1] >= 'a' && folded[at - 1] <= 'z';
        if (at == std::string::npos || within_word) {
            continue;
        }
        rest = std::string_view(folded).substr(at + era.word.size());
        const std::uint32_t count = rest.starts_with("元") ? 1 : take_digits(rest, 2);
        rest.remove_prefix(rest.starts_with("元") ? 3 : 0);
        if (count > 0) {
            year = era.before + count;
            break;
        }
    }
    for (std::size_t at = folded.find("20"); year == 0 && at != std::string::npos; at = folded.find("20", at + 1)) {
        rest = std::string_view(folded).substr(at);
        const std::uint32_t number = take_digits(rest, 4);
        year = number >= 2000 && number < 2100 ? number : 0;
    }
    if (year == 0) {
        const std::size_t month = folded.find("月");
        std::size_t begin = month == std::string::npos ? 0 : month;
        while (begin > 0 && is_digit(folded[begin - 1])) {
            --begin;
        }
        rest = std::string_view(folded).substr(begin);
        const std::uint32_t number = month == std::string::npos ? 0 : take_digits(rest, 2);
        // A municipality's year ends with March.
        return number >= 1 && number <= 12 ? (number < 4 ? number + 12 : number) * 100 : 0;
    }
    const auto skip_signs = [&] {
        for (const std::string_view sign : {"年度", "年", "月", ".", "-", "_", "/"}) {
            if (rest.starts_with(sign)) {
                rest.remove_prefix(sign.size());
                return;
            }
        }
    };
    skip_signs();
    const std::uint32_t month = take_digits(rest, 2);
    skip_signs();
    const std::uint32_t day = take_digits(rest, 2);
    return year * 10'000 + (month <= 12 ? month * 100 + (day <= 31 ? day : 0) : 0);
}

std::string_view copied_sheet_name(std::string_view name) {
    name = trimmed(name);
    for (const auto& [open, close] : {std::pair<std::string_view, std::string_view>{"(", ")"}, {"（", "）"}}) {
        if (!name.ends_with(close)) {
            continue;
        }
        const std::size_t at = name.rfind(open);
        if (at == std::string_view::npos || at == 0) {
            continue;
        }
        const std::string inside =
            folded_label(name.substr(at + open.size(), name.size() - at - open.size() - close.size()));
        if (!inside.empty() && inside.size() <= 2 && std::all_of(inside.begin(), inside.end(), is_digit)) {
            return trimmed(name.substr(0, at));
        }
    }
    return {};
}

std::vector<std::uint64_t> record_keys(const Grid& grid, const TableLayout& layout) {
    constexpr std::array<std::string_view, 7> days{"開催", "日時", "期間", "実施日", "年月", "月日", "日付"};
    std::vector<std::uint32_t> columns;  // of the name and the address
    unsigned things = 0;
    for (std::uint32_t column = layout.columns.first; column <= layout.names.size(); ++column) {
        if (holds_one_of(days, layout.names[column - 1])) {
            return {};
        }
        const unsigned thing = thing_of(layout.names[column - 1]);
        if ((thing == name_thing || thing == address_thing) && (things & thing) == 0) {
            columns.push_back(column);
        }
        things |= thing;
    }
    if ((things & name_thing) == 0 || things == name_thing || layout.vertical) {
        return {};
    }
    std::vector<std::uint64_t> keys;
    for (const GridRow& row : grid.rows()) {
        if (layout.role(row.number) != RowRole::data) {
            continue;
        }
        std::string key;
        for (const std::uint32_t column : columns) {
            key += folded_label(row.text(column)) + "\n";
        }
        if (key.size() > columns.size()) {
            keys.push_back(std::hash<std::string>{}(key));
        }
    }
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    return keys;
}

bool mostly_same(const std::vector<std::uint64_t>& one, const std::vector<std::uint64_t>& other) {
    std::vector<std::uint64_t> both;
    std::set_intersection(one.begin(), one.end(), other.begin(), other.end(), std::back_inserter(both));
    return !both.empty() && both.size() * 2 >= std::min(one.size(), other.size());
}

bool same_kind(const TableLayout& one, const TableLayout& other) {
    const unsigned both = things_of(one) & things_of(other);
    return (both & name_thing) != 0 && both != name_thing && !one.vertical && !other.vertical;
}

}  // namespace kokai
