// SPDX-License-Identifier: Apache-2.0
// Tokyo → (TKY2JGD) → JGD2000 → (touhokutaiheiyouoki2011) → JGD2011. Where TKY2JGD has no parameter (at sea), three
// parameters do (EPSG:15483), as in 国土地理院's own program; where the second grid has none, nothing moved in 2011.
#include "locate/proj_converter.hpp"

#include <array>
#include <cmath>
#include <cstdio>
#include <limits>

namespace kokai {
namespace {

constexpr double radian = 57.295779513082320877;
constexpr double second = 1.0 / 3600;
constexpr int most_rounds = 8;
constexpr double close_enough = 1e-12;  // degrees

std::string number(double value) {
    std::array<char, 40> text{};
    const int length = std::snprintf(text.data(), text.size(), "%.17g", value);
    return {text.data(), static_cast<std::size_t>(length)};
}

std::string definition_of(const CoordinateSystem& system) {
    const std::string ellipsoid = system.datum == Datum::tokyo ? " +ellps=bessel" : " +ellps=GRS80";
    const SystemOrigin origin = origin_of(system);
    switch (system.projection) {
    case Projection::plane:
        return "+proj=tmerc +k=0.9999 +x_0=0 +y_0=0 +lat_0=" + number(origin.latitude) +
               " +lon_0=" + number(origin.longitude) + ellipsoid;
    case Projection::utm:
        return "+proj=tmerc +k=0.9996 +x_0=500000 +y_0=0 +lat_0=0 +lon_0=" + number(origin.longitude) + ellipsoid;
    case Projection::web_mercator:
        return "+proj=webmerc +lat_0=0 +lon_0=0 +x_0=0 +y_0=0 +ellps=WGS84";
    case Projection::degrees:
        break;
    }
    return {};
}

}  // namespace

ProjConverter::Steps ProjConverter::steps(const std::string& definition, std::string& error) {
    Steps made(proj_create(context_.get(), definition.c_str()));
    if (made == nullptr) {
        error = "PROJ: " + definition;
    }
    return made;
}

bool ProjConverter::start(const CoordinateSystem& system, const std::string& grids, std::string& error) {
    system_ = system;
    grids_ = grids;
    context_.reset(proj_context_create());
    proj_context_set_enable_network(context_.get(), 0);
    proj_log_level(context_.get(), PJ_LOG_NONE);
    if (system.projection != Projection::degrees) {
        projection_ = steps(definition_of(system), error);
        if (projection_ == nullptr) {
            return false;
        }
    }
    if (system.datum == Datum::tokyo) {
        tky2jgd_ = NodeGrid::open(grids + "/TKY2JGD.tif", error);
        three_parameters_ = steps("+proj=pipeline +step +proj=cart +ellps=bessel "
                                  "+step +proj=helmert +x=-146.414 +y=507.337 +z=680.507 "
                                  "+step +inv +proj=cart +ellps=GRS80",
                                  error);
    }
    if (system.datum != Datum::jgd2011) {
        patch_ = NodeGrid::open(grids + "/touhokutaiheiyouoki2011.tif", error);
    }
    return error.empty();
}

std::size_t ProjConverter::to_degrees(double* x, double* y, std::size_t count, std::uint8_t* approximate) {
    if (projection_ != nullptr) {
        proj_errno_reset(projection_.get());
        proj_trans_generic(projection_.get(), PJ_INV, x, sizeof(double), count, y, sizeof(double), count, nullptr, 0, 0,
                           nullptr, 0, 0);
    }
    const double unit = projection_ != nullptr ? radian : 1.0;
    std::size_t without = 0;
    for (std::size_t i = 0; i < count; ++i) {
        x[i] *= unit;
        y[i] *= unit;
        bool exact = true;
        if (!(std::abs(x[i]) <= 180 && std::abs(y[i]) <= 90)) {
            // What is no position in degrees keeps its numbers, so that a message can name them.
            if (projection_ != nullptr || !std::isfinite(x[i]) || !std::isfinite(y[i])) {
                x[i] = y[i] = std::numeric_limits<double>::quiet_NaN();
            }
        } else if (system_.datum != Datum::jgd2011) {
            exact = system_.datum == Datum::jgd2000 || tokyo_to_jgd2000(x[i], y[i]);
            jgd2000_to_jgd2011(x[i], y[i]);
        }
        without += exact ? 0U : 1U;
        if (approximate != nullptr) {
            approximate[i] = exact ? 0 : 1;
        }
    }
    return without;
}

std::size_t ProjConverter::from_degrees(double* x, double* y, std::size_t count, std::uint8_t* approximate) {
    const double unit = projection_ != nullptr ? radian : 1.0;
    std::size_t without = 0;
    for (std::size_t i = 0; i < count; ++i) {
        bool exact = true;
        if (system_.datum != Datum::jgd2011 && std::abs(x[i]) <= 180 && std::abs(y[i]) <= 90) {
            jgd2011_to_jgd2000(x[i], y[i]);
            exact = system_.datum == Datum::jgd2000 || jgd2000_to_tokyo(x[i], y[i]);
        }
        x[i] /= unit;
        y[i] /= unit;
        without += exact ? 0U : 1U;
        if (approximate != nullptr) {
            approximate[i] = exact ? 0 : 1;
        }
    }
    if (projection_ != nullptr) {
        proj_errno_reset(projection_.get());
        proj_trans_generic(projection_.get(), PJ_FWD, x, sizeof(double), count, y, sizeof(double), count, nullptr, 0, 0,
                           nullptr, 0, 0);
    }
    for (std::size_t i = 0; i < count; ++i) {
        if (!std::isfinite(x[i]) || !std::isfinite(y[i])) {
            x[i] = y[i] = std::numeric_limits<double>::quiet_NaN();
        }
    }
    return without;
}

bool ProjConverter::tokyo_to_jgd2000(double& longitude, double& latitude) {
    if (const auto shift = tky2jgd_->at(longitude, latitude, tky2jgd_cell_)) {
        latitude += shift->first * second;
        longitude += shift->second * second;
        return true;
    }
    by_three_parameters(longitude, latitude, PJ_FWD);
    return false;
}

void ProjConverter::by_three_parameters(double& longitude, double& latitude, PJ_DIRECTION direction) {
    const PJ_COORD moved =
        proj_trans(three_parameters_.get(), direction, proj_coord(longitude / radian, latitude / radian, 0, 0));
    longitude = moved.lp.lam * radian;
    latitude = moved.lp.phi * radian;
}

void ProjConverter::jgd2000_to_jgd2011(double& longitude, double& latitude) {
    if (const auto shift = patch_->at(longitude, latitude, patch_cell_)) {
        latitude += shift->first * second;
        longitude += shift->second * second;
    }
}

bool ProjConverter::jgd2000_to_tokyo(double& longitude, double& latitude) {
    double tokyo_longitude = longitude;
    double tokyo_latitude = latitude;
    by_three_parameters(tokyo_longitude, tokyo_latitude, PJ_INV);
    // Going there starts at height 0 on the other ellipsoid: 2 mm, gone after a round.
    for (int round = 0; round < 2; ++round) {
        double back_longitude = tokyo_longitude;
        double back_latitude = tokyo_latitude;
        by_three_parameters(back_longitude, back_latitude, PJ_FWD);
        tokyo_longitude += longitude - back_longitude;
        tokyo_latitude += latitude - back_latitude;
    }
    double wanted_longitude = tokyo_longitude;
    double wanted_latitude = tokyo_latitude;
    for (int round = 0; round < most_rounds; ++round) {
        const auto shift = tky2jgd_->at(wanted_longitude, wanted_latitude, tky2jgd_cell_);
        if (!shift) {
            longitude = tokyo_longitude;
            latitude = tokyo_latitude;
            return false;
        }
        const double next_latitude = latitude - shift->first * second;
        const double next_longitude = longitude - shift->second * second;
        const bool close = std::abs(next_latitude - wanted_latitude) < close_enough &&
                           std::abs(next_longitude - wanted_longitude) < close_enough;
        wanted_latitude = next_latitude;
        wanted_longitude = next_longitude;
        if (close) {
            break;
        }
    }
    longitude = wanted_longitude;
    latitude = wanted_latitude;
    return true;
}

void ProjConverter::jgd2011_to_jgd2000(double& longitude, double& latitude) {
    double wanted_longitude = longitude;
    double wanted_latitude = latitude;
    for (int round = 0; round < most_rounds; ++round) {
        const auto shift = patch_->at(wanted_longitude, wanted_latitude, patch_cell_);
        if (!shift) {
            return;
        }
        wanted_latitude = latitude - shift->first * second;
        wanted_longitude = longitude - shift->second * second;
    }
    longitude = wanted_longitude;
    latitude = wanted_latitude;
}

double ProjConverter::geoid_height(double longitude, double latitude) {
    if (geoid_ == nullptr) {
        std::string error;
        geoid_ = NodeGrid::open(grids_ + "/jp_gsi_gsigeo2011.tif", error);
    }
    const auto height = geoid_ == nullptr ? std::nullopt : geoid_->at(longitude, latitude, geoid_cell_);
    return height ? height->first : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace kokai
