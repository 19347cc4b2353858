// SPDX-License-Identifier: Apache-2.0
#include "locate/position_cell_column.hpp"

#include "locate/position_header.hpp"
#include "normalise/latlon.hpp"
#include "normalise/reading.hpp"
#include "normalise/text.hpp"
#include "support/decimal.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <initializer_list>

namespace kokai {
namespace {

constexpr std::size_t decimals_of_a_place = 3;  // of a degree, at least: 36,139 is no place
constexpr double least_metres = 1000;
constexpr double most_metres = 1e7;  // more are degrees that lost their point

/// What has fewer digits, in either width, is looked at no further.
bool may_be_position(std::string_view cell) {
    constexpr std::size_t longest = 120;
    constexpr std::ptrdiff_t fewest = 8;  // 36.3 and 139.0 with one more
    const auto narrow = std::count_if(cell.begin(), cell.end(), is_digit);
    std::ptrdiff_t wide = 0;
    for (std::size_t at = cell.find("\xEF\xBC"); at != std::string_view::npos; at = cell.find("\xEF\xBC", at + 3)) {
        ++wide;
    }
    return cell.size() <= longest && narrow + wide >= fewest;
}

double largest_of(const PositionCell& cell) {
    const auto size = [](const std::string& text) { return std::abs(parse_decimal(text).value_or(0)); };
    return std::max(size(cell.first), size(cell.second));
}

struct Tally {
    bool usual = false;  // the header is that of such a column
    std::size_t filled = 0, degrees = 0, longitude_first = 0, numbers = 0, without_point = 0, points = 0;

    void add(std::string_view cell) {
        ++filled;
        const auto one = may_be_position(cell) ? read_position_cell(cell) : std::nullopt;
        if (!one) {
            return;
        }
        if (one->in_japan) {
            const bool exact =
                std::min(latlon_decimals(one->first), latlon_decimals(one->second)) >= decimals_of_a_place;
            degrees += exact ? 1U : 0U;
            longitude_first += exact && one->turned ? 1U : 0U;
        } else if (!one->degrees && largest_of(*one) >= least_metres) {
            ++numbers;
            without_point += largest_of(*one) >= most_metres ? 1U : 0U;
            points += lowered(cell).find("point") != std::string::npos ? 1U : 0U;
        }
    }
    /// Nine of ten; half, where the header says what the others were meant to be: 市役所内, 要確認.
    [[nodiscard]] bool mostly(std::size_t part) const {
        return part > 0 && (usual ? part * 2 >= filled : part * 10 >= filled * 9);
    }
};

Tally tally_of(const std::vector<Cell>& cells, bool usual) {
    constexpr std::size_t most = 400;
    constexpr std::size_t enough = 20;
    Tally tally;
    tally.usual = usual;
    for (std::size_t row = 0; row < cells.size() && tally.filled < most; ++row) {
        if (cells[row].empty() || open_value(cells[row]).answer || is_unfilled_position(cells[row])) {
            continue;
        }
        tally.add(cells[row]);
        if (!usual && tally.filled >= enough && (tally.degrees + tally.numbers) * 2 < tally.filled) {
            break;
        }
    }
    return tally;
}

/// 経度緯度, YX座標, 座標（Y,X）: the second of the two axes stands first.
bool names_second_first(std::string_view header) {
    constexpr std::array<std::array<std::string_view, 2>, 5> axes{
        {{"緯度", "経度"}, {"緯", "経"}, {"北", "東"}, {"lat", "l"}, {"x", "y"}}};
    const std::string key = fold_key(header);
    for (const auto& [first, second] : axes) {
        const std::size_t one = key.find(first);
        const std::size_t other = second == "l" ? std::min(key.find("lon"), key.find("lng")) : key.find(second);
        if (one != std::string::npos && other != std::string::npos) {
            return other < one;
        }
    }
    return false;
}

}  // namespace

bool is_position_cell_header(std::string_view header) {
    constexpr std::array<std::string_view, 18> usual{
        "緯度経度", "経度緯度", "座標", "位置",     "位置情報", "経緯度",   "location", "latlng",   "latlon",
        "lnglat",   "lonlat",   "geo",  "position", "座標値",   "地図座標", "北緯東経", "位置座標", "coordinates"};
    std::string key = fold_key(header);
    const bool says_so =
        holds_any(key, {"座標", "緯", "経", "位置", "測地", "xy", "yx", "x,y", "y,x", "x・y", "coord"});
    std::string apart = key;  // XY座標: two words
    for (const auto& [both, letters] : {std::pair{"xy", "x,y"}, std::pair{"yx", "y,x"}}) {
        apart = replace_all(std::move(apart), both, letters);
    }
    for (const std::string_view mark : {"・", "、", "/", ",", "_", "-", "(", ")"}) {
        key = replace_all(std::move(key), mark, "");
    }
    return std::find(usual.begin(), usual.end(), key) != usual.end() ||
           (says_so && read_position_header(apart).is_of_the_thing());
}

std::optional<PositionCellColumn> position_cell_column(std::string_view name, const std::vector<Cell>& cells) {
    const bool usual = is_position_cell_header(name);
    const Tally tally = tally_of(cells, usual);
    PositionCellColumn column;
    column.name = name;
    if (tally.mostly(tally.degrees)) {
        column.turned = tally.longitude_first * 2 > tally.degrees;
        return column;
    }
    const bool by_point = tally.mostly(tally.points);
    if (!tally.mostly(tally.degrees + tally.numbers) || !(by_point || usual)) {
        return std::nullopt;
    }
    column.turned = names_second_first(name);
    if (by_point) {
        column.names = AxisNames::east_north;
        column.turned = false;
    } else if (tally.without_point * 2 < tally.numbers &&
               !holds_any(fold_key(name), {"緯", "経", "lat", "lon", "lng"})) {
        column.names = AxisNames::x_y;
    }
    return column;
}

std::optional<PositionCellColumn> find_position_cell(const Shape& shape, const Batch* sample) {
    std::vector<PositionCellColumn> found;
    std::vector<PositionCellColumn> named;
    for (std::size_t i = 0; sample != nullptr && i < shape.columns.size() && i < sample->columns.size(); ++i) {
        const std::string& name = shape.columns[i].name;
        if (auto column = position_cell_column(name, sample->columns[i].cells)) {
            (is_position_cell_header(name) ? named : found).push_back(std::move(*column));
        }
    }
    const std::vector<PositionCellColumn>& wanted = named.empty() ? found : named;
    return wanted.size() == 1 ? std::optional(wanted.front()) : std::nullopt;
}

std::optional<std::pair<std::string, std::string>> split_position_cell(std::string_view cell,
                                                                       const PositionCellColumn& column) {
    auto one = read_position_cell(cell);
    if (!one) {
        return std::nullopt;
    }
    const bool told = one->labelled && column.names != AxisNames::east_north;
    if (told ? one->turned : column.turned) {
        std::swap(one->first, one->second);
    }
    return std::pair(std::move(one->first), std::move(one->second));
}

Shape SplitPositions::bind(const Shape& in) {
    shape_ = in;
    latitude_ = in.find(latitude_name_);
    longitude_ = in.find(longitude_name_);
    in_place_ = latitude_ != Shape::npos && !in.columns[latitude_].from.empty();
    column_ = in_place_ ? latitude_ : in.find(source_.name);
    if (in_place_ || column_ == Shape::npos) {
        return shape_;
    }
    const std::vector<SourceColumn> from = in.columns[column_].from;
    for (const auto& [name, at] : {std::pair{&latitude_name_, &latitude_}, std::pair{&longitude_name_, &longitude_}}) {
        if (*at == Shape::npos) {
            *at = shape_.columns.size();
            shape_.columns.push_back({*name, nullptr, {}, false});
        }
        shape_.columns[*at].from = from;
    }
    return shape_;
}

void SplitPositions::run(Batch& batch, Findings& findings) const {
    if (column_ == Shape::npos || latitude_ == Shape::npos || longitude_ == Shape::npos) {
        return;
    }
    if (!in_place_) {
        batch.columns.resize(shape_.columns.size());
        for (const std::size_t made : {latitude_, longitude_}) {
            batch.columns[made].origins = batch.columns[column_].origins;
            batch.columns[made].cells.resize(batch.size());
        }
    }
    const std::vector<Cell>& east = batch.columns[longitude_].cells;
    for (std::size_t row = 0; row < batch.size(); ++row) {
        const Cell cell = trimmed(batch.columns[column_].cells[row]);
        if (cell.empty() || open_value(cell).answer || (in_place_ && trimmed(east[row]) != cell)) {
            continue;  // the last: of a source with a column for each
        }
        split(batch, row, cell, findings);
    }
}

void SplitPositions::split(Batch& batch, std::size_t row, Cell cell, Findings& findings) const {
    Cell& north = batch.columns[latitude_].cells[row];
    Cell& east = batch.columns[longitude_].cells[row];
    north = east = {};
    if (const auto one = split_position_cell(cell, source_)) {
        north = batch.bytes.keep(one->first);
        east = batch.bytes.keep(one->second);
    } else if (is_unfilled_position(cell)) {
        const bool zero = plain(cell).find('0') != std::string::npos;
        north = east = zero ? Cell("0") : Cell();  // what a later stage says of zeros holds here, too
    } else {
        // Of the column that is made, so that what cannot be read stays where it stood.
        const Severity severity = fills_ ? Severity::warning : info(Code::position_unreadable).severity;
        findings.add(Code::position_unreadable, severity, batch, row, latitude_, shape_.columns[latitude_], cell);
    }
}

bool leaves_rows_to_columns(const Batch& batch) {
    if (batch.shapes.empty()) {
        return !batch.rows.empty();
    }
    bool some = false;
    for (std::size_t row = 0; row < batch.shapes.size(); ++row) {
        const GeometryKind kind = batch.shapes.kind(row);
        if (kind != GeometryKind::none && kind != GeometryKind::point && kind != GeometryKind::multi_point) {
            return false;
        }
        some = some || kind == GeometryKind::none;
    }
    return some;
}

}  // namespace kokai
