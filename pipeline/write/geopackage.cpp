// SPDX-License-Identifier: Apache-2.0
// The GeoPackage sink. Buffer.bytes holds packed rows, Buffer.extra the entries of the index.
#include "write/geopackage.hpp"

#include "write/gpkg/geometry.hpp"
#include "write/hilbert.hpp"
#include "write/sql/names.hpp"

#include <cstring>
#include <utility>

namespace kokai {
namespace {

/// Stands before the index entries of a buffer.
struct ShapesSeen {
    Bounds bounds;
    std::uint32_t kinds = 0;
};

void append_raw(std::vector<std::byte>& out, const auto& value) {
    const auto* const bytes = reinterpret_cast<const std::byte*>(&value);
    out.insert(out.end(), bytes, bytes + sizeof value);
}

}  // namespace

GeoPackageSink::GeoPackageSink(GeoPackageOptions options) : options_(std::move(options)) {}

void GeoPackageSink::open(const Shape& shape) {
    shape_ = &shape;
    constexpr std::size_t added_columns = 2;
    check_column_count(shape, added_columns, options_.name);
    const std::vector<std::string> names = sqlite_column_names(shape);
    const std::string stem = std::filesystem::path(options_.name).stem().string();
    table_.name = sqlite_table_name(options_.table.empty() ? stem : options_.table);
    table_.id = free_column_name("fid", names);
    table_.geometry = free_column_name("geom", names);
    for (std::size_t i = 0; i < names.size(); ++i) {
        table_.columns.push_back({names[i], written_type(shape.columns[i])});
    }
    database_ = std::make_unique<SqliteDatabase>(options_.folder / options_.name, options_.name);
    create_geopackage(*database_, table_);
    inserter_.emplace(*database_, quoted_name(table_.name), added_columns + names.size());
    tree_.emplace(options_.folder);
    thread_ = std::make_unique<BufferThread>([this](const Buffer& buffer) { insert(buffer); }, [this] { finish(); });
}

void GeoPackageSink::encode(const Batch& batch, Buffer& buffer, Findings& findings) const {
    std::string& out = buffer.bytes;
    ShapesSeen seen;
    append_raw(buffer.extra, seen);
    std::uint64_t number = batch.first_written_row;
    for (std::size_t row = 0; row < batch.size(); ++row) {
        if (batch.states[row] != RowState::kept) {
            continue;
        }
        ++number;
        const Bounds bounds = bounds_of(batch.shapes, row);
        if (bounds.empty()) {
            continue;
        }
        const auto id = static_cast<std::int64_t>(number);
        pack_integer(out, id);
        const std::size_t blob = begin_blob(out);
        append_gpkg_geometry(out, batch.shapes, row, bounds);
        end_blob(out, blob);
        for (std::size_t i = 0; i < table_.columns.size(); ++i) {
            const Cell cell = batch.columns[i].cells[row];
            if (!pack_typed(out, cell, table_.columns[i].type)) {
                pack_null(out);
                findings.add(Code::number_left_out, batch, row, i, shape_->columns[i], cell, {}, "GeoPackage");
            }
        }
        append_raw(buffer.extra, TreeEntry{hilbert(bounds), id, tree_box(bounds)});
        seen.bounds.add(bounds);
        seen.kinds |= kind_bit(batch.shapes.kind(row));
        ++buffer.rows;
    }
    std::memcpy(buffer.extra.data(), &seen, sizeof seen);
}

void GeoPackageSink::append(Buffer&& buffer) {
    rows_ += buffer.rows;
    thread_->give(buffer);
}

void GeoPackageSink::insert(const Buffer& buffer) {
    inserter_->insert(buffer.bytes, buffer.rows);
    const std::byte* at = buffer.extra.data();
    ShapesSeen seen;
    std::memcpy(&seen, at, sizeof seen);
    bounds_.add(seen.bounds);
    kinds_ |= seen.kinds;
    at += sizeof seen;
    for (const std::byte* const end = buffer.extra.data() + buffer.extra.size(); at != end; at += sizeof(TreeEntry)) {
        TreeEntry entry;
        std::memcpy(&entry, at, sizeof entry);
        tree_->add(entry);
    }
}

void GeoPackageSink::finish() {
    inserter_.reset();
    describe_geopackage(
        *database_, table_,
        GpkgAbout{options_.title, options_.description, options_.license, options_.attribution, options_.modified},
        gpkg_geometry_type(kinds_), bounds_);
    tree_->write(*database_, table_.tree());
    tree_.reset();
    create_gpkg_triggers(*database_, table_);
    database_->close();
}

OutputFile GeoPackageSink::close() {
    thread_->finish();
    const WrittenFile written = adopt_file(options_.folder / options_.name, options_.name);
    return {"gpkg", options_.name, rows_, written.bytes, written.sha256};
}

}  // namespace kokai
