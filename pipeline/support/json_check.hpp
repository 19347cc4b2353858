// SPDX-License-Identifier: Apache-2.0
// A JSON document against a JSON Schema, with sentences that a clerk understands. valijson judges whether a document is
// right (json_judge.cpp); the sentences are our own, because its are for programmers.
#pragma once

#include "model/error.hpp"

#include <nlohmann/json_fwd.hpp>

#include <memory>
#include <string_view>
#include <vector>

namespace kokai {

/// A JSON Schema, read once for many documents.
class JsonForm {
public:
    /// Throws WorldError when the text is no JSON Schema.
    JsonForm(std::string_view schema_text, std::string_view schema_name);
    ~JsonForm();
    JsonForm(const JsonForm&) = delete;
    JsonForm& operator=(const JsonForm&) = delete;
    JsonForm(JsonForm&&) = delete;
    JsonForm& operator=(JsonForm&&) = delete;

    /// Every mistake of `document` at once, each with its JSON pointer. Knows the draft-07 words that forms need; the
    /// schema's `examples` are shown where a pattern is missed.
    [[nodiscard]] std::vector<Mistake> check(const nlohmann::json& document, std::string_view file_name) const;

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

/// The same for one document.
std::vector<Mistake> check_json(const nlohmann::json& document, const nlohmann::json& schema,
                                std::string_view file_name);

}  // namespace kokai
