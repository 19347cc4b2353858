// SPDX-License-Identifier: Apache-2.0
#include "model/error.hpp"
#include "support/sqlite.hpp"
#include "tests/unit/support/small_schema.hpp"
#include "tests/unit/support/small_sink.hpp"
#include "tests/unit/support/small_table.hpp"
#include "tests/unit/support/temporary_folder.hpp"
#include "write/sqlite.hpp"

#include <catch2/catch.hpp>

using namespace kokai;
using kokai::testing::field_named;
using kokai::testing::Rows;
using kokai::testing::TableSource;
using kokai::testing::TakeFields;
using kokai::testing::TemporaryFolder;
using kokai::testing::write_all;
using Texts = std::vector<std::string>;

namespace {

OutputFile write_table(SqliteOptions options, const std::vector<std::string>& header, const Rows& rows,
                       const Schema& schema = {}, std::size_t batch_rows = 2) {
    TableSource source(header, rows, 0, batch_rows);
    TakeFields fields(schema);
    options.name = "a.sqlite";
    SqliteSink sink(options);
    return write_all(source, {&fields}, sink);
}

/// The rows of a query, values joined by `|`.
Texts query(const TemporaryFolder& folder, const std::string& sql) {
    sqlite3* database = nullptr;
    REQUIRE(sqlite3_open_v2((folder.path() / "a.sqlite").c_str(), &database, SQLITE_OPEN_READONLY, nullptr) ==
            SQLITE_OK);
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v2(database, sql.c_str(), -1, &statement, nullptr);
    Texts rows;
    while (code == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW) {
        std::string text;
        for (int i = 0; i < sqlite3_column_count(statement); ++i) {
            const void* const value = sqlite3_column_blob(statement, i);
            const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, i));
            text += i == 0 ? "" : "|";
            text += value == nullptr ? "NULL" : std::string(static_cast<const char*>(value), size);
        }
        rows.push_back(text);
    }
    sqlite3_finalize(statement);
    sqlite3_close(database);
    REQUIRE(code == SQLITE_OK);
    return rows;
}

}  // namespace

TEST_CASE("All rows as text and numbers; what is no number stays as text", "[write][sqlite]") {
    const TemporaryFolder folder;
    Schema schema;
    schema.fields = {field_named("台数"), field_named("緯度")};
    schema.fields[0].type = "integer";
    schema.fields[1].type = "number";
    SqliteOptions options;
    options.folder = folder.path();
    options.table = "aed";
    options.title = "AED '設置' \"箇所\"";
    options.license = "CC-BY-4.0";
    const OutputFile file = write_table(options, {"番号", "台数", "緯度", "備考"},
                                        {{"007", "3", "36.50", "a\"b'c\n"},
                                         {"", "約100", "", ""},
                                         {"1e3", "不明", "北緯36度", std::string("x\0y", 3)},
                                         {"8", "-5", "36", "末"}},
                                        schema);
    CHECK(file.format == "sqlite");
    CHECK(file.rows == 4);
    CHECK(file.bytes == std::filesystem::file_size(folder.path() / "a.sqlite"));
    CHECK(query(folder, "SELECT 番号,typeof(番号),台数,typeof(台数),緯度,typeof(緯度),備考 FROM aed") ==
          Texts{"007|text|3|integer|36.5|real|a\"b'c\n", "NULL|null|約100|text|NULL|null|NULL",
                "1e3|text|不明|text|北緯36度|text|x" + std::string(1, '\0') + "y", "8|text|-5|integer|36.0|real|末"});
    CHECK(query(folder, "SELECT type FROM pragma_table_info('aed')") == Texts{"TEXT", "INTEGER", "REAL", "TEXT"});
    CHECK(query(folder, "SELECT * FROM _about") == Texts{"AED '設置' \"箇所\"|CC-BY-4.0|NULL"});
    CHECK(query(folder, "PRAGMA integrity_check") == Texts{"ok"});
}

TEST_CASE("Rows that are not kept are not written, and an empty table is one", "[write][sqlite]") {
    const TemporaryFolder folder;
    SqliteOptions options;
    options.folder = folder.path();
    options.name = "a.sqlite";
    SqliteSink sink(options);
    Shape shape;
    shape.columns = {{"x", nullptr, {}}};
    sink.open(shape);
    Batch batch;
    batch.columns.resize(1);
    batch.columns[0].cells = {"1", "2", "3", "4"};
    batch.rows.resize(4);
    batch.states = {RowState::filtered, RowState::kept, RowState::withheld, RowState::kept};
    Findings findings;
    Buffer buffer;
    sink.encode(batch, buffer, findings);
    sink.append(std::move(buffer));
    CHECK(sink.close().rows == 2);
    CHECK(query(folder, "SELECT rowid,x FROM a") == Texts{"1|2", "2|4"});

    CHECK(write_table(options, {"x"}, {}).rows == 0);
    CHECK(query(folder, "SELECT count(*) FROM a") == Texts{"0"});
}

TEST_CASE("Names that SQLite cannot tell apart or keeps for itself", "[write][sqlite]") {
    const TemporaryFolder folder;
    SqliteOptions options;
    options.folder = folder.path();
    options.table = "_ABOUT";
    write_table(options, {"ID", "id", "Id", "é", "É"}, {{"1", "2", "3", "4", "5"}});
    CHECK(query(folder, "SELECT name FROM pragma_table_info('table__ABOUT')") == Texts{"ID", "id_2", "Id_3", "é", "É"});
    options.table = "sqlite_master";
    write_table(options, {"x"}, {{"1"}});
    CHECK(query(folder, "SELECT x FROM table_sqlite_master") == Texts{"1"});
}

TEST_CASE("A database has the same bytes however the rows are cut into batches", "[write][sqlite]") {
    Rows rows;
    for (int i = 0; i < 300; ++i) {
        rows.push_back({std::to_string(i), std::string(static_cast<std::size_t>(i * 17 % 6000), 'x')});
    }
    Texts all;
    for (const std::size_t batch_rows : {1U, 7U, 1000U}) {
        const TemporaryFolder folder;
        SqliteOptions options;
        options.folder = folder.path();
        CHECK(write_table(options, {"a", "b"}, rows, {}, batch_rows).rows == 300);
        all.push_back(folder.read("a.sqlite"));
    }
    CHECK(all[0].size() > 4096);
    CHECK(all[0] == all[1]);
    CHECK(all[0] == all[2]);
}

TEST_CASE("A database that cannot be made is an error of the world", "[write][sqlite]") {
    const TemporaryFolder folder;
    SqliteOptions options;
    options.folder = folder.path() / "none";
    try {
        write_table(options, {"a"}, {});
        FAIL("made a file in a folder that is not there");
    } catch (const WorldError& error) {
        CHECK(error.exit() == Exit::world);
        CHECK(error.file() == "a.sqlite");
    }
}
