// SPDX-License-Identifier: Apache-2.0
#include "validate/shared_positions.hpp"

#include "model/finding.hpp"
#include "normalise/kanji_digit.hpp"
#include "support/decimal.hpp"
#include "validate/fingerprints.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

namespace kokai {
namespace {

constexpr double per_degree = 1e7;
constexpr std::size_t most_shared = 1000;   // points that are told
constexpr std::size_t most_counted = 1000;  // facilities at one of them
constexpr std::string_view accuracy_column = "位置の精度";

std::uint64_t point_key(std::int32_t latitude, std::int32_t longitude) {
    return static_cast<std::uint64_t>(static_cast<std::uint32_t>(latitude)) << 32U |
           static_cast<std::uint32_t>(longitude);
}

/// Never 0, which says that there is nothing.
std::uint32_t hash_of(std::string_view text) {
    constexpr std::uint64_t seed = 1;
    const auto hash = static_cast<std::uint32_t>(fingerprint_of(seed, text) >> 32U);
    return hash == 0 ? 1 : hash;
}

/// Positions to a thousandth of a degree are the same for all of a block, and nothing is wrong with it.
bool is_coarse(double degrees) {
    constexpr double thousandths = 1e3;
    const double scaled = degrees * thousandths;
    return std::abs(scaled - std::nearbyint(scaled)) < 1e-6;
}

/// The character at the beginning of UTF-8 text; `size` gets its bytes.
std::uint32_t character_at(std::string_view text, std::size_t& size) {
    const auto byte = [&](std::size_t i) {
        return i < text.size() ? static_cast<std::uint32_t>(static_cast<unsigned char>(text[i])) : 0x80U;
    };
    const std::uint32_t lead = byte(0);
    size = std::min<std::size_t>(lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4, text.size());
    std::uint32_t point = lead < 0x80 ? lead : lead & (0xFFU >> (size + 1));
    for (std::size_t i = 1; i < size; ++i) {
        point = point << 6U | (byte(i) & 0x3FU);
    }
    return point;
}

/// 0–9 for a digit of any kind, -1 for anything else.
int digit_of(std::uint32_t letter) {
    if (letter >= '0' && letter <= '9') {
        return static_cast<int>(letter - '0');
    }
    if (letter >= U'０' && letter <= U'９') {
        return static_cast<int>(letter - U'０');
    }
    return plain_kanji_digit(letter);
}

/// Words and dashes between the numbers of an address: 丁目 番地 番 号 の … and blanks.
bool is_joint(std::uint32_t letter) {
    switch (letter) {
    case U' ':
    case U'　':
    case U'-':
    case U'－':
    case U'ー':
    case U'−':
    case U'‐':
    case U'‑':
    case U'–':
    case U'—':
    case U'―':
    case U'ｰ':
    case U'─':
    case U'丁':
    case U'番':
    case U'号':
    case U'の':
    case U'ノ':
    case U'之':
        return true;
    default:
        return false;
    }
}

/// The second letter of 丁目, 番地: goes with the first.
bool is_second(std::uint32_t letter) {
    return letter == U'目' || letter == U'地';
}

/// What is compared of an address, in at most as many bytes.
class Site {
public:
    explicit Site(std::string_view address) {
        bool numbers = false;   // the last of it is a number, or a joint behind one
        bool numbered = false;  // the numbers of the lot have begun
        for (std::string_view rest = address.substr(0, most); !rest.empty();) {
            std::size_t size = 0;
            const std::uint32_t letter = character_at(rest, size);
            const int digit = digit_of(letter);
            if (digit >= 0) {
                numbers = true;
                numbered = numbered || letter < U'〇' || letter > U'龠';  // kanji may be part of a name
                put(static_cast<char>('0' + digit));
            } else if (is_joint(letter)) {
                if (numbers && text_[used_ - 1] != '-') {
                    numbered = numbered || letter == U'丁' || letter == U'番';
                    put('-');
                }
                std::size_t second = 0;
                if (size < rest.size() && is_second(character_at(rest.substr(size), second))) {
                    size += second;
                }
            } else if (numbers && text_[used_ - 1] == '-') {
                break;  // a building
            } else {
                numbers = false;  // 三河町: the digit was part of a name
                const bool municipality = letter == U'市' || letter == U'区' || letter == U'郡';
                if (municipality && !numbered && size < rest.size()) {
                    used_ = 0;
                } else {
                    for (const char byte : rest.substr(0, size)) {
                        put(byte);
                    }
                }
            }
            rest.remove_prefix(size);
        }
        while (used_ > 0 && text_[used_ - 1] == '-') {
            --used_;
        }
    }
    [[nodiscard]] std::string_view text() const { return {text_.data(), used_}; }

private:
    static constexpr std::size_t most = 240;
    void put(char byte) { text_[used_++] = byte; }

    std::array<char, most> text_;  // never more than what was read
    std::size_t used_ = 0;
};

}  // namespace

std::string site_of(std::string_view address) {
    return std::string(Site(address).text());
}

SharedPositions::Spot& SharedPositions::Generation::slot_of(std::int32_t latitude, std::int32_t longitude) {
    const std::uint64_t hash = point_key(latitude, longitude) * 0x9E3779B97F4A7C15ULL;
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = (hash >> 32U) & mask;
    while (slots_[at].count != 0 && (slots_[at].latitude != latitude || slots_[at].longitude != longitude)) {
        at = (at + 1) & mask;
    }
    return slots_[at];
}

SharedPositions::Spot* SharedPositions::Generation::find(const Facility& at) {
    if (slots_.empty()) {
        return nullptr;
    }
    Spot& slot = slot_of(at.latitude, at.longitude);
    return slot.count == 0 ? nullptr : &slot;
}

SharedPositions::Spot* SharedPositions::Generation::add(const Spot& spot) {
    if ((used_ + 1) * 4 > slots_.size() * 3) {
        std::vector<Spot> before(std::max<std::size_t>(1024, slots_.size() * 2));
        before.swap(slots_);
        for (const Spot& one : before) {
            if (one.count != 0) {
                slot_of(one.latitude, one.longitude) = one;
            }
        }
    }
    Spot& slot = slot_of(spot.latitude, spot.longitude);
    slot = spot;
    ++used_;
    return &slot;
}

void SharedPositions::Generation::clear() {
    std::fill(slots_.begin(), slots_.end(), Spot{});
    used_ = 0;
}

SharedPositions::SharedPositions(std::string latitude, std::size_t points_at_most)
    : latitude_name_(std::move(latitude)), points_at_most_(points_at_most) {}

void SharedPositions::bind(const Shape& shape) {
    shape_ = &shape;
    columns_ = row_place_columns(shape);
    latitude_ = latitude_name_.empty() ? Shape::npos : shape.find(latitude_name_);
    accuracy_ = shape.find(accuracy_column);
}

void SharedPositions::prepare(Batch& batch) const {
    if (columns_.name == Shape::npos || columns_.address == Shape::npos || batch.shapes.empty()) {
        return;
    }
    std::vector<Facility> facilities(batch.size());
    for (std::size_t row = 0; row < batch.size(); ++row) {
        const Cell name = batch.columns[columns_.name].cells[row];
        const Cell address = batch.columns[columns_.address].cells[row];
        if (name.empty() || address.empty() || batch.shapes.kind(row) != GeometryKind::point ||
            (accuracy_ != Shape::npos && !batch.columns[accuracy_].cells[row].empty())) {
            continue;
        }
        const std::span<const double> point = batch.shapes.ring(batch.shapes.ring_begin(batch.shapes.part_begin(row)));
        if (is_coarse(point[0]) && is_coarse(point[1])) {
            continue;
        }
        facilities[row] = {static_cast<std::int32_t>(std::lround(point[1] * per_degree)),
                           static_cast<std::int32_t>(std::lround(point[0] * per_degree)), hash_of(name),
                           hash_of(Site(address).text())};
    }
    const std::lock_guard lock(mutex_);
    facilities_[batch.sequence] = std::move(facilities);
}

void SharedPositions::admit(Batch& batch, Findings& /*findings*/) {
    std::vector<Facility> facilities;
    {
        const std::lock_guard lock(mutex_);
        if (const auto found = facilities_.find(batch.sequence); found != facilities_.end()) {
            facilities = std::move(found->second);
            facilities_.erase(found);
        }
    }
    for (std::size_t row = 0; row < facilities.size(); ++row) {
        if (facilities[row].name != 0 && batch.states[row] == RowState::kept) {
            look(batch, row, facilities[row]);
        }
    }
}

void SharedPositions::look(const Batch& batch, std::size_t row, const Facility& facility) {
    const auto is_new = [&](const auto& names, const auto& addresses, std::size_t count) {
        const auto end = static_cast<std::ptrdiff_t>(count);
        return std::find(names.begin(), names.begin() + end, facility.name) == names.begin() + end &&
               std::find(addresses.begin(), addresses.begin() + end, facility.address) == addresses.begin() + end;
    };
    Spot* spot = now_.find(facility);
    if (spot == nullptr) {
        const Spot* const before = former_.find(facility);
        if (now_.size() >= points_at_most_) {
            // What is taken along stands in the former generation, which ends here.
            const Spot kept = before == nullptr ? Spot{} : *before;
            std::swap(now_, former_);
            now_.clear();
            spot = kept.count == 0 ? nullptr : now_.add(kept);
        } else if (before != nullptr) {
            spot = now_.add(*before);
        }
    }
    if (spot == nullptr) {
        Spot first;
        first.latitude = facility.latitude;
        first.longitude = facility.longitude;
        first.names[0] = facility.name;
        first.addresses[0] = facility.address;
        first.row = batch.rows[row].row;
        first.sheet = batch.rows[row].sheet;
        first.source = batch.rows[row].source;
        first.count = 1;
        now_.add(first);
        return;
    }
    if (spot->count < many) {
        if (!is_new(spot->names, spot->addresses, spot->count)) {
            return;
        }
        ++spot->count;
        if (spot->count < many) {
            spot->names[spot->count - 1U] = facility.name;
            spot->addresses[spot->count - 1U] = facility.address;
            return;
        }
        if (shared_.size() < most_shared) {
            shared_at_.emplace(point_key(facility.latitude, facility.longitude), shared_.size());
            shared_.push_back(
                {*spot, {spot->names.begin(), spot->names.end()}, {spot->addresses.begin(), spot->addresses.end()}});
        }
    }
    const auto told = shared_at_.find(point_key(facility.latitude, facility.longitude));
    if (told == shared_at_.end()) {
        return;
    }
    Shared& shared = shared_[told->second];
    if (shared.names.size() < most_counted && is_new(shared.names, shared.addresses, shared.names.size())) {
        shared.names.push_back(facility.name);
        shared.addresses.push_back(facility.address);
    }
}

void SharedPositions::end(Findings& findings) {
    for (const Shared& shared : shared_) {
        std::string where;
        append_degrees(where, shared.spot.latitude / per_degree);
        where += ',';
        append_degrees(where, shared.spot.longitude / per_degree);
        Place place;
        place.row = shared.spot.row;
        place.sheet = shared.spot.sheet;
        place.source = shared.spot.source;
        place.field = latitude_ == Shape::npos ? nullptr : &shape_->columns[latitude_];
        findings.add(Code::position_shared, place, std::to_string(shared.names.size()), where);
    }
}

}  // namespace kokai
