// SPDX-License-Identifier: Apache-2.0
// The files that say what a Shapefile's fields are called, as 焼津市 publishes them: with and without a mark, a blank
// in the header, two names of one field, settings in either encoding.
#include "read/gis_labels.hpp"

#include "model/error.hpp"

#include <catch2/catch.hpp>

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

using namespace kokai;

namespace {

class Beside {
public:
    Beside() : folder_(std::filesystem::temp_directory_path() / ("kokai-labels-test-" + std::to_string(getpid()))) {
        std::filesystem::create_directories(folder_);
    }
    ~Beside() { std::filesystem::remove_all(folder_); }
    Beside(const Beside&) = delete;
    Beside& operator=(const Beside&) = delete;
    Beside(Beside&&) = delete;
    Beside& operator=(Beside&&) = delete;

    void write(const std::string& name, const std::string& text) const {
        std::ofstream(folder_ / name, std::ios::binary) << text;
    }
    /// The names that these fields get.
    [[nodiscard]] std::vector<std::string> names(std::vector<std::string> fields) const {
        std::vector<std::string> said_by;
        name_by_labels(labels_beside(folder_ / "a.shp"), fields, said_by);
        return fields;
    }

private:
    std::filesystem::path folder_;
};

using Names = std::vector<std::string>;

std::string settings(const std::string& title) {
    return R"(<?xml version="1.0" encoding="shift_jis"?><S2AConfig><Fields><Field id="SAUID"><ColID>UserId</ColID></Field>)"
           R"(<Field id="SAFIELD000"><ColID>item1</ColID><DataType>S</DataType><Title>)" +
           title + "</Title></Field></Fields></S2AConfig>";
}

}  // namespace

TEST_CASE("A list beside a Shapefile names its fields", "[read][gis]") {
    const Beside beside;
    CHECK(beside.names({"item2"}) == Names{"item2"});
    beside.write("a.attributes.csv",
                 "\xEF\xBB\xBForiginal_name, display_name\r\nitem2,路線名,1\nSAFIELD001,路線名\nitem3,\"一, "
                 "\"\"二\"\"\"\nitem4,\n");
    CHECK(beside.names({"item2", "item3", "item4", "x"}) == Names{"路線名", "一, \"二\"", "item4", "x"});
    CHECK(beside.names({"item2", "SAFIELD001"}) == Names{"路線名", "路線名（SAFIELD001）"});
    CHECK(beside.names({"路線名", "item2"}) == Names{"路線名", "路線名（item2）"});
    beside.write("a.attributes.csv", "original_name,display_name\nitem2,\x98\x48\x90\xFC\x96\xBC\n");  // CP932
    CHECK(beside.names({"item2"}) == Names{"路線名"});
    beside.write("a.attributes.csv", "名称,住所\nitem2,路線名\n");  // a table of its own
    CHECK(beside.names({"item2"}) == Names{"item2"});
}

TEST_CASE("The settings of an export name its fields, where the list does not", "[read][gis]") {
    const Beside beside;
    beside.write("a.xml", settings("\x96\xBC\x8F\xCC"));
    CHECK(beside.names({"SAUID", "SAFIELD000", "item1"}) == Names{"SAUID", "名称", "名称（item1）"});
    beside.write("a.xml", settings("名称"));  // saved as UTF-8, and still calls itself Shift_JIS
    CHECK(beside.names({"SAFIELD000"}) == Names{"名称"});
    beside.write("a.attributes.csv", "original_name,display_name\nSAFIELD000,学校名\n");
    CHECK(beside.names({"SAFIELD000", "item1"}) == Names{"学校名", "名称"});
    beside.write("a.xml", "<metadata><Field id=\"SAFIELD000\"><Title>x</Title></Field></metadata>");
    CHECK(beside.names({"item1"}) == Names{"item1"});
    beside.write("a.xml", settings("名称").substr(0, 150));
    CHECK_THROWS_AS(beside.names({"item1"}), WorldError);
}
