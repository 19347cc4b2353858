// SPDX-License-Identifier: Apache-2.0
#include "validate/quality.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <numeric>

namespace kokai {
namespace {

constexpr std::array<QualityPartInfo, quality_part_count> parts{{
    {QualityPart::required, "required", "必須の項目が入っている", "required fields are filled", 25},
    {QualityPart::recommended, "recommended", "推奨の項目が入っている", "recommended fields are filled", 15},
    {QualityPart::values, "validity", "値の書き方が正しい", "values are as they should be", 20},
    {QualityPart::rows, "rows", "直すところのない行", "rows with nothing to mend", 10},
    {QualityPart::unique, "uniqueness", "重複がない", "nothing is there twice", 10},
    {QualityPart::positions, "position", "位置が分かる", "the position is known", 10},
    {QualityPart::freshness, "freshness", "新しさが分かる", "how current it is", 10},
}};

constexpr std::uint32_t all_tenths = 1000;

/// Days since 1970-01-01 of an ISO date (the civil calendar), nothing when it is none.
std::optional<std::int64_t> day_number(std::string_view text) {
    if (text.size() < 10 || text[4] != '-' || text[7] != '-') {
        return {};
    }
    const auto number = [&](std::size_t from, std::size_t size) {
        std::int64_t value = -1;
        const std::string_view digits = text.substr(from, size);
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + size, value);
        return error == std::errc{} && end == digits.data() + size ? value : -1;
    };
    const std::int64_t month = number(5, 2);
    const std::int64_t day = number(8, 2);
    if (number(0, 4) < 0 || month < 1 || month > 12 || day < 1 || day > 31) {
        return {};
    }
    const std::int64_t year = number(0, 4) - (month <= 2 ? 1 : 0);  // years that begin in March
    const std::int64_t of_era = year % 400;
    const std::int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return year / 400 * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

/// One period of the frequency, with a month's grace for the work of publishing; 0 where no period can be told.
std::int64_t allowed_days(std::string_view frequency) {
    struct Period {
        std::string_view code;
        std::int64_t days;
    };
    constexpr std::array<Period, 7> periods{{{"BIENNIAL", 731},
                                             {"ANNUAL", 366},
                                             {"ANNUAL_2", 184},
                                             {"QUARTERLY", 92},
                                             {"MONTHLY", 31},
                                             {"WEEKLY", 7},
                                             {"DAILY", 1}}};
    const auto* const found =
        std::find_if(periods.begin(), periods.end(), [&](const Period& one) { return one.code == frequency; });
    return found == periods.end() ? 0 : found->days + 31;
}

}  // namespace

const QualityPartInfo& info(QualityPart part) {
    return parts[static_cast<std::size_t>(part)];
}

const PartScore* QualityScore::find(QualityPart part) const {
    const auto found = std::find_if(parts.begin(), parts.end(), [&](const PartScore& one) { return one.part == part; });
    return found == parts.end() ? nullptr : &*found;
}

QualityScore score_of(const QualityShares& shares) {
    QualityScore score;
    std::uint32_t weights = 0;
    for (const QualityPartInfo& one : parts) {
        const Share& share = shares[static_cast<std::size_t>(one.part)];
        if (share.of == 0) {
            score.left_out.push_back(one.part);
        } else {
            weights += one.weight;
            score.parts.push_back({one.part, {std::min(share.good, share.of), share.of}, 0, 0});
        }
    }
    // The points of parts that do not apply go to the others by their weight; what rounding leaves over goes to those
    // that lost most by it, so that the parts add up to 100.
    std::vector<std::size_t> by_rest(score.parts.size());
    std::iota(by_rest.begin(), by_rest.end(), std::size_t{0});
    std::uint32_t given = 0;
    for (PartScore& part : score.parts) {
        part.of = all_tenths * info(part.part).weight / weights;
        given += part.of;
    }
    std::stable_sort(by_rest.begin(), by_rest.end(), [&](std::size_t a, std::size_t b) {
        return all_tenths * info(score.parts[a].part).weight % weights >
               all_tenths * info(score.parts[b].part).weight % weights;
    });
    for (std::size_t i = 0; !by_rest.empty() && given < all_tenths; ++i, ++given) {
        ++score.parts[by_rest[i % by_rest.size()]].of;
    }
    for (PartScore& part : score.parts) {
        part.points = static_cast<std::uint32_t>(part.of * part.share.good / part.share.of);
        score.points += part.points;
    }
    return score;
}

double gain_of(const PartScore& part, std::uint64_t count) {
    const std::uint64_t wrong = part.share.of - part.share.good;
    return static_cast<double>(part.of) * static_cast<double>(std::min(count, wrong)) /
           static_cast<double>(part.share.of);
}

std::optional<QualityPart> part_of(Code code) {
    switch (code) {
    case Code::required_missing:
        return QualityPart::required;  // or recommended: the field says
    case Code::id_duplicate:
    case Code::place_duplicate:
        return QualityPart::unique;
    case Code::position_missing:
    case Code::position_half:
    case Code::position_unreadable:
    case Code::position_outside_japan:
    case Code::position_zero:
    case Code::position_swapped:
        return QualityPart::positions;
    case Code::encoding_broken:
    case Code::encoding_ambiguous:
    case Code::character_lost:
    case Code::integer_too_large:
    case Code::cell_error_value:
    case Code::formula_without_value:
    case Code::struck_text:
    case Code::value_not_carried:
    case Code::value_not_in_table:
    case Code::pattern_unmatched:
    case Code::join_ambiguous:
    case Code::link_not_public:
    case Code::furigana_doubtful:
    case Code::date_unreadable:
    case Code::date_era_range:
    case Code::date_partial:
    case Code::date_weekday:
    case Code::date_time_dropped:
    case Code::date_lunar:
    case Code::period_unreadable:
    case Code::fiscal_year_unreadable:
    case Code::time_unreadable:
    case Code::time_end_of_day:
    case Code::number_unreadable:
    case Code::number_approximate:
    case Code::phone_unreadable:
    case Code::phone_extension:
    case Code::phone_fax:
    case Code::leading_zero_restored:
    case Code::flag_unreadable:
    case Code::code_check_digit_added:
    case Code::code_wrong:
    case Code::code_unknown:
    case Code::corporate_number_wrong:
    case Code::postal_code_unreadable:
    case Code::weekdays_unreadable:
    case Code::url_unreadable:
    case Code::poi_from_name:
    case Code::poi_wrong:
    case Code::unit_differs:
    case Code::value_not_allowed:
    case Code::pattern_violated:
    case Code::value_out_of_range:
    case Code::order_reversed:
    case Code::fields_disagree:
    case Code::code_name_differs:
    case Code::address_elsewhere:
    case Code::rule_broken:
    case Code::formula_like:
    case Code::private_use_character:
    case Code::total_mismatch:
    case Code::share_mismatch:
    case Code::geometry_invalid:
        return QualityPart::values;
    default:
        return {};
    }
}

Freshness freshness_of(const FreshnessFacts& facts) {
    constexpr std::uint64_t frequency_points = 300;
    constexpr std::uint64_t modified_points = 300;
    constexpr std::uint64_t age_points = 400;
    constexpr std::int64_t grace = 31;  // a file is opened and saved again while it is being published
    Freshness fresh;
    fresh.frequency = !facts.frequency.empty();
    const std::optional<std::int64_t> modified = day_number(facts.modified);
    const std::optional<std::int64_t> data = day_number(facts.data_date);
    fresh.modified = modified.has_value();
    fresh.share.of = frequency_points + modified_points;
    fresh.share.good = (fresh.frequency ? frequency_points : 0) + (fresh.modified ? modified_points : 0);
    if (!modified || !data) {
        return fresh;
    }
    fresh.days = *modified - *data;
    if (fresh.days < -grace) {
        fresh.saved_later = true;
        fresh.share.good -= modified_points / 2;
    }
    fresh.allowed = allowed_days(facts.frequency);
    if (fresh.allowed > 0) {
        fresh.share.of += age_points;
        fresh.share.good += fresh.days <= fresh.allowed ? age_points
                                                        : age_points * static_cast<std::uint64_t>(fresh.allowed) /
                                                              static_cast<std::uint64_t>(fresh.days);
    }
    return fresh;
}

std::string tenths_text(std::uint32_t tenths) {
    return fmt::format("{}.{}", tenths / 10, tenths % 10);
}

}  // namespace kokai
