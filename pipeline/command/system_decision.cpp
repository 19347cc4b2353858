// SPDX-License-Identifier: Apache-2.0
#include "command/system_decision.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

namespace kokai {
namespace {

/// What is mostly so of a sample: nine of ten, of at least three.
bool mostly(std::size_t part, std::size_t all) {
    return all >= 3 && part * 10 >= all * 9;
}

/// Numbers as large as metres of a plane system: columns called X and Y could be anything else.
bool are_metres(const PositionSample& sample) {
    constexpr double least = 1000;
    constexpr double most = 1e7;
    const auto large =
        static_cast<std::size_t>(std::count_if(sample.points.begin(), sample.points.end(), [](const SystemSample& one) {
            const double larger = std::max(std::abs(one.first), std::abs(one.second));
            return larger >= least && larger < most;
        }));
    return large > 0 && large * 10 >= sample.points.size() * 9;
}

}  // namespace

bool is_same(const CoordinateSystem& a, const CoordinateSystem& b) {
    return a.projection == b.projection && a.datum == b.datum && a.zone == b.zone;
}

std::string words_of(const std::vector<SystemCandidate>& rivals) {
    std::string words;
    for (const SystemCandidate& one : rivals) {
        words += (words.empty() ? "" : " / ") + words_ja(one);
    }
    return words;
}

SystemDecision::SystemDecision(const PositionPair& pair, std::string headers, PositionHeader says, std::uint16_t source,
                               Findings& findings)
    : pair_(pair), headers_(std::move(headers)), says_(std::move(says)), where_{0, 0, 0, source, nullptr},
      findings_(findings) {}

std::optional<SystemCandidate> SystemDecision::decide(const PositionSample& sample,
                                                      const std::optional<CoordinateSystem>& declared,
                                                      const SystemVerdict& verdict) {
    const CoordinateSystem world = degrees_in(Datum::jgd2011);
    const bool by_name = pair_.names == AxisNames::latitude_longitude;
    const std::size_t all = sample.points.size();
    if (declared && declared->projection != Projection::degrees && by_name && mostly(sample.degrees, all)) {
        findings_.add(Code::crs_doubtful, where_, code_text(*declared), words_ja({world}));
        return is_elsewhere() ? std::optional(SystemCandidate{world}) : std::nullopt;
    }
    const std::optional<CoordinateSystem> system = declared ? declared : says_.system();
    switch (verdict.kind) {
    case SystemVerdict::Kind::take:
        return taken(sample, verdict);
    case SystemVerdict::Kind::doubt:
        return doubted(sample, *system, verdict);
    case SystemVerdict::Kind::ask:
        if (!verdict.rivals.empty()) {
            return asked(sample, verdict);
        }
        break;
    case SystemVerdict::Kind::as_expected:
        break;
    }
    if (declared && !says_.allows(*declared)) {
        findings_.add(Code::crs_doubtful, where_, code_text(*declared), by_header());
    }
    if (system && (system->projection != Projection::degrees || system->datum != Datum::jgd2011)) {
        if (!declared) {
            findings_.add(Code::crs_guessed, where_, words_ja({*system}), by_header());
        }
        return SystemCandidate{*system};
    }
    if (mostly(sample.swapped, all) && by_name) {
        findings_.add(Code::axes_swapped, where_, headers_);
        return SystemCandidate{world, NumberForm::plain, 1, true};
    }
    // X and Y that are longitude and latitude, and go into columns of their own.
    if (is_elsewhere() && (by_name || declared || mostly(sample.degrees, all) || mostly(sample.swapped, all))) {
        return SystemCandidate{world, NumberForm::plain, 1, mostly(sample.swapped, all)};
    }
    if (!by_name && are_metres(sample)) {
        ask(sample, "平面直角座標系（第1系〜第19系。EPSG:6669〜6687 など）");
    }
    return std::nullopt;
}

void SystemDecision::ask(const PositionSample& sample, const std::string& candidates) {
    if (sample.placed == 0) {
        findings_.add(Code::crs_undecided, where_, candidates);
    }
}

std::optional<SystemCandidate> SystemDecision::taken(const PositionSample& sample, const SystemVerdict& verdict) {
    SystemCandidate best = verdict.best;
    if (!says_.allows(best.system)) {
        ask(sample, fmt::format("{}（{}）/ {}", words_ja(best), verdict.evidence_ja, by_header()));
        return std::nullopt;
    }
    if (says_.datum == Datum::jgd2000 && best.system.projection == Projection::plane) {
        best.system = plane_system(Datum::jgd2000, best.system.zone);
    }
    const bool world = best.system.projection == Projection::degrees && best.system.datum == Datum::jgd2011;
    if (world && best.form == NumberForm::packed_seconds && !best.swapped && !is_elsewhere() &&
        pair_.names == AxisNames::latitude_longitude) {
        return std::nullopt;  // the normaliser of coordinates reads that
    }
    if (!world || best.form != NumberForm::plain) {
        findings_.add(Code::crs_guessed, where_, words_ja(best), verdict.evidence_ja);
    }
    if (best.swapped) {
        findings_.add(Code::axes_swapped, where_, headers_);
    }
    return best;
}

std::optional<SystemCandidate> SystemDecision::asked(const PositionSample& sample, const SystemVerdict& verdict) {
    std::vector<SystemCandidate> named;
    std::copy_if(verdict.rivals.begin(), verdict.rivals.end(), std::back_inserter(named),
                 [&](const SystemCandidate& one) { return says_.allows(one.system); });
    if (named.size() == 1 && verdict.rivals.size() > 1) {
        findings_.add(Code::crs_guessed, where_, words_ja(named.front()), by_header());
        return named.front();
    }
    ask(sample, words_of(verdict.rivals));
    return std::nullopt;
}

std::optional<SystemCandidate> SystemDecision::doubted(const PositionSample& sample, const CoordinateSystem& declared,
                                                       const SystemVerdict& verdict) {
    const SystemCandidate& best = verdict.best;
    if (is_same(best.system, declared) && best.form == NumberForm::plain && best.swapped) {
        findings_.add(Code::axes_swapped, where_, headers_);
        return best;
    }
    const bool in_degrees = declared.projection == Projection::degrees;
    if (in_degrees && best.system.projection != Projection::degrees && are_metres(sample)) {
        // Read as declared, no row of it is a position.
        ask(sample, fmt::format("{}（{}）", words_ja(best), verdict.evidence_ja));
        return std::nullopt;
    }
    SystemCandidate kept{declared};
    const bool same_unit = in_degrees ? best.system.projection == Projection::degrees : is_same(best.system, declared);
    const bool readable = mostly(sample.degrees, sample.points.size()) || mostly(sample.swapped, sample.points.size());
    if (same_unit && best.form != NumberForm::plain && !(in_degrees && readable)) {
        // Another way of writing is no other system: 36389049 is a latitude in whichever datum was declared.
        kept = {declared, best.form, best.factor, best.swapped};
        findings_.add(Code::crs_guessed, where_, words_ja(kept), verdict.evidence_ja);
        if (kept.swapped) {
            findings_.add(Code::axes_swapped, where_, headers_);
        }
    }
    if (!is_same(best.system, declared) || kept.form == NumberForm::plain) {
        findings_.add(Code::crs_doubtful, where_, code_text(declared),
                      fmt::format("{}（{}）", words_ja(best), verdict.evidence_ja));
    }
    const bool stays = in_degrees && declared.datum == Datum::jgd2011 && kept.form == NumberForm::plain;
    if (!stays) {
        return kept;
    }
    kept.swapped = mostly(sample.swapped, sample.points.size());
    return kept.swapped || is_elsewhere() ? std::optional(kept) : std::nullopt;
}

}  // namespace kokai
