// SPDX-License-Identifier: Apache-2.0
#include "locate/address_columns.hpp"

#include "locate/address_headers.hpp"
#include "model/schema.hpp"
#include "normalise/address/reader.hpp"
#include "normalise/code.hpp"
#include "support/text.hpp"

#include <utility>

namespace kokai {

std::size_t field_called(const Shape& shape, std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names) {
        for (std::size_t i = 0; i < shape.columns.size(); ++i) {
            if (shape.columns[i].field != nullptr && shape.columns[i].field->english == name) {
                return i;
            }
        }
    }
    return Shape::npos;
}

bool is_of_source(const Shape& shape, std::size_t column) {
    return column != Shape::npos && (shape.columns[column].made || !shape.columns[column].from.empty());
}

Cell cell_at(const Batch& batch, std::size_t column, std::size_t row) {
    if (column == Shape::npos || row >= batch.columns[column].cells.size()) {
        return {};
    }
    return trimmed(batch.columns[column].cells[row]);
}

AddressReaders::AddressReaders() = default;
AddressReaders::~AddressReaders() = default;

std::unique_ptr<AddressReader> AddressReaders::take() {
    const std::lock_guard lock(mutex_);
    if (idle_.empty()) {
        return std::make_unique<AddressReader>();
    }
    std::unique_ptr<AddressReader> reader = std::move(idle_.back());
    idle_.pop_back();
    return reader;
}

void AddressReaders::give_back(std::unique_ptr<AddressReader> reader) {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(reader));
}

AddressColumns AddressColumns::of(const Shape& shape) {
    AddressColumns found;
    found.whole = field_called(shape, {"fullAddress", "address", "facilityAddress"});
    found.own_code = field_called(shape, {"localGovernmentCode", "municipalityCode"});
    found.part = {field_called(shape, {"streetAddressId"}),
                  field_called(shape, {"locatedLocalGovernmentCode"}),
                  field_called(shape, {"prefecture"}),
                  field_called(shape, {"city"}),
                  field_called(shape, {"streetAddress"}),
                  field_called(shape, {"cityBlock"}),
                  field_called(shape, {"buildingNameEtc", "facilityBuildingNameEtc"})};
    return found;
}

AddressColumns AddressColumns::of_any(const Shape& shape) {
    AddressColumns found = of(shape);
    constexpr std::array<std::string_view, 4> usual{"所在地_連結表記", "住所", "所在地", "所在地住所"};
    for (std::size_t i = 0; i < usual.size() && found.whole == Shape::npos; ++i) {
        found.whole = shape.find(usual[i]);
    }
    std::vector<std::string> headers;
    for (const ColumnInfo& column : shape.columns) {
        headers.push_back(column.field == nullptr ? column.name : std::string());
    }
    const AddressHeaders by_header = find_address_headers(headers);
    if (found.whole == Shape::npos || found.whole == by_header.whole) {
        found.whole = by_header.more == Shape::npos ? by_header.whole : Shape::npos;
    }
    if (found.part[town] == Shape::npos && by_header.more != Shape::npos && found.whole == Shape::npos) {
        found.part[town] = by_header.whole;
        found.part[number] = by_header.more;
    } else if (found.part[town] == Shape::npos && by_header.town != Shape::npos) {
        found.part = {found.part[id], found.part[code], by_header.prefecture, by_header.city,
                      by_header.town, by_header.number, by_header.building};
    }
    return found;
}

Cell AddressColumns::text(const Batch& batch, std::size_t row, std::string& room) const {
    if (const Cell one = cell_at(batch, whole, row); !one.empty()) {
        return one;
    }
    room.clear();
    if (!cell_at(batch, part[town], row).empty()) {
        for (const Part one : {prefecture, city, town, number}) {
            room += cell_at(batch, part[one], row);
        }
    }
    return room;
}

Cell AddressColumns::context(const Batch& batch, std::size_t row, Cell publisher) const {
    for (const std::size_t column : {part[code], own_code}) {
        if (const Cell stands = cell_at(batch, column, row); is_clean_code(stands) && !stands.empty()) {
            return stands;
        }
    }
    return publisher;
}

}  // namespace kokai
