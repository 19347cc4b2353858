// SPDX-License-Identifier: Apache-2.0
// One date, as date.cpp finds it on either side of a range.
#pragma once

#include "normalise/era.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace kokai {

struct DateReading {
    Day day;
    const Era* era = nullptr;
    std::vector<std::string> flags;
    bool has_time = false;  // a bare number behind it may be an hour
    std::string error;      // "error:invalid-date" …

    [[nodiscard]] bool ok() const { return error.empty(); }
};

/// Reads a date in plain form. `before` is the first date of a range: the second may leave out its era, year and month.
DateReading read_single_date(std::string_view text, const DateReading* before = nullptr);

/// To the precision that the day has.
std::string iso(Day day);

/// Whether a range may run from `first` to `last`; a day left open is compared by what is there.
bool begins_before(Day first, Day last);

}  // namespace kokai
