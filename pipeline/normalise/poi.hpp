// SPDX-License-Identifier: Apache-2.0
// POIコード (GIF 491-3-1): four digits, and the code that a facility's name speaks for. A name only proposes.
#pragma once

#include "normalise/normalised.hpp"

#include <string>
#include <string_view>

namespace kokai {

/// 0801, 801 (lost zero), the name of a kind (公民館, 公衆トイレ) or of a facility (中央公民館). Flags: `empty`,
/// `poi:公民館` (what the code means, where words were given), `warn:leading-zero-restored`, `warn:proposal` (read from
/// a facility's name: somebody should look), `candidate:0611 庭園` with `error:ambiguous`, `error:unknown-code`,
/// `error:not-a-poi`.
Normalised normalise_poi(std::string_view input);
/// Four digits that the table has.
bool is_clean_poi(std::string_view text);

/// For a column of codes: digits, and names of kinds; a facility's name is no code.
Normalised normalise_poi_code(std::string_view input);

/// 「1307 公民館」 for 中央公民館, empty when the name says nothing certain.
std::string propose_poi(std::string_view facility_name);

}  // namespace kokai
