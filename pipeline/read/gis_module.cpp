// SPDX-License-Identifier: Apache-2.0
// kokai_gdal.so: opens a layer with GDAL and hands out its rows. Only the drivers of gis_format.cpp are registered,
// nothing is fetched from a network, and GDAL's errors come back as text: the program knows what to say to people.
#include "read/gis_module.hpp"

#include "read/gis_gdal_crs.hpp"
#include "read/gis_gdal_shapes.hpp"
#include "read/gis_gdal_values.hpp"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_http.h>
#include <cpl_string.h>
#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <array>
#include <memory>
#include <mutex>
#include <string_view>
#include <utility>
#include <vector>

namespace kokai {
namespace {

thread_local bool refused_to_fetch = false;

/// A file may name a URL as its coordinate system; nobody asked us to go there.
CPLHTTPResult* refuse_to_fetch(const char* /*url*/, CSLConstList /*options*/, GDALProgressFunc /*progress*/,
                               void* /*progress_data*/, CPLHTTPFetchWriteFunc /*write*/, void* /*write_data*/,
                               void* /*user_data*/) {
    refused_to_fetch = true;
    auto* result = static_cast<CPLHTTPResult*>(CPLCalloc(1, sizeof(CPLHTTPResult)));
    result->nStatus = 1;
    result->pszErrBuf = CPLStrdup("no network");
    return result;
}

void start_gdal() {
    static std::once_flag once;
    std::call_once(once, [] {
        CPLSetConfigOption("GDAL_PAM_ENABLED", "NO");            // no .aux.xml beside anybody's file
        CPLSetConfigOption("LIBKML_LAUNDER_FIELD_NAMES", "NO");  // Japanese names stay
        CPLSetConfigOption("LIBKML_EXTERNAL_STYLE", "NO");       // no style is looked up elsewhere
        CPLSetConfigOption("LIBKML_RESOLVE_STYLE", "NO");
        CPLSetConfigOption("LIBKML_READ_GROUND_OVERLAY", "NO");
        CPLHTTPSetFetchCallback(refuse_to_fetch, nullptr);
        OSRSetPROJEnableNetwork(0);
        CPLSetConfigOption("USE_OSR_FIND_MATCHES", "NO");  // a .prj is to be what it says, not what PROJ finds like it
        RegisterOGRShape();
        RegisterOGRGeoJSON();
        RegisterOGRGeoJSONSeq();
        RegisterOGRGeoPackage();
        RegisterOGRFlatGeobuf();
        RegisterOGRLIBKML();
        RegisterOGRGML();
        RegisterOGRGPX();
        RegisterOGRTAB();
        RegisterOGRDXF();
        RegisterOGRPG();
    });
}

/// Collects what GDAL says while it lives; without it GDAL prints to stderr.
class Listening {
public:
    Listening() { CPLPushErrorHandlerEx(hear, this); }
    ~Listening() { CPLPopErrorHandler(); }
    Listening(const Listening&) = delete;
    Listening& operator=(const Listening&) = delete;
    Listening(Listening&&) = delete;
    Listening& operator=(Listening&&) = delete;

    /// The first failure since the last call.
    std::string failure() { return std::exchange(failure_, {}); }
    /// Whether a coordinate system was named that is none: no reason not to read the file.
    [[nodiscard]] bool of_unknown_system() const { return unknown_system_; }

private:
    static void CPL_STDCALL hear(CPLErr level, CPLErrorNum /*number*/, const char* text) {
        auto* self = static_cast<Listening*>(CPLGetErrorHandlerUserData());
        // A coordinate that is no number is wrong data, not a file that cannot be opened.
        const bool about_data = std::string_view(text).find("coordinate") != std::string_view::npos;
        if (level >= CE_Failure && std::string_view(text).starts_with("PROJ:")) {
            self->unknown_system_ = true;
        } else if (level >= CE_Failure && self->failure_.empty() && !about_data) {
            self->failure_ = text;
        }
    }

    std::string failure_;
    bool unknown_system_ = false;
};

class GdalReader : public GisReader {
public:
    GdalReader() = default;
    ~GdalReader() override {
        if (rows_ != nullptr) {
            dataset_->ReleaseResultSet(rows_);
        }
    }
    GdalReader(const GdalReader&) = delete;
    GdalReader& operator=(const GdalReader&) = delete;
    GdalReader(GdalReader&&) = delete;
    GdalReader& operator=(GdalReader&&) = delete;

    bool open(const GisRequest& request, GisLayer& layer, std::string& error) override {
        start_gdal();
        Listening listening;
        const std::array<const char*, 2> drivers{request.driver.c_str(), nullptr};
        CPLStringList options;
        for (const std::string& option : request.open_options) {
            options.AddString(option.c_str());
        }
        // For this thread only: another source may be open at the same time.
        for (const auto& [key, value] : request.settings) {
            CPLSetThreadLocalConfigOption(key.c_str(), value.c_str());
        }
        dataset_.reset(GDALDataset::Open(request.path.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY, drivers.data(),
                                         options.List(), nullptr));
        shapefile_ = request.driver == "ESRI Shapefile";
        json_ = request.driver.starts_with("GeoJSON");
        kml_ = request.driver == "LIBKML";
        const bool opened =
            dataset_ != nullptr && (request.query.empty() ? choose_layer(request, layer) : choose_rows(request));
        for (const auto& [key, value] : request.settings) {
            CPLSetThreadLocalConfigOption(key.c_str(), nullptr);
        }
        const std::string failure = listening.failure();
        layer.crs_unknown = listening.of_unknown_system();
        layer.crs_is_address = std::exchange(refused_to_fetch, false);
        // Of a broken GeoJSON GDAL gives the beginning; of a Shapefile it complains about much that does not matter.
        if (dataset_ == nullptr || (!failure.empty() && !shapefile_ && !layer.crs_is_address)) {
            error = failure.empty() ? "not recognised" : failure;
            return false;
        }
        if (!opened) {
            return true;  // layer.found stays false: the caller lists those there are
        }
        layer.found = true;
        layer.name = request.query.empty() ? layer_->GetName() : request.query;
        layer.without_shapes = layer_->GetGeomType() == wkbNone;
        choose_fields(request, layer);
        leave_out_empty(request, layer);
        layer.features = request.query.empty() ? layer_->GetFeatureCount(0) : -1;
        return start_crs(request, layer, error);
    }

    bool next(GisChunk& chunk, std::size_t most_rows, std::size_t most_bytes, std::string& error) override {
        chunk.clear();
        shapes_.take_nan_for_empty(!shapefile_);
        Listening listening;
        const OGRFeatureDefn& definition = *layer_->GetLayerDefn();
        while (chunk.numbers.size() < most_rows && chunk.text.size() + shapes_.bytes() < most_bytes) {
            const std::unique_ptr<OGRFeature> feature(layer_->GetNextFeature());
            const std::string failure = listening.failure();
            if (feature == nullptr) {
                if (!failure.empty()) {
                    error = failure;
                    return false;
                }
                break;
            }
            ++read_;
            // Deleted records of a .dbf keep their number; a GeoJSON's ids are the file's own business.
            chunk.numbers.push_back(shapefile_ ? static_cast<std::uint32_t>(feature->GetFID() + 1) : read_);
            for (const int field : fields_) {
                if (field == feature_id) {
                    append_gis_number(chunk.text, feature->GetFID());
                } else {
                    append_gis_value(chunk.text, *feature, field, *definition.GetFieldDefn(field),
                                     json_ ? GisTexts::may_be_numbers : GisTexts::are_texts);
                }
                chunk.ends.push_back(static_cast<std::uint32_t>(chunk.text.size()));
            }
            shapes_.add(feature->GetGeometryRef(), trouble_of(feature->GetGeometryRef(), failure));
        }
        shapes_.hand_over(to_lon_lat_, raw_, chunk);
        return !chunk.numbers.empty();
    }

private:
    /// Why a shape may be missing. Of a GeoJSON many features are parsed together: what was said belongs to none in
    /// particular. Of coordinates that are none a KML's shape is empty, without a word.
    [[nodiscard]] std::string trouble_of(const OGRGeometry* shape, const std::string& failure) const {
        if (kml_ && shape != nullptr && shape->IsEmpty() != 0) {
            return "座標が空か、数でない / coordinates empty or no numbers";
        }
        return json_ ? std::string() : failure;
    }

    static constexpr int feature_id = -1;
    static constexpr int kml_fields = 11;  // that GDAL adds, at the beginning

    /// The rows of a table, in the order of its key, or of a SELECT.
    bool choose_rows(const GisRequest& request) {
        std::string query = request.query;
        if (const std::vector<std::string> names = table_names(query); !names.empty()) {
            std::string table;
            for (const std::string& name : names) {
                table += (table.empty() ? "\"" : ".\"") + name + "\"";
            }
            query = "SELECT * FROM " + table + key_order(table);
        }
        rows_ = dataset_->ExecuteSQL(query.c_str(), nullptr, nullptr);
        layer_ = rows_;
        return layer_ != nullptr;
    }

    /// `parks` or `town.parks`; nothing when it is something else.
    static std::vector<std::string> table_names(std::string_view query) {
        std::vector<std::string> names(1);
        for (const char c : query) {
            if (c == '.' && !names.back().empty() && names.size() < 2) {
                names.emplace_back();
            } else if (c == '.' || static_cast<unsigned char>(c) <= ' ' ||
                       std::string_view("\"'();,*").find(c) != std::string_view::npos) {
                return {};
            } else {
                names.back() += c;
            }
        }
        return names.back().empty() ? std::vector<std::string>{} : names;
    }

    /// Without an order the same table comes in another one after an update.
    std::string key_order(const std::string& table) {
        std::string literal;
        for (const char c : table) {
            literal += c;
            literal += c == '\'' ? "'" : "";
        }
        const std::string question =
            "SELECT a.attname FROM pg_index i JOIN LATERAL unnest(i.indkey) WITH ORDINALITY k(number, place) ON true "
            "JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number WHERE i.indisprimary AND "
            "i.indrelid = to_regclass('" +
            literal + "') ORDER BY k.place";
        OGRLayer* const keys = dataset_->ExecuteSQL(question.c_str(), nullptr, nullptr);
        std::string order;
        while (keys != nullptr) {
            const std::unique_ptr<OGRFeature> key(keys->GetNextFeature());
            if (key == nullptr) {
                break;
            }
            order += (order.empty() ? " ORDER BY \"" : ", \"") + std::string(key->GetFieldAsString(0)) + "\"";
        }
        dataset_->ReleaseResultSet(keys);
        return order;
    }

    /// False when the wanted one is not there, or none is wanted and there are several.
    bool choose_layer(const GisRequest& request, GisLayer& layer) {
        std::vector<OGRLayer*> all;
        std::vector<OGRLayer*> with_shapes;
        for (OGRLayer* one : dataset_->GetLayers()) {
            all.push_back(one);
            // A GPX has the points of its routes and tracks once more, as layers of their own.
            const bool again = request.driver == "GPX" && std::string_view(one->GetName()).ends_with("_points");
            if (one->GetGeomType() != wkbNone && !again) {
                with_shapes.push_back(one);
            }
        }
        layer_ = request.layer.empty() ? nullptr : dataset_->GetLayerByName(request.layer.c_str());
        std::vector<OGRLayer*>& candidates = with_shapes.empty() ? all : with_shapes;
        if (layer_ == nullptr && request.layer.empty() && candidates.size() == 1) {
            layer_ = candidates.front();
        }
        if (layer_ != nullptr) {
            return true;
        }
        std::vector<OGRLayer*> filled;
        for (OGRLayer* one : candidates) {
            layer.all.push_back({one->GetName(), one->GetFeatureCount(1)});
            if (layer.all.back().features != 0) {
                filled.push_back(one);
            }
        }
        if (request.layer.empty() && !candidates.empty() && filled.size() <= 1) {
            layer_ = filled.empty() ? candidates.front() : filled.front();
            return true;
        }
        return false;
    }

    static ValueType type_of(const OGRFieldDefn& field) {
        switch (field.GetType()) {
        case OFTInteger:
        case OFTInteger64:
            return field.GetSubType() == OFSTBoolean ? ValueType::text : ValueType::integer;
        case OFTReal:
            return ValueType::number;
        default:
            return ValueType::text;
        }
    }

    void choose_fields(const GisRequest& request, GisLayer& layer) {
        const OGRFeatureDefn& definition = *layer_->GetLayerDefn();
        // The key of a database's table is a column like the others, unless programs made it for themselves.
        const std::string_view key = layer_->GetFIDColumn();
        const bool made = key.empty() || EQUAL(key.data(), "fid") || EQUAL(key.data(), "ogc_fid") ||
                          EQUAL(key.data(), "ogr_fid") || EQUAL(key.data(), "gid");
        if (!made && definition.GetFieldIndex(key.data()) < 0) {
            fields_.push_back(feature_id);
            layer.fields.emplace_back(key);
            layer.types.push_back(ValueType::integer);
        }
        for (int i = 0; i < definition.GetFieldCount(); ++i) {
            const char* const name = definition.GetFieldDefn(i)->GetNameRef();
            // What GDAL adds to every KML says how a map draws it.
            constexpr std::array<std::string_view, 6> drawing{"altitudeMode", "tessellate", "extrude",
                                                              "visibility",   "drawOrder",  "icon"};
            const bool drawn = std::find(drawing.begin(), drawing.end(), name) != drawing.end();
            if (request.driver == "LIBKML" && i <= kml_fields && drawn) {
                continue;
            }
            fields_.push_back(i);
            layer.fields.emplace_back(name);
            layer.types.push_back(type_of(*definition.GetFieldDefn(i)));
        }
    }

    /// Formats with fixed attributes have most of them empty.
    void leave_out_empty(const GisRequest& request, GisLayer& layer) {
        if (request.driver != "LIBKML" && request.driver != "GPX" && request.driver != "DXF") {
            return;
        }
        const std::size_t fixed =
            request.driver == "LIBKML" ? std::min<std::size_t>(5, fields_.size()) : fields_.size();
        std::vector<bool> filled(fields_.size(), false);
        while (std::find(filled.begin(), filled.begin() + static_cast<std::ptrdiff_t>(fixed), false) != filled.end()) {
            const std::unique_ptr<OGRFeature> feature(layer_->GetNextFeature());
            if (feature == nullptr) {
                break;
            }
            for (std::size_t i = 0; i < fixed; ++i) {
                filled[i] = filled[i] || (feature->IsFieldSetAndNotNull(fields_[i]) != 0 &&
                                          *feature->GetFieldAsString(fields_[i]) != '\0');
            }
        }
        layer_->ResetReading();
        for (std::size_t i = fixed; i-- > 0;) {
            if (!filled[i]) {
                fields_.erase(fields_.begin() + static_cast<std::ptrdiff_t>(i));
                layer.fields.erase(layer.fields.begin() + static_cast<std::ptrdiff_t>(i));
                layer.types.erase(layer.types.begin() + static_cast<std::ptrdiff_t>(i));
            }
        }
    }

    bool start_crs(const GisRequest& request, GisLayer& layer, std::string& error) {
        OGRSpatialReference given;
        const OGRSpatialReference* crs = request.no_system ? nullptr : layer_->GetSpatialRef();
        if (!request.crs.empty()) {
            if (given.SetFromUserInput(request.crs.c_str(),
                                       OGRSpatialReference::SET_FROM_USER_INPUT_LIMITATIONS_get()) != OGRERR_NONE) {
                error = request.crs + ": unknown coordinate system";
                return false;
            }
            crs = &given;
        }
        raw_ = request.raw;
        to_lon_lat_.read_as(request.factor, request.swapped);
        if (!to_lon_lat_.start(raw_ ? nullptr : crs, request.grids, error)) {
            return false;
        }
        layer.crs = to_lon_lat_.name();
        layer.datum = to_lon_lat_.datum();
        layer.in_degrees = to_lon_lat_.in_degrees();
        return true;
    }

    GDALDatasetUniquePtr dataset_;
    OGRLayer* layer_ = nullptr;  // the dataset's, or …
    OGRLayer* rows_ = nullptr;   // … what a query gave, to be handed back
    bool shapefile_ = false;
    bool json_ = false;
    bool kml_ = false;
    bool raw_ = false;
    std::vector<int> fields_;  // of the layer, as handed out
    std::uint32_t read_ = 0;
    GisToLonLat to_lon_lat_;
    GisShapes shapes_;
};

}  // namespace
}  // namespace kokai

kokai::GisReader* kokai_gis_reader() {
    return std::make_unique<kokai::GdalReader>().release();
}
