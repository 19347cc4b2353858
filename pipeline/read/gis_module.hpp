// SPDX-License-Identifier: Apache-2.0
// The border between the program and kokai_gdal.so: everything that GDAL does for us, in plain types. GDAL stays out of
// the program's link line, because linking it costs every start 40 ms; only a GIS source opens the module.
#pragma once

#include "model/batch.hpp"
#include "model/geometry.hpp"

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace kokai {

/// On what the coordinates of a file stand.
enum class GisDatum : std::uint8_t {
    none,   // the file does not say: coordinates come as they are
    known,  // one of locate/coordinate_system.hpp: converted step by step, by the official parameters
    other   // converted by PROJ as well as it can
};

struct GisRequest {
    std::string path;                       // a plain local file, or a PG: connection made by the program
    std::string driver;                     // GDAL's name of it: the only one that gets to see the file
    std::string layer;                      // empty = the only one
    std::string crs;                        // EPSG:…, instead of what the file says
    std::string grids;                      // the folder of the parameters of datum shifts
    double factor = 1;                      // that all coordinates are multiplied by first …
    bool swapped = false;                   // … and x and y exchanged
    bool no_system = false;                 // what the file says is no name of one; `crs` may be
    bool raw = false;                       // coordinates as the file has them, in whatever system
    std::string query;                      // PostGIS: schema.table or SELECT
    std::vector<std::string> open_options;  // KEY=VALUE
    std::vector<std::pair<std::string, std::string>> settings;  // GDAL's, while the file is opened
};

struct GisLayer {
    struct Other {
        std::string name;
        std::int64_t features = -1;
    };

    bool found = false;  // else: not there, or several to choose from
    std::string name;
    std::vector<Other> all;           // layers that could be meant
    std::vector<std::string> fields;  // Shapefile, MapInfo: bytes as stored
    std::vector<ValueType> types;     // of the fields; none = all are texts
    std::int64_t features = -1;       // -1 = not known
    std::string crs;                  // EPSG:2450, or the name that the file gives; empty = none
    GisDatum datum = GisDatum::none;
    bool in_degrees = false;      // by what the file says
    bool without_shapes = false;  // a table of attributes alone
    bool crs_unknown = false;     // the file names one that PROJ does not know
    bool crs_is_address = false;  // the file names a web address as its coordinate system; it was not followed
};

/// Why a row has no shape, or, of a ring that was closed, not the one of the file.
struct GisFault {
    std::size_t row = 0;  // in the chunk
    enum class Kind : std::uint8_t {
        unsupported,
        unreadable,
        not_finite,
        beyond_degrees,
        too_few_points,
        closed,
        zero,       // a point at 0,0
        elsewhere,  // numbers that are none of the others' system
        exchanged   // put right: the row has its shape
    } kind = Kind::unsupported;
    std::string found;
    double x = 0, y = 0;        // of a position that is none
    double gap = 0;             // metres between the ends of a ring that was closed
    std::string repaired = {};  // what was exchanged
};

struct GisChunk {
    std::vector<char> text;              // all values of all rows, one after the other
    std::vector<std::uint32_t> ends;     // where each value ends: rows × fields
    std::vector<std::uint32_t> numbers;  // feature numbers from 1, one a row
    Geometries shapes;                   // longitude, latitude; one a row
    std::vector<GisFault> faults;
    std::size_t with_height = 0;   // shapes that had a Z, which is dropped …
    std::size_t with_measure = 0;  // … or an M
    std::size_t approximate = 0;   // vertices outside the official grid
    std::size_t with_curves = 0;   // shapes with arcs, made straight …
    std::set<std::string> curves;  // … and their kinds: Curve Polygon, Multi Surface

    void clear() {
        text.clear();
        ends.clear();
        numbers.clear();
        shapes.clear();
        faults.clear();
        with_height = 0;
        with_measure = 0;
        approximate = 0;
        with_curves = 0;
        curves.clear();
    }
};

/// One open layer. Used from one thread at a time.
class GisReader {
public:
    GisReader() = default;
    virtual ~GisReader() = default;
    GisReader(const GisReader&) = delete;
    GisReader& operator=(const GisReader&) = delete;
    GisReader(GisReader&&) = delete;
    GisReader& operator=(GisReader&&) = delete;

    /// False with what GDAL says in `error`.
    virtual bool open(const GisRequest& request, GisLayer& layer, std::string& error) = 0;
    /// The next rows, about `most_rows` or `most_bytes`. False at the end, or with `error` when the file breaks off.
    virtual bool next(GisChunk& chunk, std::size_t most_rows, std::size_t most_bytes, std::string& error) = 0;
};

}  // namespace kokai

/// The module's only function; the caller owns what it gives.
extern "C" kokai::GisReader* kokai_gis_reader();
