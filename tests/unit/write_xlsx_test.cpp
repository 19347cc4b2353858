// SPDX-License-Identifier: Apache-2.0
// The XLSX sink, read back with libzip and expat: types, escapes, sheets, and the same bytes from any thread.
#include "write/xlsx.hpp"

#include "model/error.hpp"
#include "model/schema.hpp"
#include "tests/unit/support/temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <expat.h>
#include <zip.h>

#include <array>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace fs = std::filesystem;
using namespace kokai;
using kokai::testing::TemporaryFolder;

namespace {

using Table = std::vector<std::vector<std::string>>;

Batch batch_of(const Table& rows, std::uint64_t first_written_row = 0) {
    Batch batch;
    batch.first_written_row = first_written_row;
    batch.columns.resize(rows.empty() ? 0 : rows.front().size());
    std::uint32_t number = 1;
    for (const auto& row : rows) {
        for (std::size_t column = 0; column < row.size(); ++column) {
            batch.columns[column].cells.push_back(batch.bytes.keep(row[column]));
        }
        batch.rows.push_back({++number, 0, 0});
        batch.states.push_back(RowState::kept);
    }
    return batch;
}

struct ZipCloser {
    void operator()(zip_t* zip) const { zip_discard(zip); }
};

std::map<std::string, std::string> parts(const fs::path& file) {
    int error = 0;
    const std::unique_ptr<zip_t, ZipCloser> zip(zip_open(file.c_str(), ZIP_RDONLY | ZIP_CHECKCONS, &error));
    REQUIRE(zip != nullptr);
    std::map<std::string, std::string> all;
    for (zip_uint64_t i = 0; i < static_cast<zip_uint64_t>(zip_get_num_entries(zip.get(), 0)); ++i) {
        zip_stat_t stat;
        REQUIRE(zip_stat_index(zip.get(), i, 0, &stat) == 0);
        zip_file_t* entry = zip_fopen_index(zip.get(), i, 0);
        REQUIRE(entry != nullptr);
        std::string content(stat.size, '\0');
        CHECK(zip_fread(entry, content.data(), content.size()) == static_cast<zip_int64_t>(content.size()));
        char beyond = 0;
        CHECK(zip_fread(entry, &beyond, 1) == 0);  // libzip compares the CRC at the end
        CHECK(zip_fclose(entry) == 0);
        all[stat.name] = content;
    }
    return all;
}

struct ReadCell {
    std::string type, style, text;
};

/// What a reader of SpreadsheetML finds in a sheet, and the attributes of every element seen once.
struct Sheet {
    std::vector<std::vector<ReadCell>> rows;
    std::vector<std::string> row_numbers;
    std::map<std::string, std::map<std::string, std::string>> elements;
    std::vector<double> widths;
    bool in_value = false;
};

Sheet read_sheet(const std::string& xml) {
    Sheet sheet;
    const std::unique_ptr<XML_ParserStruct, void (*)(XML_Parser)> parser(XML_ParserCreate(nullptr), XML_ParserFree);
    XML_SetUserData(parser.get(), &sheet);
    XML_SetElementHandler(
        parser.get(),
        [](void* user, const XML_Char* name, const XML_Char** attributes) {
            Sheet& into = *static_cast<Sheet*>(user);
            std::map<std::string, std::string> read;
            for (; *attributes != nullptr; attributes += 2) {
                read[attributes[0]] = attributes[1];
            }
            const std::string element = name;
            if (element == "row") {
                into.rows.emplace_back();
                into.row_numbers.push_back(read["r"]);
            } else if (element == "c") {
                into.rows.back().push_back({read["t"], read["s"], ""});
            } else if (element == "col") {
                into.widths.push_back(std::stod(read["width"]));
            }
            into.in_value = element == "t" || element == "v";
            into.elements[element] = read;
        },
        [](void* user, const XML_Char*) { static_cast<Sheet*>(user)->in_value = false; });
    XML_SetCharacterDataHandler(parser.get(), [](void* user, const XML_Char* text, int size) {
        Sheet& into = *static_cast<Sheet*>(user);
        if (into.in_value) {
            into.rows.back().back().text.append(text, static_cast<std::size_t>(size));
        }
    });
    const auto status = XML_Parse(parser.get(), xml.data(), static_cast<int>(xml.size()), 1);
    INFO(XML_ErrorString(XML_GetErrorCode(parser.get())));
    REQUIRE(status == XML_STATUS_OK);
    return sheet;
}

struct Written {
    OutputFile file;
    std::map<std::string, std::string> parts;
    Findings findings;
    [[nodiscard]] Sheet sheet(int number = 1) const {
        return read_sheet(parts.at("xl/worksheets/sheet" + std::to_string(number) + ".xml"));
    }
};

Written write(const TemporaryFolder& folder, const Shape& shape, const std::vector<Batch>& batches,
              XlsxSinkOptions options = {}) {
    options.folder = folder.path();
    options.path = "table.xlsx";
    XlsxSink sink(options);
    sink.open(shape);
    Written written;
    for (const Batch& batch : batches) {
        Buffer buffer;
        sink.encode(batch, buffer, written.findings);
        sink.append(std::move(buffer));
    }
    written.file = sink.close();
    written.parts = parts(folder.path() / "table.xlsx");
    return written;
}

Field field(const char* name, const char* type) {
    Field made;
    made.name = name;
    made.type = type;
    return made;
}

std::vector<Batch> one(Batch batch) {
    std::vector<Batch> batches;
    batches.push_back(std::move(batch));
    return batches;
}

std::vector<std::string> texts(const std::vector<ReadCell>& row) {
    std::vector<std::string> all;
    for (const ReadCell& cell : row) {
        all.push_back(cell.text);
    }
    return all;
}

}  // namespace

TEST_CASE("Only numbers that Excel keeps as written are numbers", "[write][xlsx]") {
    for (const char* text :
         {"0", "7", "-12", "0.5", "36.389049", "1.50", "-0.001", "123456789012345", "0.000123456789012345"}) {
        INFO(text);
        CHECK(is_plain_number(text));
    }
    for (const char* text : {"",
                             "-",
                             "007",
                             "00",
                             "+1",
                             "-0",
                             "-0.0",
                             "1e5",
                             ".5",
                             "5.",
                             "1,000",
                             "1.2.3",
                             " 1",
                             "1 ",
                             "0x1F",
                             "１",
                             "1234567890123456",
                             "0.1234567890123456",
                             "約10",
                             "NaN"}) {
        INFO(text);
        CHECK_FALSE(is_plain_number(text));
    }
}

TEST_CASE("Widths count full-width characters twice and take the longest line", "[write][xlsx]") {
    CHECK(display_width("abc") == 3);
    CHECK(display_width("名称") == 4);
    CHECK(display_width("ｶﾅ") == 2);
    CHECK(display_width("a\n名称\nbc") == 4);
    CHECK(utf16_length("a名𠮷") == 4);
    CHECK(utf16_prefix("a名𠮷", 3) == "a名");
    CHECK(utf16_prefix("a名𠮷", 4) == "a名𠮷");
}

TEST_CASE("Sheet names are made into what Excel takes", "[write][xlsx]") {
    CHECK(xlsx_sheet_name("一覧", 1) == "一覧");
    CHECK(xlsx_sheet_name("一覧", 2) == "一覧 (2)");
    CHECK(xlsx_sheet_name("a/b:c[d]", 1) == "a_b_c_d_");
    CHECK(xlsx_sheet_name("'x'", 1) == "_x_");
    CHECK(xlsx_sheet_name("", 1) == "Sheet");
    CHECK(xlsx_sheet_name(std::string(40, 'x'), 12) == std::string(26, 'x') + " (12)");
}

TEST_CASE("Numeric fields are numbers where they can be, everything else is text", "[write][xlsx]") {
    const TemporaryFolder folder;
    const Field count = field("人数", "integer");
    const Field latitude = field("緯度", "number");
    const Field code = field("コード", "string");
    const Field day = field("開始日", "date");
    const Shape shape{{{"人数", &count, {}},
                       {"緯度", &latitude, {}},
                       {"コード", &code, {}},
                       {"開始日", &day, {}},
                       {"他", nullptr, {}}},
                      false};
    const Written written = write(folder, shape,
                                  one(batch_of({{"12", "36.389049", "007", "2024-04-01", "=1+1"},
                                                {"1234567890123", "不明", "12", "R6.4.1", "+81"},
                                                {"012", "-5", "@x", "", "-3"}})));
    CHECK(written.file.rows == 3);
    const Sheet sheet = written.sheet();
    REQUIRE(sheet.rows.size() == 4);
    CHECK(texts(sheet.rows[0]) == std::vector<std::string>{"人数", "緯度", "コード", "開始日", "他"});
    CHECK(sheet.rows[0][0].style == "3");
    CHECK(texts(sheet.rows[1]) == std::vector<std::string>{"12", "36.389049", "007", "2024-04-01", "=1+1"});
    const auto typed = [&sheet](std::size_t row) {
        std::string types;
        for (const ReadCell& cell : sheet.rows[row]) {
            types += cell.type == "inlineStr" ? 't' : cell.type.empty() && !cell.text.empty() ? 'n' : '-';
        }
        return types;
    };
    CHECK(typed(1) == "nnttt");
    CHECK(typed(2) == "ntttt");
    CHECK(typed(3) == "tnt-t");
    CHECK(sheet.rows[2][0].style == "2");  // else Excel shows 1.23457E+12
    CHECK(sheet.rows[1][0].style.empty());
    CHECK(sheet.rows[1][2].style == "1");  // stays text when someone edits the cell
    CHECK(written.parts.at("xl/styles.xml").find(R"(<xf numFmtId="49")") != std::string::npos);
    CHECK(written.findings.list().empty());
}

TEST_CASE("Empty cells hold their place before others and are left out at the end", "[write][xlsx]") {
    const TemporaryFolder folder;
    const Shape shape{{{"a", nullptr, {}}, {"b", nullptr, {}}, {"c", nullptr, {}}, {"d", nullptr, {}}}, false};
    const Sheet sheet =
        write(folder, shape, one(batch_of({{"", "", "x", ""}, {"", "", "", ""}, {"y", "", "", "z"}}))).sheet();
    REQUIRE(sheet.rows.size() == 4);
    CHECK(texts(sheet.rows[1]) == std::vector<std::string>{"", "", "x"});
    CHECK(sheet.rows[1][0].type.empty());
    CHECK(sheet.rows[2].empty());
    CHECK(texts(sheet.rows[3]) == std::vector<std::string>{"y", "", "", "z"});
    CHECK(sheet.row_numbers == std::vector<std::string>{"1", "2", "3", "4"});
}

TEST_CASE("Markup, control characters and Excel's own escapes survive", "[write][xlsx]") {
    const TemporaryFolder folder;
    const Shape shape{{{"a & <b> \"c\"", nullptr, {}}}, false};
    const std::vector<std::pair<std::string, std::string>> cases = {
        {"a & b < c > \"d\" 'e'", "a & b < c > \"d\" 'e'"},
        {std::string("x\x01y\x1F", 4), "x_x0001_y_x001F_"},
        {std::string("nul\0", 4), "nul_x0000_"},
        {"_x0041_ and _x00_ and _X0041_", "_x005F_x0041_ and _x00_ and _X0041_"},
        {"line 1\r\nline 2\nline 3", "line 1\nline 2\nline 3"},
        {"old\rmac", "old_x000D_mac"},
        {"  two spaces  ", "  two spaces  "},
        {"tab\tstays", "tab\tstays"},
        {"\xEF\xBF\xBE and \xEF\xBF\xBF", "_xFFFE_ and _xFFFF_"},
        {"𠮷野家 é ｶﾅ Ａ", "𠮷野家 é ｶﾅ Ａ"},
        {"cut \xE5\x85", "cut \xEF\xBF\xBD\xEF\xBF\xBD"},
        {"\xC0\x80 \xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD \xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
        {"\xF5 \xF0\x80\x80\x80", "\xEF\xBF\xBD \xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
    };
    Table rows;
    for (const auto& [in, out] : cases) {
        rows.push_back({in});
    }
    const Written written = write(folder, shape, one(batch_of(rows)));
    const Sheet sheet = written.sheet();
    REQUIRE(sheet.rows.size() == cases.size() + 1);
    CHECK(sheet.rows[0][0].text == "a & <b> \"c\"");
    for (std::size_t i = 0; i < cases.size(); ++i) {
        CHECK(sheet.rows[i + 1].at(0).text == cases[i].second);
    }
    CHECK(written.parts.at("xl/worksheets/sheet1.xml").find(R"(<t xml:space="preserve">  two)") != std::string::npos);
}

TEST_CASE("A text longer than an Excel cell is cut with a finding", "[write][xlsx]") {
    const TemporaryFolder folder;
    const Shape shape{{{"短い", nullptr, {}}, {"説明", nullptr, {}}}, false};
    std::string fits;
    for (int i = 0; i < 32767; ++i) {
        fits += "長";
    }
    const std::string split = std::string(32766, 'a') + "𠮷";  // its two units lie on both sides of the border
    const Written written = write(folder, shape, one(batch_of({{"x", fits}, {"y", split}})));
    REQUIRE(written.findings.list().size() == 1);
    const Finding& finding = written.findings.list().front();
    CHECK(info(finding.code).id == "cell-too-long");
    CHECK(finding.severity == Severity::warning);
    CHECK(finding.where.row == 3);
    CHECK(finding.where.field == &shape.columns[1]);
    CHECK(finding.found == "32768");
    const Sheet sheet = written.sheet();
    CHECK(sheet.rows[1][1].text == fits);
    CHECK(sheet.rows[2][1].text == std::string(32766, 'a'));
}

TEST_CASE("A table without rows is a workbook with its header", "[write][xlsx]") {
    const TemporaryFolder folder;
    const Shape shape{{{"名称", nullptr, {}}, {"住所", nullptr, {}}}, false};
    std::vector<Batch> batches;
    SECTION("no batch at all") {}
    SECTION("a batch whose rows are not written") {
        Batch batch = batch_of({{"x", "y"}});
        batch.states[0] = RowState::withheld;
        batches.push_back(std::move(batch));
    }
    const Written written = write(folder, shape, batches);
    CHECK(written.file.rows == 0);
    const Sheet sheet = written.sheet();
    REQUIRE(sheet.rows.size() == 1);
    CHECK(texts(sheet.rows[0]) == std::vector<std::string>{"名称", "住所"});
    CHECK(sheet.elements.at("autoFilter").at("ref") == "A1:B1");
}

TEST_CASE("The header is frozen and filtered, columns are as wide as the first rows need", "[write][xlsx]") {
    const TemporaryFolder folder;
    const Shape shape{{{"ID", nullptr, {}}, {"名称", nullptr, {}}, {"備考", nullptr, {}}}, false};
    XlsxSinkOptions options;
    options.about = {"公園一覧 <試>", "前橋市", "CC BY 4.0", "2026-04-01"};
    std::vector<Batch> batches = one(batch_of({{"1", "とても長い名前の公園です", std::string(300, 'x')}}));
    batches.push_back(batch_of({{"2", "二つ目の束にあるもっとずっと長い名前の公園です", ""}}, 1));
    const Written written = write(folder, shape, batches, options);
    const Sheet sheet = written.sheet();
    CHECK(sheet.elements.at("pane").at("state") == "frozen");
    CHECK(sheet.elements.at("pane").at("ySplit") == "1");
    CHECK(sheet.elements.at("autoFilter").at("ref") == "A1:C3");
    CHECK(sheet.widths == std::vector<double>{7.75, 25.75, 51.75});
    CHECK(written.parts.at("xl/workbook.xml").find("'一覧'!$A$1:$C$3") != std::string::npos);
    const std::string& core = written.parts.at("docProps/core.xml");
    CHECK(core.find("<dc:title>公園一覧 &lt;試&gt;</dc:title>") != std::string::npos);
    CHECK(core.find("2026-04-01T00:00:00Z") != std::string::npos);
    CHECK(write(folder, shape, {}).parts.at("docProps/core.xml").find("dcterms:created") == std::string::npos);
}

TEST_CASE("Rows beyond the limit go to further sheets, each with its header", "[write][xlsx]") {
    const TemporaryFolder folder;
    const Field number = field("番号", "integer");
    const Shape shape{{{"番号", &number, {}}}, false};
    XlsxSinkOptions options;
    options.rows_per_sheet = 3;
    Batch first = batch_of({{"1"}, {"filtered"}, {"2"}, {"3"}, {"4"}});
    first.states[1] = RowState::filtered;
    std::vector<Batch> batches = one(std::move(first));
    batches.push_back(batch_of({{"5"}, {"6"}}, 4));
    batches.push_back(batch_of({{"7"}}, 6));
    const Written written = write(folder, shape, batches, options);
    CHECK(written.file.rows == 7);
    CHECK(written.parts.count("xl/worksheets/sheet4.xml") == 0);
    std::vector<std::vector<std::string>> sheets;
    for (int i = 1; i <= 3; ++i) {
        const Sheet sheet = written.sheet(i);
        std::vector<std::string> column;
        for (std::size_t row = 0; row < sheet.rows.size(); ++row) {
            column.push_back(sheet.rows[row].at(0).text);
            CHECK(sheet.row_numbers[row] == std::to_string(row + 1));
        }
        sheets.push_back(column);
    }
    CHECK(sheets == Table{{"番号", "1", "2", "3"}, {"番号", "4", "5", "6"}, {"番号", "7"}});
    const std::string& workbook = written.parts.at("xl/workbook.xml");
    CHECK(workbook.find(R"x(<sheet name="一覧 (3)" sheetId="3" r:id="rId3"/>)x") != std::string::npos);
    CHECK(workbook.find("'一覧 (2)'!$A$1:$A$4") != std::string::npos);
    CHECK(written.parts.at("[Content_Types].xml").find("/xl/worksheets/sheet3.xml") != std::string::npos);
    CHECK(written.parts.at("xl/_rels/workbook.xml.rels").find("worksheets/sheet3.xml") != std::string::npos);
}

TEST_CASE("Blocks from several threads, in any order, give the same bytes", "[write][xlsx]") {
    const TemporaryFolder folder;
    const Shape shape{{{"a", nullptr, {}}, {"b", nullptr, {}}}, false};
    std::vector<Batch> batches;
    constexpr std::size_t rows = 2000;  // enough for several pieces of a block
    for (std::size_t i = 0; i < 6; ++i) {
        Table table;
        for (std::size_t row = 0; row < rows; ++row) {
            table.push_back({"行" + std::to_string(i * rows + row),
                             std::string(row % 700, static_cast<char>('a' + (row * 7 + i) % 26))});
        }
        batches.push_back(batch_of(table, i * rows));
    }
    const std::string expected = write(folder, shape, batches).file.sha256;

    XlsxSinkOptions options;
    options.folder = folder.path();
    options.path = "threads.xlsx";
    XlsxSink sink(options);
    sink.open(shape);
    std::vector<Buffer> buffers(batches.size());
    std::array<std::thread, 3> threads;
    for (std::size_t t = 0; t < threads.size(); ++t) {
        threads[t] = std::thread([&, t] {
            for (std::size_t i = batches.size(); i-- > 0;) {
                if (i % threads.size() == t) {
                    Findings findings;
                    sink.encode(batches[i], buffers[i], findings);
                }
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    for (Buffer& buffer : buffers) {
        CHECK(buffer.rows == rows);
        sink.append(std::move(buffer));
    }
    CHECK(sink.close().sha256 == expected);
    const Sheet sheet = read_sheet(parts(folder.path() / "threads.xlsx").at("xl/worksheets/sheet1.xml"));
    REQUIRE(sheet.rows.size() == 6 * rows + 1);
    CHECK(sheet.rows.back()[0].text == "行11999");
    CHECK(sheet.row_numbers.back() == "12001");
}

TEST_CASE("More columns than Excel has are refused", "[write][xlsx]") {
    const TemporaryFolder folder;
    Shape shape;
    shape.columns.resize(16385);
    XlsxSinkOptions options;
    options.folder = folder.path();
    options.path = "wide.xlsx";
    XlsxSink sink(options);
    CHECK_THROWS_AS(sink.open(shape), WorldError);
    CHECK(fs::is_empty(folder.path()));
}

TEST_CASE("The container has no clock and turns to ZIP64 when offsets need it", "[write][xlsx]") {
    const TemporaryFolder folder;
    const auto limit = GENERATE(std::uint64_t{0xFFFFFFFFU}, std::uint64_t{100}, std::uint64_t{0});
    std::string noise;  // does not deflate: stored blocks
    std::uint32_t state = 12345;
    for (int i = 0; i < 200000; ++i) {
        state = state * 1664525U + 1013904223U;
        noise += static_cast<char>(state >> 24U);
    }
    {
        FileWriter file(folder.path() / "a.zip");
        ZipWriter zip(file, "a.zip", limit);
        zip.add("whole.txt", "one piece");
        zip.begin("blocks.txt");
        zip.block("");
        zip.block("one ");
        zip.block(noise);
        zip.block(std::string(1000, '\0'));
        zip.end();
        zip.add("empty.txt", "");
        zip.finish();
        file.finish();
    }
    const auto all = parts(folder.path() / "a.zip");
    CHECK(all.size() == 3);
    CHECK(all.at("whole.txt") == "one piece");
    CHECK(all.at("blocks.txt") == "one " + noise + std::string(1000, '\0'));
    CHECK(all.at("empty.txt").empty());
    int error = 0;
    const std::unique_ptr<zip_t, ZipCloser> zip(zip_open((folder.path() / "a.zip").c_str(), ZIP_RDONLY, &error));
    REQUIRE(zip != nullptr);
    zip_stat_t stat;
    REQUIRE(zip_stat_index(zip.get(), 1, 0, &stat) == 0);
    std::tm day{};
    ::localtime_r(&stat.mtime, &day);
    CHECK(day.tm_year == 80);
    CHECK(day.tm_mon == 0);
    CHECK(day.tm_mday == 1);
}
