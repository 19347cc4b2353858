// SPDX-License-Identifier: Apache-2.0
// Names that SQLite takes. It does not tell `Name` from `name`, so the second of two columns that differ only so (or
// not at all) is written as `name_2`; a column without a name is `column_` and its number. Everything else keeps its
// name.
#pragma once

#include "model/batch.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kokai {

/// The columns' names in the database, in their order.
std::vector<std::string> sqlite_column_names(const Shape& shape);

/// `wanted`, or with as many `_` behind it as it takes to differ from `names`: for the columns that a format adds, so
/// that a column of the data with the same name keeps it.
std::string free_column_name(std::string wanted, std::span<const std::string> names);

/// A table's name; `table_` before it when SQLite or GeoPackage keep names that begin so for themselves (sqlite_,
/// gpkg_, rtree_) or when it is `taken`.
std::string sqlite_table_name(std::string_view wanted, std::string_view taken = {});

/// Throws when the table has more columns than SQLite takes; `added` are the format's own.
void check_column_count(const Shape& shape, std::size_t added, const std::string& shown);

}  // namespace kokai
