// SPDX-License-Identifier: Apache-2.0
#include "map/drift.hpp"

#include <catch2/catch.hpp>

using namespace kokai;
using Texts = std::vector<std::string>;

namespace {

Texts told(const Texts& headers, const Texts& used, const Texts& now) {
    TableSpec table;
    for (const std::string& header : used) {
        ColumnSpec spec;
        spec.field = header;
        spec.from = {header};
        table.columns.push_back(spec);
    }
    Findings findings;
    tell_drift(headers, table, nullptr, now, findings);
    Texts all;
    for (const Finding& finding : findings.list()) {
        all.push_back(std::string(info(finding.code).id) + " " + std::string(finding.found) +
                      (finding.expected.empty() ? "" : " < " + std::string(finding.expected)));
    }
    return all;
}

}  // namespace

TEST_CASE("Nothing changed, nothing told", "[map][drift]") {
    CHECK(told({"ID", "名称", "住所"}, {"名称"}, {"ID", "名称", "住所"}).empty());
    CHECK(told({}, {"名称"}, {"ID", "名称", "新しい列"}).empty());  // without the list of headers nothing is new
}

TEST_CASE("A renamed column is told by its place or its sound", "[map][drift]") {
    CHECK(told({"ID", "名称", "住所"}, {"名称"}, {"ID", "施設の呼び名", "住所"}) ==
          Texts{"column-renamed 施設の呼び名 < 名称"});
    CHECK(told({"ID", "電話", "住所"}, {"電話"}, {"住所", "ID", "電話番号"}) ==
          Texts{"column-renamed 電話番号 < 電話", "column-moved ID < A → B"});
    CHECK(told({}, {"施設名称"}, {"ID", "施設名"}) == Texts{"column-renamed 施設名 < 施設名称"});
    CHECK(told({}, {"施設名称"}, {"ID", "電話"}).empty());
}

TEST_CASE("New, gone and moved columns are told", "[map][drift]") {
    CHECK(told({"ID", "名称"}, {"名称"}, {"ID", "名称", "内部メモ"}) == Texts{"column-new 内部メモ"});
    CHECK(told({"ID", "名称", "備考"}, {"名称"}, {"ID", "名称"}) == Texts{"column-gone 備考"});
    // A column that the mapping needs is an error of its own (column-missing): not told twice.
    CHECK(told({"ID", "名称", "備考"}, {"備考"}, {"ID", "名称"}).empty());
    CHECK(told({"ID", "名称", "住所", "備考"}, {}, {"名称", "住所", "備考", "ID"}) == Texts{"column-moved ID < A → D"});
    CHECK(told({"ID", "名称"}, {}, {"新", "ID", "名称"}) == Texts{"column-new 新"});  // shifted, not moved
}
