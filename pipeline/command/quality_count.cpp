// SPDX-License-Identifier: Apache-2.0
// What a table's quality is counted from: its columns, its rows, its findings and its metadata.
#include "command/quality.hpp"

#include "describe/vocabulary.hpp"
#include "portal/wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace kokai {
namespace {

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

}  // namespace

TableQuality quality_of(const TableResult& table, const std::optional<MetadataFacts>& metadata) {
    return Counter(table, metadata).take();
}

}  // namespace kokai
