// SPDX-License-Identifier: Apache-2.0
#include "map/span_pair.hpp"

#include "map/qualifiers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace kokai {
namespace {

constexpr double by_words_and_values = 0.95;
constexpr double by_words = 0.75;

struct SpanWords {
    std::string_view start, end;  // as loose_key() has them
};

constexpr std::array span_words{
    SpanWords{"開館", "閉館"},     SpanWords{"開園", "閉園"},  SpanWords{"開店", "閉店"},     SpanWords{"開所", "閉所"},
    SpanWords{"開場", "閉場"},     SpanWords{"開門", "閉門"},  SpanWords{"開庁", "閉庁"},     SpanWords{"開室", "閉室"},
    SpanWords{"開始", "終了"},     SpanWords{"始業", "終業"},  SpanWords{"始まり", "終わり"}, SpanWords{"から", "まで"},
    SpanWords{"オプン", "クロズ"}, SpanWords{"open", "close"}, SpanWords{"start", "end"},     SpanWords{"from", "to"}};
/// Too short to be looked for within a header: they stand alone, in brackets or under a group.
constexpr std::array short_words{SpanWords{"自", "至"}, SpanWords{"始", "終"}, SpanWords{"開", "閉"}};

struct SpanKind {
    std::string_view start, end;  // English names of fields
    ValueLook look;
};
constexpr std::array kinds{SpanKind{"startTime", "endTime", ValueLook::time},
                           SpanKind{"consultationStartTime", "consultationEndTime", ValueLook::time},
                           SpanKind{"startDate", "endDate", ValueLook::date}};

struct SpanPair {
    std::size_t start = 0, end = 0;
    std::string rest;  // what both say beside the two words
};

const std::string& key_of(const SampledColumn& column) {
    return column.name.forms.empty() ? column.header : column.name.forms.front().key;
}

/// Where one of the short words stands in a header, or npos.
std::size_t place_of_short(const SampledColumn& column, std::string_view word) {
    const std::string& key = key_of(column);
    const bool stands = key == word || column.name.bracketed == word || column.name.child == word;
    return stands ? key.rfind(word) : std::string::npos;
}

bool holds(const SampledColumn& column, ValueLook look) {
    return column.profile().filled == 0 || column.profile().share(look) >= 0.8;
}

/// 時間 alone would be both kinds' business: without values, the words have to say which.
bool may_be_of(std::string_view rest, ValueLook look, bool filled) {
    const bool of_days = rest.find("日") != std::string_view::npos || rest.find("期") != std::string_view::npos;
    return is_of_the_whole_span(rest, look == ValueLook::date ? Kind::date : Kind::time) &&
           (filled || (look == ValueLook::date) == (of_days && rest != "平日"));
}

void find_pair(const std::vector<SampledColumn>& columns, std::size_t first, std::size_t at, const SpanWords& words,
               ValueLook look, std::vector<SpanPair>& pairs) {
    const std::string& key = key_of(columns[first]);
    std::string rest = key;
    rest.erase(at, words.start.size());
    std::string other = key;
    other.replace(at, words.start.size(), words.end);
    if (!holds(columns[first], look) || !may_be_of(rest, look, columns[first].profile().filled > 0)) {
        return;
    }
    for (std::size_t j = 0; j < columns.size(); ++j) {
        if (j != first && key_of(columns[j]) == other && holds(columns[j], look)) {
            pairs.push_back({first, j, rest});
        }
    }
}

std::vector<SpanPair> pairs_of(const std::vector<SampledColumn>& columns, ValueLook look) {
    std::vector<SpanPair> pairs;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        for (const SpanWords& words : span_words) {
            if (const std::size_t at = key_of(columns[i]).find(words.start); at != std::string::npos) {
                find_pair(columns, i, at, words, look, pairs);
            }
        }
        for (const SpanWords& words : short_words) {
            if (const std::size_t at = place_of_short(columns[i], words.start); at != std::string::npos) {
                find_pair(columns, i, at, words, look, pairs);
            }
        }
    }
    return pairs;
}

/// The only pair, or the only one of plain days.
const SpanPair* best_of(const std::vector<SpanPair>& pairs) {
    if (pairs.size() == 1) {
        return &pairs.front();
    }
    const SpanPair* best = nullptr;
    for (const std::string_view plain : {"平日", "昼間", "日中"}) {
        for (const SpanPair& pair : pairs) {
            if (pair.rest.find(plain) != std::string::npos) {
                if (best != nullptr) {
                    return nullptr;
                }
                best = &pair;
            }
        }
    }
    return best;
}

}  // namespace

std::vector<Proposal> span_pair_of(const std::vector<SampledColumn>& columns, std::size_t column,
                                   const std::vector<const Field*>& free) {
    const auto field_of = [&](std::string_view english) {
        const auto found =
            std::find_if(free.begin(), free.end(), [&](const Field* one) { return one->english == english; });
        return found == free.end() ? nullptr : *found;
    };
    for (const SpanKind& kind : kinds) {
        const Field* const start = field_of(kind.start);
        const Field* const end = field_of(kind.end);
        if (start == nullptr || end == nullptr) {
            continue;
        }
        const std::vector<SpanPair> pairs = pairs_of(columns, kind.look);
        const SpanPair* const pair = best_of(pairs);
        if (pair == nullptr || pair->start != column) {
            continue;
        }
        const SampledColumn& first = columns[column];
        const SampledColumn& last = columns[pair->end];
        const Evidence evidence{fmt::format("「{}」と「{}」で始まりと終わり", first.header, last.header),
                                fmt::format("{} and {} begin and end one span", first.header, last.header)};
        const auto part_of = [&](const Field& field, std::size_t at) {
            Proposal part;
            part.field = &field;
            part.columns = {at};
            part.spec.field = field.name;
            part.spec.from = {columns[at].header};
            part.confidence = first.profile().filled > 0 && last.profile().filled > 0 ? by_words_and_values : by_words;
            part.evidence = evidence;
            return part;
        };
        return {part_of(*start, column), part_of(*end, pair->end)};
    }
    return {};
}

}  // namespace kokai
