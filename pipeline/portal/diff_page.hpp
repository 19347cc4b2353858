// SPDX-License-Identifier: Apache-2.0
// A comparison as a page: read without a script and on paper; with a map where places changed and npm's packages are
// there.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <filesystem>
#include <string>

namespace kokai {

/// The page of a document of publish/diff_json. `places_bytes` is the size of places.geojson beside it; 0 = no map.
std::string diff_html(const nlohmann::ordered_json& document, std::size_t places_bytes);

/// Writes diff.json, diff.html and, for `features` (GeoJSON features with commas between), places.geojson and the
/// assets of the map into `folder`, which is made; other files in it stay.
void write_diff_page(const std::filesystem::path& folder, const nlohmann::ordered_json& document,
                     const std::string& features, const std::filesystem::path& portal_folder);

}  // namespace kokai
