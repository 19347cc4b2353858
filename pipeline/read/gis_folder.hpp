// SPDX-License-Identifier: Apache-2.0
// A folder of links to a source's files for GDAL to read, gone with the object: GDAL writes indexes and schemas beside
// what it opens, believes old ones that it finds there, and wants extensions in small letters.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace kokai {

class GisFolder {
public:
    /// `shown` is for messages. Throws WorldError when there is no room for a folder.
    explicit GisFolder(std::string shown);
    ~GisFolder();
    GisFolder(const GisFolder&) = delete;
    GisFolder& operator=(const GisFolder&) = delete;
    GisFolder(GisFolder&&) = delete;
    GisFolder& operator=(GisFolder&&) = delete;

    /// The path of the link.
    std::filesystem::path link(const std::filesystem::path& file, const std::string& name) const;
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    [[noreturn]] void refuse(const std::string& why) const;

    std::string shown_;
    std::filesystem::path path_;
};

}  // namespace kokai
