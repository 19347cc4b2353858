// SPDX-License-Identifier: Apache-2.0
#include "normalise/address/number.hpp"

#include "normalise/address/key.hpp"
#include "normalise/text.hpp"
#include "normalise/utf8.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

namespace kokai {
namespace {

std::size_t behind_spaces(std::string_view text, std::size_t at) {
    while (at < text.size()) {
        std::size_t next = at;
        const char32_t letter = utf8::next(text, next);
        if (letter != U'\n' && !is_space(letter)) {
            break;
        }
        at = next;
    }
    return at;
}

bool is_arabic(char32_t letter) {
    return letter >= U'0' && letter <= U'9';
}

/// Digits as they stand, or the value of a number in kanji; `at` moves behind it.
std::optional<std::string> read_digits(std::string_view text, std::size_t& at) {
    constexpr std::size_t most = 9;
    std::string digits;
    while (at < text.size() && is_arabic(static_cast<unsigned char>(text[at]))) {
        digits += text[at];
        ++at;
        if (digits.size() > most) {
            return std::nullopt;
        }
    }
    if (!digits.empty()) {
        return digits;
    }
    std::uint64_t value = 0;
    std::uint64_t digit = 0;
    bool scaled = false;
    std::size_t letters = 0;
    while (at < text.size() && letters < most) {
        std::size_t next = at;
        const char32_t letter = utf8::next(text, next);
        const std::uint64_t scale = letter == U'十' || letter == U'拾' ? 10
                                    : letter == U'百'                  ? 100
                                    : letter == U'千'                  ? 1000
                                                                       : 0;
        const std::uint32_t one = number_letter(letter);
        if (scale != 0) {
            value += (digit == 0 ? 1 : digit) * scale;
            digit = 0;
            scaled = true;
        } else if (one != 0 || letter == U'〇' || letter == U'零') {
            if (letters == 0 && one == 0) {
                break;
            }
            digit = digit * 10 + one;
        } else {
            break;
        }
        at = next;
        ++letters;
    }
    if (letters == 0 || (scaled && digit > 9)) {
        return std::nullopt;
    }
    return std::to_string(value + digit);
}

/// Behind a number: it counts floors, rooms or houses of a building.
bool counts_rooms(std::string_view text, std::size_t at) {
    static constexpr std::array<std::string_view, 23> words{"階", "F",    "f",    "Ｆ",   "号室", "号棟", "号館", "棟",
                                                            "室", "ビル", "番館", "番町", "番丁", "館",   "年",   "組",
                                                            "歳", "人",   "名",   "条",   "地割", "線",   "区"};
    const std::string_view rest = text.substr(at);
    for (const std::string_view word : words) {
        if (rest.starts_with(word)) {
            return true;
        }
    }
    return false;
}

enum class Link { none, chome, lot, dash };

/// 番地の, 番, 号, の, - : between two numbers or behind the last one.
Link read_link(std::string_view text, std::size_t& at, bool& closes) {
    static constexpr std::array<std::string_view, 9> lots{"番地の", "番地ノ", "番地之", "番の", "番ノ",
                                                          "番地",   "番",     "号の",   "号"};
    static constexpr std::array<std::string_view, 8> dashes{"-", "の", "ノ", "之", "－", "ー", "−", "‐"};
    const std::string_view rest = text.substr(at);
    closes = false;
    // 1一3: the kanji for one instead of a dash.
    constexpr std::string_view one = "一";
    if (rest.starts_with(one) && at > 0 && is_arabic(static_cast<unsigned char>(text[at - 1])) &&
        rest.size() > one.size() && is_arabic(static_cast<unsigned char>(rest[one.size()]))) {
        at += one.size();
        return Link::dash;
    }
    if (rest.starts_with("丁目")) {
        at += std::string_view("丁目").size();
        return Link::chome;
    }
    for (const std::string_view word : lots) {
        if (rest.starts_with(word)) {
            at += word.size();
            closes = word == "号";  // and nothing of the number follows
            return Link::lot;
        }
    }
    for (const std::string_view word : dashes) {
        if (rest.starts_with(word)) {
            at += word.size();
            return Link::dash;
        }
    }
    std::size_t next = at;
    if (next < text.size() && is_dash(utf8::next(text, next))) {
        at = next;
        return Link::dash;
    }
    return Link::none;
}

/// 25 - 23: a dash between two numbers joins them, however wide it is set. `at` moves behind it.
bool read_wide_dash(std::string_view text, std::size_t& at) {
    std::size_t next = behind_spaces(text, at);
    bool closes = false;
    if (read_link(text, next, closes) != Link::dash) {
        return false;
    }
    const std::size_t start = behind_spaces(text, next);
    std::size_t end = start;
    while (end < text.size() && is_arabic(static_cast<unsigned char>(text[end]))) {
        ++end;
    }
    if (end == start || counts_rooms(text, end)) {
        return false;
    }
    std::size_t behind = end;
    read_link(text, behind, closes);
    if (closes && counts_rooms(text, behind)) {
        return false;
    }
    at = start;
    return true;
}

bool ends_number(std::string_view text, std::size_t at) {
    if (at >= text.size()) {
        return true;
    }
    std::size_t next = at;
    const char32_t letter = utf8::next(text, next);
    constexpr std::u32string_view marks = U"()（）[]［］「」『』【】,，、。/／;；";
    return letter == U'\n' || is_space(letter) || marks.find(letter) != std::u32string_view::npos;
}

/// 字下河原1137, 甲485: what stands between the town and the number. 0 when it looks like the name of a building.
std::size_t name_before_number(std::string_view text) {
    static constexpr std::array<std::string_view, 16> building{
        "ビル", "マンション", "ハイツ", "コーポ", "センター", "会館", "役所", "役場",
        "学校", "病院",       "公園",   "団地",   "タワー",   "店",   "駅",   "館"};
    constexpr std::size_t most_letters = 16;
    // 九番地の24 is a number from its first letter on; 四ツ谷1137 is not.
    std::size_t digits = 0;
    bool closes = false;
    if (read_digits(text, digits) && read_link(text, digits, closes) != Link::none) {
        return 0;
    }
    std::size_t first = 0;
    if (!text.empty() && is_dash(utf8::next(text, first))) {
        return 0;
    }
    std::size_t letters = 0;
    for (std::size_t at = 0; at < text.size() && letters <= most_letters; ++letters) {
        const std::size_t here = at;
        const char32_t letter = utf8::next(text, at);
        if (is_arabic(letter)) {
            return holds_any(text.substr(0, here), building) ? 0 : here;
        }
        if (ends_number(text, here) || letter < 0x80) {
            return 0;
        }
    }
    return 0;
}

/// イ of 14-イ22: its length where a number follows it.
std::size_t lot_letter(std::string_view text, std::size_t at) {
    static constexpr std::array<std::string_view, 12> letters{"イ", "ロ", "ハ", "ニ", "ホ", "ヘ",
                                                              "甲", "乙", "丙", "丁", "第", "A"};
    for (const std::string_view one : letters) {
        const std::size_t behind = at + one.size();
        if (text.substr(at).starts_with(one) && behind < text.size() &&
            is_arabic(static_cast<unsigned char>(text[behind]))) {
            return one.size();
        }
    }
    return 0;
}

/// 甲 of 12番地甲, 12-甲, 12番甲地: the letter behind the last number, to which `at` points; `at` moves behind all of
/// it.
std::string_view letter_behind(std::string_view text, std::size_t& at) {
    static constexpr std::array<std::string_view, 16> letters{"甲", "乙", "丙", "丁", "戊", "己", "庚", "辛",
                                                              "イ", "ロ", "ハ", "ニ", "ホ", "ヘ", "ト", "チ"};
    std::size_t next = at;
    bool closes = false;
    if (read_link(text, next, closes) != Link::dash) {
        next = at;
    }
    for (const std::string_view one : letters) {
        if (text.substr(next).starts_with(one)) {
            constexpr std::string_view ground = "地";
            std::size_t behind = next + one.size();
            behind += text.substr(behind).starts_with(ground) && ends_number(text, behind + ground.size())
                          ? ground.size()
                          : 0;
            if (ends_number(text, behind)) {
                at = behind;
                return one;
            }
        }
    }
    return {};
}

/// Behind the last number: the bytes of 地先 (ground without a number of its own), 付近; 0 when there is none.
std::size_t ground_length(std::string_view text, std::size_t at) {
    static constexpr std::array<std::string_view, 6> words{"地先", "地内", "先", "付近", "番外", "内"};
    for (const std::string_view word : words) {
        if (text.substr(at).starts_with(word) && ends_number(text, at + word.size())) {
            return word.size();
        }
    }
    return 0;
}

/// (南栄町)8: a note between the town and the number. Its length, or 0.
std::size_t note_before_number(std::string_view text) {
    constexpr std::size_t longest = 90;
    constexpr std::array<std::pair<std::string_view, std::string_view>, 2> brackets{{{"(", ")"}, {"（", "）"}}};
    for (const auto& [open, close] : brackets) {
        if (!text.starts_with(open)) {
            continue;
        }
        const std::size_t end = text.substr(0, longest).find(close);
        if (end != std::string_view::npos) {
            const std::size_t behind = behind_spaces(text, end + close.size());
            return behind < text.size() && is_arabic(static_cast<unsigned char>(text[behind])) ? behind : 0;
        }
    }
    return 0;
}

}  // namespace

void read_lot_number(std::string_view text, LotNumber& into) {
    into.number.clear();
    into.parts = 0;
    text = trimmed(text);
    while (text.starts_with("、") || text.starts_with(",")) {
        text = trimmed(text.substr(text.front() == ',' ? 1 : std::string_view("、").size()));
    }
    into.text = text;
    into.note = text.substr(0, note_before_number(text));
    text.remove_prefix(into.note.size());
    into.note = trimmed(into.note);
    into.building = text;
    if (std::size_t first = 0; !text.empty() && (is_dash(utf8::next(text, first)) || text.front() == '-')) {
        text = trimmed(text.substr(first));  // ノ-14-1
    }
    const std::size_t name = name_before_number(text);
    std::size_t at = name;
    std::size_t done = 0;  // where the number read so far ends
    Link before = Link::none;
    constexpr int most_parts = 8;
    while (into.parts < most_parts) {
        std::size_t next = before == Link::none ? at : behind_spaces(text, at);
        const bool apart = next != at;
        const std::size_t start = next;
        // 14-イ22
        const std::size_t letter = before == Link::dash ? lot_letter(text, next) : 0;
        next += letter;
        const auto digits = read_digits(text, next);
        const bool kanji = next > start + letter && !is_arabic(static_cast<unsigned char>(text[start + letter]));
        if (!digits || counts_rooms(text, next)) {
            break;
        }
        std::size_t behind = next;
        bool closes = false;
        Link link = read_link(text, behind, closes);
        std::size_t wide = link == Link::lot ? behind : next;
        const bool is_wide = link != Link::chome && !closes && !kanji && read_wide_dash(text, wide);
        if (is_wide) {
            link = link == Link::none ? Link::dash : link;
            behind = wide;
        }
        // 一ノ瀬, 三つ目, and after a space 2020ビル: no numbers of the ground.
        if (link == Link::none && !ends_number(text, next) && (kanji || apart) && ground_length(text, next) == 0) {
            break;
        }
        if (link == Link::dash && kanji) {
            std::size_t following = behind;
            if (!read_digits(text, following)) {
                break;
            }
        }
        // 2号室, 3号棟: the building's.
        if (closes && counts_rooms(text, behind)) {
            break;
        }
        into.number += before == Link::none || before == Link::chome ? "" : "-";
        if (into.parts == 0) {
            into.number.assign(text.substr(0, name));
        }
        into.number.append(text.substr(start, letter));
        into.number += *digits;
        ++into.parts;
        if (link == Link::none) {
            done = next;
            break;
        }
        if (link == Link::chome) {
            into.number += "丁目";
        }
        // A dash that no number follows is not the number's: 12- , 1-A.
        std::size_t following = behind_spaces(text, behind);
        following += link == Link::dash ? lot_letter(text, following) : 0;
        const bool more = read_digits(text, following).has_value();
        done = link == Link::dash ? next : behind;
        if (!more || closes) {
            break;
        }
        at = behind;
        before = link;
        if (link == Link::dash && !is_wide && behind_spaces(text, behind) != behind) {
            break;
        }
    }
    if (into.parts > 0) {
        if (const std::string_view letter = letter_behind(text, done); !letter.empty()) {
            into.number.append("-").append(letter);
        }
        if (const std::size_t ground = ground_length(text, done); ground > 0) {
            into.number.append(text.substr(done, ground));
            done += ground;
        }
        into.building = trimmed(text.substr(done));
    }
    // 5-2F: the dash between the number and the floor.
    static constexpr std::array<std::string_view, 5> separators{"、", ",", "-", "－", "ー"};
    for (const std::string_view separator : separators) {
        if (into.building.starts_with(separator) && into.building.size() < text.size()) {
            into.building = trimmed(into.building.substr(separator.size()));
        }
    }
}

}  // namespace kokai
