// SPDX-License-Identifier: Apache-2.0
// The file kokai_addresses.bin as it lies in memory: written by make_index.cpp when the program is built, mapped by
// index.cpp. Numbers are the machine's own: the file is never carried to another one.
#pragma once

#include <cstdint>
#include <string_view>
#include <type_traits>

namespace kokai::address_file {

constexpr std::string_view magic = "KOKAIAD1";
constexpr std::uint32_t none = UINT32_MAX;
constexpr std::int32_t nowhere = INT32_MIN;
constexpr double per_degree = 1e6;

struct Part {
    std::uint64_t at = 0, count = 0;
};

struct Header {
    char magic[8]{};
    std::uint64_t size = 0;  // of the file
    Part municipalities, towns, names, by_key, text;
};

/// Sorted by code; prefectures are not among them.
struct Municipality {
    char code[6]{};
    std::uint8_t prefecture = 0;    // 1-47
    std::uint8_t county_bytes = 0;  // of the name: county, then city, then ward
    std::uint8_t city_bytes = 0;
    std::uint8_t name_bytes = 0;
    std::uint16_t parent = 0;    // of a ward: its city; else itself
    std::uint32_t name = 0;      // offset into text
    std::uint32_t town = 0;      // first town
    std::uint32_t towns = 0;     // how many, one after another
    std::uint32_t children = 0;  // wards
    std::int32_t latitude = nowhere, longitude = nowhere;
};

/// Sorted by municipality, key, name.
struct Town {
    static constexpr std::uint8_t made = 1;        // not in the list itself: all of its 丁目 or 小字 are
    static constexpr std::uint8_t alias = 2;       // 豊川 for 豊川町
    static constexpr std::uint8_t with_koaza = 4;  // ends in a 小字
    static constexpr std::uint8_t blocks = 8;      // 住居表示: the number is a block, then a house
    static constexpr std::uint8_t chome = 16;      // ends in 丁目

    std::uint32_t name = 0;  // offset into text
    std::uint32_t key = 0;
    std::uint32_t machiaza_id = none;
    std::int32_t latitude = nowhere, longitude = nowhere;
    std::uint16_t municipality = 0;
    std::uint8_t name_bytes = 0;
    std::uint8_t key_bytes = 0;
    std::uint8_t flags = 0;
    std::uint8_t main_bytes = 0;  // of the name before the 小字
    std::uint16_t spare = 0;

    /// A 小字 of no 大字, directly under its municipality.
    [[nodiscard]] bool is_bare_koaza() const { return (flags & with_koaza) != 0 && main_bytes == 0; }
};

/// A way to write a municipality; sorted by key.
struct Name {
    enum Form : std::uint8_t {
        whole,  // with county, city and ward, as many as it has
        without_county,
        ward_alone,  // 中京区
        renamed      // 篠山市
    };
    std::uint32_t key = 0;
    std::uint16_t municipality = 0;
    std::uint8_t key_bytes = 0;
    std::uint8_t form = whole;
};

// No byte between members: what is written is only what was said.
static_assert(std::has_unique_object_representations_v<Header> &&
              std::has_unique_object_representations_v<Municipality> &&
              std::has_unique_object_representations_v<Town> && std::has_unique_object_representations_v<Name>);

}  // namespace kokai::address_file
