// SPDX-License-Identifier: Apache-2.0
#include "portal/report_quality.hpp"

#include "model/finding.hpp"
#include "portal/report_json.hpp"
#include "portal/wording.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>

namespace kokai {
namespace {

using Json = nlohmann::ordered_json;

double number_at(const Json& json, const char* key) {
    const auto found = json.find(key);
    return found != json.end() && found->is_number() ? found->get<double>() : 0.0;
}

std::string points_words(const Json& json, const char* key) {
    return fmt::format("{:.1f}", number_at(json, key));
}

Json part_value(const Json& part) {
    const double of = number_at(part, "of");
    const double share = of > 0 ? std::clamp(number_at(part, "points") / of, 0.0, 1.0) : 0.0;
    return {{"part_title", text_at(part, "title_ja")},
            {"part_title_en", text_at(part, "title_en")},
            {"part_points", points_words(part, "points")},
            {"part_of", points_words(part, "of")},
            {"part_full", share >= 1.0},
            {"part_width", fmt::format("{:.0f}", share * 100)},
            {"part_words", text_at(part, "explanation_ja")},
            {"part_words_en", text_at(part, "explanation_en")}};
}

Json mend_value(const Json& mend) {
    const std::string cell = text_at(mend, "cell");
    std::string place = text_at(mend, "sheet");
    if (!cell.empty()) {
        place += (place.empty() ? "" : " ") + cell;
    } else if (count_at(mend, "row") > 0) {
        place += (place.empty() ? "" : " ") + grouped(count_at(mend, "row")) + " 行目";
    } else {
        place.clear();
    }
    return {{"mend_points", number_at(mend, "points") < 0.1 ? "0.1 未満" : points_words(mend, "points")},
            {"mend_table", text_at(mend, "table")},
            {"mend_column", printable(text_at(mend, "column"))},
            {"mend_count", grouped(count_at(mend, "count"))},
            {"mend_what", printable(text_at(mend, "what_ja"))},
            {"mend_place", printable(place)},
            {"mend_more", count_at(mend, "count") > 1},
            {"mend_how", printable(text_at(mend, "mend_ja"))}};
}

}  // namespace

Json quality_values(const Json& report) {
    const Json& quality = object_at(report, "quality");
    if (quality.empty()) {
        return false;
    }
    Json value{{"score", points_words(quality, "score")},     {"quality_parts", Json::array()},
               {"quality_note", text_at(quality, "note_ja")}, {"quality_note_en", text_at(quality, "note_en")},
               {"quality_left_out", Json::array()},           {"mend_first", Json::array()}};
    for (const Json& one : list_at(quality, "parts")) {
        value["quality_parts"].push_back(part_value(one));
    }
    for (const Json& one : list_at(quality, "left_out")) {
        value["quality_left_out"].push_back(
            {{"left_title", text_at(one, "title_ja")}, {"left_reason", text_at(one, "reason_ja")}});
    }
    for (const Json& one : list_at(quality, "mend_first")) {
        value["mend_first"].push_back(mend_value(one));
    }
    value["has_quality_parts"] = !value["quality_parts"].empty();
    value["has_left_out"] = !value["quality_left_out"].empty();
    value["has_mend_first"] = !value["mend_first"].empty();
    return value;
}

Json machine_values(const Json& table) {
    const Json& items = list_at(table, "machine_readable");
    if (items.empty()) {
        return false;
    }
    Json value{{"machine_items", Json::array()}};
    std::uint64_t passed = 0;
    std::uint64_t failed = 0;
    for (const Json& item : items) {
        const std::string verdict = text_at(item, "verdict");
        const bool pass = verdict == "pass";
        const bool fail = verdict == "fail";
        passed += pass ? 1U : 0U;
        failed += fail ? 1U : 0U;
        value["machine_items"].push_back({{"item_id", text_at(item, "id")},
                                          {"item_title", text_at(item, "title_ja")},
                                          {"item_title_en", text_at(item, "title_en")},
                                          {"item_state", pass   ? "pass"
                                                         : fail ? "fail"
                                                                : "open"},
                                          {"item_mark", pass   ? "○"
                                                        : fail ? "×"
                                                               : "—"},
                                          {"item_word", pass   ? "合っています"
                                                        : fail ? "直すところ"
                                                               : "判定していません"},
                                          {"item_why", printable(text_at(item, "why_ja"))},
                                          {"item_cells", printable(text_at(item, "cells"))},
                                          {"item_more", count_at(item, "count") > list_at(item, "cells").size()},
                                          {"item_mend", text_at(item, "mend_ja")}});
    }
    value["machine_passed"] = std::to_string(passed);
    value["machine_failed"] = std::to_string(failed);
    value["machine_open"] = std::to_string(items.size() - passed - failed);
    value["machine_all"] = std::to_string(items.size());
    return value;
}

}  // namespace kokai
