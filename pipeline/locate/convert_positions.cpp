// SPDX-License-Identifier: Apache-2.0
// Digits: a metre is the fifth decimal of a degree, so a coordinate with three decimals of a metre gets eight; degrees
// get as many as their writing can tell. Never fewer than six (10 cm): the zeros at the end of the source's numbers may
// be gone.
#include "locate/convert_positions.hpp"

#include "locate/pair.hpp"
#include "normalise/latlon.hpp"
#include "normalise/reading.hpp"
#include "normalise/text.hpp"
#include "support/decimal.hpp"
#include "support/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace kokai {
namespace {

constexpr std::size_t least_decimals = 6;
constexpr std::size_t least_of_a_form = 7;
constexpr std::size_t most_decimals = 9;
constexpr std::size_t decimals_of_a_metre = 5;

/// Those of the number itself: what follows it is a unit.
std::size_t decimals_in(std::string_view cell) {
    const bool wide =
        std::any_of(cell.begin(), cell.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
    const std::string narrow = wide ? open_value(cell).text : std::string();
    const std::string_view text = wide ? std::string_view(narrow) : cell;
    const std::size_t point = text.rfind('.');
    const std::string_view after = point == std::string_view::npos ? std::string_view() : text.substr(point + 1);
    return static_cast<std::size_t>(std::find_if(after.begin(), after.end(), [](char c) { return !is_digit(c); }) -
                                    after.begin());
}

/// How many decimals of a degree a cell can tell, read as the candidate says.
std::size_t decimals_for(const SystemCandidate& candidate, std::string_view cell) {
    const std::size_t written = decimals_in(cell);
    const bool metres = candidate.system.projection != Projection::degrees;
    switch (candidate.form) {
    case NumberForm::plain:
        return metres ? written + decimals_of_a_metre : latlon_decimals(cell);
    case NumberForm::packed_seconds:
        return std::max(least_of_a_form, written + 5);  // a second is 0.00028°
    case NumberForm::packed_minutes:
        return std::max(least_of_a_form, written + 4);
    case NumberForm::lost_point:
        return std::max(least_of_a_form, cell.size() - std::min<std::size_t>(cell.size(), 2));
    case NumberForm::scaled: {
        // One more than the unit needs; kilometres tell less than metres.
        const int unit = static_cast<int>(std::ceil(-std::log10(candidate.factor))) + (metres ? 5 : 1);
        return std::max(least_of_a_form, written + static_cast<std::size_t>(std::max(0, unit)));
    }
    }
    return least_of_a_form;
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

bool in_metres(const SystemCandidate& candidate) {
    return candidate.system.projection != Projection::degrees;
}

bool is_in_japan(double longitude, double latitude) {
    return is_japanese_longitude(longitude) && is_japanese_latitude(latitude);
}

/// Two parts of one cell are told by its column.
std::string headers_of(const ColumnInfo& first, const ColumnInfo& second) {
    const bool one = !first.from.empty() && !second.from.empty() &&
                     first.from.front().number == second.from.front().number &&
                     first.from.front().header == second.from.front().header;
    return one ? first.from.front().header : first.name + ", " + second.name;
}

double metres_apart(double latitude, double longitude, double other_latitude, double other_longitude) {
    constexpr double metres_a_degree = 111'000;
    constexpr double radian = 57.29577951;
    return std::hypot(latitude - other_latitude, (longitude - other_longitude) * std::cos(latitude / radian)) *
           metres_a_degree;
}

}  // namespace

std::optional<PositionPair> find_plane_columns(const Shape& shape, PairKind kind) {
    std::vector<std::string_view> headers;
    for (const ColumnInfo& column : shape.columns) {
        headers.emplace_back(column.name);
    }
    const auto found = position_pair(headers, kind);
    if (!found) {
        return std::nullopt;
    }
    PositionPair pair;
    pair.first = shape.columns[found->first].name;
    pair.second = shape.columns[found->second].name;
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
    std::vector<SystemCandidate> readings;  // mostly the source's own
    std::vector<std::uint8_t> approximate;

    void clear() {
        rows.clear();
        x.clear();
        y.clear();
        readings.clear();
    }
    void add(std::size_t row, const SystemCandidate& reading, double east, double north) {
        rows.push_back(row);
        readings.push_back(reading);
        x.push_back(east);
        y.push_back(north);
    }
};

ConvertPositions::ConvertPositions(PositionPair pair, std::vector<std::optional<SystemCandidate>> by_source,
                                   std::filesystem::path grids, SystemEvidence evidence, std::vector<UsualRange> usual)
    : pair_(std::move(pair)), by_source_(std::move(by_source)), grids_(std::move(grids)),
      evidence_(std::move(evidence)), usual_(std::move(usual)), idle_(by_source_.size()) {
    usual_.resize(by_source_.size());
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
    work.clear();
    for (std::size_t row = 0; row < batch.size(); ++row) {
        if (batch.rows[row].source == source) {
            take_row(batch, row, candidate, work, findings);
        }
    }
    work.approximate.assign(work.rows.size(), 0);
    std::unique_ptr<PositionConverter> converter = take_converter(source);
    const std::vector<double> x = work.x;
    const std::vector<double> y = work.y;
    converter->to_degrees(work.x.data(), work.y.data(), work.rows.size(), work.approximate.data());
    if (in_metres(candidate)) {
        exchange_strays(x, y, *converter, work);
    }
    for (std::size_t at = 0; at < work.rows.size(); ++at) {
        write(batch, work, at, candidate, findings);
    }
    const std::lock_guard lock(mutex_);
    idle_[source].push_back(std::move(converter));
}

void ConvertPositions::take_row(Batch& batch, std::size_t row, const SystemCandidate& candidate, Work& work,
                                Findings& findings) const {
    const Cell first_cell = batch.columns[first_].cells[row];
    const Cell second_cell = batch.columns[second_].cells[row];
    const auto first = coordinate_number(first_cell);
    const auto second = coordinate_number(second_cell);
    const bool in_place = first_ == latitude_ || first_ == longitude_;
    if (holds_position(batch, row)) {
        double x = 0;
        double y = 0;
        if (first && second && candidate.decode(pair_.names, *first, *second, x, y)) {
            work.add(row, candidate, x, y);  // to be held against the row's own position
        }
        return;
    }
    if (!first || !second) {
        // In columns of their own nobody else looks at X and Y; a latitude's own normaliser tells of what it is not.
        const bool unread = (!first && !first_cell.empty()) || (!second && !second_cell.empty());
        if (!in_place && (unread || first_cell.empty() != second_cell.empty())) {
            tell(unread ? Code::position_unreadable : Code::position_half, batch, row, findings);
        }
        return;
    }
    if (*first == 0 && *second == 0) {  // "no position" in every system
        if (!in_place) {
            tell(Code::position_zero, batch, row, findings);
        }
        return;
    }
    double x = 0;
    double y = 0;
    const auto reading = reading_of(candidate, *first, *second, x, y);
    if (reading && in_metres(candidate) &&
        usual_[batch.rows[row].source].reading_of(x, y) == UsualRange::Reading::none) {
        tell(Code::position_unreadable, batch, row, findings, "（ほかの行は平面直角座標などのメートル）");
        batch.columns[latitude_].cells[row] = batch.columns[longitude_].cells[row] = {};
    } else if (reading) {
        work.add(row, *reading, x, y);
    } else if (!in_place || candidate.system.datum != Datum::jgd2011) {
        // Left standing, a later stage would make degrees of it, and publish those of the older datum.
        const bool elsewhere = std::max(std::abs(*first), std::abs(*second)) <= 180;
        tell(elsewhere ? Code::position_outside_japan : Code::position_unreadable, batch, row, findings);
        batch.columns[latitude_].cells[row] = batch.columns[longitude_].cells[row] = {};
    }
}

std::optional<SystemCandidate> ConvertPositions::reading_of(const SystemCandidate& candidate, double first,
                                                            double second, double& x, double& y) const {
    const bool metres = in_metres(candidate);
    if (candidate.decode(pair_.names, first, second, x, y) && (metres || is_in_japan(x, y))) {
        return candidate;
    }
    if (metres) {
        return std::nullopt;
    }
    for (const NumberForm form : {candidate.form, NumberForm::plain, NumberForm::packed_seconds}) {
        for (const bool swapped : {candidate.swapped, !candidate.swapped}) {
            const SystemCandidate one{candidate.system, form, candidate.factor, swapped};
            if (one.decode(pair_.names, first, second, x, y) && is_in_japan(x, y)) {
                return one;
            }
        }
    }
    const bool left_to_others = candidate.system.datum == Datum::jgd2011;
    return left_to_others && candidate.decode(pair_.names, first, second, x, y) ? std::optional(candidate)
                                                                                : std::nullopt;
}

void ConvertPositions::exchange_strays(const std::vector<double>& x, const std::vector<double>& y,
                                       PositionConverter& converter, Work& work) const {
    if (evidence_.outside == nullptr) {
        return;  // both ways lie somewhere in Japan
    }
    constexpr double far_away = 20'000;  // metres: more than a facility in the next town
    for (std::size_t at = 0; at < work.rows.size(); ++at) {
        const bool near =
            is_in_japan(work.x[at], work.y[at]) && evidence_.outside({work.x[at], work.y[at]}, far_away) < far_away;
        if (near) {
            continue;
        }
        double east = y[at];
        double north = x[at];
        std::uint8_t approximate = 0;
        converter.to_degrees(&east, &north, 1, &approximate);
        if (is_in_japan(east, north) &&
            evidence_.outside({east, north}, 2 * evidence_.tolerance) <= evidence_.tolerance) {
            work.x[at] = east;
            work.y[at] = north;
            work.approximate[at] = approximate;
            work.readings[at].swapped = !work.readings[at].swapped;
        }
    }
}

bool ConvertPositions::holds_position(const Batch& batch, std::size_t row) const {
    return pair_.fills && !batch.columns[latitude_].cells[row].empty() && !batch.columns[longitude_].cells[row].empty();
}

void ConvertPositions::tell(Code code, Batch& batch, std::size_t row, Findings& findings, std::string_view why) const {
    const Cell found = batch.bytes.keep(std::string(batch.columns[first_].cells[row]) + ", " +
                                        std::string(batch.columns[second_].cells[row]) + std::string(why));
    findings.add(code, batch, row, latitude_, shape_.columns[latitude_], found);
}

void ConvertPositions::compare(const Batch& batch, std::size_t row, double longitude, double latitude,
                               Findings& findings) const {
    constexpr double beside = 100;  // metres: an entrance, a rounded figure
    const Cell own_latitude = batch.columns[latitude_].cells[row];
    const Cell own_longitude = batch.columns[longitude_].cells[row];
    const auto north = coordinate_number(own_latitude);
    const auto east = coordinate_number(own_longitude);
    if (!north || !east || !is_in_japan(*east, *north) || !is_in_japan(longitude, latitude)) {
        return;
    }
    const double metres = metres_apart(*north, *east, latitude, longitude);
    if (metres > beside) {
        const std::string headers = headers_of(shape_.columns[first_], shape_.columns[second_]);
        findings.add(
            Code::position_elsewhere, batch, row, latitude_, shape_.columns[latitude_],
            findings.keep(fmt::format("{}, {}（{} から {:.0f} m）", own_latitude, own_longitude, headers, metres)), {},
            findings.keep(headers + " の示す位置"));
    }
}

void ConvertPositions::write(Batch& batch, const Work& work, std::size_t at, const SystemCandidate& candidate,
                             Findings& findings) const {
    const std::size_t row = work.rows[at];
    const SystemCandidate& reading = work.readings[at];
    const Cell first = batch.columns[first_].cells[row];
    const Cell second = batch.columns[second_].cells[row];
    const bool has_its_own = holds_position(batch, row);
    if (!(std::abs(work.x[at]) <= 180 && std::abs(work.y[at]) <= 90)) {
        if (!has_its_own && first_ != latitude_ && first_ != longitude_) {
            tell(Code::position_unreadable, batch, row, findings);
        }
        return;  // in place the normaliser of the latitude tells of the number as it stands
    }
    if (reading.swapped && !candidate.swapped && !has_its_own) {
        findings.add(Code::position_swapped, batch, row, first_, shape_.columns[first_], first, second);
        findings.add(Code::position_swapped, batch, row, second_, shape_.columns[second_], second, first);
    }
    const bool metres = in_metres(candidate);
    Cell& latitude = batch.columns[latitude_].cells[row];
    Cell& longitude = batch.columns[longitude_].cells[row];
    if (has_its_own) {
        return compare(batch, row, work.x[at], work.y[at], findings);
    }
    const bool read_by_normaliser = reading.form == NumberForm::plain || reading.form == NumberForm::packed_seconds;
    if (!metres && reading.system.datum == Datum::jgd2011 && read_by_normaliser) {
        // Nothing but the order of the columns: the digits stay.
        const bool north_first = (pair_.names == AxisNames::latitude_longitude) != reading.swapped;
        latitude = north_first ? first : second;
        longitude = north_first ? second : first;
        return;
    }
    const std::size_t decimals = std::clamp(std::max(decimals_for(reading, first), decimals_for(reading, second)),
                                            least_decimals, most_decimals);
    latitude = batch.bytes.keep(printed(work.y[at], decimals));
    longitude = batch.bytes.keep(printed(work.x[at], decimals));
    const Cell found = batch.bytes.keep(std::string(first) + ", " + std::string(second));
    const Cell repaired = batch.bytes.keep(std::string(latitude) + ", " + std::string(longitude));
    findings.add(Code::position_from_plane, batch, row, latitude_, shape_.columns[latitude_], found, repaired,
                 batch.bytes.keep(code_text(reading.system)));
    if (work.approximate[at] != 0) {
        findings.add(Code::crs_without_parameter, batch, row, latitude_, shape_.columns[latitude_], "1");
    }
}

}  // namespace kokai
