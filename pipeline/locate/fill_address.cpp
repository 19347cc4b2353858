// SPDX-License-Identifier: Apache-2.0
// A column that the source does not have at all is told once a batch, with its first cell: nobody wants a note for each
// cell of a column that was made. Holes in a column of the source are told one by one.
#include "locate/fill_address.hpp"

#include "locate/fill_address_work.hpp"
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

/// （3803-3番地ほか）, 地内, 北側, 前山国有林: words about the ground are no building. Nor are ?16?45 and other
/// figures.
bool is_building(std::string_view text) {
    const bool named = std::any_of(text.begin(), text.end(), [](char c) {
        return static_cast<unsigned char>(c) >= 0x80 || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    });
    if (!named || holds_any(text, owned_ground_words)) {
        return false;
    }
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

FillAddress::FillAddress(std::string publisher)
    : publisher_(std::move(publisher)), memories_(std::make_unique<TownMemories>()) {}
FillAddress::~FillAddress() = default;

bool FillAddress::applies(const Shape& shape) {
    const AddressColumns columns = AddressColumns::of(shape);
    const bool has_parts = columns.part[Part::city] != Shape::npos && columns.part[Part::town] != Shape::npos;
    return columns.whole != Shape::npos && has_parts &&
           (is_of_source(shape, columns.whole) ||
            (is_of_source(shape, columns.part[Part::town]) &&
             (is_of_source(shape, columns.part[Part::city]) || is_of_source(shape, columns.part[Part::code]))));
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
    // What tells the municipality in a table of parts.
    const std::size_t place = columns_.part[is_of_source(in, columns_.part[Part::city]) ? Part::city : Part::code];
    for (std::size_t i = 0; i < columns_.part.size(); ++i) {
        absent_[i] = columns_.part[i] != Shape::npos && !is_of_source(in, columns_.part[i]);
        // All that a table of parts is filled with.
        const bool of_parts = i == Part::code || i == Part::prefecture || i == Part::city || i == Part::id;
        if (absent_[i] && (!whole_absent_ || of_parts)) {
            stands_at_[i] = !whole_absent_ ? columns_.whole : i == Part::id ? columns_.part[Part::town] : place;
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
    std::unique_ptr<TownMemory> memory = memories_->take();
    Work work{batch, findings, *memory, memory->reader()};
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
    memories_->give_back(std::move(memory));
}

/// Where the number begins in a joined notation that is nothing but its parts one after another; npos when it is not.
std::size_t FillAddress::number_in(const Work& work, std::size_t row, Cell whole) const {
    std::size_t at = 0;
    std::size_t number = 0;
    for (const Part part : {Part::prefecture, Part::city, Part::town, Part::number, Part::building}) {
        const Cell cell = cell_at(work.batch, columns_.part[part], row);
        number = part == Part::number ? at : number;
        at += part == Part::building && whole.substr(at).starts_with(' ') ? 1U : 0U;
        const bool optional = part == Part::number || part == Part::building;
        if ((cell.empty() && !optional) || !whole.substr(at).starts_with(cell)) {
            return Shape::npos;
        }
        at += cell.size();
    }
    return at == whole.size() ? number : Shape::npos;
}

/// Most rows of a well-kept table: the parts give the very text, and their town is known from a row before. False when
/// the address itself has to be read.
bool FillAddress::fill_as_known(Work& work, std::size_t row, Cell whole) const {
    const std::size_t number = number_in(work, row, whole);
    if (number == Shape::npos) {
        return false;
    }
    const bool plain_number = number == whole.size() || (whole[number] >= '0' && whole[number] <= '9');
    const KnownTown& known =
        work.memory.town(whole.substr(0, number), cell_at(work.batch, columns_.part[Part::town], row).size(),
                         columns_.context(work.batch, row, publisher_));
    const Cell code = cell_at(work.batch, columns_.part[Part::code], row);
    const Cell id = cell_at(work.batch, columns_.part[Part::id], row);
    if (!(known.settled && plain_number) && !(known.unlisted && !id.empty())) {
        return false;
    }
    if (!code.empty() && code != known.code && !is_one_place(code, known.lg_code)) {
        return false;
    }
    fill_code(work, row, known.code);
    if (known.settled) {
        compare_id(work, row, {known.lg_code, cell_at(work.batch, columns_.part[Part::town], row), known.machiaza_id});
        fill_part(work, row, Part::id, known.machiaza_id);
    }
    return true;
}

/// What completes a short address: the municipality that stands in the row's own columns, before the publisher.
std::string FillAddress::context_of(Work& work, std::size_t row) const {
    const Cell context = columns_.context(work.batch, row, publisher_);
    const Cell city = cell_at(work.batch, columns_.part[Part::city], row);
    if (city.empty() || !cell_at(work.batch, columns_.part[Part::code], row).empty()) {
        return std::string(context);
    }
    std::string names(cell_at(work.batch, columns_.part[Part::prefecture], row));
    names += city;
    const std::string& code = work.names.code(names, context);
    return code.empty() ? std::string(context) : code;
}

void FillAddress::fill_parts(Work& work, std::size_t row) const {
    const Cell whole = cell_at(work.batch, columns_.whole, row);
    if (fill_as_known(work, row, whole)) {
        return;
    }
    const std::string context = context_of(work, row);
    const Address& address = work.reader.read(whole, context);
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
    if (address.doubt == AddressDoubt::other_prefecture) {
        const Cell prefecture = cell_at(work.batch, columns_.part[Part::prefecture], row);
        if (!prefecture.empty() && whole.starts_with(prefecture)) {
            tell_other_prefecture(work, row, whole.substr(prefecture.size()));
        }
        return;
    }
    if (address.doubt == AddressDoubt::no_municipality && address.prefecture.empty()) {
        complete_by_code(work, row);
    }
    if (!knows_municipality(address) || !compare_place(work, row, address)) {
        return;  // beside another municipality's name its towns would be wrong
    }
    fill_code(work, row, place_code_of(address));
    if (address.doubt == AddressDoubt::chome_or_number) {
        return;
    }
    const bool same_town = compare_town(work, row, address);
    fill_part(work, row, Part::prefecture, address.prefecture);
    fill_part(work, row, Part::city, address.city);
    // The town and what follows only together, and only beside a town column that says nothing else.
    if (!knows_town || !same_town) {
        return;
    }
    fill_part(work, row, Part::id, address.machiaza_id);
    if (stands_in_neighbour(work, row, address)) {
        return;
    }
    fill_part(work, row, Part::town, address.town);
    fill_part(work, row, Part::number, address.rest);
    if (is_building(address.other)) {
        fill_part(work, row, Part::building, address.other);
    }
}

/// Whether the town stands in the cell of the municipality or of the number, or the number in that of the town: put
/// into its own, too, it would be there twice.
bool FillAddress::stands_in_neighbour(const Work& work, std::size_t row, const Address& address) const {
    const std::string town = address_key(address.town);
    const Cell cell = cell_at(work.batch, columns_.part[Part::town], row);
    if (!cell.empty()) {
        return !address_key(cell).ends_with(town);
    }
    return (address_key(cell_at(work.batch, columns_.part[Part::city], row)).ends_with(town) ||
            address_key(cell_at(work.batch, columns_.part[Part::number], row)).starts_with(town));
}

bool FillAddress::fill_part(Work& work, std::size_t row, Part part, Cell value) const {
    const std::size_t column = columns_.part[part];
    const bool nowhere = absent_[part] && stands_at_[part] == Shape::npos;
    if (column == Shape::npos || nowhere || value.empty() || !cell_at(work.batch, column, row).empty()) {
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

/// Told where the parts are wanted and the department has not given them.
void FillAddress::tell_unread(Work& work, std::size_t row, Code code, std::string_view reason) const {
    if (cell_at(work.batch, columns_.part[Part::town], row).empty()) {
        work.findings.add(code, work.batch, row, columns_.whole, shape_.columns[columns_.whole],
                          cell_at(work.batch, columns_.whole, row), {}, work.findings.keep(reason));
    }
}

/// A row without the joined notation gets it from its parts; from there on it is as any other, so that a second run has
/// nothing left to do.
void FillAddress::fill_from_parts(Work& work, std::size_t row) const {
    const auto part = [&](Part which) { return cell_at(work.batch, columns_.part[which], row); };
    if (part(Part::city).empty() && part(Part::town).empty()) {
        complete_by_code(work, row);
        return;
    }
    const bool named = !part(Part::prefecture).empty() && !part(Part::city).empty();
    std::string code = named ? std::string() : complete_parts(work, row);
    if (join(work, row)) {
        fill_parts(work, row);
        return;
    }
    if (named && !fill_code_by_names(work, row)) {
        code = complete_parts(work, row);
    }
    fill_code(work, row, code);
}

/// Where nothing names a municipality: that of 所在地_全国地方公共団体コード, which is about the place. The publisher's
/// own code is not.
void FillAddress::complete_by_code(Work& work, std::size_t row) const {
    const Cell code = cell_at(work.batch, columns_.part[Part::code], row);
    const AddressIndex& index = AddressIndex::shared();
    const std::uint32_t found = code.empty() ? AddressIndex::npos : index.find(code);
    if (found == AddressIndex::npos || index.municipalities()[found].children > 0) {
        return;
    }
    const AddressIndex::Municipality& of = index.municipalities()[found];
    const Cell prefecture = cell_at(work.batch, columns_.part[Part::prefecture], row);
    if (!cell_at(work.batch, columns_.part[Part::city], row).empty() ||
        (!prefecture.empty() && prefecture != prefecture_with(of.prefecture))) {
        return;
    }
    fill_part(work, row, Part::prefecture, prefecture_with(of.prefecture));
    fill_part(work, row, Part::city, index.name(of));
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
    if (address.doubt == AddressDoubt::no_municipality && address.prefecture.empty()) {
        complete_by_code(work, row);
        return {};
    }
    if (!knows_municipality(address) || !compare_code(work, row, address)) {
        return {};
    }
    fill_part(work, row, Part::prefecture, address.prefecture);
    fill_part(work, row, Part::city, address.city);
    return std::string(place_code_of(address));
}

/// The joined notation from its parts: only with municipality and town, or it would be no address.
bool FillAddress::join(Work& work, std::size_t row) const {
    const auto part = [&](Part which) { return cell_at(work.batch, columns_.part[which], row); };
    if (part(Part::city).empty()) {
        return false;
    }
    std::string whole =
        one_after_another(part(Part::prefecture), part(Part::city), part(Part::town), part(Part::number));
    if (part(Part::prefecture).empty() || part(Part::town).empty()) {
        const Address& address = work.reader.read(whole, columns_.context(work.batch, row, publisher_));
        // 前橋市大手町二丁目 as the municipality, 大手町二丁目12-1 as the number.
        if (part(Part::town).empty() && (!address.has_town() || address.doubt != AddressDoubt::nothing)) {
            return false;
        }
        if (address.level >= AddressLevel::city && !whole.starts_with(address.prefecture)) {
            whole.insert(0, address.prefecture);
        }
    }
    if (!part(Part::building).empty()) {
        whole += ' ';
        whole += part(Part::building);
    }
    Column& cells = work.batch.columns[columns_.whole];
    cells.put(row, work.batch.bytes.keep(whole));
    if (!whole_absent_ || !work.whole_told) {
        work.whole_told = true;
        work.findings.add(Code::address_filled, work.batch, row, columns_.whole, shape_.columns[columns_.whole],
                          whole_absent_ ? part(Part::town) : Cell{}, cells.cells[row],
                          shape_.columns[columns_.whole].name);
    }
    return true;
}

}  // namespace kokai
