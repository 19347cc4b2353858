// SPDX-License-Identifier: Apache-2.0
#include "write/tiles/mvt.hpp"

#include <protozero/buffer_string.hpp>
#include <protozero/pbf_writer.hpp>
#include <protozero/varint.hpp>

#include <limits>
#include <utility>

namespace kokai {
namespace {

// Field numbers of vector_tile.proto 2.1.
namespace tile_field {
constexpr protozero::pbf_tag_type layer = 3;
}
namespace layer_field {
constexpr protozero::pbf_tag_type name = 1, feature = 2, key = 3, value = 4, extent = 5, version = 15;
}
namespace feature_field {
constexpr protozero::pbf_tag_type id = 1, tags = 2, type = 3, geometry = 4;
}
namespace value_field {
constexpr protozero::pbf_tag_type text = 1, number = 3, whole = 5, negative = 6;
}

constexpr std::uint32_t mvt_version = 2;
constexpr std::uint32_t unused = std::numeric_limits<std::uint32_t>::max();

void append_tag(std::string& tags, std::size_t column, std::string_view value) {
    protozero::add_varint_to_buffer(&tags, column);
    protozero::add_varint_to_buffer(&tags, value.size());
    tags += value;
}

}  // namespace

void MvtGeometry::command(Command command, std::size_t count) {
    protozero::add_varint_to_buffer(&bytes_, static_cast<std::uint32_t>(command) | (count << 3U));
}

void MvtGeometry::step_to(TilePoint point) {
    protozero::add_varint_to_buffer(&bytes_, protozero::encode_zigzag32(point.x - at_.x));
    protozero::add_varint_to_buffer(&bytes_, protozero::encode_zigzag32(point.y - at_.y));
    at_ = point;
}

void MvtGeometry::points(std::span<const TilePoint> points) {
    command(Command::move_to, points.size());
    for (const TilePoint point : points) {
        step_to(point);
    }
}

void MvtGeometry::line(std::span<const TilePoint> points) {
    command(Command::move_to, 1);
    step_to(points.front());
    command(Command::line_to, points.size() - 1);
    for (const TilePoint point : points.subspan(1)) {
        step_to(point);
    }
}

void MvtGeometry::ring(std::span<const TilePoint> points) {
    line(points);
    command(Command::close_path, 1);
}

void append_text_tag(std::string& tags, std::size_t column, std::string_view text) {
    // Written without a detour: nearly all tags are texts. A message of one field, whose head fits a byte.
    constexpr char head = value_field::text << 3U | static_cast<unsigned>(protozero::pbf_wire_type::length_delimited);
    const auto length = static_cast<std::size_t>(protozero::length_of_varint(text.size()));
    protozero::add_varint_to_buffer(&tags, column);
    protozero::add_varint_to_buffer(&tags, 1 + length + text.size());
    tags += head;
    protozero::add_varint_to_buffer(&tags, text.size());
    tags += text;
}

void append_integer_tag(std::string& tags, std::size_t column, std::int64_t number) {
    std::string value;
    protozero::pbf_writer writer(value);
    if (number >= 0) {
        writer.add_uint64(value_field::whole, static_cast<std::uint64_t>(number));
    } else {
        writer.add_sint64(value_field::negative, number);
    }
    append_tag(tags, column, value);
}

void append_number_tag(std::string& tags, std::size_t column, double number) {
    std::string value;
    protozero::pbf_writer(value).add_double(value_field::number, number);
    append_tag(tags, column, value);
}

MvtLayer::MvtLayer(std::string name, std::vector<std::string> keys)
    : name_(std::move(name)), keys_(std::move(keys)), key_numbers_(keys_.size(), unused) {}

void MvtLayer::add(std::uint64_t id, MvtType type, std::string_view geometry, std::string_view tags) {
    tags_.clear();
    const char* at = tags.data();
    const char* const end = at + tags.size();
    while (at != end) {
        const auto column = static_cast<std::size_t>(protozero::decode_varint(&at, end));
        const auto size = static_cast<std::size_t>(protozero::decode_varint(&at, end));
        const std::string_view value(at, size);
        at += size;
        std::uint32_t& key = key_numbers_[column];
        if (key == unused) {
            key = static_cast<std::uint32_t>(used_keys_.size());
            used_keys_.push_back(column);
        }
        auto known = value_numbers_.find(value);
        if (known == value_numbers_.end()) {
            values_.push_back(bytes_.keep(value));
            known = value_numbers_.emplace(values_.back(), static_cast<std::uint32_t>(values_.size() - 1)).first;
        }
        tags_.push_back(key);
        tags_.push_back(known->second);
    }
    feature_.clear();
    protozero::pbf_writer feature(feature_);
    feature.add_uint64(feature_field::id, id);
    feature.add_packed_uint32(feature_field::tags, tags_.begin(), tags_.end());
    feature.add_enum(feature_field::type, static_cast<std::int32_t>(type));
    feature.add_bytes(feature_field::geometry, geometry.data(), geometry.size());
    protozero::pbf_writer(features_).add_message(layer_field::feature, feature_);
}

std::string MvtLayer::tile() const {
    std::string tile;
    if (features_.empty()) {
        return tile;
    }
    std::string layer;
    protozero::pbf_writer writer(layer);
    writer.add_uint32(layer_field::version, mvt_version);
    writer.add_string(layer_field::name, name_);
    layer += features_;
    for (const std::size_t column : used_keys_) {
        writer.add_string(layer_field::key, keys_[column]);
    }
    for (const std::string_view value : values_) {
        writer.add_message(layer_field::value, value.data(), value.size());
    }
    writer.add_uint32(layer_field::extent, static_cast<std::uint32_t>(tile_extent));
    protozero::pbf_writer(tile).add_message(tile_field::layer, layer);
    return tile;
}

void MvtLayer::clear() {
    features_.clear();
    for (const std::size_t column : used_keys_) {
        key_numbers_[column] = unused;
    }
    used_keys_.clear();
    value_numbers_.clear();
    values_.clear();
    bytes_.clear();
}

}  // namespace kokai
