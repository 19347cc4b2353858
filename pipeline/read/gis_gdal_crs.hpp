// SPDX-License-Identifier: Apache-2.0
// Inside kokai_gdal.so: from the coordinate system of a file to longitude and latitude.
#pragma once

#include "locate/proj_converter.hpp"
#include "locate/usual_range.hpp"
#include "read/gis_module.hpp"

#include <ogr_spatialref.h>

#include <memory>
#include <string>
#include <vector>

namespace kokai {

class GisToLonLat {
public:
    /// `from` may be null (the file does not say). `grids`: the folder of the datum shifts. False with `error` when
    /// there is no way to longitude and latitude.
    bool start(const OGRSpatialReference* from, const std::string& grids, std::string& error);

    /// Coordinates in another unit, or with x and y exchanged.
    void read_as(double factor, bool swapped) {
        factor_ = factor;
        swapped_ = swapped;
    }

    [[nodiscard]] GisDatum datum() const { return datum_; }
    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] bool in_degrees() const { return in_degrees_; }

    /// Whether coordinates are metres, as far as is known.
    [[nodiscard]] bool in_metres() const { return datum_ != GisDatum::none && !in_degrees_; }
    /// Where the rows lie, by those read last: kept from chunk to chunk.
    [[nodiscard]] UsualRange& usual() { return usual_; }

    /// In place, first of all: the file's numbers in the system's unit and order.
    void take_numbers(std::vector<double>& x, std::vector<double>& y) const;
    /// In place. What cannot be transformed becomes infinite or NaN. Answers how many points lie outside the official
    /// grid of their datum. Degrees with the latitude first are converted, too, and keep their order: whoever looks at
    /// the shapes exchanges them and tells, and must not publish them in the older datum.
    std::size_t run(std::vector<double>& x, std::vector<double>& y);

private:
    struct Deleter {
        void operator()(OGRCoordinateTransformation* transformation) const {
            OGRCoordinateTransformation::DestroyCT(transformation);
        }
    };

    std::size_t convert(std::vector<double>& x, std::vector<double>& y);

    GisDatum datum_ = GisDatum::none;
    std::string name_;
    double factor_ = 1;
    bool swapped_ = false;
    bool in_degrees_ = false;
    UsualRange usual_;
    std::unique_ptr<ProjConverter> converter_;                              // of a system that we know …
    std::unique_ptr<OGRCoordinateTransformation, Deleter> transformation_;  // … else PROJ's choice
};

}  // namespace kokai
