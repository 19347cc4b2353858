// SPDX-License-Identifier: Apache-2.0
// See faults.hpp.
#include "faults.hpp"

#include <map>
#include <stdexcept>

namespace kokai::loopback {

namespace {

const std::map<std::string, Stage>& kinds() {
    static const std::map<std::string, Stage> known{
        {"reset_before_body", Stage::before_body},    // the connection is reset after the head
        {"proxy_413", Stage::before_body},            // nginx: 413 with a page, while the body is still being sent
        {"reset_within_body", Stage::within_body},    // after "bytes" of the body
        {"reset_before_write", Stage::before_write},  // all read, nothing done, reset
        {"answer", Stage::before_write},              // "status", "type", "body", "headers" instead of doing it
        {"bad_gateway", Stage::before_write},         // 502 with a proxy's page
        {"too_many", Stage::before_write},            // 429 with Retry-After: "seconds"
        {"captive_portal", Stage::before_write},      // 200 with a page
        {"redirect", Stage::before_write},            // "status" (302) to "location"
        {"hang", Stage::before_write},                // silence for "seconds", then reset
        {"lost_answer", Stage::after_write},          // done, but reset instead of an answer
        {"error_after_write", Stage::after_write},    // done, but 500
        {"gateway_after_write", Stage::after_write},  // done, but 504 with a proxy's page
        {"truncated", Stage::after_write},            // half of the answer, then the end
        {"wrong_length", Stage::after_write},         // Content-Length says less than there is
        {"slow", Stage::after_write},                 // a byte every "milliseconds"
        {"endless", Stage::after_write},              // a chunked body without an end
        {"gzip_bomb", Stage::after_write},            // Content-Encoding: gzip, "megabytes" of zeros in a few kilobytes
        {"corrupt", Stage::after_write},              // one byte of the body is another
        {"race", Stage::before_write},                // another writer edits the dataset just before
        {"pause", Stage::before_write},               // "milliseconds", then as usual
    };
    return known;
}

}  // namespace

long long Fault::number(const char* name, long long otherwise) const {
    return rule.value(name, otherwise);
}

std::string Fault::text(const char* name, const std::string& otherwise) const {
    return rule.value(name, otherwise);
}

void Faults::set(const Json& rules) {
    std::vector<Rule> made;
    for (const Json& given : rules.at("rules")) {
        const auto kind = kinds().find(given.at("kind").get<std::string>());
        if (kind == kinds().end() || !given.contains("action")) {
            throw std::invalid_argument("no such fault: " + given.dump());
        }
        made.push_back({given, kind->second, 0, 0});
    }
    const std::lock_guard lock(mutex_);
    rules_ = std::move(made);
}

std::optional<Fault> Faults::next(const std::string& action, const std::string& path, bool writes) {
    const std::lock_guard lock(mutex_);
    for (Rule& rule : rules_) {
        const std::string wanted = rule.given["action"];
        const bool fits = (wanted == action || wanted == "*" || (wanted == "any_write" && writes)) &&
                          path.find(rule.given.value("path", std::string())) != std::string::npos;
        if (!fits) {
            continue;
        }
        const long long skip = rule.given.value("skip", 0LL);
        const long long count = rule.given.value("count", 1LL);  // 0: always
        if (rule.seen++ >= skip && (count == 0 || rule.met < count)) {
            ++rule.met;
            return Fault{rule.given["kind"], rule.stage, rule.given};
        }
    }
    return std::nullopt;
}

Json Faults::state() {
    const std::lock_guard lock(mutex_);
    Json all = Json::array();
    for (const Rule& rule : rules_) {
        Json one = rule.given;
        one["seen"] = rule.seen;
        one["met"] = rule.met;
        all.push_back(one);
    }
    return {{"rules", all}};
}

}  // namespace kokai::loopback
