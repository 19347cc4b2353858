// SPDX-License-Identifier: Apache-2.0
// Nearly every row says what the one before said, so that what an address begins with is remembered over a batch.
#include "locate/guard.hpp"

#include "locate/representative_point.hpp"
#include "model/prefecture.hpp"
#include "normalise/address/front.hpp"
#include "normalise/address/reader.hpp"
#include "normalise/code.hpp"
#include "normalise/municipality.hpp"
#include "support/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <deque>
#include <optional>
#include <string_view>
#include <utility>

namespace kokai {
namespace {

constexpr double kilometre = 1000.0;
constexpr double told_exactly = 20 * kilometre;
/// A point that no municipality holds lies at sea, or on land that is newer than the boundaries: near by it proves
/// nothing.
constexpr double surely_elsewhere = 10 * kilometre;
/// So near to a simplified boundary a doubt is left, although it is outside by more than the tolerance.
constexpr double doubtful = 5 * kilometre;
/// The simplified boundaries have lost the small islands.
constexpr double islets = 3 * kilometre;

std::string name_of_code(std::string_view lg_code) {
    const std::optional<Municipality> found = municipality_with_code(lg_code);
    if (found) {
        return std::string(found->prefecture) + found->name;
    }
    return std::string(prefecture_name(lg_code));
}

/// Whether an address begins with the town of that code: 三木町大字氷上, which alone could be a part of any city.
bool begins_with_name(std::string_view address, std::string_view lg_code) {
    const std::optional<Municipality> home = municipality_with_code(lg_code);
    if (!home || address.empty()) {
        return false;
    }
    constexpr std::string_view county = "郡";
    const std::string_view name = home->name;
    const std::size_t end = name.find(county);
    const std::string_view town = end == std::string_view::npos ? name : name.substr(end + county.size());
    return !town.empty() && (address.starts_with(name) || address.starts_with(town));
}

std::string spoken(double metres) {
    if (metres >= told_exactly) {
        return fmt::format("{:.0f} km 以上", told_exactly / kilometre);
    }
    return metres < kilometre ? fmt::format("{:.0f} m", metres) : fmt::format("{:.1f} km", metres / kilometre);
}

}  // namespace

/// The municipalities that rows of a batch name.
class GuardPositions::Homes {
public:
    struct Home {
        std::string code;
        std::optional<MunicipalityIndex::Place> place;
    };

    Homes(const MunicipalityIndex& index, const std::string& publisher) : index_(index) {
        publisher_ = &with_code(publisher);
        prefecture_ = prefecture_name(publisher);
    }

    [[nodiscard]] const Home& publisher() const { return *publisher_; }

    /// By the code of a cell; its home has no place when the cell is no code, or one without boundary.
    const Home& with_code(std::string_view code) {
        const auto known =
            std::find_if(homes_.begin(), homes_.end(), [&](const Home& one) { return one.code == code; });
        if (known != homes_.end()) {
            return *known;
        }
        forget_if_many();
        return homes_.emplace_back(Home{std::string(code), is_clean_code(code) ? index_.find(code) : std::nullopt});
    }

    /// The one that an address begins with, if it surely does.
    const Home* of_address(std::string_view address) {
        if (const Home* const home = at_start(address); home != nullptr) {
            return home;
        }
        const std::string_view rest = without_front(address);
        if (rest.size() < address.size()) {
            if (const Home* const home = at_start(rest); home != nullptr) {
                return home;
            }
        }
        return read(rest);
    }

private:
    const Home* at_start(std::string_view address) {
        const auto known = std::find_if(beginnings_.begin(), beginnings_.end(),
                                        [&](const Beginning& one) { return address.starts_with(one.text); });
        if (known != beginnings_.end()) {
            return known->home;
        }
        const std::optional<Municipality> found = municipality_surely_at_start(address, prefecture_);
        if (!found) {
            return nullptr;
        }
        const Home* const home = &with_code(found->lg_code);
        beginnings_.push_back({std::string(address.substr(0, found->length)), home});
        return home;
    }

    /// 群馬県 高崎市, 東京都八丈島八丈町: written in a way that only the reader of addresses knows. What it completes,
    /// the address does not say. Other rows are not worth its time: 大手町2-12-1 names no municipality.
    const Home* read(std::string_view address) {
        const std::string_view head = address.substr(0, std::min(address.find_first_of("0123456789"), longest_name));
        constexpr std::array<std::string_view, 6> unusual{" ", "　", "\n", "\r", "島", "郡"};
        if (!holds_any(head, unusual)) {
            return nullptr;
        }
        if (head != head_) {
            head_ = head;
            if (!reader_) {
                reader_.emplace();
            }
            const Address& said = reader_->read(head_);
            read_ = said.has_town() && !said.completed_city ? std::string(said.lg_code) : std::string();
        }
        return read_.empty() ? nullptr : &with_code(read_);
    }

    static constexpr std::size_t longest_name = 96;

    struct Beginning {
        std::string text;
        const Home* home = nullptr;
    };
    /// Addresses of all Japan do not make the list longer than it pays to look through.
    void forget_if_many() {
        constexpr std::size_t many = 64;
        if (homes_.size() >= many) {
            const Home own = *publisher_;
            homes_.clear();
            beginnings_.clear();
            publisher_ = &homes_.emplace_back(own);
        }
    }

    const MunicipalityIndex& index_;
    std::deque<Home> homes_;
    std::deque<Beginning> beginnings_;
    const Home* publisher_ = nullptr;
    std::string_view prefecture_;
    std::optional<AddressReader> reader_;  // maps the list of towns: most tables need it not
    std::string head_, read_;              // what stood before the number of the row before, and the code it named
};

GuardPositions::GuardPositions(std::string publisher, std::string latitude)
    : publisher_(std::move(publisher)), latitude_name_(std::move(latitude)) {}

GuardPositions::GuardPositions(std::string publisher, std::string latitude, const MunicipalityIndex& index)
    : publisher_(std::move(publisher)), latitude_name_(std::move(latitude)), index_(&index) {}

Shape GuardPositions::bind(const Shape& in) {
    shape_ = in;
    columns_ = row_place_columns(in);
    latitude_ = latitude_name_.empty() ? Shape::npos : in.find(latitude_name_);
    const bool says_where = !publisher_.empty() || columns_.address != Shape::npos || columns_.city != Shape::npos ||
                            columns_.place_code != Shape::npos || columns_.own_code != Shape::npos;
    if (index_ == nullptr && in.has_geometry && says_where) {
        index_ = &MunicipalityIndex::shared();
    }
    return in;
}

void GuardPositions::run(Batch& batch, Findings& findings) const {
    if (index_ == nullptr || batch.shapes.empty()) {
        return;
    }
    Homes homes(*index_, publisher_);
    for (std::size_t row = 0; row < batch.size(); ++row) {
        if (batch.states[row] == RowState::kept && batch.shapes.kind(row) != GeometryKind::none) {
            look(batch, row, homes, findings);
        }
    }
}

void GuardPositions::look(const Batch& batch, std::size_t row, Homes& homes, Findings& findings) const {
    const auto cell = [&](std::size_t column) {
        return column == Shape::npos ? Cell{} : batch.columns[column].cells[row];
    };
    const Homes::Home* home = nullptr;
    std::string room;
    const std::string_view address = address_of_row(columns_, batch, row, room);
    if (!address.empty()) {
        home = homes.of_address(address);
    } else if (const Cell city = cell(columns_.city); !city.empty()) {
        home = homes.of_address(std::string(cell(columns_.prefecture)).append(city));
    }
    const bool by_address = home != nullptr && home->place;
    for (const std::size_t column : {columns_.place_code, columns_.own_code}) {
        if ((home == nullptr || !home->place) && !cell(column).empty()) {
            home = &homes.with_code(cell(column));
        }
    }
    if (home == nullptr || !home->place) {
        home = &homes.publisher();
    }
    const std::optional<LonLat> point = home->place ? representative_point(batch.shapes, row) : std::nullopt;
    if (!point || index_->fits(*home->place, *point)) {
        return;
    }
    const std::string holder = index_->holder_near(*point, home->place->tolerance());
    const double metres = index_->distance(*home->place, *point, told_exactly);
    if (holder.empty() ? metres <= islets : begins_with_name(without_front(address), holder)) {
        return;
    }
    const bool simplified = home->place->tolerance() >= kilometre;
    const double proves = holder.empty() ? surely_elsewhere : simplified ? doubtful : 0.0;
    const bool disagree = by_address && metres >= proves;
    const std::string where = holder.empty() ? "どの市区町村でもない場所（海など）" : name_of_code(holder);
    const Cell found = findings.keep(fmt::format("{}（境界から {}）", where, spoken(metres)));
    const Cell expected = findings.keep(name_of_code(home->code));
    const Code code = disagree ? Code::position_not_at_address : Code::position_elsewhere;
    if (latitude_ != Shape::npos && !cell(latitude_).empty()) {
        findings.add(code, batch, row, latitude_, shape_.columns[latitude_], found, {}, expected);
    } else {
        findings.add_row(code, batch, row, found, expected);
    }
}

}  // namespace kokai
