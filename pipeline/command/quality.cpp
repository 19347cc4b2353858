// SPDX-License-Identifier: Apache-2.0
#include "command/quality.hpp"

#include "describe/vocabulary.hpp"
#include "portal/wording.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace kokai {
namespace {

using Json = nlohmann::ordered_json;
using Group = FindingLog::Group;

Share& share_of(TableQuality& quality, QualityPart part) {
    return quality.shares[static_cast<std::size_t>(part)];
}

/// A column as findings name it: the source's headers, or its own name where it has none.
std::string shown_name(const ColumnInfo& column) {
    std::string name;
    for (const SourceColumn& from : column.from) {
        if (from.source == column.from.front().source) {
            name += (name.empty() ? "" : ",") + from.header;
        }
    }
    return name.empty() ? column.name : name;
}

/// Whether the field says enough of its values for them to be right or wrong.
bool is_checked(const Field& field) {
    return (field.kind != Kind::text && field.kind != Kind::verbatim) || !field.allowed.empty() ||
           !field.pattern.empty() || field.minimum || field.maximum;
}

/// A word of the standard that is not sure is never counted as required.
QualityPart wanted_as(const Field& field) {
    return field.requirement == Requirement::required && field.confidence != Confidence::low ? QualityPart::required
                                                                                             : QualityPart::recommended;
}

bool is_wanted(const Field& field) {
    return field.requirement == Requirement::required || field.requirement == Requirement::likely_required ||
           field.requirement == Requirement::recommended;
}

class Counter {
public:
    Counter(const TableResult& table, const std::optional<MetadataFacts>& metadata)
        : table_(table), columns_(table.outcome.shape.columns), log_(table.outcome.log) {
        const RowCounts& rows = table.outcome.rows;
        quality_.table = table.name;
        quality_.schema = table.schema;
        quality_.rows = rows.read - std::min(rows.read, rows.filtered + rows.totals);
        if (quality_.rows == 0) {
            return;
        }
        // Each error on a row of its own: then it is known how many rows a mended one sets right.
        std::uint64_t errors = 0;
        for (const Group& group : log_.groups()) {
            errors += group.severity == Severity::error ? group.count : 0U;
        }
        errors_apart_ = errors == rows.with_error;
        share_of(quality_, QualityPart::rows) = {quality_.rows - std::min(quality_.rows, rows.with_error),
                                                 quality_.rows};
        count_wanted();
        count_values();
        count_unique();
        count_positions();
        count_freshness(metadata);
    }

    TableQuality take() { return std::move(quality_); }

private:
    [[nodiscard]] std::uint64_t filled(std::size_t column) const {
        return column < table_.filled.size() ? std::min(table_.filled[column], quality_.rows) : 0;
    }
    [[nodiscard]] std::uint64_t rows_set_right(const Group& group) const {
        return errors_apart_ && group.severity == Severity::error ? group.count : 0;
    }

    void add(QualityPart part, const Group& group, std::uint64_t weight) {
        ToMend mend;
        mend.part = part;
        mend.count = group.count;
        mend.weight = weight;
        mend.rows = rows_set_right(group);
        mend.column = group.column;
        mend.example = group.example;
        mend.has_example = true;
        const Sentence words = sentence(group.example);
        mend.ja = words.ja;
        mend.en = words.en;
        const bool alike = is_pattern(group.example.expected);
        mend.mend_ja = alike ? std::string(write_alike.ja) : words.mend_ja;
        mend.mend_en = alike ? std::string(write_alike.en) : words.mend_en;
        quality_.to_mend.push_back(std::move(mend));
    }

    void count_wanted() {
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            const Field* field = columns_[i].field;
            if (field == nullptr || !is_wanted(*field)) {
                continue;
            }
            const QualityPart part = wanted_as(*field);
            ++(part == QualityPart::required ? quality_.required_fields : quality_.recommended_fields);
            Share& share = share_of(quality_, part);
            share.of += quality_.rows;
            share.good += filled(i);
            if (filled(i) < quality_.rows) {
                add_missing(part, columns_[i], quality_.rows - filled(i));
            }
        }
    }

    void add_missing(QualityPart part, const ColumnInfo& column, std::uint64_t count) {
        ToMend mend;
        mend.part = part;
        mend.count = count;
        mend.column = shown_name(column);  // as the department's own sheet calls it
        for (const Group& group : log_.groups()) {
            if (group.code == Code::required_missing && group.example.field == column.name) {
                mend.example = group.example;
                mend.has_example = true;
                mend.rows = rows_set_right(group);
            }
        }
        const bool required = part == QualityPart::required;
        const bool absent = count == quality_.rows;
        mend.ja = fmt::format("{}の項目「{}」{}", required ? "必須" : "推奨", column.name,
                              absent ? "に値が一つもありません" : "が空です");
        mend.en = fmt::format("the {} field \"{}\" {}", required ? "required" : "recommended", column.name,
                              absent ? "holds no value" : "is empty");
        mend.mend_ja = column.from.empty() && absent ? "表に列「" + column.name + "」を加え、値を入れてください"
                                                     : "空のセルに値を入れてください";
        mend.mend_en = column.from.empty() && absent ? "add a column \"" + column.name + "\" and fill it in"
                                                     : "fill in the empty cells";
        quality_.to_mend.push_back(std::move(mend));
    }

    /// Errors count in full, warnings by half; a value that two findings are about counts once.
    void count_values() {
        constexpr std::uint64_t whole = 2;  // shares are counted in half values
        std::vector<std::uint64_t> bad(columns_.size(), 0);
        std::uint64_t elsewhere = 0;  // of columns that are not published as they are
        for (const Group& group : log_.groups()) {
            if (group.severity == Severity::note || part_of(group.code) != QualityPart::values) {
                continue;
            }
            const std::uint64_t weight = group.severity == Severity::error ? whole : 1;
            (group.severity == Severity::error ? quality_.wrong : quality_.doubtful) += group.count;
            add(QualityPart::values, group, weight);
            const auto column = std::find_if(columns_.begin(), columns_.end(), [&](const ColumnInfo& one) {
                return one.name == group.example.field || shown_name(one) == group.column;
            });
            if (column != columns_.end()) {
                bad[static_cast<std::size_t>(column - columns_.begin())] += weight * group.count;
            } else {
                elsewhere += weight * group.count;
            }
        }
        const bool without_schema = table_.fields == nullptr;
        Share& share = share_of(quality_, QualityPart::values);
        share.of = elsewhere + elsewhere % whole;
        share.good = elsewhere % whole;
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            const Field* field = columns_[i].field;
            if (bad[i] > 0 || without_schema || (field != nullptr && is_checked(*field))) {
                // A cell that cannot be read may be empty by now, and was a value all the same.
                const std::uint64_t values = std::max(filled(i), (std::min(bad[i], whole * quality_.rows) + 1) / whole);
                share.of += whole * values;
                share.good += whole * values - std::min(bad[i], whole * values);
            }
        }
    }

    void count_unique() {
        if (table_.fields == nullptr || table_.fields->primary_key.empty()) {
            return;
        }
        std::uint64_t keyed = quality_.rows;
        for (const std::string& name : table_.fields->primary_key) {
            const std::size_t column = table_.outcome.shape.find(name);
            keyed = std::min(keyed, column == Shape::npos ? 0 : filled(column));
        }
        std::uint64_t twice = 0;
        for (const Group& group : log_.groups()) {
            if (part_of(group.code) == QualityPart::unique && group.severity != Severity::note && keyed > 0) {
                twice += group.count;
                add(QualityPart::unique, group, 1);
            }
        }
        share_of(quality_, QualityPart::unique) = {keyed - std::min(keyed, twice), keyed};
    }

    void count_positions() {
        const RowCounts& rows = table_.outcome.rows;
        quality_.has_positions = table_.outcome.shape.has_geometry;
        if (!quality_.has_positions || rows.written == 0) {
            return;
        }
        share_of(quality_, QualityPart::positions) = {std::min(rows.with_position, rows.written), rows.written};
        if (rows.with_position >= rows.written) {
            return;
        }
        const Group* most = nullptr;
        for (const Group& group : log_.groups()) {
            if (part_of(group.code) == QualityPart::positions && (most == nullptr || group.count > most->count)) {
                most = &group;
            }
        }
        ToMend mend;
        mend.part = QualityPart::positions;
        mend.count = rows.written - rows.with_position;
        mend.ja = "緯度・経度が分からない行です";
        mend.en = "rows without latitude and longitude";
        mend.mend_ja = "緯度と経度を、36.389 と 139.060 のような十進数で入れてください";
        mend.mend_en = "fill in latitude and longitude as decimal degrees, like 36.389 and 139.060";
        if (most != nullptr) {
            mend.column = most->column;
            mend.example = most->example;
            mend.has_example = true;
            mend.rows = std::min(mend.count, rows_set_right(*most));
        }
        quality_.to_mend.push_back(std::move(mend));
    }

    void count_freshness(const std::optional<MetadataFacts>& metadata) {
        if (!metadata) {
            return;
        }
        constexpr std::size_t iso_date = 10;  // a year or a month alone names no day
        std::string saved;
        for (const SourceInfo& source : table_.outcome.sources) {
            saved = std::max(saved, source.modified);
        }
        const std::string period_end = interval_of(metadata->temporal).end;
        const std::string_view known = frequency_code(metadata->update_frequency);
        FreshnessFacts facts;
        facts.frequency = !known.empty() || metadata->update_frequency.empty() ? known : "other";
        facts.modified = metadata->modified.empty() ? std::string_view(saved) : std::string_view(metadata->modified);
        facts.data_date = period_end.size() == iso_date ? std::string_view(period_end) : std::string_view(saved);
        const Freshness fresh = freshness_of(facts);
        quality_.freshness = fresh;
        share_of(quality_, QualityPart::freshness) = fresh.share;
        const auto add_step = [&](std::uint64_t hundredths, std::string_view ja, std::string_view en,
                                  std::string_view mend_ja, std::string_view mend_en) {
            ToMend mend;
            mend.part = QualityPart::freshness;
            mend.count = 1;
            mend.weight = hundredths;
            mend.ja = ja;
            mend.en = en;
            mend.mend_ja = mend_ja;
            mend.mend_en = mend_en;
            quality_.to_mend.push_back(std::move(mend));
        };
        if (!fresh.frequency) {
            add_step(300, "更新の頻度が書かれていません", "nobody says how often it is updated",
                     "dataset.json に \"update_frequency\": \"年1回\" のように書いてください",
                     "say \"update_frequency\" in dataset.json");
        }
        if (!fresh.modified) {
            add_step(300, "更新日が書かれていません", "nobody says when it was modified",
                     "dataset.json に \"modified\": \"2026-04-01\" のように書いてください",
                     "say \"modified\" in dataset.json");
        }
        if (fresh.saved_later) {
            add_step(150, "更新日より後にデータが変わっています", "the data are later than their date of modification",
                     "dataset.json の \"modified\" を、データを更新した日に直してください",
                     "set \"modified\" in dataset.json to the day of the update");
        }
        if (fresh.allowed > 0 && fresh.days > fresh.allowed) {
            add_step(fresh.share.of - fresh.share.good, "更新の頻度からみて、データが古くなっています",
                     "the data are older than their update frequency says", "元のデータを新しくしてください",
                     "bring the data up to date");
        }
    }

    const TableResult& table_;
    const std::vector<ColumnInfo>& columns_;
    const FindingLog& log_;
    TableQuality quality_;
    bool errors_apart_ = false;
};

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

TableQuality quality_of(const TableResult& table, const std::optional<MetadataFacts>& metadata) {
    return Counter(table, metadata).take();
}

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
