// SPDX-License-Identifier: Apache-2.0
// Everything is counted in eighths of the third mesh: 3.75 seconds north (960 of them a degree) and 5.625 east (640).
#include "locate/mesh.hpp"

#include "locate/representative_point.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace kokai {
namespace {

constexpr std::uint32_t north_per_degree = 960;
constexpr std::uint32_t east_per_degree = 640;
constexpr std::uint32_t first_size = 640;  // eighths in a first mesh, both ways
constexpr std::uint32_t second_size = 80;
constexpr std::uint32_t third_size = 8;
constexpr std::uint32_t first_longitude = 100;  // degrees
constexpr std::uint32_t first_codes = 100;      // two digits each way

constexpr std::int64_t eighth_height = 60;  // in sixteenths of a second: 3.75 seconds
constexpr std::int64_t eighth_width = 90;   // 5.625 seconds

/// floor(degrees × factor) of a plain decimal, whatever its digits; rounding down commutes with dividing by ten.
std::optional<std::uint32_t> scaled_down(std::string_view degrees, std::uint32_t factor) {
    const std::size_t point = std::min(degrees.find('.'), degrees.size());
    constexpr std::size_t most_digits = 4;
    if (point == 0 || point > most_digits || point + 1 == degrees.size()) {
        return std::nullopt;
    }
    std::uint32_t whole = 0;
    for (const char letter : degrees.substr(0, point)) {
        if (letter < '0' || letter > '9') {
            return std::nullopt;
        }
        whole = whole * 10 + static_cast<std::uint32_t>(letter - '0');
    }
    std::uint32_t carried = 0;
    for (std::size_t i = degrees.size(); i > point + 1; --i) {
        const char letter = degrees[i - 1];
        if (letter < '0' || letter > '9') {
            return std::nullopt;
        }
        carried = (static_cast<std::uint32_t>(letter - '0') * factor + carried) / 10;
    }
    return whole * factor + carried;
}

struct Eighths {
    std::uint32_t north = 0, east = 0;  // from 0° north, 100° east
};

std::optional<Eighths> eighths_of(std::string_view latitude, std::string_view longitude) {
    const std::optional<std::uint32_t> north = scaled_down(latitude, north_per_degree);
    const std::optional<std::uint32_t> east = scaled_down(longitude, east_per_degree);
    constexpr std::uint32_t from = first_longitude * east_per_degree;
    if (!north || !east || *east < from || *north >= first_codes * first_size ||
        *east - from >= first_codes * first_size) {
        return std::nullopt;
    }
    return Eighths{*north, *east - from};
}

/// The border that is meant by a number which lies next to it: a third of a degree has no last digit.
std::optional<std::uint32_t> border_at(double latitude) {
    const double eighths = std::round(latitude * north_per_degree);
    const bool nearest = eighths >= 0 && eighths < first_codes * first_size && latitude == eighths / north_per_degree;
    return nearest ? std::optional(static_cast<std::uint32_t>(eighths)) : std::nullopt;
}

std::size_t decimals_of(std::string_view number) {
    const std::size_t point = number.find('.');
    return point == std::string_view::npos ? 0 : number.size() - point - 1;
}

char digit(std::uint32_t value) {
    return static_cast<char>('0' + value);
}

/// 1 south-west, 2 south-east, 3 north-west, 4 north-east: of the halves that `size` eighths make.
char quadrant(const Eighths& at, std::uint32_t size) {
    return digit(1 + (at.north / size % 2) * 2 + at.east / size % 2);
}

std::string code_of(Mesh mesh, const Eighths& at) {
    std::string code;
    for (const std::uint32_t of : {at.north / first_size, at.east / first_size}) {
        code += digit(of / 10);
        code += digit(of % 10);
    }
    if (mesh == Mesh::first) {
        return code;
    }
    code += digit(at.north % first_size / second_size);
    code += digit(at.east % first_size / second_size);
    if (mesh == Mesh::second) {
        return code;
    }
    if (mesh == Mesh::fivefold) {
        return code + quadrant(at, second_size / 2);
    }
    const std::uint32_t row = at.north % second_size / third_size;
    const std::uint32_t column = at.east % second_size / third_size;
    if (mesh == Mesh::twofold) {
        code += digit(row / 2 * 2);
        code += digit(column / 2 * 2);
        return code + '5';
    }
    code += digit(row);
    code += digit(column);
    constexpr std::array<std::pair<Mesh, std::uint32_t>, 3> halves{
        {{Mesh::half, 4}, {Mesh::quarter, 2}, {Mesh::eighth, 1}}};
    for (const auto& [finer, size] : halves) {
        if (mesh < finer) {
            break;
        }
        code += quadrant(at, size);
    }
    return code;
}

/// The mesh that a code is of, by its length and last digit.
std::optional<Mesh> mesh_of(std::string_view code) {
    switch (code.size()) {
    case 4:
        return Mesh::first;
    case 6:
        return Mesh::second;
    case 7:
        return Mesh::fivefold;
    case 8:
        return Mesh::third;
    case 9:
        return code.back() == '5' ? Mesh::twofold : Mesh::half;
    case 10:
        return Mesh::quarter;
    case 11:
        return Mesh::eighth;
    default:
        return std::nullopt;
    }
}

}  // namespace

const std::vector<MeshName>& mesh_names() {
    static const std::vector<MeshName> names{
        {Mesh::first, "1", "標準地域メッシュ_1次"},        {Mesh::second, "2", "標準地域メッシュ_2次"},
        {Mesh::third, "3", "標準地域メッシュ_3次"},        {Mesh::half, "1/2", "標準地域メッシュ_2分の1"},
        {Mesh::quarter, "1/4", "標準地域メッシュ_4分の1"}, {Mesh::eighth, "1/8", "標準地域メッシュ_8分の1"},
        {Mesh::fivefold, "5x", "標準地域メッシュ_5倍"},    {Mesh::twofold, "2x", "標準地域メッシュ_2倍"}};
    return names;
}

std::optional<Mesh> mesh_by_word(std::string_view word) {
    const auto found =
        std::find_if(mesh_names().begin(), mesh_names().end(), [&](const MeshName& one) { return one.word == word; });
    return found == mesh_names().end() ? std::nullopt : std::optional(found->mesh);
}

std::string mesh_code(Mesh mesh, std::string_view latitude, std::string_view longitude) {
    const std::optional<Eighths> at = eighths_of(latitude, longitude);
    return at ? code_of(mesh, *at) : std::string();
}

bool is_rounded_border(std::string_view latitude, std::size_t decimals) {
    constexpr std::size_t most_decimals = 12;  // of which 960 times the number still fits
    const std::size_t point = std::min(latitude.find('.'), latitude.size());
    const std::string_view fraction = latitude.substr(std::min(point + 1, latitude.size()));
    if (decimals > most_decimals || fraction.size() > decimals) {
        return false;
    }
    std::int64_t unit = 1;
    std::int64_t digits = 0;
    for (std::size_t i = 0; i < decimals; ++i) {
        unit *= 10;
        digits = digits * 10 + (i < fraction.size() ? fraction[i] - '0' : 0);
    }
    const std::int64_t beyond = digits * north_per_degree % unit;  // the border below
    return beyond != 0 && (unit - beyond) * 2 <= static_cast<std::int64_t>(north_per_degree);
}

std::optional<MeshSquare> mesh_square(std::string_view code) {
    const std::optional<Mesh> mesh = mesh_of(code);
    if (!mesh || !std::all_of(code.begin(), code.end(), [](char letter) { return letter >= '0' && letter <= '9'; })) {
        return std::nullopt;
    }
    const auto at = [&](std::size_t i) { return static_cast<std::uint32_t>(code[i] - '0'); };
    Eighths corner{(at(0) * 10 + at(1)) * first_size, (at(2) * 10 + at(3)) * first_size};
    std::uint32_t size = first_size;
    const auto halve = [&](std::size_t i) {
        if (at(i) < 1 || at(i) > 4) {
            return false;
        }
        size /= 2;
        corner.north += (at(i) - 1) / 2 * size;
        corner.east += (at(i) - 1) % 2 * size;
        return true;
    };
    if (code.size() > 4) {
        if (at(4) > 7 || at(5) > 7) {
            return std::nullopt;
        }
        corner.north += at(4) * second_size;
        corner.east += at(5) * second_size;
        size = second_size;
    }
    if (*mesh == Mesh::fivefold && !halve(6)) {
        return std::nullopt;
    }
    if (code.size() > 7) {
        corner.north += at(6) * third_size;
        corner.east += at(7) * third_size;
        size = third_size;
    }
    if (*mesh == Mesh::twofold) {
        if (at(6) % 2 != 0 || at(7) % 2 != 0) {
            return std::nullopt;
        }
        size = 2 * third_size;
    } else {
        for (std::size_t i = 8; i < code.size(); ++i) {
            if (!halve(i)) {
                return std::nullopt;
            }
        }
    }
    return MeshSquare{corner.north * eighth_height,
                      first_longitude * MeshSquare::per_degree + corner.east * eighth_width, size * eighth_height,
                      size * eighth_width};
}

AddMesh::AddMesh(const std::vector<std::string>& words, std::string latitude, std::string longitude,
                 std::shared_ptr<BorderNotes> notes)
    : latitude_name_(std::move(latitude)), longitude_name_(std::move(longitude)), notes_(std::move(notes)) {
    for (const std::string& word : words) {
        if (const std::optional<Mesh> mesh = mesh_by_word(word)) {
            wanted_.push_back(*mesh);
        }
    }
}

Shape AddMesh::bind(const Shape& in) {
    shape_ = in;
    latitude_ = latitude_name_.empty() ? Shape::npos : in.find(latitude_name_);
    longitude_ = longitude_name_.empty() ? Shape::npos : in.find(longitude_name_);
    first_ = in.columns.size();
    for (const Mesh mesh : wanted_) {
        const auto name = std::find_if(mesh_names().begin(), mesh_names().end(),
                                       [&](const MeshName& one) { return one.mesh == mesh; });
        if (in.find(name->column) != Shape::npos) {
            continue;  // the department's own
        }
        ColumnInfo column;
        column.name = name->column;
        column.made = true;
        shape_.columns.push_back(std::move(column));
        meshes_.push_back(mesh);
    }
    return shape_;
}

void AddMesh::run(Batch& batch, Findings& /*findings*/) const {
    batch.columns.resize(first_ + meshes_.size());
    for (std::size_t i = 0; i < meshes_.size(); ++i) {
        batch.columns[first_ + i].cells.assign(batch.size(), Cell{});
    }
    const std::vector<BorderNotes::Note> notes =
        notes_ ? notes_->take(batch.sequence) : std::vector<BorderNotes::Note>();
    if (batch.shapes.empty()) {
        return;
    }
    const bool named = latitude_ != Shape::npos && longitude_ != Shape::npos;
    std::string latitude;
    std::string longitude;
    for (std::size_t row = 0; row < batch.size(); ++row) {
        if (batch.shapes.kind(row) == GeometryKind::none) {
            continue;
        }
        Cell north = named ? batch.columns[latitude_].cells[row] : Cell{};
        Cell east = named ? batch.columns[longitude_].cells[row] : Cell{};
        const bool by_shape = north.empty() || east.empty();
        const std::optional<LonLat> point = by_shape || batch.shapes.kind(row) == GeometryKind::point
                                                ? representative_point(batch.shapes, row)
                                                : std::nullopt;
        if (by_shape && !point) {
            continue;
        }
        if (by_shape) {
            latitude = fmt::format("{}", point->latitude);
            longitude = fmt::format("{}", point->longitude);
            north = latitude;
            east = longitude;
        }
        std::optional<Eighths> at = eighths_of(north, east);
        const auto border = point ? border_at(point->latitude) : std::nullopt;
        const bool short_of_it =
            border && at && *border == at->north + 1 && (by_shape || is_rounded_border(north, decimals_of(north)));
        const bool noted = std::any_of(notes.begin(), notes.end(), [&](const BorderNotes::Note& note) {
            return note.row == row && note.latitude == north;
        });
        if (at && (short_of_it || noted)) {
            ++at->north;
        }
        for (std::size_t i = 0; at && i < meshes_.size(); ++i) {
            batch.columns[first_ + i].cells[row] = batch.bytes.keep(code_of(meshes_[i], *at));
        }
    }
}

}  // namespace kokai
