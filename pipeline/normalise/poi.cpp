// SPDX-License-Identifier: Apache-2.0
// A Japanese name ends in what the thing is: 中央公民館, 前橋公園駐車場. The longest kind at the end of the name
// counts.
#include "normalise/poi.hpp"

#include "normalise/reading.hpp"
#include "normalise/text.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <vector>

namespace kokai {

namespace {

struct Poi {
    int code;
    std::string_view name;
};
constexpr auto table = std::to_array<Poi>({
#include "normalise/poi_codes.inc"
});

constexpr std::array<bool, 10000> make_known() {
    std::array<bool, 10000> known{};
    for (const Poi& poi : table) {
        known.at(static_cast<std::size_t>(poi.code)) = true;
    }
    return known;
}
constexpr auto known_codes = make_known();

constexpr auto synonyms = std::to_array<Poi>({
#include "normalise/poi_words.inc"
});

/// Marks that stand behind the kind of a facility and say nothing of it.
std::string_view without_branch(std::string_view name) {
    bool again = true;
    while (again) {
        again = false;
        while (drop_suffix(name, " ")) {
        }
        if (!name.empty() && name.back() == ')') {
            const std::size_t open = name.rfind('(');
            if (open != std::string_view::npos && open > 0) {
                name = name.substr(0, open);
                again = true;
            }
        }
        for (const std::string_view mark : {"本館", "別館", "新館", "分館", "東館", "西館", "南館", "北館", "本庁舎",
                                            "庁舎", "分校", "本園", "分園", "本院"}) {
            std::string_view before = name;
            if (drop_suffix(before, mark) && !before.empty()) {
                // 第2分館, 2号館
                while (!before.empty() && is_digit(before.back())) {
                    before.remove_suffix(1);
                }
                drop_suffix(before, "第");
                if (!before.empty()) {
                    name = before;
                    again = true;
                }
                break;
            }
        }
    }
    return name;
}

/// Kind names in folded form, each with its codes.
using Kinds = std::map<std::string, std::vector<int>, std::less<>>;

void add(Kinds& kinds, std::string_view name, int code) {
    std::vector<int>& codes = kinds[fold_key(name)];
    if (std::find(codes.begin(), codes.end(), code) == codes.end()) {
        codes.push_back(code);
    }
}

Kinds make_kinds() {
    Kinds kinds;
    for (const Poi& poi : table) {
        if (poi.name.find("その他") != std::string_view::npos) {
            continue;  // その他宿泊施設 is nobody's name
        }
        add(kinds, poi.name, poi.code);
        // 児童館（児童センター）, 喫茶店、カフェ, 記念・資料館: the parts that are names themselves.
        for (const std::string_view mark : {"（", "、", "/"}) {
            const std::size_t at = poi.name.find(mark);
            if (at == std::string_view::npos) {
                continue;
            }
            std::string_view second = poi.name.substr(at + mark.size());
            drop_suffix(second, "）");
            add(kinds, poi.name.substr(0, at), poi.code);
            if (poi.name.find("独立樹") == std::string_view::npos) {
                add(kinds, second, poi.code);
            }
        }
    }
    for (const Poi& poi : synonyms) {
        add(kinds, poi.name, poi.code);
    }
    return kinds;
}

const Kinds& kinds() {
    static const Kinds made = make_kinds();
    return made;
}

std::string_view name_of_code(int code) {
    const auto* const found =
        std::find_if(table.begin(), table.end(), [&](const Poi& poi) { return poi.code == code; });
    return found == table.end() ? std::string_view() : found->name;
}

std::string with_name(int code) {
    return padded(code, 4) + " " + std::string(name_of_code(code));
}

/// The codes of the longest kind that the folded name ends with; null when there is none. A kind of one character (橋,
/// 山, 寺) needs a name before it and is a guess at most.
const std::vector<int>* codes_at_end(std::string_view key) {
    constexpr std::size_t longest = 48;  // bytes of the longest kind
    std::size_t start = key.size() > longest ? key.size() - longest : 0;
    for (; start < key.size(); ++start) {
        if ((static_cast<unsigned char>(key[start]) & 0xC0U) == 0x80U) {
            continue;
        }
        const std::string_view end = key.substr(start);
        if (end.size() <= 3) {
            return nullptr;
        }
        if (const auto found = kinds().find(end); found != kinds().end()) {
            return &found->second;
        }
    }
    return nullptr;
}

Normalised with_codes(const std::vector<int>& codes) {
    if (codes.size() > 1) {
        Normalised result = flag_only("error:ambiguous");
        for (const int code : codes) {
            result.flags.push_back("candidate:" + with_name(code));
        }
        return result;
    }
    return {padded(codes.front(), 4), {"poi:" + std::string(name_of_code(codes.front()))}};
}

/// 0801, 801, 0801.0, 「0801 博物館」: nothing when the text is no number.
std::optional<Normalised> read_digits(std::string_view text) {
    drop_suffix(text, ".0");
    const std::size_t end = std::min(text.find_first_not_of("0123456789"), text.size());
    const std::string_view digits = text.substr(0, end);
    std::string_view rest = text.substr(end);
    if (digits.empty()) {
        return std::nullopt;
    }
    drop_prefix(rest, ":");
    while (drop_prefix(rest, " ")) {
    }
    if (digits.size() == 3 && rest.empty() && is_clean_poi("0" + std::string(digits))) {
        return Normalised{"0" + std::string(digits), {"warn:leading-zero-restored"}};
    }
    if (!is_clean_poi(digits)) {
        return rest.empty() ? std::optional(flag_only("error:unknown-code")) : std::nullopt;
    }
    if (!rest.empty() && fold_key(rest) != fold_key(name_of_code(std::stoi(std::string(digits))))) {
        return std::nullopt;
    }
    return value_only(std::string(digits));
}

}  // namespace

bool is_clean_poi(std::string_view text) {
    if (text.size() != 4 || !all_digits(text)) {
        return false;
    }
    std::size_t code = 0;
    for (const char digit : text) {
        code = code * 10 + static_cast<std::size_t>(digit - '0');
    }
    return known_codes[code];
}

Normalised normalise_poi_code(std::string_view input) {
    const Reading reading = open_value(input);
    if (reading.answer) {
        return *reading.answer;
    }
    if (auto digits = read_digits(reading.text)) {
        return *digits;
    }
    const auto found = kinds().find(fold_key(input));
    return found == kinds().end() ? flag_only("error:not-a-poi") : with_codes(found->second);
}

Normalised normalise_poi(std::string_view input) {
    Normalised exact = normalise_poi_code(input);
    if (!exact.has("error:not-a-poi")) {
        return exact;
    }
    const std::string key = fold_key(input);
    const std::vector<int>* const codes = codes_at_end(without_branch(key));
    if (codes == nullptr) {
        return exact;
    }
    Normalised result = with_codes(*codes);
    if (!result.failed()) {
        result.flags.emplace_back("warn:proposal");
    }
    return result;
}

std::string propose_poi(std::string_view facility_name) {
    const std::string key = fold_key(facility_name);
    const auto exact = kinds().find(key);
    const std::vector<int>* const codes = exact != kinds().end() ? &exact->second : codes_at_end(without_branch(key));
    return codes == nullptr || codes->size() != 1 ? std::string() : with_name(codes->front());
}

}  // namespace kokai
