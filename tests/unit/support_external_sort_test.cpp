// SPDX-License-Identifier: Apache-2.0
#include "support/external_sort.hpp"
#include "tests/unit/support/temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <cstdint>
#include <random>
#include <utility>
#include <vector>

using namespace kokai;
using kokai::testing::TemporaryFolder;

namespace {

struct Numbered {
    std::uint32_t key = 0;
    std::uint32_t order = 0;  // as added
    std::uint64_t content = 0;

    bool operator<(const Numbered& other) const { return key != other.key ? key < other.key : order < other.order; }
    bool operator==(const Numbered&) const = default;
};

/// Keys that repeat, contents that belong to them.
std::vector<Numbered> numbered(std::uint32_t count) {
    std::mt19937 random(3);
    std::vector<Numbered> records;
    for (std::uint32_t i = 0; i < count; ++i) {
        records.push_back({static_cast<std::uint32_t>(random()) % (count / 3 + 1), i, std::uint64_t{i} * i});
    }
    return records;
}

std::vector<Numbered> sorted(const std::vector<Numbered>& records, const TemporaryFolder& folder,
                             std::size_t run_bytes) {
    ExternalSort<Numbered> sort(folder.path(), run_bytes);
    for (const Numbered& record : records) {
        sort.add(record);
    }
    CHECK(sort.size() == records.size());
    sort.sort();
    std::vector<Numbered> result;
    for (Numbered record; sort.next(record);) {
        result.push_back(record);
    }
    Numbered none;
    CHECK_FALSE(sort.next(none));
    return result;
}

}  // namespace

TEST_CASE("Spilled runs come back in the same order as a sort in memory", "[support][external_sort]") {
    const TemporaryFolder folder;
    for (const std::uint32_t count : {1U, 2U, 255U, 256U, 257U, 5000U}) {
        const std::vector<Numbered> records = numbered(count);
        std::vector<Numbered> expected = records;
        std::sort(expected.begin(), expected.end());
        for (const std::size_t run : {std::size_t{1}, std::size_t{2}, std::size_t{100}, std::size_t{256},
                                      std::size_t{count}, std::size_t{count} + 1}) {
            CHECK(sorted(records, folder, run * sizeof(Numbered)) == expected);
        }
        CHECK(sorted(records, folder, 0) == expected);
    }
    CHECK(sorted({}, folder, 64).empty());
    CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("Runs longer than a window are read piece by piece", "[support][external_sort]") {
    const TemporaryFolder folder;
    const std::vector<Numbered> records = numbered(40'000);
    std::vector<Numbered> expected = records;
    std::sort(expected.begin(), expected.end());
    // Runs of 3,000 records, 13 of them: windows of the least size, 256.
    CHECK(sorted(records, folder, 3000 * sizeof(Numbered)) == expected);
    // Two runs and a rest, windows of thousands.
    CHECK(sorted(records, folder, 15'000 * sizeof(Numbered)) == expected);
}

TEST_CASE("A sort within one run touches no disk", "[support][external_sort]") {
    ExternalSort<Numbered> sort("/nonexistent/folder", 2 * sizeof(Numbered));
    sort.add({2, 0, 0});
    sort.add({1, 1, 0});
    sort.sort();
    Numbered record;
    REQUIRE(sort.next(record));
    CHECK(record == Numbered{1, 1, 0});
}
