// SPDX-License-Identifier: Apache-2.0
// FlatGeobuf's tree: its form, its answers, and that nothing but the rows decides the bytes.
#include "tests/unit/support/fgb_table.hpp"
#include "write/hilbert.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <random>

using namespace kokai;
using namespace kokai::testing;

namespace {

/// Points, polygons or both anywhere in Japan; every tenth one where another is already.
FgbTestTable scattered(std::size_t count, const std::vector<GeometryKind>& kinds) {
    std::mt19937 random(20250401);
    const auto between = [&random](double low, double high) {
        return low + (high - low) * static_cast<double>(random()) / 4294967296.0;
    };
    FgbTestTable table{{"番号", "名称"}, {}};
    for (std::size_t i = 0; i < count; ++i) {
        const double x = between(123, 146);
        const double y = between(24, 46);
        FgbRow row{{std::to_string(i), std::string(i % 40, 'n')}, kinds[i % kinds.size()]};
        if (i % 10 == 9) {
            row.kind = table.rows[i / 2].kind;
            row.parts = table.rows[i / 2].parts;
        } else if (row.kind == GeometryKind::point) {
            row.parts = {{{{x, y}}}};
        } else if (row.kind != GeometryKind::none) {
            const double width = between(0.001, 0.5);
            row.parts = {{{{x, y}, {x + width, y}, {x, y + width / 2}, {x, y}}}};
            if (row.kind == GeometryKind::multi_polygon) {
                row.parts.push_back({{{x + 1, y}, {x + 1 + width, y}, {x + 1, y + width}, {x + 1, y}}});
            }
        }
        table.rows.push_back(std::move(row));
    }
    return table;
}

void check_tree(const FgbFile& file) {
    const auto& levels = file.levels();
    const auto& nodes = file.nodes();
    const auto [leaf, end] = levels[0];
    REQUIRE(end - leaf == file.features().size());
    for (std::size_t i = leaf; i < end; ++i) {
        REQUIRE(nodes[i].offset == file.features()[i - leaf].offset);
        REQUIRE(nodes[i].box == file.features()[i - leaf].box);
    }
    for (std::size_t level = 1; level < levels.size(); ++level) {
        std::size_t child = levels[level - 1].first;
        for (std::size_t i = levels[level].first; i < levels[level].second; ++i) {
            REQUIRE(nodes[i].offset == child);
            FgbBox around = nodes[child].box;
            for (int j = 0; j < 16 && child < levels[level - 1].second; ++j, ++child) {
                const FgbBox& box = nodes[child].box;
                around = {std::min(around.west, box.west), std::min(around.south, box.south),
                          std::max(around.east, box.east), std::max(around.north, box.north)};
            }
            REQUIRE(nodes[i].box == around);
        }
        REQUIRE(child == levels[level - 1].second);
    }
    CHECK(levels.back() == std::pair<std::size_t, std::size_t>{0, 1});
}

std::size_t check_queries(const FgbFile& file) {
    std::mt19937 random(7);
    std::size_t hits = 0;
    for (int i = 0; i < 300; ++i) {
        const double x = 120 + static_cast<double>(random() % 27);
        const double y = 23 + static_cast<double>(random() % 24);
        const double size = i % 3 == 0 ? 0.3 : i % 3 == 1 ? 2 : 30;
        const FgbBox box{x, y, x + size, y + size};
        std::vector<std::uint64_t> scan;
        for (const FgbRead& feature : file.features()) {
            if (feature.box.meets(box)) {
                scan.push_back(feature.offset);
            }
        }
        REQUIRE(file.query(box) == scan);
        hits += scan.size();
    }
    CHECK(file.query({0, 0, 1, 1}).empty());
    return hits;
}

}  // namespace

TEST_CASE("The FlatGeobuf tree is whole at every size", "[write][flatgeobuf]") {
    for (const std::size_t count : {1U, 2U, 15U, 16U, 17U, 255U, 256U, 257U, 4096U, 4097U}) {
        const FgbFile file(make_fgb(scattered(count, {GeometryKind::point})).bytes);
        CHECK(file.features().size() == count);
        check_tree(file);
    }
    CHECK(FgbFile(make_fgb(scattered(1, {GeometryKind::point})).bytes).nodes().size() == 2);
    CHECK(FgbFile(make_fgb(scattered(257, {GeometryKind::point})).bytes).nodes().size() == 257 + 17 + 2 + 1);
}

TEST_CASE("A FlatGeobuf box query finds what a scan finds", "[write][flatgeobuf]") {
    const std::vector<GeometryKind> many{GeometryKind::polygon, GeometryKind::multi_polygon};
    for (const std::vector<GeometryKind>& kinds :
         {std::vector{GeometryKind::point}, std::vector{GeometryKind::polygon}, many,
          std::vector{GeometryKind::polygon, GeometryKind::point, GeometryKind::none}}) {
        const FgbFile file(make_fgb(scattered(5000, kinds)).bytes);
        check_tree(file);
        CHECK(check_queries(file) > 1000);
    }
}

TEST_CASE("FlatGeobuf features follow the curve, those of one place the rows", "[write][flatgeobuf]") {
    const FgbTestTable table = scattered(3000, {GeometryKind::point});
    const FgbFile file(make_fgb(table, {}, 100).bytes);
    std::pair<std::uint64_t, std::size_t> last{0, 0};
    std::size_t in_one_place = 0;
    for (const FgbRead& feature : file.features()) {
        const std::uint64_t key =
            hilbert(Bounds{feature.box.west, feature.box.south, feature.box.east, feature.box.north});
        const std::pair next{key, std::stoul(feature.values.at("番号").substr(2)) + 1};
        REQUIRE(last < next);
        in_one_place += last.first == next.first ? 1U : 0U;
        last = next;
    }
    CHECK(in_one_place > 100);
}

TEST_CASE("Batches, runs of the sort and windows leave no trace in FlatGeobuf", "[write][flatgeobuf]") {
    const FgbTestTable table = scattered(
        2500, {GeometryKind::polygon, GeometryKind::multi_polygon, GeometryKind::none, GeometryKind::polygon});
    const std::string whole = make_fgb(table, {}, table.rows.size()).bytes;
    check_tree(FgbFile(whole));
    for (const std::size_t batch_rows : {1U, 7U, 64U, 999U}) {
        for (const std::size_t bytes : {0U, 1000U, 20'000U}) {
            FlatGeobufOptions options;
            options.sort_bytes = bytes;
            options.window_bytes = bytes * batch_rows;  // none, some features, whole runs
            options.run_features = batch_rows * 3;
            CHECK(make_fgb(table, options, batch_rows).bytes == whole);
        }
    }
}
