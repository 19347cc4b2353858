// SPDX-License-Identifier: Apache-2.0
// SQLite for writing one output file from one thread: the only place that speaks to the C library. What fails becomes a
// WorldError that names the file.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace kokai {

class SqliteDatabase;

/// A prepared statement; parameters and columns count from 1 and 0 as in the C library. It must not outlive its
/// database.
class SqliteStatement {
public:
    SqliteStatement(SqliteDatabase& database, const std::string& sql);

    void bind_null(int parameter) { check(sqlite3_bind_null(statement_.get(), parameter)); }
    void bind(int parameter, std::int64_t value) { check(sqlite3_bind_int64(statement_.get(), parameter, value)); }
    void bind(int parameter, double value) { check(sqlite3_bind_double(statement_.get(), parameter, value)); }
    /// Texts and blobs are not copied: they must stay until the next bind or run().
    void bind_text(int parameter, std::string_view text) {
        check(sqlite3_bind_text(statement_.get(), parameter, text.data(), static_cast<int>(text.size()), nullptr));
    }
    void bind_blob(int parameter, std::string_view bytes) {
        check(sqlite3_bind_blob(statement_.get(), parameter, bytes.data(), static_cast<int>(bytes.size()), nullptr));
    }

    /// To the end, whatever rows it gives; ready for the next values.
    void run();
    /// The next row; false at the end.
    bool step();
    [[nodiscard]] std::int64_t integer(int column) const { return sqlite3_column_int64(statement_.get(), column); }

private:
    struct Finalizer {
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };

    void check(int code);

    SqliteDatabase* database_;
    std::unique_ptr<sqlite3_stmt, Finalizer> statement_;
};

/// A new database that is written once, in one transaction, and then closed: no journal, since the file of a failed run
/// is thrown away.
class SqliteDatabase {
public:
    /// Creates the file, or empties it. `shown` is how messages name it.
    SqliteDatabase(std::filesystem::path path, std::string shown);
    /// Removes a file that was not closed.
    ~SqliteDatabase();
    SqliteDatabase(const SqliteDatabase&) = delete;
    SqliteDatabase& operator=(const SqliteDatabase&) = delete;
    SqliteDatabase(SqliteDatabase&&) = delete;
    SqliteDatabase& operator=(SqliteDatabase&&) = delete;

    /// Statements without values.
    void run(const std::string& sql);
    /// Replaces the text that created a table: for what is known only after its rows.
    void rewrite_table(const std::string& table, const std::string& sql);
    /// Commits and closes; statements must be gone. The disk may not have the file yet.
    void close();

    [[nodiscard]] sqlite3* handle() const { return handle_.get(); }
    /// Throws what the last call's result means.
    [[noreturn]] void fail(int code) const;

private:
    struct Closer {
        void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
    };

    std::filesystem::path path_;
    std::string shown_;
    std::unique_ptr<sqlite3, Closer> handle_;
    bool finished_ = false;
};

/// `"name"`, as SQL wants the name of a table or column.
std::string quoted_name(std::string_view name);
/// `'text'`, as SQL wants a text.
std::string quoted_text(std::string_view text);

}  // namespace kokai
