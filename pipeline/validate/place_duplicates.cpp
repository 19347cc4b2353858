// SPDX-License-Identifier: Apache-2.0
#include "validate/place_duplicates.hpp"

#include "model/earth.hpp"
#include "model/finding.hpp"
#include "model/schema.hpp"
#include "normalise/text.hpp"
#include "support/text.hpp"
#include "validate/fingerprints.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <span>
#include <string_view>
#include <utility>

namespace kokai {
namespace {

constexpr double per_degree = 1e7;
constexpr double near_metres = 50.0;
constexpr std::int32_t cell_size = 100'000;  // 0.01 degrees: 1.1 km north, 770 m east and more in Japan

constexpr std::uint64_t number_mask = 0xFFFFFFFFULL;

bool is_name(std::string_view english) {
    constexpr std::array<std::string_view, 5> names{"name", "eventName", "careProviderName", "facilityName",
                                                    "schoolName"};
    return std::find(names.begin(), names.end(), english) != names.end();
}

bool is_whole_address(std::string_view field) {
    constexpr std::array<std::string_view, 3> names{"所在地_連結表記", "住所", "所在地"};
    return std::find(names.begin(), names.end(), field) != names.end();
}

/// Two records of one thing may differ in these; a second thing differs in others.
bool tells_nothing_apart(const ColumnInfo& column) {
    if (const Field* field = column.field; field != nullptr) {
        switch (field->kind) {
        case Kind::verbatim:
        case Kind::kana:
        case Kind::phone:
        case Kind::url:
        case Kind::email:
        case Kind::postal_code:
        case Kind::latitude:
        case Kind::longitude:
        case Kind::lg_code:
        case Kind::corporate_number:
            return true;
        default:
            break;
        }
    }
    constexpr std::array<std::string_view, 7> numbers{"id", "no", "no.", "番号", "連番", "通し番号", "整理番号"};
    const std::string key = fold_key(column.name);
    if (std::find(numbers.begin(), numbers.end(), key) != numbers.end()) {
        return true;
    }
    constexpr std::array<std::string_view, 5> places{"方書", "建物", "設置位置", "高度", "標高"};
    constexpr auto words = std::to_array<std::string_view>(
        {"緯度",       "経度",       "備考",     "説明",   "概要",   "画像",         "英字", "英語",   "英名",
         "カナ",       "通称",       "住所",     "所在地", "町字ID", "電話",         "内線", "連絡先", "地方公共団体名",
         "都道府県名", "市区町村名", "アクセス", "駐車場", "更新日", "データ作成日", "町名", "番地"});
    return !holds_any(column.name, places) && holds_any(column.name, words);
}

std::uint64_t mixed(std::uint64_t value) {
    value *= 0x9E3779B97F4A7C15ULL;
    return value ^ (value >> 29U);
}

std::uint64_t slot_key(std::uint64_t key, std::int32_t north, std::int32_t east) {
    return mixed(key ^ mixed((static_cast<std::uint64_t>(static_cast<std::uint32_t>(north)) << 32U) |
                             static_cast<std::uint32_t>(east)));
}

std::int32_t cell_of(std::int32_t degrees) {
    return degrees >= 0 ? degrees / cell_size : -1 - (-1 - degrees) / cell_size;
}

constexpr unsigned folds = 1;
constexpr unsigned begins_e3 = 2;
constexpr unsigned may_end_e380 = 4;

/// Bytes that folding may change: blanks, capitals, '-', the blocks of full-width forms and dashes; E3 80 is the block
/// of brackets.
constexpr std::array<std::uint8_t, 256> make_folding() {
    std::array<std::uint8_t, 256> table{};
    for (std::size_t byte = 0; byte < table.size(); ++byte) {
        const bool may_fold =
            byte <= ' ' || (byte >= 'A' && byte <= 'Z') || byte == '-' || byte == 0xEF || byte == 0xE2;
        table.at(byte) = static_cast<std::uint8_t>(may_fold       ? folds
                                                   : byte == 0xE3 ? begins_e3
                                                   : byte == 0x80 ? may_end_e380
                                                                  : 0);
    }
    return table;
}
constexpr auto folding = make_folding();

bool stays_when_folded(std::string_view name) {
    unsigned all = 0;
    unsigned before = 0;
    for (const char c : name) {
        const unsigned now = folding[static_cast<unsigned char>(c)];
        all |= now | ((before >> 1U) & (now >> 2U));  // E3, then 80: bit 0
        before = now;
    }
    return (all & folds) == 0;
}

/// Widths, spaces, dashes and case make no difference, as where headers are compared. Nearly all names are kanji, kana
/// and digits, of which folding would change ー alone; so here every dash is ー instead.
std::uint64_t name_key(std::string_view name) {
    constexpr std::uint64_t seed = 1;
    if (stays_when_folded(name)) {
        return fingerprint_of(seed, name);
    }
    std::string folded;
    for (const char c : fold_key(name)) {
        folded += c == '-' ? "ー" : std::string_view(&c, 1);
    }
    return fingerprint_of(seed, folded);
}

template <typename Word>
std::uint64_t word_at(const char* at) {
    Word word = 0;
    std::memcpy(&word, at, sizeof word);
    return word;
}

/// The key with one more cell in it: two words of most cells, and every byte of longer ones. Cheap, for it is asked of
/// every cell of a row and only tells rows of one name apart.
std::uint64_t with_cell(std::uint64_t key, std::size_t column, std::string_view cell) {
    const char* const at = cell.data();
    const std::size_t size = cell.size();
    if (size > 16) {
        return fingerprint_of(key + column, cell);
    }
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    if (size >= 8) {
        first = word_at<std::uint64_t>(at);
        last = word_at<std::uint64_t>(at + size - 8);
    } else if (size >= 4) {
        first = word_at<std::uint32_t>(at);
        last = word_at<std::uint32_t>(at + size - 4);
    } else {
        first = word_at<std::uint8_t>(at) << 16U | word_at<std::uint8_t>(at + size / 2) << 8U |
                word_at<std::uint8_t>(at + size - 1);
    }
    return mixed(mixed((key + column) ^ first) ^ last ^ (size << 56U));
}

std::int32_t east_reach(std::int32_t latitude) {
    constexpr double radians = 3.14159265358979323846 / 180.0;
    const double shrunk = std::max(0.1, std::cos(static_cast<double>(latitude) / per_degree * radians));
    return static_cast<std::int32_t>(near_metres / metres_per_degree / shrunk * per_degree);
}

bool are_near(std::int32_t latitude, std::int32_t longitude, std::int32_t other_latitude,
              std::int32_t other_longitude) {
    const double scale = near_metres / metres_per_degree * per_degree;
    const double north = (static_cast<double>(latitude) - other_latitude) / scale;
    const double east = (static_cast<double>(longitude) - other_longitude) / east_reach(latitude);
    return north * north + east * east <= 1.0;
}

}  // namespace

/// The slot key of the cell in which a place lies.
std::uint64_t DuplicatePlaces::key_at_home(const Seen& place) {
    return slot_key(place.key, cell_of(place.latitude), cell_of(place.longitude));
}

DuplicatePlaces::DuplicatePlaces(std::vector<SourceInfo> sources, std::size_t places_at_most)
    : sources_(std::move(sources)), places_at_most_(places_at_most) {}

void DuplicatePlaces::bind(const Shape& shape) {
    shape_ = &shape;
    for (std::size_t i = 0; i < shape.columns.size(); ++i) {
        const ColumnInfo& column = shape.columns[i];
        if (column.from.empty()) {
            continue;
        }
        if (name_ == Shape::npos && column.field != nullptr && is_name(column.field->english)) {
            name_ = i;
        } else if (address_ == Shape::npos && column.field != nullptr && is_whole_address(column.field->name)) {
            address_ = i;
        } else if (!tells_nothing_apart(column)) {
            apart_.push_back(i);
        }
    }
    if (!shape.has_geometry && address_ == Shape::npos) {
        name_ = Shape::npos;  // a name alone says nothing
    }
}

void DuplicatePlaces::prepare(Batch& batch) const {
    if (name_ == Shape::npos) {
        return;
    }
    std::vector<Seen> places(batch.size());
    for (std::size_t row = 0; row < batch.size(); ++row) {
        if (!batch.columns[name_].cells[row].empty()) {
            places[row] = place_of(batch, row);
        }
    }
    // Column by column: no row waits for another one's bytes. The column counts, for the same word elsewhere is
    // something else.
    for (const std::size_t column : apart_) {
        const std::vector<Cell>& cells = batch.columns[column].cells;
        for (std::size_t row = 0; row < cells.size(); ++row) {
            if (!cells[row].empty() && places[row].key != 0) {
                places[row].key = with_cell(places[row].key, column, cells[row]);
            }
        }
    }
    const std::lock_guard lock(mutex_);
    places_[batch.sequence] = std::move(places);
}

void DuplicatePlaces::admit(Batch& batch, Findings& findings) {
    std::vector<Seen> places;
    {
        const std::lock_guard lock(mutex_);
        if (const auto found = places_.find(batch.sequence); found != places_.end()) {
            places = std::move(found->second);
            places_.erase(found);
        }
    }
    constexpr std::size_t ahead = 8;  // rows whose slots are on their way into the cache
    for (std::size_t row = 0; row < places.size(); ++row) {
        if (row + ahead < places.size()) {
            const std::uint64_t hash = key_at_home(places[row + ahead]);
            __builtin_prefetch(now_.slot_of(hash));  // here: a function that only fetches is left out
            __builtin_prefetch(former_.slot_of(hash));
        }
        const Seen& place = places[row];
        if (place.key == 0 || batch.states[row] != RowState::kept) {
            continue;
        }
        if (const Seen* before = earlier(place); before != nullptr) {
            const bool by_address = place.latitude == 0 && place.longitude == 0;
            findings.add(by_address ? Code::row_duplicate : Code::place_duplicate, batch, row, name_,
                         shape_->columns[name_], batch.columns[name_].cells[row], {},
                         findings.keep(shown(*before, place)));
            continue;
        }
        if (now_.size() >= places_at_most_) {
            std::swap(now_, former_);
            now_.clear();
        }
        now_.add(place);
    }
}

/// By its point, or by its address where it has none; without both it is no place that could be there twice.
DuplicatePlaces::Seen DuplicatePlaces::place_of(const Batch& batch, std::size_t row) const {
    const Origin& stands = batch.rows[row];
    const std::uint64_t key = name_key(batch.columns[name_].cells[row]);
    if (!batch.shapes.empty() && batch.shapes.kind(row) == GeometryKind::point) {
        const std::size_t part = batch.shapes.part_begin(row);
        const std::span<const double> point = batch.shapes.ring(batch.shapes.ring_begin(part));
        return {key,
                static_cast<std::int32_t>(point[1] * per_degree),
                static_cast<std::int32_t>(point[0] * per_degree),
                stands.row,
                stands.sheet,
                stands.source};
    }
    const Cell address = address_ == Shape::npos ? Cell{} : batch.columns[address_].cells[row];
    if (address.empty() || (!batch.shapes.empty() && batch.shapes.kind(row) != GeometryKind::none)) {
        return {};
    }
    return {mixed(key ^ mixed(name_key(address))) | 1U, 0, 0, stands.row, stands.sheet, stands.source};
}

const DuplicatePlaces::Seen* DuplicatePlaces::earlier(const Seen& place) const {
    constexpr auto north = static_cast<std::int32_t>(near_metres / metres_per_degree * per_degree) + 1;
    constexpr std::int32_t east = north * 3 / 2;  // enough up to 48 degrees: no cosine for the many that have no twin
    const std::int32_t last_y = cell_of(place.latitude + north);
    const std::int32_t last_x = cell_of(place.longitude + east);
    for (std::int32_t y = cell_of(place.latitude - north); y <= last_y; ++y) {
        for (std::int32_t x = cell_of(place.longitude - east); x <= last_x; ++x) {
            const std::uint64_t hash = slot_key(place.key, y, x);
            for (const Generation* const generation : {&now_, &former_}) {
                if (const Seen* found = generation->find(place, hash); found != nullptr) {
                    return found;
                }
            }
        }
    }
    return nullptr;
}

/// D5; with its sheet and file where it stands in another one.
std::string DuplicatePlaces::shown(const Seen& before, const Seen& now) const {
    Finding finding;
    finding.where = {before.row, 0, before.sheet, before.source, &shape_->columns[name_]};
    const FindingText text = spell_out(finding, sources_);
    const std::string cell = text.cell.empty() ? "#" + std::to_string(before.row) : text.cell;
    if (before.source != now.source) {
        return text.file + (text.sheet.empty() ? "" : "[" + text.sheet + "]") + "!" + cell;
    }
    return before.sheet != now.sheet && !text.sheet.empty() ? text.sheet + "!" + cell : cell;
}

const DuplicatePlaces::Seen* DuplicatePlaces::Generation::find(const Seen& place, std::uint64_t hash) const {
    if (slots_.empty()) {
        return nullptr;
    }
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t at = hash & mask; slots_[at] != 0; at = (at + 1) & mask) {
        if ((slots_[at] ^ hash) >> 32U != 0) {
            continue;
        }
        const Seen& other = places_[(slots_[at] & number_mask) - 1];
        if (other.key == place.key && are_near(place.latitude, place.longitude, other.latitude, other.longitude)) {
            return &other;
        }
    }
    return nullptr;
}

void DuplicatePlaces::Generation::add(const Seen& place) {
    places_.push_back(place);
    if (places_.size() * 4 > slots_.size() * 3) {
        slots_.assign(std::max<std::size_t>(1024, slots_.size() * 2), 0);
        std::uint64_t number = 0;
        for (const Seen& one : places_) {
            put(one, ++number);
        }
    } else {
        put(place, places_.size());
    }
}

void DuplicatePlaces::Generation::clear() {
    places_.clear();
    std::fill(slots_.begin(), slots_.end(), 0);
}

void DuplicatePlaces::Generation::put(const Seen& place, std::uint64_t number) {
    const std::size_t mask = slots_.size() - 1;
    const std::uint64_t hash = key_at_home(place);
    std::size_t at = hash & mask;
    while (slots_[at] != 0) {
        at = (at + 1) & mask;
    }
    slots_[at] = (hash & ~number_mask) | number;
}

const std::uint64_t* DuplicatePlaces::Generation::slot_of(std::uint64_t hash) const {
    return slots_.empty() ? nullptr : &slots_[hash & (slots_.size() - 1)];
}

}  // namespace kokai
