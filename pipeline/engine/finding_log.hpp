// SPDX-License-Identifier: Apache-2.0
// What a table's findings add up to: counts, the first thousand of each code, and every one of them in findings.jsonl.
#pragma once

#include "model/dataset.hpp"
#include "model/finding.hpp"

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <span>
#include <string>
#include <tuple>
#include <vector>

namespace kokai {

/// What an error does, and which findings the department has accepted.
struct Policy {
    OnError on_error = OnError::keep;
    std::vector<Accept> accept;

    /// The index of the accept entry that takes the finding's level down, or -1.
    [[nodiscard]] int accepts(const Finding& finding) const;
};

struct AcceptedCount {
    const Accept* accept = nullptr;
    std::uint64_t count = 0;
};

class FindingLog {
public:
    static constexpr std::uint64_t details_per_code = 1000;

    /// Takes the findings over, in the order of the rows.
    void add(std::span<const Finding> findings, std::span<const SourceInfo> sources);
    void count_accepted(int accept);

    [[nodiscard]] std::uint64_t count(Severity severity) const {
        return by_severity_[static_cast<std::size_t>(severity)];
    }
    [[nodiscard]] const std::map<Code, std::uint64_t>& by_code() const { return by_code_; }
    /// How often a code came in a column with a severity: what a page and a summary count by.
    struct Group {
        Severity severity = Severity::note;
        Code code{};
        std::string column;
        std::uint64_t count = 0;
        FindingText example;  // the first one; `details` may hold none of a column when its code came often before
    };
    [[nodiscard]] const std::vector<Group>& groups() const { return groups_; }
    [[nodiscard]] const std::deque<FindingText>& details() const { return details_; }
    [[nodiscard]] bool truncated() const { return truncated_; }
    [[nodiscard]] const std::map<int, std::uint64_t>& accepted() const { return accepted_; }

private:
    std::array<std::uint64_t, 3> by_severity_{};
    std::map<Code, std::uint64_t> by_code_;
    std::vector<Group> groups_;  // in the order of the first finding of each
    std::map<std::tuple<Severity, Code, const ColumnInfo*, std::uint16_t>, std::size_t> group_of_;
    std::map<Code, std::uint64_t> kept_;
    std::deque<FindingText> details_;  // thousands of them, never moved
    std::map<int, std::uint64_t> accepted_;
    bool truncated_ = false;
};

/// A finding as `details` of the report hold it: one JSON object.
void append_finding_json(std::string& out, const FindingText& finding);
/// One line of findings.jsonl each, with its line break.
void append_finding_lines(std::string& out, std::span<const Finding> findings, std::span<const SourceInfo> sources);

}  // namespace kokai
