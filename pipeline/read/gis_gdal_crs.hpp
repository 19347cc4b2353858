// SPDX-License-Identifier: Apache-2.0
// Inside kokai_gdal.so: from the coordinate system of a file to longitude and latitude.
#pragma once

#include "read/gis_module.hpp"

#include <ogr_spatialref.h>

#include <memory>
#include <string>
#include <vector>

namespace kokai {

class GisToLonLat {
public:
    /// `from` may be null (the file does not say). False with `error` when there is no way to longitude and latitude.
    bool start(const OGRSpatialReference* from, std::string& error);

    [[nodiscard]] GisDatum datum() const { return datum_; }
    [[nodiscard]] const std::string& name() const { return name_; }

    /// In place. What cannot be transformed becomes infinite.
    void run(std::vector<double>& x, std::vector<double>& y) const;

private:
    struct Deleter {
        void operator()(OGRCoordinateTransformation* transformation) const {
            OGRCoordinateTransformation::DestroyCT(transformation);
        }
    };

    GisDatum datum_ = GisDatum::none;
    std::string name_;
    std::unique_ptr<OGRCoordinateTransformation, Deleter> transformation_;
};

}  // namespace kokai
