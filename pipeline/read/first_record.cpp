// SPDX-License-Identifier: Apache-2.0
#include "read/first_record.hpp"

#include "support/text.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string>

namespace kokai {
namespace {

constexpr std::size_t rows_ahead = 40;

bool has_digit(std::string_view text) {
    return folded_label(text).find_first_of("0123456789") != std::string::npos;
}

/// The first `letters` letters.
std::string_view beginning(std::string_view text, int letters) {
    std::size_t end = 0;
    for (; letters > 0 && end < text.size(); --letters) {
        do {
            ++end;
        } while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U);
    }
    return text.substr(0, end);
}

/// Every column in use has a name of its own in the rows [top, at).
bool names_every_column(const Grid& grid, ColumnSpan span, std::size_t top, std::size_t at, const ColumnLooks& below) {
    std::set<std::string> names;
    for (std::uint32_t column = span.first; column <= span.last; ++column) {
        const ColumnLooks::Column& look = below.of(column);
        if (grid.rows()[at].text(column).empty() && look.words + look.values + look.marks == 0) {
            continue;
        }
        std::string name;
        for (std::size_t i = top; i < at; ++i) {
            name += grid.rows()[i].text(column);
        }
        if (name.empty() || !names.insert(name).second) {
            return false;
        }
    }
    return true;
}

/// A001 over A002, 群馬県前橋市…1-2 over 群馬県前橋市…2-2, 前橋市大手町 over 前橋市本町.
bool begins_alike(const Grid& grid, std::size_t at, std::size_t end, const GridCell& cell) {
    constexpr std::array<std::string_view, 5> places{"市", "区", "町", "村", "郡"};
    const bool numbered = has_digit(cell.text);
    if (!numbered && !holds_any(cell.text, places)) {
        return false;
    }
    const int letters = numbered ? 1 : 2;
    const std::string_view own = beginning(cell.text, letters);
    std::size_t all = 0;
    std::size_t alike = 0;
    for (std::size_t i = at + 1; i < std::min(end, at + 1 + rows_ahead); ++i) {
        const Cell other = grid.rows()[i].text(cell.column);
        all += other.empty() ? 0U : 1U;
        alike += beginning(other, letters) == own && (!numbered || has_digit(other)) ? 1U : 0U;
    }
    return alike >= 2 && alike * 10 >= all * 7;
}

}  // namespace

bool stands_for_no_value(std::string_view text) {
    constexpr std::array<std::string_view, 26> endings{
        "調査中", "確認中", "測定中", "測量中", "作業中", "準備中", "検討中", "調整中", "未定",
        "未確認", "未調査", "未測定", "未測量", "未設定", "未登録", "未入力", "未取得", "未確定",
        "不明",   "要確認", "要調査", "なし",   "無し",   "非公開", "非公表", "対象外"};
    constexpr std::array<std::string_view, 6> whole{"tbd", "n/a", "na", "null", "unknown", "無"};
    constexpr std::size_t longest = 60;
    if (text.size() > longest) {
        return false;
    }
    std::string word = folded_label(text);
    std::erase_if(word, [](char letter) { return letter == '(' || letter == ')' || letter == '*'; });
    return std::find(whole.begin(), whole.end(), word) != whole.end() ||
           std::any_of(endings.begin(), endings.end(), [&](std::string_view one) { return word.ends_with(one); });
}

bool is_written_position(std::string_view text) {
    constexpr std::array<std::string_view, 18> signs{"北緯", "南緯", "東経", "西経", "緯度", "経度", "度", "分", "秒",
                                                     "°",    "º",    "′",    "″",    "’",    "”",    "´",  "n",  "e"};
    constexpr std::size_t longest = 60;
    if (text.size() > longest) {
        return false;
    }
    const std::string folded = folded_label(text);
    std::string_view rest = folded;
    std::size_t digits = 0;
    bool has_sign = false;
    while (!rest.empty()) {
        const auto sign = std::find_if(signs.begin(), signs.end(), [&](auto one) { return rest.starts_with(one); });
        if (sign != signs.end()) {
            has_sign = true;
            rest.remove_prefix(sign->size());
            continue;
        }
        if (std::string_view("0123456789.,-+:'\"").find(rest.front()) == std::string_view::npos) {
            return false;
        }
        digits += rest.front() >= '0' && rest.front() <= '9' ? 1U : 0U;
        rest.remove_prefix(1);
    }
    return has_sign && digits >= 3;
}

bool reads_as_record(const Grid& grid, ColumnSpan span, std::size_t top, std::size_t at, std::size_t end,
                     const ColumnLooks& below) {
    if (!names_every_column(grid, span, top, at, below)) {
        return false;
    }
    bool values_only = true;
    bool alike = false;
    for (const GridCell& cell : grid.rows()[at].cells) {
        if (!span.holds(cell.column)) {
            continue;
        }
        if (below.valued(cell.column)) {
            values_only = values_only && (stands_for_no_value(cell.text) || is_written_position(cell.text));
        } else {
            alike = alike || begins_alike(grid, at, end, cell);
        }
    }
    return values_only || alike;
}

}  // namespace kokai
