// SPDX-License-Identifier: Apache-2.0
// Days of the week one behind the other, as a set of seven bits: 月~金, 土・日, 毎日. What is said of them (休館,
// を除く) is for the reader of weekdays.
#pragma once

#include "normalise/reading.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace kokai {

constexpr std::array<std::string_view, 7> weekday_letters = {"月", "火", "水", "木", "金", "土", "日"};
constexpr unsigned all_days = 0x7F;

/// The days at the front of a text.
struct Days {
    unsigned set = 0;
    unsigned first = 0;      // those of the first item: of 月~金、水 the span
    std::size_t end = 0;     // behind the last of them
    int count = 0;           // items
    bool certain = false;    // 曜, a span or several days: not the 月 of 月1回
    bool all_in_one = true;  // one span or word: 月~金, 平日; a list may go on in what follows
    bool plain_list = true;  // single days with one joint throughout: 土・日
    bool one_joint = true;   // spans may be among them: 月~水・金
    bool spans = false;      // a span or a word for several days is among them
    std::string_view joint;  // the first one; empty in 土日
};

/// 月火水木金土日 in this order.
std::string print_days(unsigned set);
Days take_days(std::string_view text);
/// Whether nothing but days stands in a text.
bool is_days_alone(std::string_view text, const Days& found);
/// The other days than those of a list: 月曜以外. Of 月~金、水を除く the 水 goes out of the span; what a span and
/// other days mean together is not sure.
std::optional<unsigned> all_but(const Days& closed);
/// The days that are open when those at the front of a text are closed.
std::optional<unsigned> open_days(std::string_view text, const Days& closed);

}  // namespace kokai
