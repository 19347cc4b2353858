// SPDX-License-Identifier: Apache-2.0
// The wrapper of libxlsxwriter: what fails names the file and leaves none.
#include "support/workbook.hpp"

#include "model/error.hpp"

#include <catch2/catch.hpp>

#include <zip.h>

#include <clocale>
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

TEST_CASE("Numbers keep their point in a locale with a comma", "[support][workbook]") {
    const std::string before = std::setlocale(LC_ALL, nullptr);
    for (const char* name :
         {"tr_TR.UTF-8", "de_DE.UTF-8", "fr_FR.UTF-8"}) {  // where none is installed, the C locale is tried
        if (std::setlocale(LC_ALL, name) != nullptr) {
            break;
        }
    }
    std::string name = (fs::temp_directory_path() / "kokai-book-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    const fs::path path = fs::path(name) / "a.xlsx";
    Workbook book(path, "a.xlsx", {});
    lxw_worksheet* sheet = book.add_sheet("一覧");
    book.expect(worksheet_write_number(sheet, 0, 0, 36.389049, nullptr));
    book.expect(worksheet_set_column(sheet, 0, 0, 12.5, nullptr));
    book.finish();
    std::setlocale(LC_ALL, before.c_str());

    int error = 0;
    zip_t* zip = zip_open(path.c_str(), ZIP_RDONLY, &error);
    REQUIRE(zip != nullptr);
    zip_file_t* part = zip_fopen(zip, "xl/worksheets/sheet1.xml", 0);
    std::string xml(10000, '\0');
    const zip_int64_t size = zip_fread(part, xml.data(), xml.size());
    REQUIRE(size > 0);
    xml.resize(static_cast<std::size_t>(size));
    zip_fclose(part);
    zip_discard(zip);
    CHECK(xml.find("<v>36.389049</v>") != std::string::npos);
    CHECK(xml.find(R"(width="13.2)") != std::string::npos);
    fs::remove_all(name);
}
