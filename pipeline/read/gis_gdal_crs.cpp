// SPDX-License-Identifier: Apache-2.0
// Debian's PROJ has no Japanese grid, and JGD2000, JGD2011 and WGS 84 are the same within what a map shows: between
// these only the map projection is undone, no datum is shifted. The Tokyo datum gets PROJ's parameters and a warning.
#include "read/gis_gdal_crs.hpp"

#include <cctype>
#include <limits>

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

GisDatum datum_of(const OGRSpatialReference& crs) {
    const std::string name = folded(crs.GetAttrValue("DATUM"));
    for (const char* known :
         {"jgd2011", "jgd2000", "japanesegeodeticdatum20", "wgs84", "wgs1984", "worldgeodeticsystem1984"}) {
        if (name.find(known) != std::string::npos) {
            return GisDatum::geocentric;
        }
    }
    return name.find("tokyo") != std::string::npos ? GisDatum::tokyo : GisDatum::other;
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

bool GisToLonLat::start(const OGRSpatialReference* from, std::string& error) {
    if (from == nullptr || from->IsEmpty() != 0) {
        return true;
    }
    OGRSpatialReference source(*from);
    source.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    name_ = name_of(source);
    if (source.IsLocal() != 0 || source.IsGeocentric() != 0) {
        error = name_ + ": not a geographic or projected coordinate system";
        return false;
    }
    datum_ = datum_of(source);
    // The unit of a geographic system is the degree everywhere in Japan; PROJ undoes grads and foreign meridians.
    const bool plain = datum_ == GisDatum::geocentric && source.IsGeographic() != 0 &&
                       source.GetPrimeMeridian() == 0.0 && source.GetAngularUnits(nullptr) < 0.01745329252 &&
                       source.GetAngularUnits(nullptr) > 0.01745329251;
    if (plain) {
        return true;
    }
    OGRSpatialReference target;
    if (datum_ == GisDatum::geocentric && source.IsProjected() != 0) {
        const std::unique_ptr<OGRSpatialReference> base(source.CloneGeogCS());
        if (base != nullptr) {
            target = *base;  // the same datum, so that nothing but the projection is undone
        }
    }
    if (target.IsEmpty() != 0 && target.importFromEPSG(4326) != OGRERR_NONE) {
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

void GisToLonLat::run(std::vector<double>& x, std::vector<double>& y) const {
    if (transformation_ == nullptr || x.empty()) {
        return;
    }
    std::vector<int> good(x.size(), 0);
    transformation_->Transform(static_cast<int>(x.size()), x.data(), y.data(), nullptr, good.data());
    for (std::size_t i = 0; i < x.size(); ++i) {
        if (good[i] == 0) {
            x[i] = std::numeric_limits<double>::infinity();
        }
    }
}

}  // namespace kokai
