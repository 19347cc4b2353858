// SPDX-License-Identifier: Apache-2.0
// What stands beside the parts of a Shapefile: its coordinate system, the dictionary of its field names, and a note for
// people.
#pragma once

#include "write/shp/dbf.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kokai {

/// EPSG:6668, JGD2011 by longitude and latitude, as ESRI writes it in a .prj.
constexpr std::string_view shapefile_prj =
    R"(GEOGCS["GCS_JGD_2011",DATUM["D_JGD_2011",SPHEROID["GRS_1980",6378137.0,298.257222101]],)"
    R"(PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]])";

struct ShapefileNotes {
    std::string title;
    std::string license;
    std::string attribution;
    std::string modified;  // ISO date, may be empty

    struct Layer {
        std::string file;
        std::string kind_ja, kind_en;
        std::uint64_t rows = 0;
    };
    std::vector<Layer> layers;
    std::uint64_t rows_without_shape = 0;
    std::uint64_t values_cut = 0;
    std::uint64_t numbers_left_out = 0;
    std::size_t fields_left_out = 0;
};

/// README.txt, for Windows' Notepad: with BOM and CRLF.
std::string shapefile_readme(const ShapefileNotes& notes);

/// fields.csv: a line for each of the table's columns; those behind `fields` are not in the Shapefile.
std::string shapefile_fields_csv(std::span<const DbfField> fields, std::span<const ColumnInfo> columns);

}  // namespace kokai
