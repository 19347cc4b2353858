// SPDX-License-Identifier: Apache-2.0
#include "publish/output_folder.hpp"

#include "model/error.hpp"
#include "tests/unit/support/temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <vector>

using namespace kokai;
using kokai::testing::TemporaryFolder;
namespace fs = std::filesystem;

namespace {

/// Every file below a folder, sorted, as `path=content`.
std::vector<std::string> tree(const TemporaryFolder& folder) {
    std::vector<std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder.path())) {
        if (entry.is_regular_file()) {
            const std::string name = fs::relative(entry.path(), folder.path()).string();
            files.push_back(name + "=" + folder.read(name));
        }
    }
    std::sort(files.begin(), files.end());
    return files;
}

void put(const fs::path& file, const std::string& text) {
    fs::create_directories(file.parent_path());
    std::ofstream(file) << text;
}

using Files = std::vector<std::string>;

}  // namespace

TEST_CASE("One run at a time holds an output folder", "[publish][lock]") {
    const TemporaryFolder folder;
    const fs::path output = folder.path() / "new" / "output";  // made when missing
    {
        const OutputLock lock(output);
        CHECK_THROWS_AS(OutputLock(output), LockedError);
        try {
            const OutputLock second(output);
        } catch (const LockedError& error) {
            CHECK(error.exit() == Exit::locked);
            CHECK(error.file() == output.string());
        }
        const OutputLock elsewhere(folder.path() / "other");
    }
    const OutputLock again(output);
    CHECK(fs::exists(output / ".lock"));
}

TEST_CASE("Another process is refused too, and a process that dies gives the lock back", "[publish][lock]") {
    const TemporaryFolder folder;
    const auto child = [&] {
        const pid_t process = ::fork();
        if (process == 0) {
            int code = 0;
            try {
                const OutputLock lock(folder.path());
                ::_exit(0);  // without unlocking
            } catch (const LockedError&) {
                code = 7;
            }
            ::_exit(code);
        }
        int status = 0;
        ::waitpid(process, &status, 0);
        return WEXITSTATUS(status);
    };
    CHECK(child() == 0);
    const OutputLock lock(folder.path());
    CHECK(child() == 7);
}

TEST_CASE("A staged folder takes the place of the former one whole", "[publish][stage]") {
    const TemporaryFolder folder;
    put(folder.path() / "parks/old.csv", "old");
    put(folder.path() / "parks/report.json", "1");
    {
        StagedFolder staged(folder.path(), "parks");
        CHECK(fs::is_empty(staged.path()));
        put(staged.path() / "report.json", "2");
        put(staged.path() / "partner/sheet.xlsx", "x");
        CHECK(folder.read("parks/report.json") == "1");  // nothing changes before the commit
        staged.commit();
        CHECK(folder.read("parks/report.json") == "2");
    }
    CHECK(tree(folder) == Files{"parks/partner/sheet.xlsx=x", "parks/report.json=2"});
}

TEST_CASE("The first edition needs no former one; an edition without commit disappears", "[publish][stage]") {
    const TemporaryFolder folder;
    {
        StagedFolder staged(folder.path(), "parks");
        put(staged.path() / "a.csv", "1");
        staged.commit();
    }
    {
        const StagedFolder staged(folder.path(), "parks");
        put(staged.path() / "a.csv", "2");
    }
    CHECK(tree(folder) == Files{"parks/a.csv=1"});
}

TEST_CASE("What a killed run left in the staging folder is not part of the next edition", "[publish][stage]") {
    const TemporaryFolder folder;
    put(folder.path() / ".staging/parks/half.csv", "half");
    StagedFolder staged(folder.path(), "parks");
    CHECK(fs::is_empty(staged.path()));
    put(staged.path() / "a.csv", "1");
    staged.commit();
    CHECK(folder.read("parks/a.csv") == "1");
    CHECK_FALSE(fs::exists(folder.path() / "parks/half.csv"));
}

TEST_CASE("A swap that was cut between its two renames is finished with the former edition", "[publish][recover]") {
    const TemporaryFolder folder;
    put(folder.path() / ".staging/parks.former/a.csv", "former");  // moved away, the new one not yet in its place
    put(folder.path() / ".staging/parks/a.csv", "new");
    put(folder.path() / ".staging/toilets.former/a.csv", "former");  // both renames done, the former not yet removed
    put(folder.path() / "toilets/a.csv", "new");
    put(folder.path() / ".staging/aed/half.csv", "half");
    recover_output(folder.path());
    CHECK(tree(folder) == Files{"parks/a.csv=former", "toilets/a.csv=new"});
    CHECK_FALSE(fs::exists(folder.path() / ".staging"));
    recover_output(folder.path());  // nothing to do
    CHECK(tree(folder).size() == 2);
    recover_output(folder.path() / "no such folder");
}

TEST_CASE("A small file is replaced whole, with nothing left beside it", "[publish][file]") {
    const TemporaryFolder folder;
    folder.file("catalog.json", "a longer text than the new one");
    write_whole_file(folder.path() / "catalog.json", "{}\n");
    CHECK(tree(folder) == Files{"catalog.json={}\n"});
    CHECK_THROWS_AS(write_whole_file(folder.path() / "missing" / "a.json", "{}"), WorldError);
}

TEST_CASE("Files are linked or copied into another folder", "[publish][file]") {
    const TemporaryFolder folder;
    folder.file("a.csv", "1");
    link_or_copy(folder.path() / "a.csv", folder.path() / "b.csv");
    CHECK(folder.read("b.csv") == "1");
    folder.file("c.csv", "old");
    link_or_copy(folder.path() / "a.csv", folder.path() / "c.csv");  // one is there already
    CHECK(folder.read("c.csv") == "1");
    CHECK_THROWS_AS(link_or_copy(folder.path() / "none.csv", folder.path() / "d.csv"), WorldError);
}
