// SPDX-License-Identifier: Apache-2.0
#include "read/xlsx_format.hpp"

#include "read/xlsx_decimal.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace kokai {
namespace {

/// Words carry meaning; dashes, brackets and triangles only dress the number.
bool has_words(std::string_view text) {
    constexpr std::array<std::string_view, 14> dress{"－", "―",  "‐",  "−",  "–",  "—",  "△",
                                                     "▲",  "　", "ー", "（", "）", "．", "・"};
    while (!text.empty()) {
        const auto lead = static_cast<unsigned char>(text.front());
        if (lead < 0x80) {
            if ((lead >= '0' && lead <= '9') || (lead >= 'A' && lead <= 'Z') || (lead >= 'a' && lead <= 'z')) {
                return true;
            }
            text.remove_prefix(1);
            continue;
        }
        const auto found =
            std::find_if(dress.begin(), dress.end(), [&](std::string_view one) { return text.starts_with(one); });
        if (found == dress.end()) {
            return true;
        }
        text.remove_prefix(found->size());
    }
    return false;
}

/// A literal of a negative section without the marks that say "minus".
std::string without_minus_marks(std::string_view text) {
    constexpr std::array<std::string_view, 7> marks{"△", "▲", "−", "－", "（", "）", "　"};
    std::string kept;
    while (!text.empty()) {
        const auto found =
            std::find_if(marks.begin(), marks.end(), [&](std::string_view one) { return text.starts_with(one); });
        if (found != marks.end()) {
            text.remove_prefix(found->size());
            continue;
        }
        if (std::string_view("-() ").find(text.front()) == std::string_view::npos) {
            kept += text.front();
        }
        text.remove_prefix(1);
    }
    return kept;
}

bool holds(char relation, double value, double limit) {
    switch (relation) {
    case '<':
        return value < limit;
    case '>':
        return value > limit;
    case 'l':
        return value <= limit;
    case 'g':
        return value >= limit;
    case 'n':
        return value < limit || value > limit;
    default:
        return !(value < limit) && !(value > limit);
    }
}

void trim(std::string& text) {
    const std::size_t end = text.find_last_not_of(' ');
    text.erase(end == std::string::npos ? 0 : end + 1);
    text.erase(0, std::min(text.find_first_not_of(' '), text.size()));
}

/// Already what General shows: digits, at most one point, no zeros to cut, not too many digits.
bool is_plain_already(std::string_view text) {
    const bool negative = text.starts_with('-');
    text.remove_prefix(negative ? 1 : 0);
    if (text.empty() || text.size() > Decimal::most_digits || text.front() < '0' || text.front() > '9') {
        return false;
    }
    bool point = false;
    for (const char letter : text) {
        if (letter == '.') {
            if (point) {
                return false;
            }
            point = true;
        } else if (letter < '0' || letter > '9') {
            return false;
        }
    }
    const bool zero_led = text.front() == '0' && text.size() > 1 && text[1] != '.';
    return !zero_led && (!point || (text.back() != '0' && text.back() != '.')) && (text != "0" || !negative);
}

}  // namespace

const NumberFormat::Section& NumberFormat::section_for(double value, bool& negative_section) const {
    const std::size_t count = std::min<std::size_t>(sections_.size(), 3);  // a fourth is for texts
    const bool conditional =
        std::any_of(sections_.begin(), sections_.end(), [](const Section& s) { return s.condition.has_value(); });
    negative_section = false;
    if (!conditional) {
        if (value < 0 && count >= 2) {
            negative_section = true;
            return sections_[1];
        }
        return sections_[value == 0 && count >= 3 ? 2 : 0];
    }
    for (std::size_t i = 0; i < count; ++i) {
        const auto& condition = sections_[i].condition;
        const bool last = i + 1 == count;
        const bool fits = condition ? holds(condition->relation, value, condition->value)
                                    : (last || (i == 1 ? value < 0 : value > 0));
        if (fits) {
            negative_section = value < 0 && i > 0;
            return sections_[i];
        }
    }
    return sections_[count - 1];
}

NumberFormat::Shown NumberFormat::show(std::string_view stored, DateSystem dates, Arena& into) const {
    if (general_ && is_plain_already(stored)) {
        return {stored, false};
    }
    const std::optional<Decimal> number = read_decimal(stored);
    if (!number) {
        return {stored, false};
    }
    thread_local std::string out;
    out.clear();
    bool rounded = false;
    if (general_) {
        append_plain(out, *number);
    } else {
        const double value = number->as_double();
        bool negative_section = false;
        const Section& section = section_for(value, negative_section);
        if (section.kind == Kind::moment) {
            if (!show_moment(section, value, dates, out)) {
                out.clear();
                append_plain(out, *number);
            }
        } else if (section.kind == Kind::general && section.tokens.empty()) {
            append_plain(out, *number);
        } else {
            rounded = show_number(section, *number, negative_section, out);
        }
    }
    return {into.keep(out), rounded};
}

/// True when digits of the number are not shown.
bool NumberFormat::show_number(const Section& section, const Decimal& stored, bool negative_section, std::string& out) {
    std::string words;
    bool has_zero_place = false, has_general = false;
    for (const Token& token : section.tokens) {
        words += token.part == Part::literal ? token.text : "";
        has_zero_place = has_zero_place || token.part == Part::zero;
        has_general = has_general || token.part == Part::general;
    }
    const bool has_digits = has_general || section.whole_places + section.places > 0;
    if (section.as_stored || !has_digits || (stored.is_zero() && !has_zero_place && !has_words(words))) {
        // `"-"??` for zero, nothing for hidden: the number stays. `[=1]"有"` means its word.
        if (!section.as_stored && !has_digits && has_words(words)) {
            trim(words);
            out += words;
        } else {
            append_plain(out, stored);
        }
        return false;
    }
    Decimal number = stored;
    if (!number.is_zero()) {
        number.point += section.shift;
    }
    const bool rounded = !has_general && round_to(number, section.places);
    std::string whole, fraction;
    split(number, section.places, whole, fraction);
    if (number.negative) {
        out += '-';
    }
    // Behind the point: as many digits as the last `0` of the format or the last digit of the number asks for.
    std::size_t fraction_shown = fraction.find_last_not_of('0') + 1;
    std::size_t place = 0;
    bool behind_point = false;
    for (const Token& token : section.tokens) {
        behind_point = behind_point || token.part == Part::point;
        if (behind_point && (token.part == Part::zero || token.part == Part::hash)) {
            ++place;
            fraction_shown = token.part == Part::zero ? std::max(fraction_shown, place) : fraction_shown;
        }
    }
    behind_point = false;
    place = 0;
    auto whole_left = static_cast<std::size_t>(section.whole_places);
    bool any_digit = false;
    bool zeros_due = false;  // from the first `0` on, every place shows a digit
    for (const Token& token : section.tokens) {
        switch (token.part) {
        case Part::zero:
        case Part::hash:
            if (behind_point) {
                if (place < fraction_shown) {
                    out += (place == 0 ? "." : "");
                    out += fraction[place];
                }
                ++place;
                break;
            }
            zeros_due = zeros_due || token.part == Part::zero;
            if (!any_digit && whole.size() > whole_left) {
                out.append(whole, 0, whole.size() - whole_left);
                any_digit = true;
            }
            if (whole_left <= whole.size()) {
                out += whole[whole.size() - whole_left];
                any_digit = true;
            } else if (zeros_due || (whole_left == 1 && !any_digit)) {
                out += '0';  // `#` shows nothing for 0, and `#.0` shows .5: a person means 0 and 0.5
                any_digit = true;
            }
            --whole_left;
            break;
        case Part::point:
            behind_point = true;
            if (section.whole_places == 0) {
                out += whole.empty() ? "0" : whole;
            }
            break;
        case Part::general: {
            Decimal positive = number;
            positive.negative = false;
            append_plain(out, positive);
            break;
        }
        default:
            out += negative_section ? without_minus_marks(token.text) : token.text;
        }
    }
    trim(out);
    return rounded;
}

}  // namespace kokai
