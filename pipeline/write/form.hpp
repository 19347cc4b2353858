// SPDX-License-Identifier: Apache-2.0
// An empty form for one table of a standard, as a workbook for people: the official header, drop-downs, a note at every
// column. The example stands on a sheet of its own, 記入例, which the reader takes for no data: left in, it is never
// published.
#pragma once

#include "model/schema.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace kokai {

/// The name of the sheet with the example row.
inline constexpr std::string_view example_sheet = "記入例";

/// Whole or absent; `shown` is how messages name the file. Throws WorldError.
void write_form(const Schema& schema, const std::filesystem::path& path, const std::string& shown);

/// What the note at a column says, in Japanese: what an empty cell comes to, form, words, example.
std::string note_of(const Field& field);

}  // namespace kokai
