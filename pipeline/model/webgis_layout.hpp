// SPDX-License-Identifier: Apache-2.0
// What a public map of a city (さーちず and others) is given, as data (schemas/partner/webgis.json): which files, in
// which coordinate system, under which names. A city changes the file, not the program.
#pragma once

#include "model/error.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kokai {

struct WebgisLayout {
    struct Style {
        std::string color = "#1f5fbf";  // of the point, of the line, of an area's border
        std::string fill = "#1f5fbf";   // of an area
        double width = 2;
        double opacity = 1;  // of the colour; of an area its fill
        double scale = 1;    // of a point
    };
    /// How the fields of the Shapefile are called where the layout does not name them.
    enum class Names : std::uint8_t {
        japanese,  // the column's own name where it has room (five kanji), else the English one
        english
    };

    std::string title;
    bool shapefile = true, csv = true, kml = true;
    std::string crs = "EPSG:6668";
    Names names = Names::japanese;
    std::vector<std::pair<std::string, std::string>> field_names;  // column → name of at most ten bytes
    std::string latitude = "緯度", longitude = "経度";             // of the CSV, where the table has none
    Style point, line, polygon;
};

/// Takes what fits and adds every mistake with its JSON pointer. Use the result only when none was added.
WebgisLayout parse_webgis_layout(std::string_view json_text, std::string_view file_name,
                                 std::vector<Mistake>& mistakes);

}  // namespace kokai
