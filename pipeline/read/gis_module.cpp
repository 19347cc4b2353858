// SPDX-License-Identifier: Apache-2.0
// kokai_gdal.so: opens a layer with GDAL and hands out its rows. Only two drivers are registered, nothing is fetched
// from a network, and GDAL's errors come back as text: the program knows what to say to people.
#include "read/gis_module.hpp"

#include "read/gis_gdal_crs.hpp"
#include "read/gis_gdal_shapes.hpp"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_http.h>
#include <cpl_string.h>
#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <memory>
#include <mutex>
#include <string_view>
#include <utility>

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
        CPLSetConfigOption("GDAL_PAM_ENABLED", "NO");  // no .aux.xml beside anybody's file
        CPLHTTPSetFetchCallback(refuse_to_fetch, nullptr);
        OSRSetPROJEnableNetwork(0);
        RegisterOGRShape();
        RegisterOGRGeoJSON();
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

private:
    static void CPL_STDCALL hear(CPLErr level, CPLErrorNum /*number*/, const char* text) {
        auto* self = static_cast<Listening*>(CPLGetErrorHandlerUserData());
        // A coordinate that is no number is wrong data, not a file that cannot be opened.
        const bool about_data = std::string_view(text).find("coordinate") != std::string_view::npos;
        if (level >= CE_Failure && self->failure_.empty() && !about_data) {
            self->failure_ = text;
        }
    }

    std::string failure_;
};

void append(std::vector<char>& out, std::string_view text) {
    out.insert(out.end(), text.begin(), text.end());
}

template <typename Number>
void append_number(std::vector<char>& out, Number number) {
    std::array<char, 32> digits{};
    const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), number);
    append(out, {digits.data(), static_cast<std::size_t>(end - digits.data())});
}

/// The shortest text that gives the same number back, without an exponent where people would write none.
void append_real(std::vector<char>& out, double number) {
    std::array<char, 64> digits{};
    const double size = std::abs(number);
    const bool plain = number == 0 || (size >= 1e-7 && size < 1e18);
    const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), number,
                                            plain ? std::chars_format::fixed : std::chars_format::general);
    append(out, {digits.data(), static_cast<std::size_t>(end - digits.data())});
}

void append_moment(std::vector<char>& out, const OGRFeature& feature, int field, OGRFieldType type) {
    int year = 0;
    int month = 0;
    int day = 0;
    int hour = 0;
    int minute = 0;
    float second = 0;
    int zone = 0;
    if (feature.GetFieldAsDateTime(field, &year, &month, &day, &hour, &minute, &second, &zone) == 0) {
        return;
    }
    std::array<char, 64> text{};
    const auto put = [&](const char* form, auto... values) {
        const int length = std::snprintf(text.data(), text.size(), form, values...);
        append(out, {text.data(), static_cast<std::size_t>(length)});
    };
    if (type != OFTTime) {
        put("%04d-%02d-%02d", year, month, day);
    }
    if (type == OFTDate) {
        return;
    }
    put(type == OFTTime ? "%02d:%02d:%02d" : "T%02d:%02d:%02d", hour, minute, static_cast<int>(second));
    if (zone >= 100) {  // 100 = UTC, a quarter of an hour a step
        const int minutes = (zone - 100) * 15;
        put("%c%02d:%02d", minutes < 0 ? '-' : '+', std::abs(minutes) / 60, std::abs(minutes) % 60);
    }
}

template <typename Number>
void append_list(std::vector<char>& out, const Number* numbers, int count) {
    for (int i = 0; i < count; ++i) {
        append(out, i == 0 ? "" : ";");
        if constexpr (std::is_same_v<Number, double>) {
            append_real(out, numbers[i]);
        } else {
            append_number(out, numbers[i]);
        }
    }
}

/// A value as the file holds it: no added decimals, no lost zeros.
void append_value(std::vector<char>& out, const OGRFeature& feature, int field, const OGRFieldDefn& definition) {
    if (feature.IsFieldSetAndNotNull(field) == 0) {
        return;
    }
    int count = 0;
    switch (definition.GetType()) {
    case OFTInteger:
        if (definition.GetSubType() == OFSTBoolean) {
            append(out, feature.GetFieldAsInteger(field) != 0 ? "true" : "false");
        } else {
            append_number(out, feature.GetFieldAsInteger(field));
        }
        break;
    case OFTInteger64:
        append_number(out, feature.GetFieldAsInteger64(field));
        break;
    case OFTReal:
        append_real(out, feature.GetFieldAsDouble(field));
        break;
    case OFTDate:
    case OFTTime:
    case OFTDateTime:
        append_moment(out, feature, field, definition.GetType());
        break;
    case OFTIntegerList: {
        const int* list = feature.GetFieldAsIntegerList(field, &count);
        append_list(out, list, count);
        break;
    }
    case OFTInteger64List: {
        const GIntBig* list = feature.GetFieldAsInteger64List(field, &count);
        append_list(out, list, count);
        break;
    }
    case OFTRealList: {
        const double* list = feature.GetFieldAsDoubleList(field, &count);
        append_list(out, list, count);
        break;
    }
    case OFTStringList: {
        char** list = feature.GetFieldAsStringList(field);
        for (int i = 0; list != nullptr && list[i] != nullptr; ++i) {
            append(out, i == 0 ? "" : ";");
            append(out, list[i]);
        }
        break;
    }
    default: {
        std::string_view text = feature.GetFieldAsString(field);
        while (!text.empty() && text.back() == ' ') {
            text.remove_suffix(1);  // .dbf pads with spaces
        }
        append(out, text);
    }
    }
}

class GdalReader : public GisReader {
public:
    bool open(const GisRequest& request, GisLayer& layer, std::string& error) override {
        start_gdal();
        Listening listening;
        const std::array<const char*, 2> drivers{request.driver.c_str(), nullptr};
        const bool shapefile = request.driver == "ESRI Shapefile";
        const CPLStringList options(shapefile ? CSLSetNameValue(nullptr, "ENCODING", "")
                                              : CSLSetNameValue(nullptr, "DATE_AS_STRING", "YES"));
        // For this thread only: another source may be open at the same time.
        CPLSetThreadLocalConfigOption("SHAPE_RESTORE_SHX", request.restore_index ? "YES" : "NO");
        dataset_.reset(GDALDataset::Open(request.path.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY, drivers.data(),
                                         options.List(), nullptr));
        CPLSetThreadLocalConfigOption("SHAPE_RESTORE_SHX", nullptr);
        const std::string failure = listening.failure();
        layer.crs_is_address = std::exchange(refused_to_fetch, false);
        // Of a broken GeoJSON GDAL gives the beginning; of a Shapefile it complains about much that does not matter.
        if (dataset_ == nullptr || (!failure.empty() && !shapefile && !layer.crs_is_address)) {
            error = failure.empty() ? "not recognised" : failure;
            return false;
        }
        for (OGRLayer* one : dataset_->GetLayers()) {
            layer.all.emplace_back(one->GetName());
        }
        layer_ = request.layer.empty() && !layer.all.empty() ? dataset_->GetLayer(0)
                                                             : dataset_->GetLayerByName(request.layer.c_str());
        if (layer_ == nullptr) {
            return true;  // layer.name stays empty: the caller lists those there are
        }
        layer.name = layer_->GetName();
        const OGRFeatureDefn& definition = *layer_->GetLayerDefn();
        for (int i = 0; i < definition.GetFieldCount(); ++i) {
            layer.fields.emplace_back(definition.GetFieldDefn(i)->GetNameRef());
        }
        layer.features = layer_->GetFeatureCount(0);
        shapefile_ = shapefile;
        return start_crs(request, layer, error);
    }

    bool next(GisChunk& chunk, std::size_t most_rows, std::size_t most_bytes, std::string& error) override {
        chunk.clear();
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
            for (int i = 0; i < definition.GetFieldCount(); ++i) {
                append_value(chunk.text, *feature, i, *definition.GetFieldDefn(i));
                chunk.ends.push_back(chunk.text.size());
            }
            // Of a GeoJSON many features are parsed together: what was said belongs to none in particular.
            shapes_.add(feature->GetGeometryRef(), shapefile_ ? failure : std::string());
        }
        shapes_.hand_over(to_lon_lat_, chunk);
        return !chunk.numbers.empty();
    }

private:
    bool start_crs(const GisRequest& request, GisLayer& layer, std::string& error) {
        OGRSpatialReference given;
        const OGRSpatialReference* crs = layer_->GetSpatialRef();
        if (!request.crs.empty()) {
            if (given.SetFromUserInput(request.crs.c_str(),
                                       OGRSpatialReference::SET_FROM_USER_INPUT_LIMITATIONS_get()) != OGRERR_NONE) {
                error = request.crs + ": unknown coordinate system";
                return false;
            }
            crs = &given;
        }
        if (!to_lon_lat_.start(crs, error)) {
            return false;
        }
        layer.crs = to_lon_lat_.name();
        layer.datum = to_lon_lat_.datum();
        return true;
    }

    GDALDatasetUniquePtr dataset_;
    OGRLayer* layer_ = nullptr;  // the dataset's
    bool shapefile_ = false;
    std::uint32_t read_ = 0;
    GisToLonLat to_lon_lat_;
    GisShapes shapes_;
};

}  // namespace
}  // namespace kokai

kokai::GisReader* kokai_gis_reader() {
    return std::make_unique<kokai::GdalReader>().release();
}
