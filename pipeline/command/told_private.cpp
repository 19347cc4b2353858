// SPDX-License-Identifier: Apache-2.0
#include "command/told_private.hpp"

#include "validate/private/mask.hpp"

#include <algorithm>

namespace kokai {

void mask_what_was_told(TableOutcome& outcome, const std::deque<PrivacyGate>& gates,
                        const std::vector<std::string>& chart_columns) {
    for (SourceInfo& source : outcome.sources) {
        for (TakenRows& taken : source.taken) {
            taken.text = mask_text(taken.text);
        }
    }
    const auto mask = [&](const ColumnInfo& column, std::vector<std::vector<std::string>>& rows, std::size_t at) {
        if (std::none_of(gates.begin(), gates.end(), [&](const PrivacyGate& gate) { return gate.told(column); })) {
            return;
        }
        const ColumnSense sense = sense_of(column);
        for (std::vector<std::string>& row : rows) {
            row[at] = mask_text(row[at], sense);
        }
    };
    const std::vector<ColumnInfo>& columns = outcome.shape.columns;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        mask(columns[i], outcome.preview, i);
    }
    for (std::size_t i = 0; i < chart_columns.size(); ++i) {
        if (const std::size_t at = outcome.shape.find(chart_columns[i]); at != Shape::npos) {
            mask(columns[at], outcome.chart_cells, i);
        }
    }
}

PrivacyCounts privacy_counts(const TableResult& table) {
    PrivacyCounts counts;
    for (const FindingLog::Group& group : table.outcome.log.groups()) {
        if (group.severity != Severity::error) {
            continue;
        }
        if (group.code == Code::my_number || group.code == Code::bank_account) {
            counts.stopping += group.count;
        }
        if (group.code == Code::private_mobile || group.code == Code::private_mail || group.code == Code::birth_date ||
            group.code == Code::private_person) {
            counts.asking += group.count;
        }
    }
    const std::deque<FindingText>& details = table.outcome.log.details();
    const auto first = std::find_if(details.begin(), details.end(), [](const FindingText& one) {
        return one.severity == Severity::error && (one.code == Code::my_number || one.code == Code::bank_account);
    });
    if (first != details.end()) {
        counts.file = first->file;
        counts.where = (first->sheet.empty() ? "" : "[" + first->sheet + "]") +
                       (!first->cell.empty() ? "!" + first->cell
                        : first->row != 0    ? "#" + std::to_string(first->row)
                                             : std::string());
    }
    return counts;
}

}  // namespace kokai
