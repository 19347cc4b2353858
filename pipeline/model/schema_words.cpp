// SPDX-License-Identifier: Apache-2.0
// The tables of words; a value of an enum that is missing here is found by the unit test.
#include "model/schema_words.hpp"

#include <array>
#include <cstddef>
#include <utility>

namespace kokai {
namespace {

template <typename Value>
using Word = std::pair<std::string_view, Value>;

constexpr std::array<Word<Kind>, 23> kinds{{{"text", Kind::text},
                                            {"verbatim", Kind::verbatim},
                                            {"kana", Kind::kana},
                                            {"identifier", Kind::identifier},
                                            {"integer", Kind::integer},
                                            {"number", Kind::number},
                                            {"date", Kind::date},
                                            {"time", Kind::time},
                                            {"phone", Kind::phone},
                                            {"flag_word", Kind::flag_word},
                                            {"flag_one", Kind::flag_one},
                                            {"lg_code", Kind::lg_code},
                                            {"corporate_number", Kind::corporate_number},
                                            {"postal_code", Kind::postal_code},
                                            {"latitude", Kind::latitude},
                                            {"longitude", Kind::longitude},
                                            {"url", Kind::url},
                                            {"email", Kind::email},
                                            {"weekdays", Kind::weekdays},
                                            {"poi", Kind::poi},
                                            {"fiscal_year", Kind::fiscal_year},
                                            {"period", Kind::period},
                                            {"percent", Kind::percent}}};

constexpr std::array<Word<Requirement>, 5> levels{{{"required", Requirement::required},
                                                   {"likely_required", Requirement::likely_required},
                                                   {"recommended", Requirement::recommended},
                                                   {"optional", Requirement::optional},
                                                   {"unknown", Requirement::unknown}}};

// The words of the standards, last the ones with U+3007 instead of U+25CB.
constexpr std::array<Word<Requirement>, 10> standard_words{{{"必須◎", Requirement::required},
                                                            {"必須◎?", Requirement::likely_required},
                                                            {"推奨○", Requirement::recommended},
                                                            {"推奨○?", Requirement::recommended},
                                                            {"任意", Requirement::optional},
                                                            {"任意?", Requirement::optional},
                                                            {"必須以外", Requirement::optional},
                                                            {"unknown", Requirement::unknown},
                                                            {"推奨〇", Requirement::recommended},
                                                            {"推奨〇?", Requirement::recommended}}};

constexpr std::array<Word<Confidence>, 3> confidences{
    {{"high", Confidence::high}, {"medium", Confidence::medium}, {"low", Confidence::low}}};

template <typename Value, std::size_t count>
std::string_view word(const std::array<Word<Value>, count>& words, Value value) {
    for (const auto& [name, one] : words) {
        if (one == value) {
            return name;
        }
    }
    return {};
}

template <typename Value, std::size_t count>
std::optional<Value> value(const std::array<Word<Value>, count>& words, std::string_view word) {
    for (const auto& [name, one] : words) {
        if (name == word) {
            return one;
        }
    }
    return std::nullopt;
}

template <typename Value, std::size_t count>
std::vector<std::string> names(const std::array<Word<Value>, count>& words) {
    std::vector<std::string> all;
    all.reserve(count);
    for (const auto& [name, one] : words) {
        all.emplace_back(name);
    }
    return all;
}

}  // namespace

std::string_view word_of(Kind kind) {
    return word(kinds, kind);
}
std::optional<Kind> field_kind_named(std::string_view word) {
    return value(kinds, word);
}
std::vector<std::string> kind_words() {
    return names(kinds);
}

std::string_view word_of(Requirement requirement) {
    return word(levels, requirement);
}
std::optional<Requirement> find_requirement(std::string_view standard_word) {
    return value(standard_words, standard_word);
}
std::vector<std::string> requirement_words() {
    return names(standard_words);
}

std::string_view word_of(Confidence confidence) {
    return word(confidences, confidence);
}
std::optional<Confidence> find_confidence(std::string_view word) {
    return value(confidences, word);
}
std::vector<std::string> confidence_words() {
    return names(confidences);
}

}  // namespace kokai
