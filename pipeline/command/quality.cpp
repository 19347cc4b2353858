// SPDX-License-Identifier: Apache-2.0
#include "command/quality.hpp"

#include "portal/wording.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace kokai {
namespace {

using Json = nlohmann::ordered_json;

struct Words {
    std::string ja, en;
};

/// All tables as one: shares add up, freshness is the dataset's.
TableQuality together(std::span<const TableQuality> tables) {
    TableQuality all;
    for (const TableQuality& one : tables) {
        for (std::size_t i = 0; i < quality_part_count; ++i) {
            all.shares[i].good += one.shares[i].good;
            all.shares[i].of += one.shares[i].of;
        }
        all.rows += one.rows;
        all.required_fields += one.required_fields;
        all.recommended_fields += one.recommended_fields;
        all.wrong += one.wrong;
        all.doubtful += one.doubtful;
        all.schema = all.schema.empty() || all.schema == "none" ? one.schema : all.schema;
        all.has_positions = all.has_positions || one.has_positions;
        all.freshness = all.freshness ? all.freshness : one.freshness;
        for (ToMend mend : one.to_mend) {
            mend.table = tables.size() > 1 ? one.table : std::string();
            all.to_mend.push_back(std::move(mend));
        }
    }
    return all;
}

Words explain_freshness(const Freshness& fresh) {
    Words words;
    words.ja = fmt::format("更新の頻度は{}、更新日は{}", fresh.frequency ? "書かれています" : "書かれていません",
                           fresh.modified ? "書かれています" : "書かれていません");
    words.en = fmt::format("the update frequency is {}, the date of modification is {}",
                           fresh.frequency ? "stated" : "not stated", fresh.modified ? "stated" : "not stated");
    if (fresh.saved_later) {
        words.ja += fmt::format("。データは更新日の {} 日後に変わっています", -fresh.days);
        words.en += fmt::format("; the data changed {} days after it", -fresh.days);
    } else if (fresh.allowed > 0 && fresh.days > fresh.allowed) {
        words.ja += fmt::format("。データは更新日の {} 日前のもので、更新の頻度からみて古くなっています", fresh.days);
        words.en += fmt::format("; the data are {} days older than it, more than the frequency allows", fresh.days);
    } else if (fresh.allowed > 0) {
        words.ja += "。データは更新の頻度からみて新しいものです";
        words.en += "; the data are as new as the frequency says";
    }
    return words;
}

Words explain(const TableQuality& quality, const PartScore& part) {
    const std::uint64_t good = part.share.good;
    const std::uint64_t of = part.share.of;
    switch (part.part) {
    case QualityPart::required:
    case QualityPart::recommended: {
        const bool required = part.part == QualityPart::required;
        const std::uint64_t fields = required ? quality.required_fields : quality.recommended_fields;
        return {fmt::format("{}の項目 {} 個のセル {} 個のうち、{} 個に値があります", required ? "必須" : "推奨", fields,
                            grouped(of), grouped(good)),
                fmt::format("{} of {} cells of {} {} fields hold a value", grouped(good), grouped(of), grouped(fields),
                            required ? "required" : "recommended")};
    }
    case QualityPart::values:
        return {fmt::format("調べた値 {} 個のうち、直すところ {} 件、確かめるところ {} 件（半分に数えます）",
                            grouped(of / 2), grouped(quality.wrong), grouped(quality.doubtful)),
                fmt::format("of {} values, {} to mend and {} to check (these count by half)", grouped(of / 2),
                            grouped(quality.wrong), grouped(quality.doubtful))};
    case QualityPart::rows:
        return {fmt::format("{} 行のうち {} 行に、直すところがありません", grouped(of), grouped(good)),
                fmt::format("{} of {} rows have nothing to mend", grouped(good), grouped(of))};
    case QualityPart::unique:
        return {fmt::format("{} 行のうち、ID や場所がほかの行と重なるところ {} 件", grouped(of), grouped(of - good)),
                fmt::format("of {} rows, {} share an ID or a place with another", grouped(of), grouped(of - good))};
    case QualityPart::positions:
        return {fmt::format("{} 行のうち {} 行の位置（緯度・経度）が分かります", grouped(of), grouped(good)),
                fmt::format("{} of {} rows have a position", grouped(good), grouped(of))};
    case QualityPart::freshness:
        break;
    }
    return explain_freshness(quality.freshness.value_or(Freshness{}));
}

Words why_left_out(const TableQuality& quality, QualityPart part) {
    if (quality.rows == 0) {
        return {"データの行がないため", "there are no data rows"};
    }
    switch (part) {
    case QualityPart::required:
    case QualityPart::recommended:
    case QualityPart::unique:
        if (quality.schema == "none" || quality.schema.empty()) {
            return {"標準の形式に当てはめていないため", "no schema was used"};
        }
        if (part == QualityPart::unique) {
            return {"ID の項目がないか、すべて空のため", "there is no ID, or no row has one"};
        }
        return part == QualityPart::required ? Words{"必須の項目がない形式のため", "the schema requires no field"}
                                             : Words{"推奨の項目がない形式のため", "the schema recommends no field"};
    case QualityPart::positions:
        return quality.has_positions ? Words{"出力した行がないため", "no row was written"}
                                     : Words{"位置を持たない表のため", "the table has no positions"};
    case QualityPart::freshness:
        return {"更新の頻度や更新日を書く dataset.json がないため", "there is no dataset.json that says"};
    case QualityPart::values:
    case QualityPart::rows:
        break;
    }
    return {"調べる値がないため", "there are no values to look at"};
}

double points_of(std::uint32_t tenths) {
    return static_cast<double>(tenths) / 10.0;
}

Json mend_first(const TableQuality& quality, const QualityScore& score) {
    constexpr std::size_t most = 3;
    const PartScore* const rows = score.find(QualityPart::rows);
    std::vector<std::pair<double, const ToMend*>> order;
    for (const ToMend& mend : quality.to_mend) {
        if (const PartScore* const part = score.find(mend.part); part != nullptr) {
            double gain = gain_of(*part, mend.count * mend.weight);
            gain += rows == nullptr || mend.rows == 0 ? 0.0 : gain_of(*rows, mend.rows);
            order.emplace_back(gain, &mend);
        }
    }
    std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    Json all = Json::array();
    for (const auto& [gain, mend] : order) {
        const auto tenths = static_cast<std::uint32_t>(gain);
        if (all.size() == most || gain <= 0) {
            break;
        }
        Json one{{"part", info(mend->part).id}, {"points", points_of(tenths)}, {"count", mend->count}};
        if (!mend->table.empty()) {
            one["table"] = mend->table;
        }
        one["code"] = mend->has_example ? info(mend->example.code).id : std::string_view();
        one["column"] = mend->column;
        one["sheet"] = mend->example.sheet;
        one["row"] = mend->example.row;
        one["cell"] = mend->example.cell;
        one["found"] = mend->example.found;
        one["what_ja"] = mend->ja;
        one["what_en"] = mend->en;
        one["mend_ja"] = mend->mend_ja;
        one["mend_en"] = mend->mend_en;
        all.push_back(std::move(one));
    }
    return all;
}

}  // namespace

nlohmann::ordered_json quality_json(std::span<const TableQuality> tables) {
    const TableQuality quality = together(tables);
    const QualityScore score = score_of(quality.shares);
    Json json{{"score", points_of(score.points)}, {"of", 100}, {"parts", Json::array()}};
    for (const PartScore& part : score.parts) {
        const QualityPartInfo& known = info(part.part);
        const Words words = explain(quality, part);
        json["parts"].push_back({{"id", known.id},
                                 {"title_ja", known.title_ja},
                                 {"title_en", known.title_en},
                                 {"points", points_of(part.points)},
                                 {"of", points_of(part.of)},
                                 {"explanation_ja", words.ja},
                                 {"explanation_en", words.en}});
    }
    json["left_out"] = Json::array();
    for (const QualityPart part : score.left_out) {
        const Words words = why_left_out(quality, part);
        json["left_out"].push_back({{"id", info(part).id},
                                    {"title_ja", info(part).title_ja},
                                    {"title_en", info(part).title_en},
                                    {"reason_ja", words.ja},
                                    {"reason_en", words.en}});
    }
    if (!score.left_out.empty()) {
        json["note_ja"] = "当てはまらない項目は除き、その点をほかの項目に割り振って 100 点にしています";
        json["note_en"] = "parts that do not apply are left out, and the others scaled to 100 points";
    }
    json["mend_first"] = mend_first(quality, score);
    return json;
}

std::vector<QualityPoints> quality_points(const TableQuality& table) {
    std::vector<QualityPoints> all;
    for (const PartScore& part : score_of(table.shares).parts) {
        all.push_back(
            {std::string(info(part.part).title_ja), std::string(info(part.part).title_en), part.points, part.of});
    }
    return all;
}

std::string quality_points_text(std::span<const TableQuality> tables, Language language) {
    const std::string points = tenths_text(score_of(together(tables).shares).points);
    const std::string ja = "品質 " + points + " 点";
    const std::string en = "quality " + points;
    return language == Language::ja ? ja : language == Language::en ? en : ja + " / " + en;
}

std::string quality_text(std::span<const TableQuality> tables, Language language) {
    const QualityScore score = score_of(together(tables).shares);
    const std::string points = tenths_text(score.points);
    // A table that is held against no standard has little that can be wrong: the line says on how much it was judged.
    const bool all = score.left_out.empty();
    const std::string ja =
        "品質 " + points + " 点（100 点満点" +
        (all ? "" : fmt::format("、{} 項目のうち {} 項目で採点", quality_part_count, score.parts.size())) + "）";
    const std::string en = "quality " + points + " of 100" +
                           (all ? "" : fmt::format(", {} of {} parts", score.parts.size(), quality_part_count));
    return language == Language::ja ? ja : language == Language::en ? en : ja + " / " + en;
}

}  // namespace kokai
