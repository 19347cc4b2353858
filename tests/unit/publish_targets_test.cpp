// SPDX-License-Identifier: Apache-2.0
#include "publish/targets.hpp"
#include "tests/unit/support/temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace kokai;
using kokai::testing::TemporaryFolder;

namespace {

const std::filesystem::path schemas = std::filesystem::path(KOKAI_SOURCE_DIR) / "schemas";

std::vector<Mistake> mistakes_of(const std::string& text) {
    const TemporaryFolder folder;
    folder.file("catalogs.json", text);
    try {
        read_targets(folder.path(), schemas);
    } catch (const LayoutError& error) {
        return error.mistakes;
    }
    return {};
}

bool names(const std::vector<Mistake>& mistakes, const std::string& pointer) {
    return std::any_of(mistakes.begin(), mistakes.end(), [&](const Mistake& one) { return one.pointer == pointer; });
}

}  // namespace

TEST_CASE("The example of catalogs.json is right, and says where all its secrets are", "[publish][targets]") {
    const TemporaryFolder folder;
    std::filesystem::copy_file(std::filesystem::path(KOKAI_SOURCE_DIR) / "datasets" / "catalogs.example.json",
                               folder.path() / "catalogs.json");
    const Targets targets = read_targets(folder.path(), schemas);
    REQUIRE(targets.all.size() == 5);
    const TargetSpec& portal = target_named(targets, "portal");
    CHECK(portal.type == TargetType::ckan);
    CHECK(portal.url == "https://data.example.lg.jp");
    CHECK(portal.token.env == "KOKAI_PORTAL_TOKEN");
    CHECK(portal.max_file_bytes == 100ULL << 20U);
    CHECK(portal.parallel == 3);
    CHECK(target_named(targets, "www").secret_key.env == "KOKAI_S3_SECRET_KEY");
    CHECK(target_named(targets, "dav").password.file == "../secrets/dav.password");
    CHECK_THROWS_AS(target_named(targets, "portl"), UsageError);
}

TEST_CASE("Without catalogs.json there is the embedded catalog", "[publish][targets]") {
    const TemporaryFolder folder;
    const Targets targets = read_targets(folder.path(), schemas);
    REQUIRE(targets.all.size() == 1);
    CHECK(target_named(targets, "local").type == TargetType::directory);
}

TEST_CASE("A secret in catalogs.json is refused and never shown", "[publish][targets]") {
    const auto mistakes = mistakes_of(R"({"catalogs":[{"name":"p","type":"ckan","organization":"o","token":"canary-9",
        "url":"https://clerk:canary-9@data.example","token_env":"T"},
        {"name":"w","type":"webdav","url":"https://data.example","user_env":"U","password":"canary-9"}]})");
    CHECK(names(mistakes, "/catalogs/0/token"));
    CHECK(names(mistakes, "/catalogs/0/url"));
    CHECK(names(mistakes, "/catalogs/1/password"));
    for (const Mistake& one : mistakes) {
        CHECK((one.ja + one.en).find("canary") == std::string::npos);
    }
}

TEST_CASE("Every mistake of catalogs.json is told at once", "[publish][targets]") {
    const auto mistakes = mistakes_of(R"({"catalogs":[
        {"name":"a","type":"ckan","url":"http://data.example","token_env":"T","token_file":"t"},
        {"name":"a","type":"s3","endpoint":"https://s3.example","token_env":"T","access_key_env":"A"},
        {"name":"b","type":"ftp"},
        {"name":"c","type":"directory","paht":"x"},
        {"name":"d","type":"s3","endpoint":"https://S3.Example/","bucket":"b","access_key_env":"A","secret_key_env":"B"},
        {"name":"e","type":"webdav","url":"https://data.example","user_env":"A","password_env":"B","prefix":"x/"}]})");
    for (const char* pointer :
         {"/catalogs/0/url", "/catalogs/0", "/catalogs/0/token_file", "/catalogs/1/token_env", "/catalogs/1",
          "/catalogs/1/name", "/catalogs/2/type", "/catalogs/3/paht", "/catalogs/4/region", "/catalogs/5/prefix"}) {
        INFO(pointer);
        CHECK(names(mistakes, pointer));
    }
    CHECK(mistakes_of(R"({"catalogs":[{"name":"a","type":"ckan","url":"http://127.0.0.1:5000","organization":"o",
        "token_env":"T"}]})")
              .empty());
}

TEST_CASE("The secret itself where its variable or file is named is taken out unquoted", "[publish][targets]") {
    const auto mistakes =
        mistakes_of(R"({"catalogs":[{"name":"p","type":"ckan","organization":"o","url":"https://data.example",
        "token_env":"c1a7e9f0-4b5d-canary"},
        {"name":"w","type":"webdav","url":"https://data.example","user_env":"U","password_file":12345678901}]})");
    CHECK(names(mistakes, "/catalogs/0/token_env"));
    CHECK(names(mistakes, "/catalogs/1/password_file"));
    for (const Mistake& one : mistakes) {
        CHECK(one.ja.find("canary") == std::string::npos);
        CHECK(one.en.find("12345678901") == std::string::npos);
    }
}

TEST_CASE("A host's name is written small, as it is sent and signed", "[publish][targets]") {
    const TemporaryFolder folder;
    folder.file("catalogs.json",
                R"({"catalogs":[{"name":"d","type":"s3","endpoint":"HTTPS://S3.Example:9000/Path/","region":"r",
        "bucket":"b","access_key_env":"A","secret_key_env":"B"}]})");
    CHECK(read_targets(folder.path(), schemas).all[0].endpoint == "https://s3.example:9000/Path");
}
