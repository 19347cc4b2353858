// SPDX-License-Identifier: Apache-2.0
#include "validate/keep_ids.hpp"

#include "support/hash.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace kokai {
namespace {

constexpr std::size_t print_length = 16;

std::size_t column_of(const Shape& shape, std::initializer_list<std::string_view> english) {
    for (const std::string_view wanted : english) {
        for (std::size_t i = 0; i < shape.columns.size(); ++i) {
            if (shape.columns[i].field != nullptr && shape.columns[i].field->english == wanted) {
                return i;
            }
        }
    }
    return Shape::npos;
}

/// What a thing is called: the field for it, else the first whose header says 名称.
std::size_t name_column(const Shape& shape) {
    const std::size_t known =
        column_of(shape, {"name", "facilityName", "schoolName", "careProviderName", "eventName", "datasetTitle"});
    if (known != Shape::npos) {
        return known;
    }
    const auto found = std::find_if(shape.columns.begin(), shape.columns.end(), [](const ColumnInfo& one) {
        return one.name.ends_with("名称") || one.name.ends_with("_名称");
    });
    return found == shape.columns.end() ? Shape::npos : static_cast<std::size_t>(found - shape.columns.begin());
}

}  // namespace

std::uint64_t key_of(const Origin& origin) {
    return std::uint64_t{origin.source} << 48U | std::uint64_t{origin.sheet} << 32U | origin.row;
}

void GatherEvidence::bind(const Shape& shape) {
    id_ = schema_.primary_key.empty() ? Shape::npos : shape.find(schema_.primary_key.front());
    name_ = name_column(shape);
    address_ = column_of(shape, {"fullAddress", "address", "facilityAddress"});
    building_ = column_of(shape, {"buildingNameEtc", "facilityBuildingNameEtc"});
    latitude_ = schema_.latitude.empty() ? Shape::npos : shape.find(schema_.latitude);
    longitude_ = schema_.longitude.empty() ? Shape::npos : shape.find(schema_.longitude);
}

void GatherEvidence::admit(Batch& batch, Findings& /*findings*/) {
    const auto text = [&](std::size_t column, std::size_t row) {
        return column == Shape::npos ? std::string() : std::string(trimmed(batch.columns[column].cells[row]));
    };
    for (std::size_t row = 0; row < batch.size(); ++row) {
        // A row that is withheld this time keeps its ID for the next.
        if (batch.states[row] != RowState::kept && batch.states[row] != RowState::withheld) {
            continue;
        }
        RowEvidence one;
        one.key = key_of(batch.rows[row]);
        one.given = text(id_, row);
        one.name = text(name_, row);
        one.address = text(address_, row);
        if (const std::string building = text(building_, row);
            !building.empty() && one.address.find(building) == std::string::npos) {
            one.address += " " + building;
        }
        one.latitude = text(latitude_, row);
        one.longitude = text(longitude_, row);
        std::string all;
        for (std::size_t column = 0; column < batch.columns.size(); ++column) {
            if (column != id_) {
                all += batch.columns[column].cells[row];
                all += '\x1F';
            }
        }
        one.print = sha256_hex(all).substr(0, print_length);
        into_.push_back(std::move(one));
    }
}

Shape GiveIds::bind(const Shape& in) {
    shape_ = in;
    index_ = in.find(column_);
    if (index_ != Shape::npos) {
        shape_.columns[index_].made = true;  // not absent, though the source may not have it
    }
    return shape_;
}

void GiveIds::run(Batch& batch, Findings& findings) const {
    if (index_ >= batch.columns.size()) {
        return;
    }
    const std::vector<Cell>& cells = batch.columns[index_].cells;
    for (std::size_t row = 0; row < cells.size(); ++row) {
        const auto found = ids_.find(key_of(batch.rows[row]));
        if (found == ids_.end() || cells[row] == found->second.id) {
            continue;
        }
        const Cell was = cells[row];
        batch.columns[index_].put(row, batch.bytes.keep(found->second.id));
        findings.add(found->second.fresh ? Code::id_issued : Code::id_kept, batch, row, index_, shape_.columns[index_],
                     was, cells[row]);
    }
}

}  // namespace kokai
