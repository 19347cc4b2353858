// SPDX-License-Identifier: Apache-2.0
// Columns are known by their English names (kokai:english), which are the same in every edition and table. Nearly every
// row says what the one before said, so that answers are remembered over a batch.
#include "validate/municipality.hpp"

#include "model/prefecture.hpp"
#include "model/schema.hpp"
#include "normalise/code.hpp"
#include "normalise/municipality.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace kokai {
namespace {

/// Where a code says that something is; a prefecture's own code has no name.
struct Home {
    std::string_view prefecture;
    std::string name;  // 前橋市, 吾妻郡東吾妻町, 札幌市厚別区

    [[nodiscard]] std::string full_name() const { return std::string(prefecture) + name; }
};

std::optional<Home> home_of(std::string_view code) {
    if (!is_clean_code(code)) {
        return std::nullopt;  // told by the normaliser
    }
    if (const auto found = municipality_with_code(code)) {
        return Home{found->prefecture, found->name};
    }
    return prefecture_code(code) == code ? std::optional(Home{prefecture_name(code), {}}) : std::nullopt;
}

/// A city and its ward, a prefecture and its town do not contradict each other.
bool is_within(const Home& home, const Municipality& other) {
    return other.prefecture == home.prefecture &&
           (std::string_view(other.name).starts_with(home.name) || std::string_view(home.name).starts_with(other.name));
}

bool begins_in_ascii(std::string_view text) {
    return text.empty() || static_cast<unsigned char>(text.front()) < 0x80;
}

std::string_view prefecture_said(std::string_view text) {
    return begins_in_ascii(text) ? std::string_view() : prefecture_name(text);
}

/// Whether `name` says another municipality than the one of the code.
bool contradicts(const Home& home, std::string_view name) {
    if (begins_in_ascii(name)) {
        return false;
    }
    const std::string_view said = prefecture_said(name);
    if (!said.empty() && said != home.prefecture) {
        return true;
    }
    const std::string_view rest = name.substr(said.size());
    if (rest.empty() || std::string_view(home.name).ends_with(rest)) {
        return false;
    }
    const std::optional<Municipality> found = municipality_surely_at_start(name, home.prefecture);
    return found && !is_within(home, *found);
}

/// What has been said of one code.
struct Known {
    std::string code;
    std::optional<Home> home;
    std::vector<std::string> own;  // how addresses at home begin
    std::string prefecture, city;  // the names that stood beside it last …
    bool named = false;
    bool wrong = false;  // … and whether they contradict it
};

std::size_t filled_column(const Shape& shape, std::string_view english) {
    for (std::size_t i = 0; i < shape.columns.size(); ++i) {
        const ColumnInfo& column = shape.columns[i];
        if (column.field != nullptr && column.field->english == english && (column.made || !column.from.empty())) {
            return i;
        }
    }
    return Shape::npos;
}

std::size_t first_filled(const Shape& shape, std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names) {
        if (const std::size_t column = filled_column(shape, name); column != Shape::npos) {
            return column;
        }
    }
    return Shape::npos;
}

}  // namespace

/// Codes as they come: a city's rows have one, a prefecture's many. Its codes lie within a thousand of each other, so
/// that no two of them share a place.
class CheckMunicipality::Homes {
public:
    Homes() : places_(1024) {}

    Known& of(std::string_view code) {
        std::size_t number = 0;
        for (const char c : code.substr(0, 5)) {
            number = number * 10 + static_cast<std::size_t>(c - '0');
        }
        Known& known = places_[number % places_.size()];
        if (known.code != code) {
            known = {std::string(code), home_of(code), {}, {}, {}, false, false};
        }
        return known;
    }

private:
    std::vector<Known> places_;
};

CheckMunicipality::CheckMunicipality(std::string publisher) : publisher_(std::move(publisher)) {}
CheckMunicipality::~CheckMunicipality() = default;

std::unique_ptr<CheckMunicipality::Homes> CheckMunicipality::take() const {
    const std::lock_guard lock(mutex_);
    if (idle_.empty()) {
        return std::make_unique<Homes>();
    }
    std::unique_ptr<Homes> homes = std::move(idle_.back());
    idle_.pop_back();
    return homes;
}

void CheckMunicipality::give_back(std::unique_ptr<Homes> homes) const {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(homes));
}

Shape CheckMunicipality::bind(const Shape& in) {
    shape_ = in;
    own_.code = first_filled(in, {"localGovernmentCode", "municipalityCode"});
    own_.whole = filled_column(in, "localGovernmentName");
    own_.prefecture = filled_column(in, "prefectureName");
    own_.city = filled_column(in, "cityName");
    place_.code = filled_column(in, "locatedLocalGovernmentCode");
    place_.prefecture = first_filled(in, {"prefecture", "schoolPrefecture"});
    place_.city = first_filled(in, {"city", "schoolCity"});
    address_ = first_filled(in, {"fullAddress", "address", "facilityAddress"});
    return in;
}

void CheckMunicipality::run(Batch& batch, Findings& findings) const {
    std::unique_ptr<Homes> homes = take();
    for (std::size_t row = 0; row < batch.size(); ++row) {  // all of a row at once: its bytes lie together
        check_names(own_, *homes, batch, row, findings);
        check_names(place_, *homes, batch, row, findings);
        check_address(*homes, batch, row, findings);
    }
    give_back(std::move(homes));
}

void CheckMunicipality::check_names(const Named& named, Homes& homes, const Batch& batch, std::size_t row,
                                    Findings& findings) const {
    const std::size_t tells = named.whole != Shape::npos  ? named.whole
                              : named.city != Shape::npos ? named.city
                                                          : named.prefecture;
    if (named.code == Shape::npos || tells == Shape::npos) {
        return;
    }
    const auto cell = [&](std::size_t column) {
        return column == Shape::npos ? Cell{} : batch.columns[column].cells[row];
    };
    Known& known = homes.of(cell(named.code));
    const Cell prefecture = named.whole != Shape::npos ? Cell{} : cell(named.prefecture);
    const Cell city = cell(named.whole != Shape::npos ? named.whole : named.city);
    if (!known.named || prefecture != known.prefecture || city != known.city) {
        known.named = true;
        known.prefecture = prefecture;
        known.city = city;
        known.wrong =
            known.home &&
            (contradicts(*known.home, prefecture) ||
             contradicts(*known.home, prefecture_said(city).empty() ? known.prefecture + known.city : known.city));
    }
    if (known.wrong) {
        const std::size_t at = city.empty() && named.whole == Shape::npos ? named.prefecture : tells;
        findings.add(Code::code_name_differs, batch, row, at, shape_.columns[at], cell(at), {},
                     findings.keep(known.home->full_name()));
    }
}

void CheckMunicipality::check_address(Homes& homes, const Batch& batch, std::size_t row, Findings& findings) const {
    const Cell address = address_ == Shape::npos ? Cell{} : batch.columns[address_].cells[row];
    if (begins_in_ascii(address)) {
        return;
    }
    Cell code = place_.code == Shape::npos ? Cell{} : batch.columns[place_.code].cells[row];
    if (code.empty()) {
        code = own_.code == Shape::npos ? Cell{} : batch.columns[own_.code].cells[row];
    }
    Known& known = homes.of(code.empty() ? Cell(publisher_) : code);
    const auto begins_as = [&](const std::string& one) { return address.starts_with(one); };
    if (!known.home || std::any_of(known.own.begin(), known.own.end(), begins_as)) {
        return;
    }
    const std::string_view said = prefecture_said(address);
    const std::optional<Municipality> found = municipality_surely_at_start(address, known.home->prefecture);
    constexpr std::size_t remembered = 8;
    if (found && is_within(*known.home, *found)) {
        if (known.own.size() < remembered) {
            known.own.emplace_back(address.substr(0, found->length));
        }
    } else if (found || (!said.empty() && said != known.home->prefecture)) {
        findings.add(Code::address_elsewhere, batch, row, address_, shape_.columns[address_], address, {},
                     findings.keep(known.home->full_name()));
    }
}

}  // namespace kokai
