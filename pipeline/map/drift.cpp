// SPDX-License-Identifier: Apache-2.0
#include "map/drift.hpp"

#include "map/field_match.hpp"
#include "map/header_name.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

namespace kokai {
namespace {

constexpr double says_the_same = 0.6;

bool holds(const std::vector<std::string>& all, const std::string& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

std::set<std::string> pairs_of_characters(std::string_view key) {
    std::vector<std::string_view> letters;
    for (std::size_t at = 0; at < key.size();) {
        std::size_t end = at + 1;
        while (end < key.size() && (static_cast<unsigned char>(key[end]) & 0xC0U) == 0x80U) {
            ++end;
        }
        letters.push_back(key.substr(at, end - at));
        at = end;
    }
    std::set<std::string> pairs;
    for (std::size_t i = 0; i + 1 < letters.size(); ++i) {
        pairs.insert(std::string(letters[i]) + std::string(letters[i + 1]));
    }
    return pairs;
}

/// 1 = the same after folding; else what they share of their pairs of letters (Dice).
double likeness(std::string_view one, std::string_view other) {
    const std::string a = loose_key(one);
    const std::string b = loose_key(other);
    if (a == b) {
        return 1.0;
    }
    if (a.size() > 3 && b.size() > 3 && (a.find(b) != std::string::npos || b.find(a) != std::string::npos)) {
        return 0.8;
    }
    const std::set<std::string> of_a = pairs_of_characters(a);
    const std::set<std::string> of_b = pairs_of_characters(b);
    if (of_a.empty() || of_b.empty()) {
        return 0.0;
    }
    std::size_t both = 0;
    for (const std::string& pair : of_a) {
        both += of_b.count(pair);
    }
    return 2.0 * static_cast<double>(both) / static_cast<double>(of_a.size() + of_b.size());
}

/// The nearest header to the left that both have; "" = the edge.
std::string neighbour(const std::vector<std::string>& all, std::size_t at, const std::vector<std::string>& others,
                      int step) {
    for (std::ptrdiff_t i = static_cast<std::ptrdiff_t>(at) + step;
         i >= 0 && i < static_cast<std::ptrdiff_t>(all.size()); i += step) {
        if (holds(others, all[static_cast<std::size_t>(i)])) {
            return all[static_cast<std::size_t>(i)];
        }
    }
    return {};
}

/// Which of the common headers stand in another order than before: those outside the longest run that kept it.
std::vector<Drift::Moved> moved_of(const std::vector<std::string>& before, const std::vector<std::string>& now) {
    std::map<std::string, std::size_t> place;
    for (std::size_t i = 0; i < before.size(); ++i) {
        place.emplace(before[i], i);
    }
    std::vector<std::pair<std::size_t, std::size_t>> common;  // before, now
    for (std::size_t i = 0; i < now.size(); ++i) {
        if (const auto found = place.find(now[i]); found != place.end()) {
            common.emplace_back(found->second, i);
        }
    }
    std::vector<std::size_t> length(common.size(), 1);
    std::vector<std::size_t> from(common.size(), common.size());
    std::size_t last = common.size();
    for (std::size_t i = 0; i < common.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            if (common[j].first < common[i].first && length[j] + 1 > length[i]) {
                length[i] = length[j] + 1;
                from[i] = j;
            }
        }
        if (last == common.size() || length[i] > length[last]) {
            last = i;
        }
    }
    std::set<std::size_t> kept;
    for (std::size_t i = last; i < common.size(); i = from[i]) {
        kept.insert(i);
    }
    std::vector<Drift::Moved> moved;
    for (std::size_t i = 0; i < common.size(); ++i) {
        if (kept.count(i) == 0) {
            moved.push_back({now[common[i].second], common[i].first + 1, common[i].second + 1});
        }
    }
    return moved;
}

}  // namespace

Drift drift_of(const std::vector<std::string>& before, const std::vector<std::string>& now) {
    Drift drift;
    for (const std::string& header : now) {
        if (!holds(before, header)) {
            drift.added.push_back(header);
        }
    }
    for (std::size_t i = 0; i < before.size(); ++i) {
        if (holds(now, before[i])) {
            continue;
        }
        drift.gone.push_back(before[i]);
        std::optional<std::size_t> best;
        double best_score = 0.0;
        for (std::size_t j = 0; j < drift.added.size(); ++j) {
            double score = likeness(before[i], drift.added[j]);
            const auto at = static_cast<std::size_t>(std::find(now.begin(), now.end(), drift.added[j]) - now.begin());
            if (neighbour(before, i, now, -1) == neighbour(now, at, before, -1) &&
                neighbour(before, i, now, 1) == neighbour(now, at, before, 1)) {
                score += says_the_same;
            }
            if (score > best_score) {
                best_score = score;
                best = j;
            }
        }
        if (best && best_score >= says_the_same) {
            drift.renamed.emplace_back(before[i], drift.added[*best]);
            drift.added.erase(drift.added.begin() + static_cast<std::ptrdiff_t>(*best));
        }
    }
    drift.moved = moved_of(before, now);
    return drift;
}

void tell_drift(const std::vector<std::string>& headers, const TableSpec& table, const Schema* schema,
                const std::vector<std::string>& now, Findings& findings) {
    std::set<std::string> needed;
    for (const ColumnSpec& spec : table.columns) {
        needed.insert(spec.from.begin(), spec.from.end());
    }
    if (headers.empty()) {
        // Without the list of headers there is no order and nothing new: only what a missing column may be called now.
        for (const ColumnSpec& spec : table.columns) {
            const Field* field = schema == nullptr ? nullptr : schema->find(spec.field);
            for (const std::string& before : spec.from) {
                if (holds(now, before)) {
                    continue;
                }
                const std::string* best = nullptr;
                double best_score = says_the_same;
                for (const std::string& header : now) {
                    if (needed.count(header) != 0) {
                        continue;
                    }
                    double score = likeness(before, header);
                    if (field != nullptr) {
                        score = std::max(score, FieldNames(*field).match(read_header(header), false).score);
                    }
                    if (score > best_score) {
                        best_score = score;
                        best = &header;
                    }
                }
                if (best != nullptr) {
                    findings.add(Code::column_renamed, {}, *best, before);
                }
            }
        }
        return;
    }
    const Drift drift = drift_of(headers, now);
    for (const auto& [before, after] : drift.renamed) {
        findings.add(Code::column_renamed, {}, after, before);
    }
    for (const std::string& header : drift.gone) {
        const bool renamed = std::any_of(drift.renamed.begin(), drift.renamed.end(),
                                         [&](const auto& one) { return one.first == header; });
        if (!renamed && needed.count(header) == 0) {
            findings.add(Code::column_gone, {}, header);
        }
    }
    for (const std::string& header : drift.added) {
        if (needed.count(header) == 0 && !holds(table.drop, header)) {
            findings.add(Code::column_new, {}, header);
        }
    }
    for (const Drift::Moved& moved : drift.moved) {
        findings.add(Code::column_moved, {}, moved.header,
                     fmt::format("{} → {}", column_letters(static_cast<std::uint32_t>(moved.before)),
                                 column_letters(static_cast<std::uint32_t>(moved.now))));
    }
}

}  // namespace kokai
