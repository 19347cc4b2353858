// SPDX-License-Identifier: Apache-2.0
// From the municipality and town that were found to the parts of the answer. What the list does not know stands where
// it belongs by its writing, and the level says that nobody vouches for it.
#include "model/prefecture.hpp"
#include "normalise/address/reader.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <array>

namespace kokai {
namespace {

constexpr std::string_view aza = "字";

bool is_ascii_digit(char c) {
    return c >= '0' && c <= '9';
}

/// 架空町 for 架空町地先.
std::string_view without_ground(std::string_view name) {
    const auto behind = std::find_if(ground_words.begin(), ground_words.end(), [&](std::string_view word) {
        return name.size() > word.size() && name.ends_with(word);
    });
    return behind == ground_words.end() ? name : name.substr(0, name.size() - behind->size());
}

}  // namespace

std::string_view prefecture_with(std::uint8_t number) {
    const std::array<char, 5> code{static_cast<char>('0' + number / 10), static_cast<char>('0' + number % 10), '0', '0',
                                   '0'};
    return prefecture_name({code.data(), code.size()});
}

std::string_view name_of(AddressLevel level) {
    constexpr std::array<std::string_view, 6> names{"none", "pref", "city", "town", "block", "parcel"};
    return names.at(static_cast<std::size_t>(level));
}

std::string_view flag_of(AddressDoubt doubt) {
    constexpr std::array<std::string_view, 9> flags{"",
                                                    "empty",
                                                    "error:encoding",
                                                    "error:no-municipality",
                                                    "error:ambiguous",
                                                    "error:other-prefecture",
                                                    "warn:town-unlisted",
                                                    "warn:no-town",
                                                    "warn:chome-or-number"};
    return flags.at(static_cast<std::size_t>(doubt));
}

std::string Address::joined() const {
    std::string all(prefecture);
    all += city;
    // The register puts a street of Kyoto behind its town, people before it.
    if (!street.empty() && town.ends_with(street)) {
        all += street;
        all.append(town, 0, town.size() - street.size());
    } else {
        all += town;
    }
    all += rest;
    if (!other.empty()) {
        all += all.empty() ? "" : " ";
        all += other;
    }
    return all;
}

void AddressReader::answer(const Candidate& chosen) {
    const auto& tokens = key_.tokens();
    const Municipality& of = index_.municipalities()[chosen.municipality];
    address_.lg_code = AddressIndex::code(of);
    address_.prefecture = prefecture_with(of.prefecture);
    address_.city = index_.name(of);
    address_.completed_prefecture = prefecture_ == 0;
    address_.completed_city = !chosen.named;
    address_.level = AddressLevel::city;
    const TownMatch& match = chosen.match;
    std::size_t done = chosen.after;
    if (match.town != nullptr && address_.doubt != AddressDoubt::several) {
        done = match.end;
        address_.level = AddressLevel::town;
        address_.town = index_.name(*match.town);
        const std::string_view main = index_.name(*match.town).substr(0, match.town->main_bytes);
        if ((match.town->flags & Town::with_koaza) != 0 && match.town->machiaza_id == address_file::none &&
            !main.empty()) {
            // The list that has no IDs leaves 字 out before a 小字; the text knows.
            const std::size_t from = token_after(match.begin, address_key(main).size());
            address_.town = main;
            const std::size_t behind = tokens[from - 1].end + (main.ends_with(aza) ? aza.size() : 0);
            address_.town += body_.substr(behind, tokens[match.end - 1].end + own_aza(*match.town, match.end) - behind);
        }
        address_.point = AddressIndex::point(*match.town);
        if (match.town->machiaza_id != address_file::none) {
            constexpr std::size_t digits = 7;
            address_.machiaza_id = std::to_string(match.town->machiaza_id);
            address_.machiaza_id.insert(0, digits - std::min(digits, address_.machiaza_id.size()), '0');
        }
        if (match.begin > chosen.after && !match.former_ward) {
            address_.street = trimmed(
                body_.substr(tokens[chosen.after].begin, tokens[match.begin].begin - tokens[chosen.after].begin));
            address_.town += address_.street;
            address_.machiaza_id.clear();
        }
        if (match.two_readings) {
            address_.doubt = AddressDoubt::chome_or_number;
        } else if (is_letter(match.end + 1, "丁") && tokens[match.end].kind == AddressToken::Kind::number) {
            address_.doubt = AddressDoubt::town_unlisted;  // 栄町12丁目: there is no such 丁目
            address_.machiaza_id.clear();
        }
    }
    std::size_t at = done == 0 ? 0 : tokens[done - 1].end;
    if (address_.has_town()) {
        at += own_aza(*match.town, done);
    }
    // 栄3-2-1: the dash behind the 丁目.
    if (address_.has_town() && match.clean && tokens[done - 1].kind == AddressToken::Kind::number &&
        is_number_behind_dash(done + 1)) {
        at = tokens[done].end;
    }
    read_lot_number(body_.substr(at), lot_);
    address_.rest = lot_.number;
    address_.other = lot_.note;
    address_.other += lot_.note.empty() || lot_.building.empty() ? "" : " ";
    address_.other += lot_.building;
    const bool attached = done < tokens.size() && !tokens[done].gap && tokens[done].kind != AddressToken::Kind::mark;
    if (address_.has_town()) {
        if (lot_.parts > 0) {
            // 長者町一井丁目257: some other 丁目 of it.
            const std::string_view rest = address_.rest;
            const auto digit = std::find_if(rest.begin(), rest.end(), is_ascii_digit);
            if (rest.substr(0, static_cast<std::size_t>(digit - rest.begin())).find("丁目") != std::string_view::npos) {
                address_.doubt = AddressDoubt::town_unlisted;
                address_.machiaza_id.clear();
            }
            take_aza();
            const bool block_alone = lot_.parts == 1 && (match.town->flags & Town::blocks) != 0;
            address_.level = block_alone ? AddressLevel::block : AddressLevel::parcel;
        }
    } else {
        address_.runs_on = attached && lot_.parts == 0;
        answer_unlisted();
    }
    // A 小字 that the list does not know, and nothing behind it.
    if (address_.has_town() && lot_.parts == 0 && attached && address_.street.empty()) {
        answer_unlisted();
    }
}

/// 神宮寺字中瀬古川敷31-4: a 小字 that the list does not know but the text calls one is of the town, not of the number.
void AddressReader::take_aza() {
    std::string_view name = address_.rest;
    std::size_t digits = 0;
    while (digits < name.size() && !is_ascii_digit(name[digits])) {
        ++digits;
    }
    name = name.substr(0, digits);
    if (!name.starts_with(aza) && !name.starts_with("小字")) {
        return;
    }
    // 字若枝甲485: 甲 belongs to the number.
    constexpr std::array<std::string_view, 4> letters{"甲", "乙", "丙", "丁"};
    for (const std::string_view letter : letters) {
        if (name.size() > aza.size() + letter.size() && name.ends_with(letter)) {
            name.remove_suffix(letter.size());
        }
    }
    address_.town += name;
    address_.machiaza_id.clear();
    address_.rest.erase(0, name.size());
}

/// 富岡市丁, 架空町1-2: what stands between the municipality and the number is a town, though the list has none.
void AddressReader::answer_unlisted() {
    constexpr std::size_t most_bytes = 60;
    std::string_view name = address_.rest;
    const std::string_view written = trimmed(lot_.text);
    if (lot_.parts == 1 && !address_.has_town() && !is_ascii_digit(written.back()) && !written.ends_with("番地") &&
        !written.ends_with("番") && !written.ends_with("号") && address_.other.empty()) {
        // 四十八 behind the name of the city is a name, too.
        address_.rest.clear();
        address_.other = written;
        lot_.parts = 0;
        name = address_.other;
    } else if (lot_.parts > 0) {
        std::size_t digits = 0;
        while (digits < name.size() && !is_ascii_digit(name[digits])) {
            ++digits;
        }
        name = name.substr(0, digits);
    } else {
        name = without_ground(address_.other);
    }
    const bool plain = !name.empty() && name.size() <= most_bytes && std::none_of(name.begin(), name.end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x80;
    });
    constexpr std::array<std::string_view, 20> not_towns{"番地", "番外地", "（",   "「",   "、",   "　",   "センター",
                                                         "会館", "役所",   "役場", "学校", "病院", "公園", "ビル",
                                                         "ほか", "一円",   "一帯", "全域", "市内", "各地"};
    const bool is_town = plain && !holds_any(name, not_towns) && !holds_any(name, ground_words) &&
                         !holds_any(name, owned_ground_words) &&
                         std::find(last_ground_words.begin(), last_ground_words.end(), name) == last_ground_words.end();
    if (is_town) {
        const std::string kept(name);
        if (lot_.parts > 0) {
            address_.rest.erase(0, kept.size());
        } else {
            address_.other.erase(0, kept.size());
        }
        address_.town += kept;
    }
    if (address_.has_town()) {
        if (is_town) {
            address_.machiaza_id.clear();
        }
        return;
    }
    if (address_.doubt == AddressDoubt::nothing) {
        address_.doubt = is_town || !name.empty() ? AddressDoubt::town_unlisted : AddressDoubt::no_town;
    }
}

void AddressReader::answer_none() {
    if (address_.doubt == AddressDoubt::nothing) {
        const bool several = list_several([](const AddressReader&, const Candidate& one) { return one.named; });
        address_.doubt = several                          ? AddressDoubt::several
                         : elsewhere_ && prefecture_ != 0 ? AddressDoubt::other_prefecture
                                                          : AddressDoubt::no_municipality;
    }
    const auto& tokens = key_.tokens();
    std::size_t at = 0;
    if (prefecture_ != 0 && address_.doubt != AddressDoubt::other_prefecture) {
        address_.level = AddressLevel::pref;
        address_.prefecture = prefecture_with(prefecture_);
        at = start_ == 0 ? 0 : tokens[start_ - 1].end;
    }
    address_.other = trimmed(body_.substr(at));
}

}  // namespace kokai
