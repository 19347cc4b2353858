// SPDX-License-Identifier: Apache-2.0
#include "model/finding.hpp"

#include <catch2/catch.hpp>

#include <cctype>
#include <set>

using namespace kokai;

namespace {

std::vector<SourceInfo> sources() {
    SourceInfo csv;
    csv.file = "source/公園.csv";
    csv.format = "csv";
    SourceInfo xlsx;
    xlsx.file = "source/公園.xlsx";
    xlsx.format = "xlsx";
    xlsx.sheets = {"一覧", "別紙"};
    SourceInfo gis;
    gis.file = "source/公園.geojson";
    gis.format = "GeoJSON";
    gis.sheet = "公園";
    return {csv, xlsx, gis};
}

FindingText at(Place where) {
    const Finding finding{where, Code::date_unreadable, Severity::error, Finding::no_row, "令和6年13月1日", {}, {}};
    return spell_out(finding, sources());
}

FindingText unreadable_date() {
    FindingText finding;
    finding.code = Code::date_unreadable;
    finding.severity = Severity::error;
    finding.file = "公園.csv";
    finding.column = "開始日";
    finding.cell = "C14";
    finding.row = 14;
    finding.found = "令和6年13月1日";
    return finding;
}

/// The names between braces in a sentence of the catalogue.
std::set<std::string> placeholders(std::string_view sentence) {
    std::set<std::string> names;
    for (std::size_t open = sentence.find('{'); open != std::string_view::npos; open = sentence.find('{', open + 1)) {
        names.emplace(sentence.substr(open, sentence.find('}', open) - open + 1));
    }
    return names;
}

}  // namespace

TEST_CASE("Every code stands in its place, with an id of its own and sentences in both languages", "[model][finding]") {
    const std::set<std::string> known{"{found}", "{expected}", "{repaired}", "{column}"};
    std::set<std::string_view> ids;
    std::uint16_t number = 0;
    for (const CodeInfo& one : finding_catalogue()) {
        INFO(one.id);
        CHECK(static_cast<std::uint16_t>(one.code) == number++);
        CHECK(&info(one.code) == &one);
        CHECK(find_code(one.id) == &one);
        CHECK(ids.insert(one.id).second);
        CHECK(one.id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos);
        CHECK_FALSE(one.ja.empty());
        CHECK_FALSE(one.en.empty());
        CHECK(one.mend_ja.empty() == one.mend_en.empty());
        for (const std::string_view text : {one.ja, one.en, one.mend_ja, one.mend_en}) {
            for (const std::string& name : placeholders(text)) {
                CHECK(known.count(name) == 1);
            }
        }
        CHECK(placeholders(one.ja) == placeholders(one.en));
        CHECK(placeholders(one.mend_ja) == placeholders(one.mend_en));
        // Only an error can leave a cell empty.
        CHECK((!one.unfit || one.severity == Severity::error));
    }
    CHECK(find_code("no-such-code") == nullptr);
    CHECK(find_code("") == nullptr);
}

TEST_CASE("A finding names the cell as Excel shows it, in CSV too", "[model][finding]") {
    const ColumnInfo name{"名称", nullptr, {{0, 3, "施設名"}}};
    const FindingText csv = at({14, 0, 0, 0, &name});
    CHECK(csv.file == "source/公園.csv");
    CHECK(csv.sheet.empty());
    CHECK(csv.column == "施設名");
    CHECK(csv.field == "名称");
    CHECK(csv.cell == "C14");
    CHECK(csv.row == 14);
    CHECK(csv.found == "令和6年13月1日");

    const ColumnInfo on_sheet{"名称", nullptr, {{1, 28, "施設名"}}};
    const FindingText xlsx = at({14, 0, 1, 1, &on_sheet});
    CHECK(xlsx.file == "source/公園.xlsx");
    CHECK(xlsx.sheet == "別紙");
    CHECK(xlsx.cell == "AB14");
}

TEST_CASE("A finding on a joined field names all its cells, and those of its own source only", "[model][finding]") {
    const ColumnInfo address{"住所", nullptr, {{0, 3, "町名"}, {0, 4, "番地"}, {1, 9, "住所"}}};
    const FindingText first = at({14, 0, 0, 0, &address});
    CHECK(first.cell == "C14,D14");
    CHECK(first.column == "町名,番地");
    const FindingText second = at({14, 0, 0, 1, &address});
    CHECK(second.cell == "I14");
    CHECK(second.column == "住所");
    CHECK(second.sheet == "一覧");
}

TEST_CASE("A cell that moved keeps its own place; a field without source column has none", "[model][finding]") {
    const ColumnInfo name{"人数", nullptr, {{0, 3, "0~9"}}};
    CHECK(at({14, 5, 0, 0, &name}).cell == "E14");
    const ColumnInfo made{"対象期間", nullptr, {}};
    const FindingText constant = at({14, 0, 0, 0, &made});
    CHECK(constant.column == "対象期間");
    CHECK(constant.cell.empty());
    CHECK(constant.row == 14);
}

TEST_CASE("Features have a number and no cell; findings about a table have neither", "[model][finding]") {
    const ColumnInfo name{"名称", nullptr, {{2, 3, "name"}}};
    const FindingText feature = at({7, 0, 0, 2, &name});
    CHECK(feature.cell.empty());
    CHECK(feature.row == 7);
    CHECK(feature.sheet == "公園");
    CHECK(feature.column == "name");

    const FindingText table = at({});
    CHECK(table.file == "source/公園.csv");
    CHECK(table.row == 0);
    CHECK(table.cell.empty());
    CHECK(table.column.empty());

    const ColumnInfo whole{"名称", nullptr, {{0, 3, "施設名"}}};
    CHECK(at({0, 0, 0, 0, &whole}).cell.empty());  // a column as a whole
    CHECK(at({14, 0, 0, 9, &name}).file.empty());  // no such source: no file rather than a crash
}

TEST_CASE("Column letters go on after Z", "[model][finding]") {
    CHECK(column_letters(0).empty());
    CHECK(column_letters(1) == "A");
    CHECK(column_letters(26) == "Z");
    CHECK(column_letters(27) == "AA");
    CHECK(column_letters(702) == "ZZ");
    CHECK(column_letters(703) == "AAA");
    CHECK(column_letters(16384) == "XFD");
}

TEST_CASE("Facts are filled into the sentence once", "[model][finding]") {
    FindingText finding = unreadable_date();
    finding.code = Code::value_not_in_table;
    finding.found = "{expected}{found}";
    finding.expected = "東 西";
    const Sentence text = sentence(finding);
    CHECK(text.ja == "対応表にない値です: 「{expected}{found}」");
    CHECK(text.en == "a value that the value table does not know: \"{expected}{found}\"");
    CHECK(text.mend_ja == "東 西 のどれかにしてください");
    CHECK(text.mend_en == "use one of 東 西");

    finding.code = Code::required_missing;
    finding.expected = "必須";
    finding.column = "施設名";
    CHECK(sentence(finding).ja == "「施設名」が空です（必須）");
    finding.field = "名称";  // sentences speak of the field, the place of the department's column
    CHECK(sentence(finding).ja == "「名称」が空です（必須）");
    CHECK(sentence(finding).en == "\"名称\" is empty (必須)");
    CHECK(terminal_line(finding, Language::en).starts_with("公園.csv!C14 (施設名): "));
}

TEST_CASE("One line for the terminal: place, severity, code, sentence, cure", "[model][finding]") {
    FindingText finding = unreadable_date();
    const std::string place = "公園.csv!C14 (開始日): error[date-unreadable]: ";
    const std::string ja = "日付として読めません: 「令和6年13月1日」（2024-04-01 の形で入れてください）";
    const std::string en = "not a date: \"令和6年13月1日\" (write it like 2024-04-01)";
    CHECK(terminal_line(finding, Language::ja) == place + ja);
    CHECK(terminal_line(finding, Language::en) == place + en);
    CHECK(terminal_line(finding, Language::both) == place + ja + " / " + en);

    finding.sheet = "一覧";
    CHECK(terminal_line(finding, Language::en) == "公園.csv[一覧]!C14 (開始日): error[date-unreadable]: " + en);
    finding.cell.clear();
    finding.code = Code::text_normalised;
    finding.severity = Severity::note;
    CHECK(terminal_line(finding, Language::en) ==
          "公園.csv[一覧]#14 (開始日): note[text-normalised]: evened out character widths and spaces");
    finding.row = 0;
    finding.sheet.clear();
    finding.column.clear();
    CHECK(terminal_line(finding, Language::ja) == "公園.csv: note[text-normalised]: 文字の幅や空白をそろえました");
}

TEST_CASE("Nothing in a file name, sheet, header or cell can forge a line of the log (A41)",
          "[model][finding][hostile]") {
    FindingText finding = unreadable_date();
    finding.file = "a\n.csv";
    finding.sheet = "一覧\x1B[2J";
    finding.column = "開始\r日";
    finding.found = "x\nfake.csv!A1: note[text-normalised]: ok\x1B]0;title\x07";
    const std::string line = terminal_line(finding, Language::both);
    for (const char letter : line) {
        CHECK_FALSE(std::iscntrl(static_cast<unsigned char>(letter)) != 0);
    }
    CHECK(line.starts_with("a␊.csv[一覧␛[2J]!C14 (開始␍日): error[date-unreadable]: "));
}

TEST_CASE("Controls, escapes, bidi and zero-width marks become visible (A41)", "[model][finding][hostile]") {
    CHECK(printable("a\nb\tc\rd") == "a␊b␉c␍d");
    CHECK(printable(std::string_view("\0\x1F", 2)) == "␀␟");
    CHECK(printable("\x1B[31mred\x7F") == "␛[31mred␡");
    CHECK(printable("\xC2\x80-\xC2\x9B-\xC2\x9F") == "\xEF\xBF\xBD-\xEF\xBF\xBD-\xEF\xBF\xBD");  // C1, CSI among them
    CHECK(printable("\xC2\xA0") == "\xC2\xA0");
    // U+200B to U+200F, U+2028 to U+202E, U+2060 to U+206F
    for (const char* mark :
         {"\u200B", "\u200C", "\u200D", "\u200E", "\u200F", "\u2028", "\u2029", "\u202A", "\u202B", "\u202C",
          "\u202D", "\u202E", "\u2060", "\u2066", "\u2067", "\u2068", "\u2069", "\u206F", "\uFEFF", "\u061C"}) {
        CHECK(printable(std::string("公") + mark + "園") == "公␣園");
    }
    CHECK(printable("前橋市…‐「公園」髙𠮷😀 é") == "前橋市…‐「公園」髙𠮷😀 é");
    CHECK(printable("\xE2\x80") == "\xE2\x80");  // cut in the middle: nothing is read past the end
    CHECK(printable("\xC2") == "\xC2");
    CHECK(printable("").empty());
}
