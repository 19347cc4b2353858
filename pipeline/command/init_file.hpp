// SPDX-License-Identifier: Apache-2.0
// What `kokai init` proposes, as the text of a dataset.json.
#pragma once

#include "map/propose.hpp"
#include "model/schema.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace kokai {

struct InitQuestion {
    std::string column, field;  // empty: about the table
    double confidence = 0.0;
    Evidence evidence;
    Evidence sentence;
};

struct InitProposal {
    std::string id;
    std::string publisher;
    const Schema* schema = nullptr;
    std::string schema_id;  // or none; empty: undecided
    Evidence why;
    std::vector<std::string> headers;
    std::vector<Proposal> accepted;
    std::vector<std::string> unmapped;
    std::vector<InitQuestion> questions;
    std::string file, sheet, encoding, crs;
    std::uint32_t header_row = 0;
};

/// `schemas`: where the names of municipalities stand.
std::string dataset_file(const InitProposal& proposal, const std::filesystem::path& schemas);

}  // namespace kokai
