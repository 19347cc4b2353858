// SPDX-License-Identifier: Apache-2.0
#include "publish/secrets.hpp"
#include "tests/unit/support/temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <cstdlib>

using namespace kokai;
using kokai::testing::TemporaryFolder;
namespace fs = std::filesystem;

TEST_CASE("A secret disappears from every text, whatever it is dressed as", "[publish][secrets]") {
    const Secret secret("canary/Token+1");
    CHECK(redact("Authorization: canary/Token+1!") == "Authorization: ***!");
    CHECK(redact("?key=canary%2FToken%2B1&x") == "?key=***&x");
    CHECK(redact("Basic Y2FuYXJ5L1Rva2VuKzE=") == "Basic ***");
    CHECK(redact("canary/Token+1canary/Token+1") == "******");
    CHECK(redact("nothing to hide") == "nothing to hide");
    CHECK(secret.reveal() == "canary/Token+1");
}

TEST_CASE("A secret's file is read when nobody else may", "[publish][secrets]") {
    const TemporaryFolder folder;
    folder.file("token", "file-canary-77 \n");
    const fs::path path = folder.path() / "token";
    std::vector<Mistake> mistakes;
    fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
    CHECK(read_secret({"", "token", "/catalogs/0/token_file"}, folder.path(), "catalogs.json", mistakes).reveal() ==
          "file-canary-77");
    CHECK(mistakes.empty());

    fs::permissions(path, fs::perms::group_read, fs::perm_options::add);
    CHECK(read_secret({"", "token", "/catalogs/0/token_file"}, folder.path(), "catalogs.json", mistakes).empty());
    REQUIRE(mistakes.size() == 1);
    CHECK(mistakes[0].pointer == "/catalogs/0/token_file");
    CHECK(mistakes[0].en.find("chmod 600") != std::string::npos);
    CHECK(mistakes[0].en.find("canary") == std::string::npos);
}

TEST_CASE("A secret that is missing, empty or of several lines is named", "[publish][secrets]") {
    const TemporaryFolder folder;
    for (const auto& [name, content] : {std::pair("empty", ""), std::pair("lines", "one-canary\nX-Header: two")}) {
        folder.file(name, content);
        fs::permissions(folder.path() / name, fs::perms::owner_read | fs::perms::owner_write);
    }
    ::unsetenv("KOKAI_TEST_NO_TOKEN");  // NOLINT(concurrency-mt-unsafe): one thread
    for (const SecretSource& source :
         {SecretSource{"KOKAI_TEST_NO_TOKEN", "", "/e"}, SecretSource{"", "absent", "/f"},
          SecretSource{"", "empty", "/f"}, SecretSource{"", "lines", "/f"}, SecretSource{"", ".", "/f"}}) {
        std::vector<Mistake> mistakes;
        INFO(source.env + source.file);
        CHECK(read_secret(source, folder.path(), "catalogs.json", mistakes).empty());
        REQUIRE(mistakes.size() == 1);
        CHECK(mistakes[0].pointer == source.pointer);
        CHECK(mistakes[0].ja.find("canary") == std::string::npos);
    }
}

TEST_CASE("The secret itself where its variable or file is named is not quoted", "[publish][secrets]") {
    const TemporaryFolder folder;
    for (const std::string token :
         {"c1a7e9f04b5d4d1e9a0f8c2b7d6e5f4a", "AKIAIOSFODNN7EXAMPLE", "eyJhbGciOi.eyJqdGkiOi.S1gNaTuReS1gNaTuRe"}) {
        std::vector<Mistake> mistakes;
        CHECK(read_secret({is_variable_name(token) ? token : "", is_variable_name(token) ? "" : token, "/t"},
                          folder.path(), "catalogs.json", mistakes)
                  .empty());
        REQUIRE(mistakes.size() == 1);
        CHECK(mistakes[0].ja.find(token) == std::string::npos);
        CHECK(mistakes[0].en.find(token) == std::string::npos);
    }
    std::vector<Mistake> mistakes;
    CHECK(read_secret({"KOKAI_TEST_NO_TOKEN", "", "/t"}, folder.path(), "catalogs.json", mistakes).empty());
    CHECK(mistakes[0].ja.find("KOKAI_TEST_NO_TOKEN") != std::string::npos);
    CHECK_FALSE(is_variable_name("0f1e2d"));
    CHECK_FALSE(is_variable_name("a-b"));
}
