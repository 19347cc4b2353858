// SPDX-License-Identifier: Apache-2.0
// Which columns of a table without schema hold the address of the row's own place, by their headers: 設置場所住所, but
// not the 法人住所 of whoever runs it.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace kokai {

/// Places in a list of headers; none = SIZE_MAX.
struct AddressHeaders {
    static constexpr std::size_t npos = static_cast<std::size_t>(-1);

    std::size_t whole = npos;  // 住所, 所在地_連結表記, 所在地（住所）; of 住所1 and 住所2 the first …
    std::size_t more = npos;                                                                  // … and the second
    std::size_t prefecture = npos, city = npos, town = npos, number = npos, building = npos;  // 所在地_都道府県 …
};

/// An empty header is one that is not to be looked at.
AddressHeaders find_address_headers(const std::vector<std::string>& headers);

}  // namespace kokai
