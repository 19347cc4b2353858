// SPDX-License-Identifier: Apache-2.0
#include "locate/points.hpp"
#include "tests/unit/support/small_table.hpp"

#include <catch2/catch.hpp>

using namespace kokai;
using kokai::testing::Outcome;
using kokai::testing::outcome_of;
using kokai::testing::Rows;
using kokai::testing::TableSource;
using Texts = std::vector<std::string>;

namespace {

struct Located {
    Outcome outcome;
    std::vector<std::vector<double>> points;  // empty = none
};

/// Keeps what the shapes are, row by row.
class SeeShapes : public Check {
public:
    explicit SeeShapes(std::vector<std::vector<double>>& points) : points_(&points) {}
    void bind(const Shape& shape) override { CHECK(shape.has_geometry); }
    void admit(Batch& batch, Findings& /*findings*/) override {
        REQUIRE(batch.shapes.size() == batch.size());
        for (std::size_t row = 0; row < batch.size(); ++row) {
            points_->emplace_back();
            if (batch.shapes.kind(row) == GeometryKind::point) {
                const auto ring = batch.shapes.ring(batch.shapes.ring_begin(batch.shapes.part_begin(row)));
                points_->back().assign(ring.begin(), ring.end());
            }
        }
    }

private:
    std::vector<std::vector<double>>* points_;
};

Located located(const Rows& rows) {
    Located result;
    TableSource source({"名称", "緯度", "経度"}, rows);
    LocatePoints locate("緯度", "経度");
    SeeShapes see(result.points);
    result.outcome = outcome_of(source, {&locate}, {&see});
    return result;
}

using Points = std::vector<std::vector<double>>;

PositionColumns position_of(const Texts& headers) {
    Shape shape;
    for (const std::string& header : headers) {
        shape.columns.push_back({header, nullptr, {}});
    }
    return find_position_columns(shape);
}

}  // namespace

TEST_CASE("A clean position becomes a point, longitude first", "[locate][points]") {
    const Located result = located(
        {{"市役所", "36.389049", "139.060668"}, {"北端", "45.5577", "148.8942"}, {"南端", "20.4255", "136.0811"}});
    CHECK(result.outcome.findings.empty());
    CHECK(result.points == Points{{139.060668, 36.389049}, {148.8942, 45.5577}, {136.0811, 20.4255}});
}

TEST_CASE("No position is a note, half of one an error at the empty cell", "[locate][points]") {
    const Located result = located({{"a", "", ""}, {"b", "36.4", ""}, {"c", "", "139.1"}, {"d", "36.4", "139.1"}});
    CHECK(result.outcome.places() == Texts{"position-missing@B2", "position-half@C3", "position-half@B4"});
    CHECK(result.outcome.findings[0].severity == Severity::note);
    CHECK(result.outcome.findings[1].severity == Severity::error);
    CHECK(result.outcome.findings[1].found == "36.4");
    CHECK(result.outcome.findings[2].found == "139.1");
    CHECK(result.points == Points{{}, {}, {}, {139.1, 36.4}});
}

TEST_CASE("Zero, zero is no position, both cells told", "[locate][points]") {
    const Located result = located({{"a", "0", "0"}, {"b", "0.000", "-0"}});
    CHECK(result.outcome.places() ==
          Texts{"position-zero@B2", "position-zero@C2", "position-zero@B3", "position-zero@C3"});
    CHECK(result.outcome.rows == Rows{{"a", "", ""}, {"b", "", ""}});
    CHECK(result.points == Points{{}, {}});
}

TEST_CASE("Swapped latitude and longitude are put right, both cells told", "[locate][points]") {
    const Located result = located({{"a", "139.060668", "36.389049"}});
    CHECK(result.outcome.places() == Texts{"position-swapped@B2", "position-swapped@C2"});
    CHECK(result.outcome.findings[0].found == "139.060668");
    CHECK(result.outcome.findings[0].repaired == "36.389049");
    CHECK(result.outcome.findings[0].severity == Severity::warning);
    CHECK(result.outcome.rows == Rows{{"a", "36.389049", "139.060668"}});
    CHECK(result.points == Points{{139.060668, 36.389049}});
}

TEST_CASE("Outside Japan is an error at each cell that is", "[locate][points]") {
    const Located result =
        located({{"a", "51.5", "139.1"}, {"b", "36.4", "0.1"}, {"c", "-36.4", "-139.1"}, {"d", "36.4", "170"}});
    CHECK(result.outcome.places() == Texts{"position-outside-japan@B2", "position-outside-japan@C3",
                                           "position-outside-japan@B4", "position-outside-japan@C4",
                                           "position-outside-japan@C5"});
    CHECK(result.outcome.findings[0].found == "51.5");
    CHECK(result.points == Points{{}, {}, {}, {}});
    CHECK(result.outcome.rows[0] == Texts{"a", "51.5", "139.1"});  // what becomes of the cell is the engine's business
}

TEST_CASE("What is no decimal was told by the normaliser: no point, no second finding", "[locate][points]") {
    const Located result = located({{"a", "36度23分", "139.06"}, {"b", "36.389,", "139.06"}});
    CHECK(result.outcome.findings.empty());
    CHECK(result.points == Points{{}, {}});
}

TEST_CASE("A table without position columns, or with shapes of its own, keeps what it has", "[locate][points]") {
    Shape shape;
    shape.columns = {{"名称", nullptr, {}}, {"緯度", nullptr, {}}};
    LocatePoints half("緯度", "経度");
    CHECK_FALSE(half.bind(shape).has_geometry);

    shape.columns.push_back({"経度", nullptr, {}});
    shape.has_geometry = true;
    LocatePoints own("緯度", "経度");
    CHECK(own.bind(shape).has_geometry);
    Batch batch;
    batch.columns.resize(3);
    batch.rows = {{2, 0, 0}};
    batch.columns[0].cells = {"市域"};
    batch.columns[1].cells = {"36.4"};
    batch.columns[2].cells = {"139.1"};
    batch.shapes.add_point_row(139.5, 36.5);
    Findings findings;
    own.run(batch, findings);
    REQUIRE(batch.shapes.size() == 1);
    CHECK(batch.shapes.ring(0)[0] == 139.5);
    REQUIRE(findings.list().size() == 1);  // columns that say another place than the shape
    CHECK(findings.list()[0].code == Code::position_elsewhere);
    CHECK(std::string(findings.list()[0].found).starts_with("36.4, 139.1（図形から 3"));

    // Beside the shape: nothing to say.
    findings.clear();
    batch.columns[1].cells = {"36.5005"};
    batch.columns[2].cells = {"139.5"};
    own.run(batch, findings);
    CHECK(findings.list().empty());

    // Rows of a source without shapes, in a table that has some.
    batch.shapes.clear();
    batch.columns[1].cells = {"36.4"};
    batch.columns[2].cells = {"139.1"};
    own.run(batch, findings);
    REQUIRE(batch.shapes.size() == 1);
    CHECK(batch.shapes.ring(0)[0] == 139.1);
}

namespace {

/// One row of a source with shapes, its two columns and its shape, after LocatePoints.
struct Beside {
    Batch batch;
    Findings findings;
    std::vector<std::string> codes;

    Beside(const char* latitude, const char* longitude, const Geometries& shape,
           SourceShapes shapes = SourceShapes::points) {
        Shape table;
        table.columns = {{"緯度", nullptr, {}}, {"経度", nullptr, {}}};
        table.has_geometry = true;
        LocatePoints locate("緯度", "経度", shapes);
        CHECK(locate.bind(table).columns[0].made == (shapes == SourceShapes::points));
        batch.columns.resize(2);
        batch.columns[0].cells = {latitude};
        batch.columns[1].cells = {longitude};
        batch.rows = {{2, 0, 0}};
        batch.states = {RowState::kept};
        batch.shapes = shape;
        locate.run(batch, findings);
        for (const Finding& finding : findings.list()) {
            codes.emplace_back(info(finding.code).id);
        }
    }
    [[nodiscard]] Texts cells() const {
        return {std::string(batch.columns[0].cells[0]), std::string(batch.columns[1].cells[0])};
    }
};

Geometries one_point(double longitude, double latitude) {
    Geometries shapes;
    shapes.add_point_row(longitude, latitude);
    return shapes;
}

Geometries no_shape() {
    Geometries shapes;
    shapes.end_row(GeometryKind::none);
    return shapes;
}

}  // namespace

TEST_CASE("Empty columns are filled in from a point, with the digits that it has", "[locate][points]") {
    const Beside filled("", "", one_point(139.061234567, 36.39));
    CHECK(filled.cells() == Texts{"36.39", "139.061234567"});
    CHECK(filled.codes == Texts{"position-from-shape"});
    CHECK(filled.findings.list()[0].repaired == "36.39, 139.061234567");
    // What a conversion made: to a millimetre, without zeros at the end.
    CHECK(Beside("", "", one_point(139.06000000000003, 36.123456789012)).cells() == Texts{"36.12345679", "139.06"});
    // Half of a position is completed where it is the shape's own, else told.
    CHECK(Beside("36.3901", "", one_point(139.06, 36.39)).cells() == Texts{"36.3901", "139.06"});
    const Beside other("35.1", "", one_point(139.06, 36.39));
    CHECK(other.cells() == Texts{"35.1", ""});
    CHECK(other.codes == Texts{"position-half"});
    CHECK(Beside("北", "", one_point(139.06, 36.39)).codes.empty());  // told by the normaliser
    // Zeros are no position, and exchanged columns are put right.
    const Beside zeros("0", "0", one_point(139.06, 36.39));
    CHECK(zeros.cells() == Texts{"36.39", "139.06"});
    CHECK(zeros.codes == Texts{"position-zero", "position-zero", "position-from-shape"});
    CHECK(Beside("139.06", "36.39", one_point(139.06, 36.39)).cells() == Texts{"36.39", "139.06"});

    Geometries several;  // one point of a multi point is that point, two are none in particular
    several.add_point(139.06, 36.39);
    several.end_ring();
    several.end_part();
    several.end_row(GeometryKind::multi_point);
    CHECK(Beside("", "", several).cells() == Texts{"36.39", "139.06"});
    Geometries area;
    for (const auto& [x, y] : {std::pair{139.0, 36.0}, {139.1, 36.0}, {139.1, 36.1}, {139.0, 36.0}}) {
        area.add_point(x, y);
    }
    area.end_ring();
    area.end_part();
    area.end_row(GeometryKind::polygon);
    CHECK(Beside("", "", area, SourceShapes::lines_or_areas).cells() == Texts{"", ""});
    Batch first_rows;
    first_rows.shapes = area;
    CHECK(shapes_of({&first_rows}) == SourceShapes::lines_or_areas);
    first_rows.shapes = several;
    CHECK(shapes_of({&first_rows}) == SourceShapes::points);
    first_rows.shapes.clear();
    CHECK(shapes_of({&first_rows}) == SourceShapes::none);
}

TEST_CASE("A row without shape is placed by its columns, but not among areas", "[locate][points]") {
    const Beside placed("36.39", "139.06", no_shape());
    CHECK(placed.codes == Texts{"position-from-columns"});
    REQUIRE(placed.batch.shapes.kind(0) == GeometryKind::point);
    CHECK(placed.batch.shapes.ring(0)[0] == 139.06);
    CHECK(Beside("", "", no_shape()).codes.empty());
    CHECK(Beside("36.39", "", no_shape()).codes == Texts{"position-half"});
    const Beside abroad("51.5", "0.1", no_shape());
    CHECK(abroad.codes == Texts{"position-outside-japan", "position-outside-japan"});
    CHECK(abroad.batch.shapes.kind(0) == GeometryKind::none);
    CHECK(Beside("36.39", "139.06", no_shape(), SourceShapes::lines_or_areas).batch.shapes.kind(0) ==
          GeometryKind::none);
}

TEST_CASE("Position columns of a table without schema are known by their usual names", "[locate][points]") {
    CHECK(position_of({"名称", "緯度", "経度"}).latitude == "緯度");
    CHECK(position_of({"施設_経度", "施設_緯度"}).longitude == "施設_経度");
    CHECK(position_of({"Latitude", "LONGITUDE"}).latitude == "Latitude");
    CHECK(position_of({"lat", "lng"}).longitude == "lng");
    CHECK(position_of({"緯度（北緯）", "経度（東経）"}).latitude == "緯度（北緯）");
    CHECK(position_of({"北緯", "東経"}).longitude == "東経");
    CHECK(position_of({"緯度", "名称"}).latitude.empty());
    CHECK(position_of({"lat", "経度"}).longitude.empty());
    CHECK(position_of({"緯度(日本測地系)", "経度(日本測地系)", "緯度(世界測地系)", "経度(世界測地系)"}).longitude ==
          "経度(世界測地系)");
}

TEST_CASE("A number that is no angle is told once, by the normaliser", "[locate]") {
    const Located result = located({{"あ", "36389049", "139.06"}, {"い", "36.39", "500"}, {"う", "12.5", "139.06"}});
    CHECK(result.points == Points{{}, {}, {}});
    REQUIRE(result.outcome.findings.size() == 1);
    CHECK(result.outcome.findings.at(0).found == "12.5");
}
