// SPDX-License-Identifier: Apache-2.0
#include "write/sql/names.hpp"

#include "model/error.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace kokai {
namespace {

/// As SQLite compares names: only ASCII letters lose their case.
std::string folded(std::string_view name) {
    std::string out(name);
    for (char& letter : out) {
        if (letter >= 'A' && letter <= 'Z') {
            letter = static_cast<char>(letter - 'A' + 'a');
        }
    }
    return out;
}

}  // namespace

std::vector<std::string> sqlite_column_names(const Shape& shape) {
    // Names that stand for themselves first: a made one must not take the name of a later column.
    std::set<std::string> taken;
    std::vector<bool> keeps;
    for (const ColumnInfo& column : shape.columns) {
        keeps.push_back(!column.name.empty() && taken.insert(folded(column.name)).second);
    }
    std::vector<std::string> names;
    for (std::size_t i = 0; i < keeps.size(); ++i) {
        const std::string& given = shape.columns[i].name;
        std::string name = given.empty() ? "column_" + std::to_string(i + 1) : given;
        if (!keeps[i]) {
            const std::string base = name;
            for (int number = 2; !taken.insert(folded(name)).second || (!given.empty() && name == given); ++number) {
                name = base + '_' + std::to_string(number);
            }
        }
        names.push_back(std::move(name));
    }
    return names;
}

std::string free_column_name(std::string wanted, std::span<const std::string> names) {
    while (std::any_of(names.begin(), names.end(),
                       [&](const std::string& name) { return folded(name) == folded(wanted); })) {
        wanted += '_';
    }
    return wanted;
}

std::string sqlite_table_name(std::string_view wanted, std::string_view taken) {
    constexpr std::array<std::string_view, 3> kept{"sqlite_", "gpkg_", "rtree_"};
    const std::string name = folded(wanted);
    const bool reserved =
        name.empty() || name == folded(taken) ||
        std::any_of(kept.begin(), kept.end(), [&](std::string_view begin) { return name.starts_with(begin); });
    return (reserved ? "table_" : "") + std::string(wanted);
}

void check_column_count(const Shape& shape, std::size_t added, const std::string& shown) {
    constexpr std::size_t most = 2000;
    const std::size_t limit = most - added;
    if (shape.columns.size() > limit) {
        const std::string count = std::to_string(shape.columns.size());
        const std::string room = std::to_string(limit);
        throw WorldError(shown, shown + " に入る列は " + room + " 列までです（この表は " + count + " 列）",
                         shown + " holds at most " + room + " columns (this table has " + count + ")");
    }
}

}  // namespace kokai
