// SPDX-License-Identifier: Apache-2.0
// Buffer.bytes holds, class by class, the .shp records and then the packed .dbf cells of a batch; Buffer.extra says how
// much of each.
#include "write/shapefile.hpp"

#include "model/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

namespace kokai {
namespace {

constexpr std::string_view zip_ending = ".shp.zip";

struct ClassNames {
    std::string_view ending, ja, en;
};

constexpr std::array<ClassNames, shp_class_count> class_names{{{"_point", "点", "points"},
                                                               {"_multipoint", "複数の点", "multipoints"},
                                                               {"_line", "線", "lines"},
                                                               {"_polygon", "面", "polygons"}}};

/// NUL ends a text in many readers of .dbf files.
std::string without_nul(std::string_view text) {
    std::string shown;
    for (const char letter : text) {
        if (letter == '\0') {
            shown += "\xEF\xBF\xBD";
        } else {
            shown += letter;
        }
    }
    return shown;
}

template <typename Value>
void put(std::vector<std::byte>& bytes, std::span<const Value> values) {
    static_assert(std::is_trivially_copyable_v<Value>);
    const auto raw = std::as_bytes(values);
    bytes.insert(bytes.end(), raw.begin(), raw.end());
}

}  // namespace

void tell_columns_left_out(const Shape& shape, Findings& findings) {
    std::string names;
    for (std::size_t i = dbf_field_limit; i < shape.columns.size(); ++i) {
        names += (names.empty() ? "" : "、") + shape.columns[i].name;
    }
    if (shape.columns.size() > dbf_field_limit) {
        findings.add(Code::columns_left_out_of_shapefile, {}, names);
    }
}

ShapefileSink::ShapefileSink(ShapefileOptions options) : options_(std::move(options)) {}

void ShapefileSink::open(const Shape& shape) {
    shape_ = &shape;
    const std::span<const ColumnInfo> columns(shape.columns);
    const auto held = columns.first(std::min(columns.size(), dbf_field_limit));
    std::vector<std::string> names = dbf_names(held);
    for (std::size_t i = 0; i < held.size(); ++i) {
        fields_.push_back({std::move(names[i]), written_type(held[i]), {}});
    }
    file_.emplace(options_.folder / options_.name, options_.name);
}

void ShapefileSink::encode(const Batch& batch, Buffer& buffer, Findings& findings) const {
    std::array<std::string, shp_class_count> shapes;
    std::array<std::string, shp_class_count> cells;
    std::vector<DbfWidth> widths(fields_.size());
    Summary summary;
    for (std::size_t row = 0; row < batch.size(); ++row) {
        if (batch.states[row] != RowState::kept) {
            continue;
        }
        const Bounds bounds = bounds_of(batch.shapes, row);
        if (bounds.empty()) {
            ++summary.losses.rows_without_shape;
            continue;
        }
        const auto index = static_cast<std::size_t>(shp_class_of(batch.shapes.kind(row)));
        append_shp_record(shapes[index], batch.shapes, row, bounds);
        pack_row(batch, row, cells[index], widths, summary.losses, findings);
        ++summary.classes[index].rows;
        summary.classes[index].bounds.add(bounds);
        ++buffer.rows;
    }
    for (std::size_t i = 0; i < shp_class_count; ++i) {
        summary.classes[i].shape_bytes = shapes[i].size();
        summary.classes[i].cell_bytes = cells[i].size();
        buffer.bytes += shapes[i];
        buffer.bytes += cells[i];
    }
    put(buffer.extra, std::span<const Summary>(&summary, 1));
    put(buffer.extra, std::span<const DbfWidth>(widths));
}

void ShapefileSink::pack_row(const Batch& batch, std::size_t row, std::string& packed, std::vector<DbfWidth>& widths,
                             Losses& losses, Findings& findings) const {
    for (std::size_t i = 0; i < fields_.size(); ++i) {
        const WrittenType type = fields_[i].type;
        Cell text = batch.columns[i].cells[row];
        std::string repaired;
        if (type != WrittenType::text) {
            if (!text.empty() && !is_dbf_number(text, type)) {
                findings.add(Code::number_left_out, batch, row, i, shape_->columns[i], text, {}, "Shapefile");
                ++losses.numbers_left_out;
                text = {};
            }
        } else {
            if (text.find('\0') != Cell::npos) {
                repaired = without_nul(text);
                text = repaired;
            }
            if (text.size() > dbf_text_limit) {
                findings.add(Code::value_cut_in_shapefile, batch, row, i, shape_->columns[i],
                             findings.keep(std::to_string(text.size())));
                ++losses.values_cut;
                text = utf8_prefix(text, dbf_text_limit);
            }
        }
        pack_dbf_cell(packed, text, type, widths[i]);
    }
}

void ShapefileSink::require_room(const std::string& part, std::uint64_t bytes) const {
    if (bytes > options_.part_limit) {
        throw WorldError(options_.name,
                         fmt::format("Shapefile の {} は 2 GB までのため、この表は入りません。FlatGeobuf か GeoPackage "
                                     "を使ってください: {}",
                                     part, options_.name),
                         fmt::format("a Shapefile's {} holds at most 2 GB, too little for this table: use FlatGeobuf "
                                     "or GeoPackage: {}",
                                     part, options_.name));
    }
}

void ShapefileSink::append(Buffer&& buffer) {
    Summary summary;
    std::memcpy(&summary, buffer.extra.data(), sizeof summary);
    for (std::size_t i = 0; i < fields_.size(); ++i) {
        DbfWidth width;
        std::memcpy(&width, buffer.extra.data() + sizeof summary + i * sizeof width, sizeof width);
        fields_[i].width.widen(width);
    }
    std::span<char> left(buffer.bytes);
    for (std::size_t i = 0; i < shp_class_count; ++i) {
        const Summary::PerClass& batch = summary.classes[i];
        if (batch.rows == 0) {
            continue;
        }
        if (!layers_[i]) {
            layers_[i].emplace(static_cast<ShpClass>(i), options_.folder);
        }
        require_room(".shp", layers_[i]->shp_size() + batch.shape_bytes);
        const std::span<char> shapes = left.first(batch.shape_bytes);
        const std::span<char> cells = left.subspan(batch.shape_bytes, batch.cell_bytes);
        layers_[i]->add(shapes, {cells.data(), cells.size()}, batch.rows, batch.bounds);
        left = left.subspan(batch.shape_bytes + batch.cell_bytes);
    }
    for (const std::optional<ShapefileLayer>& layer : layers_) {
        if (layer) {
            require_room(".dbf", dbf_file_size(fields_, layer->rows()));
        }
    }
    losses_.rows_without_shape += summary.losses.rows_without_shape;
    losses_.values_cut += summary.losses.values_cut;
    losses_.numbers_left_out += summary.losses.numbers_left_out;
    rows_ += buffer.rows;
}

OutputFile ShapefileSink::close() {
    const auto classes = std::count_if(layers_.begin(), layers_.end(), [](const auto& layer) { return bool(layer); });
    if (classes == 0) {
        layers_.front().emplace(ShpClass::point, options_.folder);  // readers want a layer, even of no rows
    }
    std::string stem = std::filesystem::path(options_.name).filename().string();
    if (stem.ends_with(zip_ending)) {
        stem.erase(stem.size() - zip_ending.size());
    }
    ShapefileNotes notes{options_.title,
                         options_.license,
                         options_.attribution,
                         options_.modified,
                         {},
                         losses_.rows_without_shape,
                         losses_.values_cut,
                         losses_.numbers_left_out,
                         shape_->columns.size() - fields_.size()};
    ZipWriter zip(*file_, options_.name);
    for (std::size_t i = 0; i < shp_class_count; ++i) {
        if (!layers_[i]) {
            continue;
        }
        const std::string file = classes > 1 ? stem + std::string(class_names[i].ending) : stem;
        layers_[i]->write(zip, file, fields_, options_.modified);
        zip.add(file + ".prj", shapefile_prj);
        zip.add(file + ".cpg", "UTF-8");
        notes.layers.push_back(
            {file, std::string(class_names[i].ja), std::string(class_names[i].en), layers_[i]->rows()});
        layers_[i].reset();  // its scratch files are the size of the output
    }
    zip.add("fields.csv", shapefile_fields_csv(fields_, shape_->columns));
    zip.add("README.txt", shapefile_readme(notes));
    zip.finish();
    const WrittenFile written = file_->finish();
    return {"shp", options_.name, rows_, written.bytes, written.sha256};
}

}  // namespace kokai
