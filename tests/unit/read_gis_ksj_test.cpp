// SPDX-License-Identifier: Apache-2.0
// 国土数値情報 in its GML form, and the tables of what its columns are called. The files are made up, in the form of
// real ones: shapes before and behind the things that point to them.
#include "read/gis_ksj.hpp"

#include "model/error.hpp"
#include "read/gis_names.hpp"

#include <catch2/catch.hpp>

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

using namespace kokai;

namespace {

class KsjFile {
public:
    explicit KsjFile(const std::string& inside, const std::string& system = "JGD2011 / B, L")
        : path_(std::filesystem::temp_directory_path() / ("kokai-ksj-test-" + std::to_string(getpid()) + ".xml")) {
        std::ofstream(path_, std::ios::binary)
            << R"(<?xml version="1.0" encoding="UTF-8"?><ksj:Dataset xmlns:ksj="http://nlftp.mlit.go.jp/ksj/schemas/ksj-app")"
               R"( xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:xlink="http://www.w3.org/1999/xlink" gml:id="D">)"
               R"(<gml:description>試験</gml:description><gml:boundedBy><gml:EnvelopeWithTimePeriod srsName=")"
            << system
            << R"(">)"
               R"(<gml:lowerCorner>20.0 123.0</gml:lowerCorner></gml:EnvelopeWithTimePeriod></gml:boundedBy>)"
            << inside << "</ksj:Dataset>";
    }
    ~KsjFile() { std::filesystem::remove(path_); }
    KsjFile(const KsjFile&) = delete;
    KsjFile& operator=(const KsjFile&) = delete;
    KsjFile(KsjFile&&) = delete;
    KsjFile& operator=(KsjFile&&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

struct KsjRows {
    GisLayer layer;
    std::vector<std::vector<std::string>> rows;
    Geometries shapes;
    std::vector<std::string> faults;
    std::size_t with_height = 0;
    std::string error;
};

KsjRows read_ksj(const std::string& inside, const std::string& layer = {}, const std::string& crs = {},
                 const std::string& system = "JGD2011 / B, L") {
    const KsjFile file(inside, system);
    const std::unique_ptr<GisReader> reader = make_ksj_reader(file.path(), "x.xml");
    KsjRows out;
    GisRequest request;
    request.layer = layer;
    request.crs = crs;
    request.grids = KOKAI_SOURCE_DIR "/schemas/reference/grids";
    if (!reader->open(request, out.layer, out.error) || !out.layer.found) {
        return out;
    }
    GisChunk chunk;
    while (reader->next(chunk, 2, 1U << 20U, out.error)) {
        std::size_t begin = 0;
        for (std::size_t row = 0; row < chunk.numbers.size(); ++row) {
            std::vector<std::string>& cells = out.rows.emplace_back();
            for (std::size_t field = 0; field < out.layer.fields.size(); ++field) {
                const std::size_t end = chunk.ends[row * out.layer.fields.size() + field];
                cells.emplace_back(chunk.text.data() + begin, end - begin);
                begin = end;
            }
            out.shapes.end_row(chunk.shapes.kind(row));
            if (out.rows.size() == 1) {
                out.shapes = chunk.shapes;
            }
        }
        out.with_height += chunk.with_height;
        for (const GisFault& fault : chunk.faults) {
            out.faults.push_back(std::to_string(chunk.numbers[fault.row]) + " " + fault.found);
        }
    }
    return out;
}

const std::string points =
    R"(<gml:Point gml:id="n1"><gml:pos>36.39 139.06</gml:pos></gml:Point><gml:Point gml:id="n2"><gml:pos>36.4 139.07</gml:pos></gml:Point>)";

std::string school(const std::string& id, const std::string& point, const std::string& inside) {
    return "<ksj:School gml:id=\"" + id + R"("><ksj:position xlink:href="#)" + point + "\"/>" + inside +
           "</ksj:School>";
}

}  // namespace

TEST_CASE("Things get the points that they point to, their texts and codes as they stand", "[read][gis]") {
    const KsjRows out = read_ksj(
        points + school("s1", "n1", "<ksj:code codeSpace=\"x.xml\">01110</ksj:code><ksj:name>一 &amp; 二</ksj:name>") +
        school("s2", "n2",
               "<ksj:name>三</ksj:name><ksj:opened><gml:TimeInstant gml:id=\"t\"><gml:timePosition>1988"
               "</gml:timePosition></gml:TimeInstant></ksj:opened>") +
        school("s3", "n9", "<ksj:name>無</ksj:name>"));
    CHECK(out.layer.name == "School");
    CHECK(out.layer.features == 3);
    CHECK(out.layer.crs == "EPSG:6668");
    CHECK(out.layer.fields == std::vector<std::string>{"code", "name", "opened"});
    CHECK(out.rows ==
          std::vector<std::vector<std::string>>{{"01110", "一 & 二", ""}, {"", "三", "1988"}, {"", "無", ""}});
    CHECK(out.faults == std::vector<std::string>{"3 xlink:href"});
    CHECK(out.shapes.kind(0) == GeometryKind::point);
    CHECK(out.shapes.ring(0)[0] == 139.06);
    CHECK(out.shapes.ring(0)[1] == 36.39);
}

TEST_CASE("Rings are put together of curves, some of them walked backwards", "[read][gis]") {
    const std::string curves =
        R"(<ksj:Area gml:id="a1"><ksj:bounds xlink:href="#sf1"/><ksj:name>区域</ksj:name></ksj:Area>)"
        R"(<gml:Curve gml:id="c1"><gml:segments><gml:LineStringSegment><gml:posList>36.0 139.0 36.0 139.1
36.1 139.1</gml:posList></gml:LineStringSegment></gml:segments></gml:Curve>)"
        R"(<gml:Curve gml:id="c2"><gml:segments><gml:LineStringSegment><gml:posList>36.0 139.0 36.1 139.0 36.1 139.1</gml:posList>)"
        R"(</gml:LineStringSegment></gml:segments></gml:Curve>)"
        R"(<gml:OrientableCurve gml:id="c3" orientation="-"><gml:baseCurve xlink:href="#c2"/></gml:OrientableCurve>)"
        R"(<gml:Curve gml:id="h1"><gml:segments><gml:LineStringSegment><gml:posList>36.02 139.02 36.04 139.02 36.04 139.04 36.02 139.02)"
        R"(</gml:posList></gml:LineStringSegment></gml:segments></gml:Curve>)"
        R"(<gml:Surface gml:id="sf1"><gml:patches><gml:PolygonPatch><gml:exterior><gml:Ring><gml:curveMember xlink:href="#c1"/>)"
        R"(<gml:curveMember xlink:href="#c3"/></gml:Ring></gml:exterior><gml:interior><gml:Ring><gml:curveMember xlink:href="#h1"/>)"
        R"(</gml:Ring></gml:interior></gml:PolygonPatch></gml:patches></gml:Surface>)";
    const KsjRows out = read_ksj(curves);
    REQUIRE(out.rows.size() == 1);
    CHECK(out.faults.empty());
    CHECK(out.layer.fields == std::vector<std::string>{"name"});
    REQUIRE(out.shapes.kind(0) == GeometryKind::polygon);
    REQUIRE(out.shapes.ring_end(0) == 2);
    const auto shell = out.shapes.ring(0);
    CHECK(std::vector<double>(shell.begin(), shell.end()) ==
          std::vector<double>{139.0, 36.0, 139.1, 36.0, 139.1, 36.1, 139.0, 36.1, 139.0, 36.0});
    CHECK(out.shapes.ring(1).size() == 8);
    // A curve that leads to itself ends.
    const KsjRows circle =
        read_ksj(R"(<gml:OrientableCurve gml:id="c1"><gml:baseCurve xlink:href="#c1"/></gml:OrientableCurve>)"
                 R"(<ksj:Road gml:id="r1"><ksj:location xlink:href="#c1"/><ksj:name>道</ksj:name></ksj:Road>)");
    CHECK(circle.faults == std::vector<std::string>{"1 xlink:href"});
}

TEST_CASE("Several kinds of things are layers; lines stand in line", "[read][gis]") {
    const std::string both =
        points + school("s1", "n1", "<ksj:name>一</ksj:name>") +
        R"(<ksj:Road gml:id="r1"><ksj:location><gml:Curve gml:id="c"><gml:segments><gml:LineStringSegment><gml:posList>36 139 36.1 139.1</gml:posList>)"
        R"(</gml:LineStringSegment></gml:segments></gml:Curve></ksj:location><ksj:kind>2</ksj:kind></ksj:Road>)";
    const KsjRows asked = read_ksj(both);
    CHECK_FALSE(asked.layer.found);
    CHECK(asked.layer.all.size() == 2);
    const KsjRows roads = read_ksj(both, "Road");
    CHECK(roads.rows == std::vector<std::vector<std::string>>{{"2"}});
    CHECK(roads.shapes.kind(0) == GeometryKind::line);
    CHECK_FALSE(read_ksj(both, "Road", "EPSG:6677").error.empty());
    CHECK(read_ksj(both, "Road", "EPSG:4612").layer.crs == "EPSG:4612");
}

TEST_CASE("What is in JGD2000 moves as the ground did in 2011", "[read][gis]") {
    const std::string oshika = R"(<gml:Point gml:id="n1"><gml:pos>38.3 141.5</gml:pos></gml:Point>)" +
                               school("s1", "n1", "<ksj:name>一</ksj:name>");
    const KsjRows newer = read_ksj(oshika);
    CHECK(newer.shapes.ring(0)[0] == 141.5);
    const KsjRows older = read_ksj(oshika, {}, "EPSG:4612");
    CHECK(older.shapes.ring(0)[0] - 141.5 == Approx(5.1e-5).margin(1.5e-5));  // some 4.5 m east …
    CHECK(older.shapes.ring(0)[1] - 38.3 == Approx(-1.4e-5).margin(8e-6));    // … and 1.5 m south
}

namespace {

const std::string square = "36.388 139.06 36.388 139.062 36.39 139.062 36.39 139.06 36.388 139.06";

std::string list(const std::string& positions, const std::string& attributes = {}) {
    return "<gml:posList" + attributes + ">" + positions + "</gml:posList>";
}

std::string patch(const std::string& positions) {
    return "<gml:PolygonPatch><gml:exterior><gml:LinearRing>" + positions +
           "</gml:LinearRing></gml:exterior></gml:PolygonPatch>";
}

std::string surface(const std::string& patches, const std::string& attributes = {}) {
    return "<gml:Surface gml:id=\"s1\"" + attributes + "><gml:patches>" + patches + "</gml:patches></gml:Surface>" +
           R"(<ksj:Thing gml:id="t1"><ksj:bounds xlink:href="#s1"/><ksj:name>甲</ksj:name></ksj:Thing>)";
}

}  // namespace

TEST_CASE("A part without a ring is none, wherever it stands", "[read][gis]") {
    const KsjRows empty = read_ksj(surface("<gml:PolygonPatch/>"));
    CHECK(empty.shapes.kind(0) == GeometryKind::none);
    CHECK(empty.faults == std::vector<std::string>{"1 xlink:href"});
    const KsjRows member =
        read_ksj(R"(<gml:MultiSurface gml:id="s1"><gml:surfaceMember><gml:Surface gml:id="q"><gml:patches>)" +
                 patch(list(square)) + "</gml:patches></gml:Surface></gml:surfaceMember></gml:MultiSurface>" +
                 R"(<ksj:Thing gml:id="t1"><ksj:bounds xlink:href="#s1"/><ksj:name>甲</ksj:name></ksj:Thing>)");
    CHECK(member.faults.empty());
    REQUIRE(member.shapes.kind(0) == GeometryKind::polygon);
    CHECK(member.shapes.part_end(0) == 1);
    CHECK(member.shapes.ring(0).size() == 10);
}

TEST_CASE("A coordinate that is none takes the shape away, and is named", "[read][gis]") {
    const std::string damaged = "36.388 139.06 36.388 139.062 36.39O 139.062 36.39 139.06 36.388 139.06";
    CHECK(read_ksj(surface(patch(list(damaged)))).faults == std::vector<std::string>{"1 posList: 36.39O"});
    CHECK(read_ksj(surface(patch(list(square + " 36.4")))).faults == std::vector<std::string>{"1 posList: 11 ÷ 2"});
    // The curve that a ring goes along, in another place of the file.
    const KsjRows curve =
        read_ksj(R"(<gml:Curve gml:id="c1"><gml:segments><gml:LineStringSegment>)" + list(damaged) +
                 "</gml:LineStringSegment></gml:segments></gml:Curve>" +
                 surface(R"(<gml:PolygonPatch><gml:exterior><gml:Ring><gml:curveMember xlink:href="#c1"/></gml:Ring>)"
                         "</gml:exterior></gml:PolygonPatch>"));
    CHECK(curve.faults == std::vector<std::string>{"1 posList: 36.39O"});
    const KsjRows high = read_ksj(surface(
        patch(list("36.388 139.06 1 36.388 139.062 2 36.39 139.062 3 36.388 139.06 1", " srsDimension=\"3\""))));
    CHECK(high.faults.empty());
    CHECK(high.with_height == 1);
    CHECK(high.shapes.ring(0).size() == 8);
    CHECK(high.shapes.ring(0)[2] == 139.062);
}

TEST_CASE("A shape in another document is not fetched, and missed", "[read][gis]") {
    const KsjRows out = read_ksj(
        points + R"(<ksj:School gml:id="a"><ksj:position xlink:href="http://127.0.0.1:9/x#n1"/><ksj:name>a</ksj:name>)"
                 R"(</ksj:School><ksj:School gml:id="b"><ksj:position xlink:href="#n2"/><ksj:kind xlink:href="k.xml"/>)"
                 "</ksj:School>");
    CHECK(out.layer.fields == std::vector<std::string>{"name", "kind"});
    CHECK(out.faults == std::vector<std::string>{"1 xlink:href"});
    // One ring of several.
    const KsjRows part = read_ksj(surface(patch(list(square)) + R"(<gml:surfaceMember xlink:href="other.xml#s1"/>)"));
    CHECK(part.faults == std::vector<std::string>{"1 xlink:href"});
}

TEST_CASE("A ring that is left open is closed and told", "[read][gis]") {
    const KsjRows out = read_ksj(surface(patch(list("36.388 139.06 36.388 139.062 36.39 139.062 36.39 139.06"))));
    CHECK(out.faults == std::vector<std::string>{"1 139.06, 36.39 → 139.06, 36.388 (222.64 m)"});
    CHECK(out.shapes.ring(0).size() == 10);
}

TEST_CASE("The system is what the shapes say, and one that cannot be is refused", "[read][gis]") {
    const std::string plain = surface(patch(list(square)));
    CHECK(read_ksj(plain, {}, {}, "JGD2000 / (B, L)").layer.crs == "EPSG:4612");
    CHECK(read_ksj(surface(patch(list(square)), " srsName=\"JGD2000 / (B, L)\""), {}, {}, "").layer.crs == "EPSG:4612");
    CHECK(read_ksj(plain, {}, {}, "").layer.crs == "EPSG:6668");
    CHECK_THROWS_AS(read_ksj(plain, {}, {}, "TD / (B, L)"), WorldError);
    CHECK_THROWS_AS(read_ksj(surface(patch(list(square, " srsName=\"JGD2000\"")), " srsName=\"JGD2011\"")), WorldError);
    // Whoever knows names it: the Tokyo datum lies 450 m off.
    const KsjRows tokyo = read_ksj(plain, {}, "EPSG:4301", "TD / (B, L)");
    CHECK(tokyo.shapes.ring(0)[0] == Approx(139.06 - 0.0032).margin(2e-4));
    CHECK(tokyo.shapes.ring(0)[1] == Approx(36.388 + 0.0031).margin(2e-4));
}

TEST_CASE("References that multiply end before they fill the memory", "[read][gis]") {
    std::string inside = R"(<gml:Curve gml:id="l0"><gml:segments><gml:LineStringSegment>)" +
                         list("36.388 139.06 36.388 139.062") + "</gml:LineStringSegment></gml:segments></gml:Curve>";
    std::string members = R"(<gml:MultiCurve gml:id="m0"><gml:curveMember xlink:href="#l0"/></gml:MultiCurve>)";
    for (int level = 1; level <= 7; ++level) {
        inside += "<gml:CompositeCurve gml:id=\"l" + std::to_string(level) + "\">";
        members += "<gml:MultiCurve gml:id=\"m" + std::to_string(level) + "\">";
        for (int i = 0; i < 20; ++i) {
            inside += "<gml:curveMember xlink:href=\"#l" + std::to_string(level - 1) + "\"/>";
            members += "<gml:lineStringMember xlink:href=\"#m" + std::to_string(level - 1) + "\"/>";
        }
        inside += "</gml:CompositeCurve>";
        members += "</gml:MultiCurve>";
    }
    for (const char* target : {"l7", "m7"}) {
        const std::string thing = R"(<ksj:Thing gml:id="t1"><ksj:loc xlink:href="#)" + std::string(target) +
                                  R"("/><ksj:name>甲</ksj:name></ksj:Thing>)";
        const KsjRows out = read_ksj(inside + members + thing);
        CHECK(out.faults == std::vector<std::string>{"1 xlink:href"});
    }
}

TEST_CASE("Generic names are told by the edition that the values bear out, else they stay", "[read][gis]") {
    const std::filesystem::path table = std::filesystem::path(KOKAI_SOURCE_DIR) / "schemas/reference/ksj-fields.csv";
    const std::vector<std::string> names{"P29_001", "P29_002", "P29_003", "P29_004", "P29_005"};
    // In the edition of 2013 the fourth is the kind of school, in that of 2021 its name.
    const auto newer =
        names_by_table(table, names, {{"10201"}, {"A110310000017"}, {"16011"}, {"明星幼稚園"}, {"前橋市南町1-21-28"}});
    REQUIRE(newer);
    CHECK(*newer == std::vector<std::string>{"行政区域コード", "学校コード", "学校分類コード", "名称", "所在地"});
    const auto older = names_by_table(table, names, {{"29201"}, {"16"}, {"16001"}, {"16001"}, {"興東小学校"}});
    REQUIRE(older);
    CHECK(older->at(3) == "学校分類");
    CHECK(older->at(4) == "名称");
    CHECK_FALSE(names_by_table(table, names, {{"10201"}, {"16"}, {"小学校"}, {"16001"}, {"前橋市"}}));
    CHECK_FALSE(names_by_table(table, names, {{}, {}, {}, {}, {}}));
    CHECK_FALSE(names_by_table(table, {"P29_001", "P29_055"}, {{"10201"}, {"名"}}));
    CHECK_FALSE(names_by_table(table, {"Q77_001"}, {{"10201"}}));
    CHECK_FALSE(names_by_table(table, {"名称"}, {{"公園"}}));
    CHECK_FALSE(names_by_table("nowhere.csv", names, {{}, {}, {}, {}, {}}));
    CHECK(is_generic_name("A18s_001"));
    CHECK_FALSE(is_generic_name("A_001"));
    CHECK_FALSE(is_generic_name("P29_name"));
}
