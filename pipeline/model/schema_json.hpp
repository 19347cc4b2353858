// SPDX-License-Identifier: Apache-2.0
// A schema file (schemas/<standard>/<name>.json) to Schema, and a schema back to the JSON that `kokai schemas --json`
// prints.
#pragma once

#include "model/error.hpp"
#include "model/schema.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace kokai {

/// Takes what fits and adds every mistake with its JSON pointer: unknown words and keys (with a suggestion), missing
/// and doubled names, aliases that meet another field, patterns that RE2 does not take, keys and positions that are no
/// field.
Schema parse_schema(std::string_view json_text, std::string_view file_name, std::vector<Mistake>& mistakes);

/// The `fields` array: `[{"name":…,"requirement":…,"type":…,…}]`, on one line. `requirement` is the standard's own
/// word, `level` what the program makes of it; keys that say nothing (no unit, no pattern) are left out.
std::string schema_fields_json(const Schema& schema);

}  // namespace kokai
