// SPDX-License-Identifier: Apache-2.0
#include "command/diff_text.hpp"

#include "portal/report_json.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace kokai {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t shown_rows = 20;

/// Prints in one language or both; what comes from the data goes through printable().
class DiffText {
public:
    explicit DiffText(Language language) : language_(language) {}

    std::string of(const Json& document) && {
        for (const Json& table : document.at("tables")) {
            say(table);
        }
        return std::move(text_);
    }

private:
    [[nodiscard]] std::string either(const std::string& ja, const std::string& en) const {
        return language_ == Language::ja ? ja : language_ == Language::en ? en : ja + " / " + en;
    }

    void say(const Json& table) {
        const std::string name = printable(text_at(table, "name"));
        const Json& rows = table.at("rows");
        if (table.contains("only_new")) {
            text_ += name + ": " +
                     either(fmt::format("新しい表です（{} 行）", count_at(rows, "new")),
                            fmt::format("a new table ({} rows)", count_at(rows, "new"))) +
                     "\n";
            return;
        }
        if (table.contains("only_old")) {
            text_ += name + ": " +
                     either(fmt::format("なくなった表です（{} 行）", count_at(rows, "old")),
                            fmt::format("a table that is gone ({} rows)", count_at(rows, "old"))) +
                     "\n";
            return;
        }
        if (table.at("same").get<bool>()) {
            text_ += name + ": " +
                     either(fmt::format("違いはありません（{} 行）", count_at(rows, "new")),
                            fmt::format("no differences ({} rows)", count_at(rows, "new"))) +
                     "\n";
            return;
        }
        text_ += name + ": " +
                 either(fmt::format("{} 行 → {} 行（追加 {}、削除 {}、変更 {}、同じ {}）。{}", count_at(rows, "old"),
                                    count_at(rows, "new"), count_at(rows, "added"), count_at(rows, "removed"),
                                    count_at(rows, "changed"), count_at(rows, "same"), key_ja(table)),
                        fmt::format("{} rows → {} ({} added, {} removed, {} changed, {} the same); {}",
                                    count_at(rows, "old"), count_at(rows, "new"), count_at(rows, "added"),
                                    count_at(rows, "removed"), count_at(rows, "changed"), count_at(rows, "same"),
                                    key_en(table))) +
                 "\n";
        say_facts(table);
        list(table, "removed", "-");
        list(table, "added", "+");
        list(table, "changed", "~");
    }

    static std::string key_ja(const Json& table) {
        const Json& key = table.at("key");
        const std::string columns = printable(text_at(key, "columns"));
        const std::string by = text_at(key, "by");
        return by == "declared" ? "行は " + columns + " で見分けました"
               : by == "found"  ? "決まったキーがないので、行は " + columns + " で見分けました"
                                : "行を見分ける列がないので、行の全体で比べました";
    }
    static std::string key_en(const Json& table) {
        const Json& key = table.at("key");
        const std::string columns = printable(text_at(key, "columns"));
        const std::string by = text_at(key, "by");
        return by == "declared" ? "rows told apart by " + columns
               : by == "found"  ? "no key is declared, rows told apart by " + columns
                                : "no column names the rows, compared as a whole";
    }

    void fact(const std::string& ja, const std::string& en) { text_ += "  " + either(ja, en) + "\n"; }

    void say_facts(const Json& table) {
        const Json& columns = table.at("columns");
        for (const auto& [key, ja, en] :
             {std::tuple{"added", "新しい列", "new columns"}, {"removed", "なくなった列", "columns that are gone"}}) {
            if (const std::string names = printable(text_at(columns, key)); !names.empty()) {
                fact(fmt::format("{}: {}", ja, names), fmt::format("{}: {}", en, names));
            }
        }
        for (const Json& one : columns.at("renamed")) {
            const std::string names = printable(text_at(one, "old")) + " → " + printable(text_at(one, "new"));
            fact("列の名前が変わったようです: " + names, "a column seems to be called otherwise: " + names);
        }
        if (columns.at("reordered").get<bool>()) {
            fact("列の順番が変わりました", "the columns stand in another order");
        }
        for (const Json& one : columns.at("values")) {
            if (count_at(one, "old_filled") > 0 && count_at(one, "new_filled") == 0) {
                const std::string name = printable(text_at(one, "column"));
                fact(fmt::format("列が空になりました: {}（前は {} 行に値）", name, count_at(one, "old_filled")),
                     fmt::format("a column is empty: {} ({} values before)", name, count_at(one, "old_filled")));
            }
        }
        if (const Json& ids = table.at("ids"); count_at(ids, "changed") > 0) {
            const Json& example = ids.at("examples").front();
            const std::string names = printable(text_at(example, "old")) + " → " + printable(text_at(example, "new"));
            fact(fmt::format("同じものの ID が変わった行: {}（例: {}）", count_at(ids, "changed"), names),
                 fmt::format("things with another ID: {} (such as {})", count_at(ids, "changed"), names));
        }
        if (const Json& places = table.at("positions"); count_at(places, "moved") > 0) {
            fact(fmt::format("位置が {:.0f} m 以上動いた行: {}（最大 {:.0f} m）",
                             places.at("moved_metres").get<double>(), count_at(places, "moved"),
                             places.at("farthest_metres").get<double>()),
                 fmt::format("positions moved by {:.0f} m or more: {} (at most {:.0f} m)",
                             places.at("moved_metres").get<double>(), count_at(places, "moved"),
                             places.at("farthest_metres").get<double>()));
        }
    }

    void list(const Json& table, const char* kind, const char* sign) {
        std::size_t shown = 0;
        for (const Json& row : table.at(kind)) {
            if (shown == shown_rows) {
                break;
            }
            ++shown;
            const std::string name = printable(text_at(row, "name"));
            text_ += fmt::format("  {} {}{}", sign, printable(text_at(row, "id")), name.empty() ? "" : " " + name);
            const char* before = ": ";
            for (const Json& field : list_at(row, "fields")) {
                text_ += fmt::format("{}{} {} → {}", before, printable(text_at(field, "column")),
                                     quoted(text_at(field, "old")), quoted(text_at(field, "new")));
                before = ", ";
            }
            text_ += "\n";
        }
        if (const std::uint64_t all = count_at(table.at("rows"), kind); all > shown) {
            fact(fmt::format("{} ほか {} 行", sign, all - shown), fmt::format("{} and {} more", sign, all - shown));
        }
    }

    static std::string quoted(const std::string& value) { return "「" + printable(value) + "」"; }

    Language language_;
    std::string text_;
};

}  // namespace

std::string diff_text(const Json& document, Language language) {
    return DiffText(language).of(document);
}

}  // namespace kokai
