// SPDX-License-Identifier: Apache-2.0
// The rows of tests/data/normalize-cases.csv and cell-cases.csv for one kind, and what holds for every kind of value
// whatever its rules are.
#pragma once

#include "normalise/normalised.hpp"

#include <catch2/catch.hpp>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kokai::cases {

struct Case {
    std::string kind, input, expected, flag;
};

/// Fields of RFC 4180; no line breaks in these files' cells.
inline std::vector<std::string> fields_of(const std::string& line) {
    std::vector<std::string> fields(1);
    bool quoted = false;
    for (std::size_t at = 0; at < line.size(); ++at) {
        const char c = line[at];
        if (c == '"' && quoted && at + 1 < line.size() && line[at + 1] == '"') {
            fields.back() += '"';
            ++at;
        } else if (c == '"') {
            quoted = !quoted;
        } else if (c == ',' && !quoted) {
            fields.emplace_back();
        } else if (c != '\r') {
            fields.back() += c;
        }
    }
    return fields;
}

/// Every kind's rows when `kind` is empty.
inline std::vector<Case> read(std::string_view kind, std::string_view name = "normalize-cases.csv") {
    std::ifstream file(std::filesystem::path(__FILE__).parent_path().parent_path() / "data" / name);
    std::vector<Case> found;
    std::string line;
    while (std::getline(file, line)) {
        const auto fields = fields_of(line);
        if (fields.size() >= 4 && fields[0] != "kind" && (kind.empty() || fields[0] == kind)) {
            found.push_back({fields[0], fields[1], fields[2], fields[3]});
        }
    }
    return found;
}

using Read = Normalised (*)(std::string_view);
using IsClean = bool (*)(std::string_view);

inline std::string joined(const std::vector<std::string>& flags) {
    std::string text;
    for (const std::string& flag : flags) {
        text += (text.empty() ? "" : " ") + flag;
    }
    return text;
}

/// `value [flags]`: what a failing check should show.
inline std::string shown(const Normalised& result) {
    return result.value + " [" + joined(result.flags) + "]";
}

/// Every output is clean, a second pass changes nothing, an error has no value.
inline void check_properties(std::string_view input, Read read_value, IsClean is_clean) {
    const Normalised once = read_value(input);
    INFO(std::string(input) << " -> " << shown(once));
    if (once.failed()) {
        REQUIRE(once.value.empty());
    }
    // 1/2 is no number; a code that no municipality has today may be one of yesterday.
    if (once.value.empty() || once.has("not-a-number") || once.has("warn:unknown-code")) {
        return;
    }
    REQUIRE(is_clean(once.value));
    REQUIRE(read_value(once.value).value == once.value);
}

/// All rows of the kind; `count` is how many there must be, so that a moved file cannot pass unseen.
inline void check_all(std::string_view kind, std::size_t count, Read read_value, IsClean is_clean) {
    const auto rows = read(kind);
    REQUIRE(rows.size() == count);
    for (const Case& row : rows) {
        const Normalised result = read_value(row.input);
        INFO(row.kind << ": " << row.input);
        CHECK(shown(result) == row.expected + " [" + row.flag + "]");
        check_properties(row.input, read_value, is_clean);
        if (is_clean(row.input)) {
            CHECK(result.value == row.input);
        }
    }
}

/// Inputs with the answer that shown() gives.
inline void check_table(const std::vector<std::pair<std::string, std::string>>& table, Read read_value,
                        IsClean is_clean) {
    for (const auto& [input, wanted] : table) {
        INFO(input);
        CHECK(shown(read_value(input)) == wanted);
        check_properties(input, read_value, is_clean);
    }
}

/// Random strings of the pieces given, and random bytes: no crash, and the properties hold.
inline void check_random(const std::vector<std::string>& pieces, Read read_value, IsClean is_clean,
                         int rounds = 20000) {
    std::uint64_t state = 42;
    const auto roll = [&] {
        state = state * 6364136223846793005U + 1442695040888963407U;
        return state >> 33U;
    };
    for (int round = 0; round < rounds; ++round) {
        std::string input;
        const std::uint64_t count = roll() % 10;
        for (std::uint64_t i = 0; i < count; ++i) {
            if (round % 4 == 0) {
                input.push_back(static_cast<char>(static_cast<unsigned char>(roll() % 256)));
            } else {
                input += pieces[roll() % pieces.size()];
            }
        }
        check_properties(input, read_value, is_clean);
        if (is_clean(input)) {
            INFO(input);
            REQUIRE(read_value(input).value == input);
        }
    }
}

}  // namespace kokai::cases
