// SPDX-License-Identifier: Apache-2.0
#include "map/compound.hpp"

#include "locate/position_cell_column.hpp"
#include "map/span_pair.hpp"
#include "normalise/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace kokai {
namespace {

// Both fields get the whole cell: SplitAvailability and SplitSharedCells of `normalise` part times and days, and keep
// what is beyond the span; SplitPositions of `locate` parts positions, in any of their writings.
constexpr std::string_view whole_cell;
constexpr std::string_view name_pattern = R"(^\s*(.+?)\s*(?:[(（]([^()（）]*)[)）])?\s*$)";

constexpr double by_header_and_values = 0.95;
constexpr double by_values = 0.85;
constexpr double by_header = 0.75;

bool is_one_of(const HeaderName& header, std::initializer_list<std::string_view> keys) {
    return std::any_of(header.forms.begin(), header.forms.end(), [&](const HeaderForm& form) {
        return std::any_of(keys.begin(), keys.end(), [&](std::string_view key) {
            const std::string loose = loose_key(key);
            return form.key == loose ||
                   (characters(loose) >= 4 && form.key.size() > loose.size() && form.key.ends_with(loose));
        });
    });
}

const Field* field_of(const std::vector<const Field*>& free, std::initializer_list<std::string_view> english) {
    for (const std::string_view name : english) {
        for (const Field* field : free) {
            if (field->english == name) {
                return field;
            }
        }
    }
    return nullptr;
}

Proposal part_of(const SampledColumn& column, std::size_t at, const Field& field, std::string_view pattern, int group,
                 double confidence, const Evidence& evidence) {
    Proposal part;
    part.field = &field;
    part.columns = {at};
    part.spec.field = field.name;
    part.spec.from = {column.header};
    part.spec.pattern = pattern;
    part.spec.group = group;
    part.confidence = confidence;
    part.evidence = evidence;
    return part;
}

std::vector<Proposal> two(const SampledColumn& column, std::size_t at, const Field& first, const Field& second,
                          std::string_view pattern, double confidence, const Evidence& evidence) {
    return {part_of(column, at, first, pattern, 1, confidence, evidence),
            part_of(column, at, second, pattern, 2, confidence, evidence)};
}

/// The name says one of the two alone, whatever stands over it: 利用時間_開始時間.
bool names_one(const HeaderName& name, const Field& first, const Field& second) {
    return FieldNames(first).match(name, false).score >= sure_enough ||
           FieldNames(second).match(name, false).score >= sure_enough;
}

/// Another column of the table looks like it holds the field by itself.
bool has_column_of_its_own(const std::vector<SampledColumn>& columns, std::size_t but, const Field& field) {
    const FieldNames names(field);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (i != but && names.match(columns[i].name, false).score >= sure_enough &&
            fit_of(field, columns[i].profile()).fit >= 0) {
            return true;
        }
    }
    return false;
}

std::string per_cent(double share) {
    return fmt::format("{:.0f} %", share * 100);
}

Evidence splits(const Field& first, const Field& second, ValueLook look, double share) {
    const LookName name = name_of(look);
    return {fmt::format("一つのセルに「{}」と「{}」、値の {} が{}", first.name, second.name, per_cent(share), name.ja),
            fmt::format("one cell holds {} and {}, {} of the values are {}", first.name, second.name, per_cent(share),
                        name.en)};
}

Evidence header_says(const Field& first, const Field& second) {
    return {fmt::format("見出しは「{}」と「{}」を一つのセルに持つ列の呼び名", first.name, second.name),
            fmt::format("the header is a usual one for {} and {} in one cell", first.name, second.name)};
}

std::vector<Proposal> position(const std::vector<SampledColumn>& columns, std::size_t at,
                               const std::vector<const Field*>& free) {
    const SampledColumn& column = columns[at];
    const Field* latitude = field_of(free, {"latitude"});
    const Field* longitude = field_of(free, {"longitude"});
    const double lat_lon = column.profile().share(ValueLook::lat_lon);
    const double lon_lat = column.profile().share(ValueLook::lon_lat);
    if (latitude == nullptr || longitude == nullptr || column.values.empty() ||
        has_column_of_its_own(columns, at, *latitude)) {
        return {};
    }
    const bool decimals = std::max(lat_lon, lon_lat) >= 0.8;
    // Other writings under a usual header only: this is asked for every schema, and under any other header the column
    // is found when the schema is known.
    const bool usual = is_position_cell_header(column.header);
    if (!decimals && !(usual && position_cell_column(column.header, {column.values.begin(), column.values.end()}))) {
        return {};
    }
    const bool named =
        usual || is_one_of(column.name, {"緯度経度", "経度緯度", "座標", "位置", "位置情報", "経緯度", "location",
                                         "latlng", "latlon", "coordinates", "geo", "position"});
    const double confidence = named ? by_header_and_values : by_values;
    if (!decimals) {
        return two(column, at, *latitude, *longitude, whole_cell, confidence,
                   {"一つのセルに位置の二つの数", "one cell holds both numbers of a position"});
    }
    if (lat_lon >= lon_lat) {
        return two(column, at, *latitude, *longitude, whole_cell, confidence,
                   splits(*latitude, *longitude, ValueLook::lat_lon, lat_lon));
    }
    return two(column, at, *longitude, *latitude, whole_cell, confidence,
               splits(*longitude, *latitude, ValueLook::lon_lat, lon_lat));
}

bool names_hours(const HeaderName& name) {
    return is_one_of(name,
                     {"利用時間", "利用可能時間", "利用可能な時間", "営業時間", "開館時間", "開園時間", "開所時間",
                      "診療時間", "開設時間", "開場時間", "使用可能時間", "時間", "hours", "business_hours"});
}

/// 面会時間 or 見学時間 beside 診療時間 or 開館時間: the other one is the place's own.
bool has_plain_hours(const std::vector<SampledColumn>& columns, std::size_t but) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (i != but && names_hours(columns[i].name) && columns[i].profile().share(ValueLook::time_span) > 0) {
            return true;
        }
    }
    return false;
}

std::vector<Proposal> times(const std::vector<SampledColumn>& columns, std::size_t at,
                            const std::vector<const Field*>& free) {
    const SampledColumn& column = columns[at];
    const Field* start = field_of(free, {"startTime", "consultationStartTime"});
    const Field* end = field_of(free, {"endTime", "consultationEndTime"});
    const bool named = names_hours(column.name);
    const double spans = column.profile().share(ValueLook::time_span);
    // Any other 見学時間, but hours of an office or a counter are not those of the place.
    static constexpr std::array<std::string_view, 12> of_another{"受付", "電話", "相談", "申込", "問合", "預かり",
                                                                 "窓口", "面会", "清掃", "点検", "収集", "放送"};
    const std::string& all = column.name.forms.empty() ? column.header : column.name.forms.front().key;
    const std::string& key = column.name.base.empty() ? all : column.name.base;  // 保育時間（平日）
    const bool of_times = (key.ends_with("時間") || key.ends_with("時間帯")) &&
                          std::none_of(of_another.begin(), of_another.end(),
                                       [&](std::string_view word) { return all.find(word) != std::string::npos; });
    if (start == nullptr || end == nullptr || has_column_of_its_own(columns, at, *end)) {
        return {};
    }
    const Field* notes = field_of(free, {"availabilityNotes", "consultationNotes"});
    // Where the header says hours, a few odd cells (施設の開館時間による) go to the remarks and keep none whole.
    const double enough = !named ? 0.9 : notes != nullptr ? 0.5 : 0.6;
    if (spans >= enough && (named || ((of_times || column.name.says_nothing) && !has_plain_hours(columns, at)))) {
        return two(column, at, *start, *end, whole_cell,
                   named      ? by_header_and_values
                   : of_times ? by_values
                              : by_header,
                   splits(*start, *end, ValueLook::time_span, spans));
    }
    if (named && column.profile().filled == 0 && !names_one(column.name, *start, *end)) {
        return two(column, at, *start, *end, whole_cell, by_header, header_says(*start, *end));
    }
    if (named && notes != nullptr && spans > 0 && column.profile().share(ValueLook::time) < 0.5 &&
        !has_column_of_its_own(columns, at, *notes)) {
        // Hours told in sentences stay one text.
        Proposal whole = part_of(column, at, *notes, {}, 1, by_header,
                                 {fmt::format("時間の列で、値の {} だけが時間帯の形", per_cent(spans)),
                                  fmt::format("hours, but only {} of the values are plain spans", per_cent(spans))});
        return {std::move(whole)};
    }
    return {};
}

std::vector<Proposal> dates(const std::vector<SampledColumn>& columns, std::size_t at,
                            const std::vector<const Field*>& free) {
    const SampledColumn& column = columns[at];
    const Field* start = field_of(free, {"startDate"});
    const Field* end = field_of(free, {"endDate"});
    const double spans = column.profile().share(ValueLook::date_span);
    if (start == nullptr || end == nullptr || spans < 0.05 || spans + column.profile().share(ValueLook::date) < 0.8 ||
        has_column_of_its_own(columns, at, *end) ||
        !is_one_of(column.name, {"開催日", "開催期間", "期間", "会期", "開催日程", "日程", "開催日時", "実施日",
                                 "実施期間", "日時", "開催年月日"})) {
        return {};
    }
    return two(column, at, *start, *end, whole_cell, by_header_and_values,
               splits(*start, *end, ValueLook::date_span, spans));
}

std::vector<Proposal> names(const std::vector<SampledColumn>& columns, std::size_t at,
                            const std::vector<const Field*>& free) {
    const SampledColumn& column = columns[at];
    const Field* name = field_of(free, {"name"});
    const Field* common = field_of(free, {"commonName"});
    const bool brackets = std::any_of(column.values.begin(), column.values.end(), [](const std::string& value) {
        return value.find('(') != std::string::npos || value.find("（") != std::string::npos;
    });
    if (name == nullptr || common == nullptr || column.name.bracketed.empty() ||
        (column.profile().filled > 0 && !brackets)) {
        return {};
    }
    HeaderName base;
    base.folded = column.name.base;
    base.forms = {{column.name.base, {}, 1.0}};
    HeaderName bracketed;
    bracketed.folded = column.name.bracketed;
    bracketed.forms = {{column.name.bracketed, {}, 1.0}};
    if (FieldNames(*name).match(base, false).score < sure_enough ||
        FieldNames(*common).match(bracketed, false).score < sure_enough) {
        return {};
    }
    return two(column, at, *name, *common, name_pattern, 0.9, header_says(*name, *common));
}

}  // namespace

std::vector<Proposal> compound_of(const std::vector<SampledColumn>& columns, std::size_t column,
                                  const std::vector<const Field*>& free) {
    for (const auto& kind : {position, span_pair_of, times, dates, names}) {
        if (std::vector<Proposal> found = kind(columns, column, free); !found.empty()) {
            return found;
        }
    }
    return {};
}

}  // namespace kokai
