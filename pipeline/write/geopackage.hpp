// SPDX-License-Identifier: Apache-2.0
// GeoPackage 1.3: one feature table with a packed R-tree, in longitude and latitude (EPSG:4326). Only rows with a
// position; a row's `fid` is its number among all rows written, as in the CSV of the same table. Columns keep their
// names: when the data has a `fid` or `geom` of its own (in any case), the added columns become `fid_` and `geom_`. For
// two columns with one name see sql/names.hpp. A cell of a number column that is no number is NULL, with a finding.
#pragma once

#include "engine/stage.hpp"
#include "support/output_file.hpp"
#include "support/sqlite.hpp"
#include "write/gpkg/rtree.hpp"
#include "write/gpkg/schema.hpp"
#include "write/sql/buffer_thread.hpp"
#include "write/sql/cells.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace kokai {

struct GeoPackageOptions {
    std::filesystem::path folder;
    std::string name;   // file name
    std::string table;  // table name; the file name's stem when empty
    std::string title;
    std::string description;
    std::string license;
    std::string attribution;
    std::string modified;  // ISO date, for last_change
};

class GeoPackageSink final : public Sink {
public:
    explicit GeoPackageSink(GeoPackageOptions options);
    void open(const Shape& shape) override;
    void encode(const Batch& batch, Buffer& buffer, Findings& findings) const override;
    void append(Buffer&& buffer) override;
    OutputFile close() override;

private:
    void insert(const Buffer& buffer);
    void finish();

    GeoPackageOptions options_;
    const Shape* shape_ = nullptr;
    GpkgTable table_;
    std::uint64_t rows_ = 0;
    // Of the thread, from open() until close():
    std::unique_ptr<SqliteDatabase> database_;
    std::optional<RowInserter> inserter_;
    std::optional<PackedTree> tree_;
    Bounds bounds_;
    std::uint32_t kinds_ = 0;
    std::unique_ptr<BufferThread> thread_;  // last, so that it ends before what it works on
};

}  // namespace kokai
