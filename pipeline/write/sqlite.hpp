// SPDX-License-Identifier: Apache-2.0
// A plain SQLite database: one table of all rows with TEXT, INTEGER and REAL columns, and a table `_about` with title,
// licence and credit. A cell of a number column that is no number stays as text, as far as SQLite lets it: what looks
// like a number to SQLite (`007`, `1e3`) becomes one. Names of columns and tables: see sql/names.hpp.
#pragma once

#include "engine/stage.hpp"
#include "support/output_file.hpp"
#include "support/sqlite.hpp"
#include "write/sql/buffer_thread.hpp"
#include "write/sql/cells.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace kokai {

struct SqliteOptions {
    std::filesystem::path folder;
    std::string name;   // file name
    std::string table;  // table name; the file name's stem when empty
    std::string title;
    std::string license;
    std::string attribution;
};

class SqliteSink final : public Sink {
public:
    explicit SqliteSink(SqliteOptions options);
    void open(const Shape& shape) override;
    void encode(const Batch& batch, Buffer& buffer, Findings& findings) const override;
    void append(Buffer&& buffer) override;
    OutputFile close() override;

private:
    void create(const Shape& shape, const std::string& table);
    void describe();

    SqliteOptions options_;
    std::vector<WrittenType> types_;
    std::uint64_t rows_ = 0;
    // Of the thread, from open() until close():
    std::unique_ptr<SqliteDatabase> database_;
    std::optional<RowInserter> inserter_;
    std::unique_ptr<BufferThread> thread_;  // last, so that it ends before what it works on
};

}  // namespace kokai
