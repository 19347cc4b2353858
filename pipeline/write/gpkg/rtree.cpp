// SPDX-License-Identifier: Apache-2.0
// A node is its depth (of the root; else 0) and its number of cells in two bytes each, then the cells: eight bytes of
// id or child node, and west, east, south, north as floats; all big-endian. `_node` holds them by number, the root as
// 1;
// `_parent` says where a node hangs, `_rowid` in which leaf a row is.
#include "write/gpkg/rtree.hpp"

#include "write/sql/cells.hpp"

#include <bit>
#include <cmath>
#include <limits>
#include <utility>

namespace kokai {
namespace {

constexpr std::size_t run_bytes = std::size_t{8} << 20U;
constexpr std::size_t head_bytes = 4;
constexpr std::size_t cell_bytes = 24;

template <typename Value>
void append_big_endian_value(std::string& out, Value value) {
    for (unsigned shift = 8 * sizeof value; shift > 0;) {
        shift -= 8;
        out += static_cast<char>((std::uint64_t{value} >> shift) & 0xFFU);
    }
}

void append_side(std::string& out, float side) {
    append_big_endian_value(out, std::bit_cast<std::uint32_t>(side));
}

float down(double value) {
    const auto near = static_cast<float>(value);
    return near > value ? std::nextafterf(near, -std::numeric_limits<float>::infinity()) : near;
}

float up(double value) {
    const auto near = static_cast<float>(value);
    return near < value ? std::nextafterf(near, std::numeric_limits<float>::infinity()) : near;
}

/// Where a row is.
struct RowPlace {
    std::int64_t id = 0;
    std::int64_t node = 0;

    friend bool operator<(const RowPlace& a, const RowPlace& b) { return a.id < b.id; }
};

/// Rows of two numbers for one of the tables, inserted many at a time.
class PairTable {
public:
    PairTable(SqliteDatabase& database, const std::string& table) : inserter_(database, quoted_name(table), 2) {}
    void add(std::int64_t key, std::int64_t value) {
        pack_integer(packed_, key);
        pack_integer(packed_, value);
        constexpr std::uint64_t together = 1024;
        if (++rows_ == together) {
            flush();
        }
    }
    void flush() {
        inserter_.insert(packed_, std::exchange(rows_, 0));
        packed_.clear();
    }

private:
    RowInserter inserter_;
    std::string packed_;
    std::uint64_t rows_ = 0;
};

/// Fills nodes from the leaves up: one open node a level, written when the next cell does not fit.
class TreeWriter {
public:
    TreeWriter(SqliteDatabase& database, const std::string& name, std::filesystem::path folder)
        : database_(database), name_(name), places_(std::move(folder), run_bytes), parents_(database, name + "_parent"),
          insert_(database, "INSERT INTO " + quoted_name(name + "_node") + " VALUES(?,?)") {
        // What the library made of the page size.
        SqliteStatement size(database, "SELECT length(data) FROM " + quoted_name(name + "_node") + " WHERE nodeno=1");
        node_bytes_ = size.step() ? static_cast<std::size_t>(size.integer(0)) : 0;
        capacity_ = (node_bytes_ - head_bytes) / cell_bytes;
        levels_.resize(1);
    }

    void add(const TreeEntry& entry) { add(0, {entry.id, entry.box}); }

    void finish() {
        for (std::size_t level = 0; level + 1 < levels_.size(); ++level) {
            flush(level);
        }
        finish_root();
        parents_.flush();
        PairTable rows(database_, name_ + "_rowid");
        places_.sort();
        for (RowPlace place; places_.next(place);) {
            rows.add(place.id, place.node);
        }
        rows.flush();
    }

private:
    struct TreeCell {
        std::int64_t id = 0;
        TreeBox box;
    };
    static constexpr std::int64_t root = 1;

    void add(std::size_t level, const TreeCell& cell) {
        if (levels_[level].size() == capacity_) {
            flush(level);
        }
        levels_[level].push_back(cell);
    }

    /// Writes a level's open node, and puts it into the one above.
    void flush(std::size_t level) {
        const std::int64_t number = ++last_node_;
        TreeBox box = levels_[level].front().box;
        for (const TreeCell& cell : levels_[level]) {
            box.add(cell.box);
        }
        insert_.bind(1, number);
        insert_.bind_blob(2, node(level, 0));
        insert_.run();
        hang(level, number);
        levels_[level].clear();
        if (level + 1 == levels_.size()) {
            levels_.emplace_back();
        }
        add(level + 1, {number, box});
    }

    void finish_root() {
        const std::size_t top = levels_.size() - 1;
        SqliteStatement update(database_, "UPDATE " + quoted_name(name_ + "_node") + " SET data=? WHERE nodeno=1");
        update.bind_blob(1, node(top, static_cast<std::uint16_t>(top)));
        update.run();
        hang(top, root);
    }

    /// Notes in which node a level's cells stand.
    void hang(std::size_t level, std::int64_t number) {
        for (const TreeCell& cell : levels_[level]) {
            if (level == 0) {
                places_.add({cell.id, number});
            } else {
                parents_.add(cell.id, number);
            }
        }
    }

    std::string_view node(std::size_t level, std::uint16_t depth) {
        bytes_.clear();
        append_big_endian_value(bytes_, depth);
        append_big_endian_value(bytes_, static_cast<std::uint16_t>(levels_[level].size()));
        for (const TreeCell& cell : levels_[level]) {
            append_big_endian_value(bytes_, static_cast<std::uint64_t>(cell.id));
            append_side(bytes_, cell.box.west);
            append_side(bytes_, cell.box.east);
            append_side(bytes_, cell.box.south);
            append_side(bytes_, cell.box.north);
        }
        bytes_.resize(node_bytes_);
        return bytes_;
    }

    SqliteDatabase& database_;
    std::string name_;
    ExternalSort<RowPlace> places_;
    PairTable parents_;
    SqliteStatement insert_;
    std::size_t node_bytes_ = 0;
    std::size_t capacity_ = 0;  // cells of a node
    std::vector<std::vector<TreeCell>> levels_;
    std::int64_t last_node_ = root;
    std::string bytes_;
};

}  // namespace

TreeBox tree_box(const Bounds& bounds) {
    return {down(bounds.west), up(bounds.east), down(bounds.south), up(bounds.north)};
}

PackedTree::PackedTree(std::filesystem::path folder)
    : folder_(std::move(folder)), entries_(std::make_unique<ExternalSort<TreeEntry>>(folder_, run_bytes)) {}

void PackedTree::write(SqliteDatabase& database, const std::string& name) {
    if (entries_->size() == 0) {
        return;
    }
    TreeWriter tree(database, name, folder_);
    entries_->sort();
    for (TreeEntry entry; entries_->next(entry);) {
        tree.add(entry);
    }
    entries_.reset();
    tree.finish();
}

}  // namespace kokai
