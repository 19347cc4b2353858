// SPDX-License-Identifier: Apache-2.0
#include "engine/finding_log.hpp"

#include "support/json_text.hpp"

#include <algorithm>

namespace kokai {

int Policy::accepts(const Finding& finding) const {
    for (std::size_t i = 0; i < accept.size(); ++i) {
        const Accept& one = accept[i];
        if (one.code != finding.code ||
            (!one.rows.empty() && std::find(one.rows.begin(), one.rows.end(), finding.where.row) == one.rows.end())) {
            continue;
        }
        if (one.columns.empty()) {
            return static_cast<int>(i);
        }
        const ColumnInfo* field = finding.where.field;
        const bool named = field != nullptr && std::any_of(one.columns.begin(), one.columns.end(), [&](const std::string& column) {
            return column == field->name || std::any_of(field->from.begin(), field->from.end(), [&](const SourceColumn& from) {
                       return from.header == column;
                   });
        });
        if (named) {
            return static_cast<int>(i);
        }
    }
    return -1;
}

void FindingLog::add(std::span<const Finding> findings, std::span<const SourceInfo> sources) {
    for (const Finding& finding : findings) {
        ++by_severity_[static_cast<std::size_t>(finding.severity)];
        ++by_code_[finding.code];
        if (++kept_[finding.code] <= details_per_code) {
            details_.push_back(spell_out(finding, sources));
        } else {
            truncated_ = true;
        }
    }
}

void FindingLog::count_accepted(int accept) {
    ++accepted_[accept];
}

void append_finding_line(std::string& out, const FindingText& finding) {
    out += R"({"code":)";
    append_json_string(out, info(finding.code).id);
    out += R"(,"severity":)";
    append_json_string(out, name_of(finding.severity));
    const auto text = [&](std::string_view key, const std::string& value) {
        out += ",\"";
        out += key;
        out += "\":";
        append_json_string(out, value);
    };
    text("file", finding.file);
    text("sheet", finding.sheet);
    out += ",\"row\":" + std::to_string(finding.row);
    text("column", finding.column);
    text("cell", finding.cell);
    text("found", finding.found);
    text("expected", finding.expected);
    text("repaired", finding.repaired);
    out += "}\n";
}

}  // namespace kokai
