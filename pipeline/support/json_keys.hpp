// SPDX-License-Identifier: Apache-2.0
// Takes keys out of a JSON object by name and type and says what does not fit, with its JSON pointer. For files whose
// form has no JSON Schema of its own; the caller goes on with what fitted.
#pragma once

#include "model/error.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kokai {

class JsonKeys {
public:
    using Json = nlohmann::ordered_json;
    using Words = std::vector<std::string>;

    JsonKeys(std::string_view file, std::vector<Mistake>& mistakes) : file_(file), mistakes_(mistakes) {}

    /// How many mistakes have been named so far.
    [[nodiscard]] std::size_t count() const { return mistakes_.size(); }
    void wrong(std::string pointer, std::string ja, std::string en);
    /// There is no such word; the nearest of `known` is suggested, else all are listed.
    void unknown_word(std::string pointer, std::string_view word, const Words& known);
    void known_keys(const Json& object, const Words& known, const std::string& pointer);
    bool is_object(const Json& value, const std::string& pointer);

    // Each gives an empty value when the key is not there; `pointer` is the object's.
    std::string text(const Json& object, const char* key, const std::string& pointer);
    std::string needed_text(const Json& object, const char* key, const std::string& pointer);
    bool truth(const Json& object, const char* key, const std::string& pointer);
    std::optional<double> number(const Json& object, const char* key, const std::string& pointer);
    /// A list of texts, each once and not empty; one text alone is a list of one.
    Words texts(const Json& object, const char* key, const std::string& pointer);

private:
    std::string file_;
    std::vector<Mistake>& mistakes_;
};

/// Whether a list has a word.
bool holds(const std::vector<std::string>& words, std::string_view word);

}  // namespace kokai
