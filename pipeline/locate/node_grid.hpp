// SPDX-License-Identifier: Apache-2.0
// Inside kokai_proj.so and kokai_gdal.so: a grid of shifts or heights, read tile by tile from a GeoTIFF as they are
// needed. PROJ reads these files, too, but it cannot say that a node of 0 means "no parameter" and not "no shift".
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

struct tiff;

namespace kokai {

class NodeGrid {
public:
    /// One grid a file in the life of the program, shared by all threads. Null with `error` when it cannot be
    /// read or is not what SHA256SUMS beside it says.
    static const NodeGrid* open(const std::string& path, std::string& error);

    ~NodeGrid();
    NodeGrid(const NodeGrid&) = delete;
    NodeGrid& operator=(const NodeGrid&) = delete;
    NodeGrid(NodeGrid&&) = delete;
    NodeGrid& operator=(NodeGrid&&) = delete;

    struct Values {
        double first = 0;   // seconds of latitude, or metres of height
        double second = 0;  // seconds of longitude
    };
    /// The four nodes around the last point that was asked for: the next point is mostly beside it.
    struct Cell {
        static constexpr std::size_t none = static_cast<std::size_t>(-1);
        std::size_t column = none, row = none;
        bool whole = false;  // all four nodes have values
        std::array<double, 4> first{}, second{};
    };
    /// Between the four nodes around a point. Null outside the grid, and where one of the four has no value. Throws
    /// WorldError when the file cannot be read any more.
    [[nodiscard]] std::optional<Values> at(double longitude, double latitude, Cell& cell) const;

private:
    NodeGrid() = default;
    bool start(const std::string& path, std::string& error);
    /// The nodes of a tile, band after band; null when all of them are 0.
    [[nodiscard]] const float* tile(std::size_t number) const;
    [[nodiscard]] const float* read_tile(std::size_t number) const;
    bool node(std::size_t column, std::size_t row, double& first, double& second) const;
    void look_up(std::size_t column, std::size_t row, Cell& cell) const;

    std::string path_;
    std::string said_;  // libtiff's last words; it keeps the address
    tiff* file_ = nullptr;
    double west_ = 0, north_ = 0, nodes_a_degree_east_ = 0, nodes_a_degree_north_ = 0;
    std::size_t columns_ = 0, rows_ = 0, bands_ = 0;
    std::size_t tile_columns_ = 0, tile_rows_ = 0, tiles_across_ = 0;
    struct Tile {
        std::atomic<bool> ready{false};
        std::unique_ptr<std::vector<float>> nodes;
    };
    mutable std::mutex reading_;
    mutable std::vector<Tile> tiles_;
};

}  // namespace kokai
