// SPDX-License-Identifier: Apache-2.0
#include "command/options.hpp"

#include <algorithm>
#include <cstdlib>
#include <string_view>
#include <thread>

namespace kokai {

std::filesystem::path folder_or_source_tree(const std::string& given, const char* name) {
    if (!given.empty()) {
        return given;
    }
    std::error_code ignored;
    if (std::filesystem::is_directory(name, ignored)) {
        return name;
    }
    return std::filesystem::path(KOKAI_SOURCE_DIR) / name;
}

Language language_of_environment() {
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): read once, before any thread
        if (value != nullptr && *value != '\0') {
            return std::string_view(value).starts_with("en_") ? Language::en : Language::ja;
        }
    }
    return Language::ja;
}

unsigned jobs_or_all(unsigned wanted) {
    return wanted != 0 ? wanted : std::max(1U, std::thread::hardware_concurrency());
}

bool is_path(const std::string& argument) {
    std::error_code ignored;
    return argument.find('/') != std::string::npos || std::filesystem::is_regular_file(argument, ignored);
}

}  // namespace kokai
