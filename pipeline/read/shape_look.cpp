// SPDX-License-Identifier: Apache-2.0
#include "read/shape_look.hpp"

#include "read/shape_check.hpp"
#include "read/shape_module.hpp"
#include "support/module.hpp"

#include <fmt/format.h>

#include <cmath>
#include <memory>
#include <numbers>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace kokai {
namespace {

constexpr std::size_t most_points_for_geos = 200'000;  // seconds; beyond that its time grows with the square

std::string position(double longitude, double latitude) {
    return fmt::format("{:.9g}, {:.9g}", longitude, latitude);
}

std::string area_text(double square_metres) {
    return fmt::format("{:.2f} m²", square_metres);
}

bool is_area(GeometryKind kind) {
    return kind == GeometryKind::polygon || kind == GeometryKind::multi_polygon;
}

/// All coordinates of one row, x0 y0 x1 y1 …
std::span<const double> points_of(const Geometries& shapes, std::size_t row) {
    const std::size_t first = shapes.ring_begin(shapes.part_begin(row));
    const std::size_t last = shapes.ring_end(shapes.part_end(row) - 1) - 1;
    const std::span<const double> begin = shapes.ring(first);
    const std::span<const double> end = shapes.ring(last);
    return {begin.data(), static_cast<std::size_t>(end.data() + end.size() - begin.data())};
}

class Look {
public:
    Look(Batch& batch, FaultyShapes faulty, Findings& findings) : batch_(batch), faulty_(faulty), findings_(findings) {}

    void run() {
        Geometries& shapes = batch_.shapes;
        for (std::size_t row = 0; row < shapes.size(); ++row) {
            if (shapes.kind(row) == GeometryKind::none || shapes.part_begin(row) == shapes.part_end(row)) {
                continue;
            }
            if (stands_in_japan(row)) {
                look_at_form(row);
            }
        }
        put_changes();
    }

private:
    struct Change {
        std::size_t row;
        bool taken_away;  // else the next of `mended_`
    };

    void tell(Code code, Severity severity, std::size_t row, std::string_view found, std::string_view expected = {},
              std::string_view repaired = {}) {
        findings_.list().push_back({batch_.place(row), code, severity, static_cast<std::uint32_t>(row),
                                    findings_.keep(found), findings_.keep(expected), findings_.keep(repaired)});
    }
    void tell(Code code, std::size_t row, std::string_view found, std::string_view expected = {},
              std::string_view repaired = {}) {
        tell(code, info(code).severity, row, found, expected, repaired);
    }

    bool stands_in_japan(std::size_t row) {
        const std::span<const double> xy = points_of(batch_.shapes, row);
        std::size_t bad = xy.size();
        bool exchanged = true;
        for (std::size_t i = 0; i + 1 < xy.size(); i += 2) {
            if (!is_in_japan(xy[i], xy[i + 1])) {
                bad = std::min(bad, i);
            }
            exchanged = exchanged && is_in_japan(xy[i + 1], xy[i]);
        }
        if (bad == xy.size()) {
            return true;
        }
        const std::string place = position(xy[bad], xy[bad + 1]);
        if (exchanged) {
            // The two ranges have nothing in common, so there is one way only to read this.
            tell(Code::position_swapped, row, place, {}, position(xy[bad + 1], xy[bad]));
            const std::span<double> all = batch_.shapes.coordinates();
            const auto begin = static_cast<std::size_t>(xy.data() - all.data());
            for (std::size_t i = begin; i + 1 < begin + xy.size(); i += 2) {
                std::swap(all[i], all[i + 1]);
            }
            return true;
        }
        const bool zero = xy.size() == 2 && xy[0] == 0 && xy[1] == 0;
        tell(zero ? Code::position_zero : Code::position_outside_japan, row, place);
        changes_.push_back({row, true});
        return false;
    }

    void look_at_form(std::size_t row) {
        ShapeFault fault;
        switch (check_.look(batch_.shapes, row, fault)) {
        case Validity::valid:
            return;
        case Validity::invalid:
            break;
        case Validity::touching: {
            if (points_of(batch_.shapes, row).size() / 2 > most_points_for_geos) {
                if (*fault.reason == '\0') {
                    return tell_too_long(row);
                }
                break;
            }
            const ShapeVerdict verdict = workshop().look(batch_.shapes, row, ShapeDigits::as_printed);
            if (verdict.valid) {
                return;
            }
            reason_ = verdict.reason;
            fault = {reason_.c_str(), verdict.longitude, verdict.latitude};
            break;
        }
        case Validity::too_long:
            return tell_too_long(row);
        }
        const bool area = is_area(batch_.shapes.kind(row));
        const bool small = points_of(batch_.shapes, row).size() / 2 <= most_points_for_geos;
        std::string found = fmt::format("{} ({})", fault.reason, position(fault.longitude, fault.latitude));
        if (area && small && workshop().look(batch_.shapes, row, ShapeDigits::as_read).valid) {
            found += "（小数7桁に丸めると / when rounded to 7 decimals）";
        }
        if (area && small && faulty_ == FaultyShapes::mend && workshop().mend(batch_.shapes, row, mended_)) {
            changes_.push_back({row, false});
            tell(Code::geometry_repaired, row, found, area_text(area_of(batch_.shapes, row)),
                 area_text(area_of(mended_, mended_.size() - 1)));
            return;
        }
        tell(Code::geometry_invalid, row, found);
    }

    void tell_too_long(std::size_t row) {
        tell(Code::geometry_invalid, row,
             fmt::format("点が多く複雑で調べきれません / too complex to check: {} points",
                         points_of(batch_.shapes, row).size() / 2));
    }

    void put_changes() {
        if (changes_.empty()) {
            return;
        }
        Geometries all;
        std::size_t change = 0;
        std::size_t mended = 0;
        for (std::size_t row = 0; row < batch_.shapes.size(); ++row) {
            if (change == changes_.size() || changes_[change].row != row) {
                all.append_row(batch_.shapes, row);
            } else if (changes_[change++].taken_away) {
                all.end_row(GeometryKind::none);
            } else {
                all.append_row(mended_, mended++);
            }
        }
        batch_.shapes = std::move(all);
    }

    ShapeWorkshop& workshop() {
        if (!workshop_) {
            workshop_.reset(module_function<ShapeWorkshop*()>("geos", "kokai_shape_workshop")());
        }
        return *workshop_;
    }

    Batch& batch_;
    FaultyShapes faulty_;
    Findings& findings_;
    ShapeCheck check_;
    std::unique_ptr<ShapeWorkshop> workshop_;
    std::string reason_;
    std::vector<Change> changes_;  // by row
    Geometries mended_;
};

/// Twice the signed area of a closed ring in square degrees, seen from its first point.
double twice_area(std::span<const double> xy) {
    double sum = 0;
    for (std::size_t i = 2; i + 3 < xy.size(); i += 2) {
        sum += (xy[i] - xy[0]) * (xy[i + 3] - xy[1]) - (xy[i + 2] - xy[0]) * (xy[i + 1] - xy[1]);
    }
    return sum;
}

/// Square metres of a square degree at a latitude, GRS 80.
double square_degree(double latitude) {
    constexpr double half_axis = 6378137.0;
    constexpr double eccentricity = 0.00669438002290;
    constexpr double radian = std::numbers::pi / 180;
    const double sine = std::sin(latitude * radian);
    const double root = 1 - eccentricity * sine * sine;
    return half_axis * half_axis * (1 - eccentricity) / (root * root) * std::cos(latitude * radian) * radian * radian;
}

}  // namespace

void look_at_shapes(Batch& batch, FaultyShapes faulty, Findings& findings) {
    Look(batch, faulty, findings).run();
}

double area_of(const Geometries& shapes, std::size_t row) {
    double area = 0;
    for (std::size_t part = shapes.part_begin(row); part < shapes.part_end(row); ++part) {
        for (std::size_t ring = shapes.ring_begin(part); ring < shapes.ring_end(part); ++ring) {
            const std::span<const double> xy = shapes.ring(ring);
            double low = xy[1];
            double high = xy[1];
            for (std::size_t i = 3; i < xy.size(); i += 2) {
                low = std::min(low, xy[i]);
                high = std::max(high, xy[i]);
            }
            const double own = std::abs(twice_area(xy)) / 2 * square_degree((low + high) / 2);
            area += ring == shapes.ring_begin(part) ? own : -own;
        }
    }
    return area;
}

}  // namespace kokai
