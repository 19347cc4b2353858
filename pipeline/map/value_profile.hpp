// SPDX-License-Identifier: Apache-2.0
// What the values of a column look like, from a sample: evidence for or against a field, never a reason by itself
// where a header says something else.
#pragma once

#include "model/schema.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace kokai {

enum class ValueLook : std::uint8_t {
    kana,  // nothing but kana
    phone,
    postal_code,
    url,
    email,
    latitude,  // degrees within Japan
    longitude,
    lat_lon,  // both in one cell, in this order …
    lon_lat,  // … or that
    integer,
    number,
    date,
    date_span,
    time,
    time_span,
    flag,
    weekdays,
    prefecture,
    city,
    address,
    street,  // an address that goes down to the house: no name is like that
    lg_code,
    corporate_number,
    latin,  // letters, none of them Japanese
    zero,   // what people write where a number is not known
    count_  // how many there are
};

struct ValueProfile {
    std::size_t rows = 0;
    std::size_t filled = 0;
    std::size_t distinct = 0;
    std::size_t linked = 0;  // cells with a hyperlink to the web
    std::array<std::size_t, static_cast<std::size_t>(ValueLook::count_)> counts{};

    [[nodiscard]] double share(ValueLook look) const {
        return filled == 0 ? 0.0
                           : static_cast<double>(counts[static_cast<std::size_t>(look)]) / static_cast<double>(filled);
    }
    [[nodiscard]] bool unique() const { return filled > 1 && distinct == filled; }
};

/// Of the first some hundred values that are not empty.
ValueProfile profile_of(std::span<const std::string_view> cells);

/// How well a column's values agree with a field: 1 = only such a field has such values, 0 = nothing to say, -1 = they
/// cannot be it. `look` is what decided, for the evidence text.
struct ValueFit {
    double fit = 0.0;
    ValueLook look = ValueLook::count_;
    double share = 0.0;
};
ValueFit fit_of(const Field& field, const ValueProfile& profile);

/// The name of a look: 電話番号の形 / phone numbers.
struct LookName {
    std::string_view ja, en;
};
LookName name_of(ValueLook look);

}  // namespace kokai
