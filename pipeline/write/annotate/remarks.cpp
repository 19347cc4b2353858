// SPDX-License-Identifier: Apache-2.0
#include "write/annotate/remarks.hpp"

#include "write/excel/rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace kokai {
namespace {

constexpr std::uint32_t last_row = 1'048'576;
constexpr std::uint32_t last_column = 16'384;
constexpr std::size_t longest_text = 1'000;  // UTF-16 units; a whole paragraph in a cell need not be repeated

/// Line breaks stay out: a list has one line for a value, and marks show where they were.
std::string shown(const std::string& text) {
    const std::string safe = printable(fit_for_xml(text));
    const std::string_view part = utf16_prefix(safe, longest_text);
    return part.size() < safe.size() ? std::string(part) + "…" : safe;
}

}  // namespace

bool read_cell_name(std::string_view name, CellPlace& place) {
    std::uint64_t column = 0;
    std::size_t at = 0;
    for (; at < name.size() && name[at] >= 'A' && name[at] <= 'Z' && at < 4; ++at) {
        column = column * 26 + static_cast<std::uint64_t>(name[at] - 'A') + 1;
    }
    std::uint64_t row = 0;
    const std::size_t digits = at;
    for (; at < name.size() && name[at] >= '0' && name[at] <= '9' && at < digits + 8; ++at) {
        row = row * 10 + static_cast<std::uint64_t>(name[at] - '0');
    }
    if (at != name.size() || column == 0 || column > last_column || row == 0 || row > last_row) {
        return false;
    }
    place = {static_cast<std::uint32_t>(row), static_cast<std::uint32_t>(column)};
    return true;
}

std::string cell_name(const CellPlace& place) {
    return column_letters(place.column) + std::to_string(place.row);
}

Remark remark_of(const FindingText& finding) {
    FindingText text = finding;
    text.field.clear();  // report.html knows the source's header only, and so does the department
    text.column = shown(finding.column);
    text.found = shown(finding.found);
    text.expected = shown(finding.expected);
    text.repaired = shown(finding.repaired);
    const Sentence sentences = sentence(text);
    Remark remark;
    remark.severity = finding.severity;
    remark.code = info(finding.code).id;
    remark.sheet = finding.sheet;
    remark.row = finding.row;
    remark.column = text.column;
    remark.found = sentences.ja;
    remark.expected = text.expected;
    remark.mend = sentences.mend_ja;
    for (std::size_t at = 0; at < finding.cell.size();) {
        const std::size_t comma = std::min(finding.cell.find(',', at), finding.cell.size());
        if (CellPlace place; read_cell_name(std::string_view(finding.cell).substr(at, comma - at), place)) {
            remark.cells.push_back(place);
        }
        at = comma + 1;
    }
    return remark;
}

void put_in_order(std::vector<Remark>& remarks) {
    std::map<std::string, std::size_t> sheets;
    for (const Remark& remark : remarks) {
        sheets.emplace(remark.sheet, sheets.size());
    }
    const auto key = [&](const Remark& remark) {
        const std::uint32_t column = remark.cells.empty() ? 0 : remark.cells.front().column;
        return std::tuple(-static_cast<int>(remark.severity), sheets.at(remark.sheet), remark.row, column);
    };
    std::stable_sort(remarks.begin(), remarks.end(), [&](const Remark& a, const Remark& b) { return key(a) < key(b); });
    std::set<std::tuple<std::string, std::string, std::uint32_t, std::vector<CellPlace>, std::string, std::string>>
        said;
    std::erase_if(remarks, [&](const Remark& one) {
        return !said.insert({one.code, one.sheet, one.row, one.cells, one.column, one.found}).second;
    });
}

std::string_view severity_words(Severity severity) {
    switch (severity) {
    case Severity::error:
        return "直してください";
    case Severity::warning:
        return "確かめてください";
    case Severity::note:
        break;
    }
    return "お知らせ";
}

ListHead head_of(const RemarkList& list) {
    ListHead head;
    head.title = "確認結果: " +
                 (list.errors == 0 ? std::string("公開できます") : fmt::format("{}件直してください", list.errors));
    head.counts = fmt::format("{}　直してください {} 件（赤）、確かめてください {} 件（黄）、お知らせ {} 件（青）",
                              printable(list.file), list.errors, list.warnings, list.notes);
    if (list.left_out > 0) {
        head.counts +=
            fmt::format("。この一覧にないものがほかに {} 件あります（全件は run と check --out の findings.jsonl に。"
                        "上から直して、もう一度確認すると続きが出ます）",
                        list.left_out);
    }
    head.advice =
        list.errors == 0
            ? "直さなくても公開できます。黄色のところは、正しいかどうかを一度ご確認ください。"
            : "赤いところを元のファイルで直して保存し、もう一度確認してください。青いところは直さなくてかまいません。";
    if (!list.note.empty()) {
        head.advice += "\n" + list.note;
    }
    return head;
}

std::string comment_text(const Remark& remark) {
    std::string text = "【" + std::string(severity_words(remark.severity)) + "】" + remark.found;
    if (!remark.expected.empty() && remark.found.find(remark.expected) == std::string::npos &&
        remark.mend.find(remark.expected) == std::string::npos) {
        text += "\n正しい形: " + remark.expected;
    }
    if (!remark.mend.empty()) {
        text += "\n直し方: " + remark.mend;
    }
    return text;
}

}  // namespace kokai
