// SPDX-License-Identifier: Apache-2.0
// The encoded features while their final order is not known. They come in runs that are in order in themselves, so that
// bringing all into order reads each run from its begin to its end, in large pieces.
#pragma once

#include "support/scratch_file.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string_view>
#include <vector>

namespace kokai {

class FgbBodies {
public:
    /// `window_bytes`: what reading may hold, for all runs together.
    FgbBodies(const std::filesystem::path& folder, std::size_t window_bytes);

    /// What is added from now on is a run of its own; returns its number.
    std::uint32_t begin_run();
    /// Returns where the feature begins.
    std::uint64_t add(std::string_view feature);

    /// One feature of a run; good until the next call. Within a run they are asked for from first to last.
    std::string_view read(std::uint32_t run, std::uint64_t offset, std::size_t size);

private:
    struct Run {
        std::uint64_t end = 0;
        std::uint64_t window_begin = 0;
        std::vector<char> window;
    };

    ScratchFile file_;
    std::size_t window_bytes_;
    std::vector<Run> runs_;
    std::vector<char> large_;
};

}  // namespace kokai
