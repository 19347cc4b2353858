// SPDX-License-Identifier: Apache-2.0
// Inside kokai_proj.so and kokai_gdal.so: the steps from a system to longitude and latitude in JGD2011, written out.
// PROJ's own choice of steps is 1.5 to 450 m wrong here without a word (facts: schemas/reference/README.md).
#pragma once

#include "locate/converter.hpp"
#include "locate/node_grid.hpp"

#include <proj.h>

#include <memory>
#include <string>

namespace kokai {

class ProjConverter : public PositionConverter {
public:
    bool start(const CoordinateSystem& system, const std::string& grids, std::string& error) override;
    std::size_t to_degrees(double* x, double* y, std::size_t count, std::uint8_t* approximate) override;
    std::size_t from_degrees(double* x, double* y, std::size_t count, std::uint8_t* approximate) override;
    double geoid_height(double longitude, double latitude) override;

private:
    struct Deleter {
        void operator()(PJ_CONTEXT* context) const { proj_context_destroy(context); }
        void operator()(PJ* steps) const { proj_destroy(steps); }
    };
    using Steps = std::unique_ptr<PJ, Deleter>;

    Steps steps(const std::string& definition, std::string& error);
    bool tokyo_to_jgd2000(double& longitude, double& latitude);
    bool jgd2000_to_tokyo(double& longitude, double& latitude);
    void by_three_parameters(double& longitude, double& latitude, PJ_DIRECTION direction);
    void jgd2000_to_jgd2011(double& longitude, double& latitude);
    void jgd2011_to_jgd2000(double& longitude, double& latitude);

    CoordinateSystem system_;
    std::string grids_;
    std::unique_ptr<PJ_CONTEXT, Deleter> context_;
    Steps projection_;        // none for degrees
    Steps three_parameters_;  // Tokyo to JGD2000 where the grid says nothing
    const NodeGrid* tky2jgd_ = nullptr;
    const NodeGrid* patch_ = nullptr;
    const NodeGrid* geoid_ = nullptr;
    NodeGrid::Cell tky2jgd_cell_, patch_cell_, geoid_cell_;
};

}  // namespace kokai
