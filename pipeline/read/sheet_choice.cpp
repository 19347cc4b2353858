// SPDX-License-Identifier: Apache-2.0
#include "read/sheet_choice.hpp"

#include "model/error.hpp"
#include "read/panel_lists.hpp"
#include "read/sheet_kin.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <tuple>

namespace kokai {
namespace {

constexpr std::uint64_t small_sheet = 8U << 20U;  // bytes: so much is held whole
constexpr std::size_t held_cells = 250'000;
constexpr std::size_t head_rows = 500;
constexpr std::size_t head_cells = 60'000;
constexpr double much_more = 8;  // a later sheet must hold so much more than the first that holds a table

struct Limits {
    std::size_t rows, cells;
};

CellKind kind_of(const SheetCell& cell, Look look) {
    switch (cell.type) {
    case CellType::boolean:
        return CellKind::boolean;
    case CellType::date:
        return CellKind::date;
    case CellType::number:
        return look == Look::moment ? CellKind::date : CellKind::number;
    case CellType::error:
        return CellKind::error;
    case CellType::shared:
    case CellType::text:
        break;
    }
    return CellKind::text;
}

/// The sheet, or its head when it is larger than the limits.
Grid hold(SheetBook& book, std::size_t sheet, Limits limits, std::uint64_t* bytes) {
    Grid grid;
    const std::unique_ptr<SheetRows> rows = book.open_sheet(sheet);
    SheetRow row;
    Arena texts;
    std::size_t count = 0;
    while (rows->next(row)) {
        if (!book.has_content(row)) {
            continue;
        }
        if (count == limits.rows || grid.cells() > limits.cells) {
            grid.whole = false;
            break;
        }
        ++count;
        grid.begin_row(row.number);
        for (const SheetCell& cell : row.cells) {
            texts.clear();
            if (cell.type == CellType::error) {
                grid.add(cell.column, row.value(cell), CellKind::error);
            } else if (cell.unsaved) {
                grid.add(cell.column, {}, CellKind::error);
            } else {
                const Cell text = book.text(row, cell, texts).text;
                grid.add(cell.column, text, kind_of(cell, cell.type == CellType::number ? look_of(text) : Look::word));
            }
        }
    }
    grid.end();
    grid.hidden_columns = rows->hidden_columns();
    if (bytes != nullptr) {
        *bytes = rows->bytes();
    }
    if (grid.whole && rows->merges().size() <= held_cells) {
        grid.merges = rows->merges();
    }
    return grid;
}

/// Names of sheets that tell about the data, or show how to fill it in.
bool tells_about_data(const std::string& name) {
    constexpr std::array<std::string_view, 23> others{
        "注意",     "説明",       "目次",   "凡例",     "更新履歴", "改訂",   "改版",    "表紙",
        "はじめ",   "記入例",     "記載例", "入力例",   "使い方",   "マスタ", "コード",  "選択肢",
        "リスト用", "プルダウン", "見本",   "サンプル", "README",   "定義",   "確認結果"};
    return std::any_of(others.begin(), others.end(),
                       [&](std::string_view word) { return name.find(word) != std::string::npos; });
}

std::vector<std::size_t> named_sheets(const SheetBook& book, const SheetRequest& request) {
    std::vector<std::string> names = request.pin.sheets;
    if (!request.sheet.empty()) {
        names = {request.sheet};
    }
    const std::vector<WorkbookSheet>& sheets = book.workbook().sheets;
    std::vector<std::size_t> all;
    for (const std::string& name : names) {
        const auto named =
            std::find_if(sheets.begin(), sheets.end(), [&](const WorkbookSheet& sheet) { return sheet.name == name; });
        if (named == sheets.end()) {
            std::string list;
            for (const WorkbookSheet& sheet : sheets) {
                list += (list.empty() ? "" : ", ") + sheet.name;
            }
            throw WorldError(book.shown(), "シート「" + name + "」がありません。あるのは: " + list,
                             "there is no sheet \"" + name + "\"; there are: " + list);
        }
        all.push_back(static_cast<std::size_t>(named - sheets.begin()));
    }
    return all;
}

[[noreturn]] void no_table(const SheetBook& book) {
    const std::vector<WorkbookSheet>& sheets = book.workbook().sheets;
    const bool hidden =
        std::any_of(sheets.begin(), sheets.end(), [](const WorkbookSheet& sheet) { return sheet.hidden; });
    throw WorldError(book.shown(),
                     hidden ? "表が見つかりません（見えているシートはどれも空です。隠れたシートは --sheet "
                              "で名前を指定したときだけ読みます）"
                            : "表が見つかりません（どのシートも空です）",
                     hidden ? "no table found: every visible sheet is empty, and hidden ones are read only when named"
                            : "no table found: every sheet is empty");
}

class Chooser {
public:
    Chooser(SheetBook& book, const SheetRequest& request)
        : book_(book), request_(request), wishes_(wishes_of(request.pin, request.totals)) {}

    SheetChoice choose() {
        const std::vector<std::size_t> named = named_sheets(book_, request_);
        SheetChoice choice;
        if (!named.empty()) {
            for (const std::size_t sheet : named) {
                add(choice, sheet);
            }
            return choice;
        }
        look_at_all();
        if (seen_.empty()) {
            no_table(book_);
        }
        const std::size_t best = best_sheet();
        std::vector<bool> alike(seen_.size());
        for (std::size_t i = 0; i < seen_.size(); ++i) {
            alike[i] = i == best || (!pinned() && tells_no_data(i) == tells_no_data(best) && !tells_no_data(i) &&
                                     seen_[i].layout.data_rows > 0 && same_shape(seen_[i].layout, seen_[best].layout));
        }
        const std::vector<std::optional<std::size_t>> instead = read_instead(alike);
        for (std::size_t i = 0; i < seen_.size(); ++i) {
            if (alike[i] && !instead[i]) {
                add(choice, seen_[i].sheet);
                continue;
            }
            LeftSheet left{seen_[i].sheet, false, {}};
            if (instead[i]) {
                left.read = seen_[*instead[i]].sheet;
            } else {
                left.same_kind = !tells_no_data(i) && !set_aside(i) && seen_[i].layout.data_rows > 0 &&
                                 same_kind(seen_[i].layout, seen_[best].layout);
            }
            choice.left_out.push_back(left);
        }
        choice.joined_unasked = choice.parts.size() > std::max<std::size_t>(1, request_.pin.panels.size());
        return choice;
    }

private:
    struct Seen {
        std::size_t sheet = 0;
        TableLayout layout;
        std::optional<SheetRecords> records;  // once asked for
    };

    [[nodiscard]] const std::string& name(std::size_t sheet) const { return book_.workbook().sheets[sheet].name; }
    [[nodiscard]] bool tells_no_data(std::size_t at) const { return tells_about_data(name(seen_[at].sheet)); }

    [[nodiscard]] bool set_aside(std::size_t at) const {
        return names_old_sheet(name(seen_[at].sheet)) || names_unpublished_sheet(name(seen_[at].sheet));
    }
    [[nodiscard]] bool is_copy_of(std::size_t at, std::size_t original) const {
        return copied_sheet_name(name(seen_[at].sheet)) == name(seen_[original].sheet);
    }
    [[nodiscard]] bool is_earlier_year_of(std::size_t at, std::size_t later) const {
        const DatedName own = dated_sheet_name(name(seen_[at].sheet));
        const DatedName other = dated_sheet_name(name(seen_[later].sheet));
        return own.day != 0 && own.year() < other.year() && own.stem == other.stem;
    }

    /// Which of two sheets with the same records is to be read: what is no copy, the later one, the longer one.
    [[nodiscard]] bool preferred(std::size_t one, std::size_t than) const {
        const auto rank = [&](std::size_t at) {
            const std::string& own = name(seen_[at].sheet);
            return std::tuple(!names_unpublished_sheet(own), !names_old_sheet(own), copied_sheet_name(own).empty(),
                              dated_sheet_name(own).day, seen_[at].layout.data_rows);
        };
        const auto a = rank(one);
        const auto b = rank(than);
        return a != b ? a > b : one < than;
    }

    /// For each sheet of one shape that is not to be read: the one that is read instead. Its name must say that it is
    /// old or a copy, and its records what the other one says; all else is read, for nothing may be lost.
    [[nodiscard]] std::vector<std::optional<std::size_t>> read_instead(const std::vector<bool>& alike) {
        std::vector<std::optional<std::size_t>> instead(seen_.size());
        std::vector<std::size_t> order;
        for (std::size_t i = 0; i < seen_.size(); ++i) {
            if (alike[i]) {
                order.push_back(i);
            }
        }
        std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return preferred(a, b); });
        const auto unpublished = [&](std::size_t at) { return names_unpublished_sheet(name(seen_[at].sheet)); };
        for (std::size_t i = 1; i < order.size(); ++i) {
            if (unpublished(order[i]) && !unpublished(order.front())) {
                instead[order[i]] = order.front();
                continue;
            }
            for (std::size_t j = 0; j < i && !instead[order[i]]; ++j) {
                if (!instead[order[j]] && stands_for(order[j], order[i])) {
                    instead[order[i]] = order[j];
                }
            }
        }
        return instead;
    }

    [[nodiscard]] bool stands_for(std::size_t kept, std::size_t left) {
        const bool old = names_old_sheet(name(seen_[left].sheet)) && !names_old_sheet(name(seen_[kept].sheet));
        const bool edition = is_copy_of(left, kept) || is_earlier_year_of(left, kept);
        if (!old && !edition) {
            return false;
        }
        const SheetRecords& own = records(left);
        const SheetRecords& other = records(kept);
        const std::size_t whole = shared(own.whole, other.whole);
        if (edition && !own.whole.empty() && whole == own.whole.size()) {
            return true;
        }
        // An old list names what is gone since, too.
        const std::size_t alike = std::max(whole, shared(own.places, other.places));
        return old && alike > 0 && alike * 2 >= own.whole.size();
    }

    /// Of the whole sheet, not of its head; nothing for a sheet too large to be held, or broken further down.
    const SheetRecords& records(std::size_t at) {
        Seen& seen = seen_[at];
        if (!seen.records) {
            seen.records.emplace();
            try {
                const Grid grid = hold(book_, seen.sheet, {most_sheet_rows, held_cells}, nullptr);
                if (grid.whole) {
                    seen.records =
                        records_of(grid, find_table(grid, TableWishes{{}, 0, 0, {}, {1, 0}, request_.totals}));
                }
            } catch (const WorldError&) {
                return *seen.records;  // it is told where the sheet is read
            }
        }
        return *seen.records;
    }

    /// Row numbers belong to one sheet.
    [[nodiscard]] bool pinned() const {
        return !wishes_.header_rows.empty() || wishes_.first_row != 0 || wishes_.last_row != 0 || !wishes_.skip.empty();
    }

    void look_at_all() {
        const std::vector<WorkbookSheet>& sheets = book_.workbook().sheets;
        for (std::size_t i = 0; i < sheets.size(); ++i) {
            if (sheets[i].hidden) {
                continue;
            }
            Grid grid;
            try {
                grid = hold(book_, i, {head_rows, head_cells}, nullptr);
            } catch (const WorldError&) {
                if (seen_.empty()) {
                    throw;  // the sheet that is read when nothing speaks for another one
                }
                continue;
            }
            if (grid.rows().empty()) {
                continue;
            }
            // What is pinned fits one sheet, the first: the others are not measured by it.
            seen_.push_back({i, find_table(grid, TableWishes{{}, 0, 0, {}, {1, 0}, request_.totals}), {}});
            if (pinned()) {
                return;
            }
        }
    }

    [[nodiscard]] std::size_t best_sheet() const {
        std::optional<std::size_t> best;
        double best_score = 0;
        for (std::size_t i = 0; i < seen_.size(); ++i) {
            const bool aside = tells_no_data(i) || set_aside(i);
            const double score = seen_[i].layout.score * (aside ? 0.05 : 1.0);
            if (score > 0 && (!best || score > best_score * much_more)) {
                best = i;
                best_score = score;
            }
        }
        return best.value_or(0);
    }

    /// The parts of one sheet: its table, or its pinned panels one after another.
    void add(SheetChoice& choice, std::size_t sheet) {
        std::uint64_t bytes = 0;
        Grid grid = hold(book_, sheet, {head_rows + wishes_rows(), head_cells}, &bytes);
        if (!grid.whole && bytes <= small_sheet) {
            grid = hold(book_, sheet, {most_sheet_rows, held_cells}, nullptr);
        }
        if (grid.rows().empty()) {
            throw WorldError(book_.shown(), "シート「" + name(sheet) + "」には何もありません",
                             "sheet \"" + name(sheet) + "\" is empty");
        }
        for (const std::uint32_t wanted : wishes_.header_rows) {
            if (grid.row(wanted) == nullptr) {
                throw WorldError(book_.shown(), "見出しの行 " + std::to_string(wanted) + " が空です",
                                 "the header row " + std::to_string(wanted) + " is empty");
            }
        }
        std::vector<ColumnSpan> panels;
        for (const std::string& text : request_.pin.panels) {
            panels.push_back(read_column_span(text));
        }
        if (panels.empty()) {
            wishes_.columns = {1, 0};
            TableLayout layout = find_table(grid, wishes_);
            if (std::vector<SheetPart> twins = twins_of(grid, layout, sheet, choice.grids.size()); twins.size() > 1) {
                for (const SheetPart& twin : twins) {
                    if (!choice.parts.empty()) {
                        demand_same_width(choice.parts.front().layout, twin.layout, name(sheet));
                    }
                    choice.parts.push_back(twin);
                }
                choice.panels.push_back(joined(twins));
                choice.grids.push_back(std::move(grid));
                return;
            }
            panels.push_back({1, 0});
        }
        for (const ColumnSpan& panel : panels) {
            wishes_.columns = panel;
            SheetPart part{sheet, find_table(grid, wishes_), choice.grids.size()};
            if (part.layout.header_rows.empty() && !part.layout.vertical) {
                throw WorldError(book_.shown(), "シート「" + name(sheet) + "」の指定された列に表がありません",
                                 "there is no table in the given columns of sheet \"" + name(sheet) + "\"");
            }
            if (!choice.parts.empty()) {
                demand_same_width(choice.parts.front().layout, part.layout, name(sheet));
            }
            choice.parts.push_back(std::move(part));
        }
        choice.grids.push_back(std::move(grid));
    }

    /// The table and those beside it that have the same header, from left to right; empty when there are none, or when
    /// one of them reads differently by itself.
    [[nodiscard]] std::vector<SheetPart> twins_of(const Grid& grid, const TableLayout& layout, std::size_t sheet,
                                                  std::size_t at) const {
        std::vector<ColumnSpan> spans{layout.columns};
        for (const OtherTable& other : layout.others) {
            if (other.twin) {
                spans.push_back(other.columns);
            }
        }
        if (spans.size() < 2 || pinned()) {
            return {};
        }
        std::sort(spans.begin(), spans.end(),
                  [](const ColumnSpan& a, const ColumnSpan& b) { return a.first < b.first; });
        std::vector<SheetPart> parts;
        for (const ColumnSpan& span : spans) {
            TableWishes wishes = wishes_;
            wishes.columns = span;
            parts.push_back({sheet, find_table(grid, wishes), at});
            const TableLayout& own = parts.back().layout;
            if (own.header_rows.empty() || heads(own) != heads(parts.front().layout) || !own.others.empty()) {
                return {};
            }
        }
        std::vector<TableLayout> panels;
        panels.reserve(parts.size());
        for (const SheetPart& part : parts) {
            panels.push_back(part.layout);
        }
        if (!numbers_go_on(grid, panels) && !(same_kind(panels.front(), panels.back()) && are_lists(grid, panels))) {
            return {};  // figures of one thing in two ways, such as men and women; the two parties of one record
        }
        name_by_titles(grid, parts);
        return parts;
    }

    /// The titles over panels name their rows, as section rows do.
    static void name_by_titles(const Grid& grid, std::vector<SheetPart>& parts) {
        std::vector<TableSection> titles;
        for (const SheetPart& part : parts) {
            TableSection title;
            for (std::uint32_t row = 1; row < part.layout.header_rows.front() && row <= part.layout.roles.size();
                 ++row) {
                const GridRow* line = part.layout.roles[row - 1] == RowRole::title ? grid.row(row) : nullptr;
                for (const GridCell& cell : line == nullptr ? std::vector<GridCell>{} : line->cells) {
                    if (part.layout.columns.holds(cell.column)) {
                        title = {row, cell.column, std::string(cell.text)};
                    }
                }
            }
            if (title.row == 0 || !part.layout.sections.empty()) {
                return;
            }
            titles.push_back(std::move(title));
        }
        for (std::size_t i = 0; i < parts.size(); ++i) {
            TableLayout& layout = parts[i].layout;
            layout.sections = {titles[i]};
            layout.section_of.assign(std::max<std::size_t>(layout.roles.size(), layout.last_row), 1);
        }
    }

    static JoinedPanels joined(const std::vector<SheetPart>& parts) {
        JoinedPanels panels;
        panels.sheet = parts.front().sheet;
        panels.row = parts.front().layout.header_rows.front();
        panels.column = parts.front().layout.columns.first;
        for (const SheetPart& part : parts) {
            panels.ranges.push_back(column_letters(part.layout.columns.first) + ":" +
                                    column_letters(part.layout.columns.last));
        }
        return panels;
    }

    [[nodiscard]] std::size_t wishes_rows() const {
        return wishes_.header_rows.empty() ? 0
                                           : *std::max_element(wishes_.header_rows.begin(), wishes_.header_rows.end());
    }

    static std::vector<std::string> heads(const TableLayout& layout) {
        std::vector<std::string> names;
        for (std::uint32_t column = layout.columns.first; column <= layout.names.size(); ++column) {
            names.push_back(folded_label(layout.names[column - 1]));
        }
        while (!names.empty() && names.back().empty()) {
            names.pop_back();
        }
        return names;
    }

    void demand_same_width(const TableLayout& first, const TableLayout& other, const std::string& sheet) const {
        if (heads(first) != heads(other)) {
            throw WorldError(book_.shown(),
                             "つなげる表の見出しが違います（シート「" + sheet +
                                 "」）。同じ見出しの表だけを指定してください",
                             "the tables to be put one after another have different headers (sheet \"" + sheet + "\")");
        }
    }

    SheetBook& book_;
    const SheetRequest& request_;
    TableWishes wishes_;
    std::vector<Seen> seen_;
};

}  // namespace

TableWishes wishes_of(const TablePin& pin, Totals totals) {
    TableWishes wishes;
    if (pin.header_row != 0) {
        wishes.header_rows = {pin.header_row};
        wishes.header_rows.insert(wishes.header_rows.end(), pin.more_header_rows.begin(), pin.more_header_rows.end());
    }
    wishes.first_row = pin.first_row;
    wishes.last_row = pin.last_row;
    wishes.skip = pin.skip;
    wishes.totals = totals;
    wishes.transposed = pin.transpose;
    return wishes;
}

SheetChoice choose_sheets(SheetBook& book, const SheetRequest& request) {
    return Chooser(book, request).choose();
}

}  // namespace kokai
