// SPDX-License-Identifier: Apache-2.0
// What can go wrong on the way, on demand: rules sent to POST /_faults say which request meets which fault.
#pragma once

#include "values.hpp"

#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace kokai::loopback {

/// When a fault takes hold.
enum class Stage {
    before_body,   ///< nothing but the head was read
    within_body,   ///< some bytes of the body were read
    before_write,  ///< the whole request was read, nothing was written
    after_write,   ///< the write happened
};

struct Fault {
    std::string kind;
    Stage stage = Stage::before_write;
    Json rule;  ///< with the parameters of the kind

    [[nodiscard]] long long number(const char* name, long long otherwise) const;
    [[nodiscard]] std::string text(const char* name, const std::string& otherwise) const;
};

class Faults {
public:
    /// {"rules":[{"action":"package_revise","kind":"lost_answer","skip":0,"count":1,"path":"…",…}]}; replaces what was
    /// there. Throws std::invalid_argument for a rule that makes no sense: a fault that never comes would be a test
    /// that cannot fail.
    void set(const Json& rules);
    /// The fault that this request meets, if any. `action` is the API's action, "download", or "page".
    [[nodiscard]] std::optional<Fault> next(const std::string& action, const std::string& path, bool writes);
    /// The rules with how often each was met.
    [[nodiscard]] Json state();

private:
    struct Rule {
        Json given;
        Stage stage = Stage::before_write;
        long long seen = 0;
        long long met = 0;
    };
    std::mutex mutex_;
    std::vector<Rule> rules_;
};

}  // namespace kokai::loopback
