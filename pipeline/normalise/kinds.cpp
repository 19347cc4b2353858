// SPDX-License-Identifier: Apache-2.0
// A new kind is one line in each table. The printing forms of columns differ from the canonical ones of the command
// where the standards say so (rules of 自治体標準オープンデータセット): 有/無, 1 or empty, seven digits, whole dates.
#include "normalise/kinds.hpp"

#include "normalise/code.hpp"
#include "normalise/date.hpp"
#include "normalise/fiscal_year.hpp"
#include "normalise/flag.hpp"
#include "normalise/hours.hpp"
#include "normalise/kana.hpp"
#include "normalise/latlon.hpp"
#include "normalise/number.hpp"
#include "normalise/phone.hpp"
#include "normalise/poi.hpp"
#include "normalise/postal_code.hpp"
#include "normalise/reading.hpp"
#include "normalise/text.hpp"
#include "normalise/time.hpp"
#include "normalise/url.hpp"
#include "normalise/weekdays.hpp"

#include <algorithm>
#include <array>

namespace kokai {

namespace {

constexpr std::array kinds{
    KindInfo{"text", normalise_text, is_clean_text},
    KindInfo{"phone", normalise_phone, is_clean_phone},
    KindInfo{"date", normalise_date, is_clean_date},
    KindInfo{"time", normalise_time, is_clean_time},
    KindInfo{"period", normalise_period, is_clean_period},
    KindInfo{"fiscal_year", normalise_fiscal_year, is_clean_fiscal_year},
    KindInfo{"number", normalise_number, is_clean_number},
    KindInfo{"flag", normalise_flag, is_clean_flag},
    KindInfo{"kana_fullwidth", normalise_kana_fullwidth, is_clean_kana_fullwidth},
    KindInfo{"kana_katakana", normalise_kana_katakana, is_clean_kana_katakana},
    KindInfo{"postal_code", normalise_postal_code, is_clean_postal_code},
    KindInfo{"code", normalise_code, is_clean_code},
    KindInfo{"corporate_number", normalise_corporate_number, is_clean_corporate_number},
    KindInfo{"weekdays", normalise_weekdays, is_clean_weekdays},
    KindInfo{"hours", normalise_hours, is_clean_hours},
    KindInfo{"poi", normalise_poi, is_clean_poi},
    KindInfo{"url", normalise_url, is_clean_url},
    KindInfo{"latlon", normalise_latlon, is_clean_latlon},
};

// --- the forms that columns hold
// ----------------------------------------------------------------------------------------

bool is_flag_word(std::string_view text) {
    return text == "有" || text == "無";
}

Normalised read_flag_word(std::string_view input) {
    Normalised result = normalise_flag(input);
    if (!result.value.empty()) {
        result.value = result.value == "1" ? "有" : "無";
    }
    return result;
}

bool is_flag_one(std::string_view text) {
    return text == "1";
}

/// 1 or empty, never 0.
Normalised read_flag_one(std::string_view input) {
    Normalised result = normalise_flag(input);
    if (result.value == "0") {
        result.value.clear();
    }
    return result;
}

Normalised read_seven_digits(std::string_view input) {
    Normalised result = normalise_postal_code(input);
    result.value.erase(std::remove(result.value.begin(), result.value.end(), '-'), result.value.end());
    return result;
}

/// A column holds one date; one without its day is published as it is known.
Normalised read_one_date(std::string_view input) {
    Normalised result = normalise_date(input);
    if (result.value.find_first_of("/;") != std::string::npos) {
        return flag_only("error:invalid-date");
    }
    if (!result.value.empty() && result.value.size() < 10) {
        result.flags.emplace_back("warn:partial");
    }
    return result;
}

Normalised read_one_time(std::string_view input) {
    Normalised result = normalise_time(input);
    return result.value.find('/') == std::string::npos ? result : flag_only("error:invalid-time");
}

/// 12.0 is 12, 12.5 is none.
Normalised read_integer(std::string_view input) {
    Normalised result = normalise_number(input);
    const std::size_t point = result.value.find('.');
    if (point != std::string::npos) {
        if (result.value.find_first_not_of('0', point + 1) != std::string::npos) {
            return flag_only("error:not-a-number");
        }
        result.value.erase(point);
        if (result.value == "-0") {
            result.value = "0";
        }
    }
    return result;
}

/// A column holds the days alone; where the table has a column for remarks, SplitAvailability has moved them there.
Normalised read_weekdays_alone(std::string_view input) {
    Normalised result = normalise_weekdays(input);
    const bool has_note = std::any_of(result.flags.begin(), result.flags.end(),
                                      [](const std::string& flag) { return flag.rfind("note:", 0) == 0; });
    return has_note ? flag_only("error:exceptions") : result;
}

/// A bare year is a fiscal year in such a column; a range of them is not one year.
Normalised read_one_fiscal_year(std::string_view input) {
    Normalised result = normalise_fiscal_year(input);
    return result.value.find('/') == std::string::npos ? result : flag_only("error:invalid-fiscal-year");
}

bool is_one_fiscal_year(std::string_view text) {
    return text.size() == 4 && is_clean_fiscal_year(text);
}

/// Addresses of mail are ASCII: all folds.
bool is_clean_email(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7F; }) && !is_empty_marker(text);
}

Normalised read_email(std::string_view input) {
    const Reading reading = open_value(input);
    return reading.answer ? *reading.answer : value_only(reading.text);
}

constexpr std::array text_flags{FlagCode{"control-character", Code::control_character}};
constexpr std::array date_flags{
    FlagCode{"warn:era-range", Code::date_era_range}, FlagCode{"warn:weekday", Code::date_weekday},
    FlagCode{"warn:time-dropped", Code::date_time_dropped}, FlagCode{"warn:partial", Code::date_partial},
    FlagCode{"error:lunar-calendar", Code::date_lunar}};
constexpr std::array time_flags{FlagCode{"warn:end-of-day", Code::time_end_of_day}};
constexpr std::array number_flags{FlagCode{"warn:approximate", Code::number_approximate},
                                  FlagCode{"unit:", Code::unit_removed}};
constexpr std::array phone_flags{FlagCode{"warn:leading-zero-restored", Code::leading_zero_restored},
                                 FlagCode{"ext:", Code::phone_extension}, FlagCode{"fax:", Code::phone_fax}};
constexpr std::array code_flags{FlagCode{"warn:leading-zero-restored", Code::leading_zero_restored},
                                FlagCode{"warn:check-digit-added", Code::code_check_digit_added},
                                FlagCode{"warn:unknown-code", Code::code_unknown}};

constexpr std::array poi_flags{FlagCode{"warn:leading-zero-restored", Code::leading_zero_restored},
                               FlagCode{"poi:", Code::poi_from_name}};

constexpr std::array rules{
    ColumnRules{Kind::text, is_surely_clean_text, normalise_text, Code::text_normalised, Code::encoding_broken,
                text_flags},
    ColumnRules{Kind::verbatim, is_surely_clean_verbatim, normalise_verbatim, Code::control_character,
                Code::encoding_broken, text_flags},
    ColumnRules{Kind::kana, is_surely_clean_kana_katakana, normalise_kana_katakana, Code::kana_rewritten,
                Code::encoding_broken, text_flags},
    ColumnRules{Kind::identifier, is_surely_clean_text, normalise_text, Code::text_normalised, Code::encoding_broken,
                text_flags},
    ColumnRules{Kind::integer, is_clean_integer, read_integer, Code::number_rewritten, Code::number_unreadable,
                number_flags},
    ColumnRules{Kind::number, is_clean_number, normalise_number, Code::number_rewritten, Code::number_unreadable,
                number_flags},
    ColumnRules{Kind::date, is_full_date, read_one_date, Code::date_rewritten, Code::date_unreadable, date_flags},
    ColumnRules{Kind::time, is_clock_time, read_one_time, Code::time_rewritten, Code::time_unreadable, time_flags},
    ColumnRules{Kind::phone, is_legal_phone, normalise_phone, Code::phone_rewritten, Code::phone_unreadable,
                phone_flags},
    ColumnRules{
        Kind::flag_word, is_flag_word, read_flag_word, Code::flag_rewritten, Code::flag_unreadable, {}, "有・無"},
    ColumnRules{Kind::flag_one, is_flag_one, read_flag_one, Code::flag_rewritten, Code::flag_unreadable, {}, "1・空欄"},
    ColumnRules{Kind::lg_code, is_clean_code, normalise_code, Code::code_rewritten, Code::code_wrong, code_flags},
    ColumnRules{Kind::corporate_number, is_clean_corporate_number, normalise_corporate_number, Code::code_rewritten,
                Code::corporate_number_wrong, code_flags},
    ColumnRules{Kind::postal_code, is_seven_digits, read_seven_digits, Code::postal_code_rewritten,
                Code::postal_code_unreadable, code_flags},
    ColumnRules{
        Kind::latitude, is_clean_latlon, normalise_latlon, Code::position_rewritten, Code::position_unreadable, {}},
    ColumnRules{
        Kind::longitude, is_clean_latlon, normalise_latlon, Code::position_rewritten, Code::position_unreadable, {}},
    ColumnRules{Kind::url, is_clean_url, normalise_url, Code::url_rewritten, Code::url_unreadable, {}, {}, false},
    ColumnRules{Kind::email, is_clean_email, read_email, Code::text_normalised, Code::encoding_broken, {}},
    ColumnRules{Kind::weekdays,
                is_clean_weekdays,
                read_weekdays_alone,
                Code::weekdays_rewritten,
                Code::weekdays_unreadable,
                {}},
    ColumnRules{Kind::poi, is_clean_poi, normalise_poi_code, Code::code_rewritten, Code::poi_wrong, poi_flags},
    ColumnRules{Kind::fiscal_year, is_one_fiscal_year, read_one_fiscal_year, Code::date_rewritten,
                Code::fiscal_year_unreadable, date_flags},
    ColumnRules{Kind::period, is_clean_period, normalise_period, Code::date_rewritten, Code::period_unreadable,
                date_flags},
    ColumnRules{Kind::percent, is_clean_number, normalise_number, Code::number_rewritten, Code::number_unreadable,
                number_flags},
};

/// The table is indexed by the enum, so a kind that is missing or out of order must not compile.
constexpr bool is_in_order() {
    for (std::size_t i = 0; i < rules.size(); ++i) {
        if (rules.at(i).kind != static_cast<Kind>(i)) {
            return false;
        }
    }
    return rules.size() == static_cast<std::size_t>(Kind::percent) + 1;
}
static_assert(is_in_order());

}  // namespace

std::span<const KindInfo> normalise_kinds() {
    return kinds;
}

const KindInfo* find_kind(std::string_view name) {
    const auto* const found =
        std::find_if(kinds.begin(), kinds.end(), [&](const KindInfo& kind) { return kind.name == name; });
    return found == kinds.end() ? nullptr : found;
}

const ColumnRules& rules_for(Kind kind) {
    return rules.at(static_cast<std::size_t>(kind));
}

const Code* code_of(const ColumnRules& column, std::string_view flag) {
    static constexpr Code broken = Code::encoding_broken;
    for (const FlagCode& entry : column.flags) {
        const bool fits =
            entry.flag.back() == ':' ? flag.substr(0, entry.flag.size()) == entry.flag : flag == entry.flag;
        if (fits) {
            return &entry.code;
        }
    }
    if (flag == "error:encoding") {
        return &broken;
    }
    return flag == "not-a-number" || flag.substr(0, 6) == "error:" ? &column.unreadable : nullptr;
}

}  // namespace kokai
