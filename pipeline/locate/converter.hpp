// SPDX-License-Identifier: Apache-2.0
// The border between the program and kokai_proj.so: positions from one of the coordinate systems of
// coordinate_system.hpp to longitude and latitude in JGD2011, and back. PROJ stays out of the program's link line.
#pragma once

#include "locate/coordinate_system.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace kokai {

/// Used from one thread at a time; several objects side by side share the grids.
class PositionConverter {
public:
    PositionConverter() = default;
    virtual ~PositionConverter() = default;
    PositionConverter(const PositionConverter&) = delete;
    PositionConverter& operator=(const PositionConverter&) = delete;
    PositionConverter(PositionConverter&&) = delete;
    PositionConverter& operator=(PositionConverter&&) = delete;

    /// `grids`: the folder schemas/reference/grids. False with `error` when a grid is needed and cannot be read.
    virtual bool start(const CoordinateSystem& system, const std::string& grids, std::string& error) = 0;
    /// In place: x is east or longitude, y north or latitude. What has no position becomes NaN, never infinite.
    /// `approximate` (may be null) gets 1 for each point that lies where the official grid says nothing, so that it was
    /// shifted by three parameters. Answers how many those are.
    virtual std::size_t to_degrees(double* x, double* y, std::size_t count, std::uint8_t* approximate) = 0;
    /// The other way: longitude and latitude in JGD2011 to x and y.
    virtual std::size_t from_degrees(double* x, double* y, std::size_t count, std::uint8_t* approximate) = 0;
    /// What is to be added to a height above sea level (標高) to get the height above the ellipsoid (GSIGEO2011); NaN
    /// where the geoid is not known.
    virtual double geoid_height(double longitude, double latitude) = 0;
};

/// Opens the module when it is needed. Throws WorldError when it or a grid is missing.
std::unique_ptr<PositionConverter> make_converter(const CoordinateSystem& system, const std::filesystem::path& grids);

/// The system that a person named. Throws UsageError with those there are.
CoordinateSystem named_system(std::string_view name);

}  // namespace kokai

/// The module's only function; the caller owns what it gives.
extern "C" kokai::PositionConverter* kokai_position_converter();
