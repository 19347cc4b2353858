// SPDX-License-Identifier: Apache-2.0
// In which coordinate system a table's or file's numbers are: every system that could be is tried on a sample, and
// judged by where its points come to lie: in the municipality or not, near the town of their address or not.
#pragma once

#include "locate/system_score.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace kokai {

struct SystemVerdict {
    enum class Kind : std::uint8_t {
        as_expected,  // the declared system, or degrees in JGD2011
        take,         // no system was declared, and this is it
        doubt,        // another one was declared
        ask           // none can be told from the others
    } kind = Kind::as_expected;
    SystemCandidate best;
    double inside = 0;                    // share of the sample within the municipality, by the best
    double inside_declared = 0;           // … and by the declared one
    std::size_t points = 0;               // that were looked at
    std::vector<SystemCandidate> rivals;  // that cannot be told apart, when asked
    std::string evidence_ja;
};

/// `declared`: what the file, the dataset file or the command line says; none = nobody says anything. Opens kokai_proj
/// only when the plain reading, degrees in JGD2011, is not the best there is.
SystemVerdict choose_system(const std::vector<SystemSample>& sample, AxisNames names,
                            const std::optional<CoordinateSystem>& declared, const SystemEvidence& evidence,
                            const std::filesystem::path& grids);

}  // namespace kokai
