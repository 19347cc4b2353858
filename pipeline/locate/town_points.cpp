// SPDX-License-Identifier: Apache-2.0
// Before LocatePoints: what is put in goes the way of every other position.
#include "locate/town_points.hpp"

#include "normalise/address/reader.hpp"
#include "support/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

namespace kokai {

TownPoints::TownPoints(std::string latitude, std::string longitude, std::string publisher)
    : latitude_name_(std::move(latitude)), longitude_name_(std::move(longitude)), publisher_(std::move(publisher)) {}

Shape TownPoints::bind(const Shape& in) {
    shape_ = in;
    columns_ = AddressColumns::of_any(in);
    latitude_ = in.find(latitude_name_);
    longitude_ = in.find(longitude_name_);
    mark_ = in.find(column_name);
    if (mark_ == Shape::npos) {
        mark_ = shape_.columns.size();
        ColumnInfo made;
        made.name = column_name;
        made.made = true;
        shape_.columns.push_back(std::move(made));
    }
    return shape_;
}

void TownPoints::run(Batch& batch, Findings& findings) const {
    batch.columns.resize(shape_.columns.size());
    std::vector<Cell>& marks = batch.columns[mark_].cells;
    marks.resize(batch.size());
    if (columns_.whole == Shape::npos || latitude_ == Shape::npos || longitude_ == Shape::npos) {
        return;
    }
    std::unique_ptr<AddressReader> reader = readers_.take();
    std::vector<Cell>& north = batch.columns[latitude_].cells;
    std::vector<Cell>& east = batch.columns[longitude_].cells;
    north.resize(batch.size());
    east.resize(batch.size());
    for (std::size_t row = 0; row < batch.size(); ++row) {
        const std::vector<Cell>& texts = batch.columns[columns_.whole].cells;
        const Cell text = row < texts.size() ? trimmed(texts[row]) : Cell{};
        if (!trimmed(north[row]).empty() || !trimmed(east[row]).empty() || text.empty()) {
            continue;
        }
        const Address& address = reader->read(text, columns_.context(batch, row, publisher_));
        if (!address.has_town() || !address.point || address.doubt == AddressDoubt::several) {
            continue;  // LocatePoints tells that the position is missing
        }
        north[row] = batch.bytes.keep(fmt::format("{:.6f}", address.point->latitude));
        east[row] = batch.bytes.keep(fmt::format("{:.6f}", address.point->longitude));
        marks[row] = mark;
        findings.add(Code::position_of_town, batch, row, latitude_, shape_.columns[latitude_], text, north[row],
                     findings.keep(std::string(address.city) + address.town));
    }
    for (const std::size_t column : {latitude_, longitude_, mark_}) {
        batch.columns[column].looked_over = false;
    }
    readers_.give_back(std::move(reader));
}

}  // namespace kokai
