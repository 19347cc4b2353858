// SPDX-License-Identifier: Apache-2.0
// What to do after an answer, or none: plain decisions, so that they can be tested without a network. And the pace at
// which a target is asked, which slows down when it says so.
#pragma once

#include "publish/http.hpp"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>

namespace kokai {

/// What went wrong, as far as it matters for what to do next.
enum class Trouble : std::uint8_t {
    none,
    not_reached,  // nothing happened: no connection, or broken before the body was out
    unknown,      // it may have happened: answer lost, 502, 504
    busy,         // not now: 429, 503
    server,       // 500: perhaps a race, often bad input
    moved,        // somebody else wrote meanwhile
    refused,      // our data, our rights, our file's size; or we refuse
    not_found
};

/// By the status alone; what a target's bodies say more, it knows better.
Trouble trouble_of(const HttpAnswer& answer);

enum class Doing : std::uint8_t { read, write };

enum class NextStep : std::uint8_t {
    accept,
    repeat,       // after a pause
    look,         // after a pause: at what is there, then repeat if it has not happened
    start_again,  // re-read and re-plan: stale
    give_up
};

/// `tries` = how often it was sent; `looked` = an earlier try may have happened.
NextStep next_step(Doing doing, Trouble trouble, unsigned tries, bool looked);

/// A date in a header (Sun, 22 Nov 2026 05:00:00 GMT).
std::optional<std::chrono::system_clock::time_point> http_date(const std::string& text);

/// Seconds of a Retry-After header: a number, or an HTTP date counted from `now`; 0 when there is none.
unsigned retry_after(const HttpAnswer& answer, std::chrono::system_clock::time_point now);

/// Before the next try: doubling from a quarter of a second to half a minute; never less than what the target asked
/// for.
std::chrono::milliseconds pause_before(unsigned tries, unsigned asked_seconds);

/// A target that asks for more patience than this is given up for this run.
constexpr unsigned longest_wait = 300;

/// Requests under way to one target: at most `most`, fewer after it said that it is busy.
class Pace {
public:
    explicit Pace(unsigned most) : most_(most), limit_(most) {}

    /// Waits for a place. Throws Interrupted.
    void enter();
    /// The request is over. Half as many from now on when the target was busy; one more after every ten that went well.
    void leave(bool was_busy, std::chrono::milliseconds rest);
    [[nodiscard]] unsigned limit() const;

private:
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    unsigned most_, limit_, under_way_ = 0, good_ = 0;
    std::chrono::steady_clock::time_point not_before_{};
};

/// Sleeps, and wakes up for an interruption. Throws Interrupted.
void wait_patiently(std::chrono::milliseconds time);

}  // namespace kokai
