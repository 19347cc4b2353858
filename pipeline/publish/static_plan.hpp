// SPDX-License-Identifier: Apache-2.0
// The three-way comparison of a static catalog: what is there now, what was last confirmed, what is local. Plain
// values.
#pragma once

#include "publish/plan.hpp"
#include "publish/site.hpp"
#include "publish/static_record.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace kokai {

struct StaticFacts {
    std::vector<SiteFile> site;                   // what would be published
    std::map<std::string, std::string> there;     // path -> digest now; a path that is not there is missing
    std::map<std::string, StaticRecord> records;  // by dataset
    /// By dataset and path: digests of what a killed run was putting there, or may have left of it.
    std::map<std::string, std::map<std::string, std::set<std::string>>> interrupted;
    std::map<std::string, std::string> editions;  // by dataset
};

/// One PlannedDataset an id that the facts name, sorted, what belongs to none last. `overwrite` as PublicationPlan has
/// it: paths, or `all`.
std::vector<PlannedDataset> static_plan(const StaticFacts& facts, const std::vector<std::string>& overwrite);

}  // namespace kokai
