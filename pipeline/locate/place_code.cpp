// SPDX-License-Identifier: Apache-2.0
#include "locate/place_code.hpp"

#include "model/prefecture.hpp"
#include "normalise/address/reader.hpp"
#include "normalise/municipality.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <memory>

namespace kokai {
namespace {

std::array<std::size_t, 4> name_columns(const Shape& shape) {
    return {field_called(shape, {"prefecture", "schoolPrefecture"}), field_called(shape, {"schoolCounty"}),
            field_called(shape, {"city", "schoolCity"}), field_called(shape, {"schoolWard"})};
}

constexpr std::size_t city = 2;  // of the names

/// 前橋市立図書館, 十島村役場 (which stands in 鹿児島市): the name of a thing, not where it is. 前橋市内 says where.
bool is_name_of_thing(const Address& address) {
    constexpr std::array<std::string_view, 4> all_over{"内", "全", "各", "一円"};
    const std::string_view rest = address.town.empty() ? std::string_view(address.other) : address.town;
    return address.runs_on && address.completed_prefecture &&
           std::none_of(all_over.begin(), all_over.end(), [&](std::string_view one) { return rest.starts_with(one); });
}

/// Takes what joins two things off the front; whether there was any.
bool take_joint(std::string_view& text) {
    constexpr std::array<std::string_view, 14> joints{"、", "，", ",",  "・",   "/",      "／",     ";",
                                                      "；", "～", "〜", "及び", "および", "並びに", "と"};
    const std::string_view before = text;
    for (const std::string_view joint : joints) {
        if (text.starts_with(joint)) {
            text = trimmed(text.substr(joint.size()));
        }
    }
    return text.size() < before.size();
}

/// Whether a comma or a line break stands before `part` in `text`: the reader leaves them out.
bool is_item_of_list(std::string_view text, std::string_view part) {
    const std::size_t at = text.find(part);
    if (at == std::string_view::npos) {
        return false;
    }
    const std::string_view before = trimmed(text.substr(0, at));
    return before.ends_with("、") || before.ends_with(',') || before.ends_with("，") ||
           text.substr(before.size(), at - before.size()).find('\n') != std::string_view::npos;
}

/// 大手町から日吉町まで, 大手町・日吉町, 及び高崎市 where a town should be.
bool is_two_towns(const Address& address) {
    std::string_view town = address.town;
    constexpr std::array<std::string_view, 5> between{"～", "〜", "・", "及び", "および"};
    if (holds_any(town, between) || (town.ends_with("まで") && town.find("から") != std::string_view::npos)) {
        // 内田・飯塚・宮内入会 of 佐倉市 is one.
        return AddressIndex::shared().towns_with(address_key(town)).empty();
    }
    if (address.doubt != AddressDoubt::town_unlisted) {
        return false;
    }
    take_joint(town);
    return municipality_surely_at_start(town, address.prefecture).has_value();
}

}  // namespace

bool names_second_place(const Address& address, std::string_view text) {
    if (is_two_towns(address)) {
        return true;
    }
    std::string_view other = address.other;
    if (other.empty()) {
        return false;
    }
    const bool joined = take_joint(other) || is_item_of_list(text, other);
    if (!joined && !municipality_surely_at_start(other, address.prefecture)) {
        return false;
    }
    AddressReader reader;  // not the one that holds `address`
    const Address& second = reader.read(other, address.lg_code);
    return second.has_town() && (joined || !second.rest.empty());
}

bool knows_municipality(const Address& address) {
    return address.level >= AddressLevel::city && !is_name_of_thing(address) &&
           (address.doubt == AddressDoubt::nothing || address.doubt == AddressDoubt::no_town ||
            address.doubt == AddressDoubt::town_unlisted || address.doubt == AddressDoubt::chome_or_number);
}

std::string_view place_code_of(const Address& address) {
    if (!knows_municipality(address)) {
        return {};
    }
    const AddressIndex& index = AddressIndex::shared();
    const std::uint32_t found = index.find(address.lg_code);
    return found == AddressIndex::npos || index.municipalities()[found].children > 0 ? std::string_view()
                                                                                     : address.lg_code;
}

bool is_one_place(std::string_view one, std::string_view other) {
    if (one == other) {
        return true;
    }
    for (const std::string_view code : {one, other}) {
        if (prefecture_code(code) == code) {
            return prefecture_code(one) == prefecture_code(other);
        }
    }
    const AddressIndex& index = AddressIndex::shared();
    const std::uint32_t first = index.find(one);
    const std::uint32_t second = index.find(other);
    return first == AddressIndex::npos || second == AddressIndex::npos ||
           index.municipalities()[first].parent == second || index.municipalities()[second].parent == first;
}

std::string place_name(std::string_view code) {
    const auto found = municipality_with_code(code);
    return found ? std::string(found->prefecture) + found->name : std::string(prefecture_name(code));
}

const std::string& PlaceNames::code(std::string_view names, std::string_view context) {
    if (!read_ || names != names_ || context != context_) {
        code_ = place_code_of(reader_.read(names, context));
        names_ = names;
        context_ = context;
        read_ = true;
    }
    return code_;
}

bool FillPlaceCode::applies(const Shape& shape) {
    return field_called(shape, {"locatedLocalGovernmentCode"}) != Shape::npos &&
           is_of_source(shape, name_columns(shape)[city]) && !FillAddress::applies(shape);
}

Shape FillPlaceCode::bind(const Shape& in) {
    shape_ = in;
    columns_ = AddressColumns::of(in);
    code_ = columns_.part[AddressColumns::code];
    names_ = name_columns(in);
    absent_ = !is_of_source(in, code_);
    if (absent_) {
        // Findings about what was made stand at what it was made from.
        shape_.columns[code_].from = in.columns[names_[city]].from;
        shape_.columns[code_].made = true;
    }
    return shape_;
}

void FillPlaceCode::run(Batch& batch, Findings& findings) const {
    std::unique_ptr<AddressReader> reader = readers_.take();
    PlaceNames places(*reader);
    Column& codes = batch.columns[code_];
    codes.cells.resize(batch.size());
    bool told = false;
    std::string names;
    for (std::size_t row = 0; row < batch.size(); ++row) {
        if (!trimmed(codes.cells[row]).empty() || cell_at(batch, names_[city], row).empty()) {
            continue;
        }
        names.clear();
        for (const std::size_t column : names_) {
            names += cell_at(batch, column, row);
        }
        const std::string& code = places.code(names, columns_.context(batch, row, publisher_));
        if (code.empty()) {
            continue;
        }
        codes.put(row, batch.bytes.keep(code));
        if (!absent_ || !told) {
            told = true;
            findings.add(Code::address_filled, batch, row, code_, shape_.columns[code_],
                         absent_ ? cell_at(batch, names_[city], row) : Cell{}, codes.cells[row],
                         shape_.columns[code_].name);
        }
    }
    readers_.give_back(std::move(reader));
}

}  // namespace kokai
