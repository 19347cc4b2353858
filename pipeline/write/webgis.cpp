// SPDX-License-Identifier: Apache-2.0
// Buffer.bytes holds a batch's CSV, then its KML, then what ShapefileLayers made; Buffer.extra begins with how much of
// each.
#include "write/webgis.hpp"

#include "locate/representative_point.hpp"
#include "support/decimal.hpp"
#include "write/text/cp932.hpp"
#include "write/text/csv_cell.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>
#include <set>
#include <utility>

namespace kokai {
namespace {

constexpr std::string_view zip_ending = ".webgis.zip";
constexpr std::string_view line_end = "\r\n";

struct Lengths {
    std::uint64_t csv = 0, kml = 0, rows = 0, placed = 0, shape_rows = 0;
};

std::string cp932_of(std::string_view text) {
    std::string bytes;
    append_cp932(bytes, text);
    return bytes;
}

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char letter) { return static_cast<unsigned char>(letter) < 0x80; });
}

/// What a .dbf takes as a name: letters, digits, _ and whatever is not ASCII.
std::string plain_name(std::string_view name) {
    std::string plain;
    for (const char letter : name) {
        const bool word = (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z') ||
                          (letter >= 'A' && letter <= 'Z') || static_cast<unsigned char>(letter) >= 0x80;
        if (word) {
            plain += letter;
        } else if (!plain.empty() && plain.back() != '_') {
            plain += '_';
        }
    }
    while (plain.ends_with('_')) {
        plain.pop_back();
    }
    return plain;
}

/// The longest beginning that has at most `bytes` bytes as CP932.
std::string cut_name(std::string_view name, std::size_t bytes) {
    std::string cut;
    for (std::size_t at = 0; at < name.size();) {
        std::size_t next = at + 1;
        while (next < name.size() && (static_cast<unsigned char>(name[next]) & 0xC0U) == 0x80U) {
            ++next;
        }
        if (cp932_of(name.substr(0, next)).size() > bytes) {
            break;
        }
        cut = name.substr(0, next);
        at = next;
    }
    return cut;
}

std::string upper_case(std::string text) {
    for (char& letter : text) {
        letter = letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
    }
    return text;
}

/// KML writes colours as opacity, blue, green, red.
std::string kml_color(std::string_view rgb, double opacity) {
    const auto part = [&](std::size_t at) { return std::string(rgb.substr(at, 2)); };
    return fmt::format("{:02x}", std::lround(opacity * 255)) + part(5) + part(3) + part(1);
}

void zip_scratch(ZipWriter& zip, const std::string& name, ScratchFile& from) {
    constexpr std::uint64_t chunk = std::uint64_t{1} << 20U;
    zip.begin(name);
    std::string piece;
    for (std::uint64_t at = 0; at < from.size(); at += piece.size()) {
        piece.resize(static_cast<std::size_t>(std::min(chunk, from.size() - at)));
        from.read(at, std::as_writable_bytes(std::span(piece)));
        zip.block(piece);
    }
    zip.end();
}

}  // namespace

std::vector<std::string> webgis_field_names(std::span<const ColumnInfo> columns, const WebgisLayout& layout) {
    std::vector<std::string> names;
    std::set<std::string> taken;
    for (const ColumnInfo& column : columns) {
        const auto given = std::find_if(layout.field_names.begin(), layout.field_names.end(),
                                        [&](const auto& one) { return one.first == column.name; });
        std::string base = plain_name(column.name);
        std::string bytes;
        const bool fits = append_cp932(bytes, base) && !bytes.empty() && bytes.size() <= dbf_name_limit;
        if (given != layout.field_names.end()) {
            base = cut_name(given->second, dbf_name_limit);
        } else if (layout.names == WebgisLayout::Names::english || !fits) {
            const std::string english = dbf_names(std::span(&column, 1)).front();
            base = is_ascii(english) ? english : cut_name(base, dbf_name_limit);
        }
        std::string name = base;
        for (std::size_t number = 2; !taken.insert(upper_case(name)).second; ++number) {
            const std::string digits = std::to_string(number);
            name = cut_name(base, dbf_name_limit - digits.size()) + digits;
        }
        names.push_back(std::move(name));
    }
    return names;
}

std::string webgis_prj(std::string_view crs) {
    struct PlaneOrigin {
        int latitude, longitude_minutes;
    };
    // 平面直角座標系 I to XIX, by law (平成14年国土交通省告示第9号).
    constexpr std::array<PlaneOrigin, 19> origins{{{33, 7770},
                                                   {33, 7860},
                                                   {36, 7930},
                                                   {33, 8010},
                                                   {36, 8060},
                                                   {36, 8160},
                                                   {36, 8230},
                                                   {36, 8310},
                                                   {36, 8390},
                                                   {40, 8450},
                                                   {44, 8415},
                                                   {44, 8535},
                                                   {44, 8655},
                                                   {26, 8520},
                                                   {26, 7650},
                                                   {26, 7440},
                                                   {26, 7860},
                                                   {20, 8160},
                                                   {26, 9240}}};
    constexpr int before_first = 6668;
    constexpr std::size_t prefix = 5;  // EPSG:
    int code = before_first;
    std::from_chars(crs.data() + std::min(prefix, crs.size()), crs.data() + crs.size(), code);
    const int zone = code - before_first;
    if (zone < 1 || zone > static_cast<int>(origins.size())) {
        return std::string(shapefile_prj);
    }
    const PlaneOrigin& origin = origins[static_cast<std::size_t>(zone - 1)];
    return fmt::format(R"(PROJCS["JGD_2011_Japan_Zone_{}",{},PROJECTION["Transverse_Mercator"],)"
                       R"(PARAMETER["False_Easting",0.0],PARAMETER["False_Northing",0.0],)"
                       R"(PARAMETER["Central_Meridian",{:.13g}],PARAMETER["Scale_Factor",0.9999],)"
                       R"(PARAMETER["Latitude_Of_Origin",{}.0],UNIT["Meter",1.0]])",
                       zone, shapefile_prj, origin.longitude_minutes / 60.0, origin.latitude);
}

WebgisSink::WebgisSink(WebgisOptions options) : options_(std::move(options)) {}

std::string WebgisSink::styles() const {
    std::string rows;
    for (const ColumnInfo& column : shape_->columns) {
        const std::string name = kml_escaped(column.name);
        rows += "&lt;tr&gt;&lt;th align=\"left\"&gt;" + name + "&lt;/th&gt;&lt;td&gt;$[fields/" + name +
                "]&lt;/td&gt;&lt;/tr&gt;";
    }
    const std::string balloon =
        "<BalloonStyle><text>&lt;h3&gt;$[name]&lt;/h3&gt;&lt;table&gt;" + rows + "&lt;/table&gt;</text></BalloonStyle>";
    const WebgisLayout& layout = options_.layout;
    std::string all =
        fmt::format("<Style id=\"point\"><IconStyle><color>{}</color><scale>{:g}</scale></IconStyle>{}</Style>\n",
                    kml_color(layout.point.color, layout.point.opacity), layout.point.scale, balloon);
    all += fmt::format("<Style id=\"line\"><LineStyle><color>{}</color><width>{:g}</width></LineStyle>{}</Style>\n",
                       kml_color(layout.line.color, layout.line.opacity), layout.line.width, balloon);
    all += fmt::format("<Style id=\"polygon\"><LineStyle><color>{}</color><width>{:g}</width></LineStyle>"
                       "<PolyStyle><color>{}</color></PolyStyle>{}</Style>\n",
                       kml_color(layout.polygon.color, 1), layout.polygon.width,
                       kml_color(layout.polygon.fill, layout.polygon.opacity), balloon);
    return all;
}

void WebgisSink::open(const Shape& shape) {
    shape_ = &shape;
    file_.emplace(options_.folder / options_.name, options_.name);
    adds_position_ = shape.has_geometry &&
                     (shape.find(options_.latitude) == Shape::npos || shape.find(options_.longitude) == Shape::npos);
    if (options_.layout.csv) {
        csv_ = std::make_unique<ScratchFile>(options_.folder);
        std::string head;
        for (const ColumnInfo& column : shape.columns) {
            head += head.empty() ? "" : ",";
            append_csv_cell(head, column.name);
        }
        for (const std::string& name : {options_.layout.latitude, options_.layout.longitude}) {
            if (adds_position_) {
                head += ',';
                append_csv_cell(head, name);
            }
        }
        csv_->append(cp932_of(head.append(line_end)));
    }
    if (options_.layout.kml) {
        KmlOptions kml;
        kml.title = options_.title;
        kml.license = options_.license;
        kml.attribution = options_.attribution;
        kml.id_column = options_.id_column;
        kml.name_column = options_.name_column;
        kml.styles = styles();
        kml_text_.emplace(std::move(kml));
        kml_ = std::make_unique<ScratchFile>(options_.folder);
        kml_->append(kml_text_->head(shape));
    }
    if (options_.layout.shapefile) {
        ShapefileForm form;
        form.encoding = DbfText::cp932;
        form.prj = webgis_prj(options_.layout.crs);
        form.format = "webgis";
        form.projector = options_.projector.get();
        form.names = [this](std::span<const ColumnInfo> columns) {
            std::vector<std::string> names = webgis_field_names(columns, options_.layout);
            std::transform(names.begin(), names.end(), names.begin(), cp932_of);
            return names;
        };
        shapes_.emplace(options_.folder, options_.name, options_.part_limit, std::move(form));
        shapes_->open(shape);
    }
}

void WebgisSink::encode_csv(const Batch& batch, Buffer& buffer, Findings& findings) const {
    std::string quoted;
    for (std::size_t row = 0; row < batch.size(); ++row) {
        if (batch.states[row] != RowState::kept) {
            continue;
        }
        ++buffer.rows;
        for (std::size_t i = 0; i < shape_->columns.size(); ++i) {
            const Cell cell = batch.columns[i].cells[row];
            buffer.bytes += i > 0 ? "," : "";
            quoted.clear();
            append_csv_cell(quoted, cell);
            if (is_ascii(quoted)) {
                buffer.bytes += quoted;
            } else if (!append_cp932(buffer.bytes, quoted)) {
                findings.add(Code::value_not_in_cp932, batch, row, i, shape_->columns[i], cell, {}, "webgis");
            }
        }
        if (adds_position_) {
            const std::optional<LonLat> point = representative_point(batch.shapes, row);
            buffer.bytes += ',';
            if (point) {
                append_degrees(buffer.bytes, point->latitude);
            }
            buffer.bytes += ',';
            if (point) {
                append_degrees(buffer.bytes, point->longitude);
            }
        }
        buffer.bytes += line_end;
    }
}

void WebgisSink::encode(const Batch& batch, Buffer& buffer, Findings& findings) const {
    Buffer csv;
    Buffer kml;
    Buffer shapes;
    encode_csv(batch, csv, findings);  // it tells what CP932 does not have, whether or not the CSV is wanted
    if (!csv_) {
        csv.bytes.clear();
    }
    if (kml_text_) {
        kml_text_->encode(batch, kml, findings);
    }
    if (shapes_) {
        shapes_->encode(batch, shapes, findings);
    }
    const Lengths lengths{csv.bytes.size(), kml.bytes.size(), csv.rows, std::max(kml.rows, shapes.rows), shapes.rows};
    buffer.bytes += csv.bytes;
    buffer.bytes += kml.bytes;
    buffer.bytes += shapes.bytes;
    const auto raw = std::as_bytes(std::span(&lengths, 1));
    buffer.extra.insert(buffer.extra.end(), raw.begin(), raw.end());
    buffer.extra.insert(buffer.extra.end(), shapes.extra.begin(), shapes.extra.end());
    buffer.rows += csv.rows;
}

void WebgisSink::append(Buffer&& buffer) {
    Lengths lengths;
    std::memcpy(&lengths, buffer.extra.data(), sizeof lengths);
    const std::string_view bytes = buffer.bytes;
    if (csv_) {
        csv_->append(bytes.substr(0, lengths.csv));
    }
    if (kml_) {
        kml_->append(bytes.substr(lengths.csv, lengths.kml));
    }
    if (shapes_) {
        Buffer shapes;
        shapes.bytes = bytes.substr(lengths.csv + lengths.kml);
        shapes.extra.assign(buffer.extra.begin() + sizeof lengths, buffer.extra.end());
        shapes.rows = lengths.shape_rows;
        shapes_->append(std::move(shapes));
    }
    rows_ += lengths.rows;
    placed_ += lengths.placed;
}

std::string WebgisSink::readme(const ShapefileNotes& notes, const std::string& stem) const {
    std::string text = "\xEF\xBB\xBF";
    const auto line = [&](std::string_view words) {
        text += words;
        text += line_end;
    };
    const auto about = [&](std::string_view what, const std::string& value) {
        if (!value.empty()) {
            line(fmt::format("{}: {}", what, value));
        }
    };
    line(options_.layout.title);
    about("題名 / Title", options_.title);
    about("利用条件 / Licence", options_.license);
    about("出典 / Source", options_.attribution);
    about("データの更新日 / Modified", options_.modified);
    line("");
    line("■ 入っているもの / Contents");
    for (const ShapefileNotes::Layer& layer : notes.layers) {
        line(fmt::format("{}.shp（.shx .dbf .prj .cpg）: {} {} 件、Shift_JIS（CP932）、座標系 {} / {} {}, CP932, {}",
                         layer.file, layer.kind_ja, layer.rows, options_.layout.crs, layer.rows, layer.kind_en,
                         options_.layout.crs));
    }
    if (shapes_) {
        line("fields.csv: 項目名の対応表、Shift_JIS（CP932） / the full names of the fields, CP932");
    }
    if (csv_) {
        line(fmt::format(
            "{}.csv: 緯度・経度のある表、{} 行、Shift_JIS（CP932） / the table with latitude and longitude, {} "
            "rows, CP932",
            stem, rows_, rows_));
    }
    if (kml_) {
        line(fmt::format("{}.kml: 色と吹き出しのある KML、UTF-8 / KML with styles, UTF-8", stem));
    }
    line("");
    line("■ 入りきらなかったもの / What did not fit");
    line(fmt::format("位置がないため Shapefile と KML に入れていない行: {} / rows without a position: {}",
                     rows_ - placed_, rows_ - placed_));
    line(fmt::format("254 バイトまでに切り詰めた値（Shapefile）: {} / values cut in the Shapefile: {}",
                     notes.values_cut, notes.values_cut));
    line("Shift_JIS にない文字は 〓 にしています / characters that CP932 does not have stand as 〓");
    return text;
}

OutputFile WebgisSink::close() {
    std::string stem = std::filesystem::path(options_.name).filename().string();
    if (stem.ends_with(zip_ending)) {
        stem.erase(stem.size() - zip_ending.size());
    }
    ZipWriter zip(*file_, options_.name);
    ShapefileNotes notes;
    if (shapes_) {
        shapes_->write(zip, stem, options_.modified, notes);
        // The dictionary says the names as people read them; all of it goes into CP932 at once.
        std::vector<DbfField> fields(shapes_->fields().begin(), shapes_->fields().end());
        const std::vector<std::string> names =
            webgis_field_names(std::span(shape_->columns).first(fields.size()), options_.layout);
        for (std::size_t i = 0; i < fields.size(); ++i) {
            fields[i].name = names[i];
        }
        constexpr std::size_t byte_order_mark = 3;
        zip.add("fields.csv", cp932_of(shapefile_fields_csv(fields, shape_->columns).substr(byte_order_mark)));
    }
    if (csv_) {
        zip_scratch(zip, stem + ".csv", *csv_);
    }
    if (kml_) {
        kml_->append(KmlText::tail);
        zip_scratch(zip, stem + ".kml", *kml_);
    }
    zip.add("README.txt", readme(notes, stem));
    zip.finish();
    const WrittenFile written = file_->finish();
    return {"webgis", options_.name, rows_, written.bytes, written.sha256};
}

}  // namespace kokai
