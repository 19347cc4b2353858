// SPDX-License-Identifier: Apache-2.0
// An independent small reader of PMTiles and of the vector tiles in them, after the specifications: protozero's reader
// and zlib's inflate, nothing of the writer.
#pragma once

#include <nlohmann/json.hpp>
#include <protozero/pbf_reader.hpp>
#include <zlib.h>

#include <algorithm>
#include <compare>
#include <cstdint>
#include <cstring>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace kokai::testing {

inline std::string gunzipped(std::string_view packed) {
    z_stream stream{};
    if (inflateInit2(&stream, 15 + 16) != Z_OK) {
        throw std::runtime_error("no zlib");
    }
    std::string input(packed);
    std::string plain;
    std::string piece(65536, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(input.data());
    stream.avail_in = static_cast<uInt>(input.size());
    int state = Z_OK;
    while (state == Z_OK) {
        stream.next_out = reinterpret_cast<Bytef*>(piece.data());
        stream.avail_out = static_cast<uInt>(piece.size());
        state = inflate(&stream, Z_NO_FLUSH);
        plain.append(piece, 0, piece.size() - stream.avail_out);
    }
    const bool whole = state == Z_STREAM_END && stream.avail_in == 0;
    inflateEnd(&stream);
    if (!whole) {
        throw std::runtime_error("not one whole gzip member");
    }
    return plain;
}

using ReadPath = std::vector<std::pair<std::int64_t, std::int64_t>>;
using ReadValue = std::variant<std::string, double, std::int64_t>;

struct ReadTileFeature {
    std::uint64_t id = 0;
    int type = 0;
    std::vector<ReadPath> paths;  // a closed ring does not repeat its first point
    std::map<std::string, ReadValue> properties;
};

struct ReadTile {
    std::string layer;
    std::uint32_t version = 0, extent = 0;
    std::vector<std::string> keys;
    std::vector<ReadValue> values;
    std::vector<ReadTileFeature> features;
};

/// Twice the area by the surveyor's formula, y downwards.
inline std::int64_t read_area(const ReadPath& ring) {
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const auto& next = ring[(i + 1) % ring.size()];
        sum += ring[i].first * next.second - next.first * ring[i].second;
    }
    return sum;
}

inline void read_geometry(ReadTileFeature& feature, protozero::pbf_reader& reader) {
    std::vector<std::uint32_t> numbers;
    for (const std::uint32_t number : reader.get_packed_uint32()) {
        numbers.push_back(number);
    }
    std::int64_t x = 0;
    std::int64_t y = 0;
    for (std::size_t i = 0; i < numbers.size();) {
        const std::uint32_t command = numbers[i] & 7U;
        std::uint32_t count = numbers[i] >> 3U;
        ++i;
        if (command == 7) {
            if (count != 1 || feature.type != 3) {
                throw std::runtime_error("a wrong close_path");
            }
            continue;
        }
        if (command == 1 || feature.type == 1) {
            feature.paths.emplace_back();
        }
        for (; count > 0; --count) {
            const std::int64_t dx = protozero::decode_zigzag32(numbers.at(i));
            const std::int64_t dy = protozero::decode_zigzag32(numbers.at(i + 1));
            if (command == 2 && dx == 0 && dy == 0) {
                throw std::runtime_error("a step that leads nowhere");
            }
            x += dx;
            y += dy;
            feature.paths.back().emplace_back(x, y);
            i += 2;
        }
    }
}

/// A tile without layers has an empty name.
inline ReadTile read_tile(const std::string& bytes) {
    ReadTile tile;
    protozero::pbf_reader layers(bytes);
    std::vector<std::string_view> features;
    while (layers.next(3)) {
        protozero::pbf_reader layer = layers.get_message();
        while (layer.next()) {
            switch (layer.tag()) {
            case 1:
                tile.layer = layer.get_string();
                break;
            case 2: {
                const protozero::data_view view = layer.get_view();
                features.emplace_back(view.data(), view.size());
                break;
            }
            case 3:
                tile.keys.push_back(layer.get_string());
                break;
            case 4: {
                protozero::pbf_reader value = layer.get_message();
                while (value.next()) {
                    switch (value.tag()) {
                    case 1:
                        tile.values.emplace_back(value.get_string());
                        break;
                    case 3:
                        tile.values.emplace_back(value.get_double());
                        break;
                    case 5:
                        tile.values.emplace_back(static_cast<std::int64_t>(value.get_uint64()));
                        break;
                    case 6:
                        tile.values.emplace_back(value.get_sint64());
                        break;
                    default:
                        throw std::runtime_error("a value of a kind that is not written");
                    }
                }
                break;
            }
            case 5:
                tile.extent = layer.get_uint32();
                break;
            case 15:
                tile.version = layer.get_uint32();
                break;
            default:
                throw std::runtime_error("an unknown field");
            }
        }
    }
    for (const std::string_view bytes_of_feature : features) {
        ReadTileFeature feature;
        protozero::pbf_reader reader(bytes_of_feature.data(), bytes_of_feature.size());
        while (reader.next()) {
            switch (reader.tag()) {
            case 1:
                feature.id = reader.get_uint64();
                break;
            case 2: {
                const auto tags = reader.get_packed_uint32();
                for (auto tag = tags.begin(); tag != tags.end(); ++tag) {
                    const std::string& key = tile.keys.at(*tag);
                    ++tag;
                    feature.properties[key] = tile.values.at(*tag);
                }
                break;
            }
            case 3:
                feature.type = reader.get_enum();
                break;
            default:
                read_geometry(feature, reader);
            }
        }
        tile.features.push_back(std::move(feature));
    }
    return tile;
}

struct ReadPlace {
    unsigned zoom = 0;
    std::uint32_t x = 0, y = 0;
    auto operator<=>(const ReadPlace&) const = default;
};

/// The way back from a tile's number, as the Hilbert curve is usually written.
inline ReadPlace place_of(std::uint64_t id) {
    unsigned zoom = 0;
    std::uint64_t tiles = 1;
    while (id >= tiles) {
        id -= tiles;
        tiles *= 4;
        ++zoom;
    }
    std::uint64_t x = 0;
    std::uint64_t y = 0;
    for (std::uint64_t side = 1; side < (std::uint64_t{1} << zoom); side *= 2) {
        const std::uint64_t right = 1 & (id / 2);
        const std::uint64_t lower = 1 & (id ^ right);
        if (lower == 0) {
            if (right == 1) {
                x = side - 1 - x;
                y = side - 1 - y;
            }
            std::swap(x, y);
        }
        x += side * right;
        y += side * lower;
        id /= 4;
    }
    return {zoom, static_cast<std::uint32_t>(x), static_cast<std::uint32_t>(y)};
}

/// A whole archive in memory. Throws where it breaks the specification.
class ReadArchive {
public:
    explicit ReadArchive(std::string bytes) : bytes_(std::move(bytes)) {
        if (bytes_.size() < 127 || bytes_.substr(0, 8) != "PMTiles\x03") {
            throw std::runtime_error("not PMTiles 3");
        }
        if (number(8) + number(16) > 16384) {
            throw std::runtime_error("the root directory is too long");
        }
        metadata = nlohmann::json::parse(gunzipped(section(24)));
        walk(section(8), 0);
        if (number(72) != addressed || number(80) != entries) {
            throw std::runtime_error("wrong counts");
        }
    }

    [[nodiscard]] std::uint64_t number(std::size_t at, std::size_t size = 8) const {
        std::uint64_t value = 0;
        std::memcpy(&value, bytes_.data() + at, size);
        return value;
    }
    [[nodiscard]] std::int32_t position(std::size_t at) const { return static_cast<std::int32_t>(number(at, 4)); }
    [[nodiscard]] unsigned min_zoom() const { return static_cast<unsigned>(number(100, 1)); }
    [[nodiscard]] unsigned max_zoom() const { return static_cast<unsigned>(number(101, 1)); }
    [[nodiscard]] ReadTile tile(ReadPlace place) const { return read_tile(gunzipped(packed.at(place))); }

    nlohmann::json metadata;
    std::map<ReadPlace, std::string> packed;
    std::uint64_t addressed = 0, entries = 0, leaves = 0, longest_run = 0;

private:
    [[nodiscard]] std::string section(std::size_t at) const { return bytes_.substr(number(at), number(at + 8)); }

    void walk(const std::string& directory, int depth) {
        const std::string plain = gunzipped(directory);
        const char* at = plain.data();
        const char* const end = at + plain.size();
        const auto next = [&] { return protozero::decode_varint(&at, end); };
        struct Line {
            std::uint64_t tile, run, length, offset;
        };
        std::vector<Line> lines(next());
        if (lines.empty() || depth > 1) {
            throw std::runtime_error("an empty directory, or one too deep");
        }
        std::uint64_t tile = 0;
        for (Line& line : lines) {
            line.tile = tile += next();
        }
        for (Line& line : lines) {
            line.run = next();
        }
        for (Line& line : lines) {
            line.length = next();
        }
        std::uint64_t after = 0;
        for (Line& line : lines) {
            const std::uint64_t offset = next();
            line.offset = offset == 0 ? after : offset - 1;
            after = line.offset + line.length;
        }
        if (at != end) {
            throw std::runtime_error("more than a directory");
        }
        for (const Line& line : lines) {
            if (line.run == 0) {
                ++leaves;
                walk(section(40).substr(line.offset, line.length), depth + 1);
                continue;
            }
            if (line.tile < next_tile_ || line.length == 0 || line.offset > next_offset_ ||
                line.offset + line.length > number(64)) {
                throw std::runtime_error("not clustered");
            }
            next_tile_ = line.tile + line.run;
            next_offset_ = std::max(next_offset_, line.offset + line.length);
            ++entries;
            addressed += line.run;
            longest_run = std::max(longest_run, line.run);
            for (std::uint64_t i = 0; i < line.run; ++i) {
                packed[place_of(line.tile + i)] = bytes_.substr(number(56) + line.offset, line.length);
            }
        }
    }

    std::string bytes_;
    std::uint64_t next_tile_ = 0, next_offset_ = 0;
};

}  // namespace kokai::testing
