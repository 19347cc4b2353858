// SPDX-License-Identifier: Apache-2.0
#include "validate/quality.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace kokai;

namespace {

QualityShares shares_of(std::initializer_list<std::pair<QualityPart, Share>> given) {
    QualityShares shares;
    for (const auto& [part, share] : given) {
        shares[static_cast<std::size_t>(part)] = share;
    }
    return shares;
}

Share days_apart(std::string_view frequency, std::string_view modified, std::string_view data) {
    return freshness_of({frequency, modified, data}).share;
}

}  // namespace

TEST_CASE("Every part has its weight, and a share of it is rounded down", "[validate][quality]") {
    const QualityScore score = score_of(shares_of({{QualityPart::required, {9, 10}},             // 22.5 of 25
                                                   {QualityPart::recommended, {1, 3}},           // 5.0 of 15
                                                   {QualityPart::values, {999'999, 1'000'000}},  // 19.9 of 20
                                                   {QualityPart::rows, {10, 10}},                // 10
                                                   {QualityPart::unique, {0, 10}},               // 0
                                                   {QualityPart::positions, {2, 3}},             // 6.6 of 10
                                                   {QualityPart::freshness, {600, 1000}}}));     // 6.0 of 10
    std::vector<std::pair<std::uint32_t, std::uint32_t>> points;
    for (const PartScore& part : score.parts) {
        points.emplace_back(part.points, part.of);
    }
    CHECK(points == std::vector<std::pair<std::uint32_t, std::uint32_t>>{
                        {225, 250}, {50, 150}, {199, 200}, {100, 100}, {0, 100}, {66, 100}, {60, 100}});
    CHECK(score.points == 700);
    CHECK(tenths_text(score.points) == "70.0");
    CHECK(score.left_out.empty());
}

TEST_CASE("What does not apply is left out, and the others share its points", "[validate][quality]") {
    // 25 : 20 : 10 of 55 are 45.45 : 36.36 : 18.18; the tenth that is left over goes to the largest rest.
    const QualityScore score = score_of(
        shares_of({{QualityPart::required, {1, 2}}, {QualityPart::values, {3, 3}}, {QualityPart::rows, {4, 4}}}));
    REQUIRE(score.parts.size() == 3);
    CHECK(score.parts[0].of == 454);
    CHECK(score.parts[1].of == 364);
    CHECK(score.parts[2].of == 182);
    CHECK(score.parts[0].points == 227);
    CHECK(score.points == 773);
    CHECK(score.left_out == std::vector<QualityPart>{QualityPart::recommended, QualityPart::unique,
                                                     QualityPart::positions, QualityPart::freshness});
    CHECK(score.find(QualityPart::rows)->points == 182);
    CHECK(score.find(QualityPart::unique) == nullptr);
}

TEST_CASE("The weights of the parts are 100, and whatever parts apply do so, too", "[validate][quality]") {
    for (unsigned mask = 1; mask < 1U << quality_part_count; ++mask) {
        QualityShares shares;
        std::uint32_t weights = 0;
        for (std::size_t i = 0; i < quality_part_count; ++i) {
            shares[i] = (mask & (1U << i)) != 0 ? Share{7, 7} : Share{};
            weights += info(static_cast<QualityPart>(i)).weight;
        }
        CHECK(weights == 100);
        CHECK(score_of(shares).points == 1000);
    }
    CHECK(score_of({}).points == 0);
    CHECK(score_of({}).parts.empty());
}

TEST_CASE("Mending brings its share of the part, and never more than is wrong", "[validate][quality]") {
    const QualityScore score = score_of(shares_of({{QualityPart::required, {80, 100}}}));
    const PartScore& part = score.parts.front();
    CHECK(gain_of(part, 5) == Approx(50.0));
    CHECK(gain_of(part, 20) == Approx(200.0));
    CHECK(gain_of(part, 500) == Approx(200.0));
}

TEST_CASE("Freshness is told from dates that are written down", "[validate][quality]") {
    CHECK(days_apart("", "", "").good == 0);
    CHECK(days_apart("", "", "").of == 600);
    CHECK(days_apart("other", "2026-04-01", "").good == 600);
    CHECK(days_apart("ANNUAL", "2026-04-01", "2026-03-01").good == 1000);
    CHECK(days_apart("ANNUAL", "2026-04-01", "2026-03-01").of == 1000);
    CHECK(days_apart("ANNUAL", "2026-04-01", "2025-02-28").good == 1000);  // 397 days: a year and a month
    // 794 days are twice what is allowed: half of the 4 points.
    CHECK(freshness_of({"ANNUAL", "2026-04-01", "2024-01-28"}).days == 794);
    CHECK(days_apart("ANNUAL", "2026-04-01", "2024-01-28").good == 800);
    CHECK(days_apart("IRREG", "2026-04-01", "1999-01-01").of == 600);  // no period to hold it against
    CHECK(days_apart("ANNUAL", "2026-13-01", "2024-01-28").good == 300);
    // Saved a year after it says that it was modified.
    const Freshness later = freshness_of({"ANNUAL", "2024-04-01", "2025-04-01"});
    CHECK(later.saved_later);
    CHECK(later.share.good == 850);
    CHECK_FALSE(freshness_of({"ANNUAL", "2024-04-01", "2024-04-20"}).saved_later);
    CHECK(freshness_of({"DAILY", "2024-03-01", "2024-02-28"}).days == 2);
}

TEST_CASE("What is told of the layout costs no points, what is told of a value does", "[validate][quality]") {
    CHECK_FALSE(part_of(Code::rows_above_header));
    CHECK_FALSE(part_of(Code::text_normalised));
    CHECK_FALSE(part_of(Code::column_unsure));
    CHECK(part_of(Code::date_unreadable) == QualityPart::values);
    CHECK(part_of(Code::id_duplicate) == QualityPart::unique);
    CHECK(part_of(Code::position_half) == QualityPart::positions);
    // Whatever empties a cell that its field cannot hold is a wrong value or a wrong position.
    for (const CodeInfo& code : finding_catalogue()) {
        if (code.unfit) {
            INFO(code.id);
            CHECK((part_of(code.code) == QualityPart::values || part_of(code.code) == QualityPart::positions));
        }
    }
}
