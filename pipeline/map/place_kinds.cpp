// SPDX-License-Identifier: Apache-2.0
#include "map/place_kinds.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <string_view>

namespace kokai {
namespace {

/// A kind of place, and the datasets that list such places.
struct PlaceKind {
    std::string_view word;
    std::initializer_list<std::string_view> families;
};

/// Where anything may stand: what is there, not the place, is what these datasets are about.
constexpr std::array<std::string_view, 7> anywhere{
    "public_facility", "aed", "evacuation_space", "event", "polling_place", "support_system", "public_wireless_lan"};

const std::array<PlaceKind, 24>& place_kinds() {
    static const std::array<PlaceKind, 24> all{{
        {"公園", {"public_toilet", "playground"}},
        {"公衆トイレ", {"public_toilet"}},
        {"トイレ", {"public_toilet"}},
        {"駐車場", {"bicycle_parking", "public_toilet"}},
        {"駐輪場", {"bicycle_parking"}},
        {"病院", {"hospital", "care_service", "bicycle_parking"}},
        {"医院", {"hospital", "care_service"}},
        {"クリニック", {"hospital", "care_service"}},
        {"医療機関", {"hospital"}},
        {"薬局", {"hospital", "care_service"}},
        {"学校", {"educational_institution", "school_lunch", "school_district", "school", "preschool"}},
        {"保育園", {"preschool", "educational_institution", "school_lunch"}},
        {"幼稚園", {"preschool", "educational_institution", "school_lunch", "school", "school_district"}},
        {"店",
         {"tourism", "food_business_all", "food_business_new", "hospital", "care_service", "bicycle_parking",
          "preschool"}},
        {"文化財", {"tourism", "cultural_property"}},
        {"避難所", {}},
        {"避難場所", {}},
        {"消火栓", {"fire_hydrant"}},
        {"投票所", {}},
        {"図書館", {"tourism", "preschool", "public_toilet", "cultural_property"}},
        {"公民館", {"tourism", "preschool", "public_toilet", "cultural_property", "care_service"}},
        {"バス停", {"tourism", "public_toilet"}},
        {"霊園", {}},
        {"団地", {}},
    }};
    return all;
}

bool fits(const PlaceKind& kind, std::string_view family) {
    return std::find(anywhere.begin(), anywhere.end(), family) != anywhere.end() ||
           std::find(kind.families.begin(), kind.families.end(), family) != kind.families.end();
}

/// Most of the names end in the word.
bool are_called(const SampledColumn& column, std::string_view word) {
    std::size_t filled = 0;
    std::size_t met = 0;
    for (const std::string& value : column.values) {
        filled += value.empty() ? 0U : 1U;
        met += value.ends_with(word) ? 1U : 0U;
    }
    return filled >= 2 && met * 5 >= filled * 3;
}

/// 公園名, 公園の名称: the word and nothing but name.
bool says_so(const SampledColumn& column, std::string_view word) {
    const std::string key = column.name.forms.empty() ? std::string() : column.name.forms.front().key;
    const std::string kind = loose_key(word);
    return key.starts_with(kind) && (key.substr(kind.size()) == "名" || key.substr(kind.size()) == "名称");
}

}  // namespace

std::string foreign_kind(const std::vector<SampledColumn>& columns, const Proposals& proposals, const Schema& schema) {
    static constexpr std::array<std::string_view, 4> names{"name", "facilityName", "schoolName", "careProviderName"};
    const std::string_view family = std::string_view(schema.id).substr(schema.id.find('/') + 1);
    for (const PlaceKind& kind : place_kinds()) {
        const bool said = std::any_of(columns.begin(), columns.end(),
                                      [&](const SampledColumn& one) { return says_so(one, kind.word); });
        if (said && (!fits(kind, family) || family == "event")) {
            return std::string(kind.word);
        }
    }
    for (const Proposal& one : proposals.accepted) {
        if (one.field == nullptr || std::find(names.begin(), names.end(), one.field->english) == names.end()) {
            continue;
        }
        for (const PlaceKind& kind : place_kinds()) {
            if (!fits(kind, family) && are_called(columns[one.columns.front()], kind.word)) {
                return std::string(kind.word);
            }
        }
    }
    return {};
}

}  // namespace kokai
