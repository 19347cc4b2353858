// SPDX-License-Identifier: Apache-2.0
// Tables with plane coordinates or an older datum: which columns, which digits, and what stays as it is.
#include "locate/convert_positions.hpp"
#include "tests/unit/support/small_table.hpp"

#include <catch2/catch.hpp>

using namespace kokai;
using kokai::testing::Outcome;
using kokai::testing::outcome_of;
using kokai::testing::Rows;
using kokai::testing::TableSource;
using Texts = std::vector<std::string>;

namespace {

const std::filesystem::path grids = std::filesystem::path(KOKAI_SOURCE_DIR) / "schemas" / "reference" / "grids";

SystemCandidate in_system(int code) {
    return {*coordinate_system(code), NumberForm::plain, 1, false};
}

Outcome converted(const Texts& header, const Rows& rows, PositionPair pair, const SystemCandidate& candidate,
                  const SystemEvidence& evidence = {}) {
    TableSource source(header, rows);
    ConvertPositions convert(std::move(pair), {candidate}, grids, evidence);
    return outcome_of(source, {&convert}, {});
}

PositionPair by_name() {
    return {"緯度", "経度", AxisNames::latitude_longitude, "緯度", "経度"};
}

std::optional<PositionPair> plane_columns(const Texts& headers) {
    Shape shape;
    for (const std::string& header : headers) {
        shape.columns.push_back({header, nullptr, {}});
    }
    return find_plane_columns(shape);
}

}  // namespace

TEST_CASE("X and Y of a plane system fill latitude and longitude, X being north", "[locate][crs]") {
    const Rows rows{{"a", "43435.474", "-69071.214"},
                    {"b", "４３，４３５．４７ｍ", "-69,071.21"},
                    {"c", "", ""},
                    {"d", "0", "0"},
                    {"e", "不明", "1"},
                    {"f", "43435", "-69071"}};
    const Outcome outcome = converted({"名称", "X座標(m)", "Y座標(m)"}, rows,
                                      *plane_columns({"名称", "X座標(m)", "Y座標(m)"}), in_system(6677));
    REQUIRE(outcome.shape.columns.size() == 5);
    CHECK(outcome.shape.columns[3].name == "緯度");
    CHECK(outcome.shape.columns[3].from.size() == 2);
    CHECK(outcome.rows[0] == Texts{"a", "43435.474", "-69071.214", "36.389", "139.0634"});
    CHECK(outcome.rows[1] == Texts{"b", "４３，４３５．４７ｍ", "-69,071.21", "36.389", "139.0634"});
    CHECK(outcome.rows[2] == Texts{"c", "", "", "", ""});
    CHECK(outcome.rows[3] == Texts{"d", "0", "0", "", ""});
    CHECK(outcome.rows[4] == Texts{"e", "不明", "1", "", ""});
    CHECK(outcome.rows[5].at(3) == "36.388996");  // metres without decimals: six, not more
    CHECK(outcome.places() == Texts{"position-from-plane@B2,C2", "position-from-plane@B3,C3", "position-zero@B5,C5",
                                    "position-unreadable@B6,C6", "position-from-plane@B7,C7"});
    CHECK(outcome.findings[3].found == "不明, 1");
}

TEST_CASE("X and Y that fill columns of their own and are no numbers are errors", "[locate][crs]") {
    const Rows rows{{"1e308", "-69000"}, {"NaN", "-69000"}, {"43435", ""}};
    const Outcome outcome = converted({"X座標", "Y座標"}, rows, *plane_columns({"X座標", "Y座標"}), in_system(6677));
    CHECK(outcome.places() == Texts{"position-unreadable@A2,B2", "position-unreadable@A3,B3", "position-half@A4,B4"});
    for (const Texts& row : outcome.rows) {
        CHECK(row.at(2).empty());
    }
}

TEST_CASE("In an older datum no row passes as it stands: packed, exchanged, or nowhere", "[locate][crs]") {
    const Rows rows{{"36.385700", "139.064000"}, {"362308.52", "1390350.4"}, {"139.064000", "36.385700"},
                    {"1390350.4", "362308.52"},  {"51.5", "139.1"},          {"999999999", "5"}};
    const Outcome outcome = converted({"緯度", "経度"}, rows, by_name(), in_system(4301));
    for (std::size_t row = 0; row < 4; ++row) {
        CAPTURE(row);
        CHECK(outcome.rows[row].at(0).substr(0, 8) == "36.38883");
        CHECK(outcome.rows[row].at(1).substr(0, 8) == "139.0608");
    }
    CHECK(outcome.rows[4] == Texts{"", ""});
    CHECK(outcome.rows[5] == Texts{"", ""});
    CHECK(outcome.places() == Texts{"position-from-plane@A2", "position-from-plane@A3", "position-swapped@A4",
                                    "position-swapped@B4", "position-from-plane@A4", "position-swapped@A5",
                                    "position-swapped@B5", "position-from-plane@A5", "position-outside-japan@A6",
                                    "position-unreadable@A7"});
    // The other way round: plain degrees among packed ones.
    SystemCandidate packed = in_system(4301);
    packed.form = NumberForm::packed_seconds;
    const Outcome plain =
        converted({"緯度", "経度"}, {{"36.385700", "139.064000"}, {"362308.52", "1390350.4"}}, by_name(), packed);
    CHECK(plain.rows[0].at(0).substr(0, 8) == "36.38883");
    CHECK(plain.rows[1].at(0).substr(0, 8) == "36.38883");
}

TEST_CASE("A single row with X and Y exchanged is put right where the border says so", "[locate][crs]") {
    const Rows rows{{"43435.474", "-69071.214"}, {"-69071.214", "43435.474"}, {"-69000", "90000"}};
    const Texts header{"X座標", "Y座標"};
    SystemEvidence evidence;
    evidence.outside = [](LonLat point, double reach) {
        return std::abs(point.latitude - 36.39) < 0.2 && std::abs(point.longitude - 139.06) < 0.2 ? 0.0 : reach;
    };
    const Outcome outcome = converted(header, rows, *plane_columns(header), in_system(6677), evidence);
    CHECK(outcome.rows[0].at(2) == "36.389");
    CHECK(outcome.rows[1].at(2) == "36.389");
    CHECK(outcome.rows[1].at(3) == "139.0634");
    CHECK(outcome.rows[2].at(2).starts_with("35."));  // elsewhere both ways: left to the guard
    CHECK(outcome.places() == Texts{"position-from-plane@A2,B2", "position-swapped@A3", "position-swapped@B3",
                                    "position-from-plane@A3,B3", "position-from-plane@A4,B4"});
    // Without evidence nobody can tell.
    CHECK(converted(header, rows, *plane_columns(header), in_system(6677)).rows[1].at(2).starts_with("35."));
}

TEST_CASE("Degrees and kilometres among metres are no positions", "[locate][crs]") {
    const Texts header{"X座標", "Y座標"};
    TableSource source(header, {{"43435.474", "-69071.214"}, {"36.39", "139.06"}, {"43.4", "-69.1"}, {"150", "90"}});
    const UsualRange usual({-69'000, -68'000, -67'000, -66'000, -65'000}, {43'000, 44'000, 42'000, 45'000, 41'000});
    ConvertPositions convert(*plane_columns(header), {in_system(6677)}, grids, {}, {usual});
    const Outcome outcome = outcome_of(source, {&convert}, {});
    CHECK(outcome.rows[1].at(2).empty());
    CHECK(outcome.rows[2].at(3).empty());
    CHECK(outcome.rows[3].at(2).starts_with("36.001"));  // nothing else explains it: left to the guard
    CHECK(outcome.places() == Texts{"position-unreadable@A3,B3", "position-from-plane@A2,B2",
                                    "position-unreadable@A4,B4", "position-from-plane@A5,B5"});
    CHECK(outcome.findings[0].found == "36.39, 139.06（ほかの行は平面直角座標などのメートル）");
}

TEST_CASE("Columns of latitude and longitude in an older datum are converted in place", "[locate][crs]") {
    const Rows rows{{"36.385700000", "139.064000000"},
                    {"36°23′08.52″", "東経139度03分50.4秒"},
                    {"36.31", "143.0"},
                    {"36.3857", ""}};
    const Outcome outcome = converted({"緯度", "経度"}, rows, by_name(), in_system(4301));
    CHECK(outcome.rows[0] == Texts{"36.388836213", "139.060813692"});
    CHECK(outcome.rows[1].at(0).substr(0, 8) == "36.38883");
    CHECK(outcome.rows[3] == Texts{"36.3857", ""});
    CHECK(outcome.places() == Texts{"position-from-plane@A2", "position-from-plane@A3", "position-from-plane@A4",
                                    "crs-without-parameter@A4"});
    CHECK(outcome.findings[0].expected == "EPSG:4301");
    CHECK(outcome.findings[0].repaired == "36.388836213, 139.060813692");
}

TEST_CASE("Degrees, minutes and seconds keep what their seconds can tell through a shift", "[locate][crs]") {
    const Rows rows{
        {"36°23′08.5″", "139°03′50.4″"}, {"36°23′08.51234″", "139°03′50.41234″"}, {"北緯36.385700度", "139.064000"}};
    const Outcome outcome = converted({"緯度", "経度"}, rows, by_name(), in_system(4301));
    CHECK(outcome.rows[0] == Texts{"36.3888306", "139.0608137"});
    CHECK(outcome.rows[1] == Texts{"36.388834086", "139.06081712"});
    CHECK(outcome.rows[2] == Texts{"36.388836", "139.060814"});
    SystemCandidate packed = in_system(4301);
    packed.form = NumberForm::packed_seconds;
    const Outcome numbers = converted({"緯度", "経度"}, {{"362308.51234", "1390350.41234"}}, by_name(), packed);
    CHECK(numbers.rows[0] == outcome.rows[1]);
    SystemCandidate millimetres = in_system(6677);
    millimetres.form = NumberForm::scaled;
    millimetres.factor = 0.001;
    const Texts axes{"X", "Y"};
    const Outcome plane = converted(axes, {{"43435474", "-69071214"}}, *plane_columns(axes), millimetres);
    const Outcome metres = converted(axes, {{"43435.474", "-69071.214"}}, *plane_columns(axes), in_system(6677));
    CHECK(plane.rows[0].at(2) == metres.rows[0].at(2));
}

TEST_CASE("Exchanged columns change places, with every digit; a lost point comes back", "[locate][crs]") {
    SystemCandidate exchanged = in_system(6668);
    exchanged.swapped = true;
    const Outcome swapped = converted({"緯度", "経度"}, {{"139.0600", "36.38"}, {"", "36.4"}}, by_name(), exchanged);
    CHECK(swapped.rows[0] == Texts{"36.38", "139.0600"});
    CHECK(swapped.rows[1] == Texts{"", "36.4"});
    CHECK(swapped.findings.empty());
    SystemCandidate lost = in_system(6668);
    lost.form = NumberForm::lost_point;
    const Outcome found = converted({"緯度", "経度"}, {{"36389049", "13906"}, {"abc", "1"}}, by_name(), lost);
    CHECK(found.rows[0] == Texts{"36.389049", "139.06"});
    CHECK(found.rows[1] == Texts{"abc", "1"});
    CHECK(found.places() == Texts{"position-from-plane@A2"});
}

TEST_CASE("What is no position in the system stays for its normaliser to tell", "[locate][crs]") {
    const Outcome outcome =
        converted({"緯度", "経度"}, {{"1e400", "5"}, {"99999999999999", "0"}}, by_name(), in_system(6677));
    CHECK(outcome.rows[0] == Texts{"1e400", "5"});
    CHECK((outcome.rows[1] == Texts{"99999999999999", "0"} || outcome.findings.size() == 1));
}

TEST_CASE("X and Y fill the rows without latitude and longitude, and are held against the others", "[locate][crs]") {
    const Texts header{"X座標", "Y座標", "緯度", "経度"};
    PositionPair pair = *plane_columns(header);
    pair.fills = true;
    const Rows rows{{"43435.474", "-69071.214", "", ""},
                    {"43435.474", "-69071.214", "36.3890", "139.0634"},
                    {"43435.474", "-69071.214", "36.3990", "139.0634"},
                    {"", "", "36.3", "139.1"},
                    {"不明", "", "36.3", "139.1"},
                    {"43435.474", "-69071.214", "36.4", ""}};
    const Outcome outcome = converted(header, rows, pair, in_system(6677));
    CHECK(outcome.rows[0] == Texts{"43435.474", "-69071.214", "36.389", "139.0634"});
    CHECK(outcome.rows[1] == rows[1]);
    CHECK(outcome.rows[2] == rows[2]);
    CHECK(outcome.rows[3] == rows[3]);
    CHECK(outcome.rows[4] == rows[4]);
    CHECK(outcome.rows[5].at(3) == "139.0634");
    CHECK(outcome.places() == Texts{"position-from-plane@C2", "position-elsewhere@C4", "position-from-plane@C7"});
    CHECK(outcome.findings[1].found == "36.3990, 139.0634（X座標, Y座標 から 1110 m）");
}

TEST_CASE("Numbers of coordinates as people write them", "[locate][crs]") {
    CHECK(coordinate_number("-69071.214") == -69071.214);
    CHECK(coordinate_number("+43435.474 m") == 43435.474);
    CHECK(coordinate_number("43,435.474") == 43435.474);
    CHECK(coordinate_number("36°30′") == 36.5);
    for (const char* cell : {"", "-", "不明", "abc", "1e5", "m"}) {
        CAPTURE(cell);
        CHECK_FALSE(coordinate_number(cell));
    }
}
