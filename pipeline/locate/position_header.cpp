// SPDX-License-Identifier: Apache-2.0
// The header is folded and cut into known words, the longest first; what no word takes is the place.
#include "locate/position_header.hpp"

#include "normalise/text.hpp"
#include "normalise/utf8.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <iterator>
#include <map>
#include <tuple>
#include <utility>

namespace kokai {
namespace {

enum class Says : std::uint8_t {
    latitude,
    longitude,
    x,
    y,
    north,
    east,
    plain_north,  // 北, N: a word of its own only
    plain_east,
    coordinate,
    tokyo,
    plain_tokyo,  // (日本)
    jgd2000,
    world,
    plain_world,
    nothing
};

struct Word {
    std::string text;
    Says says;
};

struct Spelling {
    std::string_view text;
    Says says;
};

// clang-format off
constexpr auto spellings = std::to_array<Spelling>({
    {"緯度", Says::latitude}, {"北緯", Says::latitude}, {"latitude", Says::latitude}, {"lat", Says::latitude}, {"ido", Says::latitude},
    {"経度", Says::longitude}, {"東経", Says::longitude}, {"longitude", Says::longitude}, {"lon", Says::longitude}, {"lng", Says::longitude},
    {"long", Says::longitude}, {"keido", Says::longitude},
    {"x", Says::x}, {"xcoord", Says::x}, {"coordx", Says::x}, {"pointx", Says::x},
    {"y", Says::y}, {"ycoord", Says::y}, {"coordy", Says::y}, {"pointy", Says::y},
    {"北距", Says::north}, {"北座標", Says::north}, {"北方向", Says::north}, {"南北座標", Says::north}, {"南北方向", Says::north},
    {"南北距離", Says::north}, {"northing", Says::north}, {"縦座標", Says::north}, {"縦距", Says::north},
    {"東距", Says::east}, {"東座標", Says::east}, {"東方向", Says::east}, {"東西座標", Says::east}, {"東西方向", Says::east},
    {"東西距離", Says::east}, {"easting", Says::east}, {"横座標", Says::east}, {"横距", Says::east},
    {"北", Says::plain_north}, {"南北", Says::plain_north}, {"n", Says::plain_north}, {"north", Says::plain_north},
    {"東", Says::plain_east}, {"東西", Says::plain_east}, {"e", Says::plain_east}, {"east", Says::plain_east},
    {"平面直角座標系", Says::coordinate}, {"平面直角座標", Says::coordinate}, {"平面直角", Says::coordinate}, {"平面座標", Says::coordinate},
    {"直角座標系", Says::coordinate}, {"直角座標", Says::coordinate}, {"直交座標", Says::coordinate}, {"公共座標系", Says::coordinate},
    {"公共座標", Says::coordinate}, {"測量座標", Says::coordinate}, {"測地座標", Says::coordinate}, {"地理座標", Says::coordinate},
    {"座標値", Says::coordinate}, {"座標", Says::coordinate}, {"測量", Says::coordinate}, {"公共", Says::coordinate},
    {"coordinates", Says::coordinate}, {"coordinate", Says::coordinate}, {"coords", Says::coordinate}, {"coord", Says::coordinate},
    {"point", Says::coordinate},
    {"旧日本測地系", Says::tokyo}, {"日本測地系", Says::tokyo}, {"旧測地系", Says::tokyo}, {"日本測地", Says::tokyo}, {"東京測地系", Says::tokyo},
    {"tokyodatum", Says::tokyo}, {"tokyo97", Says::tokyo}, {"tokyo", Says::tokyo}, {"tky", Says::tokyo}, {"bessel", Says::tokyo},
    {"ベッセル", Says::tokyo}, {"日本", Says::plain_tokyo}, {"日測", Says::plain_tokyo},
    {"日本測地系2000", Says::jgd2000}, {"測地成果2000", Says::jgd2000}, {"世界測地系2000", Says::jgd2000}, {"jgd2000", Says::jgd2000},
    {"jgd-2000", Says::jgd2000}, {"jgd_2000", Says::jgd2000},
    {"日本測地系2011", Says::world}, {"日本測地系2024", Says::world}, {"測地成果2011", Says::world}, {"測地成果2024", Says::world},
    {"世界測地系2011", Says::world}, {"世界測地系", Says::world}, {"世界測地", Says::world}, {"新測地系", Says::world},
    {"jgd2011", Says::world}, {"jgd-2011", Says::world}, {"jgd_2011", Says::world}, {"jgd2024", Says::world}, {"wgs84", Says::world},
    {"wgs-84", Says::world}, {"wgs_84", Says::world}, {"wgs", Says::world}, {"grs80", Says::world}, {"itrf94", Says::world},
    {"itrf", Says::world}, {"世界", Says::plain_world}, {"世測", Says::plain_world},
    {"メートル", Says::nothing}, {"m", Says::nothing}, {"10進法", Says::nothing}, {"10進数", Says::nothing}, {"10進度", Says::nothing},
    {"10進", Says::nothing}, {"十進法", Says::nothing}, {"十進", Says::nothing},
    {"degrees", Says::nothing}, {"degree", Says::nothing}, {"deg", Says::nothing}, {"小数", Says::nothing}, {"数値", Says::nothing},
    {"値", Says::nothing}, {"必須", Says::nothing}, {"任意", Says::nothing}, {"測地系", Says::nothing}, {"datum", Says::nothing},
});
// clang-format on

const std::vector<Word>& words() {
    static const std::vector<Word> all = [] {
        std::vector<Word> made;
        made.reserve(spellings.size());
        for (const auto& [text, says] : spellings) {
            made.push_back({fold_key(text), says});
        }
        std::stable_sort(made.begin(), made.end(),
                         [](const Word& a, const Word& b) { return a.text.size() > b.text.size(); });
        return made;
    }();
    return all;
}

bool is_latin(char c) {
    return c >= 'a' && c <= 'z';
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_ascii(char c) {
    return static_cast<unsigned char>(c) < 0x80;
}

/// Folded, with `_` where a blank or a capital (PointX) parted two words.
std::string key_of(std::string_view header) {
    std::string parted;
    for (std::size_t i = 0; i < header.size(); ++i) {
        const char c = header[i];
        const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
        const bool capital = i > 0 && c >= 'A' && c <= 'Z' && is_latin(header[i - 1]);
        parted += blank || capital ? "_" : "";
        if (!blank) {
            parted += c;
        }
    }
    std::string key = fold_key(parted);
    // 緯度（例：35.12）: an example says nothing of the place.
    const std::string example = "(" + fold_key("例");
    if (const std::size_t at = key.find(example); at != std::string::npos) {
        const std::size_t end = key.find(')', at);
        key.erase(at, end == std::string::npos ? std::string::npos : end + 1 - at);
    }
    return key;
}

/// The zone in 第9系, 9系, IX系 at `at`, and where it ends.
std::optional<std::pair<int, std::size_t>> zone_at(std::string_view key, std::size_t at) {
    constexpr std::string_view nth = "第";
    constexpr std::string_view system = "系";
    static constexpr std::array<std::string_view, 19> roman{"i",    "ii",  "iii",  "iv",    "v",   "vi",   "vii",
                                                            "viii", "ix",  "x",    "xi",    "xii", "xiii", "xiv",
                                                            "xv",   "xvi", "xvii", "xviii", "xix"};
    std::size_t from = key.substr(at).starts_with(nth) ? at + nth.size() : at;
    if (from == at && at > 0 && (is_latin(key[at - 1]) || is_digit(key[at - 1]))) {
        return std::nullopt;
    }
    constexpr std::size_t longest = 5;  // xviii
    const std::size_t length = key.substr(from, longest + system.size()).find(system);
    if (length == std::string_view::npos || length == 0) {
        return std::nullopt;
    }
    const std::size_t end = from + length;
    const std::string_view number = key.substr(from, length);
    int zone = 0;
    if (std::all_of(number.begin(), number.end(), is_digit) && number.size() <= 2) {
        zone = std::stoi(std::string(number));
    } else if (const auto* const found = std::find(roman.begin(), roman.end(), number); found != roman.end()) {
        zone = static_cast<int>(found - roman.begin()) + 1;
    }
    return zone >= 1 && zone <= 19 ? std::optional(std::pair{zone, end + system.size()}) : std::nullopt;
}

/// The code in epsg:6677 at `at`, and where it ends.
std::optional<std::pair<int, std::size_t>> code_at(std::string_view key, std::size_t at) {
    constexpr std::string_view mark = "epsg";
    if (!key.substr(at).starts_with(mark)) {
        return std::nullopt;
    }
    std::size_t from = at + mark.size();
    while (from < key.size() && (key[from] == ':' || key[from] == '_' || key[from] == '-')) {
        ++from;
    }
    std::size_t end = from;
    while (end < key.size() && is_digit(key[end])) {
        ++end;
    }
    return end > from && end - from <= 5
               ? std::optional(std::pair{std::stoi(std::string(key.substr(from, end - from))), end})
               : std::nullopt;
}

bool is_plain(Says says) {
    return says == Says::plain_north || says == Says::plain_east || says == Says::plain_tokyo ||
           says == Says::plain_world;
}

/// Whether a word that begins or ends here stands by itself: in brackets, after `_`, beside a letter of an axis.
bool stands_alone(std::string_view key, std::size_t begin, std::size_t end) {
    const auto joins = [&](std::size_t at) { return !is_ascii(key[at]) || is_latin(key[at]) || is_digit(key[at]); };
    return (begin == 0 || !joins(begin - 1)) && (end == key.size() || !joins(end));
}

struct Heard {
    std::array<bool, static_cast<std::size_t>(Says::nothing) + 1> all{};
    bool latin_axis = false, native_axis = false;

    bool operator[](Says says) const { return all[static_cast<std::size_t>(says)]; }
};

const Word* word_at(std::string_view key, std::size_t at) {
    constexpr std::string_view coordinate = "座標";
    for (const Word& word : words()) {
        if (!key.substr(at).starts_with(word.text)) {
            continue;
        }
        const std::size_t end = at + word.text.size();
        const bool cut = (is_latin(word.text.front()) && at > 0 && is_latin(key[at - 1])) ||
                         (is_latin(word.text.back()) && end < key.size() && is_latin(key[end])) ||
                         (is_digit(word.text.front()) && at > 0 && is_digit(key[at - 1])) ||
                         (is_digit(word.text.back()) && end < key.size() && is_digit(key[end]));
        // 東京X座標 is no east, but N座標 is north.
        const bool of_axis = is_latin(word.text.front()) &&
                             (key.substr(end).starts_with(coordinate) || key.substr(0, at).ends_with(coordinate));
        if (!cut && (!is_plain(word.says) || of_axis || stands_alone(key, at, end))) {
            return &word;
        }
    }
    return nullptr;
}

void read_axis(PositionHeader& read, const Heard& heard) {
    const bool north = heard[Says::north] || heard[Says::plain_north];
    const bool east = heard[Says::east] || heard[Says::plain_east];
    if (heard[Says::latitude] || heard[Says::longitude]) {
        read.axis = heard[Says::latitude] && heard[Says::longitude] ? HeaderAxis::none
                    : heard[Says::latitude]                         ? HeaderAxis::latitude
                                                                    : HeaderAxis::longitude;
        read.latin = heard.latin_axis && !heard.native_axis;
    } else if (north != east) {
        read.axis = north ? HeaderAxis::x : HeaderAxis::y;
        read.weak =
            !heard[Says::north] && !heard[Says::east] && !heard[Says::x] && !heard[Says::y] && !heard[Says::coordinate];
    } else if (!north && heard[Says::x] != heard[Says::y]) {
        read.axis = heard[Says::x] ? HeaderAxis::x : HeaderAxis::y;
    }
}

void read_datum(PositionHeader& read, const Heard& heard) {
    const bool tokyo = heard[Says::tokyo] || heard[Says::plain_tokyo];
    const bool world = heard[Says::world] || heard[Says::plain_world];
    if (tokyo && !world && !heard[Says::jgd2000]) {
        read.datum = Datum::tokyo;
    } else if (!tokyo && heard[Says::jgd2000]) {
        read.datum = Datum::jgd2000;
    } else if (!tokyo && world) {
        read.datum = Datum::jgd2011;
    }
    if (const auto coded = read.code != 0 ? coordinate_system(read.code) : std::nullopt) {
        read.datum = coded->datum;
        read.zone = coded->projection == Projection::plane ? coded->zone : read.zone;
    }
}

bool holds_any(std::string_view text, std::initializer_list<std::string_view> parts) {
    return std::any_of(parts.begin(), parts.end(),
                       [&](std::string_view part) { return text.find(fold_key(part)) != std::string_view::npos; });
}

std::string digits_of(const std::string& text) {
    std::string digits;
    std::copy_if(text.begin(), text.end(), std::back_inserter(digits), is_digit);
    return digits;
}

}  // namespace

bool PositionHeader::is_of_the_thing() const {
    static const std::vector<std::string> usual = [] {
        std::vector<std::string> all;
        for (const char* one :
             {"",     "施設",     "位置", "位置情報", "所在地",   "所在", "住所",   "設置",    "設置場所",
              "場所", "設置位置", "地点", "代表点",   "代表",     "中心", "中心点", "重心",    "建物",
              "地図", "度",       "gps",  "location", "position", "geo",  "place",  "facility"}) {
            all.push_back(fold_key(one));
        }
        return all;
    }();
    return std::find(usual.begin(), usual.end(), rest) != usual.end();
}

std::optional<CoordinateSystem> PositionHeader::system() const {
    if (const auto coded = code != 0 ? coordinate_system(code) : std::nullopt;
        coded && (coded->projection == Projection::degrees) == is_degrees()) {
        return coded;
    }
    if (!datum) {
        return std::nullopt;
    }
    if (is_degrees()) {
        return degrees_in(*datum);
    }
    return zone != 0 ? std::optional(plane_system(*datum, zone)) : std::nullopt;
}

bool PositionHeader::allows(const CoordinateSystem& system) const {
    // JGD2000 and JGD2011 are one to whoever writes 世界測地系.
    const bool other_datum = datum && (*datum == Datum::tokyo) != (system.datum == Datum::tokyo);
    const bool other_zone = zone != 0 && (system.projection != Projection::plane || system.zone != zone);
    return !other_datum && !other_zone;
}

PositionHeader read_position_header(std::string_view header) {
    constexpr std::size_t longest = 500;  // more is a text
    PositionHeader read;
    if (header.size() > longest) {
        return read;
    }
    Heard heard;
    const std::string key = key_of(header);
    for (std::size_t at = 0; at < key.size();) {
        if (const auto zone = zone_at(key, at)) {
            std::tie(read.zone, at) = *zone;
        } else if (const auto code = code_at(key, at)) {
            std::tie(read.code, at) = *code;
        } else if (const Word* const word = word_at(key, at)) {
            heard.all[static_cast<std::size_t>(word->says)] = true;
            if (word->says == Says::latitude || word->says == Says::longitude) {
                (is_latin(word->text.front()) ? heard.latin_axis : heard.native_axis) = true;
            }
            at += word->text.size();
        } else {
            constexpr std::u32string_view marks = U"・、。の〜「」『』【】※";
            const std::size_t from = at;
            const char32_t c = utf8::next(key, at);
            const bool tells = is_ascii(key[from]) ? is_latin(key[from]) || is_digit(key[from])
                                                   : marks.find(c) == std::u32string_view::npos;
            if (tells) {
                read.rest.append(key, from, at - from);
            }
        }
    }
    read_axis(read, heard);
    read_datum(read, heard);
    // X線, but 位置X and 駐車場X座標; pixels of a picture are no places.
    if (read.is_plane() && ((!read.is_of_the_thing() && !heard[Says::coordinate]) ||
                            holds_any(read.rest, {"画像", "画面", "図面", "ピクセル", "px", "pixel"}))) {
        read.axis = HeaderAxis::none;
    }
    return read;
}

Accord accord_of(const PositionHeader& one, const PositionHeader& other) {
    if (one.axis == HeaderAxis::none || other.axis == HeaderAxis::none) {
        return Accord::partial;
    }
    const std::string numbers = digits_of(one.rest);
    const std::string others = digits_of(other.rest);
    if (one.is_degrees() != other.is_degrees() || (one.datum && other.datum && one.datum != other.datum) ||
        (one.zone != 0 && other.zone != 0 && one.zone != other.zone) ||
        (!numbers.empty() && !others.empty() && numbers != others)) {
        return Accord::none;
    }
    return one.datum == other.datum && one.zone == other.zone && one.rest == other.rest && one.latin == other.latin
               ? Accord::full
               : Accord::partial;
}

PositionHeader both_of(const PositionHeader& one, const PositionHeader& other) {
    PositionHeader both = one;
    if (accord_of(one, other) == Accord::none) {
        both.datum.reset();
        both.zone = both.code = 0;
        return both;
    }
    both.datum = one.datum ? one.datum : other.datum;
    both.zone = one.zone != 0 ? one.zone : other.zone;
    both.code = one.code != 0 ? one.code : other.code;
    return both;
}

int preference(const std::optional<Datum>& datum) {
    if (!datum) {
        return 2;
    }
    return *datum == Datum::jgd2011 ? 3 : *datum == Datum::jgd2000 ? 1 : 0;
}

std::vector<HeaderPair> header_pairs(const std::vector<std::string_view>& headers, PairKind kind) {
    struct Sides {
        std::vector<std::size_t> first, second;
    };
    using Key = std::tuple<std::string, bool, int, int>;  // place, script, datum, zone
    std::vector<PositionHeader> read;
    std::map<Key, Sides> alike;
    bool in_parts = false;  // 緯度_度, 緯度_分, 緯度_秒
    for (std::size_t i = 0; i < headers.size(); ++i) {
        read.push_back(read_position_header(headers[i]));
        const PositionHeader& one = read.back();
        const bool wanted = kind == PairKind::degrees
                                ? one.is_degrees()
                                : one.is_plane() && (!one.weak || kind == PairKind::plane_by_weak_words);
        if (wanted) {
            in_parts = in_parts || holds_any(one.rest, {"分", "秒", "min", "sec"});
            Sides& sides = alike[{one.rest, one.latin, one.datum ? static_cast<int>(*one.datum) : -1, one.zone}];
            const bool is_first = one.axis == HeaderAxis::latitude || one.axis == HeaderAxis::x;
            (is_first ? sides.first : sides.second).push_back(i);
        }
    }
    std::vector<HeaderPair> pairs;
    std::vector<std::size_t> firsts;
    std::vector<std::size_t> seconds;
    const auto add = [&](std::size_t first, std::size_t second) {
        const bool is_part = in_parts && holds_any(read[first].rest, {"度", "分", "秒", "deg", "min", "sec"});
        if (!is_part) {
            pairs.push_back({first, second, both_of(read[first], read[second])});
        }
    };
    for (const auto& [key, sides] : alike) {
        if (sides.first.size() == 1 && sides.second.size() == 1) {
            add(sides.first.front(), sides.second.front());
        } else {
            firsts.insert(firsts.end(), sides.first.begin(), sides.first.end());
            seconds.insert(seconds.end(), sides.second.begin(), sides.second.end());
        }
    }
    // A merged head stands over the first of its columns only: 世界測地系_緯度, 経度.
    if (firsts.size() == 1 && seconds.size() == 1 && read[firsts.front()].rest == read[seconds.front()].rest &&
        read[firsts.front()].latin == read[seconds.front()].latin &&
        accord_of(read[firsts.front()], read[seconds.front()]) != Accord::none) {
        add(firsts.front(), seconds.front());
    }
    const auto order = [&](const HeaderPair& pair) {
        return std::tuple(!pair.says.rest.empty(), !pair.says.is_of_the_thing(), pair.says.weak,
                          -preference(pair.says.datum), pair.says.latin, pair.first);
    };
    std::sort(pairs.begin(), pairs.end(),
              [&](const HeaderPair& a, const HeaderPair& b) { return order(a) < order(b); });
    return pairs;
}

std::optional<HeaderPair> position_pair(const std::vector<std::string_view>& headers, PairKind kind) {
    const std::vector<HeaderPair> pairs = header_pairs(headers, kind);
    if (pairs.empty()) {
        return std::nullopt;
    }
    const bool one_place = std::all_of(
        pairs.begin(), pairs.end(), [&](const HeaderPair& pair) { return pair.says.rest == pairs.front().says.rest; });
    return pairs.front().says.is_of_the_thing() || one_place ? std::optional(pairs.front()) : std::nullopt;
}

}  // namespace kokai
