// SPDX-License-Identifier: Apache-2.0
// The one place that includes valijson: its templates are slow to compile, and std::regex inside them makes g++ 12 see
// uninitialised values where there are none (GCC bug 105562).
#include "support/json_judge.hpp"

#include "model/finding.hpp"
#include "support/json_parse.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#define VALIJSON_USE_EXCEPTIONS 1  // else it prints and aborts
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include <exception>
#include <string>

namespace kokai {

using Adapter = valijson::adapters::NlohmannJsonAdapter;

struct JsonJudge::Form {
    valijson::Schema rules;
};

JsonJudge::JsonJudge(const nlohmann::json& schema, std::string_view schema_name) : form_(std::make_unique<Form>()) {
    try {
        valijson::SchemaParser().populateSchema(Adapter(schema), form_->rules);
    } catch (const std::exception& problem) {
        throw WorldError(std::string(schema_name),
                         fmt::format("定義（JSON Schema）に誤りがあります: {}", problem.what()),
                         fmt::format("the JSON Schema is wrong: {}", problem.what()));
    }
}

JsonJudge::~JsonJudge() = default;

std::vector<Mistake> JsonJudge::judge(const nlohmann::json& document, std::string_view file_name) const {
    valijson::ValidationResults results;
    if (valijson::Validator().validate(form_->rules, Adapter(document), &results)) {
        return {};
    }
    std::vector<Mistake> mistakes;
    for (const valijson::ValidationResults::Error& error : results) {
        std::string pointer;
        for (const std::string& step : error.context) {  // <root>, ["tables"] or [tables], [0]
            if (step.size() > 2 && step.front() == '[' && step.back() == ']') {
                std::string_view key = std::string_view(step).substr(1, step.size() - 2);
                if (key.size() > 2 && key.front() == '"' && key.back() == '"') {
                    key = key.substr(1, key.size() - 2);
                }
                pointer = pointer_to(pointer, key);
            }
        }
        mistakes.push_back({std::string(file_name), pointer,
                            fmt::format("書き方が定義に合いません: {}", printable(error.description)),
                            fmt::format("does not fit the form: {}", printable(error.description))});
    }
    return mistakes;
}

}  // namespace kokai
