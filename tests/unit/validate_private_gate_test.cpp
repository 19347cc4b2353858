// SPDX-License-Identifier: Apache-2.0
// The gate over whole tables. Numbers are made up; 123456789018 and 123456789026 have a valid check digit.
#include "engine/table_run.hpp"
#include "tests/unit/support/small_table.hpp"
#include "validate/private/gate.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <vector>

using namespace kokai;
using kokai::testing::Rows;
using kokai::testing::TableSource;
using Texts = std::vector<std::string>;

namespace {

/// Leaves out the second row, as `where` does.
class LeaveOutSecond : public Transform {
public:
    Shape bind(const Shape& in) override { return in; }
    void run(Batch& batch, Findings& /*findings*/) const override {
        for (std::size_t row = 0; row < batch.size(); ++row) {
            if (batch.rows[row].row == 3) {
                batch.states[row] = RowState::filtered;
            }
        }
    }
};

/// Quotes every cell of its column, as normalisers do.
class Quote : public Transform {
public:
    Shape bind(const Shape& in) override {
        shape_ = in;
        return in;
    }
    void run(Batch& batch, Findings& findings) const override {
        for (std::size_t column = 0; column < batch.columns.size(); ++column) {
            for (std::size_t row = 0; row < batch.size(); ++row) {
                const Cell cell = batch.columns[column].cells[row];
                findings.add(Code::text_normalised, batch, row, column, shape_.columns[column], cell, cell);
            }
        }
    }

private:
    Shape shape_;
};

struct Told {
    Texts places, quoted;
};

Told told(const Texts& header, const Rows& rows, unsigned workers = 1, std::size_t batch_rows = 2, bool filter = false,
          const std::vector<std::pair<LeftOutPlace, std::string>>& left_out = {}) {
    PrivacyGate gate;
    for (const auto& [place, text] : left_out) {
        gate.see(place, text);
    }
    TableStages stages;
    stages.source = std::make_unique<TableSource>(header, rows, 0, batch_rows);
    stages.transforms.push_back(gate.scan());
    stages.checks.push_back(gate.tell());
    TableOptions options;
    options.workers = workers;
    options.conceal = [&](Findings& findings) { gate.conceal(findings); };
    TableRun run(std::move(stages), std::move(options));
    run.open();
    if (filter) {
        run.add(std::make_unique<LeaveOutSecond>());
    }
    run.add(std::make_unique<Quote>());
    Told all;
    const TableOutcome outcome = run.go();
    for (const FindingText& finding : outcome.log.details()) {
        if (finding.code == Code::text_normalised) {
            all.quoted.push_back(finding.found);
            CHECK(finding.repaired == finding.found);
        } else {
            all.places.push_back(std::string(info(finding.code).id) + "@" + finding.cell +
                                 (finding.severity == Severity::error ? "" : "?"));
        }
    }
    return all;
}

}  // namespace

TEST_CASE("A column of 12-digit IDs is no column of My Numbers", "[validate][privacy]") {
    Rows rows;
    for (int i = 0; i < 60; ++i) {
        rows.push_back({std::to_string(100000000000LL + i * 7919LL)});
    }
    rows.push_back({"123456789018"});
    CHECK(told({"管理番号"}, rows, 1, 30).places.empty());
    CHECK(told({"計器"}, rows, 1, 30).places.empty());
    CHECK(told({"個人番号"}, rows, 1, 30).places.back() == "my-number@A62");
    CHECK(told({"備考"}, {{"x"}, {"123456789018"}}).places == Texts{"my-number@A3"});
    CHECK(told({"ID"}, {{"102016000008"}, {"102016000009"}}).places.empty());
    CHECK(told({"水道メーター番号"}, {{"202400000016"}, {"202400000024"}}).places.empty());
    CHECK(told({"予算額（円）"}, {{"150100000000"}, {"158200000000"}}).places.empty());
    CHECK(told({"整理番号"}, {{"123456789018"}, {"123456789026"}}).places == Texts{"my-number@A2", "my-number@A3"});
}

TEST_CASE("Every kind is told with its cell, and masked where others quote it", "[validate][privacy]") {
    const Told all = told({"氏名", "生年月日", "口座番号", "電話番号", "メール"},
                          {{"山田 太郎", "昭和55年4月1日", "1234567", "090-1234-5678", "hanako@gmail.com"}});
    CHECK(all.places == Texts{"birth-date@B2", "bank-account@C2", "private-mobile@D2", "private-mail@E2"});
    CHECK(all.quoted == Texts{"山田 太郎", "昭和**年*月*日", "*****67", "***-****-*678", "h***@gmail.com"});
}

TEST_CASE("Birth dates ask only beside names of persons", "[validate][privacy]") {
    CHECK(told({"名前", "生年月日"}, {{"ポチ", "2020-04-01"}}).places.empty());
    CHECK(told({"名前", "生年月日"}, {{"佐藤 花子", "2020-04-01"}}).places == Texts{"birth-date@B2"});
    CHECK(told({"会員", "誕生日"}, {{"山田小学校", "2020-04-01"}}).places.empty());
    CHECK(told({"担当者氏名", "発生年月日"}, {{"佐藤 花子", "2020-04-01"}}).places.empty());
    // Over three columns, and within a text.
    CHECK(told({"氏名", "生年", "生月", "生日"}, {{"佐藤 花子", "1975", "4", "1"}}).places == Texts{"birth-date@B2"});
    CHECK(told({"作者", "生年", "没年"}, {{"佐藤 花子", "1875", "1930"}}).places.empty());
    CHECK(told({"名称", "備考"}, {{"第一公民館", "山田太郎（昭和50年4月1日生）"}}).places == Texts{"birth-date@B2"});
    CHECK(told({"氏名", "生年月日"}, {{"佐藤 花子", "昭和50年4月1日生"}}).places == Texts{"birth-date@B2"});
}

TEST_CASE("Columns about persons ask by their names; names of office-holders do not", "[validate][privacy]") {
    CHECK(told({"氏名", "自宅住所"}, {{"佐藤 花子", "前橋市本町1-1"}}).places == Texts{"private-person@"});
    CHECK(told({"氏名", "年齢", "性別"}, {{"佐藤 花子", "48", "女"}}).places == Texts{"private-person@"});
    for (const char* const header :
         {"被保険者番号", "運転免許証番号", "在留カード番号", "パスポート番号", "在留カード"}) {
        CHECK(told({"名称", header}, {{"第一公民館", "1234567890"}}).places == Texts{"private-person@"});
    }
    CHECK(told({"名称", "被保険者番号"}, {{"第一公民館", ""}}).places.empty());
    CHECK(told({"名称", "保護者住所"}, {{"第一公民館", "－"}, {"第二公民館", "　ー"}}).places.empty());
    CHECK(told({"名称", "保護者電話連絡"}, {{"第一公民館", "可"}}).places.empty());
    CHECK(told({"商号", "免許証番号"}, {{"前橋不動産", "群馬県知事(3)第1234号"}}).places.empty());
    CHECK(told({"氏名", "免許証番号"}, {{"佐藤 花子", "401234567891"}}).places == Texts{"private-person@"});
    CHECK(told({"申請者氏名", "年齢", "性別"}, {{"佐藤 花子", "48", "女"}}).places == Texts{"private-person@"});
    for (const char* const role : {"講師氏名", "候補者氏名", "記入者氏名"}) {
        CHECK(told({"教室名", "年齢", "性別", role}, {{"ヨガ", "20", "女性", "佐藤 花子"}}).places.empty());
    }
    for (const Texts& header :
         {Texts{"園長氏名", "電話番号"}, Texts{"代表者名", "住所"}, Texts{"管理者氏名", "対象年齢"},
          Texts{"氏名", "受入年齢"}, Texts{"年齢", "性別"}, Texts{"年齢", "人口"}, Texts{"施設名", "在留カードの確認"},
          Texts{"施設名", "保険医療機関番号"}, Texts{"名称", "保護者会電話"}, Texts{"名称", "宅建業免許証番号"},
          Texts{"名称", "本人又は保護者の住所要件"}, Texts{"施設名", "自宅所在地から距離"}}) {
        CHECK(told(header, {{"佐藤 花子", "20"}}).places.empty());
    }
}

TEST_CASE("What is left out stops for numbers and warns for the rest", "[validate][privacy]") {
    const Rows rows{{"x"}, {"090-1234-5678 123456789018"}, {"z"}};
    CHECK(told({"備考"}, rows, 1, 2, true).places == Texts{"private-mobile@A3?", "my-number@A3"});
    LeftOutPlace comment{0, 0, 7, 2, true};
    LeftOutPlace cell{0, 0, 9, 3, false};
    LeftOutPlace head{0, 0, 8, 3, false};
    const Texts places =
        told({"備考"}, {{"x"}}, 1, 2, false,
             {{comment, "担当 090-1234-5678、口座番号 1234567"}, {head, "口座番号"}, {cell, "7654321"}})
            .places;
    CHECK(places == Texts{"bank-account@B7", "private-mobile@B7?", "bank-account@C9"});
}

TEST_CASE("A first row that became the header is masked", "[validate][privacy]") {
    const Told all = told({"館", "090-1234-5678"}, {{"x", "080-1234-5678"}});
    CHECK(all.places == Texts{"private-mobile@B2"});
}

TEST_CASE("Findings of the gate come in the same order from any number of workers", "[validate][privacy]") {
    Rows rows;
    for (int i = 0; i < 300; ++i) {
        rows.push_back({i % 3 == 0 ? "090-1234-" + std::to_string(1000 + i) : "027-224-1111",
                        i % 7 == 0 ? "個人番号 123456789018" : "x"});
    }
    const Texts one = told({"電話", "備考"}, rows, 1).places;
    CHECK(one.size() == 143);
    for (const unsigned workers : {2U, 3U, 5U}) {
        CHECK(told({"電話", "備考"}, rows, workers).places == one);
    }
}
