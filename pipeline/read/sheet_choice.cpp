// SPDX-License-Identifier: Apache-2.0
#include "read/sheet_choice.hpp"

#include "model/error.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

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
double weight_of(const std::string& name) {
    constexpr std::array<std::string_view, 23> others{
        "注意",     "説明",       "目次",   "凡例",     "更新履歴", "改訂",   "改版",    "表紙",
        "はじめ",   "記入例",     "記載例", "入力例",   "使い方",   "マスタ", "コード",  "選択肢",
        "リスト用", "プルダウン", "見本",   "サンプル", "README",   "定義",   "確認結果"};
    const bool other = std::any_of(others.begin(), others.end(),
                                   [&](std::string_view word) { return name.find(word) != std::string::npos; });
    return other ? 0.05 : 1.0;
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
        for (std::size_t i = 0; i < seen_.size(); ++i) {
            const bool alike =
                i == best ||
                (!pinned() && weight_of(name(seen_[i].sheet)) == 1.0 && weight_of(name(seen_[best].sheet)) == 1.0 &&
                 seen_[i].layout.data_rows > 0 && same_shape(seen_[i].layout, seen_[best].layout));
            if (alike) {
                add(choice, seen_[i].sheet);
            } else {
                choice.left_out.push_back(seen_[i].sheet);
            }
        }
        choice.joined_unasked = choice.parts.size() > std::max<std::size_t>(1, request_.pin.panels.size());
        return choice;
    }

private:
    [[nodiscard]] const std::string& name(std::size_t sheet) const { return book_.workbook().sheets[sheet].name; }
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
            seen_.push_back({i, find_table(grid, TableWishes{{}, 0, 0, {}, {1, 0}, request_.totals}), 0});
            if (pinned()) {
                return;
            }
        }
    }

    [[nodiscard]] std::size_t best_sheet() const {
        std::optional<std::size_t> best;
        double best_score = 0;
        for (std::size_t i = 0; i < seen_.size(); ++i) {
            const double score = seen_[i].layout.score * weight_of(name(seen_[i].sheet));
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

    [[nodiscard]] std::size_t wishes_rows() const {
        return wishes_.header_rows.empty() ? 0
                                           : *std::max_element(wishes_.header_rows.begin(), wishes_.header_rows.end());
    }

    void demand_same_width(const TableLayout& first, const TableLayout& other, const std::string& sheet) const {
        const auto heads = [](const TableLayout& layout) {
            std::vector<std::string> names;
            for (std::uint32_t column = layout.columns.first; column <= layout.names.size(); ++column) {
                names.push_back(folded_label(layout.names[column - 1]));
            }
            while (!names.empty() && names.back().empty()) {
                names.pop_back();
            }
            return names;
        };
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
    std::vector<SheetPart> seen_;
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
