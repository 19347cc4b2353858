// SPDX-License-Identifier: Apache-2.0
#include "engine/table_run.hpp"
#include "map/columns.hpp"
#include "map/condition.hpp"
#include "model/error.hpp"
#include "support/output_file.hpp"
#include "tests/unit/support/small_schema.hpp"
#include "tests/unit/support/small_table.hpp"
#include "tests/unit/support/temporary_folder.hpp"
#include "validate/fields.hpp"
#include "validate/unique.hpp"
#include "write/csv.hpp"
#include "write/geojson.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <chrono>
#include <thread>

using namespace kokai;
using kokai::testing::field_named;
using kokai::testing::Rows;
using kokai::testing::TableSource;
using kokai::testing::TakeFields;
using kokai::testing::TemporaryFolder;
using Texts = std::vector<std::string>;

namespace {

/// Batches finish in another order than they began.
class Dawdle : public Transform {
public:
    Shape bind(const Shape& in) override { return in; }
    void run(Batch& batch, Findings& /*findings*/) const override {
        std::this_thread::sleep_for(std::chrono::microseconds((batch.sequence * 7919) % 5 * 200));
    }
};

class FailAt : public Transform {
public:
    explicit FailAt(std::string cell) : cell_(std::move(cell)) {}
    Shape bind(const Shape& in) override { return in; }
    void run(Batch& batch, Findings& /*findings*/) const override {
        for (const Cell cell : batch.columns[0].cells) {
            if (cell == cell_) {
                throw WorldError("a.csv", "壊れました", "broke at " + cell_);
            }
        }
    }

private:
    std::string cell_;
};

class FullDisk : public Sink {
public:
    void open(const Shape& /*shape*/) override {}
    void encode(const Batch& batch, Buffer& buffer, Findings& /*findings*/) const override {
        buffer.rows = batch.size();
    }
    void append(Buffer&& buffer) override {
        rows_ += buffer.rows;
        if (rows_ > 40) {
            throw WorldError("a.csv", "空きがありません", "no space left");
        }
    }
    OutputFile close() override { return {}; }

private:
    std::uint64_t rows_ = 0;
};

/// ID unique, 種別 one of two words, 名称 required.
const Schema& schema() {
    static const Schema one = [] {
        Schema made;
        made.fields = {field_named("ID"), field_named("種別"), field_named("名称")};
        made.fields[1].allowed = {"屋内", "屋外"};
        made.fields[2].requirement = Requirement::required;
        return made;
    }();
    return one;
}

struct Result {
    TableOutcome outcome;
    std::string csv, lines;

    [[nodiscard]] Texts places() const {
        Texts all;
        for (const FindingText& one : outcome.log.details()) {
            all.push_back(std::string(name_of(one.severity)) + " " + std::string(info(one.code).id) + "@" +
                          (one.cell.empty() ? std::to_string(one.row) : one.cell));
        }
        return all;
    }
};

Result run(const Rows& rows, Policy policy, unsigned workers = 1, std::vector<Condition> where = {},
           std::vector<Condition> totals = {}) {
    const TemporaryFolder folder;
    FileWriter lines(folder.path() / "findings.jsonl");
    TableStages stages;
    stages.source = std::make_unique<TableSource>(Texts{"ID", "種別", "名称"}, rows);
    stages.transforms.push_back(std::make_unique<FilterRows>(std::move(where), std::move(totals)));
    stages.transforms.push_back(std::make_unique<TakeFields>(schema()));
    stages.transforms.push_back(std::make_unique<Dawdle>());
    stages.transforms.push_back(std::make_unique<CheckFields>());
    stages.checks.push_back(std::make_unique<UniqueKey>(Texts{"ID"}));
    stages.sinks.push_back(std::make_unique<CsvSink>(folder.path(), "a.csv", "csv", ByteOrderMark::without));
    GeoJsonOptions geojson;
    geojson.folder = folder.path();
    geojson.name = "a.geojson";
    stages.sinks.push_back(std::make_unique<GeoJsonSink>(geojson));
    TableOptions options;
    options.policy = std::move(policy);
    options.workers = workers;
    options.findings_file = &lines;
    options.preview_rows = 2;
    TableRun table(std::move(stages), std::move(options));
    table.open();
    Result result{table.go(), folder.read("a.csv"), {}};
    lines.finish();
    result.lines = folder.read("findings.jsonl");
    return result;
}

const Rows small{{"1", "屋内", "a"}, {"2", "屋上", "b"}, {"3", "屋外", ""}, {"1", "屋外", "d"}, {"5", "屋内", "e"}};

}  // namespace

TEST_CASE("Rows, findings and digests are the same with one worker and with eight", "[engine]") {
    Rows rows;
    for (int i = 0; i < 400; ++i) {
        rows.push_back({std::to_string(i % 97 == 0 ? 0 : i), i % 7 == 0 ? "屋上" : "屋内",
                        i % 11 == 0 ? "" : "名" + std::to_string(i)});
    }
    for (const OnError on_error : {OnError::keep, OnError::rows}) {
        const Result one = run(rows, {on_error, {}}, 1);
        CHECK(one.outcome.rows.read == 400);
        CHECK(std::count(one.csv.begin(), one.csv.end(), '\n') ==
              static_cast<std::ptrdiff_t>(one.outcome.rows.written) + 1);
        CHECK(static_cast<std::size_t>(std::count(one.lines.begin(), one.lines.end(), '\n')) ==
              one.outcome.log.details().size());
        for (int again = 0; again < 3; ++again) {
            const Result eight = run(rows, {on_error, {}}, 8);
            CHECK(eight.csv == one.csv);
            CHECK(eight.lines == one.lines);
            CHECK(eight.places() == one.places());
            REQUIRE(eight.outcome.outputs.size() == 2);
            CHECK(eight.outcome.outputs[0].sha256 == one.outcome.outputs[0].sha256);
            CHECK(eight.outcome.outputs[1].sha256 == one.outcome.outputs[1].sha256);
            CHECK(eight.outcome.outputs[1].rows == one.outcome.rows.written);
            CHECK(eight.outcome.preview == one.outcome.preview);
            CHECK(eight.outcome.rows.written == one.outcome.rows.written);
        }
    }
}

TEST_CASE("on_error keep: every row is written, a cell that its field cannot hold is left empty", "[engine]") {
    const Result result = run(small, {OnError::keep, {}});
    CHECK(result.csv == "ID,種別,名称\r\n1,屋内,a\r\n2,,b\r\n3,屋外,\r\n1,屋外,d\r\n5,屋内,e\r\n");
    CHECK(result.places() == Texts{"error value-not-allowed@B3", "error required-missing@C4", "error id-duplicate@A5"});
    CHECK(result.outcome.rows.written == 5);
    CHECK(result.outcome.rows.withheld == 0);
    CHECK(result.outcome.log.count(Severity::error) == 3);
    CHECK(result.outcome.log.details()[0].found == "屋上");
    CHECK(result.outcome.preview == Rows{{"1", "屋内", "a"}, {"2", "", "b"}});
    CHECK(result.lines.starts_with(
        R"({"code":"value-not-allowed","severity":"error","file":"table0.csv","sheet":"","row":3,"column":"種別","cell":"B3","found":"屋上",)"));
}

TEST_CASE("on_error rows: rows with errors are withheld and counted; of two IDs the first stays", "[engine]") {
    const Result result = run(small, {OnError::rows, {}});
    CHECK(result.csv == "ID,種別,名称\r\n1,屋内,a\r\n5,屋内,e\r\n");
    CHECK(result.outcome.rows.read == 5);
    CHECK(result.outcome.rows.written == 2);
    CHECK(result.outcome.rows.withheld == 3);
    CHECK(result.outcome.rows.with_error == 3);
    CHECK(result.outcome.log.count(Severity::error) == 3);
    CHECK(result.outcome.outputs[0].rows == 2);
}

TEST_CASE("A withheld row does not take its ID away from a later one", "[engine]") {
    const Result result = run({{"1", "屋上", "a"}, {"1", "屋内", "b"}, {"1", "屋外", "c"}}, {OnError::rows, {}});
    CHECK(result.csv == "ID,種別,名称\r\n1,屋内,b\r\n");
    CHECK(result.places() == Texts{"error value-not-allowed@B2", "error id-duplicate@A4"});
}

TEST_CASE("on_error dataset: nothing is withheld or emptied, the errors decide", "[engine]") {
    const Result result = run(small, {OnError::dataset, {}});
    CHECK(result.csv == "ID,種別,名称\r\n1,屋内,a\r\n2,屋上,b\r\n3,屋外,\r\n1,屋外,d\r\n5,屋内,e\r\n");
    CHECK(result.outcome.log.count(Severity::error) == 3);
}

TEST_CASE("What is accepted is a warning: counted, published as it is", "[engine]") {
    const Result result = run(
        small, {OnError::rows,
                {{Code::value_not_allowed, {"種別"}, {}, "古い言葉"}, {Code::required_missing, {}, {99}, "別の行"}}});
    CHECK(result.places() ==
          Texts{"warning value-not-allowed@B3", "error required-missing@C4", "error id-duplicate@A5"});
    CHECK(result.csv == "ID,種別,名称\r\n1,屋内,a\r\n2,屋上,b\r\n5,屋内,e\r\n");
    CHECK(result.outcome.log.accepted() == std::map<int, std::uint64_t>{{0, 1}});
    CHECK(result.outcome.log.count(Severity::warning) == 1);
}

TEST_CASE("Rows left out and total rows have no findings and are not written", "[engine]") {
    const Result result =
        run({{"1", "屋上", ""}, {"2", "屋内", "b"}, {"計", "", ""}}, {OnError::keep, {}}, 1,
            {{"種別", Condition::Test::not_equals, {"屋上"}}}, {{"ID", Condition::Test::equals, {"計"}}});
    CHECK(result.csv == "ID,種別,名称\r\n2,屋内,b\r\n");
    CHECK(result.outcome.log.details().empty());
    CHECK(result.outcome.rows.read == 3);
    CHECK(result.outcome.rows.filtered == 1);
    CHECK(result.outcome.rows.totals == 1);
}

TEST_CASE("A table without rows, or with none left, is an error", "[engine]") {
    CHECK(run({}, {OnError::keep, {}}).places() == Texts{"error table-empty@0"});
    CHECK(run(small, {OnError::keep, {}}, 4, {{"ID", Condition::Test::equals, {"9"}}}).places() ==
          Texts{"error table-empty@0"});
    const Result withheld = run({{"1", "屋上", "a"}}, {OnError::rows, {}});  // there were rows
    CHECK(withheld.places() == Texts{"error value-not-allowed@B2"});
    CHECK(withheld.csv == "ID,種別,名称\r\n");
}

TEST_CASE("What one worker throws ends the run and comes out, whoever threw it", "[engine]") {
    Rows rows;
    for (int i = 0; i < 200; ++i) {
        rows.push_back({std::to_string(i)});
    }
    for (const unsigned workers : {1U, 8U}) {
        for (const std::string cell : {"0", "101", "199"}) {
            TableStages stages;
            stages.source = std::make_unique<TableSource>(Texts{"ID"}, rows);
            stages.transforms.push_back(std::make_unique<Dawdle>());
            stages.transforms.push_back(std::make_unique<FailAt>(cell));
            TableOptions options;
            options.workers = workers;
            TableRun table(std::move(stages), std::move(options));
            table.open();
            CHECK_THROWS_WITH(table.go(), "broke at " + cell);
        }
        TableStages stages;
        stages.source = std::make_unique<TableSource>(Texts{"ID"}, rows);
        stages.transforms.push_back(std::make_unique<Dawdle>());
        stages.sinks.push_back(std::make_unique<FullDisk>());
        TableOptions options;
        options.workers = workers;
        TableRun table(std::move(stages), std::move(options));
        table.open();
        CHECK_THROWS_AS(table.go(), WorldError);
    }
}

TEST_CASE("A finding of the reader withholds the row it names", "[engine]") {
    class Reading : public TableSource {
    public:
        using TableSource::TableSource;
        bool next(Batch& batch, Findings& findings) override {
            const bool more = TableSource::next(batch, findings);
            if (more && batch.rows.front().row == 4) {
                findings.add(Code::row_too_long, {5, 0, 0, 0, nullptr}, "3", "1");
            }
            if (!more) {
                findings.add(Code::quote_unbalanced, {9, 0, 0, 0, nullptr}, "\"");
            }
            return more;
        }
    };
    const TemporaryFolder folder;
    TableStages stages;
    stages.source = std::make_unique<Reading>(Texts{"ID"}, Rows{{"1"}, {"2"}, {"3"}, {"4"}, {"5"}});
    stages.sinks.push_back(std::make_unique<CsvSink>(folder.path(), "a.csv", "csv", ByteOrderMark::without));
    TableOptions options;
    options.policy.on_error = OnError::rows;
    TableRun table(std::move(stages), std::move(options));
    table.open();
    const TableOutcome outcome = table.go();
    CHECK(folder.read("a.csv") == "ID\r\n1\r\n2\r\n3\r\n5\r\n");
    CHECK(outcome.rows.withheld == 1);
    CHECK(outcome.log.by_code() == std::map<Code, std::uint64_t>{{Code::row_too_long, 1}, {Code::quote_unbalanced, 1}});
}

TEST_CASE("on_error keep empties the cells that came from the source's cell, whatever the mapping calls them",
          "[engine]") {
    class Reading : public TableSource {
    public:
        using TableSource::TableSource;
        Shape open(Findings& findings) override { return shape_ = TableSource::open(findings); }
        bool next(Batch& batch, Findings& findings) override {
            const bool more = TableSource::next(batch, findings);
            if (more) {
                findings.add(Code::cell_error_value, batch, 0, 0, shape_.columns[0], "#REF!");
            }
            return more;
        }

    private:
        Shape shape_;
    };
    const TemporaryFolder folder;
    TableSpec spec;
    spec.columns = {{"名称", {"旧名称"}, {}, {}, {}, {}, {}, 1, {}, {}},
                    {"別名", {"名称"}, {}, {}, {}, {}, {}, 1, {}, {}}};
    TableStages stages;
    stages.source = std::make_unique<Reading>(Texts{"名称", "旧名称"}, Rows{{"a", "b"}});
    stages.transforms.push_back(std::make_unique<MapColumns>(spec, nullptr));
    stages.sinks.push_back(std::make_unique<CsvSink>(folder.path(), "a.csv", "csv", ByteOrderMark::without));
    TableOptions options;
    options.policy.on_error = OnError::keep;
    TableRun table(std::move(stages), std::move(options));
    table.open();
    table.go();
    CHECK(folder.read("a.csv") == "名称,別名\r\nb,\r\n");
}
