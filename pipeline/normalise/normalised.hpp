// SPDX-License-Identifier: Apache-2.0
// What every plain normalising function answers: the canonical text ("" = none) and what a person should know about it.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kokai {

struct Normalised {
    std::string value;
    /// As `kokai normalise` prints them: `empty` (a marker for no value), `warn:…`, `error:…` (no value), `unit:人`,
    /// `ext:1234`.
    std::vector<std::string> flags;

    [[nodiscard]] bool has(std::string_view flag) const {
        for (const std::string& one : flags) {
            if (one == flag) {
                return true;
            }
        }
        return false;
    }
    [[nodiscard]] bool failed() const {
        for (const std::string& one : flags) {
            if (one.rfind("error:", 0) == 0) {
                return true;
            }
        }
        return false;
    }
};

}  // namespace kokai
