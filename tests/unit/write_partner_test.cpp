// SPDX-License-Identifier: Apache-2.0
// The partner's sheet, read back with libzip and expat: where values come from, which rows are sent, the rows above the
// data.
#include "write/partner.hpp"

#include "model/error.hpp"
#include "tests/unit/support/temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <expat.h>
#include <zip.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace fs = std::filesystem;
using namespace kokai;
using kokai::testing::TemporaryFolder;

namespace {

std::string part(const fs::path& file, const char* name) {
    int error = 0;
    zip_t* zip = zip_open(file.c_str(), ZIP_RDONLY | ZIP_CHECKCONS, &error);
    REQUIRE(zip != nullptr);
    zip_stat_t stat;
    REQUIRE(zip_stat(zip, name, 0, &stat) == 0);
    std::string content(stat.size, '\0');
    zip_file_t* entry = zip_fopen(zip, name, 0);
    CHECK(zip_fread(entry, content.data(), content.size()) == static_cast<zip_int64_t>(content.size()));
    CHECK(zip_fclose(entry) == 0);
    zip_discard(zip);
    return content;
}

/// What a reader of SpreadsheetML finds.
struct Walk {
    std::vector<std::string> strings;
    std::map<std::string, std::string> cells;  // B5 -> text
    std::map<std::string, std::string> types;  // B5 -> s, n
    std::map<std::string, std::map<std::string, std::string>> elements;
    std::string cell, type;
    bool in_text = false;
};

void parse(const std::string& xml, Walk& walk) {
    const std::unique_ptr<XML_ParserStruct, void (*)(XML_Parser)> parser(XML_ParserCreate(nullptr), XML_ParserFree);
    XML_SetUserData(parser.get(), &walk);
    XML_SetElementHandler(
        parser.get(),
        [](void* user, const XML_Char* name, const XML_Char** attributes) {
            Walk& into = *static_cast<Walk*>(user);
            std::map<std::string, std::string> read;
            for (; *attributes != nullptr; attributes += 2) {
                read[attributes[0]] = attributes[1];
            }
            const std::string element = name;
            if (element == "si") {
                into.strings.emplace_back();
            } else if (element == "c") {
                into.cell = read["r"];
                into.type = read["t"];
            }
            into.in_text = element == "t" || element == "v";
            into.elements[element] = read;
        },
        [](void* user, const XML_Char*) { static_cast<Walk*>(user)->in_text = false; });
    XML_SetCharacterDataHandler(parser.get(), [](void* user, const XML_Char* text, int size) {
        Walk& into = *static_cast<Walk*>(user);
        if (!into.in_text) {
            return;
        }
        const std::string piece(text, static_cast<std::size_t>(size));
        if (into.cell.empty()) {
            into.strings.back() += piece;
        } else {
            into.cells[into.cell] += piece;
            into.types[into.cell] = into.type == "s" ? "s" : "n";
        }
    });
    REQUIRE(XML_Parse(parser.get(), xml.data(), static_cast<int>(xml.size()), 1) == XML_STATUS_OK);
}

/// The cells of one sheet, shared strings put in.
Walk sheet(const fs::path& file, const char* name = "xl/worksheets/sheet1.xml") {
    Walk walk;
    parse(part(file, "xl/sharedStrings.xml"), walk);
    parse(part(file, name), walk);
    for (auto& [reference, text] : walk.cells) {
        if (walk.types[reference] == "s") {
            text = walk.strings.at(std::stoul(text));
        }
    }
    return walk;
}

Layout iko_yo() {
    std::ifstream file(std::string(KOKAI_SOURCE_DIR) + "/schemas/partner/iko-yo.json", std::ios::binary);
    REQUIRE(file.is_open());
    std::vector<Mistake> mistakes;
    const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    Layout layout = parse_layout(text, "iko-yo.json", mistakes);
    REQUIRE(mistakes.empty());
    return layout;
}

using Table = std::vector<std::vector<std::string>>;

Shape shape_of(const std::vector<std::string>& names) {
    Shape shape;
    for (const std::string& name : names) {
        shape.columns.push_back({name, nullptr, {}});
    }
    return shape;
}

Batch batch_of(const Table& rows) {
    Batch batch;
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

struct Written {
    OutputFile file;
    Findings findings;
    fs::path path;
};

PartnerOptions options_in(const TemporaryFolder& folder) {
    PartnerOptions options;
    options.folder = folder.path();
    options.path = "partner/iko-yo.xlsx";
    options.layout = iko_yo();
    options.publisher = {"102016", "群馬県前橋市", ""};
    options.title = "前橋市 遊び場";
    options.credit = "前橋市の資料を加工して作成";
    options.license = "CC BY 4.0";
    return options;
}

Written write(const TemporaryFolder& folder, const Shape& shape, const std::vector<Table>& batches,
              PartnerOptions options) {
    Written written;
    written.path = folder.path() / options.path;
    PartnerSink sink(std::move(options));
    sink.open(shape);
    for (const Table& rows : batches) {
        const Batch batch = batch_of(rows);
        Buffer buffer;
        Findings findings;
        sink.encode(batch, buffer, findings);
        for (const Finding& finding : findings.list()) {
            written.findings.list().push_back(finding);
            written.findings.list().back().found = written.findings.keep(finding.found);
            written.findings.list().back().expected = written.findings.keep(finding.expected);
        }
        sink.append(std::move(buffer));
    }
    written.file = sink.close();
    return written;
}

}  // namespace

TEST_CASE("A v1 table fills the sheet below its four header rows", "[write][partner]") {
    const TemporaryFolder folder;
    const Shape shape =
        shape_of({"都道府県コード又は市区町村コード", "NO", "都道府県名", "市区町村名", "名称", "名称_カナ",
                  "名称_通称", "POIコード", "住所", "方書", "緯度", "経度", "開始時間", "終了時間"});
    const Written written =
        write(folder, shape,
              {{{"102016", "0000000007", "群馬県", "前橋市", "中央児童遊園", "チュウオウジドウユウエン", "るなぱあく",
                 "1403", "前橋市大手町3-16-3", "1階", "36.389049", "139.0634", "09:00", "17:00"}},
               {{"102016", "0000000008", "群馬県", "前橋市", "=名称", "メイショウ", "", "1510a", "前橋市1", "", "", "",
                 "09:00", ""}}},
              options_in(folder));
    CHECK(written.findings.list().empty());
    CHECK(written.file.format == "partner:iko-yo");
    CHECK(written.file.path == "partner/iko-yo.xlsx");
    CHECK(written.file.rows == 2);
    CHECK(written.file.bytes == fs::file_size(written.path));
    auto read = sheet(written.path);
    CHECK(read.cells["A1"] == "例)");
    CHECK(read.cells["B1"] == "130001");
    CHECK(read.types["B1"] == "s");
    CHECK(read.cells["A2"] == "項目→");
    CHECK(read.cells["J2"] == "POIコード");
    CHECK(read.cells["F3"] == "①いこーよ必須");
    CHECK(read.cells.count("C3") == 0);  // No has no class
    CHECK(read.cells["E4"] == "5");
    CHECK(read.cells["K4"] == "（判読できず）");
    CHECK(read.cells["L2"] == "滞在時間");
    CHECK(read.elements["pane"]["ySplit"] == "4");

    CHECK(read.cells["B5"] == "100005");
    CHECK(read.types["B5"] == "s");
    CHECK(read.cells["C5"] == "0000000007");
    CHECK(read.cells["D5"] == "群馬県");
    CHECK(read.cells["E5"] == "前橋市");
    CHECK(read.cells["F5"] == "中央児童遊園");
    CHECK(read.cells["G5"] == "チュウオウジドウユウエン");
    CHECK(read.cells["I5"] == "るなぱあく");
    CHECK(read.cells.count("J5") == 0);  // 1403 is the government's code, the partner's 1403 would be something else
    CHECK(read.cells["R5"] == "前橋市大手町3-16-3 1階");
    CHECK(read.cells["S5"] == "36.389049");
    CHECK(read.types["S5"] == "n");
    CHECK(read.cells["V5"] == "09:00～17:00");
    CHECK(read.cells["F6"] == "=名称");
    CHECK(read.types["F6"] == "s");
    CHECK(read.cells["J6"] == "1510a");
    CHECK(read.cells["R6"] == "前橋市1");
    CHECK(read.cells.count("V6") == 0);  // half an opening time is none
}

TEST_CASE("A v2 table gives prefecture and municipality from code and name", "[write][partner]") {
    const TemporaryFolder folder;
    const Shape shape = shape_of({"全国地方公共団体コード", "ID", "地方公共団体名", "名称", "名称_カナ", "名称_英字",
                                  "所在地_連結表記", "授乳室"});
    const Written written =
        write(folder, shape,
              {{{"222127", "A-1", "静岡県焼津市", "駅前公園", "エキマエコウエン", "Ekimae Park", "静岡県焼津市1", "有"},
                {"", "A-2", "", "港公園", "ミナトコウエン", "", "", ""}}},
              options_in(folder));
    auto read = sheet(written.path);
    CHECK(read.cells["B5"] == "220001");
    CHECK(read.cells["C5"] == "A-1");
    CHECK(read.cells["D5"] == "静岡県");
    CHECK(read.cells["E5"] == "焼津市");
    CHECK(read.cells["H5"] == "Ekimae Park");
    CHECK(read.cells["N5"] == "有");
    // What the row does not say, the publisher does.
    CHECK(read.cells["B6"] == "100005");
    CHECK(read.cells["D6"] == "群馬県");
    CHECK(read.cells["E6"] == "前橋市");
}

TEST_CASE("Rows without what the partner requires are listed, not sent", "[write][partner]") {
    const TemporaryFolder folder;
    const Shape shape = shape_of({"名称", "名称_カナ"});
    const Written written =
        write(folder, shape, {{{"るなぱあく", ""}, {"公園", "コウエン"}}, {{"", ""}, {"広場", "ヒロバ"}}},
              options_in(folder));
    CHECK(written.file.rows == 2);
    REQUIRE(written.findings.list().size() == 2);
    const Finding& first = written.findings.list()[0];
    CHECK(info(first.code).id == "partner-row-missing-value");
    CHECK(first.where.row == 2);
    CHECK(first.found == "るなぱあく");
    CHECK(first.expected == "読み仮名(カナ)");
    CHECK(written.findings.list()[1].found.empty());
    CHECK(written.findings.list()[1].expected == "名称、読み仮名(カナ)");
    auto read = sheet(written.path);
    CHECK(read.cells["F5"] == "公園");
    CHECK(read.cells["C5"] == "1");  // no number in the data: those sent are counted
    CHECK(read.cells["F6"] == "広場");
    CHECK(read.cells["C6"] == "2");
    CHECK(read.cells.count("F7") == 0);
}

TEST_CASE("A sheet without rows still has its header, its example and its notes", "[write][partner]") {
    const TemporaryFolder folder;
    const Written written = write(folder, shape_of({"名称"}), {{{"るなぱあく"}}}, options_in(folder));
    CHECK(written.file.rows == 0);
    CHECK(written.findings.list().size() == 1);
    auto read = sheet(written.path);
    CHECK(read.cells["F1"] == "いこーよ児童センター");
    CHECK(read.cells["F2"] == "名称");
    CHECK(read.cells.count("F5") == 0);
    const auto notes = sheet(written.path, "xl/worksheets/sheet2.xml");
    std::string all;
    for (const auto& [reference, text] : notes.cells) {
        all += text + "\n";
    }
    CHECK(all.find("11列目から後は資料に写っていない") != std::string::npos);
    CHECK(all.find("想定した列（手元の資料にない）") != std::string::npos);
    CHECK(all.find("通し番号が読み取れない") != std::string::npos);
    CHECK(all.find("出典表示: 前橋市の資料を加工して作成") != std::string::npos);
    CHECK(all.find("提出する行: 0") != std::string::npos);
}

TEST_CASE("The date in the file is the dataset's, or none that moves", "[write][partner]") {
    const TemporaryFolder folder;
    PartnerOptions dated = options_in(folder);
    dated.modified = "2025-01-31";
    const Shape shape = shape_of({"名称", "名称_カナ"});
    const Written with = write(folder, shape, {}, dated);
    CHECK(part(with.path, "docProps/core.xml").find("2025-01-31T00:00:00Z") != std::string::npos);
    const Written without = write(folder, shape, {}, options_in(folder));
    CHECK(part(without.path, "docProps/core.xml").find("1980-01-01T00:00:00Z") != std::string::npos);
    CHECK(write(folder, shape, {}, options_in(folder)).file.sha256 == without.file.sha256);
}

TEST_CASE("Odd text cannot spoil the workbook", "[write][partner]") {
    const TemporaryFolder folder;
    const std::string long_text(40000, 'x');
    const Written written = write(folder, shape_of({"名称", "名称_カナ", "説明"}),
                                  {{{"a < b & \"c\"", std::string("\x01 kana", 6), long_text},
                                    {"\xE5\x85 cut", "カナ", std::string("nul\0x", 5)}}},
                                  options_in(folder));
    REQUIRE(written.findings.list().size() == 1);
    CHECK(info(written.findings.list()[0].code).id == "cell-too-long");
    CHECK(written.findings.list()[0].found == "40000");
    auto read = sheet(written.path);
    CHECK(read.cells["F5"] == "a < b & \"c\"");
    CHECK(read.cells["G5"] == "_x0001_ kana");
    CHECK(read.cells["Y5"] == std::string(32767, 'x'));
    CHECK(read.cells["F6"] == "\xEF\xBF\xBD\xEF\xBF\xBD cut");
    CHECK(read.cells["Y6"] == "nul\xEF\xBF\xBDx");
}

TEST_CASE("More rows than a partner's sheet may hold are refused", "[write][partner]") {
    const TemporaryFolder folder;
    PartnerOptions options = options_in(folder);
    options.most_rows = 2;
    const Table three = {{"a", "ア"}, {"b", "イ"}, {"c", "ウ"}};
    CHECK_THROWS_AS(write(folder, shape_of({"名称", "名称_カナ"}), {three}, options), WorldError);
}
