// SPDX-License-Identifier: Apache-2.0
// What is made of the verdict about one pair of columns in one source: who is told, and how the rows are read.
#pragma once

#include "locate/convert_positions.hpp"
#include "locate/position_header.hpp"
#include "locate/system_choice.hpp"
#include "model/batch.hpp"
#include "model/finding.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace kokai {

/// What the first rows of one source hold in the two columns.
struct PositionSample {
    struct Origin {
        const Batch* batch;
        std::size_t row;
    };
    std::vector<SystemSample> points;
    std::vector<Origin> origins;  // where they stand
    std::size_t degrees = 0;      // that read as degrees in Japan, packed ones too …
    std::size_t swapped = 0;      // … and with the two columns exchanged
    std::size_t placed = 0;       // rows that have a latitude and longitude beside these …
    std::size_t unplaced = 0;     // … and rows that wait for one
};

/// EPSG:4326 and EPSG:6668 are the same here, and so are systems with and without a height.
bool is_same(const CoordinateSystem& a, const CoordinateSystem& b);
std::string words_of(const std::vector<SystemCandidate>& rivals);

class SystemDecision {
public:
    /// `says`: what the headers say of the system.
    SystemDecision(const PositionPair& pair, std::string headers, PositionHeader says, std::uint16_t source,
                   Findings& findings);

    std::optional<SystemCandidate> decide(const PositionSample& sample, const std::optional<CoordinateSystem>& declared,
                                          const SystemVerdict& verdict);

private:
    /// Rows with a position of their own need no other: nobody is asked for their sake.
    void ask(const PositionSample& sample, const std::string& candidates);
    /// Latitude and longitude go into columns of their own.
    [[nodiscard]] bool is_elsewhere() const { return pair_.latitude != pair_.first && pair_.latitude != pair_.second; }
    [[nodiscard]] std::string by_header() const { return "見出し「" + headers_ + "」"; }
    std::optional<SystemCandidate> taken(const PositionSample& sample, const SystemVerdict& verdict);
    /// Of the systems that the points cannot tell apart, the one that the headers name.
    std::optional<SystemCandidate> asked(const PositionSample& sample, const SystemVerdict& verdict);
    std::optional<SystemCandidate> doubted(const PositionSample& sample, const CoordinateSystem& declared,
                                           const SystemVerdict& verdict);

    const PositionPair& pair_;
    std::string headers_;
    PositionHeader says_;
    Place where_;
    Findings& findings_;
};

}  // namespace kokai
