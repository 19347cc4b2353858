// SPDX-License-Identifier: Apache-2.0
// Of a schema's file only what its fields are called: enough to know which headers mean what over all standards, and a
// tenth of the work of reading the rest.
#pragma once

#include "model/schema.hpp"

#include <optional>
#include <string_view>

namespace kokai {

/// A schema whose fields have name, English name and aliases and nothing else. None for what parse_schema() would have
/// a word to say about these.
std::optional<Schema> read_schema_names(std::string_view json_text);

}  // namespace kokai
