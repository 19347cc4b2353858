// SPDX-License-Identifier: Apache-2.0
// A GIS source that names a coordinate system which nobody knows is one that does not say: it is found by where its
// shapes lie, or asked for, and what it said is told.
#include "locate/coordinate_system.hpp"
#include "model/error.hpp"
#include "read/encoding.hpp"
#include "read/geojson_crs.hpp"
#include "read/gis.hpp"
#include "support/module.hpp"
#include "support/text.hpp"

#include <fmt/format.h>

#include <memory>

namespace kokai {

bool GisSource::gdal_knows(const GisOpening& opening, const std::string& crs) const {
    using Factory = GisReader*();
    const std::unique_ptr<GisReader> other(module_function<Factory>("gdal", "kokai_gis_reader")());
    GisRequest request = opening.request;
    request.crs = crs;
    GisLayer layer;
    std::string error;
    return other->open(request, layer, error);
}

void GisSource::find_unknown_system(GisOpening& opening) {
    if (!options_.crs.empty()) {
        return;
    }
    if (format_ == GisFormat::geojson) {
        const std::string name = geojson_crs_name(*file_);
        // GDAL has WGS 84 for a name that it does not know.
        const bool as_without = layer_.crs == "EPSG:4326" || layer_.datum == GisDatum::none;
        if (!name.empty() && as_without && !coordinate_system(name) &&
            (layer_.crs_unknown || !gdal_knows(opening, name))) {
            Arena mended;
            std::size_t bad = std::string::npos;
            unknown_system_ = printable(mend_utf8(name, mended, bad));
        }
    } else if (layer_.crs_unknown && layer_.datum == GisDatum::none) {
        unknown_system_ = "?";
    }
    if (!unknown_system_.empty()) {
        opening.request.no_system = true;
        layer_ = {};
        open_layer(opening);
    }
}

void GisSource::refuse_unknown_system() const {
    if (!unknown_system_.empty()) {
        throw WorldError(
            options_.shown,
            fmt::format("座標系の名前「{}」がわかりません。座標系を crs（例: EPSG:6677）で指定してください",
                        unknown_system_),
            fmt::format("the coordinate system \"{}\" is not known; name it with crs (like EPSG:6677)",
                        unknown_system_));
    }
}

void GisSource::tell_unknown_system(const GisOpening& opening, Findings& findings) const {
    if (!unknown_system_.empty() && !without_shapes_) {
        findings.add(Code::crs_doubtful, table_place(), unknown_system_ + "（わからない名前 / not known）",
                     opening.request.crs.empty() ? "EPSG:6668" : opening.request.crs);
    }
}

}  // namespace kokai
