// SPDX-License-Identifier: Apache-2.0
// Which features of a GeoJSON say that they have a shape. GDAL gives none, without a word, for a shape that it cannot
// read (coordinates as text, NaN, a misspelt type); this pass tells these from features that honestly have none.
#pragma once

#include "support/file.hpp"

#include <cstddef>
#include <vector>

namespace kokai {

/// One entry a feature, in the order of the file. Reads the file once, in constant memory but for one bit a feature.
std::vector<bool> features_with_coordinates(const InputFile& file);
/// The same of features one a line, or each behind a record separator (RFC 8142).
std::vector<bool> lines_with_coordinates(const InputFile& file);
/// Of such a file the line where the first feature begins that is no JSON; 0 = none.
std::size_t first_broken_line(const InputFile& file);

}  // namespace kokai
