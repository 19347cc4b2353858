// SPDX-License-Identifier: Apache-2.0
#include "command/outputs.hpp"

#include "locate/converter.hpp"
#include "locate/coordinate_system.hpp"
#include "locate/points.hpp"
#include "model/error.hpp"
#include "model/layout.hpp"
#include "model/webgis_layout.hpp"
#include "support/file.hpp"
#include "write/csv.hpp"
#include "write/flatgeobuf.hpp"
#include "write/geojson.hpp"
#include "write/geojson_lines.hpp"
#include "write/geopackage.hpp"
#include "write/json_table.hpp"
#include "write/kml.hpp"
#include "write/partner.hpp"
#include "write/pmtiles.hpp"
#include "write/shapefile.hpp"
#include "write/sqlite.hpp"
#include "write/webgis.hpp"
#include "write/xlsx.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

namespace kokai {
namespace {

/// What every sink is told of the table it writes.
struct OutputPlace {
    const TableJob& job;
    std::string stem;
    std::string path;         // stem and ending, relative to the job's folder
    std::string id_column;    // empty unless the schema has one key column
    std::string name_column;  // names a place on a map; may be empty
    PositionColumns position;
    SchemaLibrary& schemas;
};

std::unique_ptr<Sink> make_csv(const OutputPlace& at) {
    return std::make_unique<CsvSink>(at.job.folder, at.path, "csv", ByteOrderMark::with);
}

std::unique_ptr<Sink> make_csv_nobom(const OutputPlace& at) {
    return std::make_unique<CsvSink>(at.job.folder, at.path, "csv-nobom", ByteOrderMark::without);
}

std::unique_ptr<Sink> make_geojson(const OutputPlace& at) {
    return std::make_unique<GeoJsonSink>(GeoJsonOptions{at.job.folder, at.path, at.job.title, at.job.license,
                                                        at.job.attribution, at.id_column, at.position.latitude,
                                                        at.position.longitude});
}

std::unique_ptr<Sink> make_geojson_lines(const OutputPlace& at) {
    GeoJsonLinesOptions options;
    options.folder = at.job.folder;
    options.name = at.path;
    options.id_column = at.id_column;
    options.latitude = at.position.latitude;
    options.longitude = at.position.longitude;
    options.record_separator = at.job.table.output_options.record_separator;
    return std::make_unique<GeoJsonLinesSink>(std::move(options));
}

std::unique_ptr<Sink> make_xlsx(const OutputPlace& at) {
    XlsxSinkOptions options;
    options.folder = at.job.folder;
    options.path = at.path;
    options.about = {at.job.title, at.job.attribution, at.job.license, at.job.modified};
    return std::make_unique<XlsxSink>(std::move(options));
}

std::unique_ptr<Sink> make_json(const OutputPlace& at) {
    return std::make_unique<JsonTableSink>(JsonTableOptions{at.job.folder, at.path});
}

std::unique_ptr<Sink> make_sqlite(const OutputPlace& at) {
    SqliteOptions options;
    options.folder = at.job.folder;
    options.name = at.path;
    options.table = at.stem;
    options.title = at.job.title;
    options.license = at.job.license;
    options.attribution = at.job.attribution;
    return std::make_unique<SqliteSink>(std::move(options));
}

/// Options that the geographic formats with a head of their own share by name.
template <typename Options>
Options described(const OutputPlace& at) {
    Options options;
    options.folder = at.job.folder;
    options.name = at.path;
    options.title = at.job.title;
    options.license = at.job.license;
    options.attribution = at.job.attribution;
    return options;
}

std::unique_ptr<Sink> make_geopackage(const OutputPlace& at) {
    auto options = described<GeoPackageOptions>(at);
    options.table = at.stem;
    options.modified = at.job.modified;
    return std::make_unique<GeoPackageSink>(std::move(options));
}

std::unique_ptr<Sink> make_flatgeobuf(const OutputPlace& at) {
    return std::make_unique<FlatGeobufSink>(described<FlatGeobufOptions>(at));
}

std::unique_ptr<Sink> make_kml(const OutputPlace& at) {
    auto options = described<KmlOptions>(at);
    options.id_column = at.id_column;
    options.name_column = at.name_column;
    return std::make_unique<KmlSink>(std::move(options));
}

std::unique_ptr<Sink> make_shapefile(const OutputPlace& at) {
    auto options = described<ShapefileOptions>(at);
    options.modified = at.job.modified;
    return std::make_unique<ShapefileSink>(std::move(options));
}

std::unique_ptr<Sink> make_pmtiles(const OutputPlace& at) {
    return std::make_unique<PmtilesSink>(described<PmtilesOptions>(at));
}

/// A converter serves one thread at a time: there are as many as threads.
class ToSystem : public Projector {
public:
    ToSystem(const CoordinateSystem& system, std::filesystem::path grids) : system_(system), grids_(std::move(grids)) {}

    void project(std::span<double> xy) const override {
        std::unique_ptr<PositionConverter> converter = take();
        std::vector<double> east(xy.size() / 2);
        std::vector<double> north(xy.size() / 2);
        for (std::size_t i = 0; i < east.size(); ++i) {
            east[i] = xy[2 * i];
            north[i] = xy[2 * i + 1];
        }
        converter->from_degrees(east.data(), north.data(), east.size(), nullptr);
        for (std::size_t i = 0; i < east.size(); ++i) {
            xy[2 * i] = east[i];
            xy[2 * i + 1] = north[i];
        }
        const std::lock_guard lock(mutex_);
        idle_.push_back(std::move(converter));
    }

private:
    std::unique_ptr<PositionConverter> take() const {
        const std::lock_guard lock(mutex_);
        if (idle_.empty()) {
            return make_converter(system_, grids_);
        }
        std::unique_ptr<PositionConverter> converter = std::move(idle_.back());
        idle_.pop_back();
        return converter;
    }

    CoordinateSystem system_;
    std::filesystem::path grids_;
    mutable std::mutex mutex_;
    mutable std::vector<std::unique_ptr<PositionConverter>> idle_;
};

std::unique_ptr<Sink> make_webgis(const OutputPlace& at) {
    auto options = described<WebgisOptions>(at);
    options.modified = at.job.modified;
    options.id_column = at.id_column;
    options.name_column = at.name_column;
    options.latitude = at.position.latitude;
    options.longitude = at.position.longitude;
    std::vector<Mistake> mistakes;
    const std::string shown = "schemas/partner/webgis.json";
    options.layout = parse_webgis_layout(read_small_file(at.schemas.partner_file("webgis"), shown), shown, mistakes);
    if (!mistakes.empty()) {
        throw LayoutError(std::move(mistakes));
    }
    const std::optional<CoordinateSystem> system = coordinate_system(options.layout.crs);
    if (system && system->projection != Projection::degrees) {
        options.projector = std::make_unique<ToSystem>(*system, at.schemas.grids());
    }
    return std::make_unique<WebgisSink>(std::move(options));
}

/// Which rows a format holds.
enum class Holds : std::uint8_t { every_row, rows_with_position };

struct OutputFormat {
    std::string_view name, ending;
    Holds holds;
    std::unique_ptr<Sink> (*make)(const OutputPlace& at);
};

constexpr std::array output_formats{
    OutputFormat{"csv", ".csv", Holds::every_row, make_csv},
    OutputFormat{"csv-nobom", ".nobom.csv", Holds::every_row, make_csv_nobom},
    OutputFormat{"geojson", ".geojson", Holds::every_row, make_geojson},
    OutputFormat{"geojsonseq", ".geojsonl", Holds::every_row, make_geojson_lines},
    OutputFormat{"xlsx", ".xlsx", Holds::every_row, make_xlsx},
    OutputFormat{"gpkg", ".gpkg", Holds::rows_with_position, make_geopackage},
    OutputFormat{"fgb", ".fgb", Holds::rows_with_position, make_flatgeobuf},
    OutputFormat{"kml", ".kml", Holds::rows_with_position, make_kml},
    OutputFormat{"shp", ".shp.zip", Holds::rows_with_position, make_shapefile},
    OutputFormat{"json", ".json", Holds::every_row, make_json},
    OutputFormat{"sqlite", ".sqlite", Holds::every_row, make_sqlite},
    OutputFormat{"pmtiles", ".pmtiles", Holds::rows_with_position, make_pmtiles},
    OutputFormat{"webgis", ".webgis.zip", Holds::rows_with_position, make_webgis},
};

void add_partner(TableRun& run, const TableJob& job, const std::string& partner, const std::string& stem,
                 SchemaLibrary& schemas) {
    std::vector<Mistake> mistakes;
    const std::string shown = "schemas/partner/" + partner + ".json";
    const Layout layout = parse_layout(read_small_file(schemas.partner_file(partner), shown), shown, mistakes);
    if (!mistakes.empty()) {
        throw LayoutError(std::move(mistakes));
    }
    std::filesystem::create_directories(job.folder / "partner");
    PartnerOptions options;
    options.folder = job.folder;
    options.path = "partner/" + stem + "_" + partner + ".xlsx";
    options.layout = layout;
    options.publisher = job.publisher;
    options.title = job.title;
    options.credit = job.attribution;
    options.license = job.license;
    options.modified = job.modified;
    run.add(std::make_unique<PartnerSink>(std::move(options)));
}

/// The column that says what a place is called, as the catalog's map chooses it (portal/catalog.js).
std::string name_column(const Shape& shape) {
    if (shape.find("名称") != Shape::npos) {
        return "名称";
    }
    const auto found = std::find_if(shape.columns.begin(), shape.columns.end(), [](const ColumnInfo& column) {
        constexpr std::array<std::string_view, 4> endings{"名称", "施設名", "学校名", "町名"};
        return std::any_of(endings.begin(), endings.end(),
                           [&](std::string_view ending) { return std::string_view(column.name).ends_with(ending); });
    });
    return found == shape.columns.end() ? std::string() : found->name;
}

}  // namespace

const std::vector<std::string>& built_formats() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> all(output_formats.size());
        std::transform(output_formats.begin(), output_formats.end(), all.begin(),
                       [](const OutputFormat& format) { return format.name; });
        return all;
    }();
    return names;
}

void add_sinks(TableRun& run, const TableJob& job, const Schema* schema, const std::string& stem,
               SchemaLibrary& schemas) {
    const bool placed = run.shape().has_geometry;
    OutputPlace at{job, stem, {}, {}, name_column(run.shape()), {}, schemas};
    at.position = schema != nullptr && !schema->latitude.empty() ? PositionColumns{schema->latitude, schema->longitude}
                                                                 : find_position_columns(run.shape());
    if (schema != nullptr && schema->primary_key.size() == 1) {
        at.id_column = schema->primary_key.front();
    }
    for (const std::string& name : job.formats) {
        const auto* const format = std::find_if(output_formats.begin(), output_formats.end(),
                                                [&](const OutputFormat& one) { return one.name == name; });
        if (format == output_formats.end() || (name == "geojson" && job.geojson_only_with_position && !placed)) {
            continue;
        }
        if (format->holds == Holds::rows_with_position && !placed) {
            run.opening_findings().add(Code::no_positions, {}, name);
        }
        if (name == "shp" || name == "webgis") {
            tell_columns_left_out(run.shape(), run.opening_findings());
        }
        at.path = stem + std::string(format->ending);
        run.add(format->make(at));
    }
    for (const std::string& partner : job.partners) {
        add_partner(run, job, partner, stem, schemas);
    }
}

}  // namespace kokai
