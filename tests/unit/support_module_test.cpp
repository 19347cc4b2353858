// SPDX-License-Identifier: Apache-2.0
// A missing module is a plain message with its path, not a crash. The opening itself is shown by
// normalise_phone_test.cpp.
#include "model/error.hpp"
#include "support/module.hpp"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <string>

using namespace kokai;

namespace {

/// Sets KOKAI_MODULES for one test and puts the former value back.
class ModulesFolder {
public:
    explicit ModulesFolder(const char* folder) {
        if (const char* before = std::getenv("KOKAI_MODULES")) {
            before_ = before;
            had_one_ = true;
        }
        if (folder == nullptr) {
            unsetenv("KOKAI_MODULES");
        } else {
            setenv("KOKAI_MODULES", folder, 1);
        }
    }
    ~ModulesFolder() {
        if (had_one_) {
            setenv("KOKAI_MODULES", before_.c_str(), 1);
        } else {
            unsetenv("KOKAI_MODULES");
        }
    }
    ModulesFolder(const ModulesFolder&) = delete;
    ModulesFolder& operator=(const ModulesFolder&) = delete;

private:
    std::string before_;
    bool had_one_ = false;
};

}  // namespace

TEST_CASE("a module is looked for beside the program, unless KOKAI_MODULES says where", "[support][module]") {
    {
        const ModulesFolder unset(nullptr);
        const auto program = std::filesystem::read_symlink("/proc/self/exe");
        CHECK(module_path("nosuch") == program.parent_path() / "kokai_nosuch.so");
    }
    const ModulesFolder set("/somewhere");
    CHECK(module_path("nosuch") == "/somewhere/kokai_nosuch.so");
}

TEST_CASE("a missing module names its file and is exit 4", "[support][module]") {
    const ModulesFolder set("/nonexistent");
    try {
        open_module("nosuch");
        FAIL("opened a module that does not exist");
    } catch (const WorldError& error) {
        CHECK(error.exit() == Exit::world);
        CHECK(error.file() == "/nonexistent/kokai_nosuch.so");
        CHECK(error.ja().find("kokai_nosuch.so") != std::string::npos);
    }
}
