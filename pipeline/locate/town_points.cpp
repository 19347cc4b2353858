// SPDX-License-Identifier: Apache-2.0
// Before LocatePoints: what is put in goes the way of every other position.
#include "locate/town_points.hpp"

#include "locate/position_cell.hpp"
#include "locate/position_cell_column.hpp"
#include "normalise/address/reader.hpp"
#include "support/decimal.hpp"
#include "support/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

namespace kokai {

namespace {

/// Rows whose own position was taken away, and that was told.
std::vector<bool> rows_told_unread(const Findings& findings, std::size_t rows) {
    std::vector<bool> unread(rows);
    for (const Finding& one : findings.list()) {
        const bool position = one.code == Code::position_unreadable || one.code == Code::position_outside_japan;
        if (position && one.batch_row < rows) {
            unread[one.batch_row] = true;
        }
    }
    return unread;
}

}  // namespace

TownPoints::TownPoints(std::string latitude, std::string longitude, std::string publisher)
    : latitude_name_(std::move(latitude)), longitude_name_(std::move(longitude)), publisher_(std::move(publisher)) {}

bool TownPoints::applies(const Shape& shape) {
    const AddressColumns columns = AddressColumns::of_any(shape);
    return columns.whole != Shape::npos || columns.part[AddressColumns::town] != Shape::npos;
}

Shape TownPoints::bind(const Shape& in) {
    shape_ = in;
    columns_ = AddressColumns::of_any(in);
    cells_.clear();
    for (std::size_t i = 0; i < in.columns.size(); ++i) {
        if (is_position_cell_header(in.columns[i].name)) {
            cells_.push_back(i);
        }
    }
    const auto found_or_made = [&](std::string_view name) {
        const std::size_t found = in.find(name);
        if (found != Shape::npos) {
            return found;
        }
        ColumnInfo made;
        made.name = name;
        made.made = true;
        shape_.columns.push_back(std::move(made));
        return shape_.columns.size() - 1;
    };
    latitude_ = found_or_made(latitude_name_);
    longitude_ = found_or_made(longitude_name_);
    mark_ = found_or_made(column_name);
    return shape_;
}

/// 0,0 is no position.
bool TownPoints::is_zero(const Batch& batch, std::size_t row) const {
    return parse_decimal(trimmed(batch.columns[latitude_].cells[row])) == 0.0 &&
           parse_decimal(trimmed(batch.columns[longitude_].cells[row])) == 0.0;
}

/// 座標 with two numbers that did not become this row's position.
bool TownPoints::has_unused_position(const Batch& batch, std::size_t row) const {
    return std::any_of(cells_.begin(), cells_.end(), [&](std::size_t column) {
        const Cell cell = trimmed(batch.columns[column].cells[row]);
        return !is_unfilled_position(cell) && read_position_cell(cell).has_value();
    });
}

void TownPoints::run(Batch& batch, Findings& findings) const {
    batch.columns.resize(shape_.columns.size());
    for (const std::size_t column : {latitude_, longitude_, mark_}) {
        batch.columns[column].cells.resize(batch.size());
    }
    if (columns_.whole == Shape::npos && columns_.part[AddressColumns::town] == Shape::npos) {
        return;
    }
    std::vector<Cell>& north = batch.columns[latitude_].cells;
    std::vector<Cell>& east = batch.columns[longitude_].cells;
    std::vector<Cell>& marks = batch.columns[mark_].cells;
    std::unique_ptr<AddressReader> reader = readers_.take();
    const std::vector<bool> unread = rows_told_unread(findings, batch.size());
    std::string room;
    for (std::size_t row = 0; row < batch.size(); ++row) {
        const Cell text = columns_.text(batch, row, room);
        const bool zero = is_zero(batch, row);
        if (text.empty() || (!zero && (!trimmed(north[row]).empty() || !trimmed(east[row]).empty()))) {
            continue;
        }
        if (unread[row] || has_unused_position(batch, row)) {
            continue;  // it has a position of its own
        }
        const Address& address = reader->read(text, columns_.context(batch, row, publisher_));
        if (!address.has_town() || !address.point || address.doubt == AddressDoubt::several) {
            continue;  // LocatePoints tells that the position is missing
        }
        if (zero) {
            findings.add(Code::position_zero, batch, row, latitude_, shape_.columns[latitude_], north[row]);
            findings.add(Code::position_zero, batch, row, longitude_, shape_.columns[longitude_], east[row]);
        }
        north[row] = batch.bytes.keep(fmt::format("{:.6f}", address.point->latitude));
        east[row] = batch.bytes.keep(fmt::format("{:.6f}", address.point->longitude));
        marks[row] = mark;
        findings.add(Code::position_of_town, batch, row, latitude_, shape_.columns[latitude_], findings.keep(text),
                     north[row], findings.keep(std::string(address.city) + address.town));
    }
    for (const std::size_t column : {latitude_, longitude_, mark_}) {
        batch.columns[column].looked_over = false;
    }
    readers_.give_back(std::move(reader));
}

}  // namespace kokai
