// SPDX-License-Identifier: Apache-2.0
#include "read/panel_lists.hpp"

#include "read/cell_look.hpp"
#include "read/row_words.hpp"
#include "read/sheet_kin.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace kokai {
namespace {

Cell first_text(const GridRow& row, ColumnSpan span) {
    const auto cell =
        std::find_if(row.cells.begin(), row.cells.end(), [&](const GridCell& one) { return span.holds(one.column); });
    return cell == row.cells.end() ? Cell{} : Cell(cell->text);
}

/// What stands over both in one row above their heads; a title over the left one alone is the sheet's.
std::pair<std::string, std::string> titles_over(const Grid& grid, std::uint32_t head_row, ColumnSpan one,
                                                ColumnSpan other) {
    std::pair<std::string, std::string> titles;
    for (const GridRow& row : grid.rows()) {
        if (row.number >= head_row) {
            break;
        }
        const Cell left = first_text(row, one);
        const Cell right = first_text(row, other);
        if (!left.empty() && !right.empty()) {
            titles = {folded_label(left), folded_label(right)};
        }
    }
    return titles;
}

bool entitles_list(std::string_view title) {
    constexpr auto ends = std::to_array<std::string_view>({"一覧", "一覧表", "名簿", "リスト", "目録", "台帳"});
    return std::any_of(ends.begin(), ends.end(), [&](std::string_view word) { return title.ends_with(word); });
}

/// 法人 beside 事業所, 旧 beside 新, 令和5年度 beside 令和6年度: what stands below belongs to one record.
bool names_side_of_record(std::string_view title) {
    constexpr auto states = std::to_array<std::string_view>(
        {"旧", "新", "現行", "変更", "改正", "改定", "前年", "前回", "今回", "本年", "当年", "計画", "実績", "予定"});
    constexpr auto parties = std::to_array<std::string_view>(
        {"法人", "事業所", "事業者", "設置者", "開設者", "申請者", "運営",   "管理者", "代表", "保護者", "所有者",
         "契約", "委託",   "受託",   "会長",   "本社",   "本店",   "支店",   "甲",     "乙",   "発注",   "受注",
         "出発", "到着",   "送付",   "連絡先", "主催",   "届出者", "営業者", "営業所", "担当"});
    const auto begins = [&](std::string_view word) { return title.starts_with(word); };
    const auto within = [&](std::string_view word) { return title.find(word) != std::string_view::npos; };
    if (std::any_of(states.begin(), states.end(), begins) || dated_sheet_name(title).day != 0 ||
        title.find("年度") != std::string_view::npos) {
        return true;
    }
    return title == "施設" || (!entitles_list(title) && std::any_of(parties.begin(), parties.end(), within));
}

struct Height {
    std::size_t rows = 0;
    std::uint32_t last_row = 0;
};

Height height_of(const Grid& grid, std::uint32_t head_row, ColumnSpan span) {
    Height height;
    for (const GridRow& row : grid.rows()) {
        const auto filled = std::count_if(row.cells.begin(), row.cells.end(),
                                          [&](const GridCell& cell) { return span.holds(cell.column); });
        if (row.number > head_row && filled >= 2) {  // one cell is a footnote
            ++height.rows;
            height.last_row = row.number;
        }
    }
    return height;
}

/// The shorter one is filled to its end: no record lacks its half here and there.
bool ends_earlier(const Height& one, const Height& other, std::uint32_t head_row) {
    return one.last_row < other.last_row && one.rows > 0 && one.rows == one.last_row - head_row;
}

bool counts_records(const Grid& grid, std::uint32_t head_row, ColumnSpan span) {
    const GridRow* head = grid.row(head_row);
    return head != nullptr && heads_running_numbers(first_text(*head, span));
}

}  // namespace

bool is_list_beside(const Grid& grid, std::uint32_t head_row, ColumnSpan one, ColumnSpan other) {
    const auto [left, right] = titles_over(grid, head_row, one, other);
    if (names_side_of_record(left) || names_side_of_record(right)) {
        return false;
    }
    const Height a = height_of(grid, head_row, one);
    const Height b = height_of(grid, head_row, other);
    return (counts_records(grid, head_row, one) && counts_records(grid, head_row, other)) ||
           ends_earlier(a, b, head_row) || ends_earlier(b, a, head_row) ||
           (entitles_list(left) && entitles_list(right));
}

bool are_lists(const Grid& grid, const std::vector<TableLayout>& panels) {
    for (std::size_t i = 1; i < panels.size(); ++i) {
        const TableLayout& one = panels[i - 1];
        const TableLayout& other = panels[i];
        if (other.columns.first <= one.columns.last + 1 ||
            !is_list_beside(grid, other.header_rows.back(), one.columns, other.columns)) {
            return false;
        }
    }
    return true;
}

bool numbers_go_on(const Grid& grid, const std::vector<TableLayout>& panels) {
    std::optional<double> before;
    for (const TableLayout& panel : panels) {
        bool first = true;
        for (const GridRow& row : grid.rows()) {
            const Cell text = panel.role(row.number) == RowRole::data ? row.text(panel.columns.first) : Cell{};
            if (text.empty()) {
                continue;
            }
            const std::optional<double> number = number_in(text);
            if (!number || (before && *number != *before + 1) || (first && !before && *number != 1)) {
                return false;
            }
            before = number;
            first = false;
        }
    }
    return before.has_value();
}

}  // namespace kokai
