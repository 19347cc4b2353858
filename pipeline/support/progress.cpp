// SPDX-License-Identifier: Apache-2.0
#include "support/progress.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <utility>

namespace kokai {

Progress::Style Progress::style_for(bool quiet) {
    return quiet ? Style::none : ::isatty(STDERR_FILENO) != 0 ? Style::bar : Style::lines;
}

Progress::Progress(Style style, std::string label)
    : style_(style), label_(std::move(label)), last_(std::chrono::steady_clock::now()) {}

Progress::~Progress() {
    if (drawn_ && style_ == Style::bar) {
        std::fputs("\r\x1B[K", stderr);  // the bar goes, the findings stay
        std::fflush(stderr);
    }
}

void Progress::update(double part) {
    if (style_ == Style::none) {
        return;
    }
    const std::lock_guard lock(mutex_);
    const int percent = static_cast<int>(std::clamp(part, 0.0, 1.0) * 100.0);
    if (style_ == Style::lines) {
        if (percent / 10 > shown_ / 10) {
            shown_ = percent;
            std::fprintf(stderr, "%s: %d %%\n", label_.c_str(), percent / 10 * 10);
        }
        return;
    }
    const auto now = std::chrono::steady_clock::now();
    if (percent > shown_ && now - last_ > std::chrono::milliseconds(100)) {
        last_ = now;
        shown_ = percent;
        draw(percent);
    }
}

void Progress::draw(int percent) {
    constexpr int width = 40;
    std::string bar(static_cast<std::size_t>(percent * width / 100), '#');
    bar.resize(width, '.');
    std::fprintf(stderr, "\r%s [%s] %3d %%", label_.c_str(), bar.c_str(), percent);
    std::fflush(stderr);
    drawn_ = true;
}

}  // namespace kokai
