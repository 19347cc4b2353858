// SPDX-License-Identifier: Apache-2.0
// The department's own workbook with its problems marked. The package is patched, never written anew: values, formulas,
// drop-downs, pictures, macros and every sheet without findings are the same bytes as before.
#pragma once

#include "write/annotate/remarks.hpp"

#include <filesystem>
#include <string>

namespace kokai {

/// Writes `<stem>.xlsx` (or .xlsm …: as the workbook's content type says) into `folder` and gives the file's name.
/// Throws PatchDoubt, or WorldError from reading the package, when it cannot be done safely; no file is left then.
std::string write_annotated(const std::filesystem::path& source, const RemarkList& list,
                            const std::filesystem::path& folder, const std::string& stem);

}  // namespace kokai
