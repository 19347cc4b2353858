// SPDX-License-Identifier: Apache-2.0
#include "command/gather.hpp"

#include "command/position_system.hpp"
#include "map/condition.hpp"
#include "map/tables.hpp"
#include "map/transposed.hpp"
#include "read/gis_names.hpp"
#include "validate/totals.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace kokai {
namespace {

/// A dataset.json that speaks of P29_004 gets it under that name.
bool mentions_generic_names(const TableJob& job) {
    const auto any = [](const std::vector<std::string>& names) {
        return std::any_of(names.begin(), names.end(), is_generic_name);
    };
    const auto tests = [](const std::vector<Condition>& conditions) {
        return std::any_of(conditions.begin(), conditions.end(),
                           [](const Condition& one) { return is_generic_name(one.column); });
    };
    return any(job.headers) || any(job.table.drop) || any(job.table.join_on) || tests(job.table.where) ||
           tests(job.table.total_rows) ||
           std::any_of(job.table.columns.begin(), job.table.columns.end(),
                       [&](const ColumnSpec& one) { return any(one.from); });
}

}  // namespace

bool is_held(const TableJob& job) {
    return job.table.shape == TableShape::cross || (job.sources.size() > 1 && !job.table.join_on.empty()) ||
           std::any_of(job.sources.begin(), job.sources.end(),
                       [](const SourceRequest& one) { return one.pin.transpose; });
}

std::unique_ptr<Source> gather(const TableJob& job, const SchemaLibrary& schemas, std::deque<PrivacyGate>& gates) {
    std::vector<std::unique_ptr<Source>> parts;
    const bool held = is_held(job);
    // A table that says which rows are totals, or computes them, gets all of them.
    const bool says_totals = !job.table.total_rows.empty() || !job.table.checks.empty() || !job.table.where.empty() ||
                             job.table.shape == TableShape::cross;
    const bool by_generic_names = job.table.schema == "none" || mentions_generic_names(job);
    for (SourceRequest request : job.sources) {
        request.totals = says_totals ? Totals::keep : Totals::leave_out;
        PrivacyGate& gate = held ? gates.emplace_back() : gates.front();
        request.watch = &gate;
        request.grids = schemas.grids();
        if (!by_generic_names) {
            request.names = schemas.generic_names();
        }
        request.advise = crs_adviser(job.publisher.code, schemas.grids());
        std::unique_ptr<Source> part = make_source(request);
        if (request.pin.transpose) {
            part = std::make_unique<TransposedSource>(std::move(part));
        }
        std::vector<std::unique_ptr<Check>> checks;
        for (const TotalRule& rule : job.table.checks) {
            if (!rule.from.empty() && rule.from == request.name) {
                TotalRule own = rule;
                if (own.where.empty() && own.rule != TotalRule::Rule::row_sum && own.rule != TotalRule::Rule::share) {
                    own.where = job.table.total_rows;
                }
                checks.push_back(std::make_unique<CheckTotals>(std::move(own)));
            }
        }
        if (held) {
            checks.push_back(gate.tell_source());
        }
        if (!checks.empty()) {
            part = std::make_unique<ExaminedSource>(std::move(part), std::move(checks));
        }
        for (const CrossSpec& cross : job.table.cross) {
            if (job.table.shape == TableShape::cross &&
                (cross.from == request.name || (cross.from.empty() && job.sources.size() == 1))) {
                part = std::make_unique<CrossSource>(std::move(part), cross, job.table.total_rows);
            }
        }
        parts.push_back(std::move(part));
    }
    if (parts.size() == 1) {
        return std::move(parts.front());
    }
    if (!job.table.join_on.empty()) {
        std::vector<std::unique_ptr<Source>> right(std::make_move_iterator(parts.begin() + 1),
                                                   std::make_move_iterator(parts.end()));
        return std::make_unique<JoinedSource>(std::move(parts.front()), std::move(right), job.table.join_on);
    }
    return std::make_unique<ConcatenatedSource>(std::move(parts));
}

}  // namespace kokai
