// SPDX-License-Identifier: Apache-2.0
#include "map/transposed.hpp"

#include "tests/unit/support/small_table.hpp"

#include <catch2/catch.hpp>

using namespace kokai;
using kokai::testing::Rows;
using kokai::testing::TableSource;
using Texts = std::vector<std::string>;

namespace {

struct Turned {
    Texts names;
    Rows rows, cells;  // values, and where each came from: row/column
    Texts findings;
    std::uint64_t data_rows = 0;
};

Turned turned(Texts header, Rows rows) {
    TransposedSource source(std::make_unique<TableSource>(std::move(header), std::move(rows)));
    Turned out;
    Findings findings;
    const Shape shape = source.open(findings);
    for (const ColumnInfo& column : shape.columns) {
        out.names.push_back(column.name);
    }
    Batch batch;
    while (source.next(batch, findings)) {
        for (std::size_t row = 0; row < batch.size(); ++row) {
            out.rows.emplace_back();
            out.cells.emplace_back();
            for (std::size_t i = 0; i < shape.columns.size(); ++i) {
                const Place where = batch.place(row, i, shape.columns[i]);
                out.rows.back().emplace_back(batch.columns[i].cells[row]);
                out.cells.back().push_back(std::to_string(where.row) + "/" + std::to_string(where.column));
            }
        }
        batch.clear();
    }
    for (const Finding& finding : findings.list()) {
        out.findings.push_back(std::string(info(finding.code).id) + "@" + std::to_string(finding.where.row) + " " +
                               std::string(finding.found));
    }
    out.data_rows = source.about().front().data_rows;
    return out;
}

}  // namespace

TEST_CASE("things in columns become rows, each value with its own cell (MESS.md 2: matrix)", "[map][transposed]") {
    const Turned out = turned({"施設名", "東園", "西園"}, {{"住所", "東1", "西2"}, {"電話", "0277-1", ""}});
    CHECK(out.names == Texts{"施設名", "住所", "電話"});
    CHECK(out.rows == Rows{{"東園", "東1", "0277-1"}, {"西園", "西2", ""}});
    CHECK(out.cells == Rows{{"1/2", "2/2", "3/2"}, {"1/3", "2/3", "3/3"}});
    CHECK(out.findings == Texts{"table-transposed@1 2"});
    CHECK(out.data_rows == 2);
}

TEST_CASE("items of one name, without a name, and a note below are told", "[map][transposed]") {
    const Turned out =
        turned({"名称", "a", "b"}, {{"備考", "1", ""}, {"備考", "", "2"}, {"", "3", "4"}, {"※ 令和6年", "", ""}});
    CHECK(out.names == Texts{"名称", "備考", "備考_2", "行4"});
    CHECK(out.rows == Rows{{"a", "1", "", "3"}, {"b", "", "2", "4"}});
    CHECK(out.findings == Texts{"footnote-left-out@5 ※ 令和6年", "header-duplicate@3 備考", "header-empty@4 2",
                                "table-transposed@1 2"});
}
