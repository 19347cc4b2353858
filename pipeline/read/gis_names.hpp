// SPDX-License-Identifier: Apache-2.0
// 国土数値情報 calls its columns P29_004; what that means stands in tables, an edition of the dataset each: in one it
// is the kind of school, in another its name. A name is given only where one edition fits the values.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kokai {

/// P29_004, A18s_001 …
bool is_generic_name(std::string_view name);

/// The names of all columns, those that are generic replaced; nothing when no edition (or more than one that differ)
/// fits. `samples[i]`: some values of column i. `table`: schemas/reference/ksj-fields.csv.
std::optional<std::vector<std::string>> names_by_table(const std::filesystem::path& table,
                                                       const std::vector<std::string>& names,
                                                       const std::vector<std::vector<std::string>>& samples);

}  // namespace kokai
