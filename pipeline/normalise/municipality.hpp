// SPDX-License-Identifier: Apache-2.0
// Which municipality a text begins with: an address, or the name of a publisher. Only municipalities and wards of
// today.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace kokai {

struct Municipality {
    std::string_view lg_code;     // 012025, with its check digit
    std::string_view prefecture;  // 群馬県
    std::string name;             // with 郡 and ward: 吾妻郡東吾妻町, 札幌市厚別区
    std::size_t length = 0;       // bytes of the text that say so, a prefecture before it included
};

/// The longest name at the start. Without a prefecture in the text it must be the only one of that name, or the one of
/// `prefecture`; a 町 or 村 without its 郡 is then taken only within `prefecture`, because towns within a city are
/// called alike (池田町). ヶ and ケ are alike.
std::optional<Municipality> municipality_at_start(std::string_view text, std::string_view prefecture = {});

/// The municipality that a text begins with, if no other reading is possible: without its prefecture only a city, a 郡
/// or a ward of Tokyo can be told from a part of some town.
std::optional<Municipality> municipality_surely_at_start(std::string_view text, std::string_view prefecture);

/// The municipality or ward of today with this six-digit code; not a prefecture.
std::optional<Municipality> municipality_with_code(std::string_view lg_code);

}  // namespace kokai
