// SPDX-License-Identifier: Apache-2.0
// How well a candidate fits a sample: likelihoods, in natural logarithms, where one point that lies wrong never
// decides, for cities do publish things in the next town.
#pragma once

#include "locate/converter.hpp"
#include "locate/representative_point.hpp"
#include "locate/system_candidate.hpp"

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace kokai {

/// Of so many points every which one is looked at.
std::size_t sample_step(std::size_t points);

struct SystemSample {
    double first = 0, second = 0;
    std::optional<LonLat> town;  // where the town of the row's address lies
};

struct SystemEvidence {
    /// Metres outside the municipality, 0 inside, at most `reach`; none = it is not known which municipality.
    std::function<double(LonLat, double reach)> outside;
    double tolerance = 100;  // how well the municipality's border is known, in metres
};

struct ScoredSystem {
    SystemCandidate candidate;
    double score = 0;
    double inside = 0;
    std::vector<LonLat> points;
};

class SystemScorer {
public:
    SystemScorer(const std::vector<SystemSample>& sample, AxisNames names, const SystemEvidence& evidence,
                 std::filesystem::path grids);

    [[nodiscard]] std::size_t points() const { return sample_.size(); }
    /// A simplified border along a coast would move a harbour's facilities inland by the 450 m between the datums.
    [[nodiscard]] bool tells_datums() const;
    [[nodiscard]] bool has_evidence() const { return evidence_.outside != nullptr || towns_ > 0; }

    /// Null for what lies far away from everything that is known.
    std::optional<ScoredSystem> score(const SystemCandidate& candidate);

    [[nodiscard]] bool is_plausible(const ScoredSystem& scored) const;

    [[nodiscard]] std::string evidence_of(const ScoredSystem& scored) const;

    /// Whether the middle of the sample lies in Japan, read as degrees in JGD2011.
    [[nodiscard]] bool lies_in_japan(const SystemCandidate& degrees) const;

    /// Whether nine of ten points are degrees in Japan in one order: nobody writes metres between 20 and 154.
    [[nodiscard]] bool reads_as_degrees() const;

    /// How the numbers are read when nobody says anything: as degrees in JGD2011, in the first form that lies in Japan.
    [[nodiscard]] SystemCandidate usual_reading() const;

    /// Whether the middle of the sample lies in Japan as degrees, minutes and seconds in one number, and not as it
    /// stands.
    [[nodiscard]] bool reads_as_packed(const CoordinateSystem& declared) const;

    static double apart(const ScoredSystem& a, const ScoredSystem& b);

private:
    /// Places lie around the point of their town, in large towns at a larger distance: how far is taken from the points
    /// themselves, so that a whole layer beside its towns tells against a candidate.
    [[nodiscard]] double score_of_towns(const ScoredSystem& scored) const;

    /// A reading that draws all points together into one spot has them in the municipality by chance: the wider they
    /// lie there, the more it says.
    [[nodiscard]] static double score_of_spread(const ScoredSystem& scored);

    /// How well the points keep to the towns of their addresses: the median distance.
    [[nodiscard]] double off_towns(const ScoredSystem& scored) const;

    /// Whether the middle of a sample could be there: near the municipality, or near a town where there are many.
    [[nodiscard]] bool may_hold(LonLat middle, double reach) const;

    /// Whether the middle of the sample comes to lie where it could, reckoned on a ball.
    [[nodiscard]] bool may_lie_near(const SystemCandidate& candidate) const;

    static bool needs_proj(const CoordinateSystem& system);
    bool place(const SystemCandidate& candidate, PositionConverter* converter, const SystemSample& one,
               LonLat& point) const;

    AxisNames names_;
    const SystemEvidence& evidence_;
    std::filesystem::path grids_;
    std::vector<SystemSample> sample_;
    SystemSample middle_;
    std::size_t towns_ = 0;
};

}  // namespace kokai
