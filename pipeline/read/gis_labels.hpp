// SPDX-License-Identifier: Apache-2.0
// What a Shapefile's fields are called by its maker: ten letters are all that a .dbf has, so some export the titles
// into a file beside it, as <name>.attributes.csv or, the SAFIELD000 of a Japanese GIS, as <name>.xml.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace kokai {

constexpr std::string_view list_of_labels = ".attributes.csv";
constexpr std::string_view export_settings = ".xml";
/// A larger .xml of that name is something else: 国土数値情報 in GML, say.
constexpr std::uint64_t most_bytes_of_labels = 1U << 20U;

struct FieldLabel {
    std::string field, title;
    std::string file;  // that says so
};

/// Of every field that has a title in either file, the list's before the settings'. Throws WorldError when the
/// settings are no XML.
std::vector<FieldLabel> labels_beside(const std::filesystem::path& shp);

/// The names with titles where there are any; a title that another column bears gets the field's name behind it.
/// `said_by[i]` is the file's name, empty where nothing changed.
void name_by_labels(const std::vector<FieldLabel>& labels, std::vector<std::string>& names,
                    std::vector<std::string>& said_by);

}  // namespace kokai
