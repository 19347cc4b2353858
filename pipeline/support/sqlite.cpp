// SPDX-License-Identifier: Apache-2.0
#include "support/sqlite.hpp"

#include "model/error.hpp"
#include "support/output_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace kokai {
namespace {

/// Makes the file before SQLite sees it: that follows links, and cannot say why a folder takes no file.
void make_empty(const std::filesystem::path& path, const std::string& shown) {
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0644);
    if (descriptor < 0) {
        throw_file_error(shown, errno);
    }
    ::close(descriptor);
}

std::string doubled(std::string_view text, char quote) {
    std::string out(1, quote);
    for (const char letter : text) {
        out += letter;
        if (letter == quote) {
            out += quote;
        }
    }
    out += quote;
    return out;
}

}  // namespace

SqliteStatement::SqliteStatement(SqliteDatabase& database, const std::string& sql) : database_(&database) {
    sqlite3_stmt* statement = nullptr;
    const int code =
        sqlite3_prepare_v2(database.handle(), sql.c_str(), static_cast<int>(sql.size() + 1), &statement, nullptr);
    statement_.reset(statement);
    check(code);
}

void SqliteStatement::check(int code) {
    if (code != SQLITE_OK) {
        database_->fail(code);
    }
}

bool SqliteStatement::step() {
    const int code = sqlite3_step(statement_.get());
    if (code == SQLITE_ROW) {
        return true;
    }
    if (code != SQLITE_DONE) {
        database_->fail(code);
    }
    return false;
}

void SqliteStatement::run() {
    while (step()) {
    }
    check(sqlite3_reset(statement_.get()));
}

SqliteDatabase::SqliteDatabase(std::filesystem::path path, std::string shown)
    : path_(std::move(path)), shown_(std::move(shown)) {
    make_empty(path_, shown_);
    sqlite3* database = nullptr;
    // One thread at a time uses it, so it needs no locks of its own.
    const int code = sqlite3_open_v2(path_.c_str(), &database,
                                     SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
    handle_.reset(database);
    try {
        if (code != SQLITE_OK) {
            fail(code);
        }
        // A distribution may forbid what the packed index and rewrite_table() do.
        sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 0, nullptr);
        // Everything that a distribution could have compiled in otherwise and that shows in the bytes. 4096: pages of
        // 16384 saved about five per cent of the time, but each table and index takes at least one, however few its
        // rows. Rows are only appended, so a small cache does.
        run("PRAGMA page_size=4096;PRAGMA auto_vacuum=NONE;PRAGMA encoding='UTF-8';PRAGMA secure_delete=ON;"
            "PRAGMA journal_mode=OFF;PRAGMA synchronous=OFF;PRAGMA locking_mode=EXCLUSIVE;PRAGMA cache_size=-256;"
            "BEGIN");
    } catch (...) {
        ::unlink(path_.c_str());
        throw;
    }
}

SqliteDatabase::~SqliteDatabase() {
    if (!finished_) {
        handle_.reset();
        ::unlink(path_.c_str());
    }
}

void SqliteDatabase::run(const std::string& sql) {
    const int code = sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) {
        fail(code);
    }
}

void SqliteDatabase::rewrite_table(const std::string& table, const std::string& sql) {
    run("PRAGMA writable_schema=ON");
    SqliteStatement update(*this, "UPDATE sqlite_master SET sql=? WHERE type='table' AND name=?");
    update.bind_text(1, sql);
    update.bind_text(2, table);
    update.run();
    run("PRAGMA writable_schema=OFF");
}

void SqliteDatabase::close() {
    run("COMMIT");
    const int code = sqlite3_close(handle_.get());
    if (code != SQLITE_OK) {
        fail(code);
    }
    (void)handle_.release();
    finished_ = true;
}

void SqliteDatabase::fail(int code) const {
    const int kind = code & 0xFF;
    if (kind == SQLITE_FULL) {
        throw_file_error(shown_, ENOSPC);
    }
    if (kind == SQLITE_IOERR || kind == SQLITE_CANTOPEN) {
        const int number = handle_ == nullptr ? 0 : sqlite3_system_errno(handle_.get());
        throw_file_error(shown_, number == 0 ? EIO : number);
    }
    const std::string reason = handle_ == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(handle_.get());
    throw WorldError(shown_, "ファイルを書き込めません: " + shown_ + "（SQLite: " + reason + "）",
                     "cannot write " + shown_ + ": SQLite: " + reason);
}

std::string quoted_name(std::string_view name) {
    return doubled(name, '"');
}

std::string quoted_text(std::string_view text) {
    return doubled(text, '\'');
}

}  // namespace kokai
