// SPDX-License-Identifier: Apache-2.0
// The tables Header, Column and Crs by the flatbuffers library, field by field: the numbers are the places of the
// fields in header.fbs.
#include "write/fgb/header.hpp"

#include "support/json_text.hpp"
#include "write/fgb/index.hpp"
#include "write/written_type.hpp"

#include <flatbuffers/flatbuffers.h>

#include <vector>

namespace kokai {
namespace {

using Builder = flatbuffers::FlatBufferBuilder;
using Text = flatbuffers::Offset<flatbuffers::String>;

struct ColumnTable {};
struct CrsTable {};
struct HeaderTable {};

// The n-th field of a table of the schema.
constexpr flatbuffers::voffset_t field(unsigned number) {
    return static_cast<flatbuffers::voffset_t>(4 + 2 * number);
}

/// No text, no field.
Text text(Builder& builder, const std::string& value) {
    return value.empty() ? Text() : builder.CreateString(value);
}

std::uint8_t column_type(WrittenType type) {
    constexpr std::uint8_t long_type = 7;
    constexpr std::uint8_t double_type = 10;
    constexpr std::uint8_t string_type = 11;
    return type == WrittenType::integer ? long_type : type == WrittenType::number ? double_type : string_type;
}

flatbuffers::Offset<ColumnTable> column(Builder& builder, const ColumnInfo& info) {
    const Text name = builder.CreateString(info.name);  // required, even when empty
    const Text description = info.field == nullptr ? Text() : text(builder, info.field->description);
    const auto start = builder.StartTable();
    builder.AddOffset(field(0), name);
    builder.AddElement<std::uint8_t>(field(1), column_type(written_type(info)), 0);
    builder.AddOffset(field(3), description);
    return {builder.EndTable(start)};
}

flatbuffers::Offset<CrsTable> crs(Builder& builder) {
    constexpr std::int32_t wgs84 = 4326;
    const Text organisation = builder.CreateString("EPSG");
    const Text name = builder.CreateString("WGS 84");
    const auto start = builder.StartTable();
    builder.AddOffset(field(0), organisation);
    builder.AddElement<std::int32_t>(field(1), wgs84, 0);
    builder.AddOffset(field(2), name);
    return {builder.EndTable(start)};
}

std::string metadata(const FgbHeader& header) {
    std::string json;
    const auto member = [&json](std::string_view key, const std::string& value) {
        if (!value.empty()) {
            json += json.empty() ? "{" : ",";
            append_json_string(json, key);
            json += ':';
            append_json_string(json, value);
        }
    };
    member("license", header.license);
    member("attribution", header.attribution);
    return json.empty() ? json : json + '}';
}

}  // namespace

std::string fgb_header(const FgbHeader& header, const Shape& shape) {
    Builder builder;
    builder.TrackMinAlign(8);  // the index and the features behind it lie on multiples of eight
    std::vector<flatbuffers::Offset<ColumnTable>> columns;
    columns.reserve(shape.columns.size());
    for (const ColumnInfo& info : shape.columns) {
        columns.push_back(column(builder, info));
    }
    const auto column_list = builder.CreateVector(columns);
    const auto crs_table = crs(builder);
    const Text name = text(builder, header.name);
    const Text title = text(builder, header.title);
    const Text description = text(builder, header.description);
    const Text about = text(builder, metadata(header));
    flatbuffers::Offset<flatbuffers::Vector<double>> envelope;
    if (!header.bounds.empty()) {
        const std::vector<double> box{header.bounds.west, header.bounds.south, header.bounds.east, header.bounds.north};
        envelope = builder.CreateVector(box);
    }
    const auto start = builder.StartTable();
    builder.AddOffset(field(0), name);
    builder.AddOffset(field(1), envelope);
    builder.AddElement<std::uint8_t>(field(2), static_cast<std::uint8_t>(header.type), 0);
    builder.AddOffset(field(7), column_list);
    builder.AddElement<std::uint64_t>(field(8), header.features, 0);
    // A file without features has no index: nothing could be its root.
    builder.AddElement<std::uint16_t>(field(9), header.features == 0 ? 0 : fgb_node_size, 16);
    builder.AddOffset(field(10), crs_table);
    builder.AddOffset(field(11), title);
    builder.AddOffset(field(12), description);
    builder.AddOffset(field(13), about);
    builder.FinishSizePrefixed(flatbuffers::Offset<HeaderTable>(builder.EndTable(start)));
    return {reinterpret_cast<const char*>(builder.GetBufferPointer()), builder.GetSize()};
}

}  // namespace kokai
