// SPDX-License-Identifier: Apache-2.0
#include "locate/points.hpp"
#include "map/condition.hpp"
#include "support/xml.hpp"
#include "tests/unit/support/small_schema.hpp"
#include "tests/unit/support/small_sink.hpp"
#include "tests/unit/support/small_table.hpp"
#include "tests/unit/support/temporary_folder.hpp"
#include "write/kml.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <set>

using namespace kokai;
using kokai::testing::field_named;
using kokai::testing::Rows;
using kokai::testing::TableSource;
using kokai::testing::TakeFields;
using kokai::testing::TemporaryFolder;
using kokai::testing::write_all;

namespace {

struct Kml {
    std::string text;
    OutputFile file;
};

Kml kml_of(const std::vector<std::string>& header, const Rows& rows, const Schema& schema = {}, KmlOptions options = {},
           std::size_t batch_rows = 2) {
    const TemporaryFolder folder;
    options.folder = folder.path();
    options.name = "a.kml";
    TableSource source(header, rows, 0, batch_rows);
    TakeFields fields(schema);
    LocatePoints locate("緯度", "経度");
    KmlSink sink(options);
    const OutputFile file = write_all(source, {&fields, &locate}, sink);
    return {folder.read("a.kml"), file};
}

/// What a parser makes of a document: the values of its fields, row by row, and the names.
class KmlReader : public XmlHandler {
public:
    explicit KmlReader(const std::string& text) { parse_xml(text, *this, "a.kml", ""); }

    std::vector<std::map<std::string, std::string>> rows;
    std::vector<std::string> names;
    std::map<std::string, std::string> fields;  // types by name

    void start(std::string_view name, const XmlAttributes& attributes) override {
        text_.clear();
        if (name == "SimpleField") {
            fields[std::string(attributes["name"])] = attributes["type"];
        } else if (name == "SimpleData") {
            field_ = attributes["name"];
        } else if (name == "Placemark") {
            rows.emplace_back();
        }
    }
    void text(std::string_view piece) override { text_ += piece; }
    void end(std::string_view name) override {
        if (name == "SimpleData") {
            rows.back()[field_] = text_;
        } else if (name == "name") {
            names.push_back(text_);
        }
    }

private:
    std::string text_, field_;
};

/// The first row's value of a column of texts, as a parser reads it.
std::string read_back(const std::string& cell) {
    return KmlReader(kml_of({"説明", "緯度", "経度"}, {{cell, "36", "139"}}).text).rows.at(0)["説明"];
}

std::string geometry_of(const Geometries& shapes, std::size_t row) {
    RowText text;
    append_kml_geometry(text, shapes, row);
    return std::string(text.view());
}

void add_ring(Geometries& shapes, const std::vector<std::pair<double, double>>& points) {
    for (const auto& [x, y] : points) {
        shapes.add_point(x, y);
    }
    shapes.end_ring();
}

const std::string head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                         "<kml xmlns=\"http://www.opengis.net/kml/2.2\" xmlns:atom=\"http://www.w3.org/2005/Atom\">\n"
                         "<Document>\n";

}  // namespace

TEST_CASE("A document to the byte, its elements in the order of OGC's schema", "[write][kml]") {
    Schema schema;
    schema.fields = {field_named("定員"), field_named("面積")};
    schema.fields[0].type = "integer";
    schema.fields[1].type = "number";
    KmlOptions options;
    options.title = "AED設置箇所";
    options.description = "場所 & 時間";
    options.license = "CC-BY-4.0";
    options.attribution = "前橋市";
    options.name_column = "名称";
    const Kml kml =
        kml_of({"名称", "定員", "面積", "緯度", "経度"},
               {{"市役所", "12", "1.50", "36.3890490", "139.06066675"}, {"館", "", "", "", ""}}, schema, options);
    CHECK(kml.text == head + "<name>AED設置箇所</name>\n"
                             "<atom:author><atom:name>前橋市</atom:name></atom:author>\n"
                             "<description>場所 &amp; 時間</description>\n"
                             "<ExtendedData><Data name=\"license\"><value>CC-BY-4.0</value></Data></ExtendedData>\n"
                             "<Schema name=\"fields\" id=\"fields\">\n"
                             "<SimpleField type=\"string\" name=\"名称\"></SimpleField>\n"
                             "<SimpleField type=\"int\" name=\"定員\"></SimpleField>\n"
                             "<SimpleField type=\"double\" name=\"面積\"></SimpleField>\n"
                             "<SimpleField type=\"string\" name=\"緯度\"></SimpleField>\n"
                             "<SimpleField type=\"string\" name=\"経度\"></SimpleField>\n"
                             "</Schema>\n"
                             "<Placemark><name>市役所</name><ExtendedData><SchemaData schemaUrl=\"#fields\">"
                             "<SimpleData name=\"名称\">市役所</SimpleData><SimpleData name=\"定員\">12</SimpleData>"
                             "<SimpleData name=\"面積\">1.50</SimpleData>"
                             "<SimpleData name=\"緯度\">36.3890490</SimpleData>"
                             "<SimpleData name=\"経度\">139.06066675</SimpleData></SchemaData></ExtendedData>"
                             "<Point><coordinates>139.0606668,36.389049</coordinates></Point></Placemark>\n"
                             "</Document>\n</kml>\n");
    CHECK(kml.file.format == "kml");
    CHECK(kml.file.path == "a.kml");
    CHECK(kml.file.rows == 1);  // the one with a position
    CHECK(kml.file.bytes == kml.text.size());
}

TEST_CASE("A document without rows, titles or columns", "[write][kml]") {
    CHECK(kml_of({}, {}).text == head + "<Schema name=\"fields\" id=\"fields\">\n</Schema>\n</Document>\n</kml>\n");
}

TEST_CASE("A placemark is named by its name, else by its id, else not at all", "[write][kml]") {
    KmlOptions options;
    options.title = "表";
    options.name_column = "名称";
    options.id_column = "ID";
    const Rows rows{{"1", "<駅>", "36", "139"}, {"2", "", "36", "139"}, {"", "", "36", "139"}};
    CHECK(KmlReader(kml_of({"ID", "名称", "緯度", "経度"}, rows, {}, options).text).names ==
          std::vector<std::string>{"表", "<駅>", "2"});
    options.name_column = "ほか";  // not in the table
    CHECK(KmlReader(kml_of({"ID", "名称", "緯度", "経度"}, rows, {}, options).text).names ==
          std::vector<std::string>{"表", "1", "2"});
}

TEST_CASE("Markup and line breaks come back as they were, at any place of any length of text", "[write][kml]") {
    for (const std::string& special :
         std::vector<std::string>{"&", "<", ">", "\"", "'", "]]>", "\n", "\r", "\r\n", "\t", "&amp;", "（", "～", "県",
                                  "\xEF\xBF\xBD", "\xEF\xBF\xBC", "\xF0\xA0\xAE\xB7", "\x7F"}) {
        Rows rows;
        for (std::size_t length = 0; length < 36; ++length) {
            for (std::size_t at = 0; at <= length; ++at) {
                rows.push_back({std::string(at, 'a') + special + std::string(length - at, 'z'), "36", "139"});
            }
        }
        const KmlReader read(kml_of({"説明", "緯度", "経度"}, rows).text);
        REQUIRE(read.rows.size() == rows.size());
        std::size_t right = 0;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            right += read.rows[i].at("説明") == rows[i][0] ? 1U : 0U;
        }
        CHECK(right == rows.size());
    }
}

TEST_CASE("What XML cannot hold is left out, nothing in its place", "[write][kml]") {
    CHECK(read_back("a\x01"
                    "b\x1F"
                    "c\x0B") == "abc");
    CHECK(read_back("\xEF\xBF\xBE前\xEF\xBF\xBF橋\xEF\xBF\xBF") == "前橋");
    CHECK(read_back("1234567\xEF\xBF\xBE"
                    "89012345\xEF\xBF\xBF"
                    "6789") == "1234567890123456789");
    CHECK(read_back(std::string("nul\0l", 5)) == "null");
    CHECK(read_back("\x02").empty());
}

TEST_CASE("Very long text comes back whole", "[write][kml]") {
    const std::string plain(1 << 20U, 'x');
    const std::string markup(1 << 20U, '&');
    CHECK(read_back(plain) == plain);
    CHECK(read_back(markup) == markup);
}

TEST_CASE("Field names with quotes and line breaks", "[write][kml]") {
    const std::string name = "a\"b\n<c>\t&'d\"\r" + std::string(200, 'n');
    const KmlReader read(kml_of({name, "緯度", "経度"}, {{"x", "36", "139"}}).text);
    CHECK(read.fields.count(name) == 1);
    CHECK(read.rows.at(0).at(name) == "x");
}

TEST_CASE("A field that promises numbers holds nothing else, and the finding says what was left out", "[write][kml]") {
    Schema schema;
    schema.fields = {field_named("定員"), field_named("面積")};
    schema.fields[0].type = "integer";
    schema.fields[1].type = "number";
    const Rows rows{{"-5", "-5.25"}, {"12人", "約3"}, {"1.5", "1e5"},     {"3000000000", "3000000000"},
                    {"007", "007"},  {"", ""},        {"2147483647", "."}};
    TableSource source({"定員", "面積"}, rows, 0, rows.size());
    TakeFields fields(schema);
    Findings findings;
    const Shape before = source.open(findings);
    const Shape shape = fields.bind(before);
    Batch batch;
    REQUIRE(source.next(batch, findings));
    batch.states.assign(batch.size(), RowState::kept);
    for (std::size_t row = 0; row < batch.size(); ++row) {
        batch.shapes.add_point_row(139, 36);
    }
    const TemporaryFolder folder;
    KmlOptions options;
    options.folder = folder.path();
    options.name = "a.kml";
    KmlSink sink(options);
    sink.open(shape);
    Buffer buffer;
    sink.encode(batch, buffer, findings);
    std::vector<std::string> left_out;
    for (const Finding& finding : findings.list()) {
        CHECK(finding.code == Code::number_left_out);
        CHECK(finding.expected == "KML");
        left_out.push_back(std::to_string(finding.where.row) + ":" + std::string(finding.found));
    }
    CHECK(left_out == std::vector<std::string>{"3:12人", "3:約3", "4:1.5", "4:1e5", "5:3000000000", "8:."});
    sink.append(std::move(buffer));
    sink.close();
    const KmlReader read(folder.read("a.kml"));
    CHECK(read.fields == std::map<std::string, std::string>{{"定員", "int"}, {"面積", "double"}});
    using Row = std::map<std::string, std::string>;
    CHECK(read.rows == std::vector<Row>{{{"定員", "-5"}, {"面積", "-5.25"}},
                                        {},
                                        {},
                                        {{"面積", "3000000000"}},
                                        {{"定員", "007"}, {"面積", "007"}},
                                        {},
                                        {{"定員", "2147483647"}}});
}

TEST_CASE("Rows without a position and rows that are not kept have no placemark", "[write][kml]") {
    const TemporaryFolder folder;
    TableSource source({"a", "緯度", "経度"},
                       {{"x", "36", "139"}, {"1", "36", "139"}, {"2", "", ""}, {"3", "36", "139"}});
    FilterRows filter({{"a", Condition::Test::not_equals, {"x"}}}, {});
    LocatePoints locate("緯度", "経度");
    KmlOptions options;
    options.folder = folder.path();
    options.name = "a.kml";
    KmlSink sink(options);
    CHECK(write_all(source, {&filter, &locate}, sink).rows == 2);
    const KmlReader read(folder.read("a.kml"));
    REQUIRE(read.rows.size() == 2);
    CHECK(read.rows[0].at("a") == "1");
    CHECK(read.rows[1].at("a") == "3");
}

TEST_CASE("A KML does not depend on how the rows come in batches", "[write][kml]") {
    const Rows rows{{"1", "36", "139"}, {"2", "", ""}, {"3", "36", "139"}, {"4", "36", "139"}, {"5", "36", "139"}};
    CHECK(kml_of({"a", "緯度", "経度"}, rows, {}, {}, 1).text == kml_of({"a", "緯度", "経度"}, rows, {}, {}, 9).text);
}

TEST_CASE("Every kind of geometry in KML", "[write][kml]") {
    Geometries shapes;
    shapes.add_point_row(-139.5, 36.25);
    for (const double x : {139.0, 139.5}) {
        shapes.add_point(x, 36);
        shapes.end_ring();
        shapes.end_part();
    }
    shapes.end_row(GeometryKind::multi_point);
    add_ring(shapes, {{139, 36}, {139.5, 36.5}});
    shapes.end_part();
    shapes.end_row(GeometryKind::line);
    add_ring(shapes, {{139, 36}, {139.5, 36.5}});
    shapes.end_part();
    add_ring(shapes, {{138, 35}, {138.5, 35.5}});
    shapes.end_part();
    shapes.end_row(GeometryKind::multi_line);
    for (const double x : {139.0, 140.0}) {
        add_ring(shapes, {{x, 36}, {x, 36.5}, {x + 0.5, 36.5}, {x, 36}});
        shapes.end_part();
    }
    shapes.end_row(GeometryKind::multi_polygon);
    CHECK(geometry_of(shapes, 0) == "<Point><coordinates>-139.5,36.25</coordinates></Point>");
    CHECK(geometry_of(shapes, 1) == "<MultiGeometry><Point><coordinates>139,36</coordinates></Point>"
                                    "<Point><coordinates>139.5,36</coordinates></Point></MultiGeometry>");
    CHECK(geometry_of(shapes, 2) == "<LineString><coordinates>139,36 139.5,36.5</coordinates></LineString>");
    CHECK(geometry_of(shapes, 3) ==
          "<MultiGeometry><LineString><coordinates>139,36 139.5,36.5</coordinates></LineString>"
          "<LineString><coordinates>138,35 138.5,35.5</coordinates></LineString></MultiGeometry>");
    const auto polygon = [](const std::string& ring) {
        return "<Polygon><outerBoundaryIs><LinearRing><coordinates>" + ring +
               "</coordinates></LinearRing></outerBoundaryIs></Polygon>";
    };
    CHECK(geometry_of(shapes, 4) == "<MultiGeometry>" + polygon("139,36 139.5,36.5 139,36.5 139,36") +
                                        polygon("140,36 140.5,36.5 140,36.5 140,36") + "</MultiGeometry>");
}

TEST_CASE("A KML polygon's outer ring goes counter-clockwise and its hole clockwise", "[write][kml]") {
    const std::vector<std::pair<double, double>> counter{{139, 36}, {140, 36}, {140, 37}, {139, 36}};
    const std::vector<std::pair<double, double>> hole{
        {139.5, 36.25}, {139.5, 36.375}, {139.75, 36.375}, {139.5, 36.25}};  // clockwise
    const std::string expected =
        "<Polygon><outerBoundaryIs><LinearRing><coordinates>139,36 140,36 140,37 139,36</coordinates></LinearRing>"
        "</outerBoundaryIs><innerBoundaryIs><LinearRing><coordinates>139.5,36.25 139.5,36.375 139.75,36.375 "
        "139.5,36.25</coordinates></LinearRing></innerBoundaryIs></Polygon>";
    Geometries shapes;
    add_ring(shapes, counter);
    add_ring(shapes, hole);
    shapes.end_part();
    shapes.end_row(GeometryKind::polygon);
    add_ring(shapes, {counter.rbegin(), counter.rend()});
    add_ring(shapes, {hole.rbegin(), hole.rend()});
    shapes.end_part();
    shapes.end_row(GeometryKind::polygon);
    CHECK(geometry_of(shapes, 0) == expected);
    CHECK(geometry_of(shapes, 1) == expected);
}
