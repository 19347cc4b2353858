// SPDX-License-Identifier: Apache-2.0
// Tables with shapes of every kind for the tests of the Shapefile sink, and its archive read back: by libzip for the
// bytes, by GDAL's programs for what they mean.
#pragma once

#include "engine/stage.hpp"
#include "model/schema.hpp"
#include "tests/unit/support/temporary_folder.hpp"
#include "write/shapefile.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <zip.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kokai::testing {

using nlohmann::json;
using Points = std::vector<std::pair<double, double>>;

inline const Points square{{139, 36}, {140, 36}, {140, 37}, {139, 37}, {139, 36}};  // counter-clockwise

/// A shape as parts of rings.
struct Drawn {
    GeometryKind kind = GeometryKind::none;
    std::vector<std::vector<Points>> parts;

    void add_to(Geometries& shapes) const {
        for (const auto& part : parts) {
            for (const Points& ring : part) {
                for (const auto& [x, y] : ring) {
                    shapes.add_point(x, y);
                }
                shapes.end_ring();
            }
            shapes.end_part();
        }
        shapes.end_row(kind);
    }
};

inline Drawn drawn_point(double longitude, double latitude) {
    return {GeometryKind::point, {{{{longitude, latitude}}}}};
}

struct DrawnRow {
    std::vector<std::string> cells;
    Drawn shape;
    RowState state = RowState::kept;
};

struct DrawnTable {
    std::vector<std::string> header;
    std::map<std::string, std::pair<std::string, std::string>> fields;  // header → type, English name
    std::vector<DrawnRow> rows;
};

struct MadeShapefile {
    OutputFile file;
    std::vector<FindingText> findings;
};

/// Through the sink, in batches of `batch_rows`.
inline MadeShapefile make_shapefile(const DrawnTable& table, const ShapefileOptions& options,
                                    std::size_t batch_rows = 1000) {
    std::deque<Field> fields;
    Shape shape;
    shape.has_geometry = true;
    SourceInfo source;
    source.file = "a.csv";
    source.format = "csv";
    source.sheets = {""};
    std::uint32_t number = 0;
    for (const std::string& name : table.header) {
        shape.columns.push_back({name, nullptr, {{0, ++number, name}}});
        if (const auto found = table.fields.find(name); found != table.fields.end()) {
            fields.emplace_back();
            fields.back().name = name;
            fields.back().type = found->second.first;
            fields.back().english = found->second.second;
            shape.columns.back().field = &fields.back();
        }
    }
    MadeShapefile made;
    const auto keep = [&](const Findings& findings) {
        for (const Finding& finding : findings.list()) {
            made.findings.push_back(spell_out(finding, {&source, 1}));
        }
    };
    Findings opening;
    tell_columns_left_out(shape, opening);
    keep(opening);
    ShapefileSink sink(options);
    sink.open(shape);
    std::uint64_t written = 0;
    std::uint64_t sequence = 0;
    for (std::size_t at = 0; at < table.rows.size(); at += batch_rows) {
        Batch batch;
        batch.columns.resize(table.header.size());
        batch.first_written_row = written;
        batch.sequence = sequence++;
        for (std::size_t i = at; i < std::min(table.rows.size(), at + batch_rows); ++i) {
            const DrawnRow& row = table.rows[i];
            for (std::size_t column = 0; column < table.header.size(); ++column) {
                batch.columns[column].cells.emplace_back(row.cells[column]);
            }
            batch.rows.push_back({static_cast<std::uint32_t>(i + 2), 0, 0});
            batch.states.push_back(row.state);
            row.shape.add_to(batch.shapes);
            written += row.state == RowState::kept ? 1U : 0U;
        }
        Buffer buffer;
        Findings findings;
        sink.encode(batch, buffer, findings);
        keep(findings);
        sink.append(std::move(buffer));
    }
    made.file = sink.close();
    return made;
}

inline ShapefileOptions options_in(const TemporaryFolder& folder) {
    ShapefileOptions options;
    options.folder = folder.path();
    options.name = "a.shp.zip";
    return options;
}

/// What a command writes to its output.
inline std::string output_of(const std::string& command) {
    struct Closer {
        void operator()(std::FILE* pipe) const { ::pclose(pipe); }
    };
    const std::unique_ptr<std::FILE, Closer> pipe(::popen(command.c_str(), "r"));
    REQUIRE(pipe != nullptr);
    std::string text;
    std::array<char, 4096> piece{};
    while (const std::size_t count = std::fread(piece.data(), 1, piece.size(), pipe.get())) {
        text.append(piece.data(), count);
    }
    return text;
}

/// A layer's features as GDAL reads them. Errors of GDAL make it no JSON.
inline json features(const TemporaryFolder& folder, const std::string& layer, const std::string& file = "a.shp.zip") {
    const std::string text = output_of("ogr2ogr -f GeoJSON -lco COORDINATE_PRECISION=15 /vsistdout/ '/vsizip/" +
                                       (folder.path() / file).string() + "/" + layer + ".shp' 2>&1");
    CAPTURE(text);
    const json collection = json::parse(text, nullptr, false);
    REQUIRE_FALSE(collection.is_discarded());
    return collection["features"];
}

struct ZipCloser {
    void operator()(zip_t* zip) const { zip_discard(zip); }
};

/// Names in the order of the archive, and what is in them.
struct Archive {
    std::vector<std::string> names;
    std::map<std::string, std::string> parts;
};

inline Archive archive(const TemporaryFolder& folder, const std::string& file = "a.shp.zip") {
    int error = 0;
    const std::unique_ptr<zip_t, ZipCloser> zip(
        zip_open((folder.path() / file).c_str(), ZIP_RDONLY | ZIP_CHECKCONS, &error));
    REQUIRE(zip != nullptr);
    Archive all;
    for (zip_uint64_t i = 0; i < static_cast<zip_uint64_t>(zip_get_num_entries(zip.get(), 0)); ++i) {
        zip_stat_t stat;
        REQUIRE(zip_stat_index(zip.get(), i, 0, &stat) == 0);
        std::string bytes(stat.size, '\0');
        zip_file_t* entry = zip_fopen_index(zip.get(), i, 0);
        REQUIRE(entry != nullptr);
        CHECK(zip_fread(entry, bytes.data(), bytes.size()) == static_cast<zip_int64_t>(bytes.size()));
        CHECK(zip_fclose(entry) == 0);
        all.names.emplace_back(stat.name);
        all.parts[stat.name] = std::move(bytes);
    }
    return all;
}

inline std::vector<std::string> parts_of(const std::string& layer) {
    std::vector<std::string> names;
    for (const char* ending : {".shp", ".shx", ".dbf", ".prj", ".cpg"}) {
        names.push_back(layer + ending);
    }
    return names;
}

inline bool contains(const std::string& text, std::string_view words) {
    return text.find(words) != std::string::npos;
}

}  // namespace kokai::testing
