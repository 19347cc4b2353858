// SPDX-License-Identifier: Apache-2.0
#include "locate/points.hpp"
#include "model/error.hpp"
#include "support/sqlite.hpp"
#include "tests/unit/support/small_schema.hpp"
#include "tests/unit/support/small_sink.hpp"
#include "tests/unit/support/small_table.hpp"
#include "tests/unit/support/temporary_folder.hpp"
#include "write/geopackage.hpp"
#include "write/gpkg/geometry.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstring>
#include <random>

using namespace kokai;
using kokai::testing::field_named;
using kokai::testing::Rows;
using kokai::testing::TableSource;
using kokai::testing::TakeFields;
using kokai::testing::TemporaryFolder;
using kokai::testing::write_all;

namespace {

/// A database read back: all values of a query, row by row, joined by `|`.
class ReadBack {
public:
    explicit ReadBack(const std::filesystem::path& path) {
        sqlite3* opened = nullptr;
        REQUIRE(sqlite3_open_v2(path.c_str(), &opened, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK);
        database_.reset(opened);
    }
    std::vector<std::string> operator()(const std::string& sql) const {
        std::vector<std::string> rows;
        const auto row = [](void* out, int count, char** values, char**) {
            std::string text;
            for (int i = 0; i < count; ++i) {
                text += (i == 0 ? "" : "|") + std::string(values[i] == nullptr ? "NULL" : values[i]);
            }
            static_cast<std::vector<std::string>*>(out)->push_back(text);
            return 0;
        };
        char* message = nullptr;
        const int code = sqlite3_exec(database_.get(), sql.c_str(), row, &rows, &message);
        INFO(sql << ": " << (message == nullptr ? "" : message));
        REQUIRE(code == SQLITE_OK);
        return rows;
    }

private:
    struct Close {
        void operator()(sqlite3* database) const { sqlite3_close(database); }
    };
    std::unique_ptr<sqlite3, Close> database_;
};

using Texts = std::vector<std::string>;

GeoPackageOptions options_in(const TemporaryFolder& folder) {
    GeoPackageOptions options;
    options.folder = folder.path();
    options.name = "102016_aed.gpkg";
    return options;
}

OutputFile write_points(const GeoPackageOptions& options, const std::vector<std::string>& header, const Rows& rows,
                        const Schema& schema = {}, std::size_t batch_rows = 2) {
    TableSource source(header, rows, 0, batch_rows);
    TakeFields fields(schema);
    LocatePoints locate("緯度", "経度");
    GeoPackageSink sink(options);
    return write_all(source, {&fields, &locate}, sink);
}

void check_sound(const ReadBack& read, const std::string& tree) {
    CHECK(read("PRAGMA integrity_check") == Texts{"ok"});
    CHECK(read("PRAGMA foreign_key_check").empty());
    CHECK(read("SELECT rtreecheck('" + tree + "')") == Texts{"ok"});
}

/// Shapes without cells through the sink, `step` rows a batch.
void write_shapes(GeoPackageSink& sink, const Geometries& shapes, std::size_t step) {
    static const Shape shape = [] {
        Shape made;
        made.has_geometry = true;
        return made;
    }();
    sink.open(shape);
    Findings findings;
    for (std::size_t begin = 0; begin < shapes.size(); begin += step) {
        Batch batch;
        const std::size_t end = std::min(shapes.size(), begin + step);
        for (std::size_t row = begin; row < end; ++row) {
            for (std::size_t part = shapes.part_begin(row); part < shapes.part_end(row); ++part) {
                for (std::size_t ring = shapes.ring_begin(part); ring < shapes.ring_end(part); ++ring) {
                    const auto xy = shapes.ring(ring);
                    for (std::size_t i = 0; i < xy.size(); i += 2) {
                        batch.shapes.add_point(xy[i], xy[i + 1]);
                    }
                    batch.shapes.end_ring();
                }
                batch.shapes.end_part();
            }
            batch.shapes.end_row(shapes.kind(row));
        }
        batch.rows.resize(end - begin);
        batch.states.assign(end - begin, RowState::kept);
        batch.first_written_row = begin;
        Buffer buffer;
        sink.encode(batch, buffer, findings);
        sink.append(std::move(buffer));
    }
}

void add_ring(Geometries& shapes, const std::vector<std::pair<double, double>>& points) {
    for (const auto& [x, y] : points) {
        shapes.add_point(x, y);
    }
    shapes.end_ring();
}

const std::string srid = "E6100000";  // 4326

}  // namespace

TEST_CASE("Rows with a position, their types, and what the standard's tables say", "[write][gpkg]") {
    const TemporaryFolder folder;
    Schema schema;
    schema.fields = {field_named("台数"), field_named("面積")};
    schema.fields[0].type = "integer";
    schema.fields[1].type = "number";
    GeoPackageOptions options = options_in(folder);
    options.title = "AED <設置> & '箇所'";
    options.license = "CC-BY-4.0";
    options.attribution = "前橋市\x01";
    options.modified = "2025-01-31";
    const OutputFile file = write_points(options, {"名称", "緯度", "経度", "台数", "面積"},
                                         {{"市役所", "36.5", "139.25", "3", "1.50"},
                                          {"館", "", "", "1", "2"},
                                          {"'\"; DROP\n\tTABLE x", "36.25", "139.5", "9223372036854775807", "-0.25"},
                                          {"", "36.75", "139", "", ""}},
                                         schema);
    CHECK(file.format == "gpkg");
    CHECK(file.path == "102016_aed.gpkg");
    CHECK(file.rows == 3);
    CHECK(file.bytes == std::filesystem::file_size(folder.path() / file.path));
    const ReadBack read(folder.path() / file.path);
    CHECK(read(R"(SELECT fid,hex(geom),名称,緯度,台数,typeof(台数),面積,typeof(面積) FROM "102016_aed")") ==
          Texts{"1|475000"
                "01" +
                    srid +
                    "0101000000"
                    "0000000000686140"
                    "0000000000404240"
                    "|市役所|36.5|3|integer|1.5|real",
                "3|475000"
                "01" +
                    srid +
                    "0101000000"
                    "0000000000706140"
                    "0000000000204240"
                    "|'\"; DROP\n\tTABLE x|36.25|9223372036854775807|integer|-0.25|real",
                "4|475000"
                "01" +
                    srid +
                    "0101000000"
                    "0000000000606140"
                    "0000000000604240"
                    "|NULL|36.75|NULL|null|NULL|null"});
    check_sound(read, "rtree_102016_aed_geom");
    CHECK(read("PRAGMA application_id") == Texts{std::to_string(0x47504B47)});
    CHECK(read("PRAGMA user_version") == Texts{"10300"});
    CHECK(read("SELECT * FROM gpkg_contents") ==
          Texts{"102016_aed|features|AED <設置> & '箇所'||2025-01-31T00:00:00.000Z|139.0|36.25|139.5|36.75|4326"});
    CHECK(read("SELECT * FROM gpkg_geometry_columns") == Texts{"102016_aed|geom|POINT|4326|0|0"});
    CHECK(read("SELECT srs_id FROM gpkg_spatial_ref_sys") == Texts{"-1", "0", "4326"});
    CHECK(read("SELECT extension_name,table_name,column_name,scope FROM gpkg_extensions") ==
          Texts{"gpkg_rtree_index|102016_aed|geom|write-only", "gpkg_metadata|gpkg_metadata|NULL|read-write",
                "gpkg_metadata|gpkg_metadata_reference|NULL|read-write"});
    CHECK(
        read("SELECT metadata FROM gpkg_metadata") ==
        Texts{"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<metadata xmlns:dcterms=\"http://purl.org/dc/terms/\">\n"
              "  <dcterms:title>AED &lt;設置&gt; &amp; '箇所'</dcterms:title>\n"
              "  <dcterms:license>CC-BY-4.0</dcterms:license>\n  <dcterms:source>前橋市\xEF\xBF\xBD</dcterms:source>\n"
              "  <dcterms:modified>2025-01-31</dcterms:modified>\n</metadata>\n"});
    CHECK(read("SELECT * FROM gpkg_metadata_reference") ==
          Texts{"table|102016_aed|NULL|NULL|2025-01-31T00:00:00.000Z|1|NULL"});
    CHECK(read("SELECT name FROM sqlite_master WHERE type='trigger' ORDER BY name").size() == 6);
    CHECK(read("SELECT type FROM pragma_table_info('102016_aed')") ==
          Texts{"INTEGER", "POINT", "TEXT", "TEXT", "TEXT", "INTEGER", "REAL"});
}

TEST_CASE("A cell of a number column that is no number is empty, with a finding", "[write][gpkg]") {
    const TemporaryFolder folder;
    Schema schema;
    schema.fields = {field_named("数"), field_named("長さ")};
    schema.fields[0].type = "integer";
    schema.fields[1].type = "number";
    TableSource source({"数", "長さ", "緯度", "経度"},
                       {{"約100", "1e3", "36", "139"},
                        {"007", "1.5", "36", "139"},
                        {"1.5", "-7", "36", "139"},
                        {"9223372036854775808", "", "36", "139"},
                        {"-0", "12345678901234567890", "36", "139"}},
                       0, 10);
    TakeFields fields(schema);
    LocatePoints locate("緯度", "経度");
    Findings findings;
    const Shape first = source.open(findings);
    const Shape second = fields.bind(first);
    const Shape third = locate.bind(second);
    GeoPackageSink sink(options_in(folder));
    sink.open(third);
    Batch batch;
    REQUIRE(source.next(batch, findings));
    batch.states.assign(batch.size(), RowState::kept);
    locate.run(batch, findings);
    Buffer buffer;
    sink.encode(batch, buffer, findings);
    sink.append(std::move(buffer));
    sink.close();
    Texts found;
    for (const Finding& finding : findings.list()) {
        CHECK(finding.code == Code::number_left_out);
        CHECK(finding.expected == "GeoPackage");
        found.emplace_back(finding.found);
    }
    CHECK(found == Texts{"約100", "1e3", "007", "1.5", "9223372036854775808", "12345678901234567890"});
    const ReadBack read(folder.path() / "102016_aed.gpkg");
    CHECK(read(R"(SELECT 数,長さ FROM "102016_aed")") ==
          Texts{"NULL|NULL", "NULL|1.5", "NULL|-7.0", "NULL|NULL", "0|NULL"});
}

TEST_CASE("The geometry type is that of the data, GEOMETRY when mixed or unknown", "[write][gpkg]") {
    CHECK(gpkg_geometry_type(kind_bit(GeometryKind::multi_polygon)) == std::string("MULTIPOLYGON"));
    const auto type_of = [](const Geometries& shapes) {
        const TemporaryFolder folder;
        GeoPackageSink sink(options_in(folder));
        write_shapes(sink, shapes, 1);
        sink.close();
        const ReadBack read(folder.path() / "102016_aed.gpkg");
        check_sound(read, "rtree_102016_aed_geom");
        const Texts said = read("SELECT geometry_type_name FROM gpkg_geometry_columns");
        CHECK(read("SELECT type FROM pragma_table_info('102016_aed') WHERE name='geom'") == said);
        return said;
    };
    Geometries shapes;
    CHECK(type_of(shapes) == Texts{"GEOMETRY"});
    shapes.end_row(GeometryKind::none);
    add_ring(shapes, {{1, 2}, {4, 4}});
    shapes.end_part();
    shapes.end_row(GeometryKind::line);
    CHECK(type_of(shapes) == Texts{"LINESTRING"});
    shapes.add_point_row(1, 2);
    CHECK(type_of(shapes) == Texts{"GEOMETRY"});
}

TEST_CASE("An empty table is a whole GeoPackage without an extent", "[write][gpkg]") {
    const TemporaryFolder folder;
    const OutputFile file = write_points(options_in(folder), {"名称", "緯度", "経度"}, {{"館", "", ""}});
    CHECK(file.rows == 0);
    const ReadBack read(folder.path() / file.path);
    check_sound(read, "rtree_102016_aed_geom");
    CHECK(read("SELECT identifier,last_change,min_x,max_y FROM gpkg_contents") ==
          Texts{"102016_aed|1970-01-01T00:00:00.000Z|NULL|NULL"});
    CHECK(read("SELECT name FROM sqlite_master WHERE name LIKE 'gpkg_metadata%'").empty());
    CHECK(read("SELECT count(*) FROM \"102016_aed\"") == Texts{"0"});
}

TEST_CASE("Columns of the data keep their names, whatever ours are called", "[write][gpkg]") {
    const TemporaryFolder folder;
    GeoPackageOptions options = options_in(folder);
    options.table = "gpkg_施設 \"一覧\".x";
    write_points(options, {"FID", "Geom", "fid_", "Name", "name", "name_2", "緯度", "経度", "", "oid"},
                 {{"a", "b", "c", "d", "e", "f", "36", "139", "g", "h"}});
    const ReadBack read(folder.path() / "102016_aed.gpkg");
    CHECK(
        read("SELECT name FROM pragma_table_info('table_gpkg_施設 \"一覧\".x')") ==
        Texts{"fid__", "geom_", "FID", "Geom", "fid_", "Name", "name_3", "name_2", "緯度", "経度", "column_9", "oid"});
    CHECK(read(R"(SELECT "FID","Geom","name_3","name_2","column_9","oid" FROM "table_gpkg_施設 ""一覧"".x")") ==
          Texts{"a|b|e|f|g|h"});
    CHECK(read("SELECT column_name FROM gpkg_geometry_columns") == Texts{"geom_"});
    check_sound(read, "rtree_table_gpkg_施設 \"一覧\".x_geom_");
}

TEST_CASE("The packed index of several levels finds what a scan finds", "[write][gpkg]") {
    std::mt19937 random(7);
    std::uniform_real_distribution<double> along(139, 140), up(36, 37), size(0, 0.01);
    Geometries shapes;
    std::vector<Bounds> boxes;
    const std::size_t rows = GENERATE(std::size_t{51}, std::size_t{52}, std::size_t{51 * 51 + 1}, std::size_t{6000});
    for (std::size_t i = 0; i < rows; ++i) {
        const double x = along(random), y = up(random), w = size(random), h = size(random);
        add_ring(shapes, {{x, y}, {x + w, y}, {x + w, y + h}, {x, y + h}, {x, y}});
        shapes.end_part();
        shapes.end_row(GeometryKind::polygon);
        boxes.push_back(bounds_of(shapes, i));
    }
    const TemporaryFolder folder;
    GeoPackageSink sink(options_in(folder));
    write_shapes(sink, shapes, 500);
    CHECK(sink.close().rows == rows);
    const ReadBack read(folder.path() / "102016_aed.gpkg");
    const std::string tree = "rtree_102016_aed_geom";
    check_sound(read, tree);
    CHECK(read("SELECT count(*) FROM " + tree + "_rowid") == Texts{std::to_string(rows)});
    // Depth of the root: the first two bytes of its node.
    CHECK(read("SELECT hex(substr(data,1,2)) FROM " + tree + "_node WHERE nodeno=1") == Texts{rows <= 51 ? "0000"
                                                                                              : rows <= 51 * 51
                                                                                                  ? "0001"
                                                                                                  : "0002"});
    for (int trial = 0; trial < 20; ++trial) {
        const double west = along(random), south = up(random), east = west + 0.05, north = south + 0.05;
        Texts expected;
        for (std::size_t i = 0; i < rows; ++i) {
            if (boxes[i].east >= west && boxes[i].west <= east && boxes[i].north >= south && boxes[i].south <= north) {
                expected.push_back(std::to_string(i + 1));
            }
        }
        const auto number = [](double value) { return std::to_string(value); };
        const Texts found =
            read("SELECT id FROM " + tree + " WHERE maxx>=" + number(west) + " AND minx<=" + number(east) +
                 " AND maxy>=" + number(south) + " AND miny<=" + number(north) + " ORDER BY id");
        // The index rounds outward: it may find a neighbour too many, never one too few.
        CHECK(std::includes(found.begin(), found.end(), expected.begin(), expected.end(),
                            [](const std::string& a, const std::string& b) { return std::stol(a) < std::stol(b); }));
        CHECK(found.size() <= expected.size() + 2);
    }
}

TEST_CASE("The bytes are the same however the rows are cut into batches", "[write][gpkg]") {
    Rows rows;
    for (int i = 0; i < 400; ++i) {
        rows.push_back({"施設" + std::to_string(i), i % 7 == 0 ? "" : "36." + std::to_string(i), "139.5",
                        i == 200 ? std::string(100000, 'x') : ""});
    }
    std::string first;
    for (const std::size_t batch_rows : {1U, 3U, 64U, 1000U}) {
        const TemporaryFolder folder;
        write_points(options_in(folder), {"名称", "緯度", "経度", "備考"}, rows, {}, batch_rows);
        const std::string bytes = folder.read("102016_aed.gpkg");
        REQUIRE_FALSE(bytes.empty());
        if (first.empty()) {
            first = bytes;
        }
        CHECK(bytes == first);
    }
}

TEST_CASE("A folder that takes no file, and too many columns, are errors of the world", "[write][gpkg]") {
    const TemporaryFolder folder;
    GeoPackageOptions options = options_in(folder);
    options.folder /= "none";
    CHECK_THROWS_AS(write_points(options, {"緯度", "経度"}, {}), WorldError);
    CHECK_THROWS_AS(write_points(options_in(folder), Texts(1999, "a"), {}), WorldError);
    CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("What fails on the thread is thrown where the rows come from, and leaves no file", "[write][gpkg]") {
    const TemporaryFolder folder;
    {
        Geometries shapes;
        for (int i = 0; i < 8; ++i) {
            shapes.add_point_row(139, 36);
        }
        GeoPackageSink sink(options_in(folder));
        write_shapes(sink, shapes, 8);
        // The same rows again: their fids are taken.
        Batch batch;
        batch.shapes = shapes;
        batch.rows.resize(shapes.size());
        batch.states.assign(shapes.size(), RowState::kept);
        Findings findings;
        Buffer buffer;
        sink.encode(batch, buffer, findings);
        sink.append(std::move(buffer));
        CHECK_THROWS_AS(sink.close(), WorldError);
    }
    CHECK(std::filesystem::is_empty(folder.path()));
    {
        Geometries shapes;
        shapes.add_point_row(139, 36);
        GeoPackageSink sink(options_in(folder));
        write_shapes(sink, shapes, 8);
        CHECK(std::filesystem::exists(folder.path() / "102016_aed.gpkg"));
    }
    CHECK(std::filesystem::is_empty(folder.path()));  // never closed: the run failed elsewhere
}
