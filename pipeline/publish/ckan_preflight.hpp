// SPDX-License-Identifier: Apache-2.0
// CKAN's rules, looked at before a byte is sent: each mistake with its place in dataset.json and how to mend it.
#pragma once

#include "describe/catalog_entry.hpp"
#include "model/error.hpp"
#include "publish/targets.hpp"

#include <string_view>
#include <vector>

namespace kokai {

std::vector<Mistake> ckan_preflight(const CatalogEntry& entry, const TargetSpec& spec);

/// Why CKAN would refuse a tag (in its form C), in Japanese and English; both empty when it takes it.
struct TagProblem {
    std::string ja, en;
};
TagProblem tag_problem(std::string_view tag);

}  // namespace kokai
