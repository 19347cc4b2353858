// SPDX-License-Identifier: Apache-2.0
// Points are rounded to a ten-millionth of a degree (a centimetre), as the boundaries are; inside or outside is then
// decided in integers, without rounding. Distances are those of a plane that touches the earth at the point.
#include "locate/municipality_index.hpp"

#include "model/error.hpp"
#include "support/module.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numbers>

namespace kokai {
namespace {

constexpr double exact_tolerance = 100.0;
constexpr double simplified_tolerance = 1000.0;

struct UnitPoint {
    std::int64_t x = 0, y = 0;
};

/// Nothing for what no degrees can be.
std::optional<UnitPoint> in_units(LonLat point) {
    if (!(std::abs(point.longitude) <= 180.0) || !(std::abs(point.latitude) <= 90.0)) {
        return std::nullopt;
    }
    return UnitPoint{std::llround(point.longitude * boundary_units), std::llround(point.latitude * boundary_units)};
}

/// The square of the distance from (0, 0) to the box around a stretch, in metres.
double squared_distance_to_box(double ax, double ay, double bx, double by) {
    const double x = ax * bx > 0 ? std::min(ax * ax, bx * bx) : 0.0;
    const double y = ay * by > 0 ? std::min(ay * ay, by * by) : 0.0;
    return x + y;
}

/// The square of the distance from (0, 0) to a stretch, in metres.
double squared_distance(double ax, double ay, double bx, double by) {
    const double dx = bx - ax;
    const double dy = by - ay;
    const double length = dx * dx + dy * dy;
    const double along = length > 0 ? std::clamp(-(ax * dx + ay * dy) / length, 0.0, 1.0) : 0.0;
    const double x = ax + along * dx;
    const double y = ay + along * dy;
    return x * x + y * y;
}

std::optional<std::size_t> cell_of(std::int64_t x, std::int64_t y) {
    const std::int64_t east = x - BoundaryGrid::west;
    const std::int64_t north = y - BoundaryGrid::south;
    if (east < 0 || north < 0 || east / BoundaryGrid::cell >= BoundaryGrid::columns ||
        north / BoundaryGrid::cell >= BoundaryGrid::rows) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(north / BoundaryGrid::cell * BoundaryGrid::columns + east / BoundaryGrid::cell);
}

template <typename Item>
std::span<const Item> take(std::span<const std::byte>& bytes, std::size_t count, bool& good) {
    if (!good || bytes.size() / sizeof(Item) < count) {
        good = false;
        return {};
    }
    const std::span<const Item> items(reinterpret_cast<const Item*>(bytes.data()), count);
    bytes = bytes.subspan(count * sizeof(Item));
    return items;
}

}  // namespace

/// Metres of a unit at a latitude (WGS 84).
struct MunicipalityIndex::UnitLengths {
    explicit UnitLengths(std::int64_t latitude) {
        const double angle = static_cast<double>(latitude) / boundary_units * std::numbers::pi / 180.0;
        const double once = std::cos(angle);  // of twice, three and four times the angle by it
        const double twice = 2 * once * once - 1;
        const double thrice = once * (2 * twice - 1);
        north = (111'132.92 - 559.82 * twice + 1.175 * (2 * twice * twice - 1)) / boundary_units;
        east = (111'412.84 * once - 93.5 * thrice) / boundary_units;
    }
    double north, east;
};

MunicipalityIndex::MunicipalityIndex(const std::filesystem::path& file) : file_(file) {
    std::span<const std::byte> bytes = file_.bytes();
    bool good = true;
    const auto headers = take<BoundaryHeader>(bytes, 1, good);
    good = good && headers.front().magic == boundary_magic;
    if (good) {
        const BoundaryHeader& header = headers.front();
        areas_ = take<BoundaryArea>(bytes, header.areas, good);
        codes_ = take<BoundaryCode>(bytes, header.codes, good);
        members_ = take<std::uint32_t>(bytes, header.members, good);
        grid_starts_ = take<std::uint32_t>(bytes, std::size_t{BoundaryGrid::columns} * BoundaryGrid::rows + 1, good);
        grid_entries_ = take<std::uint32_t>(bytes, header.grid_entries, good);
        band_starts_ = take<std::uint32_t>(bytes, header.band_starts, good);
        edges_ = take<std::uint32_t>(bytes, header.edges, good);
        vertices_ = take<BoundaryVertex>(bytes, header.vertices, good);
    }
    if (!good || !bytes.empty()) {
        throw WorldError(file.string(), "境界のファイルではありません: " + file.string(),
                         "not a file of boundaries: " + file.string());
    }
}

const MunicipalityIndex& MunicipalityIndex::shared() {
    static const MunicipalityIndex index(beside_program("kokai_boundaries.bin"));
    return index;
}

std::optional<MunicipalityIndex::Place> MunicipalityIndex::find(std::string_view lg_code) const {
    constexpr std::size_t digits = 5;
    if (lg_code.size() != digits && lg_code.size() != digits + 1) {
        return std::nullopt;
    }
    std::uint32_t number = 0;
    for (const char letter : lg_code.substr(0, digits)) {
        if (letter < '0' || letter > '9') {
            return std::nullopt;
        }
        number = number * 10 + static_cast<std::uint32_t>(letter - '0');
    }
    const auto found = std::lower_bound(codes_.begin(), codes_.end(), number,
                                        [](const BoundaryCode& one, std::uint32_t code) { return one.code < code; });
    if (found == codes_.end() || found->code != number) {
        return std::nullopt;
    }
    Place place;
    place.areas_ = members_.subspan(found->first, found->count);
    const bool exact = std::all_of(place.areas_.begin(), place.areas_.end(),
                                   [&](std::uint32_t area) { return areas_[area].exact != 0; });
    place.tolerance_ = exact ? exact_tolerance : simplified_tolerance;
    return place;
}

std::span<const std::uint32_t> MunicipalityIndex::band(const BoundaryArea& area, std::uint32_t number) const {
    const std::uint32_t first = band_starts_[area.first_band + number];
    return edges_.subspan(first, band_starts_[area.first_band + number + 1] - first);
}

bool MunicipalityIndex::area_holds(const BoundaryArea& area, std::int64_t x, std::int64_t y) const {
    if (x < area.west || x > area.east || y < area.south || y > area.north) {
        return false;
    }
    bool inside = false;
    for (const std::uint32_t edge : band(area, static_cast<std::uint32_t>((y - area.south) >> area.band_shift))) {
        const BoundaryVertex& a = vertices_[edge];
        const BoundaryVertex& b = vertices_[edge + 1];
        if ((a.y > y) != (b.y > y)) {
            // Whether the edge passes east of the point: on which side of it the point lies.
            const std::int64_t side = (std::int64_t{b.x} - a.x) * (y - a.y) - (x - a.x) * (std::int64_t{b.y} - a.y);
            inside = side != 0 && (side > 0) == (b.y > a.y) ? !inside : inside;
        }
    }
    return inside;
}

double MunicipalityIndex::area_distance(const BoundaryArea& area, std::int64_t x, std::int64_t y,
                                        const UnitLengths& unit, double reach) const {
    const double east = unit.east * static_cast<double>(std::max({area.west - x, x - area.east, std::int64_t{0}}));
    const double north = unit.north * static_cast<double>(std::max({area.south - y, y - area.north, std::int64_t{0}}));
    double best = reach * reach;
    if (east * east + north * north >= best) {
        return reach;
    }
    const auto measure = [&](std::uint32_t number) {
        for (const std::uint32_t edge : band(area, number)) {
            const BoundaryVertex& a = vertices_[edge];
            const BoundaryVertex& b = vertices_[edge + 1];
            const double ax = unit.east * static_cast<double>(a.x - x);
            const double ay = unit.north * static_cast<double>(a.y - y);
            const double bx = unit.east * static_cast<double>(b.x - x);
            const double by = unit.north * static_cast<double>(b.y - y);
            if (squared_distance_to_box(ax, ay, bx, by) < best) {
                best = std::min(best, squared_distance(ax, ay, bx, by));
            }
        }
    };
    // From the point's own band up and down, until what is left lies farther than what was found.
    const std::int64_t last = std::int64_t{area.bands} - 1;
    const std::int64_t own = std::clamp((y - area.south) >> area.band_shift, std::int64_t{0}, last);
    const auto start_of = [&](std::int64_t number) { return area.south + (number << area.band_shift); };
    measure(static_cast<std::uint32_t>(own));
    for (std::int64_t up = own + 1; up <= last; ++up) {
        const double gap = unit.north * static_cast<double>(std::max(start_of(up) - y, std::int64_t{0}));
        if (gap * gap >= best) {
            break;
        }
        measure(static_cast<std::uint32_t>(up));
    }
    for (std::int64_t down = own - 1; down >= 0; --down) {
        const double gap = unit.north * static_cast<double>(std::max(y - start_of(down + 1), std::int64_t{0}));
        if (gap * gap >= best) {
            break;
        }
        measure(static_cast<std::uint32_t>(down));
    }
    return std::sqrt(best);
}

bool MunicipalityIndex::holds(const Place& place, LonLat point) const {
    constexpr std::size_t few = 4;
    if (place.areas_.size() > few) {
        const std::optional<std::uint32_t> area = area_at(point);
        return area && std::binary_search(place.areas_.begin(), place.areas_.end(), *area);
    }
    const std::optional<UnitPoint> at = in_units(point);
    return at && std::any_of(place.areas_.begin(), place.areas_.end(),
                             [&](std::uint32_t area) { return area_holds(areas_[area], at->x, at->y); });
}

double MunicipalityIndex::distance(const Place& place, LonLat point, double reach) const {
    const std::optional<UnitPoint> at = in_units(point);
    if (!at) {
        return reach;
    }
    if (holds(place, point)) {
        return 0;
    }
    const UnitLengths unit(at->y);
    double best = reach;
    for (const std::uint32_t area : place.areas_) {
        best = std::min(best, area_distance(areas_[area], at->x, at->y, unit, best));
    }
    return best;
}

std::optional<std::uint32_t> MunicipalityIndex::area_at(LonLat point) const {
    const std::optional<UnitPoint> at = in_units(point);
    if (!at) {
        return std::nullopt;
    }
    const std::optional<std::size_t> cell = cell_of(at->x, at->y);
    for (std::uint32_t i = cell ? grid_starts_[*cell] : 0; cell && i < grid_starts_[*cell + 1]; ++i) {
        const std::uint32_t area = grid_entries_[i] & ~BoundaryGrid::whole;
        if ((grid_entries_[i] & BoundaryGrid::whole) != 0 || area_holds(areas_[area], at->x, at->y)) {
            return area;
        }
    }
    return std::nullopt;
}

std::string MunicipalityIndex::code_text(std::uint32_t area) const {
    constexpr std::size_t digits = 6;
    std::string code = std::to_string(areas_[area].code);
    code.insert(0, digits - code.size(), '0');
    return code;
}

std::string MunicipalityIndex::holder(LonLat point) const {
    const std::optional<std::uint32_t> area = area_at(point);
    return area ? code_text(*area) : std::string();
}

std::string MunicipalityIndex::holder_near(LonLat point, double reach) const {
    const std::optional<UnitPoint> at = in_units(point);
    std::string held = holder(point);
    if (!held.empty() || !at) {
        return held;
    }
    // What is nearer than 5 km reaches into the point's cell or one beside it, which are 0.1 degrees wide.
    const UnitLengths unit(at->y);
    double best = std::min(reach, 5000.0);
    for (std::int64_t row = -1; row <= 1; ++row) {
        for (std::int64_t column = -1; column <= 1; ++column) {
            const std::optional<std::size_t> cell =
                cell_of(at->x + column * BoundaryGrid::cell, at->y + row * BoundaryGrid::cell);
            for (std::uint32_t i = cell ? grid_starts_[*cell] : 0; cell && i < grid_starts_[*cell + 1]; ++i) {
                const std::uint32_t area = grid_entries_[i] & ~BoundaryGrid::whole;
                const double metres = area_distance(areas_[area], at->x, at->y, unit, best);
                if (metres < best) {
                    best = metres;
                    held = code_text(area);
                }
            }
        }
    }
    return held;
}

}  // namespace kokai
