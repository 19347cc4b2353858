// SPDX-License-Identifier: Apache-2.0
// POI codes: the table of the program is the reference list, words become codes only where they are the kind's own, and
// a facility's name proposes in a finding and nowhere else.
#include "model/schema.hpp"
#include "normalise/poi.hpp"
#include "normalise/poi_proposal.hpp"
#include "normalise_cases.hpp"

#include <catch2/catch.hpp>

using namespace kokai;

TEST_CASE("every code of the reference list is known, and every name finds its code", "[normalise][poi]") {
    std::ifstream file(std::string(KOKAI_SOURCE_DIR) + "/schemas/reference/poi-codes.csv");
    std::string line;
    std::size_t codes = 0;
    std::getline(file, line);
    while (std::getline(file, line)) {
        const auto fields = cases::fields_of(line);
        REQUIRE(fields.size() == 3);
        ++codes;
        INFO(line);
        CHECK(is_clean_poi(fields[0]));
        if (fields[2].find("その他") != std::string::npos) {
            continue;
        }
        const Normalised read = normalise_poi_code(fields[2]);
        if (read.failed()) {
            CHECK(read.has("candidate:" + fields[0] + " " + fields[2]));
        } else {
            CHECK(read.value == fields[0]);
        }
    }
    CHECK(codes == 650);
    CHECK_FALSE(is_clean_poi("0000"));
    CHECK_FALSE(is_clean_poi("9999"));
    CHECK_FALSE(is_clean_poi("801"));
}

TEST_CASE("a facility's name is no code in a column of codes", "[normalise][poi]") {
    CHECK(normalise_poi_code("中央公民館").has("error:not-a-poi"));
    CHECK(normalise_poi("中央公民館").has("warn:proposal"));
    CHECK(propose_poi("中央公民館") == "1307 公民館");
    CHECK(propose_poi("前橋市立第一中学校（体育館）") == "1504 中学校");
    CHECK(propose_poi("港区役所").empty());
    CHECK(propose_poi("前橋").empty());
    CHECK(propose_poi("").empty());
}

TEST_CASE("POI codes made of anything keep the rules", "[normalise][poi]") {
    cases::check_random({"0", "8", "1", "13", "07", "公民館", "公園", "橋", "駅", "（", "）", "(", ")", "分館", "第",
                         "2", " ", ".0", "AED"},
                        normalise_poi, is_clean_poi, 20000);
}

TEST_CASE("an empty POI code gets a proposal from the name, and stays empty", "[normalise][poi]") {
    Field name;
    name.name = "名称";
    name.english = "name";
    Field code;
    code.name = "POIコード";
    code.kind = Kind::poi;
    Shape shape;
    shape.columns.push_back({"名称", &name, {{0, 1, "名称"}}});
    shape.columns.push_back({"POIコード", &code, {{0, 2, "POIコード"}}});
    REQUIRE(ProposePoi::applies(shape));
    Batch batch;
    batch.columns.resize(2);
    const std::vector<std::pair<std::string, std::string>> rows = {
        {"中央公民館", ""}, {"中央公民館", "1305"}, {"前橋", ""}, {"", ""}, {"大手町公園", "　"}};
    for (const auto& [one, other] : rows) {
        batch.columns[0].cells.push_back(batch.bytes.keep(one));
        batch.columns[1].cells.push_back(batch.bytes.keep(other));
        batch.rows.push_back({static_cast<std::uint32_t>(batch.rows.size() + 2), 0, 0});
        batch.states.push_back(RowState::kept);
    }
    ProposePoi stage;
    stage.bind(shape);
    Findings findings;
    stage.run(batch, findings);
    CHECK(batch.columns[1].cells[0].empty());
    REQUIRE(findings.list().size() == 2);
    CHECK(findings.list()[0].code == Code::poi_proposed);
    CHECK(findings.list()[0].expected == "1307 公民館");
    CHECK(findings.list()[0].repaired.empty());
    CHECK(findings.list()[1].expected == "1003 都市公園");
    shape.columns[1].from.clear();
    CHECK_FALSE(ProposePoi::applies(shape));
}
