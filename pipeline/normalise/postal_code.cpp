// SPDX-License-Identifier: Apache-2.0
// Six digits have lost one zero; five may be the old form with five digits or two lost zeros, so they are refused.
#include "normalise/postal_code.hpp"

#include "normalise/reading.hpp"

namespace kokai {

bool is_seven_digits(std::string_view text) {
    return text.size() == 7 && all_digits(text) && text.substr(0, 3) != "000";
}

bool is_clean_postal_code(std::string_view text) {
    return text.size() == 8 && text[3] == '-' && all_digits(text.substr(0, 3)) && all_digits(text.substr(4)) &&
           text.substr(0, 3) != "000";
}

Normalised normalise_postal_code(std::string_view input) {
    const Reading reading = open_value(input);
    if (reading.answer) {
        return *reading.answer;
    }
    const std::string inner = without_brackets(reading.text);
    std::string_view text = inner;
    drop_suffix(text, ".0");  // 3718601.0 of a spreadsheet
    drop_prefix(text, "郵便番号");
    drop_prefix(text, ":");
    while (drop_prefix(text, " ")) {
    }
    drop_prefix(text, "〒");
    std::string digits;
    std::size_t hyphens = 0;
    std::size_t behind_hyphen = 0;
    for (const char c : text) {
        if (is_digit(c)) {
            digits.push_back(c);
            behind_hyphen += hyphens;
        } else if (c == '-' && !digits.empty()) {
            ++hyphens;
        } else if (c != ' ') {
            return flag_only("error:not-a-postal-code");
        }
    }
    if (hyphens > 1 || (hyphens == 1 && behind_hyphen != 4)) {
        return flag_only("error:length");
    }
    Normalised result;
    if (digits.size() == 6) {
        digits.insert(0, 1, '0');
        result.flags.emplace_back("warn:leading-zero-restored");
    }
    if (digits.size() != 7) {
        return flag_only(digits.empty() ? "error:not-a-postal-code" : "error:length");
    }
    if (digits.substr(0, 3) == "000") {  // 000-0000 fills a form; no post office has it
        return flag_only("error:not-a-postal-code");
    }
    result.value = digits.substr(0, 3) + "-" + digits.substr(3);
    return result;
}

}  // namespace kokai
