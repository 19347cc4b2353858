// SPDX-License-Identifier: Apache-2.0
// 国土数値情報 in its GML form (JPGIS 2.1): shapes stand apart from the things that have them, and point to one another
// by xlink:href. GDAL finds no features in such a file. Read twice: the shapes first, then the things.
#pragma once

#include "read/gis_module.hpp"

#include <filesystem>
#include <memory>
#include <string>

namespace kokai {

/// Reads the file at `path`; what is no XML throws WorldError naming `shown`.
std::unique_ptr<GisReader> make_ksj_reader(const std::filesystem::path& path, std::string shown);

}  // namespace kokai
