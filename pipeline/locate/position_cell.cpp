// SPDX-License-Identifier: Apache-2.0
#include "locate/position_cell.hpp"

#include "locate/pair.hpp"
#include "normalise/latlon.hpp"
#include "normalise/reading.hpp"
#include "normalise/text.hpp"
#include "support/decimal.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace kokai {
namespace {

constexpr std::size_t longest = 120;            // bytes of a cell that is a position
constexpr std::size_t decimals_of_a_place = 3;  // of a degree, at least: 36,139 is no place

constexpr std::array<std::string_view, 12> brackets{"(", ")", "[", "]", "{", "}", "<", ">", "「", "」", "【", "】"};
constexpr std::array<std::string_view, 10> between{"&", ",", "、", ";", "/", "|", " ", "\n", "\t", "・"};
constexpr std::array<std::string_view, 6> axes{"北緯", "東経", "緯度", "経度", "n", "e"};
constexpr std::array<std::string_view, 9> labels{"latitude", "longitude", "lat", "lng", "lon", "point", ":", "=", "\""};

template <typename Words>
std::string_view without(std::string_view text, const Words& words) {
    for (bool changed = true; changed;) {
        changed = false;
        for (const std::string_view word : words) {
            while (!text.empty() && text.starts_with(word)) {
                text.remove_prefix(word.size());
                changed = true;
            }
            while (!text.empty() && text.ends_with(word)) {
                text.remove_suffix(word.size());
                changed = true;
            }
        }
    }
    return text;
}

struct Half {
    std::string digits;
    double degrees = 0;
};

std::optional<Half> half_of(std::string_view text) {
    text = without(text, between);
    text = without(text, brackets);
    text = without(text, labels);
    text = without(without(text, between), brackets);
    const Normalised read = normalise_latlon(text);
    const auto degrees = read.value.empty() ? std::nullopt : parse_decimal(read.value);
    return degrees ? std::optional(Half{read.value, *degrees}) : std::nullopt;
}

/// Where the second of the two may begin.
std::vector<std::size_t> cuts_of(std::string_view text) {
    std::vector<std::size_t> cuts;
    for (std::size_t at = 1; at < text.size(); ++at) {
        const std::string_view rest = text.substr(at);
        const auto begins = [&](std::string_view word) { return rest.starts_with(word); };
        if (std::any_of(between.begin(), between.end(), begins) || std::any_of(axes.begin(), axes.end(), begins)) {
            cuts.push_back(at);
        }
    }
    return cuts;
}

bool is_usual_header(std::string_view header) {
    constexpr std::array<std::string_view, 18> usual{
        "緯度経度", "経度緯度", "座標", "位置",     "位置情報", "経緯度",   "location", "latlng",   "latlon",
        "lnglat",   "lonlat",   "geo",  "position", "座標値",   "地図座標", "北緯東経", "位置座標", "coordinates"};
    std::string key = fold_key(header);
    for (const std::string_view mark : {"・", "、", "/", ",", "_", "-", "(", ")"}) {
        key = replace_all(std::move(key), mark, "");
    }
    return std::find(usual.begin(), usual.end(), key) != usual.end();
}

/// What has fewer digits, in either width, is looked at no further.
bool may_be_position(std::string_view cell) {
    constexpr std::ptrdiff_t fewest = 8;  // 36.3 and 139.0 with one more
    const auto narrow = std::count_if(cell.begin(), cell.end(), is_digit);
    std::ptrdiff_t wide = 0;
    for (std::size_t at = cell.find("\xEF\xBC"); at != std::string_view::npos; at = cell.find("\xEF\xBC", at + 3)) {
        ++wide;
    }
    return cell.size() <= longest && narrow + wide >= fewest;
}

struct Tally {
    std::size_t filled = 0, positions = 0, north_first = 0;

    /// Nine of ten.
    [[nodiscard]] bool are_positions() const { return positions > 0 && positions * 10 >= filled * 9; }
};

/// How many of the filled cells are positions in Japan, to three decimals.
Tally tally_of(const std::vector<Cell>& cells) {
    constexpr std::size_t most = 400;
    constexpr std::size_t enough = 20;
    Tally tally;
    for (std::size_t row = 0; row < cells.size() && tally.filled < most; ++row) {
        if (cells[row].empty() || open_value(cells[row]).answer) {
            continue;
        }
        ++tally.filled;
        const auto one = may_be_position(cells[row]) ? read_position_cell(cells[row]) : std::nullopt;
        if (one && std::min(latlon_decimals(one->latitude), latlon_decimals(one->longitude)) >= decimals_of_a_place) {
            ++tally.positions;
            tally.north_first += one->north_first ? 1U : 0U;
        }
        if (tally.filled >= enough && tally.positions * 2 < tally.filled) {
            break;
        }
    }
    return tally;
}

}  // namespace

std::optional<PositionCell> read_position_cell(std::string_view cell, bool north_first) {
    if (cell.size() > longest) {
        return std::nullopt;
    }
    const Reading reading = open_value(cell);
    if (reading.answer) {
        return std::nullopt;
    }
    const std::string text = lowered(reading.text);
    std::optional<PositionCell> elsewhere;
    for (const std::size_t cut : cuts_of(text)) {
        const auto first = half_of(std::string_view(text).substr(0, cut));
        const auto second = first ? half_of(std::string_view(text).substr(cut)) : std::nullopt;
        if (!first || !second) {
            continue;
        }
        if (is_japanese_latitude(first->degrees) && is_japanese_longitude(second->degrees)) {
            return PositionCell{first->digits, second->digits, true};
        }
        if (is_japanese_longitude(first->degrees) && is_japanese_latitude(second->degrees)) {
            return PositionCell{second->digits, first->digits, false};
        }
        if (text[cut] == ',' && !elsewhere) {
            elsewhere = north_first ? PositionCell{first->digits, second->digits, true}
                                    : PositionCell{second->digits, first->digits, false};
        }
    }
    return elsewhere;
}

std::optional<PositionCellColumn> find_position_cell(const Shape& shape, const Batch* sample) {
    std::vector<PositionCellColumn> found;
    std::vector<PositionCellColumn> named;
    for (std::size_t i = 0; sample != nullptr && i < shape.columns.size() && i < sample->columns.size(); ++i) {
        const std::string& name = shape.columns[i].name;
        const Tally tally = tally_of(sample->columns[i].cells);
        if (tally.are_positions()) {
            (is_usual_header(name) ? named : found).push_back({name, tally.north_first * 2 >= tally.positions});
        }
    }
    const std::vector<PositionCellColumn>& wanted = named.empty() ? found : named;
    return wanted.size() == 1 ? std::optional(wanted.front()) : std::nullopt;
}

Shape SplitPositions::bind(const Shape& in) {
    shape_ = in;
    column_ = in.find(source_.name);
    if (column_ != Shape::npos) {
        const std::vector<SourceColumn> from = in.columns[column_].from;
        shape_.columns.push_back({"緯度", nullptr, from, false});
        shape_.columns.push_back({"経度", nullptr, from, false});
    }
    return shape_;
}

void SplitPositions::run(Batch& batch, Findings& findings) const {
    if (column_ == Shape::npos) {
        return;
    }
    batch.columns.resize(shape_.columns.size());
    Column& latitudes = batch.columns[shape_.columns.size() - 2];
    Column& longitudes = batch.columns[shape_.columns.size() - 1];
    latitudes.origins = longitudes.origins = batch.columns[column_].origins;
    std::vector<Cell>& north = latitudes.cells;
    std::vector<Cell>& east = longitudes.cells;
    north.assign(batch.size(), {});
    east.assign(batch.size(), {});
    for (std::size_t row = 0; row < batch.size(); ++row) {
        const Cell cell = trimmed(batch.columns[column_].cells[row]);
        if (cell.empty() || open_value(cell).answer) {
            continue;
        }
        if (const auto one = read_position_cell(cell, source_.north_first)) {
            north[row] = batch.bytes.keep(one->latitude);
            east[row] = batch.bytes.keep(one->longitude);
        } else {
            findings.add(Code::position_unreadable, batch, row, column_, shape_.columns[column_], cell);
        }
    }
}

}  // namespace kokai
