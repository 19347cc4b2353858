// SPDX-License-Identifier: Apache-2.0
// Whether two sheets of a workbook list the same things, and which of them is the one to publish: by their names
// (旧一覧, 一覧 (2), 令和5年度) and by the records on them.
#pragma once

#include "read/table_layout.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kokai {

/// 旧一覧, バックアップ, 控え, コピー, 廃止施設: not what is true today.
bool names_outdated_sheet(std::string_view name);
/// The day that a name speaks of, as 20240401; 令和6年度 is 20240000, 5月 is 500. 0 = none.
std::uint32_t day_in_sheet_name(std::string_view name);
/// 一覧 for 一覧 (2); empty for a name that is no copy's.
std::string_view copied_sheet_name(std::string_view name);

/// One number a record of a list of places: its name and address. Sorted; empty where the same place may rightly stand
/// twice (events, figures by year).
std::vector<std::uint64_t> record_keys(const Grid& grid, const TableLayout& layout);
/// Half of the smaller list stands in the other one.
bool mostly_same(const std::vector<std::uint64_t>& one, const std::vector<std::uint64_t>& other);

/// Whether both tables are lists of places, whatever words their headers use.
bool same_kind(const TableLayout& one, const TableLayout& other);

}  // namespace kokai
