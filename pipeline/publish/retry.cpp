// SPDX-License-Identifier: Apache-2.0
#include "publish/retry.hpp"

#include "support/interrupt.hpp"

#include <algorithm>
#include <charconv>
#include <ctime>
#include <thread>

namespace kokai {

Trouble trouble_of(const HttpAnswer& answer) {
    switch (answer.outcome) {
    case HttpOutcome::nothing_sent:
    case HttpOutcome::broken_while_sending:
        return Trouble::not_reached;
    case HttpOutcome::answer_lost:
        return Trouble::unknown;
    case HttpOutcome::refused:
        return Trouble::refused;
    case HttpOutcome::answered:
        break;
    }
    switch (answer.status) {
    case 404:
        return Trouble::not_found;
    case 408:
    case 502:
    case 504:
        return Trouble::unknown;
    case 429:
    case 503:
        return Trouble::busy;
    case 412:
        return Trouble::moved;
    default:
        return answer.status >= 200 && answer.status < 300 ? Trouble::none
               : answer.status >= 500                      ? Trouble::server
                                                           : Trouble::refused;
    }
}

NextStep next_step(Doing doing, Trouble trouble, unsigned tries, bool looked) {
    constexpr unsigned patience = 5;
    switch (trouble) {
    case Trouble::none:
        return NextStep::accept;
    case Trouble::refused:
    case Trouble::not_found:
        return looked && doing == Doing::write ? NextStep::look : NextStep::give_up;
    case Trouble::moved:
        return looked ? NextStep::look : NextStep::start_again;  // perhaps by ourselves
    case Trouble::not_reached:
        return tries < patience ? NextStep::repeat : NextStep::give_up;
    case Trouble::busy:
        // A proxy says 503 for itself, but some say it after the write.
        return tries >= patience ? NextStep::give_up : doing == Doing::read ? NextStep::repeat : NextStep::look;
    case Trouble::unknown:
        return doing == Doing::write ? NextStep::look : tries < patience ? NextStep::repeat : NextStep::give_up;
    case Trouble::server:
        return doing == Doing::write ? NextStep::look : tries < 2 ? NextStep::repeat : NextStep::give_up;
    }
    return NextStep::give_up;
}

std::optional<std::chrono::system_clock::time_point> http_date(const std::string& text) {
    std::tm date{};
    const char* rest = ::strptime(text.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &date);
    if (rest == nullptr || *rest != '\0') {
        return std::nullopt;
    }
    return std::chrono::system_clock::from_time_t(::timegm(&date));
}

unsigned retry_after(const HttpAnswer& answer, std::chrono::system_clock::time_point now) {
    const std::string text = answer.header("retry-after");
    unsigned seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (!text.empty() && error == std::errc::result_out_of_range) {
        return longest_wait + 1;
    }
    if (!text.empty() && error == std::errc() && end == text.data() + text.size()) {
        return seconds;
    }
    const auto then = http_date(text);
    return !then || *then <= now
               ? 0
               : static_cast<unsigned>(std::min<long long>(
                     std::chrono::duration_cast<std::chrono::seconds>(*then - now).count() + 1, 86'400));
}

std::chrono::milliseconds pause_before(unsigned tries, unsigned asked_seconds) {
    const auto doubled = std::chrono::milliseconds(250LL << std::min(tries > 0 ? tries - 1 : 0U, 7U));
    return std::max(std::min<std::chrono::milliseconds>(doubled, std::chrono::seconds(30)),
                    std::chrono::milliseconds(std::chrono::seconds(asked_seconds)));
}

void Pace::enter() {
    using namespace std::chrono_literals;
    std::unique_lock lock(mutex_);
    while (under_way_ >= limit_ || std::chrono::steady_clock::now() < not_before_) {
        changed_.wait_for(lock, 50ms);
        stop_if_interrupted();
    }
    ++under_way_;
}

void Pace::leave(bool was_busy, std::chrono::milliseconds rest) {
    const std::lock_guard lock(mutex_);
    --under_way_;
    if (was_busy) {
        limit_ = std::max(1U, limit_ / 2);
        good_ = 0;
        not_before_ = std::max(not_before_, std::chrono::steady_clock::now() + rest);
    } else if (++good_ >= 10 && limit_ < most_) {
        ++limit_;
        good_ = 0;
    }
    changed_.notify_all();
}

unsigned Pace::limit() const {
    const std::lock_guard lock(mutex_);
    return limit_;
}

void wait_patiently(std::chrono::milliseconds time) {
    using namespace std::chrono_literals;
    const auto end = std::chrono::steady_clock::now() + time;
    for (auto now = std::chrono::steady_clock::now(); now < end; now = std::chrono::steady_clock::now()) {
        stop_if_interrupted();
        std::this_thread::sleep_for(
            std::min<std::chrono::steady_clock::duration>(end - now, std::chrono::steady_clock::duration(100ms)));
    }
    stop_if_interrupted();
}

}  // namespace kokai
