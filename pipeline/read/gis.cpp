// SPDX-License-Identifier: Apache-2.0
// Reading is in order, through one GDAL layer; decoding the values and looking at the shapes is side by side.
#include "read/gis.hpp"

#include "model/error.hpp"
#include "read/encoding.hpp"
#include "read/geojson_scan.hpp"
#include "read/gis_ksj.hpp"
#include "read/gis_labels.hpp"
#include "read/gis_names.hpp"
#include "read/header.hpp"
#include "read/shape_check.hpp"
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

constexpr std::size_t batch_rows = 4096;
constexpr std::size_t batch_bytes = 2U << 20U;

/// Words of a damaged file, fit to be shown.
std::string clean(std::string_view text) {
    Arena mended;
    std::size_t bad = std::string::npos;
    return printable(mend_utf8(text, mended, bad));
}

bool is_json(GisFormat format) {
    return format == GisFormat::geojson || format == GisFormat::geojson_lines;
}

/// What GDAL makes of a JSON integer beyond 64 bits.
bool is_clamped(Cell cell) {
    return cell == "9223372036854775807" || cell == "-9223372036854775808";
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
    GisOpening opening;
    if (!options_.service.empty()) {
        opening = prepare_postgis(options_.service, options_.query, options_.shown);
    } else {
        refuse_special_names(options_.path, options_.shown);
        file_.emplace(options_.path, options_.shown);
        opening = prepare_gis({options_.path, options_.shown, options_.encoding, table_place()}, *file_, findings);
    }
    format_ = opening.format;
    text_ = opening.text;
    opening.request.layer = options_.layer;
    opening.request.crs = options_.crs;
    opening.request.grids = options_.grids.string();
    open_layer(opening);
    about_.format = info(format_).name;
    about_.encoding = text_ == GisText::utf8 ? "UTF-8" : "CP932";
    about_.sheet = clean(layer_.name);
    about_.sheets = {about_.sheet};
    if (file_) {
        digest_file();
    }
    find_unknown_system(opening);
    read_chunk();
    shape_ = read_names(findings);
    settle_system(opening, findings);
    look_at_positions(findings);
    tell_unknown_system(opening, findings);
    return shape_;
}

void GisSource::open_layer(GisOpening& opening) {
    const GisRequest& request = opening.request;
    if (format_ == GisFormat::ksj) {
        reader_ = make_ksj_reader(options_.path, options_.shown);
    } else {
        using Factory = GisReader*();
        reader_.reset(module_function<Factory>("gdal", "kokai_gis_reader")());
    }
    std::string error;
    if (!reader_->open(request, layer_, error)) {
        if (!file_) {
            refuse_postgis(options_.service, options_.shown, clean(error));
        }
        if (request.crs.empty() || error.find(request.crs) == std::string::npos) {
            refuse_gis({options_.path, options_.shown, {}, {}}, *file_, format_, clean(error));
        }
        throw WorldError(options_.shown, fmt::format("座標系 {} は使えません（{}）", request.crs, clean(error)),
                         fmt::format("the coordinate system {} cannot be used ({})", request.crs, clean(error)));
    }
    if (layer_.crs_is_address && options_.crs.empty()) {
        throw WorldError(
            options_.shown, "座標系がウェブの住所で書かれています。crs（例: EPSG:6677）で指定してください",
            "its coordinate system is a web address, which is not followed; name it with crs (like EPSG:6677)");
    }
    if (!layer_.found) {
        refuse_layers();
    }
    refuse_too_many_columns(layer_.fields.size(), options_.shown);
}

void GisSource::refuse_layers() const {
    std::string all;
    for (const GisLayer::Other& one : layer_.all) {
        all +=
            (all.empty() ? "" : ", ") + clean(one.name) + (one.features >= 0 ? fmt::format(" ({})", one.features) : "");
    }
    if (layer_.all.empty()) {
        throw WorldError(options_.shown, "レイヤー（図形の表）が一つもありません", "there is no layer in it");
    }
    if (options_.layer.empty()) {
        throw WorldError(
            options_.shown,
            fmt::format("レイヤーが {} 個あります。どれを読むか sheet（--sheet）で指定してください（あるもの: {}）",
                        layer_.all.size(), all),
            fmt::format("holds {} layers; name the one to read with sheet (--sheet): {}", layer_.all.size(), all));
    }
    throw WorldError(options_.shown, fmt::format("レイヤー「{}」がありません（あるもの: {}）", options_.layer, all),
                     fmt::format("there is no layer \"{}\" (there are: {})", options_.layer, all));
}

Shape GisSource::read_names(Findings& findings) {
    std::vector<std::string> names;
    Arena decoded_names;
    for (const std::string& field : layer_.fields) {
        std::size_t bad = std::string::npos;  // a name cut in the middle of a character loses the half
        names.emplace_back(decoded(field, decoded_names, bad));
    }
    if (format_ == GisFormat::shapefile) {
        name_by_file_beside(names, findings);
    }
    name_by_table(names, findings);
    std::vector<bool> published;
    const std::vector<std::uint64_t> filled(names.size(), 1);  // an attribute without a name is kept all the same
    Shape shape = shape_of_header(names, filled, 0, options_.source, published, findings);
    for (std::size_t i = 0; i < layer_.types.size(); ++i) {
        shape.columns[i].type = layer_.types[i];
    }
    // A table of attributes alone is placed by its columns, as any other table.
    without_geometry_ = layer_.without_shapes && !is_json(format_);
    shape.has_geometry = !without_geometry_;
    return shape;
}

void GisSource::tell_name(Code code, std::string_view before, std::string_view after, std::string_view by,
                          Findings& findings) const {
    findings.list().push_back({table_place(), code, info(code).severity, Finding::no_row, findings.keep(before),
                               findings.keep(by), findings.keep(after)});
}

void GisSource::name_by_file_beside(std::vector<std::string>& names, Findings& findings) const {
    const std::vector<std::string> before = names;
    std::vector<std::string> said_by;
    name_by_labels(labels_beside(std::filesystem::canonical(options_.path)), names, said_by);
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (!said_by[i].empty()) {
            tell_name(Code::field_named_by_labels, before[i], names[i], said_by[i], findings);
        }
    }
}

/// The values of the first rows say which edition of the table is meant.
void GisSource::name_by_table(std::vector<std::string>& names, Findings& findings) const {
    if (options_.names.empty() || std::none_of(names.begin(), names.end(), is_generic_name)) {
        return;
    }
    constexpr std::size_t most_rows = 500;
    std::vector<std::vector<std::string>> samples(names.size());
    Arena values;
    const std::string_view text(chunk_.text.data(), chunk_.text.size());
    for (std::size_t value = 0; value < std::min(chunk_.ends.size(), names.size() * most_rows); ++value) {
        const std::uint32_t begin = value == 0 ? 0 : chunk_.ends[value - 1];
        std::size_t bad = std::string::npos;
        samples[value % names.size()].emplace_back(
            decoded(text.substr(begin, chunk_.ends[value] - begin), values, bad));
    }
    const std::optional<std::vector<std::string>> better = names_by_table(options_.names, names, samples);
    for (std::size_t i = 0; better && i < names.size(); ++i) {
        if (names[i] != (*better)[i]) {
            tell_name(Code::field_named_by_table, names[i], (*better)[i], {}, findings);
            names[i] = (*better)[i];
        }
    }
}

void GisSource::digest_file() {
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
}

Cell GisSource::decoded(std::string_view bytes, Arena& into, std::size_t& bad) const {
    if (text_ == GisText::utf8) {
        return mend_utf8(bytes, into, bad);
    }
    if (text_ == GisText::either && first_bad_utf8(bytes) == bytes.size()) {
        return bytes;
    }
    return decode_cp932(bytes, into, bad);
}

void GisSource::read_chunk() {
    std::string error;
    has_chunk_ = reader_->next(chunk_, batch_rows, batch_bytes, error);
    if (without_shapes_) {
        drop_shapes();
    }
    if (has_chunk_ && !file_) {
        digest_chunk();
    }
    if (!error.empty()) {
        throw WorldError(options_.shown,
                         fmt::format("{} 件目の後でデータが壊れています（{}）", about_.data_rows, clean(error)),
                         fmt::format("the data breaks off after feature {} ({})", about_.data_rows, clean(error)));
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
            swapped += is_in_japan(xy[1], xy[0]) ? 1U : 0U;
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
        refuse_axis_order();
    }
    if (beyond * 2 > all) {
        refuse_unknown_system();
        throw WorldError(
            options_.shown,
            fmt::format("座標が度ではありません（{}）。座標系を crs（例: EPSG:6677）で指定してください", place),
            fmt::format("the coordinates are not degrees ({}); name the coordinate system with crs (like EPSG:6677)",
                        place));
    }
    if (layer_.datum == GisDatum::none && all > 0) {
        if (in_japan * 10 < all * 9) {
            refuse_unknown_system();
            throw WorldError(
                options_.shown,
                "座標系が書かれておらず、座標からも決められません。crs（例: EPSG:6677）で指定してください",
                "no coordinate system is given and the coordinates do not tell; name it with crs (like EPSG:6677)");
        }
        if (unknown_system_.empty()) {
            findings.add(Code::crs_assumed, table_place(), "EPSG:6668");
        }
    } else if (layer_.datum == GisDatum::other) {
        findings.add(Code::crs_datum_approximate, table_place(), clean(layer_.crs));
    }
}

/// A database has no bytes to tell one state of it from another; its rows have.
void GisSource::digest_chunk() {
    rows_digest_.update({chunk_.text.data(), chunk_.text.size()});
    const auto add = [&](const auto& values) {
        rows_digest_.update({reinterpret_cast<const char*>(values.data()), values.size() * sizeof(values[0])});
    };
    add(chunk_.ends);
    add(chunk_.shapes.coordinates());
}

bool GisSource::next(Batch& batch, Findings& findings) {
    if (!has_chunk_) {
        return false;
    }
    const std::size_t read = chunk_.numbers.size();
    count_kinds();
    batch.first_record = about_.data_rows + 1;
    batch.columns.resize(shape_.columns.size());
    for (const std::uint32_t number : chunk_.numbers) {
        batch.rows.push_back({number, 0, options_.source});
    }
    batch.raw.swap(chunk_.text);
    batch.marks.swap(chunk_.ends);
    if (!without_geometry_) {
        std::swap(batch.shapes, chunk_.shapes);
    }
    report_faults(batch, findings);
    with_height_ += chunk_.with_height;
    with_measure_ += chunk_.with_measure;
    with_curves_ += chunk_.with_curves;
    curves_.merge(chunk_.curves);
    approximate_ += chunk_.approximate;
    about_.data_rows += read;
    read_chunk();
    return true;
}

void GisSource::parse(Batch& batch, Findings& findings) const {
    take_values(batch, findings);
    look_at_shapes(batch, options_.faulty, findings);
}

void GisSource::take_values(Batch& batch, Findings& findings) const {
    const std::string_view text(batch.raw.data(), batch.raw.size());
    const bool json = is_json(format_);
    std::size_t begin = 0;
    std::size_t value = 0;
    for (std::size_t row = 0; row < batch.size(); ++row) {
        for (std::size_t column = 0; column < shape_.columns.size(); ++column) {
            const std::size_t end = batch.marks[value++];
            const std::string_view bytes = text.substr(begin, end - begin);
            begin = end;
            std::size_t bad = std::string::npos;
            const Cell cell = decoded(bytes, batch.bytes, bad);
            batch.columns[column].cells.push_back(cell);
            if (json && is_clamped(cell)) {
                findings.add(Code::integer_too_large, batch, row, column, shape_.columns[column], cell);
            }
            if (bad != std::string::npos) {
                findings.add(Code::encoding_broken, batch, row, column, shape_.columns[column], cell);
            }
        }
    }
}

void GisSource::report_shape(const Batch& batch, std::size_t row, Code code, Severity severity, std::string_view found,
                             Findings& findings) {
    findings.list().push_back(
        {batch.place(row), code, severity, static_cast<std::uint32_t>(row), findings.keep(found), {}, {}});
}

void GisSource::report_faults(const Batch& batch, Findings& findings) {
    constexpr double metres_of_care = 1;  // a ring open by less was closed as it was meant
    for (const GisFault& fault : chunk_.faults) {
        const std::string found = clean(fault.found);
        switch (fault.kind) {
        case GisFault::Kind::closed:
            report_shape(batch, fault.row, Code::ring_closed,
                         fault.gap > metres_of_care ? Severity::warning : Severity::note, found, findings);
            break;
        case GisFault::Kind::unsupported:
            report_shape(batch, fault.row, Code::geometry_unsupported, Severity::error, found, findings);
            break;
        case GisFault::Kind::zero:
            report_shape(batch, fault.row, Code::position_zero, info(Code::position_zero).severity, found, findings);
            break;
        case GisFault::Kind::elsewhere:
            report_shape(batch, fault.row, Code::geometry_invalid, Severity::error,
                         found + "（ほかの行の座標系の数字ではない / no numbers of the other rows' system）", findings);
            break;
        case GisFault::Kind::exchanged:
            report_shape(batch, fault.row, Code::position_swapped, info(Code::position_swapped).severity, found,
                         findings);
            findings.list().back().repaired = findings.keep(fault.repaired);
            break;
        default:
            report_shape(batch, fault.row, Code::geometry_invalid, Severity::error, found, findings);
        }
    }
    if (is_json(format_) && !without_shapes_) {
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
            declared_ =
                format_ == GisFormat::geojson ? features_with_coordinates(*file_) : lines_with_coordinates(*file_);
        }
        const std::size_t feature = batch.rows[row].row - 1;
        if (feature < declared_->size() && (*declared_)[feature]) {
            report_shape(batch, row, Code::geometry_invalid, Severity::error,
                         "読めない座標・種類 / unreadable type or coordinates", findings);
        }
    }
}

void GisSource::end(Findings& findings) {
    const auto tell = [&](Code code, std::uint64_t count, const std::string& expected = {}) {
        if (count > 0) {
            findings.add(code, table_place(), std::to_string(count), expected);
        }
    };
    tell(Code::height_dropped, with_height_);
    tell(Code::measure_dropped, with_measure_);
    tell(Code::curves_straightened, with_curves_, fmt::format("{}", fmt::join(curves_, ", ")));
    if (approximate_ > 0) {
        findings.add(Code::crs_without_parameter, table_place(), std::to_string(approximate_));
    }
    tell_kinds(findings);
    if (!file_) {
        about_.sha256 = rows_digest_.hex();
    } else if (file_->changed()) {
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
