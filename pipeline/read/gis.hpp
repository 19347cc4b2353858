// SPDX-License-Identifier: Apache-2.0
// Every GIS format as a Source, through the GDAL module. Shapes come out as longitude and latitude in degrees
// (JGD2011 = WGS 84); attributes as text, as the file holds them. Nothing is ever written beside the file.
#pragma once

#include "engine/stage.hpp"
#include "read/crs_advice.hpp"
#include "read/gis_module.hpp"
#include "read/gis_opening.hpp"
#include "read/shape_look.hpp"
#include "support/file.hpp"
#include "support/hash.hpp"

#include <array>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace kokai {

struct GisOptions {
    std::filesystem::path path;
    std::string shown;            // the name that findings print
    std::string name;             // the source's name in dataset.json
    std::string layer;            // empty = the only one
    std::string encoding;         // Shapefile only; empty = from the .cpg and the bytes
    std::string crs;              // EPSG:6677, instead of what the file says
    CrsAdviser advise;            // null: what the file says is all there is
    std::filesystem::path grids;  // schemas/reference/grids
    std::filesystem::path names;  // schemas/reference/ksj-fields.csv: what P29_004 means; empty = it stays
    std::string service;          // instead of a path: a PostGIS by its name in pg_service.conf …
    std::string query;            // … and its table (town.parks) or SELECT
    std::string
        geometry;  // "point", "line" or "polygon": only these of mixed kinds; empty = all, and mixed is an error
    FaultyShapes faulty = FaultyShapes::tell;
    std::uint16_t source = 0;
};

class GisSource : public Source {
public:
    explicit GisSource(GisOptions options);
    /// Throws WorldError (exit 4): no GIS file or database, several layers and none named, no module, no coordinate
    /// system and no way to guess it.
    Shape open(Findings& findings) override;
    bool next(Batch& batch, Findings& findings) override;
    void parse(Batch& batch, Findings& findings) const override;
    void end(Findings& findings) override;
    [[nodiscard]] std::vector<SourceInfo> about() const override { return {about_}; }
    [[nodiscard]] std::uint64_t size() const override { return file_ ? file_->bytes() : 0; }
    [[nodiscard]] std::uint64_t position() const override;

private:
    void open_layer(GisOpening& opening);
    void find_unknown_system(GisOpening& opening);
    [[nodiscard]] bool gdal_knows(const GisOpening& opening, const std::string& crs) const;
    void refuse_unknown_system() const;
    void tell_unknown_system(const GisOpening& opening, Findings& findings) const;
    [[noreturn]] void refuse_layers() const;
    Shape read_names(Findings& findings);
    void name_by_file_beside(std::vector<std::string>& names, Findings& findings) const;
    void tell_name(Code code, std::string_view before, std::string_view after, std::string_view by,
                   Findings& findings) const;
    void name_by_table(std::vector<std::string>& names, Findings& findings) const;
    void digest_file();
    /// Text of the layer as UTF-8; `bad` is set when bytes of it are no text.
    Cell decoded(std::string_view bytes, Arena& into, std::size_t& bad) const;
    void read_chunk();
    void digest_chunk();
    void count_kinds();
    void keep_only(std::uint8_t family);
    void tell_kinds(Findings& findings) const;
    [[nodiscard]] CrsQuestion question() const;
    [[nodiscard]] bool holds_no_degrees() const;
    [[nodiscard]] bool lies_nowhere(const CrsQuestion& converted) const;
    void settle_system(GisOpening& opening, Findings& findings);
    void follow(const CrsAdvice& advice, const CrsQuestion& numbers, bool no_degrees, GisOpening& opening,
                Findings& findings);
    void read_as_degrees(CrsQuestion& numbers, const GisLayer& said, GisOpening& opening, Findings& findings);
    void read_as_metres(CrsQuestion& numbers, const GisLayer& said, GisOpening& opening, Findings& findings);
    void tell_axis_order(bool in_degrees, Findings& findings) const;
    [[noreturn]] void refuse_axis_order() const;
    void open_again(GisOpening& opening);
    void drop_shapes();
    void look_at_positions(Findings& findings);
    void take_values(Batch& batch, Findings& findings) const;
    void report_faults(const Batch& batch, Findings& findings);
    void report_unread_shapes(const Batch& batch, Findings& findings);
    static void report_shape(const Batch& batch, std::size_t row, Code code, Severity severity, std::string_view found,
                             Findings& findings);
    [[nodiscard]] Place table_place() const { return {0, 0, 0, options_.source, nullptr}; }

    GisOptions options_;
    std::optional<InputFile> file_;
    std::unique_ptr<GisReader> reader_;
    GisLayer layer_;
    std::string unknown_system_;  // what the file says instead of a coordinate system
    GisChunk chunk_;              // read ahead by open(), which must look at the coordinates
    bool has_chunk_ = false;
    bool without_shapes_ = false;    // nobody knows the system
    bool without_geometry_ = false;  // the layer is a table of attributes alone
    GisFormat format_ = GisFormat::none;
    GisText text_ = GisText::utf8;
    Shape shape_;
    SourceInfo about_;
    std::uint64_t with_height_ = 0;
    std::uint64_t with_measure_ = 0;
    std::uint64_t with_curves_ = 0;
    std::set<std::string> curves_;  // their kinds
    std::uint64_t approximate_ = 0;
    std::array<std::uint64_t, 4> kinds_{};       // rows without shape, points, lines, areas, as handed out …
    std::array<std::uint64_t, 4> left_out_{};    // … and those that `geometry` leaves out
    Sha256 rows_digest_;                         // of what a database gave
    std::optional<std::vector<bool>> declared_;  // GeoJSON features that say they have a shape; looked up when needed
};

}  // namespace kokai
