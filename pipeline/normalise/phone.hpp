// SPDX-License-Identifier: Apache-2.0
// Phone numbers with hyphens by the numbering plan. libphonenumber knows the area codes, but costs 25 µs a call and
// 12 ms before the first: what it knows of them stands in two small tables, which a test holds against it.
#pragma once

#include "normalise/normalised.hpp"

#include <cstddef>
#include <string_view>

namespace kokai {

/// `027-224-1111`; several numbers are joined by ` / `. Flags: `empty`, `short` (110, #7119), `ext:1234`,
/// `fax:027-224-2222`, `warn:leading-zero-restored`, `error:length`, `error:foreign`, `error:not-a-phone`.
Normalised normalise_phone(std::string_view input);

/// Exactly the form that normalise_phone() gives.
bool is_clean_phone(std::string_view text);

/// A form that the standards allow in a column: also (054)626-1139 and +81 (03)5253-5111. The digits are counted; where
/// the area code ends is believed. Costs no look-up.
bool is_legal_phone(std::string_view text);

/// What the table says of 0ABC…: '2' to '4' digits of the area code, '?' not settled, '.' nothing in use.
char area_code_hint(std::string_view digits);

/// How many digits the area code of a number has, with the 0; 0 where a number begins like none that has one.
std::size_t area_code_digits(std::string_view digits);

}  // namespace kokai
