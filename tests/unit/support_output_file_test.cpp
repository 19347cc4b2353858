// SPDX-License-Identifier: Apache-2.0
// Output files: what is written and hashed, what an unfinished writer leaves behind, what a clerk reads when the disk
// says no.
#include "support/output_file.hpp"

#include "model/error.hpp"
#include "support/hash.hpp"
#include "tests/unit/support/temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace fs = std::filesystem;
using namespace kokai;
using kokai::testing::TemporaryFolder;

namespace {

std::string content(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace

TEST_CASE("A file holds what was appended, whatever the size of the pieces", "[support][output_file]") {
    const TemporaryFolder folder;
    std::string all;
    FileWriter writer(folder.path() / "a.bin");
    for (const std::size_t size : {0UL, 1UL, 3UL, 1048575UL, 1048576UL, 1048577UL, 9000000UL, 17UL}) {
        std::string piece(size, static_cast<char>('a' + all.size() % 26));
        writer.append(piece);
        all += piece;
        CHECK(writer.size() == all.size());
    }
    const WrittenFile written = writer.finish();
    CHECK(written.bytes == all.size());
    CHECK(written.sha256 == sha256_hex(all));
    CHECK(content(folder.path() / "a.bin") == all);
    const WrittenFile adopted = adopt_file(folder.path() / "a.bin");
    CHECK(adopted.bytes == written.bytes);
    CHECK(adopted.sha256 == written.sha256);
}

TEST_CASE("An empty file is finished too, and an older one is replaced", "[support][output_file]") {
    const TemporaryFolder folder;
    std::ofstream(folder.path() / "b.csv") << "older and longer";
    FileWriter writer(folder.path() / "b.csv");
    const WrittenFile written = writer.finish();
    CHECK(written.bytes == 0);
    CHECK(written.sha256 == sha256_hex(""));
    CHECK(content(folder.path() / "b.csv").empty());
}

TEST_CASE("A writer that was not finished leaves no file", "[support][output_file]") {
    const TemporaryFolder folder;
    {
        FileWriter writer(folder.path() / "c.csv");
        writer.append("half a row");
        CHECK(fs::exists(folder.path() / "c.csv"));
    }
    CHECK_FALSE(fs::exists(folder.path() / "c.csv"));
}

TEST_CASE("Errors name the file in both languages and end with exit 4", "[support][output_file]") {
    const TemporaryFolder folder;
    SECTION("the folder is missing") {
        try {
            FileWriter writer(folder.path() / "none/d.csv", "output/x/d.csv");
            FAIL("created a file in a folder that does not exist");
        } catch (const WorldError& error) {
            CHECK(error.exit() == Exit::world);
            CHECK(error.file() == "output/x/d.csv");
            CHECK(error.ja() == "ファイルを書き込めません: output/x/d.csv（フォルダーがありません）");
            CHECK(error.en() == "cannot write output/x/d.csv: No such file or directory");
        }
    }
    SECTION("the disk is full") {
        {
            FileWriter writer("/dev/full");
            writer.append("x");
            try {
                writer.finish();
                FAIL("wrote to a full device");
            } catch (const WorldError& error) {
                CHECK(error.ja() == "ファイルを書き込めません: /dev/full（ディスクの空きがありません）");
                CHECK(error.en() == "cannot write /dev/full: No space left on device");
            }
        }
        CHECK(fs::exists("/dev/full"));  // only what the writer made is removed
    }
    SECTION("a symbolic link in the way") {
        fs::create_symlink(folder.path() / "elsewhere", folder.path() / "e.csv");
        CHECK_THROWS_AS(FileWriter(folder.path() / "e.csv"), WorldError);
        CHECK_FALSE(fs::exists(folder.path() / "elsewhere"));
    }
    SECTION("a file that should be adopted is not there") {
        CHECK_THROWS_AS(adopt_file(folder.path() / "f.xlsx"), WorldError);
    }
}
