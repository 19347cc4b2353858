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

/// 福島石川郡石川町: the prefecture without 県, where a municipality of it follows. 千葉市川市 is not 千葉市, when the
/// town behind says so.
void AddressReader::add_short_prefecture() {
    for (const PrefectureKey& one : prefecture_keys()) {
        constexpr std::size_t last_letter = 3;
        const std::string_view name = std::string_view(one.key).substr(0, one.key.size() - last_letter);
        if (name.empty() || !key_.bytes().starts_with(name)) {
            continue;
        }
        std::vector<Candidate> others;
        others.swap(candidates_);
        prefecture_ = one.number;
        start_ = token_after(0, name.size());
        add_named(start_);
        if (others.empty() ? !candidates_.empty() : is_settled()) {
            return;
        }
        candidates_.swap(others);
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

/// 中央区新川 in a list of 札幌: another city's 中央区 may have the town, but a near one is called so, too.
bool AddressReader::has_near_namesake(const Candidate& one) const {
    const auto is_near = [&](const Candidate& any) {
        return index_.municipalities()[any.municipality].prefecture == publisher_prefecture_;
    };
    return prefecture_ == 0 && publisher_prefecture_ != 0 && one.named && is_letter(one.after - 1, "区") &&
           !is_near(one) && std::any_of(candidates_.begin(), candidates_.end(), [&](const Candidate& other) {
               return other.named && other.after == one.after && is_near(other);
           });
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
        return one.sure && one.match.town != nullptr && one.match.clean && !self.has_rival(one) &&
               !self.has_near_namesake(one);
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
        return one.named && one.match.town != nullptr && one.match.clean && !self.has_rival(one) &&
               !self.has_near_namesake(one);
    };
    const Fits near_alone = [](const AddressReader& self, const Candidate& one) {
        return one.named && self.index_.municipalities()[one.municipality].prefecture == self.publisher_prefecture_ &&
               !self.has_rival(one) &&
               std::none_of(self.candidates_.begin(), self.candidates_.end(), [&](const Candidate& other) {
                   return other.match.town != nullptr && self.has_near_namesake(other);
               });
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
        list_several([](const AddressReader&, const Candidate& one) { return one.named; });
        address_.doubt = AddressDoubt::several;
    }
    return nullptr;
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
    note_.clear();
    if (const std::string_view note = note_before_town(body_); !note.empty()) {
        note_ = note;
        const auto at = static_cast<std::size_t>(note.data() - body_.data());
        cut_.assign(body_.substr(0, at)).append(body_.substr(at + note.size()));
        body_ = cut_;
    }
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
    if (prefecture_ == 0 && !is_settled()) {
        add_short_prefecture();
    }
    if (!is_settled()) {
        add_publisher(start_);
    }
    if (std::none_of(candidates_.begin(), candidates_.end(),
                     [](const Candidate& one) { return one.named || one.match.town != nullptr; })) {
        add_behind_county();
    }
    if (const Candidate* chosen = choose(); chosen != nullptr && !names_another(*chosen)) {
        answer(*chosen);
    } else if (address_.doubt == AddressDoubt::several) {
        answer_none();
    } else if ((elsewhere_ && prefecture_ != 0) ||
               !(find_former(start_) || (prefecture_ == 0 && find_anywhere(start_, false, false)))) {
        answer_none();
    }
    if (!note_.empty()) {
        address_.other.append(address_.other.empty() ? "" : " ").append(note_);
    }
    return address_;
}

}  // namespace kokai
