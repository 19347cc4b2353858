// SPDX-License-Identifier: Apache-2.0
// The stage: which cells it touches, and that every change has exactly one finding with the cell's own words.
#include "normalise/column.hpp"

#include "validate/formula_like.hpp"
#include "validate/rare_characters.hpp"

#include <catch2/catch.hpp>

#include <initializer_list>
#include <random>
#include <set>
#include <string>
#include <vector>

using namespace kokai;

namespace {

/// A column of one field, run through the stage.
struct Run {
    Shape in;
    Shape out;
    Batch batch;
    Findings findings;

    Run(Kind kind, const std::vector<std::string>& cells, const std::string& unit = {},
        const std::vector<RowState>& states = {}) {
        Field field;
        field.name = "項目";
        field.kind = kind;
        field.unit = unit;
        in.columns.push_back({"項目", nullptr, {{0, 1, "項目"}}});
        batch.columns.resize(1);
        for (std::size_t row = 0; row < cells.size(); ++row) {
            batch.columns[0].cells.push_back(batch.bytes.keep(cells[row]));
            batch.rows.push_back({static_cast<std::uint32_t>(row + 2), 0, 0});
            batch.states.push_back(row < states.size() ? states[row] : RowState::kept);
        }
        NormaliseColumn stage("項目", field);
        out = stage.bind(in);
        stage.run(batch, findings);
    }
    [[nodiscard]] std::string cell(std::size_t row) const { return std::string(batch.columns[0].cells[row]); }
    [[nodiscard]] std::vector<Code> codes() const {
        std::vector<Code> all;
        for (const Finding& finding : findings.list()) {
            all.push_back(finding.code);
        }
        return all;
    }
};

/// One cell: what stands in it afterwards, and which findings it has.
void check(Kind kind, const std::string& input, const std::string& wanted, const std::vector<Code>& codes,
           const std::string& unit = {}) {
    const Run run(kind, {input}, unit);
    INFO(input);
    CHECK(run.cell(0) == wanted);
    CHECK(run.codes() == codes);
    for (const Finding& finding : run.findings.list()) {
        CHECK(finding.found == input);
        CHECK(finding.where.row == 2);
        CHECK(finding.where.field == &run.in.columns[0]);
        if (info(finding.code).severity == Severity::error) {
            CHECK(finding.repaired.empty());
        } else if (wanted != input) {
            CHECK(finding.repaired == wanted);
        }
    }
    if (!run.findings.list().empty() && run.cell(0) != input) {
        CHECK(Run(kind, {wanted}, unit).cell(0) == wanted);  // once more changes nothing
    }
}

}  // namespace

TEST_CASE("text columns", "[normalise][column]") {
    check(Kind::text, "前橋市（大手町）①", "前橋市（大手町）①", {});
    check(Kind::text, "　前橋市 ", "前橋市", {Code::text_normalised});
    check(Kind::text, "　", "", {Code::text_normalised});
    check(Kind::text, "公\u200B園", "公園", {Code::control_character});
    check(Kind::text, "公\xFF園", "公\xFF園", {Code::encoding_broken});
    check(Kind::text, "-", "-", {});
    check(Kind::verbatim, " Ａ ", " Ａ ", {});
    check(Kind::verbatim, "a\x02", "a", {Code::control_character});
    check(Kind::identifier, "００１", "001", {Code::text_normalised});
    check(Kind::poi, "０８０１", "0801", {Code::code_rewritten});
    check(Kind::poi, "801", "0801", {Code::leading_zero_restored});
    check(Kind::poi, "公民館", "1307", {Code::poi_from_name});
    check(Kind::poi, "中央公民館", "中央公民館", {Code::poi_wrong});
    check(Kind::poi, "9999", "9999", {Code::poi_wrong});
    check(Kind::email, "ａ＠example.jp", "a@example.jp", {Code::text_normalised});
    check(Kind::email, "a@example.jp", "a@example.jp", {});
    check(Kind::kana, "ﾏｴﾊﾞｼ", "マエバシ", {Code::kana_rewritten});
    check(Kind::kana, "まえばし", "マエバシ", {Code::kana_rewritten});
    check(Kind::kana, "マエバシ", "マエバシ", {});
}

TEST_CASE("date and time columns hold one date, one time", "[normalise][column]") {
    check(Kind::date, "2024-07-01", "2024-07-01", {});
    check(Kind::date, "R6.7.1", "2024-07-01", {Code::date_rewritten});
    check(Kind::date, "45000", "2023-03-15", {Code::date_rewritten});
    check(Kind::date, "2024/13/01", "2024/13/01", {Code::date_unreadable});
    check(Kind::date, "R4.4.1〜R5.3.31", "R4.4.1〜R5.3.31", {Code::date_unreadable});
    check(Kind::date, "平成31年5月1日", "2019-05-01", {Code::date_era_range});
    check(Kind::date, "2024年7月", "2024-07", {Code::date_partial});
    check(Kind::date, "令和4年7月31日（土）", "2022-07-31", {Code::date_weekday});
    check(Kind::date, "2024/7/1 9:30", "2024-07-01", {Code::date_time_dropped});
    check(Kind::date, "明治4年7月14日", "明治4年7月14日", {Code::date_lunar});
    check(Kind::date, "不明", "", {Code::empty_marker});
    check(Kind::period, "R4.4.1〜R5.3.31", "2022-04-01/2023-03-31", {Code::date_rewritten});
    check(Kind::period, "通年", "通年", {Code::period_unreadable});
    check(Kind::fiscal_year, "令和5年度", "2023", {Code::date_rewritten});
    check(Kind::fiscal_year, "R5～R7", "R5～R7", {Code::fiscal_year_unreadable});
    check(Kind::time, "9:00", "09:00", {Code::time_rewritten});
    check(Kind::time, "24:00", "24:00", {Code::time_end_of_day});
    check(Kind::time, "25:00", "25:00", {Code::time_unreadable});
    check(Kind::time, "9時～17時", "9時～17時", {Code::time_unreadable});
}

TEST_CASE("number columns", "[normalise][column]") {
    check(Kind::integer, "1,234", "1234", {Code::number_rewritten});
    check(Kind::integer, "12.0", "12", {Code::number_rewritten});
    check(Kind::integer, "12.5", "12.5", {Code::number_unreadable});
    check(Kind::number, "1.50", "1.50", {});
    check(Kind::number, "１／２", "１／２", {Code::number_unreadable});
    check(Kind::number, "16人", "16", {Code::unit_removed});
    check(Kind::number, "約100", "100", {Code::number_approximate});
    check(Kind::number, "1号認定 20、2号 35", "1号認定 20、2号 35", {Code::number_unreadable});
    check(Kind::number, "x", "", {Code::empty_marker});
    check(Kind::percent, "45.6％", "45.6", {Code::unit_removed});
    check(Kind::percent, "3割", "3割", {Code::unit_differs});
    check(Kind::number, "9ｍ", "9", {Code::unit_removed}, "メートル");
    check(Kind::number, "9人", "9人", {Code::unit_differs}, "世帯");
    check(Kind::number, "1,234千円", "1234", {Code::unit_removed}, "千円");
    check(Kind::number, "1,234円", "1,234円", {Code::unit_differs}, "千円");
    const Run differs(Kind::number, {"9人"}, "世帯");
    CHECK(differs.findings.list().at(0).expected == "世帯");
}

TEST_CASE("flag columns print what the standards print", "[normalise][column]") {
    check(Kind::flag_word, "有", "有", {});
    check(Kind::flag_word, "○", "有", {Code::flag_rewritten});
    check(Kind::flag_word, "0", "無", {Code::flag_rewritten});
    check(Kind::flag_word, "△", "△", {Code::flag_unreadable});
    check(Kind::flag_word, "－", "", {Code::empty_marker});
    check(Kind::flag_one, "1", "1", {});
    check(Kind::flag_one, "○", "1", {Code::flag_rewritten});
    check(Kind::flag_one, "0", "", {Code::flag_rewritten});
    check(Kind::flag_one, "無", "", {Code::flag_rewritten});
    check(Kind::flag_one, "△", "△", {Code::flag_unreadable});
    CHECK(Run(Kind::flag_one, {"△"}).findings.list().at(0).expected == "1・空欄");
    CHECK(Run(Kind::flag_word, {"△"}).findings.list().at(0).expected == "有・無");
}

TEST_CASE("codes, phones, places and addresses of the web", "[normalise][column]") {
    check(Kind::lg_code, "102016", "102016", {});
    check(Kind::lg_code, "１０２０１６", "102016", {Code::code_rewritten});
    check(Kind::lg_code, "13101", "131016", {Code::code_check_digit_added});
    check(Kind::lg_code, "92011", "092011", {Code::leading_zero_restored});
    check(Kind::lg_code, "1100", "011002", {Code::leading_zero_restored, Code::code_check_digit_added});
    check(Kind::lg_code, "221390", "221390", {Code::code_wrong});
    check(Kind::lg_code, "221317", "221317", {Code::code_unknown});
    check(Kind::corporate_number, "9000-0201-02016", "9000020102016", {Code::code_rewritten});
    check(Kind::corporate_number, "1234567891012", "1234567891012", {Code::corporate_number_wrong});
    check(Kind::phone, "(054)626-1139", "(054)626-1139", {});
    check(Kind::phone, "0120123456", "0120-123-456", {Code::phone_rewritten});
    check(Kind::phone, "312345678", "03-1234-5678", {Code::leading_zero_restored});
    check(Kind::phone, "03-1234-5678(内線12)", "03-1234-5678", {Code::phone_extension});
    check(Kind::phone, "03-1234-5678 FAX 03-1234-5679", "03-1234-5678", {Code::phone_fax});
    check(Kind::phone, "845-4111", "845-4111", {Code::phone_unreadable});
    check(Kind::postal_code, "3718601", "3718601", {});
    check(Kind::postal_code, "〒371-8601", "3718601", {Code::postal_code_rewritten});
    check(Kind::postal_code, "600001", "0600001", {Code::leading_zero_restored});
    check(Kind::postal_code, "0000000", "0000000", {Code::postal_code_unreadable});
    check(Kind::postal_code, "371-860", "371-860", {Code::postal_code_unreadable});
    check(Kind::latitude, "36.3890490", "36.3890490", {});
    check(Kind::latitude, "36°23′20.6″", "36.3890556", {Code::position_rewritten});
    check(Kind::longitude, "アイコン", "アイコン", {Code::position_unreadable});
    check(Kind::url, "　https://example.jp/", "https://example.jp/", {Code::url_rewritten});
    check(Kind::url, "www.example.jp", "www.example.jp", {Code::url_unreadable});
    check(Kind::weekdays, "月～金", "月火水木金", {Code::weekdays_rewritten});
    check(Kind::weekdays, "第2月曜", "第2月曜", {Code::weekdays_unreadable});
}

TEST_CASE("a column beyond the schema is read by its header, and never worse than a warning", "[normalise][column]") {
    CHECK(kind_of_header("開設年月日") == Kind::date);
    CHECK(kind_of_header("データ更新日（西暦）") == Kind::date);
    CHECK(kind_of_header("開館日") == Kind::text);
    CHECK(kind_of_header("備考") == Kind::text);
    Field field;
    field.name = "開設年月日";
    field.kind = Kind::date;
    Shape shape;
    shape.columns.push_back({"開設年月日", nullptr, {{0, 1, "開設年月日"}}});
    Batch batch;
    batch.columns.resize(1);
    for (const char* cell : {"S42.6.19", "昭和40年頃"}) {
        batch.columns[0].cells.push_back(batch.bytes.keep(cell));
        batch.rows.push_back({2, 0, 0});
        batch.states.push_back(RowState::kept);
    }
    NormaliseColumn stage("開設年月日", field, Severity::warning);
    stage.bind(shape);
    Findings findings;
    stage.run(batch, findings);
    CHECK(batch.columns[0].cells[0] == "1967-06-19");
    CHECK(batch.columns[0].cells[1] == "昭和40年頃");
    REQUIRE(findings.list().size() == 2);
    CHECK(findings.list()[0].code == Code::date_rewritten);
    CHECK(findings.list()[1].code == Code::date_unreadable);
    CHECK(findings.list()[1].severity == Severity::warning);
}

TEST_CASE("empty cells cost nothing; rows left out by where are mended without a word", "[normalise][column]") {
    const Run run(Kind::integer, {"", "1,000", "1,000", "壱"}, {},
                  {RowState::kept, RowState::filtered, RowState::total});
    CHECK(run.cell(0).empty());
    CHECK(run.cell(1) == "1000");
    CHECK(run.cell(2) == "1000");
    CHECK(run.cell(3) == "1");
    REQUIRE(run.findings.list().size() == 2);
    CHECK(run.findings.list()[0].where.row == 4);
    CHECK(run.findings.list()[1].where.row == 5);
    CHECK(run.out.columns.size() == 1);
}

TEST_CASE("a column that is not there is left alone", "[normalise][column]") {
    Shape in;
    in.columns.push_back({"別の列", nullptr, {}});
    Batch batch;
    batch.columns.resize(1);
    batch.columns[0].cells.emplace_back(" x ");
    batch.rows.push_back({2, 0, 0});
    Findings findings;
    NormaliseColumn stage("項目", Field{});
    CHECK(stage.bind(in).columns.size() == 1);
    stage.run(batch, findings);
    CHECK(batch.columns[0].cells[0] == " x ");
    CHECK(findings.list().empty());
}

TEST_CASE("What the normaliser leaves out of the odd rows is neither rare nor like a formula", "[normalise][column]") {
    const std::vector<std::string> pieces{
        "=",  "@",      "+",      "-",  "＝",     "－",           "\t",       "1",        "0120", "名称",  "カナ",
        "ー", "\uE000", "\uFFFD", "辻", "\uFE00", "葛\U000E0100", "https://", "a.lg.jp/", "月火", "09:00", "2024-",
        "。", "（",     "ｶﾅ",     "ガ", " ",      "　",           "102016",   "36.389",   "有",   "\xEE",  "か\u3099"};
    std::mt19937 random(5);
    for (int kind = 0; kind <= static_cast<int>(Kind::percent); ++kind) {
        std::vector<std::string> cells;
        for (int i = 0; i < 4000; ++i) {
            std::string cell;
            for (unsigned n = random() % 4; n > 0; --n) {
                cell += pieces[random() % pieces.size()];
            }
            cells.push_back(cell);
        }
        const Run run(static_cast<Kind>(kind), cells);
        const Column& column = run.batch.columns[0];
        std::set<std::size_t> odd;
        column.for_each_odd([&](std::size_t row) { odd.insert(row); });
        for (std::size_t row = 0; row < cells.size(); ++row) {
            if (odd.count(row) == 0) {
                const RareCharacters rare = find_rare_characters(column.cells[row]);
                INFO(kind << ": " << cells[row]);
                REQUIRE((rare.private_use.empty() && !rare.lost && !rare.variations));
                REQUIRE_FALSE(looks_like_formula(column.cells[row]));
            }
        }
        if (column.looked_over) {
            CHECK(odd.size() < cells.size());
        }
    }
}

TEST_CASE("A text put in later is looked at again", "[normalise][column]") {
    Run run(Kind::text, {"市役所", "図書館"});
    Column& column = run.batch.columns[0];
    std::vector<std::size_t> rows;
    const auto note = [&](std::size_t row) { rows.push_back(row); };
    column.for_each_odd(note);
    CHECK(rows.empty());
    column.put(1, "=1+1");
    column.for_each_odd(note);
    CHECK(rows == std::vector<std::size_t>{0, 1});
}
