// SPDX-License-Identifier: Apache-2.0
#include "locate/node_grid.hpp"

#include "model/error.hpp"
#include "support/hash.hpp"

#include <tiffio.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <cstdarg>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <string_view>

namespace kokai {
namespace {

constexpr std::uint32_t pixel_scale_tag = 33550;
constexpr std::uint32_t tie_point_tag = 33922;

int keep_error(TIFF* /*file*/, void* into, const char* /*module*/, const char* format, va_list values) {
    std::array<char, 256> text{};
    std::vsnprintf(text.data(), text.size(), format, values);
    if (auto* const error = static_cast<std::string*>(into); error != nullptr && error->empty()) {
        *error = text.data();
    }
    return 1;
}

int keep_silent(TIFF* /*file*/, void* /*into*/, const char* /*module*/, const char* /*format*/, va_list /*values*/) {
    return 1;
}

/// By the list SHA256SUMS beside it: a damaged grid would shift points to the wrong place without a word.
bool is_whole(const std::string& path, std::string& error) {
    const std::filesystem::path file(path);
    std::ifstream grid(file, std::ios::binary);
    if (!grid) {
        error = path + ": " + std::strerror(errno);
        return false;
    }
    Sha256 hash;
    std::vector<char> bytes(std::size_t{1} << 16U);
    while (grid.read(bytes.data(), static_cast<std::streamsize>(bytes.size())) || grid.gcount() > 0) {
        hash.update(std::string_view(bytes.data(), static_cast<std::size_t>(grid.gcount())));
    }
    const std::string digest = hash.hex();
    std::ifstream list(file.parent_path() / "SHA256SUMS");
    std::string wanted;
    std::string name;
    while (list >> wanted >> name) {
        if (name == file.filename()) {
            if (wanted == digest) {
                return true;
            }
            error = path + ": SHA-256 " + digest + ", SHA256SUMS: " + wanted;
            return false;
        }
    }
    error = path + ": SHA256SUMS に載っていません / not in SHA256SUMS";
    return false;
}

struct OpenGrids {
    std::mutex mutex;
    std::map<std::string, std::unique_ptr<NodeGrid>> grids;
};

}  // namespace

const NodeGrid* NodeGrid::open(const std::string& path, std::string& error) {
    static OpenGrids open_grids;
    const std::lock_guard lock(open_grids.mutex);
    if (const auto found = open_grids.grids.find(path); found != open_grids.grids.end()) {
        return found->second.get();
    }
    std::unique_ptr<NodeGrid> grid(new NodeGrid);  // NOLINT: the constructor is private
    if (!grid->start(path, error)) {
        return nullptr;
    }
    return open_grids.grids.emplace(path, std::move(grid)).first->second.get();
}

NodeGrid::~NodeGrid() {
    if (file_ != nullptr) {
        TIFFClose(file_);
    }
}

bool NodeGrid::start(const std::string& path, std::string& error) {
    path_ = path;
    if (!is_whole(path, error)) {
        return false;
    }
    TIFFOpenOptions* const options = TIFFOpenOptionsAlloc();
    TIFFOpenOptionsSetErrorHandlerExtR(options, keep_error, &said_);
    TIFFOpenOptionsSetWarningHandlerExtR(options, keep_silent, nullptr);
    file_ = TIFFOpenExt(path.c_str(), "r", options);
    TIFFOpenOptionsFree(options);
    if (file_ == nullptr) {
        error = path + ": " + said_;
        return false;
    }
    std::uint32_t columns = 0;
    std::uint32_t rows = 0;
    std::uint32_t tile_columns = 0;
    std::uint32_t tile_rows = 0;
    std::uint16_t bands = 1;
    std::uint16_t bits = 0;
    std::uint16_t form = 0;
    std::uint16_t planes = PLANARCONFIG_CONTIG;
    std::uint32_t count = 0;
    double* scale = nullptr;
    std::uint32_t tie_count = 0;
    double* tie = nullptr;
    TIFFGetField(file_, TIFFTAG_IMAGEWIDTH, &columns);
    TIFFGetField(file_, TIFFTAG_IMAGELENGTH, &rows);
    TIFFGetField(file_, TIFFTAG_TILEWIDTH, &tile_columns);
    TIFFGetField(file_, TIFFTAG_TILELENGTH, &tile_rows);
    TIFFGetField(file_, TIFFTAG_SAMPLESPERPIXEL, &bands);
    TIFFGetField(file_, TIFFTAG_BITSPERSAMPLE, &bits);
    TIFFGetField(file_, TIFFTAG_SAMPLEFORMAT, &form);
    TIFFGetField(file_, TIFFTAG_PLANARCONFIG, &planes);
    const bool placed = TIFFGetField(file_, pixel_scale_tag, &count, &scale) == 1 && count >= 2 &&
                        TIFFGetField(file_, tie_point_tag, &tie_count, &tie) == 1 && tie_count >= 6;
    if (!placed || bits != 32 || form != SAMPLEFORMAT_IEEEFP || columns < 2 || rows < 2 || tile_columns == 0 ||
        tile_rows == 0 || bands > 2 || (bands == 2 && planes != PLANARCONFIG_SEPARATE) || scale[0] <= 0 ||
        scale[1] <= 0) {
        error = path + ": not a grid of the form that is read";
        return false;
    }
    // 0.0083333333 is 1/120: said so, the lines of the grid lie where they belong.
    const auto whole = [](double step) {
        const double steps = std::round(1 / step);
        return std::abs(steps * step - 1) < 1e-7 ? steps : 1 / step;
    };
    nodes_a_degree_east_ = whole(scale[0]);
    nodes_a_degree_north_ = whole(scale[1]);
    west_ = std::round(tie[3] * nodes_a_degree_east_) / nodes_a_degree_east_;
    north_ = std::round(tie[4] * nodes_a_degree_north_) / nodes_a_degree_north_;
    columns_ = columns;
    rows_ = rows;
    bands_ = bands;
    tile_columns_ = tile_columns;
    tile_rows_ = tile_rows;
    tiles_across_ = (columns_ + tile_columns_ - 1) / tile_columns_;
    tiles_ = std::vector<Tile>(tiles_across_ * ((rows_ + tile_rows_ - 1) / tile_rows_));
    return true;
}

const float* NodeGrid::tile(std::size_t number) const {
    const Tile& one = tiles_[number];
    if (one.ready.load(std::memory_order_acquire)) {
        return one.nodes == nullptr ? nullptr : one.nodes->data();
    }
    return read_tile(number);
}

const float* NodeGrid::read_tile(std::size_t number) const {
    const std::lock_guard lock(reading_);
    Tile& one = tiles_[number];
    if (!one.ready.load(std::memory_order_acquire)) {
        const std::size_t size = tile_columns_ * tile_rows_;
        auto nodes = std::make_unique<std::vector<float>>(bands_ * size);
        const auto x = static_cast<std::uint32_t>(number % tiles_across_ * tile_columns_);
        const auto y = static_cast<std::uint32_t>(number / tiles_across_ * tile_rows_);
        for (std::size_t band = 0; band < bands_; ++band) {
            if (TIFFReadTile(file_, nodes->data() + band * size, x, y, 0, static_cast<std::uint16_t>(band)) < 0) {
                // Without a shift the points would be half a metre or half a kilometre off, and nobody told.
                throw WorldError(path_, "測地系の変換パラメータが壊れています: " + said_,
                                 "the parameters of the datum shift are damaged: " + said_);
            }
        }
        if (std::any_of(nodes->begin(), nodes->end(), [](float value) { return value != 0; })) {
            one.nodes = std::move(nodes);
        }
        one.ready.store(true, std::memory_order_release);
    }
    return one.nodes == nullptr ? nullptr : one.nodes->data();
}

bool NodeGrid::node(std::size_t column, std::size_t row, double& first, double& second) const {
    const float* const nodes = tile(row / tile_rows_ * tiles_across_ + column / tile_columns_);
    if (nodes == nullptr) {
        return false;
    }
    const std::size_t at = row % tile_rows_ * tile_columns_ + column % tile_columns_;
    first = nodes[at];
    second = bands_ == 2 ? nodes[tile_columns_ * tile_rows_ + at] : 0;
    // 999 and -32768 stand for no height.
    return (first != 0 || second != 0) && std::abs(first) < 900;
}

void NodeGrid::look_up(std::size_t column, std::size_t row, Cell& cell) const {
    cell.column = column;
    cell.row = row;
    cell.whole = true;
    for (std::size_t corner = 0; corner < 4 && cell.whole; ++corner) {
        cell.whole = node(column + corner % 2, row + corner / 2, cell.first.at(corner), cell.second.at(corner));
    }
}

std::optional<NodeGrid::Values> NodeGrid::at(double longitude, double latitude, Cell& cell) const {
    const double east = (longitude - west_) * nodes_a_degree_east_;
    const double south = (north_ - latitude) * nodes_a_degree_north_;
    const auto last_column = static_cast<double>(columns_ - 1);
    const auto last_row = static_cast<double>(rows_ - 1);
    if (!(east >= 0 && east <= last_column && south >= 0 && south <= last_row)) {
        return std::nullopt;  // NaN, too
    }
    // A point on a line between two cells belongs to the northern and the eastern one, as in 国土地理院's programs.
    const auto snapped = [](double value) {
        const double line = std::nearbyint(value);
        return std::abs(value - line) < 1e-8 ? line : value;
    };
    const double x = snapped(east);
    const double y = snapped(south);
    const double column = std::min(std::floor(x), last_column - 1);
    const double row = std::max(std::ceil(y) - 1, 0.0);
    const auto i = static_cast<std::size_t>(column);
    const auto j = static_cast<std::size_t>(row);
    if (i != cell.column || j != cell.row) {
        look_up(i, j, cell);
    }
    if (!cell.whole) {
        return std::nullopt;
    }
    const double right = x - column;
    const double down = y - row;
    const auto between = [&](const std::array<double, 4>& value) {
        const double top = value[0] + (value[1] - value[0]) * right;
        const double bottom = value[2] + (value[3] - value[2]) * right;
        return top + (bottom - top) * down;
    };
    return Values{between(cell.first), between(cell.second)};
}

}  // namespace kokai
