// SPDX-License-Identifier: Apache-2.0
#include "command/position_pairs.hpp"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

namespace kokai {
namespace {

const ColumnInfo* column_named(const Shape& shape, const std::string& name) {
    const std::size_t at = name.empty() ? Shape::npos : shape.find(name);
    return at == Shape::npos ? nullptr : &shape.columns[at];
}

/// The header in one source, or in the first that has one.
std::string header_of(const ColumnInfo& column, std::size_t source = Shape::npos) {
    for (const SourceColumn& one : column.from) {
        if (one.source == source) {
            return one.header;
        }
    }
    return column.from.empty() ? column.name : column.from.front().header;
}

/// Whether each source fills the column from one column of its own.
bool is_one_of_each(const ColumnInfo& column) {
    const std::vector<SourceColumn>& from = column.from;
    for (std::size_t i = 1; i < from.size(); ++i) {
        for (std::size_t before = 0; before < i; ++before) {
            if (from[before].source == from[i].source) {
                return false;
            }
        }
    }
    return !from.empty();
}

/// Degrees of an older datum under a header that says so keep their columns; those of today go beside them.
void put_beside(PositionPair& pair, const Shape& mapped) {
    const PositionHeader says = both_of(read_position_header(pair.first), read_position_header(pair.second));
    const PositionPair beside;
    const bool older = says.datum && *says.datum != Datum::jgd2011;
    const bool plain =
        column_named(mapped, pair.first)->field == nullptr && column_named(mapped, pair.second)->field == nullptr;
    if (older && plain && column_named(mapped, beside.latitude) == nullptr &&
        column_named(mapped, beside.longitude) == nullptr) {
        pair.latitude = beside.latitude;
        pair.longitude = beside.longitude;
    }
}

PositionPair main_of(const ColumnInfo& latitude, const ColumnInfo& longitude, const Shape& mapped,
                     const std::optional<PositionCellUse>& cell) {
    PositionPair pair{latitude.name, longitude.name, AxisNames::latitude_longitude, latitude.name, longitude.name};
    if (cell && !cell->fills) {
        pair.names = cell->column.names;
        return pair;
    }
    const PositionHeader north = read_position_header(header_of(latitude));
    const PositionHeader east = read_position_header(header_of(longitude));
    if (north.is_plane() && east.is_plane() && north.axis != east.axis) {
        pair.names = AxisNames::x_y;
        if (north.axis == HeaderAxis::y) {
            std::swap(pair.first, pair.second);
        }
    } else {
        put_beside(pair, mapped);
    }
    return pair;
}

/// The columns made of a cell for a while are no columns of the source.
bool is_part_of(const std::optional<PositionCellUse>& cell, const std::string& column) {
    return cell && cell->fills && (column == cell->latitude || column == cell->longitude);
}

/// Columns beyond the schema that hold the same place once more.
std::optional<PositionPair> filler_of(const PositionPair& main, const Shape& mapped, Declared declared,
                                      const std::optional<PositionCellUse>& cell) {
    std::vector<std::string_view> headers;
    for (const ColumnInfo& column : mapped.columns) {
        const bool other = column.field == nullptr && column.name != main.first && column.name != main.second &&
                           !is_part_of(cell, column.name);
        headers.emplace_back(other ? std::string_view(column.name) : std::string_view());
    }
    const std::string place = said_of(main, mapped, Shape::npos).rest;
    const auto first_of = [&](PairKind kind) -> std::optional<PositionPair> {
        for (const HeaderPair& one : header_pairs(headers, kind)) {
            const bool same_place = one.says.rest == place || one.says.is_of_the_thing();
            if (same_place && (kind != PairKind::degrees || one.says.datum)) {
                return PositionPair{mapped.columns[one.first].name,
                                    mapped.columns[one.second].name,
                                    kind == PairKind::degrees ? AxisNames::latitude_longitude : AxisNames::x_y,
                                    main.latitude,
                                    main.longitude,
                                    true};
            }
        }
        return std::nullopt;
    };
    if (declared == Declared::metres) {
        return first_of(PairKind::plane_by_weak_words);
    }
    const std::optional<PositionPair> degrees = first_of(PairKind::degrees);
    return degrees ? degrees : first_of(PairKind::plane);
}

/// What stands in one cell, for rows that `main` leaves empty.
PositionPair filler_from(const PositionCellUse& cell, const PositionPair& main) {
    return {cell.latitude, cell.longitude, cell.column.names, main.latitude, main.longitude, true};
}

/// Degrees in a form that no field takes for its own: packed, in seconds, without their point.
std::optional<PositionPair> find_degrees(const Shape& mapped, const std::optional<PositionCellUse>& cell) {
    std::vector<std::string_view> headers;
    for (const ColumnInfo& column : mapped.columns) {
        const bool other = column.field == nullptr && !is_part_of(cell, column.name);
        headers.emplace_back(other ? std::string_view(column.name) : std::string_view());
    }
    const std::vector<HeaderPair> pairs = header_pairs(headers, PairKind::degrees);
    if (pairs.empty() || !pairs.front().says.is_of_the_thing()) {
        return std::nullopt;
    }
    PositionPair pair;
    pair.first = mapped.columns[pairs.front().first].name;
    pair.second = mapped.columns[pairs.front().second].name;
    return pair;
}

}  // namespace

std::vector<std::string> position_headers(const Shape& read) {
    std::vector<std::string> found;
    for (const ColumnInfo& column : read.columns) {
        if (read_position_header(column.name).axis != HeaderAxis::none || is_position_cell_header(column.name)) {
            found.push_back(column.name);
        }
    }
    return found;
}

PositionPairs pairs_in(const Shape& mapped, const PositionColumns& position, Declared declared,
                       const std::optional<PositionCellUse>& cell) {
    PositionPairs pairs;
    const ColumnInfo* const latitude = column_named(mapped, position.latitude);
    const ColumnInfo* const longitude = column_named(mapped, position.longitude);
    if (latitude != nullptr && longitude != nullptr && is_one_of_each(*latitude) && is_one_of_each(*longitude)) {
        pairs.main = main_of(*latitude, *longitude, mapped, cell);
        const bool in_place =
            pairs.main->names == AxisNames::latitude_longitude && pairs.main->latitude == pairs.main->first;
        pairs.filler = in_place ? filler_of(*pairs.main, mapped, declared, cell) : std::nullopt;
        if (!pairs.filler && cell && cell->fills) {
            pairs.filler = filler_from(*cell, *pairs.main);
        }
        return pairs;
    }
    const auto filled = [](const ColumnInfo* column) { return column != nullptr && !column->from.empty(); };
    if (filled(latitude) && filled(longitude)) {
        return pairs;  // made of several columns each
    }
    const bool fields = latitude != nullptr && longitude != nullptr && !filled(latitude) && !filled(longitude);
    pairs.main = fields ? find_degrees(mapped, cell) : std::nullopt;
    if (!pairs.main) {
        pairs.main = find_plane_columns(mapped, PairKind::plane);
    }
    if (!pairs.main && declared != Declared::nothing) {
        pairs.main = find_plane_columns(mapped, PairKind::plane_by_weak_words);
    }
    if (pairs.main && latitude != nullptr && longitude != nullptr) {
        pairs.main->latitude = latitude->name;
        pairs.main->longitude = longitude->name;
    }
    if (pairs.main && cell && cell->fills) {
        pairs.filler = filler_from(*cell, *pairs.main);
    }
    return pairs;
}

PositionHeader said_of(const PositionPair& pair, const Shape& mapped, std::size_t source) {
    PositionHeader says = both_of(read_position_header(header_of(*column_named(mapped, pair.first), source)),
                                  read_position_header(header_of(*column_named(mapped, pair.second), source)));
    if (says.axis == HeaderAxis::none) {  // 緯度経度, 座標: of both
        says.axis = pair.names == AxisNames::latitude_longitude ? HeaderAxis::latitude : HeaderAxis::x;
    }
    return says;
}

std::string headers_of(const PositionPair& pair, const Shape& mapped) {
    const std::string first = header_of(*column_named(mapped, pair.first));
    const std::string second = header_of(*column_named(mapped, pair.second));
    return first == second ? first : first + ", " + second;
}

}  // namespace kokai
