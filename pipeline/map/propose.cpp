// SPDX-License-Identifier: Apache-2.0
#include "map/propose.hpp"

#include "map/age_series.hpp"
#include "map/assignment.hpp"
#include "map/compound.hpp"
#include "map/header_sense.hpp"
#include "map/position_choice.hpp"
#include "map/qualifiers.hpp"
#include "map/siblings.hpp"
#include "normalise/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace kokai {
namespace {

constexpr double order_counts = 1e-4;  // of two that are alike, the one that stands where the standard has it

/// A pair of a column and a field, and what speaks for it.
struct Pair {
    double confidence = 0.0;
    NameMatch match;
    ValueFit fit;
};

std::string per_cent(double share) {
    return fmt::format("{:.0f} %", share * 100);
}

Evidence evidence_of(const Pair& pair, const Field& field) {
    Evidence evidence;
    switch (pair.match.by) {
    case MatchBy::name:
        evidence = {"name", "name"};
        break;
    case MatchBy::alias:
        evidence = {fmt::format("「{}」は「{}」の別名", pair.match.met, field.name),
                    fmt::format("{} is an alias of {}", pair.match.met, field.name)};
        break;
    case MatchBy::english:
    case MatchBy::words:
        evidence = {fmt::format("英語で「{}」", field.name), fmt::format("English for {}", field.name)};
        break;
    case MatchBy::part:
        evidence = {fmt::format("見出しに「{}」を含む", pair.match.met),
                    fmt::format("the header holds {}", pair.match.met)};
        break;
    case MatchBy::nothing:
        evidence = {"見出しからは分からない", "the header does not say"};
        break;
    }
    if (pair.fit.look != ValueLook::count_ && std::abs(pair.fit.fit) >= 0.1 && pair.match.by != MatchBy::name) {
        const LookName look = name_of(pair.fit.look);
        evidence.ja += fmt::format("、値の {} が{}", per_cent(pair.fit.share), look.ja);
        evidence.en += fmt::format(", {} of the values are {}", per_cent(pair.fit.share), look.en);
    }
    return evidence;
}

double with_values(double by_name, double fit) {
    return fit >= 0 ? by_name + (1.0 - by_name) * 0.5 * fit : by_name * (1.0 + 0.6 * fit);
}

/// Without a header that says anything: only where one kind of field alone has such values.
double by_values_alone(const ValueFit& fit, bool says_nothing) {
    if (fit.fit < 0.6) {
        return 0.0;
    }
    return says_nothing ? 0.45 + 0.35 * fit.fit : 0.3 + 0.25 * fit.fit;
}

class Matcher {
public:
    Matcher(const std::vector<SampledColumn>& columns, const Schema& schema, const TableSpec& table,
            const HeaderVocabulary& vocabulary)
        : columns_(columns), schema_(schema), table_(table), vocabulary_(vocabulary),
          siblings_(siblings_of(columns, vocabulary)), taken_(columns.size(), false) {}

    Proposals all() {
        for (const ColumnSpec& spec : table_.columns) {
            for (const std::string& name : spec.from) {
                take(name);
            }
        }
        for (const std::string& name : table_.drop) {
            take(name);
        }
        for (const Field& field : schema_.fields) {
            const bool decided = std::any_of(table_.columns.begin(), table_.columns.end(),
                                             [&](const ColumnSpec& spec) { return spec.field == field.name; });
            if (!decided) {
                fields_.emplace_back(field);
            }
        }
        choose_position();
        by_exact_name();
        compounds();
        assign();
        join_repeated();
        ask();
        return finish();
    }

private:
    void take(std::string_view header) {
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            taken_[i] = taken_[i] || columns_[i].header == header;
        }
    }

    void accept(const Field* field, std::vector<std::size_t> columns, ColumnSpec spec, double confidence,
                Evidence evidence) {
        for (const std::size_t column : columns) {
            taken_[column] = true;
        }
        if (field != nullptr) {
            std::erase_if(fields_, [&](const FieldNames& one) { return &one.field() == field; });
        }
        proposals_.accepted.push_back(
            {std::move(spec), field, std::move(columns), std::round(confidence * 100) / 100, std::move(evidence)});
    }

    void accept_plain(const Field& field, std::size_t column, double confidence, Evidence evidence) {
        ColumnSpec spec;
        spec.field = field.name;
        spec.from = {columns_[column].header};
        spec.prefix = words_before(field, columns_[column].header);
        if (!spec.prefix.empty()) {
            evidence.ja += fmt::format("、値の前に「{}」を付ける", spec.prefix);
            evidence.en += fmt::format(", with {} before the values", spec.prefix);
        }
        accept(&field, {column}, std::move(spec), confidence, std::move(evidence));
    }

    /// The header is the field's name: nothing to weigh.
    void by_exact_name() {
        for (const bool exact : {true, false}) {
            for (std::size_t i = 0; i < columns_.size(); ++i) {
                const auto same = std::find_if(fields_.begin(), fields_.end(), [&](const FieldNames& names) {
                    const std::string& name = names.field().name;
                    return exact ? columns_[i].header == name : columns_[i].name.folded == fold_key(name);
                });
                if (!taken_[i] && same != fields_.end() && may_hold(same->field(), i)) {
                    accept_plain(same->field(), i, exact ? 1.0 : 0.98, {"name", "name"});
                }
            }
        }
    }

    /// A latitude and its longitude are one choice: two columns that speak of one place in one datum.
    void choose_position() {
        const auto names_of = [&](const std::string& name) {
            return std::find_if(fields_.begin(), fields_.end(),
                                [&](const FieldNames& names) { return names.field().name == name; });
        };
        const auto latitude = names_of(schema_.latitude);
        const auto longitude = names_of(schema_.longitude);
        if (latitude == fields_.end() || longitude == fields_.end()) {
            return;
        }
        // What another field is called is that: its values need not be looked at before the first row.
        const auto is_another = [&](const std::string& header, const FieldNames& names) {
            return header != names.field().name &&
                   std::any_of(fields_.begin(), fields_.end(),
                               [&](const FieldNames& other) { return other.field().name == header; });
        };
        const auto choices_for = [&](const FieldNames& names) {
            std::vector<PositionChoice> choices;
            for (std::size_t i = 0; i < columns_.size(); ++i) {
                const std::string& header = columns_[i].header;
                const bool possible = !taken_[i] && !header.empty() && !is_another(header, names);
                const double confidence = possible ? pair_of(i, names).confidence : 0.0;
                if (confidence >= worth_asking) {
                    choices.push_back({i, columns_[i].header, confidence});
                }
            }
            return choices;
        };
        position_ = choose_position_columns(choices_for(*latitude), choices_for(*longitude));
    }

    /// Whether the choice of the position leaves a column to a field.
    [[nodiscard]] bool may_hold(const Field& field, std::size_t column) const {
        const bool of_position = field.name == schema_.latitude || field.name == schema_.longitude;
        const std::size_t chosen = field.name == schema_.latitude ? position_.latitude : position_.longitude;
        return !of_position || !position_.decided || chosen == column;
    }

    /// One cell with two values: 緯度,経度 and the like.
    void compounds() {
        std::vector<const Field*> free;
        for (const FieldNames& names : fields_) {
            free.push_back(&names.field());
        }
        for (Proposal& one : age_series_of(columns_, free)) {
            accept(one.field, one.columns, std::move(one.spec), one.confidence, std::move(one.evidence));
            std::erase(free, one.field);
        }
        // 開館時間 or 開館時間（平日） before 開館時間（夜間）, which is asked about.
        for (const bool of_a_part : {false, true}) {
            for (std::size_t i = 0; i < columns_.size(); ++i) {
                if (taken_[i]) {
                    continue;
                }
                for (Proposal& part : compound_of(columns_, i, free)) {
                    if (is_limited(columns_[i].name, *part.field) == of_a_part) {
                        take_compound(std::move(part), of_a_part, free);
                    }
                }
            }
        }
    }

    /// The header says whose or which part of it the column holds.
    [[nodiscard]] static bool is_limited(const HeaderName& header, const Field& field) {
        if (field.kind == Kind::text && field.english != "availabilityNotes") {
            return false;  // 名称（通称） with both in its cells
        }
        const FieldNames names(field);
        return !header.forms.empty() && !names.hold(header.forms.front().key) &&
               (is_of_another(header, names) || is_of_a_part(header, names));
    }

    void take_compound(Proposal part, bool ask, std::vector<const Field*>& free) {
        if (ask) {
            proposals_.questions.push_back({part.columns.front(), columns_[part.columns.front()].header, part.field,
                                            asked_at_most, std::move(part.evidence)});
            return;
        }
        std::erase(free, part.field);
        accept(part.field, part.columns, std::move(part.spec), part.confidence, std::move(part.evidence));
    }

    [[nodiscard]] Pair pair_of(std::size_t column, const FieldNames& names) const {
        const SampledColumn& one = columns_[column];
        Pair pair;
        if (!may_hold(names.field(), column)) {
            return pair;
        }
        pair.match = names.match(one.name, !vocabulary_.means_another(one.name, names.field()));
        weigh_writing(pair.match, one.name, names.field(), schema_, vocabulary_);
        weigh_place_words(pair.match, one.name, names.field());
        weigh_others(pair.match, one.name, names, vocabulary_);
        weigh_notes(pair.match, one.name, names.field());
        weigh_siblings(pair.match, column, names);
        pair.fit = fit_of(names.field(), one.profile());
        if (pair.match.score > 0) {
            pair.confidence = std::min(pair.match.most, with_values(pair.match.score, pair.fit.fit));
        }
        const bool known = vocabulary_.knows(one.name) || is_not_for_the_public(one.name);
        const double alone = known ? 0.0 : by_values_alone(pair.fit, one.name.says_nothing);
        if (alone > pair.confidence) {
            pair.confidence = alone;
            pair.match = {};
        }
        if (column == position_.latitude || column == position_.longitude) {
            const bool of_position = names.field().name == schema_.latitude || names.field().name == schema_.longitude;
            pair.confidence = of_position ? std::max(pair.confidence, position_.confidence) : 0.0;
        }
        return pair;
    }

    /// Of several that differ by their brackets or years alone, the plain one; without it all are asked about.
    void weigh_siblings(NameMatch& match, std::size_t column, const FieldNames& names) const {
        const HeaderName& name = columns_[column].name;
        const bool of_position = names.field().kind == Kind::latitude || names.field().kind == Kind::longitude;
        if (of_position || name.forms.empty() || names.hold(name.forms.front().key)) {
            return;
        }
        const Siblings& siblings = siblings_[column];
        if (siblings.by_year || (siblings.by_bracket && !changes_nothing(name.bracketed, names.field()))) {
            match.most = std::min(match.most, asked_at_most);
        }
    }

    void assign() {
        std::vector<std::size_t> free;
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            if (!taken_[i] && !columns_[i].header.empty()) {
                free.push_back(i);
            }
        }
        std::vector<std::vector<Pair>> pairs;
        std::vector<std::vector<double>> worth;
        for (std::size_t f = 0; f < fields_.size(); ++f) {
            pairs.emplace_back();
            worth.emplace_back();
            for (std::size_t c = 0; c < free.size(); ++c) {
                pairs.back().push_back(pair_of(free[c], fields_[f]));
                const double confidence = pairs.back().back().confidence;
                const double place = 1.0 - std::abs(static_cast<double>(c) / static_cast<double>(free.size()) -
                                                    static_cast<double>(f) / static_cast<double>(fields_.size()));
                // The cube: one sure pair is worth more than two doubtful ones.
                worth.back().push_back(
                    confidence < worth_asking ? 0.0 : confidence * confidence * confidence + order_counts * place);
            }
        }
        if (free.empty()) {
            return;
        }
        const std::vector<std::size_t> best = best_assignment(worth);
        struct Choice {
            const Field* field;
            std::size_t column;
            Pair pair;
        };
        std::vector<Choice> choices;
        for (std::size_t f = 0; f < best.size(); ++f) {
            if (best[f] == unassigned) {
                continue;
            }
            Choice choice{&fields_[f].field(), free[best[f]], pairs[f][best[f]]};
            // Values alone do not tell two fields of one kind apart.
            for (std::size_t other = 0; other < best.size(); ++other) {
                if (other != f && choice.pair.match.by == MatchBy::nothing &&
                    std::abs(pairs[other][best[f]].confidence - choice.pair.confidence) < 0.02) {
                    choice.pair.confidence = std::min(choice.pair.confidence, sure_enough - 0.05);
                }
            }
            choices.push_back(choice);
        }
        for (const Choice& choice : choices) {
            if (choice.pair.confidence >= sure_enough) {
                accept_plain(*choice.field, choice.column, choice.pair.confidence,
                             evidence_of(choice.pair, *choice.field));
            } else {
                proposals_.questions.push_back({choice.column, columns_[choice.column].header, choice.field,
                                                std::round(choice.pair.confidence * 100) / 100,
                                                evidence_of(choice.pair, *choice.field)});
            }
        }
    }

    /// 画像1, 画像2 … into one field that takes several values, or into one column beyond the schema.
    void join_repeated() {
        std::map<std::string, std::vector<std::size_t>> groups;
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            if (columns_[i].name.number > 0 && !columns_[i].name.stem.empty()) {
                groups[columns_[i].name.stem].push_back(i);
            }
        }
        for (auto& same_stem : groups) {
            std::vector<std::size_t>& group = same_stem.second;
            std::sort(group.begin(), group.end(), [&](std::size_t one, std::size_t other) {
                return columns_[one].name.number < columns_[other].name.number;
            });
            bool numbered = group.size() > 1;
            for (std::size_t i = 0; i < group.size(); ++i) {
                numbered = numbered && columns_[group[i]].name.number == static_cast<int>(i) + 1;
            }
            if (!numbered) {
                continue;
            }
            const auto first =
                std::find_if(proposals_.accepted.begin(), proposals_.accepted.end(), [&](const Proposal& one) {
                    return one.columns == std::vector<std::size_t>{group.front()};
                });
            const bool others_free =
                std::none_of(group.begin() + 1, group.end(), [&](std::size_t column) { return taken_[column]; });
            if (first != proposals_.accepted.end() && first->field != nullptr && others_free &&
                takes_several(*first->field)) {
                first->columns = group;
                first->spec.from = headers_of(group);
                first->spec.separator = ";";
                first->evidence.ja += fmt::format("、番号の付いた {} 列をつなぐ", group.size());
                first->evidence.en += fmt::format(", {} numbered columns joined", group.size());
                for (const std::size_t column : group) {
                    taken_[column] = true;
                }
            } else if (others_free && !taken_[group.front()] && are_words(group)) {
                ColumnSpec spec;
                spec.field = name_without_number(columns_[group.front()].header);
                const bool clashes = schema_.find(spec.field) != nullptr ||
                                     std::any_of(columns_.begin(), columns_.end(),
                                                 [&](const SampledColumn& one) { return one.header == spec.field; });
                if (clashes || spec.field.empty()) {
                    continue;
                }
                spec.from = headers_of(group);
                spec.separator = ";";
                accept(nullptr, group, std::move(spec), 0.9,
                       {fmt::format("番号の付いた {} 列をつなぐ", group.size()),
                        fmt::format("{} numbered columns joined", group.size())});
            }
        }
    }

    [[nodiscard]] static bool takes_several(const Field& field) {
        return !field.separator.empty() || field.english == "pictureUrl" || field.english == "tags" ||
               field.english == "keywords";
    }

    /// Lists of words (販売品1, 販売品2 …), not numbers of a series, phones or addresses.
    [[nodiscard]] bool are_words(const std::vector<std::size_t>& group) const {
        std::size_t filled = 0;
        for (const std::size_t column : group) {
            const ValueProfile& profile = columns_[column].profile();
            filled += profile.filled;
            for (const ValueLook look :
                 {ValueLook::number, ValueLook::phone, ValueLook::address, ValueLook::date, ValueLook::time,
                  ValueLook::flag, ValueLook::postal_code, ValueLook::latitude, ValueLook::longitude}) {
                if (profile.share(look) > 0.5) {
                    return false;
                }
            }
            const HeaderName& name = columns_[column].name;
            if (vocabulary_.knows(name)) {
                return false;  // it means something by itself
            }
        }
        return filled > 0;
    }

    [[nodiscard]] std::vector<std::string> headers_of(const std::vector<std::size_t>& group) const {
        std::vector<std::string> headers;
        headers.reserve(group.size());
        for (const std::size_t column : group) {
            headers.push_back(columns_[column].header);
        }
        return headers;
    }

    /// 販売品1 -> 販売品, as the department writes it.
    static std::string name_without_number(std::string_view header) {
        constexpr std::string_view full_width = "\xEF\xBC";  // ０ is EF BC 90
        while (!header.empty()) {
            const char last = header.back();
            if ((last >= '0' && last <= '9') || last == '_' || last == '-' || last == ' ') {
                header.remove_suffix(1);
            } else if (header.size() > 2 && header.substr(header.size() - 3, 2) == full_width && last <= '\x99') {
                header.remove_suffix(3);
            } else {
                break;
            }
        }
        return std::string(header);
    }

    /// A serial number without a name: the first column, each value once, and nothing else is the ID.
    void ask() {
        const auto counts_something = [](const SampledColumn& one) {
            const std::string& key = one.name.forms.empty() ? one.header : one.name.forms.front().key;
            return key.ends_with("番号") || key.ends_with("コド");  // 工事番号, as loose_key() has them
        };
        if (!columns_.empty() && !taken_[0] && !counts_something(columns_[0]) && !vocabulary_.knows(columns_[0].name)) {
            const ValueProfile& profile = columns_[0].profile();
            const auto id = std::find_if(fields_.begin(), fields_.end(), [](const FieldNames& one) {
                return one.field().name == "ID" || one.field().name == "NO";
            });
            if (id != fields_.end() && profile.unique() && profile.filled == profile.rows && profile.rows >= 3 &&
                profile.share(ValueLook::integer) >= 0.99) {
                accept_plain(id->field(), 0, sure_enough,
                             {"最初の列で、値がすべて違う番号", "the first column, each value another number"});
            }
        }
        std::erase_if(proposals_.questions, [&](const Question& one) {
            const bool open = std::any_of(fields_.begin(), fields_.end(),
                                          [&](const FieldNames& names) { return &names.field() == one.field; });
            return taken_[one.column] || !open;
        });
    }

    Proposals finish() {
        const auto place = [&](const Proposal& one) {
            return one.field == nullptr ? schema_.fields.size()
                                        : static_cast<std::size_t>(one.field - schema_.fields.data());
        };
        std::stable_sort(proposals_.accepted.begin(), proposals_.accepted.end(),
                         [&](const Proposal& one, const Proposal& other) { return place(one) < place(other); });
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            if (!taken_[i]) {
                proposals_.unmapped.push_back(i);
            }
        }
        return std::move(proposals_);
    }

    const std::vector<SampledColumn>& columns_;
    const Schema& schema_;
    const TableSpec& table_;
    const HeaderVocabulary& vocabulary_;
    const std::vector<Siblings> siblings_;
    std::vector<bool> taken_;
    std::vector<FieldNames> fields_;
    PositionColumnsChoice position_;
    Proposals proposals_;
};

}  // namespace

Proposals propose(const std::vector<SampledColumn>& columns, const Schema& schema, const TableSpec& table,
                  const HeaderVocabulary& vocabulary) {
    return Matcher(columns, schema, table, vocabulary).all();
}

}  // namespace kokai
