// SPDX-License-Identifier: Apache-2.0
// What a form cannot say of a dataset.json: names that must meet each other, paths, patterns, check digits, days.
#include "model/dataset_json.hpp"

#include "model/finding.hpp"
#include "support/json_parse.hpp"
#include "support/nearest_word.hpp"

#include <fmt/format.h>

#include <re2/re2.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <set>
#include <utility>

namespace kokai {
namespace {

std::string in_quotes(std::string_view text) {
    return "\"" + printable(text) + "\"";
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// 総務省: weights 6 5 4 3 2, eleven minus the remainder, its last digit.
char check_digit(std::string_view code) {
    int sum = 0;
    for (std::size_t i = 0; i < 5; ++i) {
        sum += (code[i] - '0') * (6 - static_cast<int>(i));
    }
    return static_cast<char>('0' + (11 - sum % 11) % 10);
}

/// A day, month or year that the calendar has; the form has seen to the digits.
bool is_in_calendar(std::string_view date) {
    const auto number = [&](std::size_t at, std::size_t size) {
        int value = 0;
        for (const char c : date.substr(at, size)) {
            value = value * 10 + (c - '0');
        }
        return value;
    };
    const std::chrono::year year(number(0, 4));
    const std::chrono::month month(date.size() >= 7 ? static_cast<unsigned>(number(5, 2)) : 1U);
    const std::chrono::day day(date.size() >= 10 ? static_cast<unsigned>(number(8, 2)) : 1U);
    return std::chrono::year_month_day(year, month, day).ok();
}

bool looks_like_date(std::string_view date) {
    const std::string_view form = "dddd-dd-dd";
    if (date.size() != 4 && date.size() != 7 && date.size() != 10) {
        return false;
    }
    for (std::size_t i = 0; i < date.size(); ++i) {
        if (form[i] == 'd' ? !is_digit(date[i]) : date[i] != form[i]) {
            return false;
        }
    }
    return true;
}

class Checker {
public:
    Checker(const Dataset& dataset, std::string_view file, const KnownNames& known)
        : dataset_(dataset), file_(file), known_(known) {}

    std::vector<Mistake> all() {
        if (!is_dataset_id(dataset_.id)) {
            say("",
                fmt::format("フォルダーの名前 {} は使えません。英小文字・数字・_・- の2文字から100文字にしてください"
                            "（catalog と assets は使えません）",
                            in_quotes(dataset_.id)),
                fmt::format("the folder name {} cannot be used: 2 to 100 lower-case letters, digits, _ and - (not "
                            "catalog, not assets)",
                            in_quotes(dataset_.id)));
        }
        head();
        for (std::size_t i = 0; i < dataset_.sources.size(); ++i) {
            source(dataset_.sources[i], pointer_to("/sources", i));
        }
        twice("/sources", dataset_.sources);
        for (std::size_t i = 0; i < dataset_.tables.size(); ++i) {
            table(dataset_.tables[i], pointer_to("/tables", i));
        }
        twice("/tables", dataset_.tables);
        same_files();
        unused_sources();
        return std::move(mistakes_);
    }

private:
    void say(const std::string& pointer, std::string ja, std::string en) {
        mistakes_.push_back({std::string(file_), pointer, std::move(ja), std::move(en)});
    }

    /// `what`: 「sources に」 and the like, for the sentence.
    void unknown(const std::string& pointer, std::string_view word, const std::vector<std::string>& known,
                 std::string_view what_ja, std::string_view what_en) {
        const std::string near = nearest_word(word, known);
        std::string listed;
        constexpr std::size_t few = 12;
        for (std::size_t i = 0; i < std::min(few, known.size()); ++i) {
            listed += (i == 0 ? "" : ", ") + known[i];
        }
        listed += known.size() > few ? ", …" : "";
        std::string hint_ja;
        std::string hint_en;
        if (!near.empty()) {
            hint_ja = fmt::format("。{} ではありませんか", in_quotes(near));
            hint_en = fmt::format("; did you mean {}?", in_quotes(near));
        } else if (!listed.empty()) {
            hint_ja = fmt::format("（あるもの: {}）", listed);
            hint_en = fmt::format(" (there are: {})", listed);
        }
        say(pointer, fmt::format("{}{} はありません{}", what_ja, in_quotes(word), hint_ja),
            fmt::format("there is no {} {}{}", what_en, in_quotes(word), hint_en));
    }

    void head() {
        const std::string& code = dataset_.publisher.code;
        if (code.size() == 6 && std::all_of(code.begin(), code.end(), is_digit) && check_digit(code) != code[5]) {
            const std::string right = code.substr(0, 5) + check_digit(code);
            say("/publisher", fmt::format("団体コード {} の検査数字が合いません。{} ではありませんか", code, right),
                fmt::format("the check digit of {} is wrong; did you mean {}?", code, right));
        }
        if (looks_like_date(dataset_.modified)) {
            day("/modified", dataset_.modified);
        }
        const std::string& temporal = dataset_.temporal;
        if (const std::size_t slash = temporal.find('/'); slash != std::string::npos) {
            const std::string start = temporal.substr(0, slash);
            const std::string end = temporal.substr(slash + 1);
            bool good = true;
            for (const std::string& date : {start, end}) {
                good = (!looks_like_date(date) || day("/temporal", date)) && good;
            }
            if (good && looks_like_date(start) && looks_like_date(end) &&
                start.substr(0, end.size()) > end.substr(0, start.size())) {
                say("/temporal", fmt::format("期間の終わり {} が始まり {} より前です", end, start),
                    fmt::format("the period ends ({}) before it starts ({})", end, start));
            }
        }
    }

    bool day(const std::string& pointer, const std::string& date) {
        if (is_in_calendar(date)) {
            return true;
        }
        say(pointer, fmt::format("{} という日付はありません", date), fmt::format("there is no such date as {}", date));
        return false;
    }

    void source(const SourceSpec& one, const std::string& at) {
        if (!one.file.empty()) {
            path(one.file, pointer_to(at, "file"));
        }
        if (!one.dataset.empty()) {
            if (one.dataset == dataset_.id) {
                say(pointer_to(at, "dataset"), "自分のデータセットを元にすることはできません",
                    "a dataset cannot be its own source");
            } else if (known_.datasets && !contains(*known_.datasets, one.dataset)) {
                unknown(pointer_to(at, "dataset"), one.dataset, *known_.datasets, "データセット ", "dataset");
            }
        }
        const TablePin& pin = one.pin;
        if (pin.first_row != 0 && pin.first_row <= pin.header_row) {
            say(pointer_to(at, "table"),
                fmt::format("データの最初の行 {} は見出しの行 {} より下でなければなりません", pin.first_row,
                            pin.header_row),
                fmt::format("the first data row {} must come after the header row {}", pin.first_row, pin.header_row));
        }
        if (pin.last_row != 0 && pin.last_row < std::max(pin.first_row, pin.header_row + 1)) {
            say(pointer_to(at, "table"), fmt::format("データの最後の行 {} が最初の行より上です", pin.last_row),
                fmt::format("the last data row {} comes before the first", pin.last_row));
        }
    }

    /// A dataset's files lie below its folder: nothing else may be read because a dataset.json says so.
    void path(const std::string& file, const std::string& pointer) {
        const bool drive = file.size() >= 2 && file[1] == ':';
        if (file.front() == '/' || file.front() == '~' || drive || file.find('\\') != std::string::npos ||
            file.find("://") != std::string::npos) {
            say(pointer,
                fmt::format("{} は使えません。データセットのフォルダーから見た場所を / で区切って書いてください（例: "
                            "source/一覧.csv）",
                            in_quotes(file)),
                fmt::format(
                    "{} cannot be used; write the path below the dataset's folder, with / (like source/list.csv)",
                    in_quotes(file)));
            return;
        }
        std::size_t begin = 0;
        while (begin <= file.size()) {
            const std::size_t end = std::min(file.find('/', begin), file.size());
            if (file.compare(begin, end - begin, "..") == 0) {
                say(pointer, fmt::format("{} はデータセットのフォルダーの外です。.. は使えません", in_quotes(file)),
                    fmt::format("{} lies outside the dataset's folder; .. cannot be used", in_quotes(file)));
                return;
            }
            begin = end + 1;
        }
        if (file.find('\0') != std::string::npos || file.back() == '/') {
            say(pointer, fmt::format("{} はファイルの名前ではありません", in_quotes(file)),
                fmt::format("{} is not the name of a file", in_quotes(file)));
        }
    }

    static bool contains(const std::vector<std::string>& all, const std::string& one) {
        return std::find(all.begin(), all.end(), one) != all.end();
    }

    template <typename Named>
    void twice(const std::string& at, const std::vector<Named>& list) {
        std::set<std::string> seen;
        for (std::size_t i = 0; i < list.size(); ++i) {
            if (!list[i].name.empty() && !seen.insert(list[i].name).second) {
                say(pointer_to(pointer_to(at, i), "name"),
                    fmt::format("{} という名前が二度使われています", in_quotes(list[i].name)),
                    fmt::format("the name {} is used twice", in_quotes(list[i].name)));
            }
        }
    }

    /// Tables of a dataset lie side by side in one folder. The same schema gives the same file name, but for `none`.
    void same_files() {
        std::set<std::string> seen;
        for (std::size_t i = 0; i < dataset_.tables.size(); ++i) {
            const TableSpec& one = dataset_.tables[i];
            const bool plain = one.schema.empty() || one.schema == "none" || one.schema == "auto";
            const std::string file = !one.file.empty() ? one.file : plain ? one.name : "schema " + one.schema;
            if (!file.empty() && !seen.insert(file).second) {
                say(pointer_to("/tables", i), "別の表と同じファイル名になります。\"file\" に別の名前を書いてください",
                    "it would have the same file name as another table; give another name in \"file\"");
            }
        }
    }

    void unused_sources() {
        if (names_missing_) {
            return;  // the misspelt name was meant to use it
        }
        for (std::size_t i = 0; i < dataset_.sources.size(); ++i) {
            const std::string& name = dataset_.sources[i].name;
            const bool used = std::any_of(dataset_.tables.begin(), dataset_.tables.end(),
                                          [&](const TableSpec& table) { return contains(table.from, name); });
            if (!used && !name.empty()) {
                say(pointer_to("/sources", i), fmt::format("{} はどの表でも使われていません", in_quotes(name)),
                    fmt::format("no table uses {}", in_quotes(name)));
            }
        }
    }

    void table(const TableSpec& one, const std::string& at) {
        std::vector<std::string> names;
        for (const SourceSpec& source : dataset_.sources) {
            names.push_back(source.name);
        }
        for (const std::string& from : one.from) {
            if (!contains(names, from)) {
                unknown(pointer_to(at, "from"), from, names, "sources に ", "source");
                names_missing_ = true;
            }
        }
        if (known_.schemas && !one.schema.empty() && one.schema != "none" && one.schema != "auto" &&
            !contains(*known_.schemas, one.schema)) {
            unknown(pointer_to(at, "schema"), one.schema, *known_.schemas, "項目の定義 ", "schema");
        }
        listed(one.outputs, known_.outputs, pointer_to(at, "outputs"), "出力形式 ", "output format");
        listed(one.partners, known_.partners, pointer_to(at, "partners"), "提出先 ", "partner");
        if (!one.join_on.empty() && one.from.size() < 2) {
            say(pointer_to(at, "join_on"), "結び付けるには \"from\" に二つ以上の名前が必要です",
                "a join needs two or more names in \"from\"");
        }
        cross(one, at);
        patterns(one.where, pointer_to(at, "where"));
        patterns(one.total_rows, pointer_to(at, "total_rows"));
        for (const ColumnSpec& column : one.columns) {
            const std::string place = pointer_to(pointer_to(at, "columns"), column.field);
            if (!column.pattern.empty()) {
                pattern(column.pattern, pointer_to(place, "pattern"), column.group);
            }
            for (const std::string& from : column.from) {
                if (contains(one.drop, from)) {
                    say(pointer_to(place, "from"), fmt::format("{} は \"drop\" で公開しない列です", in_quotes(from)),
                        fmt::format("{} is named in \"drop\": it is never published", in_quotes(from)));
                }
            }
        }
        for (std::size_t i = 0; i < one.checks.size(); ++i) {
            const std::string place = pointer_to(pointer_to(at, "checks"), i);
            source_of_table(one, one.checks[i].from, pointer_to(place, "from"));
            patterns(one.checks[i].where, pointer_to(place, "where"));
        }
        for (std::size_t i = 0; i < one.rules.size(); ++i) {
            const std::string place = pointer_to(pointer_to(at, "rules"), i);
            patterns(one.rules[i].when, pointer_to(place, "when"));
            patterns(one.rules[i].must, pointer_to(place, "must"));
        }
    }

    void listed(const std::vector<std::string>& words, const std::optional<std::vector<std::string>>& known,
                const std::string& at, std::string_view ja, std::string_view en) {
        for (std::size_t i = 0; known && i < words.size(); ++i) {
            if (!contains(*known, words[i])) {
                unknown(pointer_to(at, i), words[i], *known, ja, en);
            }
        }
    }

    void cross(const TableSpec& one, const std::string& at) {
        if (one.shape == TableShape::cross && one.cross.empty()) {
            say(pointer_to(at, "shape"), "クロス集計表には \"cross\" が必要です", "a cross table needs \"cross\"");
        }
        if (one.shape != TableShape::cross && !one.cross.empty()) {
            say(pointer_to(at, "cross"), "\"cross\" を使うには \"shape\": \"cross\" と書いてください",
                R"("cross" needs "shape": "cross")");
        }
        for (std::size_t i = 0; i < one.cross.size(); ++i) {
            const CrossSpec& spec = one.cross[i];
            const std::string place = pointer_to(pointer_to(at, "cross"), i);
            if (spec.from.empty() && one.from.size() > 1) {
                say(place, "元が二つ以上あるので、どれを読むか \"from\" に書いてください",
                    "there are several sources: say which one in \"from\"");
            }
            source_of_table(one, spec.from, pointer_to(place, "from"));
            if (!spec.header.empty() && spec.header == spec.value) {
                say(pointer_to(place, "value"), "\"header\" と \"value\" は別の名前にしてください",
                    R"("header" and "value" must have different names)");
            }
        }
    }

    void source_of_table(const TableSpec& one, const std::string& from, const std::string& pointer) {
        if (!from.empty() && !contains(one.from, from)) {
            unknown(pointer, from, one.from, "この表の \"from\" に ", "source of this table");
        }
    }

    void patterns(const std::vector<Condition>& conditions, const std::string& at) {
        for (std::size_t i = 0; i < conditions.size(); ++i) {
            if (conditions[i].test == Condition::Test::matches && !conditions[i].values.empty()) {
                pattern(conditions[i].values.front(), pointer_to(pointer_to(at, i), "matches"), 0);
            }
        }
    }

    void pattern(const std::string& text, const std::string& pointer, int group) {
        const RE2 expression(text, RE2::Quiet);
        if (!expression.ok()) {
            say(pointer,
                fmt::format("正規表現として読めません: {}（{}）", in_quotes(text), printable(expression.error())),
                fmt::format("not a regular expression: {} ({})", in_quotes(text), printable(expression.error())));
        } else if (group > expression.NumberOfCapturingGroups()) {
            say(pointer,
                fmt::format("{} には取り出す括弧 ( ) が {} 個しかありません（{} 番目が必要）", in_quotes(text),
                            expression.NumberOfCapturingGroups(), group),
                fmt::format("{} has only {} groups in ( ), and group {} is asked for", in_quotes(text),
                            expression.NumberOfCapturingGroups(), group));
        }
    }

    const Dataset& dataset_;
    std::string_view file_;
    const KnownNames& known_;
    std::vector<Mistake> mistakes_;
    bool names_missing_ = false;
};

}  // namespace

bool is_reserved_id(std::string_view id) {
    return id == "catalog" || id == "assets";
}

bool is_dataset_id(std::string_view id) {
    const auto small = [](char c) { return (c >= 'a' && c <= 'z') || is_digit(c); };
    return id.size() >= 2 && id.size() <= 100 && small(id.front()) && !is_reserved_id(id) &&
           std::all_of(id.begin(), id.end(), [&](char c) { return small(c) || c == '_' || c == '-'; });
}

std::vector<Mistake> check_dataset(const Dataset& dataset, std::string_view file_name, const KnownNames& known) {
    return Checker(dataset, file_name, known).all();
}

}  // namespace kokai
