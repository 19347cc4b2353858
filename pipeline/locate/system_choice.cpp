// SPDX-License-Identifier: Apache-2.0
// JGD2000 and JGD2011 lie half a metre apart, which no border shows: of the two the declared one, else JGD2011.
#include "locate/system_choice.hpp"

#include <algorithm>
#include <utility>

namespace kokai {
namespace {

constexpr double sure = 4;              // e^4 = 55 times as likely
constexpr double surer = 7;             // before something declared or usual is doubted
constexpr double beyond_datums = 1000;  // metres: more than the Tokyo datum is away from JGD2011
constexpr double same_place = 25;       // metres: two candidates that cannot be told apart and need not be

}  // namespace

SystemVerdict choose_system(const std::vector<SystemSample>& sample, AxisNames names,
                            const std::optional<CoordinateSystem>& declared, const SystemEvidence& evidence,
                            const std::filesystem::path& grids) {
    SystemScorer scorer(sample, names, evidence, grids);
    SystemVerdict verdict;
    verdict.points = scorer.points();
    verdict.best.system = declared.value_or(degrees_in(Datum::jgd2011));
    if (scorer.points() == 0 || !scorer.has_evidence()) {
        return verdict;
    }
    if (!declared) {
        verdict.best = scorer.usual_reading();
    } else if (scorer.reads_as_packed(*declared)) {
        verdict.best.form = NumberForm::packed_seconds;  // a way of writing degrees, no other system
    }
    const SystemCandidate usual = verdict.best;
    // What nobody has to be told of: ordinary degrees, in either order, and those that the normaliser reads.
    const auto expected = [&] {
        const bool plain_form = usual.form == NumberForm::plain || usual.form == NumberForm::packed_seconds;
        verdict.kind = plain_form ? SystemVerdict::Kind::as_expected : SystemVerdict::Kind::take;
        return verdict;
    };
    const std::optional<ScoredSystem> plain = scorer.score(usual);
    if (plain && usual.system.projection == Projection::degrees && usual.system.datum == Datum::jgd2011 &&
        scorer.is_plausible(*plain) && plain->inside >= 0.9) {
        // Nearly every table ends here, without PROJ.
        const auto tokyo = scorer.score({degrees_in(Datum::tokyo), usual.form, usual.factor, usual.swapped});
        if (!tokyo || tokyo->score <= plain->score + 1) {
            verdict.inside = verdict.inside_declared = plain->inside;
            verdict.evidence_ja = scorer.evidence_of(*plain);
            return expected();
        }
    }
    std::vector<ScoredSystem> scored;
    if (plain) {
        scored.push_back(*plain);
    }
    const bool only_degrees = scorer.reads_as_degrees();
    const Datum world = declared && declared->datum == Datum::jgd2000 ? Datum::jgd2000 : Datum::jgd2011;
    for (const SystemCandidate& candidate : all_candidates(names, world)) {
        const bool as_degrees =
            candidate.system.projection == Projection::degrees && candidate.form == NumberForm::plain;
        if (!same_candidate(candidate, usual) && (as_degrees || !only_degrees)) {
            if (auto one = scorer.score(candidate)) {
                one->score -= oddness(candidate);
                scored.push_back(std::move(*one));
            }
        }
    }
    std::stable_sort(scored.begin(), scored.end(),
                     [](const ScoredSystem& a, const ScoredSystem& b) { return a.score > b.score; });
    // Without a border all points are within it.
    const bool nowhere_known = evidence.outside == nullptr && plain && !scorer.is_plausible(*plain);
    verdict.inside_declared = plain && !nowhere_known ? plain->inside : 0;
    // Degrees that lie in Japan are read as such, wherever the municipality is.
    const bool read_anyway = !declared && usual.form != NumberForm::lost_point && scorer.lies_in_japan(usual);
    const auto ask = [&] {
        std::vector<const ScoredSystem*> named;
        for (const ScoredSystem& one : scored) {
            const bool known = std::any_of(named.begin(), named.end(), [&](const ScoredSystem* other) {
                return SystemScorer::apart(*other, one) < same_place;
            });
            if (named.size() < 4 && one.score > scored.front().score - sure && scorer.is_plausible(one) && !known) {
                named.push_back(&one);
                verdict.rivals.push_back(one.candidate);
            }
        }
        const bool answers = !verdict.rivals.empty() || !read_anyway;
        verdict.kind = answers ? SystemVerdict::Kind::ask : SystemVerdict::Kind::as_expected;
        return verdict;
    };
    if (scored.empty()) {
        return declared ? verdict : ask();
    }
    const ScoredSystem& best = scored.front();
    verdict.inside = best.inside;
    verdict.evidence_ja = scorer.evidence_of(best);
    const bool usual_is_best = same_candidate(best.candidate, usual);
    if (!scorer.is_plausible(best)) {
        // Points that lie elsewhere in every system say nothing about the system; but nobody reads 43,000 as degrees.
        return declared || (usual.form == NumberForm::plain && plain) ? verdict : ask();
    }
    const double from_usual = plain ? SystemScorer::apart(best, *plain) : beyond_datums;
    if (usual_is_best || from_usual < same_place || (from_usual < beyond_datums && !scorer.tells_datums())) {
        return expected();
    }
    double next = best.score - 1000;
    double next_apart = beyond_datums;
    for (const ScoredSystem& one : scored) {
        if (&one != &best && SystemScorer::apart(best, one) >= same_place) {
            next = one.score;
            next_apart = SystemScorer::apart(best, one);
            break;
        }
    }
    const double ahead_of_usual = plain ? best.score - plain->score : 1000;
    if (declared) {
        if (ahead_of_usual >= surer) {
            verdict.kind = SystemVerdict::Kind::doubt;
            verdict.best = best.candidate;
        }
        return verdict;
    }
    const bool clear = best.score - next >= sure && (next_apart >= beyond_datums || scorer.tells_datums());
    if (clear && ahead_of_usual >= surer) {
        verdict.kind = SystemVerdict::Kind::take;
        verdict.best = best.candidate;
        return verdict;
    }
    // Degrees are in JGD2011 unless something speaks against it.
    if (plain && scorer.is_plausible(*plain) && ahead_of_usual < sure / 2) {
        return expected();
    }
    return ask();
}

}  // namespace kokai
