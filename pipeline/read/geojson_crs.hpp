// SPDX-License-Identifier: Apache-2.0
// The `crs` member that GeoJSON had before RFC 7946. GDAL takes a name that it does not know for no name at all.
#pragma once

#include "support/file.hpp"

#include <string>

namespace kokai {

/// crs.properties.name of a collection, as it stands; empty where there is none.
std::string geojson_crs_name(const InputFile& file);

}  // namespace kokai
