// SPDX-License-Identifier: Apache-2.0
// A GIS source whose coordinate system is not said, or contradicted by where its shapes lie. Nearly every file is done
// with after one look at its first rows; for the others it is opened again to see the numbers as they are.
#include "read/gis.hpp"

#include <array>
#include <span>

namespace kokai {
namespace {

constexpr std::array<std::string_view, 5> usual_addresses{"所在地_連結表記", "住所", "所在地", "所在地住所", "address"};

}  // namespace

/// The first vertex of every shape, and the row's address.
CrsQuestion GisSource::question() const {
    CrsQuestion asked;
    const Geometries& shapes = chunk_.shapes;
    const std::size_t fields = layer_.fields.size();
    std::size_t address = Shape::npos;
    for (std::size_t i = 0; i < usual_addresses.size() && address == Shape::npos; ++i) {
        address = shape_.find(usual_addresses[i]);
    }
    for (std::size_t row = 0; row < shapes.size(); ++row) {
        if (shapes.kind(row) == GeometryKind::none) {
            continue;
        }
        const std::span<const double> ring = shapes.ring(shapes.ring_begin(shapes.part_begin(row)));
        asked.xy.push_back(ring[0]);
        asked.xy.push_back(ring[1]);
        if (address < fields) {
            const std::size_t value = row * fields + address;
            const std::uint32_t begin = value == 0 ? 0 : chunk_.ends[value - 1];
            Arena arena;
            std::size_t bad = static_cast<std::size_t>(-1);
            asked.addresses.emplace_back(decoded({chunk_.text.data() + begin, chunk_.ends[value] - begin}, arena, bad));
        }
    }
    return asked;
}

void GisSource::open_again(GisOpening& opening) {
    layer_ = {};
    chunk_.clear();
    rows_digest_ = Sha256();
    open_layer(opening);
    read_chunk();
}

void GisSource::settle_system(GisOpening& opening, Findings& findings) {
    if (!options_.advise || !has_chunk_ || layer_.datum == GisDatum::other) {
        return;
    }
    CrsQuestion asked = question();
    std::size_t beyond = 0;
    for (const GisFault& fault : chunk_.faults) {
        beyond += fault.kind == GisFault::Kind::beyond_degrees ? 1U : 0U;
    }
    const bool no_degrees = beyond * 2 > beyond + asked.xy.size() / 2;
    if (!no_degrees) {
        const CrsAdvice first = options_.advise(asked);
        if (first.kind == CrsAdvice::Kind::as_it_is && first.inside >= 0.5) {
            return;
        }
    }
    // By RFC 7946 a GeoJSON without `crs` is in degrees; where it is not, nobody has said what it is in.
    const bool by_default = layer_.crs == "EPSG:4326" && format_ == GisFormat::geojson && no_degrees;
    const bool said = layer_.datum != GisDatum::none && !(by_default && options_.crs.empty());
    const std::string declared = said ? layer_.crs : std::string();
    opening.request.raw = true;
    open_again(opening);
    asked = question();
    asked.declared = declared;
    opening.request.raw = false;
    const CrsAdvice advice = options_.advise(asked);
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
        findings.add(Code::axes_swapped, table_place(), "x, y");
        break;
    case CrsAdvice::Kind::doubt:
        findings.add(Code::crs_doubtful, table_place(), declared, advice.words + "（" + advice.evidence + "）");
        break;
    case CrsAdvice::Kind::ask:
        findings.add(Code::crs_undecided, table_place(), advice.words);
        without_shapes_ = no_degrees;
        break;
    }
    open_again(opening);
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
