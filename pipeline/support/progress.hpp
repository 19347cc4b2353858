// SPDX-License-Identifier: Apache-2.0
// How far a long piece of work has come: a bar on a terminal, a line per ten percent elsewhere, nothing when quiet. On
// stderr.
#pragma once

#include <chrono>
#include <mutex>
#include <string>

namespace kokai {

class Progress {
public:
    enum class Style { bar, lines, none };
    static Style style_for(bool quiet);

    Progress(Style style, std::string label);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;
    Progress(Progress&&) = delete;
    Progress& operator=(Progress&&) = delete;

    /// `part` of the whole is done, 0 to 1. From any thread; going back is ignored.
    void update(double part);

private:
    void draw(int percent);

    Style style_;
    std::string label_;
    std::mutex mutex_;
    int shown_ = 0;
    bool drawn_ = false;
    std::chrono::steady_clock::time_point last_;
};

}  // namespace kokai
