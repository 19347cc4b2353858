// SPDX-License-Identifier: Apache-2.0
// Addresses that do not say their municipality in its name of today: by a town that is nowhere else, by the name of a
// former county or village, behind a county or an island. A municipality is taken only with a town of it behind.
#include "normalise/address/reader.hpp"

#include <algorithm>
#include <utility>

namespace kokai {
namespace {

bool ends_at_first_town_or_village(std::string_view name) {
    const std::size_t first = std::min(name.find("町"), name.find("村"));
    return first != std::string_view::npos && first + std::string_view("町").size() == name.size();
}

}  // namespace

/// A town that only one municipality of Japan (or of the prefecture named) has.
bool AddressReader::find_anywhere(std::size_t from, bool as_town, bool loose) {
    const auto& tokens = key_.tokens();
    if (from >= tokens.size()) {
        return false;
    }
    address_.doubt = AddressDoubt::nothing;
    scratch_.assign(key_.bytes(from, tokens.size()));
    if (as_town) {
        // 富士見村原之郷 is 富士見町原之郷 today.
        constexpr std::string_view village = "村";
        const std::size_t at = scratch_.find(village);
        constexpr std::size_t near = 24;
        if (at == std::string::npos || at > near) {
            return false;
        }
        scratch_.replace(at, village.size(), "町");
    }
    const std::uint8_t within = prefecture_ != 0 ? prefecture_ : publisher_prefecture_;
    constexpr std::size_t least_tokens = 3;
    for (std::string_view key = index_.longest_town(scratch_, scratch_.size()); !key.empty();
         key = index_.longest_town(scratch_, key.size() - 1)) {
        const std::size_t end = token_after(from, key.size());
        const AddressToken& last = tokens[end - 1];
        const bool digits =
            last.kind == AddressToken::Kind::number && static_cast<unsigned char>(body_[last.begin]) < 0x80;
        if ((!is_clean(end) && !loose) || end - from < least_tokens + (loose ? 1 : 0) || digits) {
            continue;
        }
        // 上北町字清水目山: of a town that has no such 字 it is not known that no other place is called so.
        if (end < tokens.size() && tokens[end].aza && !as_town && !loose) {
            return false;
        }
        // 井手町5-4: the town of some city, or 井手町 itself.
        if (std::any_of(candidates_.begin(), candidates_.end(),
                        [&](const Candidate& one) { return one.named && one.after >= end; })) {
            return false;
        }
        std::uint32_t only = AddressIndex::npos;
        const Town* town = nullptr;
        bool several = false;
        for (const std::uint32_t i : index_.towns_with(key)) {
            const Town& one = index_.towns()[i];
            if (prefecture_ != 0 && index_.municipalities()[one.municipality].prefecture != prefecture_) {
                continue;
            }
            several = several || (only != AddressIndex::npos && only != one.municipality);
            only = one.municipality;
            town = one.is_bare_koaza() ? town : &one;
        }
        if (several) {
            address_.doubt = AddressDoubt::several;
            return false;
        }
        if (only == AddressIndex::npos) {
            continue;
        }
        // Such 小字 are listed of one prefecture only: that nobody else has one of this name is not known.
        const Municipality& of = index_.municipalities()[only];
        if (town == nullptr || (within != 0 && of.prefecture != within) || publisher_ != AddressIndex::npos) {
            return false;  // a publisher's own list that names another town's place says so
        }
        // 群馬県榛名町: a 町 of 沼田市, or the former municipality, which is in 高崎市 now. No list of those is at
        // hand.
        const bool bare = prefecture_ != 0 || end >= tokens.size();
        if (!as_town && !loose && bare && ends_at_first_town_or_village(key)) {
            address_.doubt = AddressDoubt::several;
            return false;
        }
        Candidate found{only, from, true, false, false, {town, from, end, is_clean(end), false, false}};
        if (!as_town) {
            if (const TownMatch closer = match_town(of, from); closer.town != nullptr && closer.clean) {
                found.match = closer;
            }
        }
        answer(found);
        return true;
    }
    return false;
}

/// Whether the name of a municipality of the prefecture stands there. Behind a county, where no prefecture is named:
/// 東村 of 国頭郡 is not that of 勢多郡, but a city stands anywhere.
bool AddressReader::is_municipality_of_today(std::size_t token) const {
    const std::string_view text = key_.bytes(token, key_.tokens().size());
    const std::string_view key = index_.longest_name(text, text.size());
    if (key.empty()) {
        return false;
    }
    const auto names = index_.names_with(key);
    return std::any_of(names.begin(), names.end(), [&](const AddressIndex::Name& one) {
        const Municipality& of = index_.municipalities()[one.municipality];
        return one.form != AddressIndex::Name::renamed &&
               (prefecture_ == 0 ? of.county_bytes == 0 : of.prefecture == prefecture_);
    });
}

/// 八丈島八丈町大賀郷, 岩手郡滝沢市中鵜飼: behind an island or a county of former days, where the town fits, too. In
/// keys 島 is 嶋.
void AddressReader::add_behind_county() {
    constexpr std::size_t farthest = 8;
    const std::uint8_t within = prefecture_ != 0 ? prefecture_ : publisher_prefecture_;
    const bool elsewhere = elsewhere_;
    for (std::size_t i = start_ + 2; within != 0 && i < key_.tokens().size() && i <= start_ + farthest; ++i) {
        if (!is_letter(i - 1, "郡") && !is_letter(i - 1, "嶋")) {
            continue;
        }
        add_named(i);
        std::erase_if(candidates_, [&](const Candidate& one) {
            return one.named && (one.match.town == nullptr || !one.match.clean ||
                                 index_.municipalities()[one.municipality].prefecture != within);
        });
        elsewhere_ = elsewhere;
    }
}

/// 群馬県勢多郡富士見村原之郷, 群馬県新田郡笠懸町鹿: the county is gone, the town's name in the list begins with the
/// former municipality's.
bool AddressReader::find_former(std::size_t from) {
    constexpr std::size_t farthest = 8;
    const auto& tokens = key_.tokens();
    const std::uint32_t publisher = std::exchange(publisher_, AddressIndex::npos);
    bool found = false;
    for (std::size_t i = from + 2; !found && i < tokens.size() && i <= from + farthest; ++i) {
        if (is_letter(i - 1, "郡")) {
            if (is_municipality_of_today(i)) {
                break;  // its county is not this one, and its town is not known
            }
            found = find_anywhere(i, false, true) || find_anywhere(i, true, true);
            break;
        }
    }
    if (!found && prefecture_ != 0) {
        found = find_anywhere(from, false, false) ||
                (address_.doubt != AddressDoubt::several && find_anywhere(from, true, false));
    }
    publisher_ = publisher;
    return found;
}

}  // namespace kokai
