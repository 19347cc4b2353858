// SPDX-License-Identifier: Apache-2.0
// Buffer.bytes holds, class by class, the .shp records and then the packed .dbf cells of a batch; Buffer.extra says how
// much of each.
#include "write/shp/layers.hpp"

#include "model/error.hpp"
#include "write/text/cp932.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

namespace kokai {
namespace {

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

ShapefileLayers::ShapefileLayers(std::filesystem::path folder, std::string shown, std::uint64_t part_limit,
                                 ShapefileForm form)
    : folder_(std::move(folder)), shown_(std::move(shown)), part_limit_(part_limit), form_(std::move(form)) {}

void ShapefileLayers::open(const Shape& shape) {
    shape_ = &shape;
    const std::span<const ColumnInfo> columns(shape.columns);
    const auto held = columns.first(std::min(columns.size(), dbf_field_limit));
    std::vector<std::string> names = form_.names ? form_.names(held) : dbf_names(held);
    for (std::size_t i = 0; i < held.size(); ++i) {
        fields_.push_back({std::move(names[i]), written_type(held[i]), {}});
    }
}

void ShapefileLayers::encode(const Batch& batch, Buffer& buffer, Findings& findings) const {
    std::array<std::string, shp_class_count> shapes;
    std::array<std::string, shp_class_count> cells;
    std::vector<DbfWidth> widths(fields_.size());
    Summary summary;
    Geometries projected;
    if (form_.projector != nullptr) {
        projected = batch.shapes;
        form_.projector->project(projected.coordinates());
    }
    const Geometries& shapes_of_rows = form_.projector != nullptr ? projected : batch.shapes;
    for (std::size_t row = 0; row < batch.size(); ++row) {
        if (batch.states[row] != RowState::kept) {
            continue;
        }
        const Bounds bounds = bounds_of(shapes_of_rows, row);
        if (bounds.empty()) {
            ++summary.losses.rows_without_shape;
            continue;
        }
        const auto index = static_cast<std::size_t>(shp_class_of(shapes_of_rows.kind(row)));
        append_shp_record(shapes[index], shapes_of_rows, row, bounds);
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

void ShapefileLayers::pack_row(const Batch& batch, std::size_t row, std::string& packed, std::vector<DbfWidth>& widths,
                               Losses& losses, Findings& findings) const {
    for (std::size_t i = 0; i < fields_.size(); ++i) {
        const WrittenType type = fields_[i].type;
        Cell text = batch.columns[i].cells[row];
        std::string repaired;
        if (type != WrittenType::text) {
            if (const auto number = dbf_number(text, type, repaired); number || text.empty()) {
                text = number.value_or(Cell{});
            } else {
                findings.add(Code::number_left_out, batch, row, i, shape_->columns[i], text, {}, form_.format);
                ++losses.numbers_left_out;
                text = {};
            }
        } else {
            if (text.find('\0') != Cell::npos) {
                repaired = without_nul(text);
                text = repaired;
            }
            if (form_.encoding == DbfText::cp932) {
                std::string bytes;
                append_cp932(bytes, text);  // who writes CP932 tells what it does not have
                repaired = std::move(bytes);
                text = repaired;
            }
            if (text.size() > dbf_text_limit) {
                findings.add(Code::value_cut_in_shapefile, batch, row, i, shape_->columns[i],
                             findings.keep(std::to_string(text.size())), {},
                             form_.encoding == DbfText::cp932 ? "127, CP932" : "84, UTF-8");
                ++losses.values_cut;
                text = form_.encoding == DbfText::cp932 ? cp932_prefix(text, dbf_text_limit)
                                                        : utf8_prefix(text, dbf_text_limit);
            }
        }
        pack_dbf_cell(packed, text, type, widths[i]);
    }
}

void ShapefileLayers::require_room(const std::string& part, std::uint64_t bytes) const {
    if (bytes > part_limit_) {
        throw WorldError(shown_,
                         fmt::format("Shapefile の {} は 2 GB までのため、この表は入りません。FlatGeobuf か GeoPackage "
                                     "を使ってください: {}",
                                     part, shown_),
                         fmt::format("a Shapefile's {} holds at most 2 GB, too little for this table: use FlatGeobuf "
                                     "or GeoPackage: {}",
                                     part, shown_));
    }
}

void ShapefileLayers::append(Buffer&& buffer) {
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
            layers_[i].emplace(static_cast<ShpClass>(i), folder_);
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

void ShapefileLayers::write(ZipWriter& zip, const std::string& stem, const std::string& modified,
                            ShapefileNotes& notes) {
    const auto classes = std::count_if(layers_.begin(), layers_.end(), [](const auto& layer) { return bool(layer); });
    if (classes == 0) {
        layers_.front().emplace(ShpClass::point, folder_);  // readers want a layer, even of no rows
    }
    notes.rows_without_shape = losses_.rows_without_shape;
    notes.values_cut = losses_.values_cut;
    notes.numbers_left_out = losses_.numbers_left_out;
    notes.fields_left_out = shape_->columns.size() - fields_.size();
    for (std::size_t i = 0; i < shp_class_count; ++i) {
        if (!layers_[i]) {
            continue;
        }
        const std::string file = classes > 1 ? stem + std::string(class_names[i].ending) : stem;
        layers_[i]->write(zip, file, fields_, modified);
        zip.add(file + ".prj", form_.prj);
        zip.add(file + ".cpg", form_.encoding == DbfText::cp932 ? "CP932" : "UTF-8");
        notes.layers.push_back(
            {file, std::string(class_names[i].ja), std::string(class_names[i].en), layers_[i]->rows()});
        layers_[i].reset();  // its scratch files are the size of the output
    }
}

}  // namespace kokai
