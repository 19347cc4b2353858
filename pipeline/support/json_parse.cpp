// SPDX-License-Identifier: Apache-2.0
// Text to JSON for files that people write: the message gives line, column and the usual slip, not a token name.
#include "support/json_parse.hpp"

#include "model/finding.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include <simdjson.h>

#include <algorithm>
#include <cstddef>
#include <exception>
#include <set>

namespace kokai {
namespace {

constexpr int deepest = 64;  // a form is five levels deep; a stack is not endless

struct TooDeep : std::exception {};

struct Position {
    std::size_t line = 1, column = 1;  // column counts characters
};

Position position_of(std::string_view text, std::size_t offset) {
    Position at;
    for (std::size_t i = 0; i < std::min(offset, text.size()); ++i) {
        if (text[i] == '\n') {
            ++at.line;
            at.column = 1;
        } else if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U) {
            ++at.column;
        }
    }
    return at;
}

/// The slips that people make in JSON, told from what stands at and before the place where the parser stopped.
struct Hint {
    std::string_view ja, en;
};
Hint hint_at(std::string_view text, std::size_t offset) {
    const auto space = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
    std::size_t before = std::min(offset, text.size());
    while (before > 0 && space(text[before - 1])) {
        --before;
    }
    const char last = before == 0 ? '\0' : text[before - 1];
    if (offset >= text.size()) {
        return {"途中で終わっています。閉じる } や ] や \" が足りません",
                "it ends too early: a closing }, ] or \" is missing"};
    }
    const std::string_view here = text.substr(offset);
    if (last == ',' && (here.front() == '}' || here.front() == ']')) {
        return {"最後の項目の後ろの , を消してください", "take away the comma after the last entry"};
    }
    if (here.front() == '"' &&
        (last == '"' || last == '}' || last == ']' || (last >= '0' && last <= '9') || last == 'e')) {
        return {"前の項目の後ろに , が抜けています", "a comma is missing after the entry before"};
    }
    if (here.substr(0, 2) == "//" || here.substr(0, 2) == "/*" || here.front() == '#') {
        return {"JSON には説明（コメント）を書けません", "JSON has no comments"};
    }
    if (here.front() == '\'' || here.substr(0, 3) == "“" || here.substr(0, 3) == "”" || here.substr(0, 3) == "＂") {
        return {"引用符は半角の \" にしてください", "use plain double quotes \""};
    }
    if (here.substr(0, 3) == "，" || here.substr(0, 3) == "、" || here.substr(0, 3) == "：" ||
        here.substr(0, 3) == "　") {
        return {"区切りの , : と空白は半角にしてください", "use plain , : and spaces"};
    }
    if (here.front() == '\n' || here.front() == '\r' || here.front() == '\t') {
        return {"値の中で改行やタブは使えません。\" の閉じ忘れか、\\n と書くところです",
                "no line break or tab inside a value: a quote is not closed, or write \\n"};
    }
    if (here.front() == '\\' || last == '\\') {
        return {R"(\ は \\ と書いてください)", R"(write \ as \\)"};
    }
    return {"JSON として読めません", "not JSON here"};
}

/// The parser names the last byte that it looked at: the end of a word that does not belong, or a byte inside a
/// character.
std::size_t start_of_token(std::string_view text, std::size_t offset, std::string_view problem) {
    if (offset >= text.size()) {
        return offset;
    }
    if (problem.find("unexpected string literal") != std::string_view::npos && offset > 0) {
        const std::size_t quote = text.rfind('"', offset - 1);
        return quote == std::string_view::npos ? offset : quote;
    }
    if (problem.find("unexpected number literal") != std::string_view::npos ||
        problem.find("invalid literal") != std::string_view::npos) {
        const std::size_t end = text.find_last_of(" \t\r\n,:[]{}\"", offset == 0 ? 0 : offset - 1);
        return end == std::string_view::npos ? 0 : end + 1;
    }
    while (offset > 0 && (static_cast<unsigned char>(text[offset]) & 0xC0U) == 0x80U) {
        --offset;
    }
    return offset;
}

/// False where the careful way below has something to say: nested too deeply, a key twice.
template <typename Json>
bool taken_over(const simdjson::dom::element& from, int depth, Json& value) {
    switch (from.type()) {
    case simdjson::dom::element_type::OBJECT:
        value = Json::object();
        for (const simdjson::dom::key_value_pair pair : simdjson::dom::object(from)) {
            const auto [place, fresh] = value.emplace(std::string(pair.key), nullptr);
            if (!fresh || depth == deepest || !taken_over(pair.value, depth + 1, *place)) {
                return false;
            }
        }
        return true;
    case simdjson::dom::element_type::ARRAY:
        value = Json::array();
        for (const simdjson::dom::element one : simdjson::dom::array(from)) {
            if (depth == deepest || !taken_over(one, depth + 1, value.emplace_back(nullptr))) {
                return false;
            }
        }
        return true;
    case simdjson::dom::element_type::STRING:
        value = std::string(from.get_string().value_unsafe());
        return true;
    case simdjson::dom::element_type::INT64:
        if (const std::int64_t number = from.get_int64().value_unsafe(); number < 0) {
            value = number;
        } else {
            value = static_cast<std::uint64_t>(number);
        }
        return true;
    case simdjson::dom::element_type::UINT64:
        value = from.get_uint64().value_unsafe();
        return true;
    case simdjson::dom::element_type::DOUBLE:
        value = from.get_double().value_unsafe();
        return true;
    case simdjson::dom::element_type::BOOL:
        value = from.get_bool().value_unsafe();
        return true;
    case simdjson::dom::element_type::NULL_VALUE:
        value = nullptr;
        return true;
    }
    return false;
}

/// What there is nothing to say about, by simdjson: every standard's fields are read before the first row. It takes
/// halves of a surrogate pair for letters, so texts with \u are not for it.
template <typename Json>
bool parsed_plainly(std::string_view text, Json& document) {
    constexpr std::string_view bom = "\xEF\xBB\xBF";
    if (text.starts_with(bom)) {
        text.remove_prefix(bom.size());
    }
    simdjson::dom::parser parser;
    simdjson::dom::element root;
    return text.find("\\u") == std::string_view::npos &&
           parser.parse(text.data(), text.size()).get(root) == simdjson::SUCCESS && taken_over(root, 1, document);
}

template <typename Json>
bool parsed(std::string_view text, std::string_view file_name, Json& document, std::vector<Mistake>& mistakes) {
    if (parsed_plainly(text, document)) {
        return true;
    }
    using Event = nlohmann::json::parse_event_t;
    struct Level {
        std::string pointer;
        std::set<std::string> keys;
    };
    std::vector<Level> levels;
    const auto watch = [&](int depth, auto event, Json& value) {
        if (depth > deepest) {
            throw TooDeep();
        }
        if (static_cast<int>(event) == static_cast<int>(Event::object_start)) {
            levels.push_back({});
        } else if (static_cast<int>(event) == static_cast<int>(Event::object_end)) {
            levels.pop_back();
        } else if (static_cast<int>(event) == static_cast<int>(Event::key)) {
            const auto key = value.template get<std::string>();
            if (!levels.back().keys.insert(key).second) {
                mistakes.push_back({std::string(file_name), "",
                                    fmt::format("\"{}\" という項目が同じところに二度書かれています", printable(key)),
                                    fmt::format("the key \"{}\" is written twice in the same place", printable(key))});
            }
        }
        return true;
    };
    try {
        document = Json::parse(text.begin(), text.end(), watch);
        return true;
    } catch (const nlohmann::json::parse_error& problem) {
        // `byte` counts from 1 to the last byte that was looked at.
        std::size_t offset = problem.byte == 0 ? 0 : problem.byte - 1;
        offset = start_of_token(text, std::min(offset, text.size()), problem.what());
        const Position at = position_of(text, offset);
        const Hint hint = text.find_first_not_of(" \t\r\n") == std::string_view::npos
                              ? Hint{"ファイルが空です", "the file is empty"}
                              : hint_at(text, offset);
        mistakes.push_back({std::string(file_name), "",
                            fmt::format("{} 行目の {} 文字目: {}", at.line, at.column, hint.ja),
                            fmt::format("line {}, column {}: {}", at.line, at.column, hint.en)});
    } catch (const TooDeep&) {
        mistakes.push_back({std::string(file_name), "", fmt::format("入れ子が深すぎます（{} 段まで）", deepest),
                            fmt::format("nested too deeply (at most {} levels)", deepest)});
    }
    return false;
}

}  // namespace

bool parse_json(std::string_view text, std::string_view file_name, nlohmann::ordered_json& document,
                std::vector<Mistake>& mistakes) {
    return parsed(text, file_name, document, mistakes);
}

bool parse_json(std::string_view text, std::string_view file_name, nlohmann::json& document,
                std::vector<Mistake>& mistakes) {
    return parsed(text, file_name, document, mistakes);
}

std::string pointer_to(std::string_view parent, std::string_view key) {
    std::string pointer(parent);
    pointer += '/';
    for (const char letter : key) {
        if (letter == '~') {
            pointer += "~0";
        } else if (letter == '/') {
            pointer += "~1";
        } else {
            pointer += letter;
        }
    }
    return pointer;
}

std::string pointer_to(std::string_view parent, std::size_t index) {
    return pointer_to(parent, std::string_view(std::to_string(index)));
}

}  // namespace kokai
