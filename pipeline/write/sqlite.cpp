// SPDX-License-Identifier: Apache-2.0
#include "write/sqlite.hpp"

#include "write/sql/names.hpp"

#include <utility>

namespace kokai {
namespace {

constexpr const char* about_table = "_about";

}  // namespace

SqliteSink::SqliteSink(SqliteOptions options) : options_(std::move(options)) {}

void SqliteSink::open(const Shape& shape) {
    check_column_count(shape, 0, options_.name);
    const std::string stem = std::filesystem::path(options_.name).stem().string();
    const std::string table = sqlite_table_name(options_.table.empty() ? stem : options_.table, about_table);
    database_ = std::make_unique<SqliteDatabase>(options_.folder / options_.name, options_.name);
    create(shape, table);
    describe();
    inserter_.emplace(*database_, quoted_name(table), types_.size());
    thread_ =
        std::make_unique<BufferThread>([this](const Buffer& buffer) { inserter_->insert(buffer.bytes, buffer.rows); },
                                       [this] {
                                           inserter_.reset();
                                           database_->close();
                                       });
}

void SqliteSink::create(const Shape& shape, const std::string& table) {
    const std::vector<std::string> names = sqlite_column_names(shape);
    std::string sql = "CREATE TABLE " + quoted_name(table) + " (";
    for (std::size_t i = 0; i < names.size(); ++i) {
        types_.push_back(written_type(shape.columns[i]));
        sql += (i == 0 ? "\n  " : ",\n  ") + quoted_name(names[i]) + " " + sql_type(types_.back());
    }
    database_->run(sql + "\n)");
}

void SqliteSink::describe() {
    database_->run(std::string("CREATE TABLE ") + about_table + " (title TEXT, license TEXT, attribution TEXT)");
    SqliteStatement add(*database_, std::string("INSERT INTO ") + about_table + " VALUES(?,?,?)");
    int parameter = 0;
    for (const std::string* const text : {&options_.title, &options_.license, &options_.attribution}) {
        ++parameter;
        if (!text->empty()) {
            add.bind_text(parameter, *text);
        }
    }
    add.run();
}

void SqliteSink::encode(const Batch& batch, Buffer& buffer, Findings& /*findings*/) const {
    std::string& out = buffer.bytes;
    for (std::size_t row = 0; row < batch.size(); ++row) {
        if (batch.states[row] != RowState::kept) {
            continue;
        }
        for (std::size_t i = 0; i < types_.size(); ++i) {
            const Cell cell = batch.columns[i].cells[row];
            if (!pack_typed(out, cell, types_[i])) {
                pack_text(out, cell);
            }
        }
        ++buffer.rows;
    }
}

void SqliteSink::append(Buffer&& buffer) {
    rows_ += buffer.rows;
    thread_->give(buffer);
}

OutputFile SqliteSink::close() {
    thread_->finish();
    const WrittenFile written = adopt_file(options_.folder / options_.name, options_.name);
    return {"sqlite", options_.name, rows_, written.bytes, written.sha256};
}

}  // namespace kokai
