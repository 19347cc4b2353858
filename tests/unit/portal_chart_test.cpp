// SPDX-License-Identifier: Apache-2.0
#include "portal/chart.hpp"

#include "support/catalog_sample.hpp"

#include <catch2/catch.hpp>

using namespace kokai;

namespace {

CatalogTable table_with(std::vector<ChartPoint> points) {
    CatalogTable table = testing::sample_entry().tables[0];
    table.chart_points = std::move(points);
    return table;
}

}  // namespace

TEST_CASE("bars are as long as their values, on one scale for all panels", "[portal]") {
    const auto panels = chart_panels(
        table_with({{"東", "10代", "50"}, {"西", "10代", "200"}, {"東", "20代", "100"}, {"西", "20代", ""}}));
    REQUIRE(panels.size() == 2);
    CHECK(panels[0].title == "10代");
    CHECK(panels[0].svg.find("width=\"25.00%\"") != std::string::npos);
    CHECK(panels[0].svg.find("width=\"100.00%\"") != std::string::npos);
    CHECK(panels[1].svg.find("width=\"50.00%\"") != std::string::npos);
    CHECK(panels[1].svg.find("値なし") != std::string::npos);
    CHECK(panels[0].svg.find(">200 台<") != std::string::npos);
}

TEST_CASE("negative values start at the zero line", "[portal]") {
    const auto panels = chart_panels(table_with({{"増", "", "300"}, {"減", "", "-100"}}));
    REQUIRE(panels.size() == 1);
    CHECK(panels[0].svg.find("x=\"25.00%\" y=\"23\" width=\"75.00%\"") != std::string::npos);
    CHECK(panels[0].svg.find("x=\"0.00%\" y=\"63\" width=\"25.00%\"") != std::string::npos);
}

TEST_CASE("no chart without a number, or with more bars than anybody reads", "[portal]") {
    CHECK(chart_panels(table_with({{"東", "", "多い"}})).empty());
    CHECK(chart_panels(table_with({})).empty());
    CHECK(chart_panels(table_with(std::vector<ChartPoint>(61, {"東", "", "1"}))).empty());
    CHECK(chart_panels(table_with(std::vector<ChartPoint>(60, {"東", "", "1"}))).size() == 1);
    CHECK(chart_panels(table_with({{"東", "", "0"}})).size() == 1);
    CHECK(chart_panels(table_with({{"東", "", "nan"}, {"西", "", "inf"}})).empty());
    CatalogTable table = table_with({{"東", "", "1"}});
    table.chart.reset();
    CHECK(chart_panels(table).empty());
}

TEST_CASE("labels are inert (A38)", "[portal]") {
    CatalogTable table = testing::hostile_entry().tables[0];
    for (const ChartPanel& panel : chart_panels(table)) {
        CHECK(panel.svg.find("<script") == std::string::npos);
        CHECK(panel.svg.find("<img") == std::string::npos);
    }
    CHECK(chart_panels(table).size() == 2);
}
