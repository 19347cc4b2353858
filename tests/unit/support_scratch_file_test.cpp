// SPDX-License-Identifier: Apache-2.0
#include "model/error.hpp"
#include "support/scratch_file.hpp"
#include "tests/unit/support/temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <string>

using namespace kokai;
using kokai::testing::TemporaryFolder;

namespace {

std::string read(ScratchFile& file, std::uint64_t offset, std::size_t size) {
    std::string bytes(size, '?');
    file.read(offset, std::as_writable_bytes(std::span(bytes)));
    return bytes;
}

}  // namespace

TEST_CASE("A scratch file gives back what was appended, from anywhere", "[support][scratch_file]") {
    const TemporaryFolder folder;
    ScratchFile file(folder.path());
    CHECK(file.size() == 0);
    file.append(std::string_view("hello "));
    const std::string_view world = "world";
    file.append(std::as_bytes(std::span(world)));
    CHECK(file.size() == 11);
    CHECK(read(file, 0, 11) == "hello world");
    CHECK(read(file, 4, 3) == "o w");
    CHECK(read(file, 11, 0).empty());
    // Reading does not end the writing.
    file.append(std::string_view("!"));
    CHECK(file.size() == 12);
    CHECK(read(file, 6, 6) == "world!");
}

TEST_CASE("A scratch file holds more than it gathers", "[support][scratch_file]") {
    const TemporaryFolder folder;
    ScratchFile file(folder.path());
    std::string expected;
    for (int i = 0; i < 300'000; ++i) {
        const std::string piece = std::to_string(i) + ',';
        file.append(piece);
        expected += piece;
    }
    const std::string large(3 << 20U, 'L');
    file.append(large);
    expected += large;
    CHECK(file.size() == expected.size());
    CHECK(read(file, 0, expected.size()) == expected);
    CHECK(read(file, 1'048'570, 20) == expected.substr(1'048'570, 20));
    file.append(std::string_view("the end, not yet written"));
    CHECK(read(file, expected.size() - 2, 5) == "LLthe");
    CHECK(read(file, expected.size() + 4, 3) == "end");
    CHECK_THROWS_AS(read(file, expected.size(), 25), WorldError);
    CHECK_THROWS_AS(read(file, expected.size() + 25, 1), WorldError);
}

TEST_CASE("A scratch file has no name, and says where it cannot be", "[support][scratch_file]") {
    const TemporaryFolder folder;
    ScratchFile file(folder.path());
    file.append(std::string(2 << 20U, 'x'));
    CHECK(std::filesystem::is_empty(folder.path()));
    CHECK_THROWS_AS(ScratchFile(folder.path() / "none"), WorldError);
}

TEST_CASE("Reading past a scratch file's end is an error", "[support][scratch_file]") {
    const TemporaryFolder folder;
    ScratchFile file(folder.path());
    file.append(std::string_view("abc"));
    CHECK_THROWS_AS(read(file, 1, 3), WorldError);
    CHECK_THROWS_AS(read(file, 100, 1), WorldError);
}
