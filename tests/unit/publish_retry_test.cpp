// SPDX-License-Identifier: Apache-2.0
#include "publish/retry.hpp"

#include <catch2/catch.hpp>

using namespace kokai;
using namespace std::chrono_literals;

namespace {

Trouble of(HttpOutcome outcome, int status) {
    HttpAnswer answer;
    answer.outcome = outcome;
    answer.status = status;
    return trouble_of(answer);
}

unsigned asked(const std::string& text) {
    HttpAnswer answer;
    answer.headers = {{"retry-after", text}};
    return retry_after(answer, std::chrono::system_clock::from_time_t(784111777));  // Sun, 06 Nov 1994 08:49:37 GMT
}

}  // namespace

TEST_CASE("Answers are told apart by what may have happened", "[publish][retry]") {
    CHECK(of(HttpOutcome::nothing_sent, 0) == Trouble::not_reached);
    CHECK(of(HttpOutcome::broken_while_sending, 0) == Trouble::not_reached);
    CHECK(of(HttpOutcome::answer_lost, 0) == Trouble::unknown);
    CHECK(of(HttpOutcome::answer_lost, 200) == Trouble::unknown);
    CHECK(of(HttpOutcome::refused, 0) == Trouble::refused);
    CHECK(of(HttpOutcome::answered, 200) == Trouble::none);
    for (const auto& [status, trouble] :
         {std::pair(502, Trouble::unknown), std::pair(504, Trouble::unknown), std::pair(429, Trouble::busy),
          std::pair(503, Trouble::busy), std::pair(500, Trouble::server), std::pair(409, Trouble::refused),
          std::pair(400, Trouble::refused), std::pair(403, Trouble::refused), std::pair(413, Trouble::refused),
          std::pair(302, Trouble::refused), std::pair(404, Trouble::not_found), std::pair(412, Trouble::moved)}) {
        INFO(status);
        CHECK(of(HttpOutcome::answered, status) == trouble);
    }
}

TEST_CASE("A write is never repeated before a look when it may have happened", "[publish][retry]") {
    for (const Trouble trouble : {Trouble::unknown, Trouble::server, Trouble::busy}) {
        CHECK(next_step(Doing::write, trouble, 1, false) == NextStep::look);
        CHECK(next_step(Doing::read, trouble, 1, false) == NextStep::repeat);
    }
    CHECK(next_step(Doing::write, Trouble::not_reached, 1, false) == NextStep::repeat);
    CHECK(next_step(Doing::write, Trouble::not_reached, 5, false) == NextStep::give_up);
    CHECK(next_step(Doing::write, Trouble::refused, 1, false) == NextStep::give_up);
    CHECK(next_step(Doing::write, Trouble::refused, 2, true) == NextStep::look);  // `name in use`: by ourselves?
    CHECK(next_step(Doing::write, Trouble::moved, 1, false) == NextStep::start_again);
    CHECK(next_step(Doing::write, Trouble::moved, 2, true) == NextStep::look);
    CHECK(next_step(Doing::read, Trouble::server, 2, false) == NextStep::give_up);
    CHECK(next_step(Doing::read, Trouble::not_found, 1, false) == NextStep::give_up);
    CHECK(next_step(Doing::write, Trouble::none, 1, true) == NextStep::accept);
}

TEST_CASE("Retry-After is seconds or a date", "[publish][retry]") {
    CHECK(asked("7") == 7);
    CHECK(asked("Sun, 06 Nov 1994 08:49:47 GMT") == 11);
    CHECK(asked("Sun, 06 Nov 1994 08:49:27 GMT") == 0);
    CHECK(asked("99999999999999999999") > longest_wait);
    CHECK(asked("soon") == 0);
    CHECK(asked("") == 0);
}

TEST_CASE("Pauses double up to half a minute and are never shorter than asked for", "[publish][retry]") {
    CHECK(pause_before(1, 0) == 250ms);
    CHECK(pause_before(3, 0) == 1000ms);
    CHECK(pause_before(60, 0) == 30s);
    CHECK(pause_before(1, 5) == 5s);
}

TEST_CASE("A busy target is asked by half as many at a time, and slowly by more again", "[publish][retry]") {
    Pace pace(8);
    pace.enter();
    pace.leave(true, 0ms);
    CHECK(pace.limit() == 4);
    for (int i = 0; i < 4; ++i) {
        pace.enter();
        pace.leave(true, 0ms);
    }
    CHECK(pace.limit() == 1);
    for (int i = 0; i < 20; ++i) {
        pace.enter();
        pace.leave(false, 0ms);
    }
    CHECK(pace.limit() == 3);
}
