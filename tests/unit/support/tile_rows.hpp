// SPDX-License-Identifier: Apache-2.0
// Rows of places with a name and a number, and the PMTiles made of them.
#pragma once

#include "model/schema.hpp"
#include "tests/unit/support/temporary_folder.hpp"
#include "write/pmtiles.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace kokai::testing {

struct TileRow {
    std::vector<std::string> cells;
    std::function<void(Geometries&)> shape;
    RowState state = RowState::kept;
};

inline std::function<void(Geometries&)> point_at(double longitude, double latitude) {
    return [=](Geometries& shapes) { shapes.add_point_row(longitude, latitude); };
}

inline void add_square(Geometries& shapes, double x, double y, double size, bool reversed = false) {
    std::vector<std::pair<double, double>> ring{{x, y}, {x + size, y}, {x + size, y + size}, {x, y + size}, {x, y}};
    if (reversed) {
        std::reverse(ring.begin(), ring.end());
    }
    for (const auto& [longitude, latitude] : ring) {
        shapes.add_point(longitude, latitude);
    }
    shapes.end_ring();
}

inline std::function<void(Geometries&)> square_at(double x, double y, double size) {
    return [=](Geometries& shapes) {
        add_square(shapes, x, y, size);
        shapes.end_part();
        shapes.end_row(GeometryKind::polygon);
    };
}

inline std::function<void(Geometries&)> line_along(const std::vector<std::pair<double, double>>& points) {
    return [=](Geometries& shapes) {
        for (const auto& [x, y] : points) {
            shapes.add_point(x, y);
        }
        shapes.end_ring();
        shapes.end_part();
        shapes.end_row(GeometryKind::line);
    };
}

struct WrittenTiles {
    std::string bytes;
    OutputFile file;
};

inline WrittenTiles written(const std::vector<TileRow>& rows, PmtilesOptions options = {},
                            std::size_t batch_rows = 1000) {
    const TemporaryFolder folder;
    static const Field number = [] {
        Field field;
        field.type = "integer";
        return field;
    }();
    Shape shape;
    shape.has_geometry = true;
    shape.columns = {{"名称", nullptr, {}}, {"数", &number, {}}};
    options.folder = folder.path();
    options.name = "102016_places.pmtiles";
    PmtilesSink sink(options);
    sink.open(shape);
    std::uint64_t kept = 0;
    for (std::size_t first = 0; first < rows.size(); first += batch_rows) {
        Batch batch;
        batch.columns.resize(2);
        batch.first_written_row = kept;
        for (std::size_t i = first; i < std::min(rows.size(), first + batch_rows); ++i) {
            for (std::size_t column = 0; column < 2; ++column) {
                const std::vector<std::string>& cells = rows[i].cells;
                batch.columns[column].cells.emplace_back(column < cells.size() ? Cell(cells[column]) : Cell());
            }
            if (rows[i].shape) {
                rows[i].shape(batch.shapes);
            } else {
                batch.shapes.end_row(GeometryKind::none);
            }
            batch.rows.push_back({});
            batch.states.push_back(rows[i].state);
            kept += rows[i].state == RowState::kept ? 1U : 0U;
        }
        Buffer buffer;
        Findings findings;
        sink.encode(batch, buffer, findings);
        CHECK(findings.list().empty());
        sink.append(std::move(buffer));
    }
    WrittenTiles out;
    out.file = sink.close();
    out.bytes = folder.read(options.name);
    CHECK(out.file.bytes == out.bytes.size());
    return out;
}

/// Repeatable numbers from 0 to 1.
class Scatter {
public:
    double next() {
        state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
        return static_cast<double>(state_ >> 11U) / 9007199254740992.0;
    }

private:
    std::uint64_t state_ = 42;
};

inline std::vector<TileRow> many_points(std::size_t count) {
    Scatter scatter;
    std::vector<TileRow> rows;
    for (std::size_t i = 0; i < count; ++i) {
        const double longitude = 139 + 0.2 * scatter.next();
        const double latitude = 36.3 + 0.2 * scatter.next();
        rows.push_back({{"施設" + std::to_string(i), std::to_string(i)}, point_at(longitude, latitude)});
    }
    return rows;
}

}  // namespace kokai::testing
