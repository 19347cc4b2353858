// SPDX-License-Identifier: Apache-2.0
#include "publish/regression.hpp"

#include "publish/row_key.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace kokai {
namespace {

constexpr std::size_t shown_examples = 5;
constexpr std::uint64_t enough_rows = 20;  // fewer say nothing about shares

// The defaults. README.md says why each is as it is.
constexpr double default_rows_lost = 0.5;
constexpr double default_rows_new = 2.0;
constexpr double default_ids_changed = 0.1;
constexpr double default_columns_emptied = 0;
constexpr double default_positions_moved = 0.2;
constexpr double default_moved_metres = 100;
constexpr double default_values_changed = 0.8;
constexpr double default_values_swapped = 0.5;

std::string label_of(const RowChange& row) {
    std::string text;
    for (const std::string& cell : row.id) {
        text += (text.empty() ? "" : " ") + cell;
    }
    return row.name.empty() ? text : text + "（" + row.name + "）";
}

std::string percent(std::uint64_t count, std::uint64_t of) {
    return fmt::format("{:.1f}", of == 0 ? 0.0 : 100.0 * static_cast<double>(count) / static_cast<double>(of));
}

class Judge {
public:
    Judge(const TableChange& change, const RegressionLimits& limits) : change_(change), limits_(limits) {}

    std::vector<RegressionStop> stops() && {
        rows_lost();
        if (change_.diff && change_.schema_before == change_.schema_now) {
            if (change_.diff->by != RowKey::whole) {
                ids_lost();
                rows_new();
                ids_changed();
                positions_moved();
                values_changed();
            }
            columns_emptied();
        }
        return std::move(stops_);
    }

private:
    /// Whether `count` of `of` is more than is allowed: by the limit of dataset.json in every table, by the default in
    /// one with enough rows.
    [[nodiscard]] static bool passes(std::uint64_t count, std::uint64_t of, const std::optional<double>& limit,
                                     double usual) {
        return (limit || of >= enough_rows) &&
               static_cast<double>(count) > limit.value_or(usual) * static_cast<double>(of);
    }

    void stop(std::string_view limit, std::uint64_t count, std::uint64_t of, double allowed,
              std::vector<std::string> examples, std::string ja, std::string en) {
        if (!examples.empty()) {
            std::string list;
            for (const std::string& one : examples) {
                list += (list.empty() ? "" : "、") + one;
            }
            ja += "（例: " + list + "）";
            en += " (such as " + list + ")";
        }
        stops_.push_back({change_.name, limit, count, of, allowed, std::move(examples), std::move(ja), std::move(en)});
    }

    template <typename Which>
    [[nodiscard]] std::vector<std::string> examples_of(Which which) const {
        std::vector<std::string> texts;
        for (const RowChange& row : change_.examples) {
            if (texts.size() < shown_examples && which(row)) {
                texts.push_back(label_of(row));
            }
        }
        return texts;
    }

    /// Where things have changed their IDs, places and values seem to have changed as well.
    [[nodiscard]] bool was_renumbered() const {
        return std::any_of(stops_.begin(), stops_.end(),
                           [](const RegressionStop& one) { return one.limit == "ids_changed"; });
    }

    void rows_lost() {
        const std::uint64_t before = change_.rows_before;
        const std::uint64_t now = change_.rows_now;
        // However small the table was: an empty one is no new edition of it.
        const bool nothing_left =
            change_.goes_out && before > 0 && now == 0 && limits_.rows_lost.value_or(default_rows_lost) < 1;
        if (nothing_left || passes(before - std::min(before, now), before, limits_.rows_lost, default_rows_lost)) {
            stop("rows_lost", before - now, before, limits_.rows_lost.value_or(default_rows_lost),
                 examples_of([](const RowChange& row) { return row.event == RowEvent::removed; }),
                 fmt::format("行が大きく減っています（前回 {} 行、今回 {} 行）", before, now),
                 fmt::format("far fewer rows than before ({} then, {} now)", before, now));
        }
    }

    /// As many rows as before, and yet other ones.
    void ids_lost() {
        const TableDiff& diff = *change_.diff;
        const bool said = std::any_of(stops_.begin(), stops_.end(),
                                      [](const RegressionStop& one) { return one.limit == "rows_lost"; });
        // Rows of several key columns are often of one year, and what happens once is not there again next year.
        const bool lasting = diff.by == RowKey::declared && diff.key.size() == 1 &&
                             change_.schema_now.find("/event") == std::string::npos;
        if (!said && (lasting || limits_.rows_lost) &&
            passes(diff.removed, diff.rows_before, limits_.rows_lost, default_rows_lost)) {
            stop("rows_lost", diff.removed, diff.rows_before, limits_.rows_lost.value_or(default_rows_lost),
                 examples_of([](const RowChange& row) { return row.event == RowEvent::removed; }),
                 fmt::format("前回の {} 行のうち {} 行（{} %）が、今回はありません", diff.rows_before, diff.removed,
                             percent(diff.removed, diff.rows_before)),
                 fmt::format("{} of the former {} rows ({} %) are not there any more", diff.removed, diff.rows_before,
                             percent(diff.removed, diff.rows_before)));
        }
    }

    void rows_new() {
        const TableDiff& diff = *change_.diff;
        if (passes(diff.added, diff.rows_before, limits_.rows_new, default_rows_new)) {
            stop("rows_new", diff.added, diff.rows_before, limits_.rows_new.value_or(default_rows_new), {},
                 fmt::format("新しい行が多すぎます（前回 {} 行、新しい行 {} 行）", diff.rows_before, diff.added),
                 fmt::format("too many new rows ({} rows then, {} new ones)", diff.rows_before, diff.added));
        }
    }

    void ids_changed() {
        const TableDiff& diff = *change_.diff;
        const bool lasting = change_.schema_now.find("/event") == std::string::npos;
        if ((lasting || limits_.ids_changed) &&
            passes(diff.renumbered, diff.rows_before, limits_.ids_changed, default_ids_changed)) {
            std::vector<std::string> examples;
            for (const Renumbered& one : diff.renumbered_examples) {
                if (examples.size() < shown_examples) {
                    examples.push_back(one.before + " → " + one.now + (one.name.empty() ? "" : "（" + one.name + "）"));
                }
            }
            stop("ids_changed", diff.renumbered, diff.rows_before, limits_.ids_changed.value_or(default_ids_changed),
                 std::move(examples),
                 fmt::format("同じものの ID が変わっています（{} 行のうち {} 行、{} "
                             "%）。番号の付け直しなら、dataset.json の表に "
                             "\"ids\": \"keep\" と書くと ID は変わりません",
                             diff.rows_before, diff.renumbered, percent(diff.renumbered, diff.rows_before)),
                 fmt::format("things have other IDs than before ({} of {} rows, {} %); if they were numbered anew, "
                             "\"ids\": \"keep\" in dataset.json keeps the published ones",
                             diff.renumbered, diff.rows_before, percent(diff.renumbered, diff.rows_before)));
        }
    }

    void positions_moved() {
        const TableDiff& diff = *change_.diff;
        if ((!was_renumbered() || limits_.positions_moved) &&
            passes(diff.moved, diff.positions, limits_.positions_moved, default_positions_moved)) {
            const double metres = moved_metres(limits_);
            stop("positions_moved", diff.moved, diff.positions,
                 limits_.positions_moved.value_or(default_positions_moved), examples_of([&](const RowChange& row) {
                     return row.event == RowEvent::changed && row.metres >= metres;
                 }),
                 fmt::format("位置が {:.0f} m 以上動いた行が多すぎます（{} 行のうち {} 行、{} %、最大 {:.0f} m）。"
                             "測地系（日本測地系と世界測地系など）を確かめてください",
                             metres, diff.positions, diff.moved, percent(diff.moved, diff.positions), diff.moved_most),
                 fmt::format(
                     "too many positions moved by {:.0f} m or more ({} of {}, {} %, at most {:.0f} m): look at the "
                     "datum",
                     metres, diff.moved, diff.positions, percent(diff.moved, diff.positions), diff.moved_most));
        }
    }

    void columns_emptied() {
        const TableDiff& diff = *change_.diff;
        if (!limits_.columns_emptied && diff.rows_before < enough_rows) {
            return;
        }
        std::vector<std::string> emptied;
        for (const ColumnDiff& column : diff.columns) {
            const bool renamed = std::any_of(diff.columns_renamed.begin(), diff.columns_renamed.end(),
                                             [&](const auto& names) { return names.first == column.name; });
            const bool dropped =
                std::find(change_.dropped.begin(), change_.dropped.end(), column.name) != change_.dropped.end();
            // It held something in a tenth of the rows, and now in a twentieth of what that would come to.
            const bool counted = column.filled_before > 0 && column.filled_before * 10 >= diff.rows_before;
            const auto share_before = static_cast<double>(column.filled_before) / static_cast<double>(diff.rows_before);
            if (column.in_before && counted && !(renamed && !column.in_now) && !dropped && diff.rows_now > 0 &&
                static_cast<double>(column.filled_now) * 20 < share_before * static_cast<double>(diff.rows_now)) {
                emptied.push_back(fmt::format("{} {} → {}", column.name, column.filled_before, column.filled_now));
            }
        }
        const double allowed = limits_.columns_emptied.value_or(default_columns_emptied);
        if (static_cast<double>(emptied.size()) > allowed) {
            const std::size_t count = emptied.size();
            emptied.resize(std::min(count, shown_examples));
            stop("columns_emptied", count, diff.columns.size(), allowed, std::move(emptied),
                 fmt::format("値のあった列が空になっています（{} 列）", count),
                 fmt::format("columns that held values are empty ({})", count));
        }
    }

    void values_changed() {
        const TableDiff& diff = *change_.diff;
        for (const ColumnDiff& column : diff.columns) {
            if (!column.in_before || !column.in_now || column.filled_now == 0 ||
                std::find(diff.key.begin(), diff.key.end(), column.name) != diff.key.end()) {
                continue;
            }
            const std::uint64_t both = diff.in_both();
            const bool too_many =
                limits_.values_changed
                    ? passes(column.changed, both, limits_.values_changed, 0)
                    : !was_renumbered() && column.telling &&
                          ((!column.plain && passes(column.changed, both, {}, default_values_changed)) ||
                           (column.swapped && passes(column.changed, both, {}, default_values_swapped)));
            if (!too_many) {
                continue;
            }
            const double usual = column.swapped ? default_values_swapped : default_values_changed;
            std::vector<std::string> examples;
            for (const RowChange& row : change_.examples) {
                for (const CellChange& cell : row.cells) {
                    if (row.event == RowEvent::changed && cell.column == column.name &&
                        examples.size() < shown_examples) {
                        examples.push_back(label_of(row) + " " + cell.before + " → " + cell.now);
                    }
                }
            }
            stop(
                "values_changed", column.changed, both, limits_.values_changed.value_or(usual), std::move(examples),
                column.swapped
                    ? fmt::format("「{}」の値が別の行に移っています（{} 行のうち {} 行）。一列だけ並べ替えていませんか",
                                  column.name, both, column.changed)
                    : fmt::format("「{}」の値がほとんど変わっています（{} 行のうち {} 行、{} %）", column.name, both,
                                  column.changed, percent(column.changed, both)),
                column.swapped ? fmt::format("the values of \"{}\" stand in other rows ({} of {}): was one column "
                                             "sorted alone?",
                                             column.name, column.changed, both)
                               : fmt::format("nearly all values of \"{}\" changed ({} of {} rows, {} %)", column.name,
                                             column.changed, both, percent(column.changed, both)));
        }
    }

    const TableChange& change_;
    const RegressionLimits& limits_;
    std::vector<RegressionStop> stops_;
};

}  // namespace

double moved_metres(const RegressionLimits& limits) {
    return limits.moved_metres.value_or(default_moved_metres);
}

void ChangeExamples::take(const RowChange& change, double metres) {
    constexpr std::size_t kept = 50;
    std::size_t& taken = change.event == RowEvent::removed ? removed_ : moved_;
    const bool wanted = change.event == RowEvent::removed
                            ? removed_ < shown_examples
                            : change.event == RowEvent::changed &&
                                  (moved_ < kept || (change.metres >= metres && moved_ < kept + shown_examples));
    if (wanted) {
        into_.push_back(change);
        ++taken;
    }
}

std::vector<RegressionStop> judge_change(const TableChange& change, const RegressionLimits& limits) {
    return Judge(change, limits).stops();
}

nlohmann::ordered_json regression_json(const std::vector<RegressionStop>& stops) {
    auto all = nlohmann::ordered_json::array();
    for (const RegressionStop& one : stops) {
        all.push_back({{"table", one.table},
                       {"limit", one.limit},
                       {"count", one.count},
                       {"of", one.of},
                       {"allowed", one.allowed},
                       {"examples", one.examples},
                       {"message_ja", one.ja},
                       {"message_en", one.en}});
    }
    return all;
}

}  // namespace kokai
