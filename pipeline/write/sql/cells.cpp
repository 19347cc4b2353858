// SPDX-License-Identifier: Apache-2.0
#include "write/sql/cells.hpp"

#include <algorithm>
#include <cstring>
#include <optional>

namespace kokai {
namespace {

template <typename Value>
void append_bytes(std::string& out, PackedKind kind, Value value) {
    char bytes[1 + sizeof value];
    bytes[0] = static_cast<char>(kind);
    std::memcpy(bytes + 1, &value, sizeof value);
    out.append(bytes, sizeof bytes);
}

template <typename Value>
Value take(const char*& at) {
    Value value{};
    std::memcpy(&value, at, sizeof value);
    at += sizeof value;
    return value;
}

/// Rows of one INSERT: beginning and ending a statement for each took a fifth longer (26 columns).
std::size_t group_of(std::size_t columns) {
    constexpr std::size_t most_rows = 32;
    constexpr std::size_t parameters = 1024;
    return std::clamp<std::size_t>(parameters / columns, 1, most_rows);
}

}  // namespace

const char* sql_type(WrittenType type) {
    switch (type) {
    case WrittenType::integer:
        return "INTEGER";
    case WrittenType::number:
        return "REAL";
    default:
        return "TEXT";
    }
}

void pack_null(std::string& out) {
    out += static_cast<char>(PackedKind::null);
}

void pack_integer(std::string& out, std::int64_t value) {
    append_bytes(out, PackedKind::integer, value);
}

void pack_number(std::string& out, double value) {
    append_bytes(out, PackedKind::number, value);
}

void pack_text(std::string& out, std::string_view text) {
    append_bytes(out, PackedKind::text, static_cast<std::uint32_t>(text.size()));
    out += text;
}

std::size_t begin_blob(std::string& out) {
    append_bytes(out, PackedKind::blob, std::uint32_t{0});
    return out.size();
}

void end_blob(std::string& out, std::size_t begin) {
    const auto size = static_cast<std::uint32_t>(out.size() - begin);
    std::memcpy(out.data() + begin - sizeof size, &size, sizeof size);
}

bool pack_typed(std::string& out, Cell cell, WrittenType type) {
    if (cell.empty()) {
        pack_null(out);
    } else if (type == WrittenType::text) {
        pack_text(out, cell);
    } else if (type == WrittenType::integer) {
        const std::optional<std::int64_t> value = written_integer(cell);
        if (!value) {
            return false;
        }
        pack_integer(out, *value);
    } else {
        const std::optional<double> value = written_number(cell);
        if (!value) {
            return false;
        }
        pack_number(out, *value);
    }
    return true;
}

RowInserter::RowInserter(SqliteDatabase& database, const std::string& target, std::size_t columns)
    : columns_(columns), group_(group_of(columns)), many_(database, sql(target, columns, group_)),
      one_(database, sql(target, columns, 1)) {}

std::string RowInserter::sql(const std::string& target, std::size_t columns, std::size_t rows) {
    std::string row = "(?";
    for (std::size_t i = 1; i < columns; ++i) {
        row += ",?";
    }
    row += ')';
    std::string text = "INSERT INTO " + target + " VALUES" + row;
    for (std::size_t i = 1; i < rows; ++i) {
        text += ',' + row;
    }
    return text;
}

const char* RowInserter::bind(SqliteStatement& statement, const char* at, std::size_t rows) {
    const int parameters = static_cast<int>(rows * columns_);
    for (int parameter = 1; parameter <= parameters; ++parameter) {
        switch (static_cast<PackedKind>(*at++)) {
        case PackedKind::null:
            statement.bind_null(parameter);
            break;
        case PackedKind::integer:
            statement.bind(parameter, take<std::int64_t>(at));
            break;
        case PackedKind::number:
            statement.bind(parameter, take<double>(at));
            break;
        case PackedKind::text: {
            const auto size = take<std::uint32_t>(at);
            statement.bind_text(parameter, {at, size});
            at += size;
            break;
        }
        case PackedKind::blob: {
            const auto size = take<std::uint32_t>(at);
            statement.bind_blob(parameter, {at, size});
            at += size;
            break;
        }
        }
    }
    return at;
}

void RowInserter::insert(std::string_view packed, std::uint64_t rows) {
    const char* at = packed.data();
    for (; rows >= group_; rows -= group_) {
        at = bind(many_, at, group_);
        many_.run();
    }
    for (; rows > 0; --rows) {
        at = bind(one_, at, 1);
        one_.run();
    }
}

}  // namespace kokai
