// SPDX-License-Identifier: Apache-2.0
// How the pages say things: sizes, counts, types, the name of a finding code. Japanese; the same words in catalog and
// report.
#pragma once

#include "model/schema.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace kokai {

/// 1234567 as 1,234,567.
std::string grouped(std::uint64_t number);

/// 12.3 KB; below 1 KB in バイト.
std::string size_words(std::uint64_t bytes);

/// An address as a reader wants it: without https://, a long one cut after its first parts. The link itself stays
/// whole.
std::string short_address(std::string_view url);

/// 文字, 整数 …
std::string_view type_words(std::string_view type);

/// 必須, 推奨, 任意; nothing where the standard does not say.
std::string_view requirement_words(Requirement requirement);

/// What a code is about, without the single cell's value: 「日付として読めません」. An unknown code is its own name.
std::string finding_title(std::string_view code);

/// Whether what was expected is a regular expression of dataset.json or a schema: for programs, not for people, who are
/// asked to write alike instead.
bool is_pattern(std::string_view expected);
struct WriteAlike {
    std::string_view ja, en;
};
constexpr WriteAlike write_alike{"ほかの行と同じ書き方に直してください", "write it like the other rows"};

}  // namespace kokai
