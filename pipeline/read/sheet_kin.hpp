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

/// 旧一覧, バックアップ, 一覧のコピー, 公園_控え: an older state or a copy of what stands elsewhere. Whole words only.
bool names_old_sheet(std::string_view name);
/// 廃止施設, 非公開: not to be published, whatever stands on it. Whole words only.
bool names_unpublished_sheet(std::string_view name);

/// 公園一覧 令和6年4月 is 公園一覧 of 20240400. Without a year the day is 0.
struct DatedName {
    std::string stem;
    std::uint32_t day = 0;
    [[nodiscard]] std::uint32_t year() const { return day / 10'000; }
};
DatedName dated_sheet_name(std::string_view name);
/// 一覧 for 一覧 (2); empty for a name that is no copy's.
std::string_view copied_sheet_name(std::string_view name);

/// One number a record, sorted; what stands twice is in it twice.
struct SheetRecords {
    std::vector<std::uint64_t> places;  // name and address, without one phone and position; empty for other things
    std::vector<std::uint64_t> whole;   // every column but running numbers, and phones and links beside an address
};
SheetRecords records_of(const Grid& grid, const TableLayout& layout);
/// How many records stand in both.
std::size_t shared(const std::vector<std::uint64_t>& one, const std::vector<std::uint64_t>& other);

/// Whether both tables are lists of places, whatever words their headers use.
bool same_kind(const TableLayout& one, const TableLayout& other);

}  // namespace kokai
