// SPDX-License-Identifier: Apache-2.0
#include "normalise/address/list_names.hpp"

#include <cstddef>
#include <cstdint>
#include <set>

namespace kokai {
namespace {

std::string kanji_of(std::uint32_t number) {
    constexpr const char* digits[] = {"", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
    const std::uint32_t tens = number / 10;
    return std::string(tens > 1 ? digits[tens % 10] : "") + (tens > 0 ? "十" : "") + digits[number % 10];
}

}  // namespace

std::string with_kanji_chome(const std::string& name) {
    constexpr std::string_view chome = "丁目";
    if (!name.ends_with(chome)) {
        return name;
    }
    const std::string before = name.substr(0, name.size() - chome.size());
    std::uint32_t number = 0;
    std::uint32_t scale = 1;
    std::size_t end = before.size();
    while (end > 0) {
        const std::string_view tail = std::string_view(before).substr(0, end);
        if (tail.back() >= '0' && tail.back() <= '9') {
            number += scale * static_cast<std::uint32_t>(tail.back() - '0');
            end -= 1;
        } else if (tail.size() >= 3 && tail.substr(tail.size() - 3, 2) == "\xEF\xBC" &&
                   static_cast<unsigned char>(tail.back()) >= 0x90 && static_cast<unsigned char>(tail.back()) <= 0x99) {
            number += scale * (static_cast<unsigned char>(tail.back()) - 0x90U);
            end -= 3;
        } else {
            break;
        }
        scale *= 10;
    }
    return end == before.size() || number == 0 || number > 99 ? name
                                                              : before.substr(0, end) + kanji_of(number) + "丁目";
}

std::string with_ascii_digits(const std::string& name) {
    constexpr std::string_view lead = "\xEF\xBC";  // of ０ to ９, and of other characters
    constexpr unsigned char zero = 0x90;
    std::string made;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const std::string_view rest = std::string_view(name).substr(i);
        const auto last = rest.size() > lead.size() ? static_cast<unsigned char>(rest[lead.size()]) : zero - 1U;
        if (rest.starts_with(lead) && last >= zero && last < zero + 10U) {
            made += static_cast<char>('0' + (last - zero));
            i += lead.size();
        } else {
            made += name[i];
        }
    }
    return made;
}

std::string without_aza(std::string_view name) {
    constexpr std::string_view aza = "字";
    constexpr std::string_view oaza = "大字";
    std::string left;
    while (!name.empty()) {
        const std::string_view skipped = name.starts_with(oaza) ? oaza : name.starts_with(aza) ? aza : "";
        left += skipped == oaza ? oaza : "";
        name.remove_prefix(skipped.size());
        if (!name.empty()) {
            left += name.front();
            name.remove_prefix(1);
        }
    }
    return left;
}

std::string ward_of_today(const std::string& city, const std::string& town) {
    static const std::set<std::string> mikatahara{"初生町", "三方原町", "東三方町", "豊岡町",
                                                  "三幸町", "大原町",   "根洗町"};
    static const std::set<std::string> central{"浜松市中区", "浜松市東区", "浜松市西区", "浜松市南区"};
    if (central.contains(city) || (city == "浜松市北区" && mikatahara.contains(town))) {
        return "浜松市中央区";
    }
    return city == "浜松市浜北区" || city == "浜松市北区" ? "浜松市浜名区" : city;
}

}  // namespace kokai
