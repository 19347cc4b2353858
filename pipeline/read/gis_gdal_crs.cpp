// SPDX-License-Identifier: Apache-2.0
// A system is known by its code, else by its numbers (ESRI's .prj has no codes); then locate/proj_converter has the
// steps. What says nothing is no system; only what is in neither way one of Japan's is left to PROJ's choice, with a
// warning.
#include "read/gis_gdal_crs.hpp"

#include "locate/pair.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <initializer_list>
#include <limits>
#include <optional>

namespace kokai {
namespace {

/// Letters and digits only, small: D_JGD_2011, JGD2011 and "Japanese Geodetic Datum 2011" are written in many ways.
std::string folded(const char* text) {
    std::string small;
    for (const char* c = text == nullptr ? "" : text; *c != '\0'; ++c) {
        if (std::isalnum(static_cast<unsigned char>(*c)) != 0) {
            small += static_cast<char>(std::tolower(static_cast<unsigned char>(*c)));
        }
    }
    return small;
}

/// Whether the datum has a name: GeoPackage's "undefined", MapInfo's 0, what PROJ calls the datum of a `+ellps=`.
bool has_named_datum(const std::string& name) {
    constexpr std::array<const char*, 7> nothing{"unknown",      "unnamed",     "undefined", "unspecified",
                                                 "notspecified", "userdefined", "custom"};
    const std::string bare = name.starts_with("d") && !name.starts_with("datum") ? name.substr(1) : name;
    return !name.empty() && name != "mif0" && !name.starts_with("mif999") &&
           std::none_of(nothing.begin(), nothing.end(),
                        [&](const char* word) { return name.starts_with(word) || bare.starts_with(word); });
}

/// What its numbers say of a datum without a name. Between the official three parameters of the Tokyo datum, those of
/// before and those of other countries' maps lie some metres; another datum on the same ellipsoid is hundreds away.
std::optional<Datum> datum_by_numbers(const OGRSpatialReference& crs) {
    constexpr std::array<double, 3> tokyo{-146.414, 507.337, 680.507};
    constexpr std::array<double, 3> world{};
    std::array<double, 7> shift{};
    const bool shifted = crs.GetTOWGS84(shift.data(), static_cast<int>(shift.size())) == OGRERR_NONE;
    const auto is_about = [&](const std::array<double, 3>& metres, double most) {
        return std::equal(metres.begin(), metres.end(), shift.begin(),
                          [&](double one, double other) { return std::abs(one - other) < most; }) &&
               std::all_of(shift.begin() + 3, shift.end(), [](double one) { return std::abs(one) < 1; });
    };
    const double axis = crs.GetSemiMajor(nullptr);
    const double flattening = crs.GetInvFlattening(nullptr);
    if (std::abs(axis - 6377397.155) < 0.1 && std::abs(flattening - 299.1528128) < 1e-3) {
        return !shifted || is_about(tokyo, 30) ? std::optional(Datum::tokyo) : std::nullopt;
    }
    if (std::abs(axis - 6378137) < 0.1 && std::abs(flattening - 298.2572) < 1e-3) {
        // Degrees on the ellipsoid of today alone are what a file has that says nothing.
        const bool world_datum = shifted ? is_about(world, 1) : crs.IsProjected() != 0;
        return world_datum ? std::optional(Datum::jgd2011) : std::nullopt;
    }
    return std::nullopt;
}

/// By the words of the file itself, not by what PROJ takes them for: between JGD2000 and JGD2011 lies half a metre.
std::optional<Datum> datum_of(const OGRSpatialReference& crs) {
    const std::string name = folded(crs.GetAttrValue("DATUM"));
    const auto holds = [&](std::initializer_list<const char*> words) {
        return std::any_of(words.begin(), words.end(),
                           [&](const char* word) { return name.find(word) != std::string::npos; });
    };
    if (holds({"jgd2000", "japanesegeodeticdatum2000"})) {
        return Datum::jgd2000;
    }
    // EPSG is to call JGD2011 JGD2024.
    if (holds({"jgd2011", "jgd2024", "japanesegeodeticdatum20", "wgs84", "wgs1984", "worldgeodeticsystem1984"})) {
        return Datum::jgd2011;
    }
    // "Tokyo 1892" is another one, of before 1918.
    if (holds({"tokyo"}) && !holds({"1892"})) {
        return Datum::tokyo;
    }
    return has_named_datum(name) ? std::nullopt : datum_by_numbers(crs);
}

bool near(double a, double b) {
    return std::abs(a - b) < 1e-6;
}

/// The plane or UTM system with these numbers, as ESRI writes them into a .prj without a code.
std::optional<CoordinateSystem> system_with_origin(const OGRSpatialReference& crs, Datum datum) {
    const char* projection = crs.GetAttrValue("PROJECTION");
    const std::string kind = folded(projection);
    if ((kind != "transversemercator" && kind != "gausskruger") || !near(crs.GetLinearUnits(nullptr), 1)) {
        return std::nullopt;
    }
    const double scale = crs.GetNormProjParm(SRS_PP_SCALE_FACTOR, 1);
    const double east = crs.GetNormProjParm(SRS_PP_FALSE_EASTING, 0);
    const double north = crs.GetNormProjParm(SRS_PP_FALSE_NORTHING, 0);
    const SystemOrigin origin{crs.GetNormProjParm(SRS_PP_LATITUDE_OF_ORIGIN, 0),
                              crs.GetNormProjParm(SRS_PP_CENTRAL_MERIDIAN, 0)};
    if (!near(north, 0)) {
        return std::nullopt;
    }
    if (near(scale, 0.9999) && near(east, 0)) {
        for (int zone = 1; zone <= 19; ++zone) {
            const CoordinateSystem plane = plane_system(datum, zone);
            const SystemOrigin wanted = origin_of(plane);
            if (near(wanted.latitude, origin.latitude) && near(wanted.longitude, origin.longitude)) {
                return plane;
            }
        }
    }
    if (near(scale, 0.9996) && near(east, 500000) && near(origin.latitude, 0)) {
        const int first = datum == Datum::jgd2011 ? 6688 : datum == Datum::jgd2000 ? 3097 : 3092;
        for (int zone = 51; zone <= 55; ++zone) {
            const CoordinateSystem utm{first + zone - 51, datum, Projection::utm, zone};
            if (near(origin_of(utm).longitude, origin.longitude)) {
                return utm;
            }
        }
    }
    return std::nullopt;
}

std::optional<CoordinateSystem> system_of(const OGRSpatialReference& crs) {
    const char* authority = crs.GetAuthorityName(nullptr);
    const char* code = crs.GetAuthorityCode(nullptr);
    if (authority != nullptr && code != nullptr) {
        const std::string name = std::string(authority) + ":" + code;
        if (const auto system = coordinate_system(name)) {
            return system;
        }
    }
    // The unit of a geographic system is the degree everywhere in Japan; PROJ undoes grads and foreign meridians.
    const double degree = crs.GetAngularUnits(nullptr);
    const std::optional<Datum> datum = datum_of(crs);
    if (!datum || crs.GetPrimeMeridian() != 0.0 || std::abs(degree - 0.017453292519943295) > 1e-10) {
        return std::nullopt;
    }
    return crs.IsGeographic() != 0  ? std::optional(degrees_in(*datum))
           : crs.IsProjected() != 0 ? system_with_origin(crs, *datum)
                                    : std::nullopt;
}

/// NonEarth of MapInfo, LOCAL_CS: metres of an origin that the file does not say. "Undefined geographic SRS" of a
/// GeoPackage: numbers, degrees perhaps.
bool says_nothing(const OGRSpatialReference& crs) {
    if (crs.IsGeocentric() != 0 || crs.IsProjected() != 0) {
        return false;
    }
    std::array<double, 7> shift{};
    return crs.IsGeographic() == 0 || (!has_named_datum(folded(crs.GetAttrValue("DATUM"))) && !datum_by_numbers(crs) &&
                                       crs.GetTOWGS84(shift.data(), static_cast<int>(shift.size())) != OGRERR_NONE);
}

std::string name_of(const OGRSpatialReference& crs) {
    OGRSpatialReference copy(crs);
    const char* authority = copy.GetAuthorityName(nullptr);
    const char* code = copy.GetAuthorityCode(nullptr);
    if ((authority == nullptr || code == nullptr) && copy.AutoIdentifyEPSG() == OGRERR_NONE) {
        authority = copy.GetAuthorityName(nullptr);
        code = copy.GetAuthorityCode(nullptr);
    }
    if (authority != nullptr && code != nullptr) {
        return std::string(authority) + ":" + code;
    }
    // A .prj of ESRI has no codes, but PROJ's database knows the same system.
    int count = 0;
    int* confidences = nullptr;
    OGRSpatialReferenceH* matches = OSRFindMatches(OGRSpatialReference::ToHandle(&copy), nullptr, &count, &confidences);
    std::string name = copy.GetName() == nullptr ? "" : copy.GetName();
    if (count > 0 && confidences[0] >= 70) {
        const OGRSpatialReference* best = OGRSpatialReference::FromHandle(matches[0]);
        if (best->GetAuthorityName(nullptr) != nullptr && best->GetAuthorityCode(nullptr) != nullptr) {
            name = std::string(best->GetAuthorityName(nullptr)) + ":" + best->GetAuthorityCode(nullptr);
        }
    }
    OSRFreeSRSArray(matches);
    CPLFree(confidences);
    return name;
}

}  // namespace

bool GisToLonLat::start(const OGRSpatialReference* from, const std::string& grids, std::string& error) {
    if (from == nullptr || from->IsEmpty() != 0) {
        return true;
    }
    OGRSpatialReference source(*from);
    source.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    if (const auto system = system_of(source)) {
        datum_ = GisDatum::known;
        name_ = code_text(*system);
        in_degrees_ = system->projection == Projection::degrees;
        if (system->projection == Projection::degrees && system->datum == Datum::jgd2011) {
            return true;
        }
        converter_ = std::make_unique<ProjConverter>();
        return converter_->start(*system, grids, error);
    }
    if (says_nothing(source)) {
        return true;
    }
    name_ = name_of(source);
    if (source.IsGeocentric() != 0) {
        error = name_ + ": not a geographic or projected coordinate system";
        return false;
    }
    datum_ = GisDatum::other;
    in_degrees_ = source.IsGeographic() != 0;
    OGRSpatialReference target;
    if (target.importFromEPSG(4326) != OGRERR_NONE) {
        error = "PROJ does not know EPSG:4326";
        return false;
    }
    target.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    transformation_.reset(OGRCreateCoordinateTransformation(&source, &target));
    if (transformation_ == nullptr) {
        error = name_ + ": no way to longitude and latitude";
        return false;
    }
    return true;
}

namespace {

/// Points that lie in Japan only with latitude and longitude exchanged, put right: there the two ranges have nothing in
/// common.
std::vector<std::size_t> exchange_strays(std::vector<double>& x, std::vector<double>& y) {
    std::vector<std::size_t> strays;
    for (std::size_t i = 0; i < x.size(); ++i) {
        if (is_japanese_latitude(x[i]) && is_japanese_longitude(y[i])) {
            std::swap(x[i], y[i]);
            strays.push_back(i);
        }
    }
    return strays;
}

}  // namespace

void GisToLonLat::take_numbers(std::vector<double>& x, std::vector<double>& y) const {
    if (swapped_) {
        x.swap(y);
    }
    if (factor_ != 1) {
        for (std::size_t i = 0; i < x.size(); ++i) {
            x[i] *= factor_;
            y[i] *= factor_;
        }
    }
}

std::size_t GisToLonLat::run(std::vector<double>& x, std::vector<double>& y) {
    if (!in_degrees_) {
        return convert(x, y);
    }
    const std::vector<std::size_t> strays = exchange_strays(x, y);
    const std::size_t approximate = convert(x, y);
    for (const std::size_t i : strays) {
        std::swap(x[i], y[i]);
    }
    return approximate;
}

std::size_t GisToLonLat::convert(std::vector<double>& x, std::vector<double>& y) {
    if (converter_ != nullptr) {
        return converter_->to_degrees(x.data(), y.data(), x.size(), nullptr);
    }
    if (transformation_ == nullptr || x.empty()) {
        return 0;
    }
    std::vector<int> good(x.size(), 0);
    transformation_->Transform(static_cast<int>(x.size()), x.data(), y.data(), nullptr, good.data());
    for (std::size_t i = 0; i < x.size(); ++i) {
        if (good[i] == 0) {
            x[i] = std::numeric_limits<double>::infinity();
        }
    }
    return 0;
}

}  // namespace kokai
