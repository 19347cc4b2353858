// SPDX-License-Identifier: Apache-2.0
// Cells are read as people write numbers in tables: 1,234, 47.85%, － for nothing.
#include "validate/totals.hpp"

#include "normalise/comparable.hpp"

#include <fmt/format.h>

#include <cmath>
#include <utility>

namespace kokai {
namespace {

std::string shown(double value, int digits) {
    std::string text = fmt::format("{:.{}f}", value, digits);
    if (text.find('.') != std::string::npos) {
        text.erase(text.find_last_not_of('0') + 1);
        if (text.back() == '.') {
            text.pop_back();
        }
    }
    return text;
}

constexpr double rounding = 1e-9;

}  // namespace

CheckTotals::CheckTotals(TotalRule rule) : rule_(std::move(rule)), total_row_(rule_.where) {}

void CheckTotals::bind(const Shape& shape) {
    shape_ = shape;
    missing_ = total_row_.bind(shape_);
    const auto column = [&](const std::string& name) {
        const std::size_t at = name.empty() ? Shape::npos : shape_.find(name);
        if (!name.empty() && at == Shape::npos) {
            missing_.push_back(name);
        }
        return at;
    };
    for (const std::string& name : rule_.columns) {
        if (const std::size_t at = column(name); at != Shape::npos) {
            columns_.push_back(at);
        }
    }
    equals_ = column(rule_.equals);
    part_ = column(rule_.part);
    whole_ = column(rule_.whole);
    if (rule_.rule == TotalRule::Rule::share_of_total && part_ != Shape::npos) {
        columns_ = {part_};
    }
    sums_.assign(columns_.size(), 0.0);
    totals_.resize(columns_.size());
}

Place CheckTotals::place(const Batch& batch, std::size_t row, std::size_t column) const {
    return batch.place(row, column, shape_.columns[column]);
}

void CheckTotals::check_row(const Batch& batch, std::size_t row, Findings& findings) {
    const auto cell = [&](std::size_t column) { return batch.columns[column].cells[row]; };
    if (rule_.rule == TotalRule::Rule::row_sum && equals_ != Shape::npos) {
        double sum = 0;
        for (const std::size_t column : columns_) {
            sum += amount_in(cell(column)).value_or(0.0);
        }
        const auto written = amount_in(cell(equals_));
        if (!written || std::fabs(*written - sum) > rule_.tolerance + rounding) {
            findings.add(Code::total_mismatch, place(batch, row, equals_), cell(equals_), shown(sum, 6));
        }
    } else if (rule_.rule == TotalRule::Rule::share && equals_ != Shape::npos && part_ != Shape::npos &&
               whole_ != Shape::npos) {
        const auto part = amount_in(cell(part_));
        const auto whole = amount_in(cell(whole_));
        const auto written = amount_in(cell(equals_));
        if (!part || !whole || *whole == 0) {
            if (written) {
                findings.add(Code::share_mismatch, place(batch, row, equals_), cell(equals_), "");
            }
            return;
        }
        const double share = *part / *whole * 100.0;
        if (!written || std::fabs(*written - share) > rule_.tolerance + rounding) {
            findings.add(Code::share_mismatch, place(batch, row, equals_), cell(equals_), shown(share, 4));
        }
    }
}

void CheckTotals::admit(Batch& batch, Findings& findings) {
    const bool sums = rule_.rule == TotalRule::Rule::column_sum || rule_.rule == TotalRule::Rule::share_of_total;
    for (std::size_t row = 0; row < batch.size(); ++row) {
        if (batch.states[row] == RowState::filtered) {
            continue;
        }
        if (!sums) {
            check_row(batch, row, findings);
            continue;
        }
        const bool total = batch.states[row] == RowState::total || (!total_row_.empty() && total_row_.hold(batch, row));
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            const Cell cell = batch.columns[columns_[i]].cells[row];
            if (total) {
                totals_[i] = {place(batch, row, columns_[i]), std::string(cell), amount_in(cell)};
            } else {
                sums_[i] += amount_in(cell).value_or(0.0);
            }
        }
        if (rule_.rule == TotalRule::Rule::share_of_total && equals_ != Shape::npos && part_ != Shape::npos && !total) {
            const Cell written = batch.columns[equals_].cells[row];
            const auto share = amount_in(written);
            const auto part = amount_in(batch.columns[part_].cells[row]);
            waiting_.push_back({place(batch, row, equals_), std::string(written), part.value_or(std::nan("")),
                                share.value_or(std::nan(""))});
        }
    }
}

void CheckTotals::end(Findings& findings) {
    for (const std::string& name : missing_) {
        findings.add(Code::column_missing, {}, name);
    }
    if (rule_.rule == TotalRule::Rule::column_sum) {
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            if (!totals_[i]) {
                findings.add(Code::total_mismatch, {0, 0, 0, 0, &shape_.columns[columns_[i]]}, "", shown(sums_[i], 6));
            } else if (!totals_[i]->value || std::fabs(*totals_[i]->value - sums_[i]) > rule_.tolerance + rounding) {
                findings.add(Code::total_mismatch, totals_[i]->where, totals_[i]->written, shown(sums_[i], 6));
            }
        }
    }
    if (rule_.rule == TotalRule::Rule::share_of_total && !sums_.empty()) {
        for (const Waiting& one : waiting_) {
            const double share = sums_.front() == 0 ? std::nan("") : one.part / sums_.front() * 100.0;
            if (!(std::fabs(share - one.share) <= rule_.tolerance + rounding)) {
                findings.add(Code::share_mismatch, one.where, one.written, std::isnan(share) ? "" : shown(share, 4));
            }
        }
    }
}

}  // namespace kokai
