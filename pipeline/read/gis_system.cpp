// SPDX-License-Identifier: Apache-2.0
// A GIS source whose coordinate system is not said, or contradicted by where its shapes lie: then it is converted as it
// says, and doubted. Numbers that cannot be what is said (metres for degrees, degrees for metres) are converted by what
// fits. Nearly every file is done with after one look at its first rows; for the others it is opened again to see the
// numbers as they are.
#include "read/gis.hpp"

#include "locate/address_headers.hpp"
#include "locate/coordinate_system.hpp"
#include "model/error.hpp"
#include "read/encoding.hpp"
#include "read/shape_check.hpp"
#include "support/text.hpp"

#include <fmt/format.h>

#include <cmath>
#include <span>

namespace kokai {
namespace {

bool is_exchanged(double x, double y) {
    return is_in_japan(y, x);
}

/// Of nine in ten.
template <typename Test>
bool mostly(const CrsQuestion& question, Test test) {
    std::size_t met = 0;
    for (std::size_t i = 0; i + 1 < question.xy.size(); i += 2) {
        met += test(question.xy[i], question.xy[i + 1]) ? 1U : 0U;
    }
    return met > 0 && met * 20 >= question.xy.size() * 9;
}

/// The columns whose texts make a row's address, one after the other.
std::vector<std::size_t> cells_of_address(const Shape& shape) {
    std::vector<std::string> headers;
    for (const ColumnInfo& column : shape.columns) {
        headers.push_back(column.name);
    }
    const AddressHeaders found = find_address_headers(headers);
    std::vector<std::size_t> cells{found.whole, found.more};
    if (found.whole == AddressHeaders::npos) {
        cells = {found.prefecture, found.city, found.town, found.number};
    }
    std::erase(cells, AddressHeaders::npos);
    return cells;
}

std::string clean(std::string_view text) {
    Arena mended;
    std::size_t bad = std::string::npos;
    return printable(mend_utf8(text, mended, bad));
}

/// How a kind of file orders its coordinates, and how this one does.
struct AxisOrder {
    std::string_view right, found;
};

AxisOrder axis_order(GisFormat format, bool in_degrees) {
    if (format == GisFormat::ksj) {
        return {"緯度 経度（JPGIS）", "経度 緯度"};
    }
    if (format == GisFormat::gml) {
        return {"座標系（srsName）の決まりのとおり", "座標系（srsName）の決まりと逆"};
    }
    return in_degrees ? AxisOrder{"経度, 緯度", "緯度, 経度"}
                      : AxisOrder{"東西（数学の x）, 南北", "南北（測量の X）, 東西"};
}

}  // namespace

/// The first vertex of every shape, and the row's address.
CrsQuestion GisSource::question() const {
    CrsQuestion asked;
    const Geometries& shapes = chunk_.shapes;
    const std::vector<std::size_t> cells = cells_of_address(shape_);
    for (std::size_t row = 0; row < shapes.size(); ++row) {
        if (shapes.kind(row) == GeometryKind::none) {
            continue;
        }
        const std::span<const double> ring = shapes.ring(shapes.ring_begin(shapes.part_begin(row)));
        asked.xy.push_back(ring[0]);
        asked.xy.push_back(ring[1]);
        if (cells.empty()) {
            continue;
        }
        std::string& address = asked.addresses.emplace_back();
        for (const std::size_t column : cells) {
            const std::size_t value = row * layer_.fields.size() + column;
            const std::uint32_t begin = value == 0 ? 0 : chunk_.ends[value - 1];
            Arena arena;
            std::size_t bad = static_cast<std::size_t>(-1);
            address += decoded({chunk_.text.data() + begin, chunk_.ends[value] - begin}, arena, bad);
        }
    }
    return asked;
}

/// An order that a kind of file must have is told by that kind's own words.
void GisSource::tell_axis_order(bool in_degrees, Findings& findings) const {
    const AxisOrder order = axis_order(format_, in_degrees);
    findings.add(Code::axis_order_wrong, table_place(), order.found, order.right);
}

void GisSource::refuse_axis_order() const {
    if (format_ == GisFormat::ksj) {
        throw WorldError(
            options_.shown,
            "座標が「経度 緯度」の順に書かれています。国土数値情報（JPGIS）の座標は「緯度 経度」の順でなければ"
            "なりません",
            "the coordinates are written longitude first; in this kind of file (JPGIS) latitude comes first");
    }
    if (format_ == GisFormat::gml) {
        throw WorldError(
            options_.shown,
            "座標の緯度と経度の順が、座標系（srsName）の決まりと逆です。元の GIS から書き出し直してください",
            "latitude and longitude stand in the other order than its coordinate system (srsName) has them: "
            "export it again");
    }
    throw WorldError(options_.shown,
                     "座標が「緯度, 経度」の順になっています。GIS のデータは「経度, 緯度」の順でなければなりません",
                     "the coordinates are written latitude first; GIS data has longitude first");
}

void GisSource::open_again(GisOpening& opening) {
    layer_ = {};
    chunk_.clear();
    rows_digest_ = Sha256();
    open_layer(opening);
    read_chunk();
}

/// Most of the coordinates are none that degrees could be.
bool GisSource::holds_no_degrees() const {
    std::size_t shapes = 0;
    for (std::size_t row = 0; row < chunk_.shapes.size(); ++row) {
        shapes += chunk_.shapes.kind(row) == GeometryKind::none ? 0U : 1U;
    }
    std::size_t beyond = 0;
    for (const GisFault& fault : chunk_.faults) {
        // PROJ gives nothing back for what is far beyond.
        const bool counts = fault.kind == GisFault::Kind::beyond_degrees || fault.kind == GisFault::Kind::not_finite;
        beyond += counts ? 1U : 0U;
    }
    return beyond * 2 > beyond + shapes;
}

/// Degrees that are taken for metres come to lie at the origin of the plane, or outside Japan.
bool GisSource::lies_nowhere(const CrsQuestion& converted) const {
    constexpr double beside_the_origin = 0.01;  // degrees: farther than the datums lie apart
    const auto system = coordinate_system(layer_.crs);
    const bool plane = system && system->projection == Projection::plane;
    const SystemOrigin origin = plane ? origin_of(*system) : SystemOrigin{};
    return mostly(converted, [&](double x, double y) {
        return !is_in_japan(x, y) || std::hypot(x - origin.longitude, y - origin.latitude) < beside_the_origin;
    });
}

void GisSource::settle_system(GisOpening& opening, Findings& findings) {
    if (!has_chunk_) {
        return;
    }
    const GisLayer said = layer_;
    const CrsQuestion converted = question();
    const bool no_degrees = holds_no_degrees();
    const auto known = coordinate_system(said.crs);
    const bool in_degrees = said.in_degrees || (known && known->projection == Projection::degrees);
    const bool wrong_degrees = no_degrees && in_degrees && options_.advise != nullptr;
    const bool wrong_metres = said.datum != GisDatum::none && !in_degrees && lies_nowhere(converted);
    if (!wrong_degrees && !wrong_metres && (!options_.advise || said.datum == GisDatum::other)) {
        return;
    }
    if (!no_degrees && !wrong_metres) {
        const CrsAdvice first = options_.advise(converted);
        if (first.kind == CrsAdvice::Kind::as_it_is && first.inside >= 0.5) {
            return;
        }
    }
    opening.request.raw = true;
    open_again(opening);
    CrsQuestion numbers = question();
    opening.request.raw = false;
    // By RFC 7946 a GeoJSON without `crs` is in degrees; where it is not, nobody has said what it is in.
    // Nor has one with the latitude first said WGS 84 by being a GeoJSON.
    const bool by_default = said.crs == "EPSG:4326" && format_ == GisFormat::geojson && options_.crs.empty() &&
                            (no_degrees || mostly(converted, is_exchanged));
    if (wrong_metres && (mostly(numbers, is_in_japan) || mostly(numbers, is_exchanged))) {
        read_as_degrees(numbers, said, opening, findings);
    } else if (wrong_degrees && !by_default) {
        read_as_metres(numbers, said, opening, findings);
    } else if (options_.advise && said.datum != GisDatum::other) {
        numbers.declared = said.datum != GisDatum::none && !by_default ? said.crs : std::string();
        follow(options_.advise(numbers), numbers, no_degrees, opening, findings);
    }
    open_again(opening);
}

void GisSource::follow(const CrsAdvice& advice, const CrsQuestion& numbers, bool no_degrees, GisOpening& opening,
                       Findings& findings) {
    switch (advice.kind) {
    case CrsAdvice::Kind::as_it_is:
        break;
    case CrsAdvice::Kind::take:
        opening.request.crs = advice.crs;
        opening.request.factor = advice.factor;
        opening.request.swapped = advice.swapped;
        findings.add(Code::crs_guessed, table_place(), advice.words, advice.evidence);
        break;
    case CrsAdvice::Kind::swap:
        opening.request.swapped = true;
        tell_axis_order(numbers.xy.empty() || std::abs(numbers.xy.front()) <= 180, findings);
        break;
    case CrsAdvice::Kind::doubt:
        findings.add(Code::crs_doubtful, table_place(), numbers.declared, advice.words + "（" + advice.evidence + "）");
        if (advice.swapped && mostly(numbers, is_exchanged)) {  // in whatever datum there is one way to read that
            opening.request.swapped = true;
            tell_axis_order(true, findings);
        }
        break;
    case CrsAdvice::Kind::ask:
        findings.add(Code::crs_undecided, table_place(), advice.words);
        without_shapes_ = no_degrees;
        break;
    }
}

/// Said to be metres, and nobody writes metres so: as degrees, in the datum that was said where nothing speaks against
/// it.
void GisSource::read_as_degrees(CrsQuestion& numbers, const GisLayer& said, GisOpening& opening, Findings& findings) {
    const auto system = coordinate_system(said.crs);
    const Datum datum = system && system->datum == Datum::tokyo ? Datum::tokyo : Datum::jgd2011;
    CrsAdvice advice;
    if (options_.advise) {
        numbers.declared = datum == Datum::tokyo ? code_text(degrees_in(datum)) : std::string();
        advice = options_.advise(numbers);
    }
    const bool better = advice.kind == CrsAdvice::Kind::take || advice.kind == CrsAdvice::Kind::doubt;
    opening.request.crs = better ? advice.crs : code_text(degrees_in(datum));
    opening.request.factor = better ? advice.factor : 1;
    opening.request.swapped = better ? advice.swapped : mostly(numbers, is_exchanged);
    const std::string words = better ? advice.words : opening.request.crs + " " + words_ja(degrees_in(datum));
    findings.add(Code::crs_doubtful, table_place(), clean(said.crs),
                 words + "（度の数字なので、こちらで変換 / degrees: converted so" +
                     (advice.evidence.empty() ? "" : "。" + advice.evidence) + "）");
    if (!better && opening.request.swapped) {
        tell_axis_order(true, findings);
    }
    if (advice.kind == CrsAdvice::Kind::ask) {
        findings.add(Code::crs_undecided, table_place(), advice.words);
    }
}

/// Said to be degrees, and they are none: whatever fits best, as if nothing had been said. What a person has named is
/// not overruled.
void GisSource::read_as_metres(CrsQuestion& numbers, const GisLayer& said, GisOpening& opening, Findings& findings) {
    numbers.declared.clear();
    const CrsAdvice advice = options_.advise(numbers);
    if (advice.kind != CrsAdvice::Kind::take) {
        follow(advice, numbers, true, opening, findings);
        return;
    }
    const std::string fits = advice.words + "（" + advice.evidence;
    if (!options_.crs.empty()) {
        throw WorldError(
            options_.shown,
            fmt::format("座標が度ではありません。crs の {} ではなく、{}）のようです", options_.crs, fits),
            fmt::format("the coordinates are not degrees: not {}, as crs says, but perhaps {})", options_.crs, fits));
    }
    opening.request.crs = advice.crs;
    opening.request.factor = advice.factor;
    opening.request.swapped = advice.swapped;
    findings.add(Code::crs_doubtful, table_place(), clean(said.crs),
                 fits + "。度ではない座標なので、こちらで変換 / no degrees: converted so）");
}

/// Coordinates of a system that nobody knows are no positions.
void GisSource::drop_shapes() {
    const std::size_t rows = chunk_.numbers.size();
    chunk_.shapes.clear();
    for (std::size_t row = 0; row < rows; ++row) {
        chunk_.shapes.end_row(GeometryKind::none);
    }
    chunk_.faults.clear();
}

}  // namespace kokai
