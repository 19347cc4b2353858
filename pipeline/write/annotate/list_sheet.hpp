// SPDX-License-Identifier: Apache-2.0
// The sheet 確認結果: every finding of a file in one list, errors first. As XML for a workbook that is patched, as a
// workbook of its own for everything else.
#pragma once

#include "write/annotate/remarks.hpp"
#include "write/annotate/styles.hpp"

#include <filesystem>
#include <functional>
#include <string>

namespace kokai {

constexpr std::string_view list_sheet_name = "確認結果";

/// The XML of the sheet. `cell_of` gives the cell that a remark links to as `'一覧'!C14`, or nothing.
std::string list_sheet_xml(const RemarkList& list, const StyleBook& styles,
                           const std::function<std::string(const Remark&)>& link_of);

/// findings.xlsx.
void write_findings_book(const std::filesystem::path& path, const std::string& shown, const RemarkList& list);

}  // namespace kokai
