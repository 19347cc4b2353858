// SPDX-License-Identifier: Apache-2.0
// A fiscal year belongs to an era when any day of it does: 平成31年度 and 令和元年度 are the same year, 平成32年度 is a
// slip.
#include "normalise/fiscal_year.hpp"

#include "normalise/era.hpp"
#include "normalise/reading.hpp"

namespace kokai {

namespace {

constexpr std::string_view invalid = "error:invalid-fiscal-year";

struct FiscalYear {
    int year = 0;
    const Era* era = nullptr;
};

std::optional<FiscalYear> read_one(std::string_view text, const Era* inherited) {
    Scanner scanner(text);
    scanner.spaces();
    scanner.take("FY");
    const auto year = take_year(scanner, inherited);
    if (!year) {
        return std::nullopt;
    }
    scanner.take("度");
    // 令和5年度(2023年度), 平成31・令和元年度: two names of one year.
    const std::size_t behind = scanner.position();
    scanner.spaces();
    const bool bracket = scanner.take("(");
    if (bracket || scanner.take("・")) {
        const auto other = take_year(scanner);
        scanner.take("度");
        if (!other || other->year != year->year || (bracket && !scanner.take(")"))) {
            scanner.back_to(behind);
        }
    }
    scanner.spaces();
    if (!scanner.at_end()) {
        return std::nullopt;
    }
    return FiscalYear{year->year, year->era};
}

bool is_out_of_era(const FiscalYear& fiscal) {
    if (fiscal.era == nullptr) {
        return false;
    }
    const Day first{fiscal.year, 4, 1};
    const Day last{fiscal.year + 1, 3, 31};
    return first > fiscal.era->last || last < fiscal.era->first;
}

bool is_year(std::string_view text) {
    return text.size() == 4 && all_digits(text) && (text.front() == '1' || text.front() == '2');
}

}  // namespace

bool is_clean_fiscal_year(std::string_view text) {
    return is_year(text) || (text.size() == 9 && text[4] == '/' && is_year(text.substr(0, 4)) &&
                             is_year(text.substr(5)) && text.substr(0, 4) <= text.substr(5));
}

Normalised normalise_fiscal_year(std::string_view input) {
    const Reading reading = open_value(input);
    if (reading.answer) {
        return *reading.answer;
    }
    if (is_clean_fiscal_year(reading.text)) {
        return value_only(reading.text);
    }
    const std::string text = replace_all(reading.text, "から", "~");
    std::string_view whole = text;
    const bool until = drop_suffix(whole, "まで");
    const std::size_t dash = whole.find_first_of("~-");
    if (until && dash == std::string_view::npos) {
        return flag_only(invalid);  // 令和6年度まで is not that year alone
    }
    Normalised result;
    const auto first = read_one(whole.substr(0, dash), nullptr);
    if (!first) {
        return flag_only(invalid);
    }
    result.value = std::to_string(first->year);
    bool out_of_era = is_out_of_era(*first);
    if (dash != std::string_view::npos) {
        const auto last = read_one(whole.substr(dash + 1), first->era);
        if (!last || last->year < first->year) {
            return flag_only(invalid);
        }
        result.value += "/" + std::to_string(last->year);
        out_of_era = out_of_era || is_out_of_era(*last);
    }
    if (out_of_era) {
        result.flags.emplace_back("warn:era-range");
    }
    return result;
}

}  // namespace kokai
