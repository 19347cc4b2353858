// SPDX-License-Identifier: Apache-2.0
// Inside kokai_gdal.so: attributes as text.
#pragma once

#include <ogr_feature.h>

#include <cstdint>
#include <vector>

namespace kokai {

/// What a text of GDAL's may have been in the file.
enum class GisTexts : std::uint8_t { are_texts, may_be_numbers };

void append_gis_number(std::vector<char>& out, std::int64_t number);
/// A value as the file holds it: no added decimals, no lost zeros. Nothing where there is none.
void append_gis_value(std::vector<char>& out, const OGRFeature& feature, int field, const OGRFieldDefn& definition,
                      GisTexts texts);

}  // namespace kokai
