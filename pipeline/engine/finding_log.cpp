// SPDX-License-Identifier: Apache-2.0
#include "engine/finding_log.hpp"

#include "support/json_text.hpp"

#include <algorithm>
#include <utility>

namespace kokai {

int Policy::accepts(const Finding& finding) const {
    for (std::size_t i = 0; i < accept.size(); ++i) {
        const Accept& one = accept[i];
        if (one.code != finding.code || finding.severity <= one.level ||
            (!one.rows.empty() && std::find(one.rows.begin(), one.rows.end(), finding.where.row) == one.rows.end())) {
            continue;
        }
        if (one.columns.empty()) {
            return static_cast<int>(i);
        }
        const ColumnInfo* field = finding.where.field;
        const bool named =
            field != nullptr && std::any_of(one.columns.begin(), one.columns.end(), [&](const std::string& column) {
                return column == field->name ||
                       std::any_of(field->from.begin(), field->from.end(),
                                   [&](const SourceColumn& from) { return from.header == column; });
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
        const auto [known, is_new] = group_of_.try_emplace(
            {finding.severity, finding.code, finding.where.field, finding.where.source}, groups_.size());
        if (is_new) {
            // Two columns of one name (the source's, and the field's after the mapping) are one group for a reader.
            FindingText example = spell_out(finding, sources);
            const std::string column = example.column;
            const auto same = std::find_if(groups_.begin(), groups_.end(), [&](const Group& one) {
                return one.severity == finding.severity && one.code == finding.code && one.column == column;
            });
            known->second = static_cast<std::size_t>(same - groups_.begin());
            if (same == groups_.end()) {
                groups_.push_back({finding.severity, finding.code, column, 0, std::move(example)});
            }
        }
        ++groups_[known->second].count;
        if (std::uint64_t& kept = kept_[finding.code]; kept < details_per_code) {
            ++kept;
            details_.push_back(spell_out(finding, sources));
        } else {
            truncated_ = true;
        }
    }
}

void FindingLog::count_accepted(int accept) {
    ++accepted_[accept];
}

void append_finding_json(std::string& out, const FindingText& finding) {
    const auto text = [&](std::string_view key, std::string_view value) {
        out += key;
        append_json_string(out, value);
    };
    text(R"({"code":)", info(finding.code).id);
    text(R"(,"severity":)", name_of(finding.severity));
    text(R"(,"file":)", finding.file);
    text(R"(,"sheet":)", finding.sheet);
    out += R"(,"row":)";
    out += std::to_string(finding.row);
    text(R"(,"column":)", finding.column);
    text(R"(,"cell":)", finding.cell);
    text(R"(,"found":)", finding.found);
    text(R"(,"expected":)", finding.expected);
    text(R"(,"repaired":)", finding.repaired);
    out += '}';
}

void append_finding_lines(std::string& out, std::span<const Finding> findings, std::span<const SourceInfo> sources) {
    for (const Finding& finding : findings) {
        append_finding_json(out, spell_out(finding, sources));
        out += '\n';
    }
}

}  // namespace kokai
