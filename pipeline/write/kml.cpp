// SPDX-License-Identifier: Apache-2.0
// The order of elements is the one of OGC's schema (ogckml22.xsd): Document is name, author, description,
// Style, ExtendedData, Schema, Placemark; Placemark is name, styleUrl, ExtendedData, geometry.
#include "write/kml.hpp"

#include "support/decimal.hpp"
#include "support/json_text.hpp"
#include "write/text/row_cells.hpp"

#include <charconv>
#include <utility>

namespace kokai {
namespace {

std::string_view type_name(WrittenType type) {
    return type == WrittenType::integer ? "int" : type == WrittenType::number ? "double" : "string";
}

/// Whether a cell is what its field's type promises: an `int` of KML has 32 bits.
bool fits(WrittenType type, Cell cell) {
    if (type == WrittenType::integer) {
        std::int32_t value = 0;
        const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
        return error == std::errc{} && end == cell.data() + cell.size();
    }
    return type == WrittenType::text || parse_decimal(cell) || is_json_number(cell);
}

/// For a value in double quotes; a parser would make blanks of tabs and line breaks.
std::string attribute_text(std::string_view text) {
    std::string out;
    for (const char letter : kml_escaped(text)) {
        if (letter == '"') {
            out += "&quot;";
        } else if (letter == '\t') {
            out += "&#9;";
        } else if (letter == '\n') {
            out += "&#10;";
        } else {
            out += letter;
        }
    }
    return out;
}

void append_element(std::string& out, std::string_view before, std::string_view value, std::string_view behind) {
    if (!value.empty()) {
        out += before;
        out += kml_escaped(value);
        out += behind;
    }
}

}  // namespace

std::string kml_escaped(std::string_view text) {
    RowText escaped;
    escaped.xml_text(text);
    return std::string(escaped.view());
}

std::string_view kml_style_id(GeometryKind kind) {
    switch (kind) {
    case GeometryKind::line:
    case GeometryKind::multi_line:
        return "line";
    case GeometryKind::polygon:
    case GeometryKind::multi_polygon:
        return "polygon";
    default:
        return "point";
    }
}

KmlText::KmlText(KmlOptions options) : options_(std::move(options)) {}

std::string KmlText::head(const Shape& shape) {
    shape_ = &shape;
    id_ = options_.id_column.empty() ? Shape::npos : shape.find(options_.id_column);
    name_ = options_.name_column.empty() ? Shape::npos : shape.find(options_.name_column);
    std::string head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                       "<kml xmlns=\"http://www.opengis.net/kml/2.2\" xmlns:atom=\"http://www.w3.org/2005/Atom\">\n"
                       "<Document>\n";
    append_element(head, "<name>", options_.title, "</name>\n");
    append_element(head, "<atom:author><atom:name>", options_.attribution, "</atom:name></atom:author>\n");
    append_element(head, "<description>", options_.description, "</description>\n");
    head += options_.styles;
    append_element(head, "<ExtendedData><Data name=\"license\"><value>", options_.license,
                   "</value></Data></ExtendedData>\n");
    head += "<Schema name=\"fields\" id=\"fields\">\n";
    for (const ColumnInfo& column : shape.columns) {
        WrittenType type = written_type(column);
        if (type == WrittenType::integer && column.field == nullptr) {
            type = WrittenType::number;  // the integers of a GIS source may have more than 32 bits
        }
        const std::string name = attribute_text(column.name);
        head += "<SimpleField type=\"";
        head += type_name(type);
        head += "\" name=\"" + name + "\"></SimpleField>\n";
        data_.push_back({RowConstant("<SimpleData name=\"" + name + "\">"), type});
    }
    head += "</Schema>\n";
    return head;
}

void KmlText::append_name(RowText& text, const Batch& batch, std::size_t row) const {
    for (const std::size_t column : {name_, id_}) {
        if (column != Shape::npos && !batch.columns[column].cells[row].empty()) {
            text.raw("<name>");
            text.xml_text(batch.columns[column].cells[row]);
            text.raw("</name>");
            return;
        }
    }
}

void KmlText::append_data(RowText& text, const Batch& batch, std::size_t row, Findings& findings) const {
    text.raw("<ExtendedData><SchemaData schemaUrl=\"#fields\">");
    for (std::size_t i = 0; i < data_.size(); ++i) {
        const Cell cell = cell_of_row(batch, row, i);
        if (cell.empty()) {
            continue;
        }
        if (!fits(data_[i].type, cell)) {
            findings.add(Code::number_left_out, batch, row, i, shape_->columns[i], cell, {}, "KML");
            continue;
        }
        text.raw(data_[i].tag);
        text.xml_text(cell);
        text.raw("</SimpleData>");
    }
    text.raw("</SchemaData></ExtendedData>");
}

void KmlText::encode(const Batch& batch, Buffer& buffer, Findings& findings) const {
    RowText text;
    for (std::size_t row = 0; row < batch.size(); ++row) {
        if (batch.states[row] != RowState::kept || batch.shapes.empty() ||
            batch.shapes.kind(row) == GeometryKind::none) {
            continue;
        }
        text.clear();
        text.raw("<Placemark>");
        append_name(text, batch, row);
        if (!options_.styles.empty()) {
            text.raw("<styleUrl>#");
            text.raw(kml_style_id(batch.shapes.kind(row)));
            text.raw("</styleUrl>");
        }
        append_data(text, batch, row, findings);
        append_kml_geometry(text, batch.shapes, row);
        text.raw("</Placemark>\n");
        buffer.bytes += text.view();
        ++buffer.rows;
    }
}

KmlSink::KmlSink(KmlOptions options) : folder_(options.folder), file_name_(options.name), text_(std::move(options)) {}

void KmlSink::open(const Shape& shape) {
    file_.open(folder_, file_name_, text_.head(shape));
}

void KmlSink::encode(const Batch& batch, Buffer& buffer, Findings& findings) const {
    text_.encode(batch, buffer, findings);
}

void KmlSink::append(Buffer&& buffer) {
    file_.append(buffer);
}

OutputFile KmlSink::close() {
    return file_.close("kml", KmlText::tail);
}

}  // namespace kokai
