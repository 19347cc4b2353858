// SPDX-License-Identifier: Apache-2.0
// One small function per type of value; every sentence says what would have been right.
#include "support/json_keys.hpp"

#include "support/json_parse.hpp"
#include "support/nearest_word.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include <cstddef>
#include <utility>

namespace kokai {

bool holds(const std::vector<std::string>& words, std::string_view word) {
    for (const std::string& one : words) {
        if (one == word) {
            return true;
        }
    }
    return false;
}

void JsonKeys::wrong(std::string pointer, std::string ja, std::string en) {
    mistakes_.push_back({file_, std::move(pointer), std::move(ja), std::move(en)});
}

void JsonKeys::unknown_word(std::string pointer, std::string_view word, const Words& known) {
    const std::string near = nearest_word(word, known);
    const std::string list = fmt::format("{}", fmt::join(known, " "));
    wrong(std::move(pointer),
          near.empty() ? fmt::format("「{}」という言葉はありません。{} のどれかにしてください", word, list)
                       : fmt::format("「{}」という言葉はありません。「{}」のことですか", word, near),
          near.empty() ? fmt::format("there is no \"{}\": use one of {}", word, list)
                       : fmt::format(R"(there is no "{}": did you mean "{}"?)", word, near));
}

void JsonKeys::known_keys(const Json& object, const Words& known, const std::string& pointer) {
    for (const auto& [key, value] : object.items()) {
        if (!holds(known, key)) {
            unknown_word(pointer_to(pointer, key), key, known);
        }
    }
}

std::string JsonKeys::text(const Json& object, const char* key, const std::string& pointer) {
    const auto found = object.find(key);
    if (found == object.end()) {
        return {};
    }
    if (!found->is_string()) {
        wrong(pointer_to(pointer, key), "文字列（\" で囲む）にしてください", "use text (in quotes)");
        return {};
    }
    return found->get<std::string>();
}

std::string JsonKeys::needed_text(const Json& object, const char* key, const std::string& pointer) {
    std::string given = text(object, key, pointer);
    const auto found = object.find(key);
    if (found == object.end() || (found->is_string() && given.empty())) {
        wrong(pointer_to(pointer, key), fmt::format("「{}」がありません", key), fmt::format("\"{}\" is missing", key));
    }
    return given;
}

bool JsonKeys::truth(const Json& object, const char* key, const std::string& pointer) {
    const auto found = object.find(key);
    if (found == object.end()) {
        return false;
    }
    if (!found->is_boolean()) {
        wrong(pointer_to(pointer, key), "true か false にしてください", "use true or false");
        return false;
    }
    return found->get<bool>();
}

std::optional<double> JsonKeys::number(const Json& object, const char* key, const std::string& pointer) {
    const auto found = object.find(key);
    if (found == object.end()) {
        return std::nullopt;
    }
    if (!found->is_number()) {
        wrong(pointer_to(pointer, key), "数にしてください", "use a number");
        return std::nullopt;
    }
    return found->get<double>();
}

JsonKeys::Words JsonKeys::texts(const Json& object, const char* key, const std::string& pointer) {
    Words all;
    const auto found = object.find(key);
    if (found == object.end()) {
        return all;
    }
    if (found->is_string()) {
        all.push_back(found->get<std::string>());
        return all;
    }
    const std::string here = pointer_to(pointer, key);
    if (!found->is_array()) {
        wrong(here, "文字列の並び（[ ]）にしてください", "use a list of texts (in [ ])");
        return all;
    }
    for (std::size_t i = 0; i < found->size(); ++i) {
        const Json& one = (*found)[i];
        if (!one.is_string() || one.get_ref<const std::string&>().empty()) {
            wrong(pointer_to(here, i), "空でない文字列（\" で囲む）にしてください",
                  "use text (in quotes) that is not empty");
        } else if (holds(all, one.get_ref<const std::string&>())) {
            wrong(pointer_to(here, i), fmt::format("「{}」が二度あります", one.get_ref<const std::string&>()),
                  fmt::format("\"{}\" occurs twice", one.get_ref<const std::string&>()));
        } else {
            all.push_back(one.get<std::string>());
        }
    }
    return all;
}

bool JsonKeys::is_object(const Json& value, const std::string& pointer) {
    if (!value.is_object()) {
        wrong(pointer, "項目の集まり（{ } で囲む）にしてください", "use a group of keys (in { })");
    }
    return value.is_object();
}

}  // namespace kokai
