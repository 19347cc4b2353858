// SPDX-License-Identifier: Apache-2.0
#include "validate/private/patterns.hpp"

#include "normalise/code.hpp"
#include "normalise/date.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <string>

namespace kokai {
namespace {

constexpr auto npos = std::u32string_view::npos;

bool is_one_of(char32_t c, std::u32string_view set) {
    return c != 0 && set.find(c) != npos;
}

/// A number in groups, such as 4-4-4: where it ends, 0 = it is not written so from `begin` on.
std::size_t grouped_end(const PlainText& text, std::size_t begin, std::initializer_list<std::size_t> groups,
                        std::u32string_view separators) {
    constexpr std::size_t widest = 3;
    std::size_t at = begin;
    bool first = true;
    for (const std::size_t group : groups) {
        if (!first) {
            std::size_t gap = 0;
            while (gap < widest && is_one_of(text.at(at + gap), separators)) {
                ++gap;
            }
            if (gap == 0) {
                return 0;
            }
            at += gap;
        }
        first = false;
        if (text.run(at) != group) {
            return 0;
        }
        at += group;
    }
    return at;
}

/// Neither a piece of a longer number nor of a code, a decimal or a date.
bool stands_free(const PlainText& text, std::size_t begin, std::size_t end) {
    const char32_t before = text.before(begin);
    const bool digit_before = begin >= 2 && text.digit(begin - 2);
    const bool letter_before = begin >= 2 && text.letter(begin - 2);
    if (text.letter(begin - 1) || text.digit(begin - 1) || is_one_of(before, U"_=%&#$¥\\") ||
        (is_one_of(before, U"-.") && (digit_before || letter_before))) {
        return false;
    }
    const char32_t after = text.at(end);
    return !text.letter(end) && !text.digit(end) && !is_one_of(after, U"_=%円㎡") &&
           !(is_one_of(after, U"-.") && (text.digit(end + 1) || text.letter(end + 1)));
}

/// Within a link: numbers there are names of pages.
bool in_link(const PlainText& text, std::size_t begin) {
    constexpr std::size_t reach = 300;
    std::size_t start = begin;
    while (start > 0 && begin - start < reach && text.at(start - 1) > U' ' && text.at(start - 1) < 0x80) {
        --start;
    }
    return text.chars().substr(start, begin - start).find(U"://") != npos;
}

/// The words within some characters before a place.
std::u32string_view words_before(const PlainText& text, std::size_t begin, std::size_t reach) {
    const std::size_t from = begin > reach ? begin - reach : 0;
    return text.chars().substr(from, begin - from);
}

/// 202404011230: the number of a moment.
bool is_moment(std::u32string_view digits) {
    const auto number = [&](std::size_t at) { return (digits[at] - U'0') * 10U + (digits[at + 1] - U'0'); };
    return (number(0) == 19 || number(0) == 20) && number(4) >= 1 && number(4) <= 12 && number(6) >= 1 &&
           number(6) <= 31 && number(8) < 24 && number(10) < 60;
}

/// 150100000000: what is counted in millions. Of My Numbers one in some ten thousand ends so.
bool is_round(std::u32string_view digits) {
    return digits.ends_with(U"00000");
}

/// 102016000008: a municipality's code and a running number, as the standards number places.
bool is_code_and_serial(std::u32string_view digits) {
    std::string code;
    for (const char32_t one : digits.substr(0, 6)) {
        code.push_back(static_cast<char>(one));
    }
    const int prefecture = (code[0] - '0') * 10 + (code[1] - '0');
    return digits.substr(6).starts_with(U"00") && prefecture >= 1 && prefecture <= 47 &&
           lg_check_digit(code.substr(0, 5)) == code[5];
}

std::uint64_t value_of(std::u32string_view digits) {
    std::uint64_t value = 0;
    for (const char32_t one : digits) {
        value = value * 10 + (one - U'0');
    }
    return value;
}

/// The digits of a number from begin to end.
std::u32string digits_of(const PlainText& text, std::size_t begin, std::size_t end) {
    std::u32string digits;
    for (std::size_t i = begin; i < end; ++i) {
        if (text.digit(i)) {
            digits.push_back(text.at(i));
        }
    }
    return digits;
}

void add_span(PrivateFound& found, PrivateKind kind, const PlainText& text, std::size_t begin, std::size_t end,
              bool sure = true) {
    found.spans.push_back({kind, text.byte(begin), text.byte(end), text.alone(begin, end), sure});
}

// --- マイナンバー ---

/// Where 12 digits that begin here end, however they are written; 0 = none.
std::size_t twelve_end(const PlainText& text, std::size_t begin, std::size_t run) {
    if (run == 12) {
        return begin + 12;
    }
    constexpr std::u32string_view between = U" -・";
    if (run == 4) {
        const std::size_t end = grouped_end(text, begin, {4, 4, 4}, between);
        const bool goes_on = end != 0 && is_one_of(text.at(end), between) && text.digit(end + 1);
        const bool began = begin >= 2 && is_one_of(text.at(begin - 1), between) && text.digit(begin - 2);
        return goes_on || began ? 0 : end;
    }
    return 0;
}

/// Returns where to go on.
std::size_t look_for_my_number(const PlainText& text, std::size_t begin, std::size_t run, const ColumnSense& sense,
                               PrivateFound& found) {
    const std::size_t end = twelve_end(text, begin, run);
    const bool named = end != 0 && has_any(words_before(text, begin, 14), {U"マイナンバ-", U"個人番号"});
    const bool free = end != 0 && (named ? !text.digit(end) : stands_free(text, begin, end));
    if (!free || (!named && (text.before(begin) == U'+' || in_link(text, begin)))) {
        return 0;
    }
    const std::u32string digits = digits_of(text, begin, end);
    if (digits.find_first_not_of(digits.front()) == npos || (!named && is_moment(digits))) {
        return 0;  // 000000000000 is a place kept free
    }
    TwelveDigits& numbers = text.alone(begin, end) ? found.alone : found.inside;
    if (!named && !sense.my_number && (is_round(digits) || (sense.identifier && is_code_and_serial(digits)))) {
        ++numbers.others;
        return 0;
    }
    ++numbers.twelve;
    numbers.lowest = std::min(numbers.lowest, value_of(digits));
    numbers.highest = std::max(numbers.highest, value_of(digits));
    if (!has_my_number_check(digits)) {
        return 0;
    }
    ++numbers.valid;
    add_span(found, PrivateKind::my_number, text, begin, end, named);
    return end;
}

// --- mobile phones ---

/// 090-1234-5678 and the like from `begin` on: 3, 4 and 4 digits, any two of them together.
std::size_t mobile_end(const PlainText& text, std::size_t begin, std::size_t first) {
    constexpr std::u32string_view between = U" -().・/";
    for (const auto& groups :
         {std::initializer_list<std::size_t>{first, 4, 4}, {first, 8}, {first + 4, 4}, {first + 8}}) {
        if (const std::size_t end = grouped_end(text, begin, groups, between); end != 0) {
            return end;
        }
    }
    return 0;
}

bool is_mobile_prefix(const PlainText& text, std::size_t begin, bool with_zero) {
    const std::size_t at = begin + (with_zero ? 1 : 0);
    return (!with_zero || text.at(begin) == U'0') && is_one_of(text.at(at), U"789") && text.at(at + 1) == U'0';
}

std::size_t look_for_mobile(const PlainText& text, std::size_t begin, std::size_t run, const ColumnSense& sense,
                            PrivateFound& found) {
    std::size_t end = 0;
    if (is_mobile_prefix(text, begin, true)) {
        end = mobile_end(text, begin, 3);
        const bool bare = run == 11;
        // 0800-123-4567 is a free call, and 11 digits of a code column are a code.
        if (end != 0 && bare && (text.at(begin + 3) == U'0' || sense.identifier)) {
            return 0;
        }
    } else if (text.at(begin) == U'8' && text.at(begin + 1) == U'1' &&
               (text.before(begin) == U'+' || (run == 2 && is_one_of(text.at(begin + 2), U" -(")))) {
        std::size_t at = begin + 2;
        while (is_one_of(text.at(at), U" -()")) {
            ++at;
        }
        if (text.at(at) == U'0' && is_one_of(text.at(at + 1), U") -")) {  // +81 (0)90-…
            ++at;
            while (is_one_of(text.at(at), U" -()")) {
                ++at;
            }
        }
        end = is_mobile_prefix(text, at, false)  ? mobile_end(text, at, 2)
              : is_mobile_prefix(text, at, true) ? mobile_end(text, at, 3)
                                                 : 0;
    } else if (sense.phone && is_mobile_prefix(text, begin, false)) {
        end = mobile_end(text, begin, 2);  // the zero was lost
        if (end != 0 && !text.alone(begin, end)) {
            return 0;
        }
    }
    if (end == 0 || !stands_free(text, begin, end) || in_link(text, begin)) {
        return 0;
    }
    add_span(found, PrivateKind::mobile, text, begin, end);
    return end;
}

// --- bank accounts ---

constexpr std::initializer_list<std::u32string_view> bank_words{
    U"銀行",     U"信用金庫", U"信金",     U"信用組合", U"信組", U"農協",     U"農業協同組合", U"漁協",
    U"労働金庫", U"労金",     U"ゆうちょ", U"ja",       U"信連", U"郵便貯金", U"通常貯金"};

/// What may stand between 普通 and the number.
std::size_t back_over_fillers(const PlainText& text, std::size_t begin) {
    constexpr std::u32string_view fillers = U" :：・,、;()「」[]【】.-#/|";
    constexpr std::array<std::u32string_view, 9> words{U"口座番号", U"番号", U"no", U"№", U"預金",
                                                       U"貯金",     U"口座", U"は", U"の"};
    std::size_t at = begin;
    for (bool more = true; more && begin - at < 16;) {
        more = false;
        while (at > 0 && (is_one_of(text.at(at - 1), fillers) || text.at(at - 1) == U'\n')) {
            --at;
            more = true;
        }
        for (const std::u32string_view word : words) {
            const bool ends_account_word = word == U"口座番号" || word == U"口座" || word == U"預金" || word == U"貯金";
            if (!ends_account_word && at >= word.size() && text.chars().substr(at - word.size(), word.size()) == word) {
                at -= word.size();
                more = true;
            }
        }
    }
    return at;
}

bool is_account_number(const PlainText& text, std::size_t begin, std::size_t run, const ColumnSense& sense) {
    const std::size_t end = begin + run;
    if (text.digit(begin - 1) || text.letter(begin - 1) || is_one_of(text.at(end), U"*＊●○円") ||
        is_one_of(text.before(begin), U"*＊●○¥\\〒") || text.letter(end)) {
        return false;
    }
    const bool joined = (is_one_of(text.before(begin), U"-.") && begin >= 2 && text.digit(begin - 2)) ||
                        (is_one_of(text.at(end), U"-.") && text.digit(end + 1));
    if (sense.account && run >= 5 && run <= 8 && !joined) {
        return true;
    }
    if (joined) {
        return false;
    }
    const std::u32string_view kind = text.chars().substr(0, back_over_fillers(text, begin));
    if (run >= 6 && run <= 8 &&
        ends_with_any(kind, {U"普通", U"当座", U"普通預金", U"当座預金", U"普通口座", U"当座口座", U"通常貯金",
                             U"貯蓄預金", U"貯蓄"})) {
        return true;
    }
    if (run >= 5 && run <= 8 && ends_with_any(kind, {U"口座", U"口座番号"})) {
        return true;
    }
    const std::u32string_view before = words_before(text, begin, 40);
    return run == 7 && has_any(before, bank_words) &&
           !has_any(words_before(text, begin, 6), {U"〒", U"郵便番号", U"tel"});
}

/// ゆうちょ: 記号 1xxx0, 番号 up to eight digits.
std::size_t postal_account_end(const PlainText& text, std::size_t begin, std::size_t run, const ColumnSense& sense) {
    if (run != 5 || text.at(begin) != U'1' || text.at(begin + 4) != U'0') {
        return 0;
    }
    if (!sense.account &&
        !has_any(words_before(text, begin, 60), {U"ゆうちょ", U"記号", U"郵便貯金", U"通常貯金", U"郵便局"})) {
        return 0;
    }
    std::size_t at = begin + 5;
    for (std::size_t steps = 0; steps < 10 && at < text.size() && !text.digit(at); ++steps) {
        if (!is_one_of(text.at(at), U" -:の・,、()番号/\n")) {
            return 0;
        }
        ++at;
    }
    if (text.run(at) == 1 && text.at(at + 1) == U'-') {
        at += 2;  // the digit between them
    }
    const std::size_t number = text.run(at);
    return number >= 2 && number <= 8 && at > begin + 5 ? at + number : 0;
}

std::size_t look_for_account(const PlainText& text, std::size_t begin, std::size_t run, const ColumnSense& sense,
                             PrivateFound& found) {
    std::size_t end = postal_account_end(text, begin, run, sense);
    if (end == 0 && is_account_number(text, begin, run, sense)) {
        end = begin + run;
    }
    if (end != 0) {
        add_span(found, PrivateKind::bank_account, text, begin, end);
    }
    return end;
}

// --- mail ---

void look_for_mail(const PlainText& text, PrivateFound& found) {
    const auto in_local = [&](std::size_t i) {
        return text.letter(i) || text.digit(i) || is_one_of(text.at(i), U"._+-%'");
    };
    const auto in_domain = [&](std::size_t i) {
        return text.letter(i) || text.digit(i) || is_one_of(text.at(i), U".-");
    };
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text.at(at) != U'@') {
            continue;
        }
        std::size_t begin = at;
        while (begin > 0 && at - begin < 64 && in_local(begin - 1)) {
            --begin;
        }
        std::size_t end = at + 1;
        while (end < text.size() && end - at < 250 && in_domain(end)) {
            ++end;
        }
        while (end > at + 1 && is_one_of(text.at(end - 1), U".-")) {
            --end;
        }
        const std::u32string_view local = text.chars().substr(begin, at - begin);
        const std::u32string_view domain = text.chars().substr(at + 1, end - at - 1);
        if (!local.empty() && domain.find(U'.') != npos && is_personal_mail(local, domain)) {
            add_span(found, PrivateKind::mail, text, begin, end);
        }
        at = end - 1;
    }
}

}  // namespace

void find_private(std::string_view cell, const ColumnSense& sense, PlainText& text, PrivateFound& found) {
    text.read(cell);
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t run = text.run(at);
        if (run == 0) {
            ++at;
            continue;
        }
        if ((run == 11 || run == 13) && text.alone(at, at + run) && !is_mobile_prefix(text, at, true)) {
            ++found.alone.others;
        }
        std::size_t end = look_for_my_number(text, at, run, sense, found);
        end = end != 0 ? end : look_for_mobile(text, at, run, sense, found);
        end = end != 0 ? end : look_for_account(text, at, run, sense, found);
        at = end != 0 ? end : at + run;
    }
    look_for_mail(text, found);
    look_for_births(text, found);
}

bool has_my_number_check(std::u32string_view digits) {
    // 番号法施行令 / 総務省令第85号: from the right, weights 2 to 7 and again 2 to 6.
    unsigned sum = 0;
    for (unsigned n = 1; n <= 11; ++n) {
        sum += (digits[11 - n] - U'0') * (n <= 6 ? n + 1 : n - 5);
    }
    const unsigned rest = sum % 11;
    return digits[11] - U'0' == (rest <= 1 ? 0 : 11 - rest);
}

bool may_be_alive(std::string_view date) {
    return date.substr(0, 4) >= "1900";
}

bool is_written_date(std::string_view cell) {
    for (const std::string_view born : {"生まれ", "生"}) {
        if (cell.ends_with(born)) {
            cell.remove_suffix(born.size());
            break;
        }
    }
    const Normalised date = normalise_date(cell);
    return (date.value.size() >= 7 && may_be_alive(date.value)) || (date.value.empty() && date.has("error:ambiguous"));
}

bool stands_out(const TwelveDigits& numbers, const ColumnSense& sense) {
    if (numbers.valid == 0 || sense.my_number) {
        return numbers.valid > 0;
    }
    // 202400000016 beside 202400000024: numbers that somebody gave out one after the other.
    constexpr std::uint64_t behind_six = 1'000'000;
    const bool serial = numbers.twelve > 1 && numbers.lowest / behind_six == numbers.highest / behind_six;
    if (serial && numbers.valid < numbers.twelve) {
        return false;
    }
    const std::uint64_t all = numbers.twelve + numbers.others;
    if (sense.amount) {
        return numbers.valid >= 2 && numbers.valid * 10 >= all * 6;
    }
    if (all == 1) {
        return true;
    }
    if (sense.identifier) {
        constexpr std::uint64_t few = 2;  // as in a text: of two numbers, one valid is enough to stop and ask
        return all <= few || (numbers.valid >= 2 && numbers.valid * 10 >= all * 6);
    }
    return numbers.valid * 10 >= all * (all < 20 ? 3 : 4);
}

}  // namespace kokai
