// SPDX-License-Identifier: Apache-2.0
// What has to be known of a GIS file before a library opens it: the driver, the encoding, the files that go with it.
#pragma once

#include "model/finding.hpp"
#include "read/gis_folder.hpp"
#include "read/gis_format.hpp"
#include "read/gis_module.hpp"
#include "support/file.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace kokai {

/// What the bytes of names and values are.
enum class GisText : std::uint8_t { utf8, cp932, either };

struct GisOpening {
    GisFormat format = GisFormat::none;
    GisRequest request;
    GisText text = GisText::utf8;
    std::unique_ptr<GisFolder> folder;  // only while GDAL opens what is in it: a killed run leaves little in /tmp
};

struct GisToOpen {
    std::filesystem::path path;
    std::string shown, encoding;
    Place place;  // for findings about the file
};

/// Throws WorldError when the path is no plain file's, or the file is none that is read.
void refuse_special_names(const std::filesystem::path& path, const std::string& shown);
GisOpening prepare_gis(const GisToOpen& source, const InputFile& file, Findings& findings);

/// Throws WorldError for a table so wide that reading it would not end.
void refuse_too_many_columns(std::size_t columns, const std::string& shown);

/// A PostGIS by its service name, as pg_service.conf has it: addresses and passwords stand nowhere else. Throws
/// WorldError for a name that is none, and for a query that is neither a table nor one SELECT.
GisOpening prepare_postgis(const std::string& service, const std::string& query, const std::string& shown);
[[noreturn]] void refuse_postgis(const std::string& service, const std::string& shown, std::string_view detail);

/// What a file is that GDAL refuses, with what GDAL says.
[[noreturn]] void refuse_gis(const GisToOpen& source, const InputFile& file, GisFormat format, std::string_view detail);

}  // namespace kokai
