// SPDX-License-Identifier: Apache-2.0
// What a file is, is decided here from its bytes, before GDAL sees its name: GDAL would follow /vsicurl/… and PG:… .
#include "read/gis.hpp"

#include "model/error.hpp"
#include "read/encoding.hpp"
#include "read/geojson_scan.hpp"
#include "read/header.hpp"
#include "support/hash.hpp"
#include "support/module.hpp"
#include "support/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace kokai {
namespace {

constexpr std::string_view shapefile_driver = "ESRI Shapefile";
constexpr std::string_view geojson_driver = "GeoJSON";
constexpr std::size_t batch_rows = 4096;
constexpr std::size_t batch_bytes = 2U << 20U;

struct Words {
    std::string_view ja, en;
};

/// What a file that is no GeoJSON really is, for the message.
Words what_it_is(std::string_view head) {
    std::string small(trimmed(head.substr(0, 512)));
    std::transform(small.begin(), small.end(), small.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    const std::string_view text = small;
    const auto holds = [&](std::string_view word) { return text.find(word) != std::string_view::npos; };
    if (text.empty()) {
        return {"空のファイルです", "an empty file"};
    }
    if (head.starts_with("PK\x03\x04")) {
        return {"ZIP（または Excel）のファイルです", "a ZIP or Excel file"};
    }
    if (head.starts_with("SQLite format 3")) {
        return {"GeoPackage か SQLite のファイルです", "a GeoPackage or SQLite file"};
    }
    if (head.starts_with("fgb\x03")) {
        return {"FlatGeobuf のファイルです", "a FlatGeobuf file"};
    }
    if (text.starts_with("%pdf")) {
        return {"PDF のファイルです", "a PDF file"};
    }
    if (text.starts_with("<")) {
        if (holds("<!doctype html") || holds("<html")) {
            return {"ウェブページ（HTML）です。ダウンロードの途中でエラーのページが保存されたのかもしれません",
                    "a web page (HTML): perhaps the download saved an error page"};
        }
        if (holds("<kml")) {
            return {"KML のファイルです", "a KML file"};
        }
        return {"XML（GML など）のファイルです", "an XML file (GML or the like)"};
    }
    if (text.starts_with("{")) {
        return {"GeoJSON ではない JSON か、途中で壊れた GeoJSON です", "JSON that is not GeoJSON, or broken GeoJSON"};
    }
    if (text.starts_with("[")) {
        return {"GeoJSON ではない JSON（並び）です", "JSON, but a list and not GeoJSON"};
    }
    return {"GeoJSON でも Shapefile でもないファイルです", "neither GeoJSON nor a Shapefile"};
}

[[noreturn]] void refuse(const std::string& shown, Words what, std::string_view detail = {}) {
    const std::string more = detail.empty() ? "" : fmt::format(" ({})", printable(detail));
    throw WorldError(
        shown,
        fmt::format("GIS のデータとして開けません: {}。読めるのは GeoJSON と Shapefile（.shp）です{}", what.ja, more),
        fmt::format("cannot be opened as GIS data: it is {}; GeoJSON and Shapefile (.shp) are read{}", what.en, more));
}

/// GDAL gives meaning to names: databases, servers, archives. Only a file of this machine is a source.
void refuse_special_names(const std::filesystem::path& path, const std::string& shown) {
    const std::string name = path.string();
    const std::size_t colon = name.find(':');
    const bool scheme = colon != std::string::npos && colon >= 2 && name.find('/') > colon;
    if (name.starts_with("/vsi") || (scheme && !std::filesystem::exists(path))) {
        throw WorldError(shown, "パソコンの中のファイルだけを読めます（サーバーやデータベースの名前は使えません）",
                         "only a local file can be read, not the name of a server, archive or database");
    }
}

bool is_in_japan(double longitude, double latitude) {
    return longitude >= 122 && longitude <= 154 && latitude >= 20 && latitude <= 46;
}

std::string shown_number(double number) {
    return fmt::format("{:.7g}", number);
}

}  // namespace

GisSource::GisSource(GisOptions options) : options_(std::move(options)) {
    about_.name = options_.name;
    about_.file = options_.shown;
}

Shape GisSource::open(Findings& findings) {
    refuse_special_names(options_.path, options_.shown);
    file_.emplace(options_.path, options_.shown);
    std::array<char, 1024> bytes{};
    std::string_view head(bytes.data(), file_->read_at(0, bytes.data(), bytes.size()));
    GisRequest request;
    request.layer = options_.layer;
    request.crs = options_.crs;
    request.path = std::filesystem::canonical(options_.path).string();
    std::unique_ptr<ShapefileLinks> links;  // only while GDAL opens them: a killed run leaves nothing in /tmp
    constexpr std::string_view shapefile_magic("\0\0\x27\x0A", 4);
    if (head.starts_with(shapefile_magic)) {
        request.driver = shapefile_driver;
        links = open_shapefile(request, findings);
    } else {
        if (head.starts_with("\xEF\xBB\xBF")) {
            head.remove_prefix(3);
        }
        const bool utf16 = head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF");
        if (!trimmed(head).starts_with('{') && !utf16) {
            refuse(options_.shown, what_it_is(head));
        }
        request.driver = geojson_driver;
        open_geojson();
    }

    using Factory = GisReader*();
    reader_.reset(module_function<Factory>("gdal", "kokai_gis_reader")());
    std::string error;
    if (!reader_->open(request, layer_, error)) {
        if (request.crs.empty() || error.find(request.crs) == std::string::npos) {
            refuse(options_.shown,
                   request.driver == geojson_driver ? what_it_is(head)
                                                    : Words{"壊れた Shapefile です", "a broken Shapefile"},
                   error);
        }
        throw WorldError(options_.shown, fmt::format("座標系 {} は使えません（{}）", request.crs, printable(error)),
                         fmt::format("the coordinate system {} cannot be used ({})", request.crs, printable(error)));
    }
    if (layer_.crs_is_address && options_.crs.empty()) {
        throw WorldError(
            options_.shown, "座標系がウェブの住所で書かれています。crs（例: EPSG:6677）で指定してください",
            "its coordinate system is a web address, which is not followed; name it with crs (like EPSG:6677)");
    }
    if (layer_.name.empty()) {
        const std::string all = fmt::format("{}", fmt::join(layer_.all, ", "));
        throw WorldError(options_.shown, fmt::format("レイヤー「{}」がありません（あるもの: {}）", options_.layer, all),
                         fmt::format("there is no layer \"{}\" (there are: {})", options_.layer, all));
    }
    about_.format = request.driver;
    about_.encoding = encoding_ == DbfEncoding::utf8 ? "UTF-8" : "CP932";
    about_.sheet = layer_.name;
    about_.sheets = {layer_.name};

    std::vector<std::string> names;
    Arena decoded;
    for (const std::string& field : layer_.fields) {
        std::size_t bad = std::string::npos;  // a name cut in the middle of a character loses the half
        names.emplace_back(encoding_ == DbfEncoding::utf8 ? mend_utf8(field, decoded, bad)
                                                          : decode_cp932(field, decoded, bad));
    }
    std::vector<bool> published;
    const std::vector<std::uint64_t> filled(names.size(), 1);  // an attribute without a name is kept all the same
    shape_ = shape_of_header(names, filled, 0, options_.source, published, findings);
    shape_.has_geometry = true;

    Sha256 digest;
    std::vector<char> piece(1U << 20U);
    for (std::uint64_t offset = 0;;) {
        const std::size_t got = file_->read_at(offset, piece.data(), piece.size());
        if (got == 0) {
            break;
        }
        digest.update(std::string_view(piece.data(), got));
        offset += got;
    }
    about_.sha256 = digest.hex();

    read_chunk();
    look_at_positions(findings);
    return shape_;
}

std::unique_ptr<ShapefileLinks> GisSource::open_shapefile(GisRequest& request, Findings& findings) {
    const ShapefileParts parts = find_parts(request.path);
    const DbfSurvey survey = survey_dbf(parts, options_.encoding, options_.shown);
    encoding_ = survey.encoding;
    if (survey.contradicted) {
        findings.add(Code::encoding_doubtful, table_place(), encoding_ == DbfEncoding::utf8 ? "UTF-8" : "CP932");
    }
    if (!parts.shx.empty()) {
        return nullptr;
    }
    auto links = std::make_unique<ShapefileLinks>(parts);  // GDAL rebuilds the index there
    request.path = links->shp().string();
    request.restore_index = true;
    return links;
}

void GisSource::open_geojson() {
    const EncodingSurvey survey = survey_encoding(*file_, {});
    if (survey.encoding != Encoding::utf8 || !survey.valid) {
        const std::string_view really = survey.encoding == Encoding::utf8 ? "不明" : name_of(survey.encoding);
        throw WorldError(
            options_.shown,
            fmt::format(
                "GeoJSON の文字コードは UTF-8 でなければなりません（このファイル: {}）。UTF-8 で保存し直してください",
                really),
            fmt::format("GeoJSON must be in UTF-8 (this file: {}); save it again as UTF-8",
                        survey.encoding == Encoding::utf8 ? "unknown" : really));
    }
}

void GisSource::read_chunk() {
    std::string error;
    has_chunk_ = reader_->next(chunk_, batch_rows, batch_bytes, error);
    if (!error.empty()) {
        throw WorldError(options_.shown,
                         fmt::format("{} 件目の後でデータが壊れています（{}）", about_.data_rows, printable(error)),
                         fmt::format("the data breaks off after feature {} ({})", about_.data_rows, printable(error)));
    }
}

/// Degrees or metres? A file that does not say is taken for degrees where its positions lie in Japan, else nobody can
/// know.
void GisSource::look_at_positions(Findings& findings) {
    std::size_t all = 0;
    std::size_t in_japan = 0;
    std::size_t beyond = 0;
    std::size_t swapped = 0;
    GisFault odd;
    for (std::size_t row = 0; row < chunk_.shapes.size(); ++row) {
        if (chunk_.shapes.kind(row) != GeometryKind::none) {
            const std::span<const double> xy =
                chunk_.shapes.ring(chunk_.shapes.ring_begin(chunk_.shapes.part_begin(row)));
            ++all;
            in_japan += is_in_japan(xy[0], xy[1]) ? 1U : 0U;
        }
    }
    for (const GisFault& fault : chunk_.faults) {
        if (fault.kind == GisFault::Kind::beyond_degrees) {
            ++all;
            ++beyond;
            swapped += is_in_japan(fault.y, fault.x) ? 1U : 0U;
            odd = fault;
        }
    }
    const std::string place = fmt::format("{}, {}", shown_number(odd.x), shown_number(odd.y));
    if (swapped * 2 > all) {
        throw WorldError(options_.shown,
                         "座標が「緯度, 経度」の順になっています。GIS のデータは「経度, 緯度」の順でなければなりません",
                         "the coordinates are written latitude first; GIS data has longitude first");
    }
    if (beyond * 2 > all) {
        throw WorldError(
            options_.shown,
            fmt::format("座標が度ではありません（{}）。座標系を crs（例: EPSG:6677）で指定してください", place),
            fmt::format("the coordinates are not degrees ({}); name the coordinate system with crs (like EPSG:6677)",
                        place));
    }
    if (layer_.datum == GisDatum::none && all > 0) {
        if (in_japan * 10 < all * 9) {
            throw WorldError(
                options_.shown,
                "座標系が書かれておらず、座標からも決められません。crs（例: EPSG:6677）で指定してください",
                "no coordinate system is given and the coordinates do not tell; name it with crs (like EPSG:6677)");
        }
        findings.add(Code::crs_assumed, table_place(), "EPSG:6668");
    } else if (layer_.datum == GisDatum::tokyo || layer_.datum == GisDatum::other) {
        findings.add(Code::crs_datum_approximate, table_place(), layer_.crs);
    }
}

bool GisSource::next(Batch& batch, Findings& findings) {
    if (!has_chunk_) {
        return false;
    }
    const std::size_t rows = chunk_.numbers.size();
    batch.first_record = about_.data_rows + 1;
    batch.columns.resize(shape_.columns.size());
    for (const std::uint32_t number : chunk_.numbers) {
        batch.rows.push_back({number, 0, options_.source});
    }
    batch.raw.swap(chunk_.text);
    take_values(batch, findings);
    std::swap(batch.shapes, chunk_.shapes);
    report_faults(batch, findings);
    with_height_ += chunk_.with_height;
    about_.data_rows += rows;
    read_chunk();
    return true;
}

void GisSource::take_values(Batch& batch, Findings& findings) {
    const std::string_view text(batch.raw.data(), batch.raw.size());
    std::size_t begin = 0;
    std::size_t value = 0;
    for (std::size_t row = 0; row < chunk_.numbers.size(); ++row) {
        for (std::size_t column = 0; column < shape_.columns.size(); ++column) {
            const std::size_t end = chunk_.ends[value++];
            const std::string_view bytes = text.substr(begin, end - begin);
            begin = end;
            std::size_t bad = std::string::npos;
            const Cell cell = encoding_ == DbfEncoding::utf8 ? mend_utf8(bytes, batch.bytes, bad)
                                                             : decode_cp932(bytes, batch.bytes, bad);
            batch.columns[column].cells.push_back(cell);
            if (bad != std::string::npos) {
                findings.add(Code::encoding_broken, batch, row, column, shape_.columns[column], cell);
            }
        }
    }
}

void GisSource::report_shape(const Batch& batch, std::size_t row, Severity severity, std::string_view found,
                             Findings& findings) {
    findings.list().push_back({batch.place(row),
                               Code::geometry_invalid,
                               severity,
                               static_cast<std::uint32_t>(row),
                               findings.keep(found),
                               {},
                               {}});
}

void GisSource::report_faults(const Batch& batch, Findings& findings) {
    for (const GisFault& fault : chunk_.faults) {
        // A shape of a kind that no output has is left out; one that is broken is the department's to mend.
        const bool kind_only = fault.kind == GisFault::Kind::unsupported;
        report_shape(batch, fault.row, kind_only ? info(Code::geometry_invalid).severity : Severity::error, fault.found,
                     findings);
    }
    if (about_.format == geojson_driver) {
        report_unread_shapes(batch, findings);
    }
}

void GisSource::report_unread_shapes(const Batch& batch, Findings& findings) {
    std::vector<bool> told(batch.size(), false);
    for (const GisFault& fault : chunk_.faults) {
        told[fault.row] = true;
    }
    for (std::size_t row = 0; row < batch.size(); ++row) {
        if (batch.shapes.kind(row) != GeometryKind::none || told[row]) {
            continue;
        }
        if (!declared_) {
            declared_ = features_with_coordinates(*file_);
        }
        const std::size_t feature = batch.rows[row].row - 1;
        if (feature < declared_->size() && (*declared_)[feature]) {
            report_shape(batch, row, Severity::error, "coordinates", findings);
        }
    }
}

void GisSource::end(Findings& findings) {
    if (with_height_ > 0) {
        findings.add(Code::height_dropped, table_place(), std::to_string(with_height_));
    }
    if (file_->changed()) {
        findings.add(Code::source_changed, table_place(), "");
    }
}

std::uint64_t GisSource::position() const {
    if (layer_.features <= 0) {
        return has_chunk_ ? 0 : size();
    }
    const double part = static_cast<double>(about_.data_rows) / static_cast<double>(layer_.features);
    return static_cast<std::uint64_t>(std::min(part, 1.0) * static_cast<double>(size()));
}

}  // namespace kokai
