// SPDX-License-Identifier: Apache-2.0
#include "command/position_cells.hpp"

#include "locate/convert_positions.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace kokai {
namespace {

const ColumnInfo* column_named(const Shape& shape, const std::string& name) {
    const std::size_t at = name.empty() ? Shape::npos : shape.find(name);
    return at == Shape::npos ? nullptr : &shape.columns[at];
}

bool is_filled(const ColumnInfo* column) {
    return column != nullptr && (!column->from.empty() || column->made);
}

bool is_same_column(const SourceColumn& one, const SourceColumn& other) {
    return one.source == other.source && one.number == other.number && one.header == other.header;
}

/// The column of the source that both are made of; null where each has one of its own.
std::optional<PositionCellColumn> shared_cell(const TableSpec& table, const Shape& read, const Shape& mapped,
                                              const SampledSource& sampled, const PositionColumns& position) {
    const ColumnInfo* const latitude = column_named(mapped, position.latitude);
    const ColumnInfo* const longitude = column_named(mapped, position.longitude);
    if (latitude == nullptr || longitude == nullptr) {
        return std::nullopt;
    }
    const auto is_shared = [&](const SourceColumn& one) {
        return std::any_of(longitude->from.begin(), longitude->from.end(),
                           [&](const SourceColumn& other) { return is_same_column(one, other); });
    };
    const auto shared = std::find_if(latitude->from.begin(), latitude->from.end(), is_shared);
    if (shared == latitude->from.end()) {
        return std::nullopt;
    }
    PositionCellColumn found{shared->header};
    for (const Batch* const batch : sampled.samples()) {
        for (std::size_t i = 0; i < read.columns.size() && i < batch->columns.size(); ++i) {
            const std::vector<SourceColumn>& from = read.columns[i].from;
            const bool here = std::any_of(from.begin(), from.end(),
                                          [&](const SourceColumn& one) { return is_same_column(one, *shared); });
            if (const auto one = here ? position_cell_column(shared->header, batch->columns[i].cells) : std::nullopt) {
                found = *one;
            }
        }
    }
    const auto group_of = [&](const std::string& field) {
        const auto spec = std::find_if(table.columns.begin(), table.columns.end(),
                                       [&](const ColumnSpec& one) { return one.field == field; });
        return spec == table.columns.end() || spec->pattern.empty() ? 0 : spec->group;
    };
    const int first = group_of(latitude->name);
    const int second = group_of(longitude->name);
    if (first != 0 && second != 0) {  // as dataset.json parts it
        found.turned = first > second;
    }
    return found;
}

/// The one of the first source that has one, whatever its header: in a table without other position columns.
std::optional<PositionCellColumn> only_cell(const Shape& read, const Shape& mapped, const SampledSource& sampled) {
    for (const Batch* const batch : sampled.samples()) {
        auto cell = leaves_rows_to_columns(*batch) ? find_position_cell(read, batch) : std::nullopt;
        if (cell && mapped.find(cell->name) != Shape::npos) {
            return cell;
        }
    }
    return std::nullopt;
}

std::optional<PositionCellColumn> cell_beside(const Shape& read, const Shape& mapped, const SampledSource& sampled) {
    for (const Batch* const batch : sampled.samples()) {
        auto cell = leaves_rows_to_columns(*batch) ? find_position_cell(read, batch) : std::nullopt;
        if (cell && is_position_cell_header(cell->name) && mapped.find(cell->name) != Shape::npos) {
            return cell;
        }
    }
    return std::nullopt;
}

}  // namespace

std::optional<PositionCellUse> position_cell_of(const TableSpec& table, const Shape& read, const Shape& mapped,
                                                const Schema* schema, const SampledSource& sampled,
                                                const PositionColumns& position) {
    const PositionColumns wanted = position.latitude.empty() ? PositionColumns{"緯度", "経度"} : position;
    if (auto cell = shared_cell(table, read, mapped, sampled, position)) {
        return PositionCellUse{std::move(*cell), position.latitude, position.longitude};
    }
    if (schema != nullptr && schema->latitude.empty()) {
        return std::nullopt;
    }
    const bool north = is_filled(column_named(mapped, wanted.latitude));
    const bool east = is_filled(column_named(mapped, wanted.longitude));
    const bool plane = !north && !east && find_plane_columns(mapped).has_value();
    if (!north && !east && !plane) {
        auto cell = only_cell(read, mapped, sampled);
        return cell ? std::optional(PositionCellUse{std::move(*cell), wanted.latitude, wanted.longitude})
                    : std::nullopt;
    }
    auto cell = plane || (north && east) ? cell_beside(read, mapped, sampled) : std::nullopt;
    if (!cell) {
        return std::nullopt;
    }
    PositionCellUse use{*cell, cell->name + "_緯度", cell->name + "_経度", true};
    const bool is_new = mapped.find(use.latitude) == Shape::npos && mapped.find(use.longitude) == Shape::npos;
    return is_new ? std::optional(std::move(use)) : std::nullopt;
}

}  // namespace kokai
