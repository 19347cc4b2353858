// SPDX-License-Identifier: Apache-2.0
// What a publication would do at a target, before it does it: values that are printed, kept in a file, and applied as
// they are or not at all.
#pragma once

#include "model/error.hpp"
#include "model/finding.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kokai {

enum class PlanAction : std::uint8_t {
    leave,        // as it is
    create,       // not there yet
    change,       // fields differ from what is local
    replace,      // a file's content differs
    orphaned,     // published by us, no longer local; removed only when asked
    edited_there  // somebody changed at the target what we publish: stops unless told to overwrite it
};
std::string_view action_word(PlanAction action);  // create, edited-there

struct FieldChange {
    std::string field, from, to;  // from: as it is at the target; to: as it would be
};

struct PlannedFile {
    std::string key;     // names the file for good: table/format
    std::string path;    // local, from the dataset's folder; of an orphaned one its name there
    std::string remote;  // id or path at the target
    PlanAction action = PlanAction::leave;
    std::vector<FieldChange> changes;
    std::uint64_t bytes = 0;
    std::string sha256;
};

struct PlannedDataset {
    std::string id;      // ours
    std::string remote;  // name or path at the target
    PlanAction action = PlanAction::leave;
    std::string edition;
    std::string local_state;   // digest of all that would be published
    std::string remote_state;  // what the plan was made against: a version, a time or a digest; empty = not there
    std::vector<FieldChange> changes;
    std::vector<FieldChange> edits;  // made at the target since we published; `to` is what we would write
    std::vector<PlannedFile> files;
};

struct PublicationPlan {
    static constexpr int format = 1;  // of the JSON
    std::string target;
    std::string where;  // its address
    bool remove_orphaned = false;
    std::vector<std::string> overwrite;  // fields whose edits there are overwritten; `all` = every one
    std::vector<PlannedDataset> datasets;
};

/// What is sent and what stays: counted from the plan.
struct PlanCounts {
    std::size_t create = 0, change = 0, replace = 0, leave = 0, orphaned = 0, edited_there = 0;  // datasets
    std::size_t files = 0;                                                                       // to send
    std::uint64_t bytes = 0;                                                                     // of them
};
PlanCounts counts_of(const PublicationPlan& plan);

std::string plan_json(const PublicationPlan& plan);
/// Throws LayoutError when the file is no plan of this format.
PublicationPlan plan_from_json(std::string_view text, const std::string& file_name);
std::string plan_text(const PublicationPlan& plan, Language language);

/// 「before」 → 「after」 on one line, long texts cut to where they differ.
std::string shown_change(const std::string& before, const std::string& after);

}  // namespace kokai
