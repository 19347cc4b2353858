// SPDX-License-Identifier: Apache-2.0
#include "map/edition_address.hpp"

#include "normalise/address/reader.hpp"
#include "normalise/municipality.hpp"
#include "normalise/text.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace kokai {
namespace {

// 2番16号, 728番地2, 1535-1, 3番地の4: and after a blank whatever follows (the building).
constexpr const char* number_form = R"(([0-9]+(?:\s*(?:番地の|番地|番|-|の)\s*[0-9]+)*)\s*(?:番地|番|号)?(?:\s.*)?)";

const re2::RE2& chome_form() {
    static const re2::RE2 form(std::string(R"(([^0-9]*?(?:[0-9]+条[^0-9]*?)?)([0-9]{1,2})丁目\s*(?:)") + number_form +
                               ")?");
    return form;
}
const re2::RE2& kanji_chome_form() {
    static const re2::RE2 form(std::string("([^0-9]*[一二三四五六七八九十]+丁目)\\s*(?:") + number_form + ")?");
    return form;
}
const re2::RE2& plain_form() {
    static const re2::RE2 form(std::string("([^0-9]+)") + number_form);
    return form;
}
const re2::RE2& jo_form() {
    static const re2::RE2 form("([0-9]{1,2})条");
    return form;
}
const re2::RE2& between_numbers() {
    static const re2::RE2 form(R"(\s*(?:番地の|番地|番|-|の)\s*)");
    return form;
}

/// Words of addresses that are not 町字 and 番地: streets of Kyoto, lots with letters, ground without a number.
bool is_of_another_kind(std::string_view text) {
    constexpr std::array<std::string_view, 19> words{"上る", "下る", "上ル", "下ル", "入る", "入ル", "東入",
                                                     "西入", "地割", "地先", "地内", "ほか", "外",   "他",
                                                     "付近", "、",   "\n",   "(",    "（"};
    return holds_any(text, words);
}

bool ends_in_lot_letter(std::string_view town) {
    constexpr std::array<std::string_view, 8> letters{"甲", "乙", "丙", "丁", "イ", "ロ", "ハ", "ニ"};
    return std::any_of(letters.begin(), letters.end(), [&](std::string_view one) { return town.ends_with(one); });
}

std::string plain_number(std::string number) {
    re2::RE2::GlobalReplace(&number, between_numbers(), "-");
    return number;
}

/// 北24条西 -> 北二十四条西
std::string kanji_town(std::string town) {
    std::string digits;
    if (re2::RE2::PartialMatch(town, jo_form(), &digits)) {
        re2::RE2::Replace(&town, jo_form(), kanji_number(std::stoi(digits)) + "条");
    }
    return town;
}

/// Town and number of what follows the municipality; nothing when there are two readings.
std::optional<std::pair<std::string, std::string>> town_and_number(const std::string& rest) {
    std::string town;
    std::string chome;
    std::string number;
    if (rest.empty() || is_of_another_kind(rest)) {
        return std::nullopt;
    }
    if (re2::RE2::FullMatch(rest, chome_form(), &town, &chome, &number)) {
        const int which = std::stoi(chome);
        if (which == 0) {
            return std::nullopt;
        }
        return std::pair{kanji_town(town) + kanji_number(which) + "丁目", plain_number(number)};
    }
    if (re2::RE2::FullMatch(rest, kanji_chome_form(), &town, &number)) {
        return std::pair{town, plain_number(number)};
    }
    if (re2::RE2::FullMatch(rest, plain_form(), &town, &number)) {
        constexpr std::size_t digits_of_a_lot = 3;  // no town has a hundred 丁目
        const std::string_view name = trimmed(town);
        const std::size_t first = std::min(number.find_first_not_of("0123456789"), number.size());
        const bool says_what = number.find("番") != std::string::npos ||
                               rest.find("番", town.size() + number.size()) == town.size() + number.size();
        if (name.empty() || ends_in_lot_letter(name) || name.ends_with("字") || name.ends_with("第") ||
            !(says_what || first >= digits_of_a_lot)) {
            return std::nullopt;
        }
        return std::pair{std::string(name), plain_number(number)};
    }
    const bool only_a_name =
        std::none_of(rest.begin(), rest.end(), [](char c) { return (c >= '0' && c <= '9') || c == ' '; });
    if (only_a_name) {
        return std::pair{rest, std::string()};
    }
    return std::nullopt;
}

}  // namespace

std::string kanji_number(int number) {
    static constexpr std::array<std::string_view, 10> digits{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
    const int tens = number / 10;
    std::string text = tens > 1 ? std::string(digits[static_cast<std::size_t>(tens)]) : std::string();
    text += tens > 0 ? "十" : "";
    return text + std::string(digits[static_cast<std::size_t>(number % 10)]);
}

AddressParts divide_address(std::string_view address, std::string_view prefecture, std::string_view city) {
    AddressParts parts;
    const std::string text(trimmed(normalise_text(address).value));
    // The publisher's own town without its prefecture, and with or without its 郡.
    std::optional<Municipality> found = municipality_at_start(text);
    if (!found && !prefecture.empty()) {
        found = municipality_at_start(text, prefecture);
        if (found && !city.empty() && std::string_view(found->name).find(city) == std::string_view::npos &&
            city.find(found->name) == std::string_view::npos) {
            found.reset();
        }
    }
    if (!found) {
        return parts;
    }
    parts.lg_code = found->lg_code;
    parts.prefecture = found->prefecture;
    parts.city = found->name;
    // The list of towns knows that 本町 has a 二丁目; what it does not know is divided only where the writing is plain.
    thread_local AddressReader reader;
    const Address& read = reader.read(text, found->lg_code);
    if (read.has_town() && read.doubt == AddressDoubt::nothing && read.other.empty() &&
        std::string_view(read.city).starts_with(found->name)) {
        parts.lg_code = read.lg_code;
        parts.city = read.city;
        parts.town = read.town;
        parts.number = read.rest;
        parts.divided = true;
        return parts;
    }
    if (read.doubt == AddressDoubt::chome_or_number) {
        return parts;
    }
    if (auto town = town_and_number(std::string(trimmed(std::string_view(text).substr(found->length))))) {
        parts.town = std::move(town->first);
        parts.number = std::move(town->second);
        parts.divided = true;
    }
    return parts;
}

}  // namespace kokai
