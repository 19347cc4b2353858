// SPDX-License-Identifier: Apache-2.0
// The one list of value kinds: what `kokai normalise KIND` offers, and what the engine does with a column of each Kind
// of field.
#pragma once

#include "model/finding.hpp"
#include "model/schema.hpp"
#include "normalise/normalised.hpp"

#include <span>
#include <string_view>

namespace kokai {

/// One kind of the command line. Functions are plain and may run in any number of threads.
struct KindInfo {
    std::string_view name;
    Normalised (*read)(std::string_view input);
    bool (*is_clean)(std::string_view text);  // true exactly for what read() gives
};

/// All kinds built so far, in the order in which the list is shown.
std::span<const KindInfo> normalise_kinds();
/// Null when there is no such kind (yet).
const KindInfo* find_kind(std::string_view name);

/// What a flag of Normalised means as a finding. A flag that ends with ':' stands for all that begin with it.
struct FlagCode {
    std::string_view flag;
    Code code;
};

/// How the cells of a field's kind are held in a table: the value as the standards print it, 有/無 instead of 1/0.
struct ColumnRules {
    Kind kind;
    bool (*is_clean)(std::string_view text);  // true only when read() would change nothing and flag nothing; cheap
    Normalised (*read)(std::string_view input);
    Code rewritten;   // the value was written in another form
    Code unreadable;  // no value could be read: `error:…` and `not-a-number` flags that `flags` does not name
    std::span<const FlagCode> flags;
    std::string_view expected = {};  // the words that the field takes, for the sentence of `unreadable`
    bool clean_is_plain = true;      // what is_clean lets pass holds nothing but ASCII, kana and kanji
};

const ColumnRules& rules_for(Kind kind);

/// The finding that a flag stands for, or null when the flag only informs (excel-serial, short, format:…).
const Code* code_of(const ColumnRules& column, std::string_view flag);

}  // namespace kokai
