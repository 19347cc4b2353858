// SPDX-License-Identifier: Apache-2.0
// Names and coordinate systems of the format webgis, and its layout; tests/webgis.py reads whole archives back.
#include "write/webgis.hpp"

#include "model/schema.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <sstream>

using namespace kokai;
using Texts = std::vector<std::string>;

namespace {

Texts names_of(const Texts& columns, const WebgisLayout& layout = {}, const std::string& english = {}) {
    Field field;
    field.english = english;
    std::vector<ColumnInfo> infos;
    for (const std::string& name : columns) {
        infos.push_back({name, english.empty() ? nullptr : &field, {}});
    }
    return webgis_field_names(infos, layout);
}

Texts mistakes_of(const std::string& json) {
    std::vector<Mistake> mistakes;
    parse_webgis_layout(json, "webgis.json", mistakes);
    Texts pointers;
    for (const Mistake& one : mistakes) {
        pointers.push_back(one.pointer);
    }
    return pointers;
}

}  // namespace

TEST_CASE("A field's name is the column's own where five kanji are enough", "[write][webgis]") {
    CHECK(names_of({"名称", "都道府県名", "内線番号"}) == Texts{"名称", "都道府県名", "内線番号"});
    CHECK(names_of({"収容可能人数"}, {}, "capacity") == Texts{"capacity"});
    CHECK(names_of({"収容可能人数"}) == Texts{"収容可能人"});
    CHECK(names_of({"備考（その一）", "備考（その二）"}) == Texts{"備考（その", "備考（そ2"});
    CHECK(names_of({"ID", "id", "Id"}) == Texts{"ID", "id2", "Id3"});
    CHECK(names_of({"a b-c"}) == Texts{"a_b_c"});
    CHECK(names_of({"ﾃﾚﾋﾞ番号"}) == Texts{"ﾃﾚﾋﾞ番号"});
}

TEST_CASE("A layout may name the fields, or ask for English ones", "[write][webgis]") {
    WebgisLayout layout;
    layout.field_names = {{"全国地方公共団体コード", "団体コード"}};
    CHECK(names_of({"全国地方公共団体コード"}, layout) == Texts{"団体コード"});
    layout.names = WebgisLayout::Names::english;
    CHECK(names_of({"名称"}, layout, "name") == Texts{"name"});
    CHECK(names_of({"全国地方公共団体コード"}, layout, "localGovernmentCode") == Texts{"団体コード"});
}

TEST_CASE("Plane systems are written as ESRI names them", "[write][webgis]") {
    CHECK(webgis_prj("EPSG:6668") == shapefile_prj);
    const std::string nine = webgis_prj("EPSG:6677");
    CHECK(nine.starts_with("PROJCS[\"JGD_2011_Japan_Zone_9\","));
    CHECK(nine.find("PARAMETER[\"Central_Meridian\",139.8333333333]") != std::string::npos);
    CHECK(nine.find("PARAMETER[\"Latitude_Of_Origin\",36.0]") != std::string::npos);
    CHECK(webgis_prj("EPSG:6669").find("\"Central_Meridian\",129.5]") != std::string::npos);
    CHECK(webgis_prj("EPSG:6687").find("\"Central_Meridian\",154]") != std::string::npos);
}

TEST_CASE("The layout that ships is whole", "[model][webgis_layout]") {
    std::ifstream file(KOKAI_SOURCE_DIR "/schemas/partner/webgis.json");
    std::ostringstream text;
    text << file.rdbuf();
    std::vector<Mistake> mistakes;
    const WebgisLayout layout = parse_webgis_layout(text.str(), "webgis.json", mistakes);
    CHECK(mistakes.empty());
    CHECK(layout.shapefile);
    CHECK(layout.csv);
    CHECK(layout.kml);
    CHECK(layout.crs == "EPSG:6668");
    CHECK(layout.field_names.size() > 10);
}

TEST_CASE("Mistakes of a layout are told with their places, all at once", "[model][webgis_layout]") {
    CHECK(mistakes_of(R"({"title": "t", "parts": ["csv"]})").empty());
    CHECK(mistakes_of(R"({"title": "t", "parts": ["csv", "dxf"], "crs": "EPSG:2451", "names": "latin", "colour": 1,
                          "field_names": {"名称": "名称名称名称"}, "csv": {"lat": "Y"},
                          "styles": {"point": {"color": "red", "scale": 99}, "dot": {}}})")
              .size() == 9);
    CHECK(mistakes_of("[]") == Texts{""});
    CHECK(mistakes_of("{").size() == 1);
    CHECK(mistakes_of(R"({"title": "t", "parts": ["csv"], "crs": "EPSG:66777777777777"})") == Texts{"/crs"});
    CHECK(mistakes_of(R"({"title": "t", "parts": ["csv"], "crs": "EPSG:6677x6677x6677x"})") == Texts{"/crs"});
    CHECK(mistakes_of(R"({"title": "t", "parts": ["csv"], "crs": ""})").empty());
}
