// SPDX-License-Identifier: Apache-2.0
// Digits: a metre is the fifth decimal of a degree, so a coordinate with three decimals of a metre gets eight. Never
// fewer than six (10 cm): the zeros at the end of the source's numbers may be gone.
#include "locate/convert_positions.hpp"

#include "locate/pair.hpp"
#include "normalise/latlon.hpp"
#include "normalise/reading.hpp"
#include "normalise/text.hpp"
#include "support/decimal.hpp"
#include "support/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace kokai {
namespace {

constexpr std::size_t least_decimals = 6;
constexpr std::size_t most_decimals = 9;
constexpr std::size_t decimals_of_a_metre = 5;

std::size_t decimals_in(std::string_view cell) {
    const std::size_t point = cell.rfind('.');
    return point == std::string_view::npos ? 0 : cell.size() - point - 1;
}

/// So many decimals, and no zeros at the end.
std::string printed(double degrees, std::size_t decimals) {
    std::string text = fmt::format("{:.{}f}", degrees, decimals);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') {
        text.pop_back();
    }
    return text;
}

bool is_one_of(std::string_view key, std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return key == fold_key(word); });
}

/// X座標(m) and X座標［m］ are X座標; 平面直角座標系X is X.
std::string bare(std::string_view header) {
    std::string key = fold_key(header);
    for (const std::string_view unit : {"(m)", "[m]", "(メートル)", "(ｍ)"}) {
        if (key.ends_with(unit)) {
            key.resize(key.size() - unit.size());
        }
    }
    for (const std::string_view word :
         {"平面直角座標系", "平面直角座標", "平面直角", "公共座標", "測量座標", "世界測地系", "日本測地系"}) {
        const std::string folded = fold_key(word);
        if (key.starts_with(folded) && key.size() > folded.size()) {
            key.erase(0, folded.size());
        }
    }
    return key;
}

}  // namespace

AxisWord axis_word(std::string_view header) {
    const std::string key = bare(header);
    if (is_one_of(key, {"x", "x座標", "座標x", "x値", "x座標値", "xcoord", "pointx", "x_coord", "point_x", "北距",
                        "北座標", "northing", "北方向"})) {
        return AxisWord::x;
    }
    if (is_one_of(key, {"y", "y座標", "座標y", "y値", "y座標値", "ycoord", "pointy", "y_coord", "point_y", "東距",
                        "東座標", "easting", "東方向"})) {
        return AxisWord::y;
    }
    return AxisWord::none;
}

std::optional<PositionPair> find_plane_columns(const Shape& shape) {
    const auto only = [&](AxisWord wanted) -> const ColumnInfo* {
        const ColumnInfo* found = nullptr;
        for (const ColumnInfo& column : shape.columns) {
            if (axis_word(column.name) == wanted) {
                if (found != nullptr) {
                    return nullptr;  // two of a kind: begin and end of a line, perhaps
                }
                found = &column;
            }
        }
        return found;
    };
    const ColumnInfo* const x = only(AxisWord::x);
    const ColumnInfo* const y = only(AxisWord::y);
    if (x == nullptr || y == nullptr) {
        return std::nullopt;
    }
    PositionPair pair;
    pair.first = x->name;
    pair.second = y->name;
    pair.names = AxisNames::x_y;
    return pair;
}

std::optional<double> coordinate_number(std::string_view cell) {
    if (const auto number = parse_decimal(cell)) {
        return number;
    }
    const Reading reading = open_value(cell);
    if (reading.answer) {
        return std::nullopt;
    }
    std::string text = reading.text;
    while (text.ends_with('m') || text.ends_with(' ')) {
        text.pop_back();
    }
    if (text.starts_with('+')) {
        text.erase(0, 1);
    }
    if (text.find('.') == std::string::npos || text.find(',') < text.find('.')) {
        std::erase(text, ',');
    }
    if (const auto number = parse_decimal(text)) {
        return number;
    }
    const Normalised degrees = normalise_latlon(cell);
    return degrees.value.empty() ? std::nullopt : parse_decimal(degrees.value);
}

/// What one batch needs; rows of one source at a time.
struct ConvertPositions::Work {
    std::vector<std::size_t> rows;
    std::vector<double> x, y;
    std::vector<std::uint8_t> approximate;
};

ConvertPositions::ConvertPositions(PositionPair pair, std::vector<std::optional<SystemCandidate>> by_source,
                                   std::filesystem::path grids)
    : pair_(std::move(pair)), by_source_(std::move(by_source)), grids_(std::move(grids)), idle_(by_source_.size()) {
    for (std::size_t source = 0; source < by_source_.size(); ++source) {
        if (by_source_[source]) {
            idle_[source].push_back(make_converter(by_source_[source]->system, grids_));  // fails here, if at all
        }
    }
}

ConvertPositions::~ConvertPositions() = default;

Shape ConvertPositions::bind(const Shape& in) {
    shape_ = in;
    first_ = in.find(pair_.first);
    second_ = in.find(pair_.second);
    if (first_ == Shape::npos || second_ == Shape::npos) {
        return shape_;
    }
    std::vector<SourceColumn> from = in.columns[first_].from;
    from.insert(from.end(), in.columns[second_].from.begin(), in.columns[second_].from.end());
    for (const auto& [name, at] : {std::pair{&pair_.latitude, &latitude_}, std::pair{&pair_.longitude, &longitude_}}) {
        *at = in.find(*name);
        if (*at == Shape::npos) {
            *at = shape_.columns.size();
            shape_.columns.push_back({*name, nullptr, from, false});
            ++added_;
        } else if (shape_.columns[*at].from.empty()) {
            shape_.columns[*at].from = from;
        }
    }
    return shape_;
}

std::unique_ptr<PositionConverter> ConvertPositions::take_converter(std::size_t source) const {
    {
        const std::lock_guard lock(mutex_);
        if (!idle_[source].empty()) {
            std::unique_ptr<PositionConverter> one = std::move(idle_[source].back());
            idle_[source].pop_back();
            return one;
        }
    }
    return make_converter(by_source_[source]->system, grids_);
}

void ConvertPositions::run(Batch& batch, Findings& findings) const {
    if (first_ == Shape::npos || second_ == Shape::npos) {
        return;
    }
    const std::size_t columns = shape_.columns.size();
    for (std::size_t i = columns - added_; i < columns; ++i) {
        if (batch.columns.size() <= i) {
            batch.columns.emplace_back();
        }
        batch.columns[i].cells.assign(batch.size(), {});
    }
    Work work;
    for (std::size_t source = 0; source < by_source_.size(); ++source) {
        if (by_source_[source]) {
            convert(batch, static_cast<std::uint16_t>(source), work, findings);
        }
    }
}

void ConvertPositions::convert(Batch& batch, std::uint16_t source, Work& work, Findings& findings) const {
    const SystemCandidate& candidate = *by_source_[source];
    work.rows.clear();
    work.x.clear();
    work.y.clear();
    for (std::size_t row = 0; row < batch.size(); ++row) {
        if (batch.rows[row].source != source) {
            continue;
        }
        const auto first = coordinate_number(batch.columns[first_].cells[row]);
        const auto second = coordinate_number(batch.columns[second_].cells[row]);
        double x = 0;
        double y = 0;
        // (0, 0) means "no position" in every system; the stage that looks at positions tells.
        if (!first || !second || (*first == 0 && *second == 0)) {
            continue;
        }
        if (candidate.decode(pair_.names, *first, *second, x, y)) {
            work.rows.push_back(row);
            work.x.push_back(x);
            work.y.push_back(y);
        }
    }
    work.approximate.assign(work.rows.size(), 0);
    std::unique_ptr<PositionConverter> converter = take_converter(source);
    converter->to_degrees(work.x.data(), work.y.data(), work.rows.size(), work.approximate.data());
    for (std::size_t at = 0; at < work.rows.size(); ++at) {
        write(batch, work, at, candidate, findings);
    }
    const std::lock_guard lock(mutex_);
    idle_[source].push_back(std::move(converter));
}

void ConvertPositions::write(Batch& batch, const Work& work, std::size_t at, const SystemCandidate& candidate,
                             Findings& findings) const {
    const std::size_t row = work.rows[at];
    const Cell first = batch.columns[first_].cells[row];
    const Cell second = batch.columns[second_].cells[row];
    if (!(std::abs(work.x[at]) <= 180 && std::abs(work.y[at]) <= 90)) {
        return;  // the normaliser of the latitude tells of the number as it stands
    }
    const bool same_system = candidate.system.projection == Projection::degrees &&
                             candidate.system.datum == Datum::jgd2011 && candidate.form == NumberForm::plain;
    Cell& latitude = batch.columns[latitude_].cells[row];
    Cell& longitude = batch.columns[longitude_].cells[row];
    if (same_system) {
        // Nothing but the order of the columns: the digits stay.
        const bool north_first = (pair_.names == AxisNames::latitude_longitude) != candidate.swapped;
        latitude = north_first ? first : second;
        longitude = north_first ? second : first;
        return;
    }
    const bool metres = candidate.system.projection != Projection::degrees;
    std::size_t decimals = std::max(decimals_in(first), decimals_in(second)) + (metres ? decimals_of_a_metre : 0);
    if (candidate.form != NumberForm::plain) {
        decimals = 7;
    }
    decimals = std::clamp(decimals, least_decimals, most_decimals);
    latitude = batch.bytes.keep(printed(work.y[at], decimals));
    longitude = batch.bytes.keep(printed(work.x[at], decimals));
    const Cell found = batch.bytes.keep(std::string(first) + ", " + std::string(second));
    const Cell repaired = batch.bytes.keep(std::string(latitude) + ", " + std::string(longitude));
    findings.add(Code::position_from_plane, batch, row, latitude_, shape_.columns[latitude_], found, repaired,
                 batch.bytes.keep(code_text(candidate.system)));
    if (work.approximate[at] != 0) {
        findings.add(Code::crs_without_parameter, batch, row, latitude_, shape_.columns[latitude_], "1");
    }
}

}  // namespace kokai
