// SPDX-License-Identifier: Apache-2.0
#include "read/gis_folder.hpp"

#include "model/error.hpp"

#include <cerrno>
#include <cstdlib>
#include <system_error>
#include <utility>

namespace kokai {

GisFolder::GisFolder(std::string shown) : shown_(std::move(shown)) {
    std::error_code error;
    std::string form = (std::filesystem::temp_directory_path(error) / "kokai-gis-XXXXXX").string();
    if (error || mkdtemp(form.data()) == nullptr) {
        refuse(error ? error.message() : std::error_code(errno, std::generic_category()).message());
    }
    path_ = form;
}

GisFolder::~GisFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);  // removes the links, not what they point to
}

std::filesystem::path GisFolder::link(const std::filesystem::path& file, const std::string& name) const {
    std::error_code error;
    std::filesystem::create_symlink(std::filesystem::absolute(file), path_ / name, error);
    if (error) {
        refuse(error.message());
    }
    return path_ / name;
}

void GisFolder::refuse(const std::string& why) const {
    throw WorldError(shown_, "一時フォルダーを使えません: " + why, "cannot use a temporary folder: " + why);
}

}  // namespace kokai
