// SPDX-License-Identifier: Apache-2.0
// The town within one municipality: the longest listed name that can end where it ends, and the shorter writings of
// 丁目 and of names of former days.
#include "normalise/address/reader.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <array>

namespace kokai {
namespace {

bool is_street_word(std::string_view key) {
    constexpr std::array<std::string_view, 8> words{"上ル", "下ル", "東入", "西入", "南入", "北入", "上ガル", "通"};
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return key.ends_with(word); });
}

}  // namespace

std::size_t AddressReader::token_after(std::size_t from, std::size_t key_bytes) const {
    const auto& tokens = key_.tokens();
    const std::size_t end = (from < tokens.size() ? tokens[from].key_begin : key_.bytes().size()) + key_bytes;
    const auto found =
        std::lower_bound(tokens.begin() + static_cast<std::ptrdiff_t>(from), tokens.end(), end,
                         [](const AddressToken& one, std::size_t wanted) { return one.key_end < wanted; });
    return found == tokens.end() ? tokens.size() : static_cast<std::size_t>(found - tokens.begin()) + 1;
}

bool AddressReader::is_letter(std::size_t token, std::string_view letter) const {
    return token < key_.tokens().size() && key_.bytes(token, token + 1) == letter;
}

/// 甲 乙 イ ロ before a number: how some towns count their ground.
bool AddressReader::is_lot_letter(std::size_t token) const {
    constexpr std::array<std::string_view, 20> letters{"甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸",
                                                       "イ", "ロ", "ハ", "ニ", "ホ", "ヘ", "ト", "チ", "リ", "ヌ"};
    const auto& tokens = key_.tokens();
    return token + 1 < tokens.size() && tokens[token + 1].kind == AddressToken::Kind::number &&
           std::find(letters.begin(), letters.end(), key_.bytes(token, token + 1)) != letters.end();
}

/// Whether a name can end before this token.
bool AddressReader::is_clean(std::size_t token) const {
    const auto& tokens = key_.tokens();
    if (token >= tokens.size()) {
        return tokens.size() < most_tokens;
    }
    return tokens[token].aza || !is_unbroken_letter(token);
}

/// Whether a letter stands there, without a space before it, that can go on a name.
bool AddressReader::is_unbroken_letter(std::size_t token) const {
    const auto& tokens = key_.tokens();
    return !tokens[token].gap && tokens[token].kind == AddressToken::Kind::letter && !is_lot_letter(token) &&
           !is_ground_word(token);
}

/// 地先, 付近, 無番地, 官有地: ground that has no number.
bool AddressReader::is_ground_word(std::size_t token) const {
    const std::string_view rest = key_.bytes(token, key_.tokens().size());
    const auto begins = [&](std::string_view word) { return rest.starts_with(word); };
    return std::any_of(ground_words.begin(), ground_words.end(), begins) ||
           std::any_of(owned_ground_words.begin(), owned_ground_words.end(), begins) ||
           std::find(last_ground_words.begin(), last_ground_words.end(), rest) != last_ground_words.end();
}

/// 3番, 3号, 3階: behind such a word the number before is not that of a 丁目.
bool AddressReader::is_counter(std::size_t token) const {
    constexpr std::array<std::string_view, 14> words{"番", "号", "階", "F",  "棟", "室", "丁",
                                                     "条", "線", "地", "区", "部", "組", "年"};
    return token < key_.tokens().size() && !key_.tokens()[token].gap &&
           std::find(words.begin(), words.end(), key_.bytes(token, token + 1)) != words.end();
}

/// 七条 behind 字北, 五番町 behind 西: a number that counts towns, so the name before it is but the front of one.
bool AddressReader::is_town_counter(std::size_t number) const {
    const auto& tokens = key_.tokens();
    return number < tokens.size() && tokens[number].kind == AddressToken::Kind::number && !tokens[number].gap &&
           (is_letter(number + 1, "条") ||
            (is_letter(number + 1, "番") && (is_letter(number + 2, "町") || is_letter(number + 2, "丁"))));
}

/// The longest listed name that can end where it ends.
AddressReader::TownMatch AddressReader::listed_town(const Municipality& of, std::size_t from) const {
    const auto& tokens = key_.tokens();
    const std::string_view text = key_.bytes(from, tokens.size());
    std::string_view key = index_.longest_town(of, text, text.size());
    for (; !key.empty(); key = index_.longest_town(of, text, key.size() - 1)) {
        const std::size_t end = token_after(from, key.size());
        const std::span<const Town> towns = index_.towns_with(of, key);
        const Town* town = towns.empty() ? nullptr : best_of(towns, from, end);
        if (town == nullptr || is_counted_koaza(*town, end)) {
            continue;
        }
        const bool clean = is_clean_behind(*town, end) && !is_town_counter(end);
        // A 小字 called 三十六 is not meant by 36-28.
        if ((town->flags & Town::with_koaza) != 0 && tokens[end - 1].kind == AddressToken::Kind::number &&
            static_cast<unsigned char>(body_[tokens[end - 1].begin]) < 0x80) {
            continue;
        }
        if (!clean) {
            const bool partly = (town->flags & (Town::alias | Town::with_koaza)) != 0 || end - from < 2 ||
                                (tokens[end - 1].kind == AddressToken::Kind::number && is_counter(end));
            // 上佐鳥 in the list, 上佐鳥町 in the text. 高松町 is not the 小字 高松.
            if ((town->flags & (Town::alias | Town::with_koaza)) == 0 && is_letter(end, "町") && is_clean(end + 1)) {
                return {town, from, end + 1, true, false, true};
            }
            if (partly) {
                continue;
            }
        } else if (tokens[end - 1].kind == AddressToken::Kind::number && end < tokens.size() && is_counter(end)) {
            continue;
        }
        return {town, from, end, clean || (town->flags & Town::chome) != 0, false, (town->flags & Town::alias) != 0};
    }
    return {};
}

/// 栄3-2-1: 栄三丁目, where the list has it; 東16-48: 東十六番町.
AddressReader::TownMatch AddressReader::numbered_town(const Municipality& of, std::size_t from) {
    constexpr std::array<std::string_view, 8> counters{"丁目", "番町", "番丁", "丁", "条", "線", "番", "区"};
    constexpr std::size_t farthest = 16;
    const auto& tokens = key_.tokens();
    std::string& key = scratch_;
    for (std::size_t i = from + 1; i < tokens.size() && i <= from + farthest; ++i) {
        if (tokens[i].kind == AddressToken::Kind::dash || tokens[i].kind == AddressToken::Kind::mark) {
            break;
        }
        if (tokens[i].kind != AddressToken::Kind::number || tokens[i].number == 0 || is_counter(i + 1)) {
            continue;
        }
        key.assign(key_.bytes(from, i + 1));
        const std::size_t before = key.size();
        if (!index_.has_longer_town(of, key)) {
            continue;
        }
        // 東茨戸1-2-314: 一条二丁目.
        if (i + 2 < tokens.size() && tokens[i + 1].kind == AddressToken::Kind::dash &&
            tokens[i + 2].kind == AddressToken::Kind::number && !is_counter(i + 3)) {
            key.resize(before);
            key += "条";
            append_number_key(key, tokens[i + 2].number);
            key += counters.front();
            const std::span<const Town> towns = index_.towns_with(of, key);
            if (!towns.empty()) {
                return {&towns.front(), from, i + 3, true, false};
            }
        }
        // 栄三井丁目: the name goes on behind its number.
        const bool ends = is_clean(i + 1) || static_cast<unsigned char>(body_[tokens[i + 1].begin]) < 0x80 ||
                          (is_letter(i + 1, "ノ") && is_number_behind_dash(i + 2));
        for (const std::string_view counter : counters) {
            if (!ends) {
                break;
            }
            key.resize(before);
            key += counter;
            const std::span<const Town> towns = index_.towns_with(of, key);
            if (!towns.empty() && !towns.front().is_bare_koaza()) {
                return {&towns.front(), from, i + 1, true, false};
            }
        }
        // 南郷通1南8-1: 南郷通一丁目南.
        if (i + 1 < tokens.size() && tokens[i + 1].kind == AddressToken::Kind::letter && !tokens[i + 1].gap) {
            key.resize(before);
            key += counters.front();
            const std::size_t inserted = counters.front().size();
            const std::size_t so_far = key.size();
            key += key_.bytes(i + 1, tokens.size());
            const std::string_view longest = index_.longest_town(of, key, key.size());
            if (longest.size() > so_far) {
                const std::size_t end = token_after(from, longest.size() - inserted);
                if (is_clean(end)) {
                    return {&index_.towns_with(of, longest).front(), from, end, true, false};
                }
            }
        }
    }
    return {};
}

/// 胆沢区南都田 where the list has 胆沢南都田: a 区, 町 or 村 of former days stands within.
AddressReader::TownMatch AddressReader::shortened_town(const Municipality& of, std::size_t from) {
    constexpr std::size_t farthest = 6;
    constexpr std::size_t least = 3;
    const auto& tokens = key_.tokens();
    for (std::size_t i = from + 1; i + 1 < tokens.size() && i <= from + farthest; ++i) {
        const bool within = is_letter(i, "区") || is_letter(i, "町") || is_letter(i, "村");
        if (!within || is_letter(i + 1, "町") || is_letter(i + 1, "村")) {
            continue;
        }
        scratch_.assign(key_.bytes(from, i));
        const std::size_t before = scratch_.size();
        scratch_ += key_.bytes(i + 1, tokens.size());
        const std::string_view key = index_.longest_town(of, scratch_, scratch_.size());
        if (key.size() <= before) {
            continue;
        }
        const std::size_t end = token_after(i + 1, key.size() - before);
        const Town& town = index_.towns_with(of, key).front();
        if (end - from > least && is_clean(end) && !town.is_bare_koaza()) {
            return {&town, from, end, true, false};
        }
    }
    return {};
}

/// 盛岡市玉山区渋民: a 区 of former days stands before the town. Cities that have wards today are
/// exact about them, and where the city is not written the 区 may be another's.
AddressReader::TownMatch AddressReader::town_of_former_ward(const Municipality& of, std::size_t from) const {
    constexpr std::size_t farthest = 6;
    if (from == start_ || of.children > 0 || of.city_bytes + of.county_bytes < of.name_bytes) {
        return {};
    }
    for (std::size_t i = from + 2; i < key_.tokens().size() && i <= from + farthest; ++i) {
        if (!is_letter(i - 1, "区")) {
            continue;
        }
        TownMatch match = listed_town(of, i);
        match.former_ward = true;
        return match.town != nullptr && match.clean && match.end > i + 1 ? match : TownMatch{};
    }
    return {};
}

/// 柳馬場通御池上る虎石町: the town stands behind the street.
AddressReader::TownMatch AddressReader::street_town(const Municipality& of, std::size_t from) const {
    constexpr std::size_t farthest = 30;
    const auto& tokens = key_.tokens();
    std::size_t street_end = 0;
    for (std::size_t i = from + 1; i < tokens.size() && i <= from + farthest; ++i) {
        if (is_street_word(key_.bytes(from, i))) {
            street_end = i;
        }
    }
    if (street_end == 0) {
        return {};
    }
    for (std::size_t i = street_end; i < tokens.size() && i <= street_end + farthest; ++i) {
        if (tokens[i].kind == AddressToken::Kind::dash || tokens[i].kind == AddressToken::Kind::mark) {
            break;
        }
        TownMatch match = listed_town(of, i);
        if (match.town != nullptr && match.clean && match.end - i >= 2) {
            return match;
        }
    }
    return {};
}

/// The 12 of 2-12 and 2 - 12. With ノ for a dash nothing may stand between.
bool AddressReader::is_number_behind_dash(std::size_t token) const {
    const auto& tokens = key_.tokens();
    if (token == 0 || token >= tokens.size() || tokens[token].kind != AddressToken::Kind::number) {
        return false;
    }
    return tokens[token - 1].kind == AddressToken::Kind::dash || (is_letter(token - 1, "ノ") && !tokens[token - 1].gap);
}

/// Whether letters up to a 町, 村 or 丁目 follow, so that a name that ended before them was cut out of a longer one.
bool AddressReader::is_part_of_other_town(std::size_t token) const {
    constexpr std::size_t farthest = 8;
    const bool ward = is_letter(token, "区") && !is_letter(token + 1, "画");  // 沖町区画整理地8街区
    if (ward || is_letter(token, "町") || is_letter(token, "村") || is_town_counter(token)) {
        return true;  // 玉山区渋民 is not in 玉山, 長浜町老松 not in 長浜
    }
    for (std::size_t i = token; i < key_.tokens().size() && i < token + farthest; ++i) {
        const bool number = key_.tokens()[i].kind == AddressToken::Kind::number;
        if (is_letter(number ? i + 1 : i, "丁") && is_letter(number ? i + 2 : i + 1, "目")) {
            return true;
        }
        if (is_clean(i)) {
            return false;
        }
        if ((is_letter(i, "町") || is_letter(i, "村")) && is_clean(i + 1)) {
            return true;
        }
    }
    return false;
}

AddressReader::TownMatch AddressReader::match_town(const Municipality& of, std::size_t from) {
    const auto& tokens = key_.tokens();
    if (from >= tokens.size() || of.towns == 0) {
        return {};
    }
    TownMatch listed = listed_town(of, from);
    const bool complete = listed.town != nullptr && listed.clean &&
                          ((listed.town->flags & (Town::chome | Town::with_koaza)) != 0 ||
                           listed.end == tokens.size() || tokens[listed.end].kind != AddressToken::Kind::number);
    TownMatch numbered = complete ? TownMatch{} : numbered_town(of, from);
    constexpr std::uint8_t kyoto = 26;
    const bool has_streets = of.prefecture == kyoto && of.city_bytes < of.name_bytes;
    if (has_streets && numbered.town == nullptr && (listed.town == nullptr || !listed.clean)) {
        const TownMatch behind = street_town(of, from);
        if (behind.town != nullptr) {
            return behind;
        }
    }
    if (numbered.town != nullptr && (listed.town == nullptr || listed.end < numbered.end)) {
        const bool base_is_listed =
            listed.town != nullptr && listed.end + 1 == numbered.end && (listed.town->flags & Town::made) == 0;
        const bool goes_on = is_number_behind_dash(numbered.end + 1);
        // 大字平沼1-2: 平沼一丁目 is no 大字.
        const bool says_oaza = trimmed(gap_before(from)).ends_with("大字");
        if (base_is_listed && (!goes_on || says_oaza)) {
            return listed;
        }
        // Three numbers are 丁目, 番 and 号: a 地番 has two.
        const bool three = is_number_behind_dash(numbered.end + 3);
        // 本町5: 五丁目, or 5番 of some 丁目. 北3条西6 leaves no doubt.
        const bool alone = !goes_on && (numbered.end == tokens.size() || tokens[numbered.end].gap);
        numbered.two_readings = (base_is_listed && !three) ||
                                (alone && key_.bytes(from, numbered.end).find("条") == std::string_view::npos);
        return numbered;
    }
    // 七瀬 in the list, 七瀬中町 in the text: another town, which the list lacks.
    if (listed.town != nullptr && !listed.clean && is_part_of_other_town(listed.end)) {
        listed = {};
    }
    if (listed.town == nullptr) {
        listed = shortened_town(of, from);
    }
    return listed.town != nullptr ? listed : town_of_former_ward(of, from);
}

}  // namespace kokai
