// SPDX-License-Identifier: Apache-2.0
#include "locate/row_place.hpp"

#include "model/schema.hpp"
#include "normalise/text.hpp"

#include <initializer_list>
#include <string_view>

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

}  // namespace

RowPlaceColumns row_place_columns(const Shape& shape) {
    RowPlaceColumns found;
    found.address = first_of(shape, {"fullAddress", "address", "facilityAddress"}, {"住所", "所在地", "address"});
    found.prefecture = first_of(shape, {"prefecture", "schoolPrefecture"});
    found.city = first_of(shape, {"city", "schoolCity"});
    found.place_code = first_of(shape, {"locatedLocalGovernmentCode"});
    found.own_code = first_of(shape, {"localGovernmentCode", "municipalityCode"});
    found.name = first_of(shape, {"name", "eventName", "careProviderName", "facilityName", "schoolName"},
                          {"名称", "施設名", "施設名称", "学校名", "name"});
    return found;
}

}  // namespace kokai
