// SPDX-License-Identifier: Apache-2.0
// The one place that calls dlopen. A module is never closed: the libraries behind ours (protobuf, GDAL) do not survive
// that.
#include "support/module.hpp"

#include "model/error.hpp"

#include <cstdlib>
#include <dlfcn.h>
#include <map>
#include <mutex>
#include <string>
#include <system_error>

namespace kokai {

namespace {

struct OpenModules {
    std::mutex mutex;
    std::map<std::string, void*, std::less<>> handles;
};

OpenModules& open_modules() {
    static OpenModules modules;
    return modules;
}

std::string last_error() {
    const char* text = dlerror();
    return text == nullptr ? "?" : text;
}

[[noreturn]] void refuse(const std::filesystem::path& path, const std::string& ja, const std::string& en) {
    throw WorldError(path.string(), "モジュール「" + path.string() + "」を開けません: " + ja,
                     "cannot open the module " + path.string() + ": " + en);
}

}  // namespace

std::filesystem::path beside_program(std::string_view file) {
    if (const char* folder = std::getenv("KOKAI_MODULES"); folder != nullptr && *folder != '\0') {
        return std::filesystem::path(folder) / file;
    }
    std::error_code error;
    const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
    std::filesystem::path beside = program.parent_path() / file;
    std::filesystem::path installed = program.parent_path().parent_path() / "lib" / "kokai" / file;
    if (!std::filesystem::exists(beside, error) && std::filesystem::exists(installed, error)) {
        return installed;
    }
    return beside;
}

std::filesystem::path module_path(std::string_view name) {
    std::string file = "kokai_";
    file.append(name).append(".so");
    return beside_program(file);
}

void* open_module(std::string_view name) {
    OpenModules& modules = open_modules();
    const std::lock_guard lock(modules.mutex);
    if (const auto found = modules.handles.find(name); found != modules.handles.end()) {
        return found->second;
    }
    const std::filesystem::path path = module_path(name);
    std::error_code error;
    if (!std::filesystem::exists(path, error)) {
        refuse(path, "ファイルがありません", "no such file");
    }
    void* handle = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (handle == nullptr) {
        const std::string reason = last_error();
        refuse(path, reason, reason);
    }
    modules.handles.emplace(name, handle);
    return handle;
}

void* module_symbol(std::string_view name, const char* symbol) {
    void* address = dlsym(open_module(name), symbol);
    if (address == nullptr) {
        const std::string reason = last_error();
        refuse(module_path(name), reason, reason);
    }
    return address;
}

}  // namespace kokai
