// SPDX-License-Identifier: Apache-2.0
// What a file that claims to be a workbook really is, in words that a clerk can act on.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace kokai {

/// Looks at the first bytes. Throws WorldError for anything that is no zip archive: empty, HTML, CSV, old Office …
void refuse_other_kinds_than_zip(const std::filesystem::path& path, const std::string& shown);

/// Whether an OLE2 file, perhaps a broken one, names what a password makes of an .xlsx.
bool names_encrypted_package(const std::filesystem::path& path, const std::string& shown);

/// A zip archive without a workbook in it: names what it holds instead (Word, PowerPoint, .xlsb, plain
/// zip).
[[noreturn]] void refuse_other_package(const std::vector<std::string>& part_names, const std::string& shown);

}  // namespace kokai
