// SPDX-License-Identifier: Apache-2.0
#include "publish/folder_switch.hpp"

#include "model/error.hpp"
#include "tests/unit/support/temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

using namespace kokai;
using kokai::testing::TemporaryFolder;
namespace fs = std::filesystem;

namespace {

/// A web server's folder: ours and others' files, one folder that only its owner reads, an empty one, a link.
struct Place {
    Place() {
        fs::create_directories(root / "park");
        fs::create_directories(root / "staff");
        fs::create_directories(root / "empty");
        folder.file("source", "new");
        folder.file("site/park/a.csv", "old");
        folder.file("site/park/gone.csv", "gone");
        folder.file("site/staff/list", "not public");
        fs::create_symlink("park/a.csv", root / "link");
        fs::permissions(root / "staff", fs::perms::owner_all);
        fs::permissions(root, static_cast<fs::perms>(0711));
    }

    [[nodiscard]] FolderChange change() const {
        return {{{"park/a.csv", folder.path() / "source"}, {"hall/b.csv", folder.path() / "source"}},
                {"park/gone.csv"},
                [] {}};
    }

    TemporaryFolder folder;
    fs::path root = folder.path() / "site";
};

unsigned mode_of(const fs::path& path) {
    return static_cast<unsigned>(fs::status(path).permissions());
}

}  // namespace

TEST_CASE("A folder is switched with all that is not ours as it was", "[publish][folder]") {
    const Place place;
    switch_folder(place.root, place.change());
    CHECK(place.folder.read("site/park/a.csv") == "new");
    CHECK(place.folder.read("site/hall/b.csv") == "new");
    CHECK_FALSE(fs::exists(place.root / "park/gone.csv"));
    CHECK(place.folder.read("site/staff/list") == "not public");
    CHECK(mode_of(place.root / "staff") == 0700);
    CHECK(mode_of(place.root) == 0711);
    CHECK(fs::is_directory(place.root / "empty"));
    CHECK(fs::read_symlink(place.root / "link") == "park/a.csv");
    CHECK_FALSE(fs::exists(place.folder.path() / ".kokai-site"));
    FolderChange less = place.change();
    less.puts.clear();
    less.removes = {"hall/b.csv"};
    switch_folder(place.root, less);
    CHECK_FALSE(fs::exists(place.root / "hall"));  // nothing is left in it
}

TEST_CASE("A switch touches nothing beside the folder", "[publish][folder]") {
    const Place place;
    fs::create_directories(place.folder.path() / ".staging/foreign");
    place.folder.file(".staging/foreign/file", "not ours");
    switch_folder(place.root, place.change());
    CHECK(place.folder.read(".staging/foreign/file") == "not ours");
}

TEST_CASE("What comes while the folder is made is carried over, too", "[publish][folder]") {
    const Place place;
    FolderChange change = place.change();
    change.last_look = [&] {
        fs::create_directories(place.root / "late");
        place.folder.file("site/late/file", "late");
        place.folder.file("site/staff/other", "replaced");
        fs::rename(place.root / "staff/other", place.root / "staff/list");
    };
    switch_folder(place.root, change);
    CHECK(place.folder.read("site/late/file") == "late");
    CHECK(place.folder.read("site/staff/list") == "replaced");
}

TEST_CASE("A folder that cannot be carried over stays as it was", "[publish][folder]") {
    const Place place;
    FolderChange change = place.change();
    SECTION("somebody has written meanwhile") {
        change.last_look = [] { throw Error(Exit::gate, "", "", "", ""); };
        CHECK_THROWS_AS(switch_folder(place.root, change), Error);
    }
    SECTION("a link leads out of it") {
        fs::create_directories(place.folder.path() / "elsewhere");
        fs::create_directory_symlink(place.folder.path() / "elsewhere", place.root / "hall");
        CHECK_THROWS_AS(switch_folder(place.root, change), WorldError);
        CHECK(fs::is_empty(place.folder.path() / "elsewhere"));
    }
    SECTION("it cannot be read") {
        if (::geteuid() == 0) {
            return;  // root reads all
        }
        fs::permissions(place.root / "staff", fs::perms::none);
        CHECK_THROWS_AS(switch_folder(place.root, change), WorldError);
        fs::permissions(place.root / "staff", fs::perms::owner_all);
    }
    SECTION("another kokai is at it") {
        fs::create_directories(place.folder.path() / ".kokai-site");
        const int held = ::open((place.folder.path() / ".kokai-site").c_str(), O_RDONLY | O_DIRECTORY);
        REQUIRE(::flock(held, LOCK_EX) == 0);
        CHECK_THROWS_AS(switch_folder(place.root, change), LockedError);
        ::close(held);
    }
    CHECK(place.folder.read("site/park/a.csv") == "old");
    CHECK(place.folder.read("site/park/gone.csv") == "gone");
}

TEST_CASE("A switch that was cut between two renames is finished", "[publish][folder]") {
    const Place place;
    fs::create_directories(place.folder.path() / ".kokai-site");
    fs::rename(place.root, place.folder.path() / ".kokai-site/former");
    finish_cut_switch(place.root);
    CHECK(place.folder.read("site/park/a.csv") == "old");
}

TEST_CASE("A folder that is not there yet is made", "[publish][folder]") {
    const Place place;
    switch_folder(place.folder.path() / "deep/new", place.change());
    CHECK(place.folder.read("deep/new/hall/b.csv") == "new");
}
