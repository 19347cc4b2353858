// SPDX-License-Identifier: Apache-2.0
// OGC KML 2.2: one document, its fields in a Schema, a Placemark for every row that has a position. Placemarks carry no
// `id`: an XML id must not begin with a digit and be unique, which a table's IDs need not be; theirs is in the fields.
// What XML 1.0 cannot hold (control characters but tab and line breaks, U+FFFE, U+FFFF) is left out, nothing in its
// place.
#pragma once

#include "engine/stage.hpp"
#include "write/text/row_text.hpp"
#include "write/text/text_file.hpp"
#include "write/written_type.hpp"

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace kokai {

struct KmlOptions {
    std::filesystem::path folder;
    std::string name;         // file name
    std::string title;        // the document's <name>; GIS take it for the layer's
    std::string description;  // <description>
    std::string license;      // <ExtendedData>: KML has no element for it
    std::string attribution;  // <atom:author>, where KML names whom to credit
    std::string id_column;    // names a placemark whose name is empty; may be empty
    std::string name_column;  // names the placemarks; may be empty
    std::string styles;       // <Style> elements with the ids of kml_style_id(); empty = readers choose
};

/// `point`, `line` or `polygon`.
std::string_view kml_style_id(GeometryKind kind);

/// A document's text in pieces: head, placemarks, tail.
class KmlText {
public:
    explicit KmlText(KmlOptions options);
    [[nodiscard]] std::string head(const Shape& shape);
    /// Reports number-left-out: a Schema promises readers that a field is a number.
    void encode(const Batch& batch, Buffer& buffer, Findings& findings) const;

    static constexpr std::string_view tail = "</Document>\n</kml>\n";

private:
    struct Data {
        RowConstant tag;  // `<SimpleData name="名称">`
        WrittenType type = WrittenType::text;
    };

    void append_name(RowText& text, const Batch& batch, std::size_t row) const;
    void append_data(RowText& text, const Batch& batch, std::size_t row, Findings& findings) const;

    KmlOptions options_;
    const Shape* shape_ = nullptr;
    std::vector<Data> data_;
    std::size_t id_ = Shape::npos;
    std::size_t name_ = Shape::npos;
};

/// XML for the text of an element.
std::string kml_escaped(std::string_view text);

class KmlSink : public Sink {
public:
    explicit KmlSink(KmlOptions options);
    void open(const Shape& shape) override;
    void encode(const Batch& batch, Buffer& buffer, Findings& findings) const override;
    void append(Buffer&& buffer) override;
    OutputFile close() override;

private:
    std::filesystem::path folder_;
    std::string file_name_;
    KmlText text_;
    TextFile file_;
};

/// Appends the Point, LineString, Polygon or MultiGeometry of a row that has a shape: outer rings counter-clockwise,
/// holes clockwise, as in GeoJSON.
void append_kml_geometry(RowText& text, const Geometries& shapes, std::size_t row);

}  // namespace kokai
