// SPDX-License-Identifier: Apache-2.0
// What stands in the columns of an address, held against the address as it was read. Told, never rewritten.
#include "locate/fill_address_work.hpp"
#include "normalise/address/number.hpp"
#include "normalise/code.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>
#include <system_error>

namespace kokai {
namespace {

using Part = AddressColumns::Part;

constexpr char number_begins = '\x01';  // in keys

/// 12-1 for 12番1号: numbers written in two ways are one.
std::string plain_number(Cell text) {
    LotNumber lot;
    read_lot_number(text, lot);
    return lot.parts > 0 && lot.building.empty() ? lot.number : std::string(text);
}

/// Whether the list has a town of the same name under the ID `said`.
bool has_other_id(const ListedTown& town, std::string_view said) {
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(said.data(), said.data() + said.size(), number);
    const AddressIndex& index = AddressIndex::shared();
    const std::uint32_t municipality = index.find(town.lg_code);
    if (error != std::errc() || end != said.data() + said.size() || municipality == AddressIndex::npos) {
        return false;
    }
    const auto alike = index.towns_with(index.municipalities()[municipality], address_key(town.name));
    return std::any_of(alike.begin(), alike.end(),
                       [&](const AddressIndex::Town& one) { return one.machiaza_id == number; });
}

}  // namespace

/// A code that stands there. Where the city stands there, too, CheckMunicipality holds the two against each other.
bool FillAddress::compare_code(Work& work, std::size_t row, const Address& address) const {
    const std::size_t column = columns_.part[Part::code];
    const Cell code = cell_at(work.batch, column, row);
    if (code.empty() || !is_clean_code(code) || is_one_place(code, address.lg_code)) {
        return true;
    }
    if (cell_at(work.batch, columns_.part[Part::city], row).empty()) {
        work.findings.add(Code::code_name_differs, work.batch, row, column, shape_.columns[column],
                          work.findings.keep(place_name(address.lg_code)), {}, work.findings.keep(place_name(code)));
    }
    return false;
}

void FillAddress::tell_disagreement(Work& work, std::size_t row, Part part, std::string_view expected) const {
    const std::size_t column = columns_.part[part];
    work.findings.add(Code::address_parts_disagree, work.batch, row, column, shape_.columns[column],
                      cell_at(work.batch, column, row), {}, work.findings.keep(expected));
}

/// What the department wrote into the parts, against the address.
bool FillAddress::compare_place(Work& work, std::size_t row, const Address& address) const {
    bool same = compare_code(work, row, address);
    const Cell prefecture = cell_at(work.batch, columns_.part[Part::prefecture], row);
    if (!prefecture.empty() && prefecture != address.prefecture) {
        tell_disagreement(work, row, Part::prefecture, address.prefecture);
        same = false;
    }
    // 前橋市 and 札幌市 without its ward, 玉村町 without its county say the same.
    const Cell city = cell_at(work.batch, columns_.part[Part::city], row);
    if (!city.empty() && city != address.city) {
        const std::string said = address_key(city);
        const std::string read = address_key(address.city);
        const bool with_town = !address.town.empty() && said.ends_with(read + address_key(address.town));
        if (!read.starts_with(said) && !read.ends_with(said) && !said.ends_with(read) && !with_town) {
            tell_disagreement(work, row, Part::city, address.city);
            same = false;
        }
    }
    return same;
}

bool FillAddress::compare_town(Work& work, std::size_t row, const Address& address) const {
    const Cell town = cell_at(work.batch, columns_.part[Part::town], row);
    if (!address.has_town()) {
        return false;
    }
    if (!town.empty() && town != address.town) {
        const std::string said = address_key(town);
        const std::string read = address_key(address.town);
        const std::string with_place = address_key(address.prefecture) + address_key(address.city) + read;
        // 前橋市大手町二丁目 and 大手町二丁目12-1 as the town are the same place; a 小字 or a 丁目 that only one of
        // them names contradicts nothing.
        const bool with_number = said.starts_with(read) && said.substr(read.size()).starts_with(number_begins) &&
                                 address.doubt == AddressDoubt::nothing;
        const bool same = said == read || with_number || (said.ends_with(read) && with_place.ends_with(said));
        if (!same && !said.starts_with(read) && !read.starts_with(said)) {
            tell_disagreement(work, row, Part::town, address.town);
        }
        if (!same) {
            return false;
        }
    }
    compare_id(work, row, {address.lg_code, address.town, address.machiaza_id});
    const Cell number = cell_at(work.batch, columns_.part[Part::number], row);
    if (!number.empty() && !address.rest.empty() && number != address.rest) {
        const std::string said = plain_number(number);
        if (said != address.rest && !said.starts_with(address.rest) && !address.rest.starts_with(said) &&
            !address_key(number).starts_with(address_key(address.town))) {
            tell_disagreement(work, row, Part::number, address.rest);
        }
    }
    return true;
}

/// 0030-002, 0030002 and, by a spreadsheet, 30002: one ID. Of two towns of one name (小字大前, 大字大前) either may be
/// meant.
void FillAddress::compare_id(Work& work, std::size_t row, const ListedTown& town) const {
    const std::string_view id = town.id;
    const Cell cell = cell_at(work.batch, columns_.part[Part::id], row);
    if (cell.empty() || id.empty() || cell == id) {
        return;
    }
    std::string said(cell);
    said.erase(std::remove(said.begin(), said.end(), '-'), said.end());
    said.insert(0, id.size() - std::min(id.size(), said.size()), '0');
    if (said != id && !has_other_id(town, said)) {
        tell_disagreement(work, row, Part::id, id);
    }
}

/// 栃木県 beside 前橋市.
void FillAddress::tell_other_prefecture(Work& work, std::size_t row, std::string_view rest) const {
    const Address& address = work.reader.read(rest, columns_.context(work.batch, row, publisher_));
    if (knows_municipality(address) && columns_.part[Part::prefecture] != Shape::npos) {
        tell_disagreement(work, row, Part::prefecture, address.prefecture);
    }
}

}  // namespace kokai
