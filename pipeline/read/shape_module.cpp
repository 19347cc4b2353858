// SPDX-License-Identifier: Apache-2.0
// kokai_geos.so: validity and repair by GEOS, every handle of its C interface wrapped here. What cannot be answered
// (GEOS gives null) is taken as a fault without a place.
#include "read/shape_module.hpp"

#include <geos_c.h>

#include <cmath>
#include <memory>
#include <utility>
#include <vector>

namespace kokai {
namespace {

constexpr double printed_step = 1e-7;  // of a degree

class Geos : public ShapeWorkshop {
public:
    Geos() : context_(GEOS_init_r()) {}
    ~Geos() override { GEOS_finish_r(context_); }
    Geos(const Geos&) = delete;
    Geos& operator=(const Geos&) = delete;
    Geos(Geos&&) = delete;
    Geos& operator=(Geos&&) = delete;

    ShapeVerdict look(const Geometries& shapes, std::size_t row, ShapeDigits digits) override {
        ShapeVerdict verdict;
        const Shape shape = polygons(shapes, row, digits);
        char* reason = nullptr;
        GEOSGeometry* place = nullptr;
        const char valid = shape ? GEOSisValidDetail_r(context_, shape.get(), 0, &reason, &place) : '\2';
        const Shape owned_place = own(place);
        verdict.valid = valid == 1;
        if (reason != nullptr) {
            verdict.reason = reason;
            GEOSFree_r(context_, reason);
        }
        if (owned_place) {
            GEOSGeomGetX_r(context_, owned_place.get(), &verdict.longitude);
            GEOSGeomGetY_r(context_, owned_place.get(), &verdict.latitude);
        }
        return verdict;
    }

    bool mend(const Geometries& shapes, std::size_t row, Geometries& into) override {
        const Shape broken = polygons(shapes, row, ShapeDigits::as_printed);
        if (!broken) {
            return false;
        }
        GEOSMakeValidParams* params = GEOSMakeValidParams_create_r(context_);
        GEOSMakeValidParams_setMethod_r(context_, params, GEOS_MAKE_VALID_STRUCTURE);
        GEOSMakeValidParams_setKeepCollapsed_r(context_, params, 0);
        const Shape whole = own(GEOSMakeValidWithParams_r(context_, broken.get(), params));
        GEOSMakeValidParams_destroy_r(context_, params);
        const Shape mended =
            whole ? own(GEOSGeom_setPrecision_r(context_, whole.get(), printed_step, 0)) : own(nullptr);
        std::vector<const GEOSGeometry*> areas;
        if (mended) {
            gather(mended.get(), areas);
        }
        if (areas.empty()) {
            return false;
        }
        for (const GEOSGeometry* area : areas) {
            append(GEOSGetExteriorRing_r(context_, area), into);
            for (int hole = 0; hole < GEOSGetNumInteriorRings_r(context_, area); ++hole) {
                append(GEOSGetInteriorRingN_r(context_, area, hole), into);
            }
            into.end_part();
        }
        const bool many = areas.size() > 1 || shapes.kind(row) == GeometryKind::multi_polygon;
        into.end_row(many ? GeometryKind::multi_polygon : GeometryKind::polygon);
        return true;
    }

private:
    struct Deleter {
        GEOSContextHandle_t context;
        void operator()(GEOSGeometry* shape) const { GEOSGeom_destroy_r(context, shape); }
    };
    using Shape = std::unique_ptr<GEOSGeometry, Deleter>;

    Shape own(GEOSGeometry* shape) { return {shape, Deleter{context_}}; }

    Shape ring(std::span<const double> xy, ShapeDigits digits) {
        coordinates_.assign(xy.begin(), xy.end());
        if (digits == ShapeDigits::as_printed) {
            for (double& number : coordinates_) {
                number = std::round(number / printed_step) * printed_step;
            }
        }
        GEOSCoordSequence* points = GEOSCoordSeq_copyFromBuffer_r(context_, coordinates_.data(),
                                                                  static_cast<unsigned>(coordinates_.size() / 2), 0, 0);
        return own(points == nullptr ? nullptr : GEOSGeom_createLinearRing_r(context_, points));
    }

    Shape polygon(const Geometries& shapes, std::size_t part, ShapeDigits digits) {
        std::vector<Shape> rings;
        for (std::size_t i = shapes.ring_begin(part); i < shapes.ring_end(part); ++i) {
            rings.push_back(ring(shapes.ring(i), digits));
            if (!rings.back()) {
                return own(nullptr);
            }
        }
        std::vector<GEOSGeometry*> holes;
        for (std::size_t i = 1; i < rings.size(); ++i) {
            holes.push_back(rings[i].release());  // GEOS owns them from here, also when it fails
        }
        return own(GEOSGeom_createPolygon_r(context_, rings.front().release(), holes.data(),
                                            static_cast<unsigned>(holes.size())));
    }

    Shape polygons(const Geometries& shapes, std::size_t row, ShapeDigits digits) {
        std::vector<Shape> parts;
        for (std::size_t part = shapes.part_begin(row); part < shapes.part_end(row); ++part) {
            parts.push_back(polygon(shapes, part, digits));
            if (!parts.back()) {
                return own(nullptr);
            }
        }
        if (parts.size() == 1) {
            return std::move(parts.front());
        }
        std::vector<GEOSGeometry*> members;
        members.reserve(parts.size());
        for (Shape& part : parts) {
            members.push_back(part.release());
        }
        return own(GEOSGeom_createCollection_r(context_, GEOS_MULTIPOLYGON, members.data(),
                                               static_cast<unsigned>(members.size())));
    }

    void gather(const GEOSGeometry* shape, std::vector<const GEOSGeometry*>& areas) {
        const int type = GEOSGeomTypeId_r(context_, shape);
        if (type == GEOS_POLYGON && GEOSisEmpty_r(context_, shape) == 0) {
            areas.push_back(shape);
        } else if (type == GEOS_MULTIPOLYGON || type == GEOS_GEOMETRYCOLLECTION) {
            for (int i = 0; i < GEOSGetNumGeometries_r(context_, shape); ++i) {
                gather(GEOSGetGeometryN_r(context_, shape, i), areas);
            }
        }
    }

    void append(const GEOSGeometry* ring, Geometries& into) {
        const GEOSCoordSequence* points = GEOSGeom_getCoordSeq_r(context_, ring);
        unsigned count = 0;
        GEOSCoordSeq_getSize_r(context_, points, &count);
        for (unsigned i = 0; i < count; ++i) {
            double x = 0;
            double y = 0;
            GEOSCoordSeq_getXY_r(context_, points, i, &x, &y);
            into.add_point(x, y);
        }
        into.end_ring();
    }

    GEOSContextHandle_t context_;
    std::vector<double> coordinates_;
};

}  // namespace
}  // namespace kokai

kokai::ShapeWorkshop* kokai_shape_workshop() {
    return std::make_unique<kokai::Geos>().release();
}
