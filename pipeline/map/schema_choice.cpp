// SPDX-License-Identifier: Apache-2.0
#include "map/schema_choice.hpp"

#include "map/place_kinds.hpp"
#include "normalise/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

namespace kokai {

std::vector<SchemaCandidate> rank_schemas(const Shape& shape, std::span<const Schema* const> schemas) {
    std::set<std::string> headers;
    for (const ColumnInfo& column : shape.columns) {
        headers.insert(fold_key(column.name));
    }
    std::vector<SchemaCandidate> ranked;
    for (const Schema* schema : schemas) {
        std::size_t met = 0;
        for (const Field& field : schema->fields) {
            met += headers.count(fold_key(field.name));
        }
        SchemaCandidate candidate{schema->id, 0, 0};
        if (!schema->fields.empty() && !headers.empty()) {
            candidate.of_fields = static_cast<double>(met) / static_cast<double>(schema->fields.size());
            candidate.of_columns = static_cast<double>(met) / static_cast<double>(headers.size());
        }
        ranked.push_back(std::move(candidate));
    }
    std::stable_sort(ranked.begin(), ranked.end(), [](const SchemaCandidate& one, const SchemaCandidate& other) {
        return one.score() > other.score();
    });
    return ranked;
}

std::string choose_schema(const std::vector<SchemaCandidate>& ranked) {
    // Most of the standard's columns are there, and no other standard comes near.
    constexpr double enough_fields = 0.6;
    constexpr double clear_lead = 1.15;
    if (ranked.empty() || ranked[0].of_fields < enough_fields ||
        (ranked.size() > 1 && ranked[1].score() * clear_lead > ranked[0].score())) {
        return {};
    }
    return ranked[0].id;
}

namespace {

/// v1/aed and v2/aed are one family.
std::string family_of(const std::string& id) {
    return id.substr(id.find('/') + 1);
}

/// Whether a text names the dataset: its English name or the core of its title (文化財一覧 -> 文化財).
bool is_named_in(const Schema& schema, const std::string& text) {
    std::string words;
    for (const std::string& word : ascii_words(text)) {
        words += "_" + word;
    }
    if (!words.empty() && (words + "_").find("_" + family_of(schema.id) + "_") != std::string::npos) {
        return true;
    }
    std::string core = schema.title;
    for (const std::string_view tail : {"一覧", "設置箇所", "情報", "アクセスポイント"}) {
        if (core.ends_with(tail) && core.size() > tail.size()) {
            core.erase(core.size() - tail.size());
        }
    }
    return loose_key(text).find(loose_key(core)) != std::string::npos;
}

struct Weighed {
    const Schema* schema = nullptr;
    Proposals proposals;
    double score = 0.0;
    std::size_t own_names = 0;  // columns that are called as the schema calls them
    std::size_t columns = 0;
    bool named = false;
    std::string foreign;               // the kind of place the table lists, when the schema is about another
    std::vector<std::string> telling;  // fields that few datasets have
};

std::string joined(const std::vector<std::string>& words, std::string_view between, std::size_t most) {
    std::string text;
    for (std::size_t i = 0; i < std::min(most, words.size()); ++i) {
        text += (i == 0 ? "" : std::string(between)) + words[i];
    }
    return text;
}

}  // namespace

SchemaChoice choose_schema(const Shape& shape, const std::vector<SampledColumn>& columns,
                           std::span<const Schema* const> schemas, const HeaderVocabulary& vocabulary,
                           const std::vector<std::string>& called) {
    SchemaChoice choice;
    const std::vector<SchemaCandidate> ranked = rank_schemas(shape, schemas);
    choice.id = choose_schema(ranked);
    constexpr double most_columns = 0.7;  // or what is beyond the standard's columns may tell otherwise
    if (!choice.id.empty() && ranked.front().of_columns >= most_columns) {
        const auto share = std::lround(ranked.front().of_fields * 100);
        choice.why = {fmt::format("見出しが「{}」の項目名と同じ（項目の {} %）", choice.id, share),
                      fmt::format("the headers are the names of {} ({} % of its fields)", choice.id, share)};
        return choice;
    }

    choice.id.clear();
    std::vector<Weighed> all;
    std::vector<std::set<std::string>> families(columns.size());  // that take the column
    for (const Schema* schema : schemas) {
        Weighed one;
        one.schema = schema;
        one.proposals = propose(columns, *schema, {}, vocabulary);
        for (const std::string& text : called) {
            one.named = one.named || is_named_in(*schema, text);
        }
        one.foreign = foreign_kind(columns, one.proposals, *schema);
        std::set<std::size_t> used;
        for (const Proposal& proposal : one.proposals.accepted) {
            if (proposal.field == nullptr) {
                continue;
            }
            one.own_names += proposal.evidence.en == "name" ? 1U : 0U;
            for (const std::size_t column : proposal.columns) {
                used.insert(column);
                families[column].insert(family_of(schema->id));
            }
        }
        one.columns = used.size();
        all.push_back(std::move(one));
    }
    constexpr std::size_t few_families = 4;
    constexpr double telling_confidence = 0.8;
    constexpr double named_counts = 1.35;
    constexpr double foreign_counts = 0.6;
    for (Weighed& one : all) {
        for (const Proposal& proposal : one.proposals.accepted) {
            if (proposal.field == nullptr) {
                continue;
            }
            const std::size_t others = families[proposal.columns.front()].size();
            one.score += proposal.confidence * std::log(1.0 + 24.0 / static_cast<double>(others));
            if (others <= few_families && proposal.confidence >= telling_confidence) {
                one.telling.push_back(proposal.field->name);
            }
        }
        one.score *= one.named ? named_counts : 1.0;
        one.score *= one.foreign.empty() ? 1.0 : foreign_counts;
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const Weighed& one, const Weighed& other) { return one.score > other.score; });
    if (all.empty() || all.front().score <= 0) {
        return choice;
    }
    // The standard within a family: whose names the headers are; else the newer one.
    const std::string family = family_of(all.front().schema->id);
    // Everyday words, such as No. and 住所, do not make a table one of the older standard.
    const Weighed* best = nullptr;
    const Weighed* rival = nullptr;
    for (const Weighed& one : all) {
        if (family_of(one.schema->id) != family) {
            rival = rival == nullptr ? &one : rival;
        } else if (best == nullptr || one.schema->id > best->schema->id) {
            best = &one;  // the newest
        }
    }
    const Weighed* newest = best;
    for (const Weighed& one : all) {
        constexpr std::size_t few_names = 2;
        constexpr double alike = 1.03;
        constexpr double far = 1.15;
        if (family_of(one.schema->id) == family && &one != newest &&
            (one.own_names > newest->own_names + few_names ||
             (one.own_names > newest->own_names && one.score > newest->score * far) ||
             (one.own_names == newest->own_names && one.score > newest->score * alike))) {
            best = &one;
        }
    }
    constexpr double clear_lead = 1.1;
    constexpr std::size_t fewest_columns = 3;
    const bool enough = best->columns >= fewest_columns && best->columns * 2 >= columns.size();
    const bool told = (best->named || !best->telling.empty()) && best->foreign.empty();
    if (enough && told && (rival == nullptr || all.front().score >= rival->score * clear_lead)) {
        choice.id = best->schema->id;
        const std::string telling = joined(best->telling, "、", 4);
        choice.why.ja = fmt::format("{} 列のうち {} 列が「{}」の項目", columns.size(), best->columns, choice.id);
        choice.why.en = fmt::format("{} of {} columns are fields of {}", best->columns, columns.size(), choice.id);
        if (!telling.empty()) {
            choice.why.ja += "（ほかの表にあまりない項目: " + telling + "）";
            choice.why.en += " (few other tables have " + joined(best->telling, ", ", 4) + ")";
        }
        if (best->named) {
            choice.why.ja += "。ファイル名・シート名・見出しもそう言っている";
            choice.why.en += "; the names of file, sheet or columns say so, too";
        }
        return choice;
    }
    std::set<std::string> named;
    for (const Weighed& one : all) {
        const bool near = one.score * 2 >= all.front().score;
        if (choice.candidates.size() < 3 && near && named.insert(family_of(one.schema->id)).second) {
            choice.candidates.push_back(family_of(one.schema->id) == family ? best->schema->id : one.schema->id);
        }
    }
    return choice;
}

}  // namespace kokai
