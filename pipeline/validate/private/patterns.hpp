// SPDX-License-Identifier: Apache-2.0
// Numbers and addresses of persons in a text: マイナンバー, bank accounts, mobile phones, personal mail. Plain code
// that goes over the text once for each kind; nothing here can take long on a text made for it.
#pragma once

#include "validate/private/plain_text.hpp"
#include "validate/private/senses.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kokai {

enum class PrivateKind : std::uint8_t { my_number, bank_account, mobile, mail, birth_date };

struct PrivateSpan {
    PrivateKind kind{};
    std::uint32_t begin = 0, end = 0;  // bytes of the cell
    bool alone = false;                // the cell holds nothing else
    bool sure = true;                  // no: 12 digits that may be valid by chance; the column decides
};

/// What a column's 12-digit numbers are like.
struct TwelveDigits {
    std::uint64_t twelve = 0, valid = 0;
    std::uint64_t others = 0;  // numbers of 11 and 13 digits alone in their cells: a column of amounts or IDs
    std::uint64_t lowest = UINT64_MAX, highest = 0;  // of the twelve
    void add(const TwelveDigits& more) {
        twelve += more.twelve;
        valid += more.valid;
        others += more.others;
        lowest = std::min(lowest, more.lowest);
        highest = std::max(highest, more.highest);
    }
};

struct PrivateFound {
    std::vector<PrivateSpan> spans;
    TwelveDigits alone, inside;
};

/// What the bytes of a cell say, before anybody reads them as characters.
enum class Glance : std::uint8_t {
    nothing,
    long_number,  // 11 or 13 digits and nothing else: tells what kind of numbers the column holds
    look
};

/// For cells of seven bytes and more.
Glance glance_at_bytes(std::string_view cell, const ColumnSense& sense);

/// The byte gate: no seven digits and no @, nothing to find.
inline Glance glance(std::string_view cell, const ColumnSense& sense = {}) {
    constexpr std::size_t shortest = 7;  // an account; in a column of accounts they have lost zeros
    if (sense.account) {
        return cell.empty() ? Glance::nothing : Glance::look;
    }
    return cell.size() < shortest ? Glance::nothing : glance_at_bytes(cell, sense);
}
inline bool may_be_private(std::string_view cell) {
    return glance(cell) == Glance::look;
}

/// Adds what is found. `text` is a buffer.
void find_private(std::string_view cell, const ColumnSense& sense, PlainText& text, PrivateFound& found);

/// Adds birth dates written into a text: 昭和50年4月1日生.
void look_for_births(const PlainText& text, PrivateFound& found);

/// Of 12 digits: whether the last one is the check digit of a マイナンバー.
bool has_my_number_check(std::u32string_view digits);

/// One number in ten has a valid check digit by chance; a column of マイナンバー has nearly all.
bool stands_out(const TwelveDigits& numbers, const ColumnSense& sense);

/// Whether a mailbox looks like a person's: free mail, a mobile carrier, or first.last at an office.
bool is_personal_mail(std::u32string_view local, std::u32string_view domain);

/// Whether somebody born on that day (2006-01-02) may be: nobody of the years before 1900.
bool may_be_alive(std::string_view date);

/// A date written out, with year, month and day: a cell of a column of birth dates.
bool is_written_date(std::string_view cell);

}  // namespace kokai
