// SPDX-License-Identifier: Apache-2.0
#include "locate/row_place.hpp"

#include "locate/address_headers.hpp"
#include "model/schema.hpp"
#include "normalise/text.hpp"

#include <initializer_list>
#include <vector>

namespace kokai {
namespace {

/// The first of the names that a column with something in it has.
std::size_t first_of(const Shape& shape, std::initializer_list<std::string_view> english,
                     std::initializer_list<std::string_view> headers = {}) {
    for (const std::string_view name : english) {
        for (std::size_t i = 0; i < shape.columns.size(); ++i) {
            const ColumnInfo& column = shape.columns[i];
            if (column.field != nullptr && column.field->english == name && (column.made || !column.from.empty())) {
                return i;
            }
        }
    }
    for (const std::string_view name : headers) {
        for (std::size_t i = 0; i < shape.columns.size(); ++i) {
            if (shape.columns[i].field == nullptr && fold_key(shape.columns[i].name) == name) {
                return i;
            }
        }
    }
    return Shape::npos;
}

/// The columns that no field takes, by their headers.
void take_headers(const Shape& shape, RowPlaceColumns& found) {
    std::vector<std::string> headers;
    for (const ColumnInfo& column : shape.columns) {
        headers.push_back(column.field == nullptr ? column.name : std::string());
    }
    const AddressHeaders by_header = find_address_headers(headers);
    found.address = by_header.whole;
    found.more_address = by_header.more;
    if (found.city == Shape::npos && by_header.city != Shape::npos) {
        found.prefecture = by_header.prefecture;
        found.city = by_header.city;
        found.town = by_header.town;
        found.number = by_header.number;
    }
}

}  // namespace

RowPlaceColumns row_place_columns(const Shape& shape) {
    RowPlaceColumns found;
    found.address = first_of(shape, {"fullAddress", "address", "facilityAddress"});
    found.prefecture = first_of(shape, {"prefecture", "schoolPrefecture"});
    found.city = first_of(shape, {"city", "schoolCity"});
    found.place_code = first_of(shape, {"locatedLocalGovernmentCode"});
    found.own_code = first_of(shape, {"localGovernmentCode", "municipalityCode"});
    found.name = first_of(shape, {"name", "eventName", "careProviderName", "facilityName", "schoolName"},
                          {"名称", "施設名", "施設名称", "学校名", "name"});
    if (found.address == Shape::npos) {
        take_headers(shape, found);
    }
    return found;
}

std::string_view address_of_row(const RowPlaceColumns& columns, const Batch& batch, std::size_t row,
                                std::string& room) {
    const auto cell = [&](std::size_t column) {
        return column == Shape::npos ? Cell{} : batch.columns[column].cells[row];
    };
    if (columns.address != Shape::npos && (columns.more_address == Shape::npos || cell(columns.more_address).empty())) {
        return cell(columns.address);
    }
    room.clear();
    if (columns.address != Shape::npos) {
        room.append(cell(columns.address)).append(cell(columns.more_address));
    } else if (!cell(columns.town).empty()) {
        for (const std::size_t part : {columns.prefecture, columns.city, columns.town, columns.number}) {
            room += cell(part);
        }
    }
    return room;
}

}  // namespace kokai
