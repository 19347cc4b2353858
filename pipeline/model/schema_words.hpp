// SPDX-License-Identifier: Apache-2.0
// The words that schema files use for kinds, requirements and confidence. One table each, so that file, program and
// tests agree.
#pragma once

#include "model/schema.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kokai {

/// `lg_code` for Kind::lg_code: the word of `kokai:kind`.
std::string_view word_of(Kind kind);
std::optional<Kind> field_kind_named(std::string_view word);
std::vector<std::string> kind_words();

/// `likely_required` and the like: the word that programs read. The standard's own word is Field::requirement_word.
std::string_view word_of(Requirement requirement);
/// What 必須◎ 必須◎? 推奨○ 推奨○? 任意 任意? 必須以外 unknown mean. U+3007 is taken for the circle too: sheet 13 mixes
/// both.
std::optional<Requirement> find_requirement(std::string_view standard_word);
std::vector<std::string> requirement_words();

std::string_view word_of(Confidence confidence);
std::optional<Confidence> find_confidence(std::string_view word);
std::vector<std::string> confidence_words();

}  // namespace kokai
