// SPDX-License-Identifier: Apache-2.0
// バリアフリー情報 in one text (v1) to the yes/no fields of v2: only words that mean one of the fields.
#pragma once

#include "model/schema.hpp"

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace kokai {

class BarrierFreeWords {
public:
    /// The yes/no fields of a schema that such a text speaks of.
    explicit BarrierFreeWords(std::span<const Field* const> fields);

    struct Reading {
        std::vector<std::pair<std::size_t, bool>> said;  // index of the field, 有 or 無; each once
        std::string left;                                // words that none of the fields means, as they stood
    };
    [[nodiscard]] Reading read(std::string_view text) const;

private:
    [[nodiscard]] const std::size_t* find(std::string_view word) const;

    std::unordered_map<std::string, std::size_t> fields_by_word_;
};

}  // namespace kokai
