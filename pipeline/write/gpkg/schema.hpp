// SPDX-License-Identifier: Apache-2.0
// The tables that make a SQLite file a GeoPackage 1.3 with one feature table, its R-tree extension and its metadata.
#pragma once

#include "support/sqlite.hpp"
#include "write/bounds.hpp"
#include "write/written_type.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace kokai {

/// The feature table, under the names that it has in the file.
struct GpkgTable {
    struct Column {
        std::string name;
        WrittenType type = WrittenType::text;
    };

    std::string name, id, geometry;
    std::vector<Column> columns;

    [[nodiscard]] std::string tree() const { return "rtree_" + name + "_" + geometry; }
    /// The statement that makes it; `geometry_type` is POINT … GEOMETRY.
    [[nodiscard]] std::string sql(const std::string& geometry_type) const;
};

/// What the metadata says; empty members are left out.
struct GpkgAbout {
    std::string title, description, license, attribution;
    std::string modified;  // ISO date; anything else is written as 1970-01-01, never as the clock
};

/// The reference systems, the other tables of the standard, and the feature table, still empty.
void create_geopackage(SqliteDatabase& database, const GpkgTable& table);
/// What is known after the rows: the kind of geometry, the box, the extensions, the metadata; and the R-tree, empty.
void describe_geopackage(SqliteDatabase& database, const GpkgTable& table, const GpkgAbout& about,
                         const std::string& geometry_type, const Bounds& bounds);
/// The triggers that keep the R-tree right when somebody edits the table. After its rows.
void create_gpkg_triggers(SqliteDatabase& database, const GpkgTable& table);

}  // namespace kokai
