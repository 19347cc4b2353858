// SPDX-License-Identifier: Apache-2.0
// A table's fields as one JSON file in schemas/ says them: a Frictionless Table Schema with our own `kokai:` keys.
#pragma once

#include "model/rule.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kokai {

/// What a cell of a field holds; chooses the normaliser and the typed form in XLSX and JSON.
enum class Kind : std::uint8_t {
    text,        // NFKC with exceptions, trimmed
    verbatim,    // left exactly as it is (free text with its own layout)
    kana,        // full-width katakana
    identifier,  // ID, NO: text whose zeros count
    integer,
    number,
    date,
    time,
    phone,
    flag_word,         // 有 / 無
    flag_one,          // 1 / empty
    lg_code,           // 6-digit local government code
    corporate_number,  // 13 digits
    postal_code,
    latitude,
    longitude,
    url,
    email,
    weekdays,
    poi,  // POIコード: 4 digits
    fiscal_year,
    period,  // start/end
    percent  // a share, 0-100 as number
};

enum class Requirement : std::uint8_t {
    required,         // 必須◎: an empty cell is an error
    likely_required,  // 必須◎?: carried over from another sheet of the standard, so a warning
    recommended,      // 推奨○: a note
    optional,
    unknown  // never more than nothing
};

enum class Confidence : std::uint8_t { high, medium, low };

struct Field {
    std::string name;  // exactly as the standard writes the header
    std::string type;  // Frictionless: string integer number date time boolean any
    Kind kind = Kind::text;
    Requirement requirement = Requirement::optional;
    Confidence confidence = Confidence::high;
    std::string english;  // kokai:english: property name for programs, may be empty
    std::string description;
    std::string example;
    std::string unit;
    std::vector<std::string> aliases;
    std::vector<std::string>
        allowed;            // constraints.enum; an empty cell is always allowed here, `required` says the rest
    std::string separator;  // kokai:separator: several values in one cell, each checked (";")
    std::string pattern;    // constraints.pattern (RE2)
    std::optional<double> minimum;
    std::optional<double> maximum;
    bool unique = false;
    std::string requirement_word;  // kokai:requirement: as the standard writes it (必須◎ 推奨○? 必須以外 …)
    std::string format;            // kokai:format: the type in the standard's own words
    std::vector<std::string> vocabulary;  // kokai:vocabulary: usual words that bind nobody; never a finding
};

struct Schema {
    std::string id;        // v2/aed
    std::string standard;  // v2 v1 plan own
    std::string title;     // AED設置箇所一覧
    std::string title_en;
    std::string edition;
    std::string file_name;  // aed
    bool partial = false;
    std::vector<Field> fields;
    std::vector<std::string> primary_key;
    std::string latitude;  // names of the position fields, empty when the table has none
    std::string longitude;
    std::string description;
    std::string number;     // kokai:number: the table's number in the v2 definition book (08)
    std::string file_date;  // kokai:file_date: the official file name ends in a "day", in a "period" (two days), or in
                            // none ("")
    std::vector<Rule> rules;  // kokai:rules: what the standard says of several fields at once

    [[nodiscard]] const Field* find(std::string_view name) const {
        for (const Field& field : fields) {
            if (field.name == name) {
                return &field;
            }
        }
        return nullptr;
    }
};

}  // namespace kokai
