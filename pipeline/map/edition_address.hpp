// SPDX-License-Identifier: Apache-2.0
// An address in one cell, as v1 has it, to the parts of v2: by the list of towns, and where a town is not in it, only
// where the writing leaves one reading. What has two is not divided.
#pragma once

#include <string>
#include <string_view>

namespace kokai {

struct AddressParts {
    std::string lg_code;     // 222127; empty when the municipality is not plain
    std::string prefecture;  // 静岡県
    std::string city;        // 焼津市, with 郡 and ward
    std::string town;        // 石津, 青葉町一丁目
    std::string number;      // 728-2
    bool divided = false;    // town and number are known
};

/// `prefecture` and `city` are those of the publisher: an address may leave them out of its text, or write 町 without
/// 郡.
AddressParts divide_address(std::string_view address, std::string_view prefecture, std::string_view city);

/// 12 -> 十二; below 100.
std::string kanji_number(int number);

}  // namespace kokai
