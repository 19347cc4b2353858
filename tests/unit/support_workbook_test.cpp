// SPDX-License-Identifier: Apache-2.0
// The wrapper of libxlsxwriter: what fails names the file and leaves none.
#include "support/workbook.hpp"

#include "model/error.hpp"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>
#include <string>

using namespace kokai;
namespace fs = std::filesystem;

TEST_CASE("A workbook is written at the end, or not at all", "[support][workbook]") {
    std::string name = (fs::temp_directory_path() / "kokai-book-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    const fs::path folder = name;
    {
        Workbook book(folder / "a.xlsx", "a.xlsx", {});
        book.add_sheet("一覧");
        CHECK_THROWS_AS(book.add_sheet("a/b"), WorldError);
    }
    CHECK(fs::is_empty(folder));
    {
        Workbook book(folder / "a.xlsx", "a.xlsx", {"題", "", "", "2025-01-31"});
        book.add_sheet("一覧");
        book.finish();
    }
    CHECK(fs::file_size(folder / "a.xlsx") > 0);
    try {
        Workbook book(folder / "none/b.xlsx", "out/b.xlsx", {});
        book.add_sheet("一覧");
        book.finish();
        FAIL("wrote into a folder that does not exist");
    } catch (const WorldError& error) {
        CHECK(error.file() == "out/b.xlsx");
        CHECK(error.ja().find("out/b.xlsx") != std::string::npos);
        CHECK(error.exit() == Exit::world);
    }
    fs::remove_all(folder);
}
