// SPDX-License-Identifier: Apache-2.0
// Reading an address costs twenty microseconds, and the rows of a table name some hundred towns: what stands before the
// first number is read once and remembered.
#include "locate/town_guard.hpp"

#include "locate/municipality_index.hpp"
#include "locate/representative_point.hpp"
#include "locate/shape_distance.hpp"
#include "model/earth.hpp"
#include "normalise/address/front.hpp"
#include "normalise/address/reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace kokai {
namespace {

/// Towns are known by points only: a park or a school of a wide one stands some way off.
constexpr double near_metres = 2500.0;
constexpr double nowhere = std::numeric_limits<double>::infinity();

/// What stands before the first number; all of it where there is none.
std::string_view head_of(std::string_view address) {
    constexpr std::size_t most = 192;
    return address.substr(0, std::min(address.find_first_of("0123456789"), most));
}

}  // namespace

/// What addresses said so far.
class GuardTowns::Towns {
public:
    struct Known {
        std::string name;                           // 大手町二丁目
        std::vector<TownPoint> points;              // of the town, its 丁目 and 小字
        std::uint32_t number = AddressIndex::npos;  // its municipality
        std::uint32_t within = AddressIndex::npos;  // the same, or the city that the address leaves at that
        std::optional<MunicipalityIndex::Place> place;
        std::optional<double> width;  // to the next town, once it was asked
        double narrowing = 1.0;       // a degree of longitude over one of latitude
    };

    static double metres_to(const Known& town, const ShapeDistance& shape) {
        double metres = nowhere;
        for (const TownPoint& one : town.points) {
            metres = std::min(metres, shape.metres_to({one.longitude, one.latitude}, metres));
        }
        return metres;
    }

    Known& of(std::string_view head, std::string_view context, AddressReaders& readers) {
        key_.assign(context).append("|").append(head);
        if (const auto found = known_.find(key_); found != known_.end()) {
            return found->second;
        }
        constexpr std::size_t many = 4096;
        if (known_.size() >= many) {
            known_.clear();
        }
        return known_.emplace(key_, read(head, context, readers)).first->second;
    }

    /// Metres from the town to the next one of the municipality.
    static double width_of(Known& known) {
        if (!known.width) {
            const std::string key = key_of(known);
            double best = nowhere;
            for (const AddressIndex::Town& town : towns_of(known)) {
                const auto at = AddressIndex::point(town);
                if (at && !AddressIndex::shared().key(town).starts_with(key)) {
                    best = std::min(best, squared_degrees(known, *at));
                }
            }
            known.width = std::sqrt(best) * metres_per_degree;
        }
        return *known.width;
    }

    /// Metres to the nearest town of the municipality, of a city those of its wards, too.
    static double nearest(const Known& known, const ShapeDistance& shape) {
        const AddressIndex& index = AddressIndex::shared();
        const auto all = index.municipalities();
        double best = nowhere;
        for (std::uint32_t i = known.within; i < all.size() && (i == known.within || all[i].parent == known.within);
             ++i) {
            for (const AddressIndex::Town& town : index.towns(all[i])) {
                if (const auto at = AddressIndex::point(town)) {
                    best = std::min(best, shape.metres_to({at->longitude, at->latitude}, best));
                }
            }
        }
        return best;
    }

private:
    /// The municipality that GuardPositions holds the point against: of 札幌市青葉町 it is 札幌市, not the ward.
    static std::uint32_t named_in(const AddressIndex& index, std::uint32_t number, std::string_view head) {
        const AddressIndex::Municipality& town = index.municipalities()[number];
        const std::string_view ward =
            index.name(town).substr(static_cast<std::size_t>(town.county_bytes) + town.city_bytes);
        return !ward.empty() && head.find(ward) == std::string_view::npos ? town.parent : number;
    }

    static Known read(std::string_view head, std::string_view context, AddressReaders& readers) {
        Known known;
        std::unique_ptr<AddressReader> reader = readers.take();
        const Address& address = reader->read(head, context);
        const AddressIndex& index = AddressIndex::shared();
        const std::uint32_t number = address.has_town() ? index.find(address.lg_code) : AddressIndex::npos;
        if (number != AddressIndex::npos) {
            known.name = address.town;
            known.number = number;
            known.within = named_in(index, number, head);
            known.place = MunicipalityIndex::shared().find(AddressIndex::code(index.municipalities()[known.within]));
            gather(known);
            const double latitude = known.points.empty() ? 0.0 : known.points.front().latitude;
            known.narrowing = std::cos(latitude * std::numbers::pi / 180.0);
        }
        readers.give_back(std::move(reader));
        return known;
    }

    static std::span<const AddressIndex::Town> towns_of(const Known& known) {
        const AddressIndex& index = AddressIndex::shared();
        return index.towns(index.municipalities()[known.number]);
    }

    /// What the keys of the town, of its 丁目 and 小字 and, of a 小字, of those beside it begin with.
    static std::string key_of(const Known& known) {
        const AddressIndex& index = AddressIndex::shared();
        const std::span<const AddressIndex::Town> towns = towns_of(known);
        std::string key = address_key(known.name);
        const auto own = std::find_if(towns.begin(), towns.end(),
                                      [&](const AddressIndex::Town& one) { return index.key(one) == key; });
        if (own != towns.end() && (own->flags & AddressIndex::Town::with_koaza) != 0) {
            key = address_key(index.name(*own).substr(0, own->main_bytes));
        }
        return key;
    }

    static void gather(Known& known) {
        const std::string key = key_of(known);
        for (const AddressIndex::Town& town : towns_of(known)) {
            const auto at = AddressIndex::point(town);
            if (at && AddressIndex::shared().key(town).starts_with(key)) {
                known.points.push_back(*at);
            }
        }
    }

    /// Of latitude; good to a metre in a kilometre, since a town's points lie near each other.
    static double squared_degrees(const Known& town, TownPoint other) {
        double best = nowhere;
        for (const TownPoint& one : town.points) {
            const double north = one.latitude - other.latitude;
            const double east = (one.longitude - other.longitude) * town.narrowing;
            best = std::min(best, north * north + east * east);
        }
        return best;
    }

    std::unordered_map<std::string, Known> known_;
    std::string key_;
};

GuardTowns::GuardTowns(std::string publisher, std::string latitude)
    : publisher_(std::move(publisher)), latitude_name_(std::move(latitude)) {}
GuardTowns::~GuardTowns() = default;

Shape GuardTowns::bind(const Shape& in) {
    shape_ = in;
    columns_ = row_place_columns(in);
    latitude_ = latitude_name_.empty() ? Shape::npos : in.find(latitude_name_);
    return in;
}

std::unique_ptr<GuardTowns::Towns> GuardTowns::take() const {
    const std::lock_guard lock(mutex_);
    if (idle_.empty()) {
        return std::make_unique<Towns>();
    }
    std::unique_ptr<Towns> towns = std::move(idle_.back());
    idle_.pop_back();
    return towns;
}

void GuardTowns::run(Batch& batch, Findings& findings) const {
    if ((columns_.address == Shape::npos && columns_.town == Shape::npos) || batch.shapes.empty()) {
        return;
    }
    std::unique_ptr<Towns> towns = take();
    for (std::size_t row = 0; row < batch.size(); ++row) {
        if (batch.states[row] == RowState::kept && batch.shapes.kind(row) != GeometryKind::none) {
            look(batch, row, *towns, findings);
        }
    }
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(towns));
}

void GuardTowns::look(const Batch& batch, std::size_t row, Towns& towns, Findings& findings) const {
    const auto cell = [&](std::size_t column) {
        return column == Shape::npos ? Cell{} : batch.columns[column].cells[row];
    };
    std::string room;
    const std::string_view head = head_of(without_front(address_of_row(columns_, batch, row, room)));
    if (head.empty()) {
        return;
    }
    Cell context = cell(columns_.place_code);
    context = context.empty() ? cell(columns_.own_code) : context;
    Towns::Known& town = towns.of(head, context.empty() ? Cell(publisher_) : context, readers_);
    const std::optional<LonLat> point = town.points.empty() ? std::nullopt : representative_point(batch.shapes, row);
    if (!point) {
        return;
    }
    // Of a line or an area every part counts: only where none of it is near is it elsewhere.
    const ShapeDistance shape(batch.shapes, row);
    const double metres = Towns::metres_to(town, shape);
    // What costs more is asked later: the nearest town is looked for among all of the municipality.
    const auto may_be_so_wide = [&](double to_next) { return metres <= near_metres + 2 * to_next; };
    if (metres <= near_metres || !town.place || !MunicipalityIndex::shared().fits(*town.place, *point) ||
        may_be_so_wide(Towns::width_of(town)) || may_be_so_wide(Towns::nearest(town, shape))) {
        return;
    }
    const Cell found = findings.keep(fmt::format("{:.1f} km", metres / 1000.0));
    const Cell expected = findings.keep(town.name);
    if (latitude_ != Shape::npos && !cell(latitude_).empty()) {
        findings.add(Code::position_far_from_town, batch, row, latitude_, shape_.columns[latitude_], found, {},
                     expected);
    } else {
        findings.add_row(Code::position_far_from_town, batch, row, found, expected);
    }
}

}  // namespace kokai
