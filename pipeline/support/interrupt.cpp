// SPDX-License-Identifier: Apache-2.0
#include "support/interrupt.hpp"

#include "model/error.hpp"

#include <csignal>
#include <unistd.h>

namespace kokai {
namespace {

volatile std::sig_atomic_t signalled = 0;

extern "C" void remember_signal(int number) {
    if (signalled != 0) {
        ::_exit(128 + number);
    }
    signalled = number;
}

}  // namespace

void watch_signals() {
    struct sigaction action {};
    action.sa_handler = remember_signal;  // NOLINT(cppcoreguidelines-pro-type-union-access): POSIX gives it so
    ::sigaction(SIGINT, &action, nullptr);
    ::sigaction(SIGTERM, &action, nullptr);
    // A reader that went away (`kokai … | head`) is an ordinary write error.
    std::signal(SIGPIPE, SIG_IGN);
}

bool was_interrupted() {
    return signalled != 0;
}

void stop_if_interrupted() {
    if (signalled != 0) {
        throw Interrupted(signalled == SIGTERM ? Exit::terminated : Exit::interrupted);
    }
}

}  // namespace kokai
