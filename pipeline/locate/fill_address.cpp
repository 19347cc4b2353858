// SPDX-License-Identifier: Apache-2.0
// A column that the source does not have at all is told once a batch, with its first cell: nobody wants a note for each
// cell of a column that was made. Holes in a column of the source are told one by one.
#include "locate/fill_address.hpp"

#include "locate/address_headers.hpp"
#include "locate/place_code.hpp"
#include "model/schema.hpp"
#include "normalise/address/reader.hpp"
#include "normalise/code.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace kokai {
namespace {

using Part = AddressColumns::Part;

/// 12-1 for 12番1号: numbers written in two ways are one.
std::string plain_number(Cell text) {
    LotNumber lot;
    read_lot_number(text, lot);
    return lot.parts > 0 && lot.building.empty() ? lot.number : std::string(text);
}

/// （3803-3番地ほか）, 地内, 北側: words about the ground are no building.
bool is_building(std::string_view text) {
    constexpr std::array<std::string_view, 13> marks{"(",  "（", "[", "［", "【", "「",  "・",
                                                     "～", "〜", "/", "／", "、", "及び"};
    constexpr std::array<std::string_view, 14> ground{"ほか", "外", "他",   "付近", "先",   "地先", "地内",
                                                      "内",   "側", "周辺", "以下", "未定", "番地", "丁目"};
    return std::none_of(marks.begin(), marks.end(), [&](std::string_view one) { return text.starts_with(one); }) &&
           std::none_of(ground.begin(), ground.end(), [&](std::string_view one) {
               return text.starts_with(one) || (text.ends_with(one) && one.size() > 3);
           });
}

/// Prefecture, city, town, number. What a part begins with is not put before it again: 群馬県佐波郡玉村町 as the city.
std::string one_after_another(Cell prefecture, Cell city, Cell town, Cell number) {
    std::string all(town);
    if (!town.starts_with(city) && (prefecture.empty() || !town.starts_with(prefecture))) {
        all.insert(0, city);
    }
    if (!all.starts_with(prefecture)) {
        all.insert(0, prefecture);
    }
    return all.append(number);
}

std::string_view why(AddressDoubt doubt) {
    switch (doubt) {
    case AddressDoubt::no_municipality:
        return "市区町村が分かりません / no municipality";
    case AddressDoubt::several:
        return "市区町村が二つ以上考えられます / more than one municipality";
    case AddressDoubt::other_prefecture:
        return "都道府県と市区町村が合いません / the municipality is not in that prefecture";
    case AddressDoubt::town_unlisted:
        return "町字の一覧にない名前です / the town is not in the list";
    case AddressDoubt::no_town:
        return "町字がありません / no town";
    case AddressDoubt::chome_or_number:
        return "丁目か番地か決まりません / a 丁目 or a number";
    default:
        return "読めません / not readable";
    }
}

}  // namespace

std::size_t field_called(const Shape& shape, std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names) {
        for (std::size_t i = 0; i < shape.columns.size(); ++i) {
            if (shape.columns[i].field != nullptr && shape.columns[i].field->english == name) {
                return i;
            }
        }
    }
    return Shape::npos;
}

bool is_of_source(const Shape& shape, std::size_t column) {
    return column != Shape::npos && (shape.columns[column].made || !shape.columns[column].from.empty());
}

Cell cell_at(const Batch& batch, std::size_t column, std::size_t row) {
    if (column == Shape::npos || row >= batch.columns[column].cells.size()) {
        return {};
    }
    return trimmed(batch.columns[column].cells[row]);
}

AddressReaders::AddressReaders() = default;
AddressReaders::~AddressReaders() = default;

std::unique_ptr<AddressReader> AddressReaders::take() {
    const std::lock_guard lock(mutex_);
    if (idle_.empty()) {
        return std::make_unique<AddressReader>();
    }
    std::unique_ptr<AddressReader> reader = std::move(idle_.back());
    idle_.pop_back();
    return reader;
}

void AddressReaders::give_back(std::unique_ptr<AddressReader> reader) {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(reader));
}

AddressColumns AddressColumns::of(const Shape& shape) {
    AddressColumns found;
    found.whole = field_called(shape, {"fullAddress", "address", "facilityAddress"});
    found.own_code = field_called(shape, {"localGovernmentCode", "municipalityCode"});
    found.part = {field_called(shape, {"streetAddressId"}),
                  field_called(shape, {"locatedLocalGovernmentCode"}),
                  field_called(shape, {"prefecture"}),
                  field_called(shape, {"city"}),
                  field_called(shape, {"streetAddress"}),
                  field_called(shape, {"cityBlock"}),
                  field_called(shape, {"buildingNameEtc", "facilityBuildingNameEtc"})};
    return found;
}

AddressColumns AddressColumns::of_any(const Shape& shape) {
    AddressColumns found = of(shape);
    constexpr std::array<std::string_view, 4> usual{"所在地_連結表記", "住所", "所在地", "所在地住所"};
    for (std::size_t i = 0; i < usual.size() && found.whole == Shape::npos; ++i) {
        found.whole = shape.find(usual[i]);
    }
    std::vector<std::string> headers;
    for (const ColumnInfo& column : shape.columns) {
        headers.push_back(column.field == nullptr ? column.name : std::string());
    }
    const AddressHeaders by_header = find_address_headers(headers);
    if (found.whole == Shape::npos || found.whole == by_header.whole) {
        found.whole = by_header.more == Shape::npos ? by_header.whole : Shape::npos;
    }
    if (found.part[town] == Shape::npos && by_header.more != Shape::npos && found.whole == Shape::npos) {
        found.part[town] = by_header.whole;
        found.part[number] = by_header.more;
    } else if (found.part[town] == Shape::npos && by_header.town != Shape::npos) {
        found.part = {found.part[id], found.part[code], by_header.prefecture, by_header.city,
                      by_header.town, by_header.number, by_header.building};
    }
    return found;
}

Cell AddressColumns::text(const Batch& batch, std::size_t row, std::string& room) const {
    if (const Cell one = cell_at(batch, whole, row); !one.empty()) {
        return one;
    }
    room.clear();
    if (!cell_at(batch, part[town], row).empty()) {
        for (const Part one : {prefecture, city, town, number}) {
            room += cell_at(batch, part[one], row);
        }
    }
    return room;
}

Cell AddressColumns::context(const Batch& batch, std::size_t row, Cell publisher) const {
    for (const std::size_t column : {part[code], own_code}) {
        if (const Cell stands = cell_at(batch, column, row); is_clean_code(stands) && !stands.empty()) {
            return stands;
        }
    }
    return publisher;
}

/// What one batch needs while it is worked on.
struct FillAddress::Work {
    Batch& batch;
    Findings& findings;
    AddressReader& reader;
    PlaceNames names{reader};
    std::array<bool, AddressColumns::parts> told{};  // a column that the source lacks, once
    bool whole_told = false;
};

FillAddress::FillAddress(std::string publisher) : publisher_(std::move(publisher)) {}
FillAddress::~FillAddress() = default;

bool FillAddress::applies(const Shape& shape) {
    const AddressColumns columns = AddressColumns::of(shape);
    const bool has_parts = columns.part[Part::city] != Shape::npos && columns.part[Part::town] != Shape::npos;
    return columns.whole != Shape::npos && has_parts &&
           (is_of_source(shape, columns.whole) ||
            (is_of_source(shape, columns.part[Part::city]) && is_of_source(shape, columns.part[Part::town])));
}

Shape FillAddress::bind(const Shape& in) {
    shape_ = in;
    columns_ = AddressColumns::of(in);
    whole_absent_ = !is_of_source(in, columns_.whole);
    const auto stand_at = [&](std::size_t column, std::size_t like) {
        // Findings about what was made stand at what it was made from.
        shape_.columns[column].from = in.columns[like].from;
        shape_.columns[column].made = true;
    };
    stands_at_.fill(Shape::npos);
    for (std::size_t i = 0; i < columns_.part.size(); ++i) {
        absent_[i] = columns_.part[i] != Shape::npos && !is_of_source(in, columns_.part[i]);
        const bool of_city = i == Part::code || i == Part::prefecture;  // all that a table of parts is filled with
        if (absent_[i] && (!whole_absent_ || of_city)) {
            stands_at_[i] = whole_absent_ ? columns_.part[Part::city] : columns_.whole;
            stand_at(columns_.part[i], stands_at_[i]);
        }
    }
    if (whole_absent_) {
        stand_at(columns_.whole, columns_.part[Part::town]);
        return shape_;
    }
    const std::vector<SourceColumn>& whole = shape_.columns[columns_.whole].from;
    for (std::size_t i = 0; i < columns_.part.size(); ++i) {
        if (columns_.part[i] != Shape::npos && !whole.empty()) {
            const std::vector<SourceColumn>& from = shape_.columns[columns_.part[i]].from;
            if (!from.empty() && from.front().source == whole.front().source &&
                from.front().number == whole.front().number) {
                stands_at_[i] = columns_.whole;
            }
        }
    }
    return shape_;
}

void FillAddress::run(Batch& batch, Findings& findings) const {
    std::unique_ptr<AddressReader> reader = readers_.take();
    Work work{batch, findings, *reader};
    batch.columns[columns_.whole].cells.resize(batch.size());
    for (const std::size_t column : columns_.part) {
        if (column != Shape::npos) {
            batch.columns[column].cells.resize(batch.size());
        }
    }
    for (std::size_t row = 0; row < batch.size(); ++row) {
        if (cell_at(batch, columns_.whole, row).empty()) {
            fill_from_parts(work, row);
        } else {
            fill_parts(work, row);
        }
    }
    readers_.give_back(std::move(reader));
}

void FillAddress::fill_parts(Work& work, std::size_t row) const {
    const Cell whole = cell_at(work.batch, columns_.whole, row);
    // Parts that put together give the very text agree with it: most rows of a well-kept table.
    std::size_t at = 0;
    bool equal = !cell_at(work.batch, columns_.part[Part::id], row).empty() || columns_.part[Part::id] == Shape::npos;
    for (const Part part : {Part::prefecture, Part::city, Part::town, Part::number, Part::building}) {
        const Cell cell = cell_at(work.batch, columns_.part[part], row);
        at += part == Part::building && whole.substr(at).starts_with(' ') ? 1U : 0U;
        equal = equal && (part == Part::building || !cell.empty()) && whole.substr(at).starts_with(cell);
        at += equal ? cell.size() : 0;
    }
    if (equal && at == whole.size() && fill_code_by_names(work, row)) {
        return;
    }
    const Address& address = work.reader.read(whole, columns_.context(work.batch, row, publisher_));
    const bool knows_town = address.has_town() && address.doubt == AddressDoubt::nothing;
    if (names_second_place(address, whole)) {
        tell_unread(work, row, Code::address_ambiguous, "住所が二つ以上あります / more than one address");
        return;
    }
    if (!knows_town) {
        const bool two = address.doubt == AddressDoubt::several || address.doubt == AddressDoubt::chome_or_number;
        std::string reason(why(address.doubt));
        reason += address.candidates.empty() ? "" : ": " + address.candidates;
        tell_unread(work, row, two ? Code::address_ambiguous : Code::address_unread, reason);
    }
    if (!knows_municipality(address) || !compare_place(work, row, address)) {
        return;  // beside another municipality's name its towns would be wrong
    }
    fill_code(work, row, place_code_of(address));
    if (address.doubt == AddressDoubt::chome_or_number) {
        return;
    }
    compare_town(work, row, address);
    fill_part(work, row, Part::prefecture, address.prefecture);
    fill_part(work, row, Part::city, address.city);
    // The town and what follows only together, and only beside a town column that says nothing else.
    const Cell town = cell_at(work.batch, columns_.part[Part::town], row);
    const bool same_town = town.empty() || address_key(town) == address_key(address.town);
    if (!knows_town || !same_town) {
        return;
    }
    fill_part(work, row, Part::id, address.machiaza_id);
    fill_part(work, row, Part::town, address.town);
    fill_part(work, row, Part::number, address.rest);
    if (is_building(address.other)) {
        fill_part(work, row, Part::building, address.other);
    }
}

bool FillAddress::fill_part(Work& work, std::size_t row, Part part, Cell value) const {
    const std::size_t column = columns_.part[part];
    if (column == Shape::npos || value.empty() || !cell_at(work.batch, column, row).empty()) {
        return false;
    }
    Column& cells = work.batch.columns[column];
    cells.put(row, work.batch.bytes.keep(value));
    if (!absent_[part] || !work.told[part]) {
        work.told[part] = true;
        work.findings.add(Code::address_filled, work.batch, row, column, shape_.columns[column],
                          cell_at(work.batch, stands_at_[part], row), cells.cells[row], shape_.columns[column].name);
    }
    return true;
}

/// CheckMunicipality holds the address against the row's own code only where none of the place stands there: a place
/// elsewhere is told here, or filling its code would hide it.
void FillAddress::fill_code(Work& work, std::size_t row, std::string_view code) const {
    if (!fill_part(work, row, Part::code, code)) {
        return;
    }
    const Cell own = cell_at(work.batch, columns_.own_code, row);
    const Cell home = own.empty() ? Cell(publisher_) : own;
    if (home.empty() || !is_clean_code(home) || is_one_place(home, code)) {
        return;
    }
    const std::size_t at =
        cell_at(work.batch, columns_.whole, row).empty() ? columns_.part[Part::city] : columns_.whole;
    work.findings.add(Code::address_elsewhere, work.batch, row, at, shape_.columns[at], cell_at(work.batch, at, row),
                      {}, work.findings.keep(place_name(home)));
}

bool FillAddress::fill_code_by_names(Work& work, std::size_t row) const {
    const std::size_t column = columns_.part[Part::code];
    if (column == Shape::npos || !cell_at(work.batch, column, row).empty()) {
        return true;
    }
    std::string names(cell_at(work.batch, columns_.part[Part::prefecture], row));
    names += cell_at(work.batch, columns_.part[Part::city], row);
    const std::string& code = work.names.code(names, columns_.context(work.batch, row, publisher_));
    fill_code(work, row, code);
    return !code.empty();
}

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
        if (!read.starts_with(said) && !read.ends_with(said) && !said.ends_with(read)) {
            tell_disagreement(work, row, Part::city, address.city);
            same = false;
        }
    }
    return same;
}

void FillAddress::compare_town(Work& work, std::size_t row, const Address& address) const {
    const Cell town = cell_at(work.batch, columns_.part[Part::town], row);
    if (!address.has_town()) {
        return;
    }
    if (!town.empty() && town != address.town) {
        const std::string said = address_key(town);
        const std::string read = address_key(address.town);
        // A 小字 or a 丁目 that only one of them names is no contradiction.
        if (!said.starts_with(read) && !read.starts_with(said)) {
            tell_disagreement(work, row, Part::town, address.town);
            return;
        }
        if (said != read) {
            return;
        }
    }
    std::string id(cell_at(work.batch, columns_.part[Part::id], row));
    id.erase(std::remove(id.begin(), id.end(), '-'), id.end());
    if (!id.empty() && !address.machiaza_id.empty() && id != address.machiaza_id) {
        tell_disagreement(work, row, Part::id, address.machiaza_id);
    }
    const Cell number = cell_at(work.batch, columns_.part[Part::number], row);
    if (!number.empty() && !address.rest.empty() && number != address.rest) {
        const std::string said = plain_number(number);
        if (said != address.rest && !said.starts_with(address.rest) && !address.rest.starts_with(said)) {
            tell_disagreement(work, row, Part::number, address.rest);
        }
    }
}

/// Told where the parts are wanted and the department has not given them.
void FillAddress::tell_unread(Work& work, std::size_t row, Code code, std::string_view reason) const {
    if (cell_at(work.batch, columns_.part[Part::town], row).empty()) {
        work.findings.add(code, work.batch, row, columns_.whole, shape_.columns[columns_.whole],
                          cell_at(work.batch, columns_.whole, row), {}, work.findings.keep(reason));
    }
}

/// A row without the joined notation: read as if its parts stood one after another.
void FillAddress::fill_from_parts(Work& work, std::size_t row) const {
    const auto part = [&](Part which) { return cell_at(work.batch, columns_.part[which], row); };
    if (part(Part::city).empty() && part(Part::town).empty()) {
        return;
    }
    const bool named = !part(Part::prefecture).empty() && !part(Part::city).empty();
    std::string code = named ? std::string() : complete_parts(work, row);
    join(work, row);
    if (named && !fill_code_by_names(work, row)) {
        code = complete_parts(work, row);
    }
    fill_code(work, row, code);
}

std::string FillAddress::complete_parts(Work& work, std::size_t row) const {
    const auto part = [&](Part which) { return cell_at(work.batch, columns_.part[which], row); };
    const std::string text =
        one_after_another(part(Part::prefecture), part(Part::city), part(Part::town), part(Part::number));
    const Address& address = work.reader.read(text, columns_.context(work.batch, row, publisher_));
    if (address.doubt == AddressDoubt::other_prefecture) {
        tell_other_prefecture(work, row, std::string_view(text).substr(part(Part::prefecture).size()));
        return {};
    }
    if (!knows_municipality(address) || !compare_code(work, row, address)) {
        return {};
    }
    fill_part(work, row, Part::prefecture, address.prefecture);
    fill_part(work, row, Part::city, address.city);
    return std::string(place_code_of(address));
}

/// 栃木県 beside 前橋市.
void FillAddress::tell_other_prefecture(Work& work, std::size_t row, std::string_view rest) const {
    const Address& address = work.reader.read(rest, columns_.context(work.batch, row, publisher_));
    if (knows_municipality(address) && columns_.part[Part::prefecture] != Shape::npos) {
        tell_disagreement(work, row, Part::prefecture, address.prefecture);
    }
}

/// The joined notation from its parts: only with municipality and town, or it would be no address.
void FillAddress::join(Work& work, std::size_t row) const {
    const auto part = [&](Part which) { return cell_at(work.batch, columns_.part[which], row); };
    if (part(Part::city).empty() || part(Part::town).empty()) {
        return;
    }
    std::string whole =
        one_after_another(part(Part::prefecture), part(Part::city), part(Part::town), part(Part::number));
    if (!part(Part::building).empty()) {
        whole += ' ';
        whole += part(Part::building);
    }
    if (part(Part::prefecture).empty()) {
        const Address& address = work.reader.read(whole, columns_.context(work.batch, row, publisher_));
        if (address.level >= AddressLevel::city && !whole.starts_with(address.prefecture)) {
            whole.insert(0, address.prefecture);
        }
    }
    Column& cells = work.batch.columns[columns_.whole];
    cells.put(row, work.batch.bytes.keep(whole));
    if (!whole_absent_ || !work.whole_told) {
        work.whole_told = true;
        work.findings.add(Code::address_filled, work.batch, row, columns_.whole, shape_.columns[columns_.whole],
                          whole_absent_ ? part(Part::town) : Cell{}, cells.cells[row],
                          shape_.columns[columns_.whole].name);
    }
}

}  // namespace kokai
