// SPDX-License-Identifier: Apache-2.0
// All municipalities that the text may mean are candidates; each is asked for its longest town there. Which one is
// taken is in choose(): what the text says outright, then the publisher's own, then the only one that has the town.
#include "normalise/address/reader.hpp"

#include "model/prefecture.hpp"
#include "normalise/address/front.hpp"
#include "normalise/text.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace kokai {
namespace {

struct PrefectureKey {
    std::string key;
    std::uint8_t number = 0;
};

const std::array<PrefectureKey, 47>& prefecture_keys() {
    static const std::array<PrefectureKey, 47> keys = [] {
        std::array<PrefectureKey, 47> made;
        for (std::size_t i = 0; i < made.size(); ++i) {
            std::string code = std::to_string(i + 1);
            code.insert(0, 2 - code.size(), '0');
            made[i] = {address_key(prefecture_name(code + "000")), static_cast<std::uint8_t>(i + 1)};
        }
        return made;
    }();
    return keys;
}

std::uint8_t prefecture_number(std::string_view code) {
    if (code.size() < 2 || code[0] < '0' || code[0] > '4' || code[1] < '0' || code[1] > '9') {
        return 0;
    }
    return static_cast<std::uint8_t>((code[0] - '0') * 10 + (code[1] - '0'));
}

bool ends_at_first_town_or_village(std::string_view name) {
    const std::size_t first = std::min(name.find("町"), name.find("村"));
    return first != std::string_view::npos && first + std::string_view("町").size() == name.size();
}

}  // namespace

void AddressReader::add_candidate(Candidate one) {
    const auto& all = index_.municipalities();
    for (const Candidate& other : candidates_) {
        if (other.municipality == one.municipality && other.after == one.after) {
            return;
        }
    }
    const std::uint32_t city = one.municipality;
    one.match = match_town(all[city], one.after);
    candidates_.push_back(one);
    if (all[city].children == 0) {
        return;
    }
    // The city stands in the text, its ward does not. Codes of wards follow their city's.
    if (std::any_of(candidates_.begin(), candidates_.end(), [&](const Candidate& other) {
            return other.municipality != city && all[other.municipality].parent == city && other.after > one.after;
        })) {
        return;
    }
    for (std::uint32_t i = city + 1; i < all.size() && all[i].parent == city; ++i) {
        one.municipality = i;
        one.match = match_town(all[i], one.after);
        if (one.match.town != nullptr && one.match.clean) {
            candidates_.push_back(one);
        }
    }
}

/// Whether the municipality has a town that begins at the token, ends cleanly, and has more than one letter.
bool AddressReader::has_town_at(const Municipality& of, std::size_t token) const {
    const TownMatch match = listed_town(of, token);
    return match.town != nullptr && match.clean && match.end > token + 1;
}

void AddressReader::add_named(std::size_t from) {
    const std::string_view text = key_.bytes(from, key_.tokens().size());
    for (std::string_view key = index_.longest_name(text, text.size()); !key.empty();
         key = index_.longest_name(text, key.size() - 1)) {
        const std::size_t after = token_after(from, key.size());
        // 津市場, 堺市街: a town, not 津市. But 刈谷市 has a 場割町.
        const std::span<const AddressIndex::Name> names = index_.names_with(key);
        const bool cut = is_letter(after - 1, "市") && (is_letter(after, "場") || is_letter(after, "街"));
        if (cut && std::none_of(names.begin(), names.end(), [&](const AddressIndex::Name& one) {
                return has_town_at(index_.municipalities()[one.municipality], after);
            })) {
            continue;
        }
        const auto fits = [&](const AddressIndex::Name& one) {
            return prefecture_ == 0 || index_.municipalities()[one.municipality].prefecture == prefecture_;
        };
        const auto fitting = std::count_if(names.begin(), names.end(), fits);
        for (const AddressIndex::Name& one : names) {
            if (!fits(one)) {
                elsewhere_ = true;
                continue;
            }
            // A 町 or 村 without 郡 and prefecture is called like towns in cities (池田町).
            const Municipality& of = index_.municipalities()[one.municipality];
            const bool small = is_letter(after - 1, "町") || is_letter(after - 1, "村");
            const bool with_county = one.form == AddressIndex::Name::whole && of.county_bytes > 0;
            // 浜松市北区 of former days is one of two wards, and no other.
            const bool one_name = fitting == 1 || one.form == AddressIndex::Name::renamed;
            const bool sure = one_name && (prefecture_ != 0 || with_county || !small);
            const bool ward_alone = prefecture_ == 0 && one.form == AddressIndex::Name::ward_alone;
            add_candidate({one.municipality, after, sure, true, (!with_county && small) || ward_alone, {}});
        }
        if (is_settled()) {
            return;
        }
    }
}

/// The text itself says the municipality, and the town behind it is there: nothing else can be meant.
bool AddressReader::is_settled() const {
    return std::any_of(candidates_.begin(), candidates_.end(), [](const Candidate& one) {
        return one.named && one.sure && !one.plain && one.match.town != nullptr && one.match.clean;
    });
}

/// 福島石川郡石川町: the prefecture without 県, where a municipality of it follows.
void AddressReader::add_short_prefecture() {
    for (const PrefectureKey& one : prefecture_keys()) {
        constexpr std::size_t last_letter = 3;
        const std::string_view name = std::string_view(one.key).substr(0, one.key.size() - last_letter);
        if (name.empty() || !key_.bytes().starts_with(name)) {
            continue;
        }
        prefecture_ = one.number;
        start_ = token_after(0, name.size());
        add_named(start_);
        if (!candidates_.empty()) {
            return;
        }
        prefecture_ = 0;
        start_ = 0;
        elsewhere_ = false;
    }
}

void AddressReader::add_publisher(std::size_t from) {
    if (publisher_ == AddressIndex::npos ||
        (prefecture_ != 0 && index_.municipalities()[publisher_].prefecture != prefecture_)) {
        return;
    }
    add_candidate({publisher_, from, false, false, false, {}});
    // 中央町1丁目 where 中央町 has no 丁目, 川崎町 where 川崎 is: the rest does not fit.
    for (Candidate& one : candidates_) {
        const bool no_chome =
            is_letter(one.match.end + 1, "丁") && key_.tokens()[one.match.end].kind == AddressToken::Kind::number;
        // 阿久比町1-2: the municipality itself, not its 大字阿久比 with a 町 too many.
        const bool own_name = std::any_of(candidates_.begin(), candidates_.end(), [&](const Candidate& other) {
            return other.named && other.municipality == one.municipality && other.after == one.match.end;
        });
        if (!one.named && (no_chome || (one.match.soft && (own_name || is_elsewhere(one))))) {
            one.match = {};
        }
    }
}

/// The one candidate that fits, of several readings of one municipality the longest; null when there are two.
const AddressReader::Candidate* AddressReader::only_one(bool (*fits)(const AddressReader&, const Candidate&)) {
    const Candidate* found = nullptr;
    std::size_t best = 0;
    bool several = false;
    for (const Candidate& one : candidates_) {
        if (!fits(*this, one)) {
            continue;
        }
        // A named municipality counts by its name, then by the town behind it.
        const std::size_t reach = one.after * most_tokens + one.match.end;
        if (found == nullptr || reach > best) {
            several = found != nullptr && found->municipality != one.municipality && one.after == found->after &&
                      one.match.end == found->match.end;
            found = &one;
            best = reach;
        } else if (reach == best && one.municipality != found->municipality) {
            several = true;
        }
    }
    return several ? nullptr : found;
}

/// 錦町西31: 大字西 of 錦町, or the town 錦町西 of another city.
bool AddressReader::has_rival(const Candidate& one) const {
    return one.plain && is_elsewhere(one);
}

/// Whether a town of another municipality reaches as far.
bool AddressReader::is_elsewhere(const Candidate& one) const {
    const std::string_view text = key_.bytes(start_, key_.tokens().size());
    const std::size_t reach = one.match.town == nullptr ? one.after : std::max(one.after + 1, one.match.end);
    for (std::string_view key = index_.longest_town(text, text.size()); !key.empty();
         key = index_.longest_town(text, key.size() - 1)) {
        const std::size_t end = token_after(start_, key.size());
        if (end < reach) {
            return false;
        }
        const auto elsewhere = [&](std::uint32_t i) {
            const std::uint32_t other = index_.towns()[i].municipality;
            return other != one.municipality &&
                   (prefecture_ == 0 || index_.municipalities()[other].prefecture == prefecture_);
        };
        const auto towns = index_.towns_with(key);
        if (is_clean(end) && std::any_of(towns.begin(), towns.end(), elsewhere)) {
            return true;
        }
    }
    return false;
}

/// Whether the text names a municipality and a town in it that reach farther than this reading.
bool AddressReader::names_more(const Candidate& one) const {
    return std::any_of(candidates_.begin(), candidates_.end(), [&](const Candidate& other) {
        return other.named && other.match.town != nullptr && other.match.clean && other.match.end > one.match.end;
    });
}

/// Names the candidates that fit where they are more than one municipality.
bool AddressReader::list_several(bool (*fits)(const AddressReader&, const Candidate&)) {
    constexpr std::size_t most_named = 4;
    std::size_t count = 0;
    std::uint32_t last = AddressIndex::npos;
    address_.candidates.clear();
    for (const Candidate& one : candidates_) {
        if (!fits(*this, one) || one.municipality == last) {
            continue;
        }
        last = one.municipality;
        const Municipality& of = index_.municipalities()[last];
        if (count < most_named) {
            address_.candidates += count == 0 ? "" : "、";
            address_.candidates += prefecture_with(of.prefecture);
            address_.candidates += index_.name(of);
        }
        ++count;
    }
    if (count < 2) {
        address_.candidates.clear();
    }
    return count > 1;
}

const AddressReader::Candidate* AddressReader::choose() {
    const auto with_a_town = [](const Candidate& one) {
        return one.named && one.match.town != nullptr && one.match.clean;
    };
    using Fits = bool (*)(const AddressReader&, const Candidate&);
    const Fits sure_with_town = [](const AddressReader& self, const Candidate& one) {
        return one.sure && one.match.town != nullptr && one.match.clean && !self.has_rival(one);
    };
    const Fits of_publisher = [](const AddressReader& self, const Candidate& one) {
        return one.named && self.publisher_ != AddressIndex::npos &&
               (one.municipality == self.publisher_ ||
                self.index_.municipalities()[one.municipality].parent == self.publisher_) &&
               one.match.town != nullptr;
    };
    const Fits publishers_town = [](const AddressReader& self, const Candidate& one) {
        return !one.named && one.match.town != nullptr && one.match.clean && !self.names_more(one);
    };
    const Fits publishers_name = [](const AddressReader& self, const Candidate& one) {
        return one.named && (one.municipality == self.publisher_ ||
                             self.index_.municipalities()[one.municipality].parent == self.publisher_);
    };
    const Fits near_with_town = [](const AddressReader& self, const Candidate& one) {
        return one.named && one.match.town != nullptr && one.match.clean &&
               self.index_.municipalities()[one.municipality].prefecture == self.publisher_prefecture_ &&
               !self.has_rival(one);
    };
    const Fits sure_alone = [](const AddressReader& self, const Candidate& one) {
        return one.sure && !((one.plain || self.prefecture_ == 0) && self.is_elsewhere(one));
    };
    const Fits with_town = [](const AddressReader& self, const Candidate& one) {
        return one.named && one.match.town != nullptr && one.match.clean && !self.has_rival(one);
    };
    const Fits near_alone = [](const AddressReader& self, const Candidate& one) {
        return one.named && self.index_.municipalities()[one.municipality].prefecture == self.publisher_prefecture_ &&
               !self.has_rival(one);
    };
    for (const Fits fits : {sure_with_town, of_publisher, publishers_town, publishers_name, near_with_town, sure_alone,
                            with_town, near_alone}) {
        if (const Candidate* found = only_one(fits)) {
            return found;
        }
        if (list_several(fits)) {
            // Two wards of one city: the city is known.
            std::uint32_t city = AddressIndex::npos;
            bool same = true;
            for (const Candidate& one : candidates_) {
                if (fits(*this, one)) {
                    const std::uint32_t parent = index_.municipalities()[one.municipality].parent;
                    same = same && (city == AddressIndex::npos || city == parent);
                    city = parent;
                }
            }
            address_.doubt = AddressDoubt::several;
            if (same) {
                for (const Candidate& one : candidates_) {
                    if (one.municipality == city) {
                        return &one;
                    }
                }
            }
            return nullptr;
        }
    }
    if (std::any_of(candidates_.begin(), candidates_.end(), with_a_town)) {
        address_.doubt = AddressDoubt::several;
    }
    return nullptr;
}

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

/// 群馬県勢多郡富士見村原之郷, 群馬県新田郡笠懸町鹿: the county is gone, the town's name in the list begins with the
/// former municipality's.
bool AddressReader::find_former(std::size_t from) {
    constexpr std::size_t farthest = 8;
    const auto& tokens = key_.tokens();
    const std::uint32_t publisher = std::exchange(publisher_, AddressIndex::npos);
    bool found = false;
    for (std::size_t i = from + 2; !found && i < tokens.size() && i <= from + farthest; ++i) {
        if (is_letter(i - 1, "郡")) {
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

/// 今治市越智郡上島町弓削: two municipalities one after another. Which is meant nobody can tell.
bool AddressReader::names_another(const Candidate& chosen) {
    if (chosen.match.town != nullptr || chosen.after >= key_.tokens().size()) {
        return false;
    }
    const std::string_view rest = key_.bytes(chosen.after, key_.tokens().size());
    bool another = std::any_of(prefecture_keys().begin(), prefecture_keys().end(),
                               [&](const PrefectureKey& one) { return rest.starts_with(one.key); });
    const std::string_view name = index_.longest_name(rest, rest.size());
    for (const AddressIndex::Name& one :
         name.empty() ? std::span<const AddressIndex::Name>() : index_.names_with(name)) {
        another = another ||
                  (one.form == AddressIndex::Name::whole && index_.municipalities()[one.municipality].county_bytes > 0);
    }
    if (another) {
        address_.doubt = AddressDoubt::several;
    }
    return another;
}

const Address& AddressReader::read(std::string_view cell, std::string_view publisher) {
    address_ = {};
    candidates_.clear();
    elsewhere_ = false;
    prefecture_ = 0;
    start_ = 0;
    if (is_surely_clean_text(cell)) {
        body_ = cell;
    } else {
        Normalised read = normalise_text(cell);
        if (read.failed()) {
            address_.doubt = AddressDoubt::not_text;
            return address_;
        }
        text_ = std::move(read.value);
        body_ = text_;
    }
    publisher_prefecture_ = prefecture_number(publisher);
    publisher_ = publisher.empty() ? AddressIndex::npos : index_.find(publisher);
    body_ = without_front(body_);
    if (body_.empty()) {
        address_.doubt = AddressDoubt::empty;
        return address_;
    }
    constexpr std::size_t bytes_looked_at = most_tokens * 8;
    std::size_t looked = std::min(body_.size(), bytes_looked_at);
    while (looked < body_.size() && (static_cast<unsigned char>(body_[looked]) & 0xC0U) == 0x80U) {
        --looked;
    }
    key_.fold(body_.substr(0, looked), most_tokens);
    for (const PrefectureKey& one : prefecture_keys()) {
        if (key_.bytes().starts_with(one.key)) {
            prefecture_ = one.number;
            start_ = token_after(0, one.key.size());
            break;
        }
    }
    add_named(start_);
    if (candidates_.empty() && prefecture_ == 0) {
        add_short_prefecture();
    }
    if (!is_settled()) {
        add_publisher(start_);
    }
    if (const Candidate* chosen = choose(); chosen != nullptr && !names_another(*chosen)) {
        answer(*chosen);
    } else if (address_.doubt == AddressDoubt::several) {
        answer_none();
    } else if ((elsewhere_ && prefecture_ != 0) ||
               !(find_former(start_) || (prefecture_ == 0 && find_anywhere(start_, false, false)))) {
        answer_none();
    }
    return address_;
}

}  // namespace kokai
