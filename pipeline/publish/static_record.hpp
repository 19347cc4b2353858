// SPDX-License-Identifier: Apache-2.0
// What was confirmed at a target of the static catalog: the edition with the words that its indexes need, and every
// file with its digest and the version that the place gave it.
#pragma once

#include "describe/catalog_entry.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace kokai {

struct RecordedFile {
    std::uint64_t bytes = 0;
    std::string sha256, version;
};

struct StaticRecord {
    std::optional<CatalogEntry> entry;  // with `kept`; none of what belongs to no dataset
    std::map<std::string, RecordedFile> files;
};

std::string to_json_text(const StaticRecord& record);
/// Nothing when the text is no record: the target is then looked at file by file.
std::optional<StaticRecord> static_record_from(const std::string& text);

}  // namespace kokai
