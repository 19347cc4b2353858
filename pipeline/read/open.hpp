// SPDX-License-Identifier: Apache-2.0
// From a path to the Source that reads it: by what the file is, not only by what it is called.
#pragma once

#include "engine/stage.hpp"
#include "model/dataset.hpp"
#include "read/crs_advice.hpp"
#include "read/left_out.hpp"
#include "read/row_judge.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace kokai {

struct SourceRequest {
    std::filesystem::path path;
    std::string shown;  // the name that findings print
    std::string name;   // the source's name in dataset.json
    std::string sheet;  // or layer
    std::string encoding;
    std::string crs;
    CrsAdviser advise;            // of GIS sources
    std::filesystem::path grids;  // schemas/reference/grids
    std::filesystem::path names;  // GIS: schemas/reference/ksj-fields.csv; empty = names like P29_004 stay
    std::string service;          // instead of a path: a PostGIS by its service name …
    std::string query;            // … and its table or SELECT
    std::string geometry;         // GIS: of mixed kinds only this one
    bool repair = false;          // GIS: faulty shapes are mended
    TablePin pin;
    Totals totals = Totals::leave_out;  // keep: the dataset file says itself which rows are totals
    std::uint16_t index = 0;
    LeftOutWatch* watch = nullptr;          // sees what is not handed on
    std::vector<std::string> other_sheets;  // of the same file, that other sources read: not left out
};

/// Throws WorldError (exit 4) for kinds that are not supported, with the kinds that are.
std::unique_ptr<Source> make_source(const SourceRequest& request);

}  // namespace kokai
