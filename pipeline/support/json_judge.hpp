// SPDX-License-Identifier: Apache-2.0
// valijson behind one class; JsonForm is what to use.
#pragma once

#include "model/error.hpp"

#include <nlohmann/json_fwd.hpp>

#include <memory>
#include <string_view>
#include <vector>

namespace kokai {

class JsonJudge {
public:
    /// A schema that is itself wrong is thrown as WorldError.
    JsonJudge(const nlohmann::json& schema, std::string_view schema_name);
    ~JsonJudge();
    JsonJudge(const JsonJudge&) = delete;
    JsonJudge& operator=(const JsonJudge&) = delete;
    JsonJudge(JsonJudge&&) = delete;
    JsonJudge& operator=(JsonJudge&&) = delete;

    /// valijson's own objections; empty = the document is right.
    [[nodiscard]] std::vector<Mistake> judge(const nlohmann::json& document, std::string_view file_name) const;

private:
    struct Form;
    std::unique_ptr<Form> form_;
};

}  // namespace kokai
