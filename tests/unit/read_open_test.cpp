// SPDX-License-Identifier: Apache-2.0
#include "model/error.hpp"
#include "read/open.hpp"
#include "tests/unit/support/small_table.hpp"
#include "tests/unit/support/test_workbook.hpp"
#include "tests/unit/support/test_xls.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>

using namespace kokai;
using namespace kokai::testing;
using Texts = std::vector<std::string>;

namespace {

const std::string csv = "名称,住所\r\n公園,前橋市\r\n";

struct Opened : Outcome {
    SourceInfo about;
};

Opened open_file(const std::filesystem::path& path) {
    SourceRequest request;
    request.path = path;
    request.shown = path.filename().string();
    request.name = "s";
    const std::unique_ptr<Source> source = make_source(request);
    Opened out;
    static_cast<Outcome&>(out) = outcome_of(*source);
    out.about = source->about().at(0);
    return out;
}

Opened open_bytes(const std::string& name, const std::string& bytes) {
    const TemporaryFolder folder;
    return open_file(write_bytes(folder, name, bytes));
}

Opened open_archive(const std::vector<std::pair<std::string, std::string>>& entries,
                    const std::string& name = "表.zip") {
    const TemporaryFolder folder;
    write_zip(folder.path() / name, entries);
    return open_file(folder.path() / name);
}

template <typename Open>
std::string refused(Open open) {
    try {
        open();
    } catch (const WorldError& error) {
        CHECK(!error.ja().empty());
        return error.en();
    }
    return "read";
}

std::string refused_bytes(const std::string& name, const std::string& bytes) {
    return refused([&] { open_bytes(name, bytes); });
}

std::string refused_archive(const std::vector<std::pair<std::string, std::string>>& entries) {
    return refused([&] { open_archive(entries); });
}

void begins(const std::string& text, const std::string& with) {
    CHECK(text.substr(0, with.size()) == with);
}

std::string bytes_of(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("A file with the wrong extension is read as what it is, with a note", "[read][open]") {
    const TemporaryFolder folder;
    const std::string xlsx = bytes_of(TestWorkbook(inline_row(1, {"名称"}) + inline_row(2, {"公園"})).write(folder));
    const std::string xls =
        ole_file({{u"Workbook", xls_stream(true, "", number_cell(0, 0, 0, 1) + number_cell(1, 0, 0, 2))}});
    const auto note = [](const Opened& out, const std::string& expected) {
        const auto found = std::find_if(out.findings.begin(), out.findings.end(), [](const FindingText& finding) {
            return finding.code == Code::extension_differs;
        });
        REQUIRE(found != out.findings.end());
        CHECK(found->code == Code::extension_differs);
        CHECK(found->expected == expected);
    };
    note(open_bytes("a.xls", xlsx), ".xlsx");
    note(open_bytes("a.csv", xlsx), ".xlsx");
    note(open_bytes("a.xlsx", xls), ".xls");
    note(open_bytes("a.xls", "名称\t住所\r\n公園\t前橋市\r\n"), ".csv");
    note(open_bytes("a.xls", std::string("\xFF\xFE\x0D\x54\t\0b\0\n\0"
                                         "1\0\t\0"
                                         "2\0\n\0",
                                         18)),
         ".csv");
    note(open_bytes("a.geojson", csv), ".csv");
    note(open_archive({{"a.csv", csv}}, "a.csv"), ".zip");
    CHECK(open_bytes("a.xlsx", xlsx).findings.empty());
    CHECK(open_bytes("a.XLS", xls).about.format == "xls");
    CHECK(open_bytes("a", csv).findings.empty());
}

TEST_CASE("What cannot be read says what it is, whatever it is called (A40)", "[read][open][hostile]") {
    const std::string html =
        "\xEF\xBB\xBF\r\n<!DOCTYPE html>\n<html><body><table><tr><td>a</td></tr></table></body></html>";
    for (const char* const name : {"a.csv", "a.xls", "a.xlsx", "a.geojson", "a.zip", "a.txt", "a"}) {
        begins(refused_bytes(name, html), "is an HTML page, not a data file");
        begins(refused_bytes(name, "%PDF-1.4\n"), "is a PDF");
        begins(refused_bytes(name, "\x89PNG\r\n\x1A\n"), "is a picture (PNG)");
        begins(refused_bytes(name, "<?xml version=\"1.0\"?><svg/>"), "is a picture (SVG)");
        begins(refused_bytes(name, ole_file({{u"EncryptedPackage", "x"}})), "is an Excel file protected by a password");
        begins(refused_bytes(name, ole_file({{u"WordDocument", "x"}})), "is an old Word document");
    }
    CHECK(refused_bytes("a.xlsx", "") == "the file is empty (0 bytes): save it again");
    CHECK(refused_bytes("a.xls", "") == "the file is empty (0 bytes): save it again");
    CHECK(refused_bytes("a.csv", "") == "the file is empty (0 bytes): save it again");
    begins(refused_bytes("a.csv", "[{\"名称\": \"公園\"}]"), "is a JSON file");
    begins(refused_bytes("a.dbf", "\x03xxxx"), "is a part of a Shapefile");
    begins(refused_bytes("a.xls",
                         "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>"),
           "is an XML spreadsheet of 2003");
}

TEST_CASE("A ZIP with one table is that table", "[read][zip]") {
    const Opened out =
        open_archive({{"data/", ""}, {"data/公園.csv", csv}, {"readme.txt", "説明"}, {"__MACOSX/._公園.csv", "x"}});
    CHECK(out.rows == Rows{{"公園", "前橋市"}});
    CHECK(out.about.file == "表.zip/data/公園.csv");
    CHECK(out.about.format == "csv");
    CHECK(out.findings.empty());
    // Windows writes names in CP932, where the second byte of 表 is a backslash.
    const TemporaryFolder folder;
    write_zip(folder.path() / "a.zip", {{"AAAA.csv", csv}});
    std::string bytes = bytes_of(folder.path() / "a.zip");
    for (std::size_t at = bytes.find("AAAA"); at != std::string::npos; at = bytes.find("AAAA")) {
        bytes.replace(at, 4, "\x95\x5C\x96\xBC");
    }
    for (std::size_t at = bytes.find("PK\x01\x02"), i = 0; i < 1; ++i) {
        bytes[at + 9] = 0;  // not marked as UTF-8
        bytes[7] = 0;
    }
    CHECK(open_bytes("b.zip", bytes).about.file == "b.zip/表名.csv");
    const std::string xls =
        ole_file({{u"Workbook", xls_stream(true, "", number_cell(0, 0, 0, 1) + number_cell(1, 0, 0, 2))}});
    CHECK(open_archive({{"a.xls", xls}}).about.format == "xls");
}

TEST_CASE("A ZIP with several tables or none asks or says so", "[read][zip]") {
    CHECK(
        refused_archive({{"a.csv", csv}, {"b/c.xlsx", "x"}}) ==
        "holds 2 tables; which one is meant? Name it with sheet (--sheet), or unpack it and name one: a.csv, b/c.xlsx");
    CHECK(refused_archive({{"a.docx", "x"}, {"b.pdf", "x"}}) ==
          "holds no table (CSV, Excel, GIS data); there are: a.docx, b.pdf");
    begins(refused_archive({{"a.zip", "PK\x03\x04"}}), "holds another ZIP");
    begins(refused_bytes("a.zip", std::string("PK\x05\x06", 4) + std::string(18, '\0')), "is an empty ZIP archive");
    begins(refused_bytes("a.zip", "PK\x03\x04 cut off"), "is a broken ZIP file, perhaps cut off");
}

TEST_CASE("A ZIP that is a trap is refused, and nothing is left behind (A01, A02, A04)", "[read][zip][hostile]") {
    const auto left = [] {
        std::size_t folders = 0;
        for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::temp_directory_path())) {
            folders += entry.path().filename().string().starts_with("kokai-zip-") ? 1U : 0U;
        }
        return folders;
    };
    const std::size_t before = left();
    for (const char* const name : {"../a.csv", "/a.csv", "a/../../b.csv", "C:/a.csv", "a\\..\\b.csv"}) {
        begins(refused_archive({{name, csv}}), "an unsafe entry name");
    }
    begins(refused_archive({{"a.csv", std::string(100U << 20U, 'x')}}), "a.csv would inflate to 100 MiB");
    const TemporaryFolder folder;
    write_zip(folder.path() / "inner.zip", {{"a.csv", csv}});
    begins(refused_archive({{"a.csv", bytes_of(folder.path() / "inner.zip")}}), "holds another ZIP");
    CHECK(left() == before);
}
