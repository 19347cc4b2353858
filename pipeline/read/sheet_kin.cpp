// SPDX-License-Identifier: Apache-2.0
#include "read/sheet_kin.hpp"

#include "read/cell_look.hpp"
#include "read/row_words.hpp"
#include "read/word_list.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <iterator>

namespace kokai {
namespace {

std::uint32_t take_digits(std::string_view& text, std::size_t most) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < most && !text.empty() && is_ascii_digit(text.front()); ++i) {
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
    if (holds_any(folded, addresses)) {
        return address_thing;
    }
    if (holds_any(folded, phones)) {
        return phone_thing;
    }
    if (holds_any(folded, positions)) {
        return position_thing;
    }
    const bool name = holds_any(folded, names) || folded.ends_with("名");
    return name && !holds_any(folded, others) ? name_thing : 0U;
}

unsigned things_of(const TableLayout& layout) {
    unsigned all = 0;
    for (const std::string& name : layout.names) {
        all |= thing_of(name);
    }
    return all;
}

/// What may change from one edition of a list to the next while it stays the same list: how to reach a place.
bool heads_contact(std::string_view head) {
    constexpr auto words =
        std::to_array<std::string_view>({"fax", "ファックス", "ファクス", "url", "ホームページ", "mail", "メール"});
    const std::string folded = folded_label(head);
    return thing_of(head) == phone_thing || holds_any(folded, words);
}

/// The columns of a table that a record is known by.
struct Columns {
    std::vector<std::uint32_t> place;  // empty where one place may rightly stand twice: events, figures
    std::vector<std::uint32_t> said;   // all that the record says
};

Columns columns_of(const TableLayout& layout) {
    constexpr std::array<std::string_view, 7> days{"開催", "日時", "期間", "実施日", "年月", "月日", "日付"};
    const unsigned things = things_of(layout);
    const bool by_address = (things & address_thing) != 0;
    // Without an address one name may stand for many things (消火栓, 第一集会所): where it is, or its phone, tells
    // them.
    const unsigned keys = name_thing | (by_address ? address_thing : phone_thing | position_thing);
    Columns columns;
    bool days_apart = false;
    for (std::uint32_t column = layout.columns.first; column <= layout.names.size(); ++column) {
        const std::string& head = layout.names[column - 1];
        if (head.empty()) {
            continue;
        }
        days_apart = days_apart || holds_any(head, days);
        if ((thing_of(head) & keys) != 0) {
            columns.place.push_back(column);
        }
        if (!heads_running_numbers(head) && !(by_address && heads_contact(head))) {
            columns.said.push_back(column);
        }
    }
    if ((things & name_thing) == 0 || things == name_thing || days_apart) {
        columns.place.clear();
    }
    return columns;
}

/// 公園一覧_作業用 (2) is 公園一覧, 作業用 and 2; a number at the end of a part (控え20240401) is none of its word.
std::vector<std::string> parts_of_name(std::string_view name) {
    constexpr auto separators = std::to_array<std::string_view>(
        {" ", "　", "_", "＿", "-", "－", "(", ")", "（", "）", "[", "]", "【", "】", "・", ".", "+"});
    std::vector<std::string> parts{{}};
    while (!name.empty()) {
        const auto* const separator = std::find_if(separators.begin(), separators.end(),
                                                   [&](std::string_view sign) { return name.starts_with(sign); });
        if (separator != separators.end()) {
            parts.emplace_back();
            name.remove_prefix(separator->size());
        } else {
            parts.back() += name.front();
            name.remove_prefix(1);
        }
    }
    for (std::string& part : parts) {
        part = folded_label(part);
        while (part.size() > 1 && is_ascii_digit(part.back())) {
            part.pop_back();
        }
    }
    return parts;
}

}  // namespace

bool names_old_sheet(std::string_view name) {
    constexpr auto wholes =
        std::to_array<std::string_view>({"旧", "旧データ", "旧一覧", "旧一覧表", "旧版", "旧シート", "旧リスト",
                                         "旧ファイル", "旧様式", "旧台帳", "旧名簿", "旧表", "old", "bak", "copy"});
    constexpr auto ends = std::to_array<std::string_view>(
        {"バックアップ", "backup", "コピー", "複製", "控え", "控", "変更前", "修正前", "更新前", "改正前", "古いデータ",
         "古い一覧", "過去分", "過去データ", "作業用", "作業中", "下書き", "使わない"});
    const std::vector<std::string> parts = parts_of_name(name);
    return std::any_of(parts.begin(), parts.end(), [&](const std::string& part) {
        return part.starts_with("copyof") || is_one_of(wholes, part) ||
               std::any_of(ends.begin(), ends.end(), [&](std::string_view word) { return part.ends_with(word); });
    });
}

bool names_unpublished_sheet(std::string_view name) {
    constexpr auto wholes = std::to_array<std::string_view>(
        {"廃止施設", "廃止施設一覧", "廃止一覧", "廃止分", "廃止済",   "廃止済み", "閉鎖施設",
         "閉館施設", "削除済",       "削除済み", "削除分", "除却済",   "除却済み", "除却分",
         "非公開",   "非公開用",     "非公開分", "庁内用", "庁内限り", "内部用",   "部内用"});
    const std::vector<std::string> parts = parts_of_name(name);
    return std::any_of(parts.begin(), parts.end(), [&](const std::string& part) { return is_one_of(wholes, part); });
}

DatedName dated_sheet_name(std::string_view name) {
    const std::string folded = folded_label(name);
    std::size_t begin = 0;
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
            begin = at;
            break;
        }
    }
    for (std::size_t at = folded.find("20"); year == 0 && at != std::string::npos; at = folded.find("20", at + 1)) {
        rest = std::string_view(folded).substr(at);
        const std::uint32_t number = take_digits(rest, 4);
        year = number >= 2000 && number < 2100 ? number : 0;
        begin = at;
    }
    if (year == 0) {
        return {folded, 0};
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
    rest.remove_prefix(rest.starts_with("日") ? 3 : 0);
    return {folded.substr(0, begin) + std::string(rest),
            year * 10'000 + (month <= 12 ? month * 100 + (day <= 31 ? day : 0) : 0)};
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
        if (!inside.empty() && inside.size() <= 2 && std::all_of(inside.begin(), inside.end(), is_ascii_digit)) {
            return trimmed(name.substr(0, at));
        }
    }
    return {};
}

SheetRecords records_of(const Grid& grid, const TableLayout& layout) {
    SheetRecords records;
    if (layout.vertical) {
        return records;
    }
    const Columns columns = columns_of(layout);
    for (const GridRow& row : grid.rows()) {
        if (layout.role(row.number) != RowRole::data) {
            continue;
        }
        const auto key = [&](const std::vector<std::uint32_t>& of) {
            std::string text;
            for (const std::uint32_t column : of) {
                text += folded_label(row.text(column)) + "\n";
            }
            return std::hash<std::string>{}(text);
        };
        records.whole.push_back(key(columns.said));
        if (!columns.place.empty()) {
            records.places.push_back(key(columns.place));
        }
    }
    std::sort(records.whole.begin(), records.whole.end());
    std::sort(records.places.begin(), records.places.end());
    return records;
}

std::size_t shared(const std::vector<std::uint64_t>& one, const std::vector<std::uint64_t>& other) {
    std::vector<std::uint64_t> both;
    std::set_intersection(one.begin(), one.end(), other.begin(), other.end(), std::back_inserter(both));
    return both.size();
}

bool same_kind(const TableLayout& one, const TableLayout& other) {
    const unsigned both = things_of(one) & things_of(other);
    return (both & name_thing) != 0 && both != name_thing && !one.vertical && !other.vertical;
}

}  // namespace kokai
