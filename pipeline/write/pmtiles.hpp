// SPDX-License-Identifier: Apache-2.0
// PMTiles version 3 with vector tiles, for the maps of tables that are too large to be loaded as one GeoJSON. At the
// highest zoom level every row is in its tiles with all its columns; below, tiles hold what can be seen and not more
// than a browser likes; `complete_from_zoom` in the metadata is the level from which on no row is missing. Rows without
// a position are left out.
#pragma once

#include "engine/stage.hpp"
#include "support/output_file.hpp"
#include "support/scratch_file.hpp"
#include "write/tiles/archive.hpp"
#include "write/tiles/feature.hpp"
#include "write/tiles/maker.hpp"
#include "write/written_type.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace kokai {

struct PmtilesOptions {
    std::filesystem::path folder;
    std::string name;         // file name; its first part is the layer's name
    std::string title;        // these four go into the metadata
    std::string description;  //
    std::string license;
    std::string attribution;           // plain text
    std::optional<unsigned> min_zoom;  // else chosen by extent and detail
    std::optional<unsigned> max_zoom;
    TileLimits tiles;
    TileArchiveLimits archive;
};

class PmtilesSink : public Sink {
public:
    explicit PmtilesSink(PmtilesOptions options);
    void open(const Shape& shape) override;
    void encode(const Batch& batch, Buffer& buffer, Findings& findings) const override;
    void append(Buffer&& buffer) override;
    OutputFile close() override;

private:
    [[nodiscard]] std::string metadata(ZoomRange range, unsigned complete_from) const;

    PmtilesOptions options_;
    std::string layer_;
    std::vector<std::string> columns_;
    std::vector<WrittenType> types_;
    std::optional<FileWriter> file_;
    std::unique_ptr<ScratchFile> features_;
    TileSummary summary_;
    TileDensity density_;
    std::uint64_t rows_ = 0;
};

}  // namespace kokai
