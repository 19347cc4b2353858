// SPDX-License-Identifier: Apache-2.0
// Makes the file of boundaries while the program is built:
//   make_boundaries lg-codes.csv OUT FULL.geojson SIMPLIFIED.geojson
// Of a municipality that stands in both files the first is taken. The same input gives the same bytes.
#include "locate/boundary_format.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace kokai;

constexpr std::string_view former_city = "浜松市";

/// Hamamatsu's seven wards of 2021 and the three of 2024. 北区 went into two of them: of a point there the city is all
/// that can be said, and both new wards reach over it.
struct FormerWard {
    std::uint32_t code;
    std::uint32_t today;
    std::array<std::uint32_t, 2> new_wards;
};
constexpr std::array<FormerWard, 7> former_wards{{{221317, 221384, {221384, 0}},
                                                  {221325, 221384, {221384, 0}},
                                                  {221333, 221384, {221384, 0}},
                                                  {221341, 221384, {221384, 0}},
                                                  {221350, 221309, {221384, 221392}},
                                                  {221368, 221392, {221392, 0}},
                                                  {221376, 221406, {221406, 0}}}};

struct Area {
    BoundaryArea out{};
    std::vector<std::vector<BoundaryVertex>> rings;  // closed
};

std::string whole_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        throw std::runtime_error("cannot open " + path);
    }
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

std::int32_t units(const nlohmann::json& degrees) {
    return static_cast<std::int32_t>(std::lround(degrees.get<double>() * boundary_units));
}

void add_rings(Area& area, const nlohmann::json& polygon) {
    for (const nlohmann::json& ring : polygon) {
        std::vector<BoundaryVertex>& to = area.rings.emplace_back();
        for (const nlohmann::json& point : ring) {
            to.push_back({units(point.at(0)), units(point.at(1))});
        }
        if (to.front().x != to.back().x || to.front().y != to.back().y) {
            to.push_back(to.front());
        }
    }
}

Area area_of(const nlohmann::json& feature, std::uint32_t code, bool exact) {
    Area area;
    const nlohmann::json& geometry = feature.at("geometry");
    if (geometry.at("type") == "Polygon") {
        add_rings(area, geometry.at("coordinates"));
    } else if (geometry.at("type") == "MultiPolygon") {
        for (const nlohmann::json& polygon : geometry.at("coordinates")) {
            add_rings(area, polygon);
        }
    } else {
        throw std::runtime_error("a boundary is no polygon");
    }
    area.out.code = code;
    area.out.exact = exact ? 1 : 0;
    area.out.west = area.out.south = INT32_MAX;
    area.out.east = area.out.north = INT32_MIN;
    for (const auto& ring : area.rings) {
        for (const BoundaryVertex& at : ring) {
            area.out.west = std::min(area.out.west, at.x);
            area.out.east = std::max(area.out.east, at.x);
            area.out.south = std::min(area.out.south, at.y);
            area.out.north = std::max(area.out.north, at.y);
        }
    }
    return area;
}

/// Even-odd over all rings.
bool holds(const Area& area, std::int64_t x, std::int64_t y) {
    bool inside = false;
    for (const auto& ring : area.rings) {
        for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
            const BoundaryVertex& a = ring[i];
            const BoundaryVertex& b = ring[i + 1];
            if ((a.y > y) != (b.y > y)) {
                const std::int64_t turn = (std::int64_t{b.x} - a.x) * (y - a.y) - (x - a.x) * (std::int64_t{b.y} - a.y);
                inside = ((turn > 0) == (b.y > a.y)) && turn != 0 ? !inside : inside;
            }
        }
    }
    return inside;
}

class Maker {
public:
    void add(const std::string& path, bool exact) {
        const nlohmann::json collection = nlohmann::json::parse(whole_file(path));
        for (const nlohmann::json& feature : collection.at("features")) {
            const auto code =
                static_cast<std::uint32_t>(std::stoul(feature.at("properties").at("lg_code").get<std::string>()));
            if (seen_.insert(code).second) {
                areas_.push_back(area_of(feature, code, exact));
            }
        }
    }

    /// Which areas a code stands for: its own, a designated city's wards, a prefecture's all.
    void add_codes(const std::string& lg_codes) {
        for (std::uint32_t i = 0; i < areas_.size(); ++i) {
            BoundaryArea& area = areas_[i].out;
            const std::uint32_t own = area.code;
            members_[own / 10].push_back(i);
            members_[own / 10000 * 1000].push_back(i);
            for (const FormerWard& ward : former_wards) {
                if (ward.code == own) {
                    area.code = ward.today;
                    for (const std::uint32_t now : ward.new_wards) {
                        if (now != 0) {
                            members_[now / 10].push_back(i);
                        }
                    }
                }
            }
        }
        // A designated city and its wards have one name; the wards follow the city in the list.
        std::istringstream lines(whole_file(lg_codes));
        std::string line;
        std::getline(lines, line);
        std::uint32_t city = 0;
        std::string city_name;
        while (std::getline(lines, line)) {
            std::vector<std::string> cells(1);
            for (const char letter : line) {
                if (letter == ',') {
                    cells.emplace_back();
                } else {
                    cells.back() += letter;
                }
            }
            const auto code = static_cast<std::uint32_t>(std::stoul(cells.at(0)));
            if (cells.at(2) == "city") {
                city = code;
                city_name = cells.at(5);
            } else if (cells.at(2) == "ward" && cells.at(5) == city_name && city_name != former_city) {
                add_to_city(code, city);
            } else if (cells.at(2) == "ward" && cells.at(5) != city_name) {
                throw std::runtime_error("a ward does not follow its city in " + lg_codes);
            }
            if (cells.at(2) == "city" && city_name == former_city) {
                for (const FormerWard& ward : former_wards) {
                    add_to_city(ward.code, city);
                }
            }
        }
    }

    void make_bands() {
        for (Area& area : areas_) {
            std::size_t edges = 0;
            for (const auto& ring : area.rings) {
                edges += ring.size() - 1;
            }
            // Some 16 edges a band: a band that is lower only repeats the edges that run through it.
            const std::int64_t height = std::int64_t{area.out.north} - area.out.south + 1;
            const auto wanted = static_cast<std::int64_t>(std::clamp<std::size_t>(edges / 16, 1, 1024));
            while ((height >> area.out.band_shift) >= wanted && area.out.band_shift < 30) {
                ++area.out.band_shift;
            }
            area.out.bands = static_cast<std::uint32_t>((height - 1) >> area.out.band_shift) + 1;
            std::vector<std::vector<std::uint32_t>> bands(area.out.bands);
            for (const auto& ring : area.rings) {
                for (std::size_t i = 0; i < ring.size(); ++i) {
                    vertices_.push_back(ring[i]);
                    if (i + 1 == ring.size()) {
                        continue;
                    }
                    const auto [low, high] = std::minmax(ring[i].y, ring[i + 1].y);
                    for (std::int64_t band = (std::int64_t{low} - area.out.south) >> area.out.band_shift;
                         band <= (std::int64_t{high} - area.out.south) >> area.out.band_shift; ++band) {
                        bands[static_cast<std::size_t>(band)].push_back(
                            static_cast<std::uint32_t>(vertices_.size() - 1));
                    }
                }
            }
            area.out.first_band = static_cast<std::uint32_t>(band_starts_.size());
            for (const auto& band : bands) {
                band_starts_.push_back(static_cast<std::uint32_t>(edges_.size()));
                edges_.insert(edges_.end(), band.begin(), band.end());
            }
            band_starts_.push_back(static_cast<std::uint32_t>(edges_.size()));
        }
    }

    void make_grid() {
        cells_.resize(std::size_t{BoundaryGrid::columns} * BoundaryGrid::rows);
        for (std::uint32_t i = 0; i < areas_.size(); ++i) {
            const Area& area = areas_[i];
            std::set<std::pair<std::int64_t, std::int64_t>> crossed;  // column, row
            for (const auto& ring : area.rings) {
                for (std::size_t at = 0; at + 1 < ring.size(); ++at) {
                    const auto [west, east] = std::minmax(ring[at].x, ring[at + 1].x);
                    const auto [south, north] = std::minmax(ring[at].y, ring[at + 1].y);
                    for (std::int64_t column = column_of(west); column <= column_of(east); ++column) {
                        for (std::int64_t row = row_of(south); row <= row_of(north); ++row) {
                            crossed.emplace(column, row);
                        }
                    }
                }
            }
            for (std::int64_t row = row_of(area.out.south); row <= row_of(area.out.north); ++row) {
                for (std::int64_t column = column_of(area.out.west); column <= column_of(area.out.east); ++column) {
                    auto& cell = cells_.at(static_cast<std::size_t>(row * BoundaryGrid::columns + column));
                    if (crossed.count({column, row}) > 0) {
                        cell.push_back(i);
                    } else if (holds(area, BoundaryGrid::west + column * BoundaryGrid::cell + BoundaryGrid::cell / 2,
                                     BoundaryGrid::south + row * BoundaryGrid::cell + BoundaryGrid::cell / 2)) {
                        cell.push_back(i | BoundaryGrid::whole);
                    }
                }
            }
        }
    }

    void write(const std::string& path) const {
        std::vector<BoundaryArea> areas;
        for (const Area& area : areas_) {
            areas.push_back(area.out);
        }
        std::vector<BoundaryCode> codes;
        std::vector<std::uint32_t> members;
        for (auto [code, of] : members_) {
            std::sort(of.begin(), of.end());
            codes.push_back({code, static_cast<std::uint32_t>(members.size()), static_cast<std::uint32_t>(of.size())});
            members.insert(members.end(), of.begin(), of.end());
        }
        std::vector<std::uint32_t> starts;
        std::vector<std::uint32_t> entries;
        for (const auto& cell : cells_) {
            starts.push_back(static_cast<std::uint32_t>(entries.size()));
            entries.insert(entries.end(), cell.begin(), cell.end());
        }
        starts.push_back(static_cast<std::uint32_t>(entries.size()));
        const BoundaryHeader header{boundary_magic,
                                    static_cast<std::uint32_t>(areas.size()),
                                    static_cast<std::uint32_t>(codes.size()),
                                    static_cast<std::uint32_t>(members.size()),
                                    static_cast<std::uint32_t>(entries.size()),
                                    static_cast<std::uint32_t>(band_starts_.size()),
                                    static_cast<std::uint32_t>(edges_.size()),
                                    static_cast<std::uint32_t>(vertices_.size()),
                                    0};
        std::ofstream file(path, std::ios::binary | std::ios::trunc);
        const auto put = [&](const auto* data, std::size_t count) {
            file.write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(sizeof *data * count));
        };
        put(&header, 1);
        put(areas.data(), areas.size());
        put(codes.data(), codes.size());
        put(members.data(), members.size());
        put(starts.data(), starts.size());
        put(entries.data(), entries.size());
        put(band_starts_.data(), band_starts_.size());
        put(edges_.data(), edges_.size());
        put(vertices_.data(), vertices_.size());
        file.close();
        if (!file) {
            throw std::runtime_error("cannot write " + path);
        }
    }

private:
    static std::int64_t column_of(std::int32_t x) {
        return (std::int64_t{x} - BoundaryGrid::west) / BoundaryGrid::cell;
    }
    static std::int64_t row_of(std::int32_t y) { return (std::int64_t{y} - BoundaryGrid::south) / BoundaryGrid::cell; }

    void add_to_city(std::uint32_t ward, std::uint32_t city) {
        const std::vector<std::uint32_t> of = members_.at(ward / 10);
        std::vector<std::uint32_t>& all = members_[city / 10];
        all.insert(all.end(), of.begin(), of.end());
    }

    std::vector<Area> areas_;
    std::set<std::uint32_t> seen_;
    std::map<std::uint32_t, std::vector<std::uint32_t>> members_;  // by the first five digits of a code
    std::vector<std::vector<std::uint32_t>> cells_;
    std::vector<std::uint32_t> band_starts_, edges_;
    std::vector<BoundaryVertex> vertices_;
};

}  // namespace

int main(int count, char** arguments) {
    try {
        if (count != 5) {
            throw std::runtime_error("usage: make_boundaries lg-codes.csv OUT FULL.geojson SIMPLIFIED.geojson");
        }
        Maker maker;
        maker.add(arguments[3], true);
        maker.add(arguments[4], false);
        maker.add_codes(arguments[1]);
        maker.make_bands();
        maker.make_grid();
        maker.write(arguments[2]);
        return EXIT_SUCCESS;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "make_boundaries: %s\n", error.what());
        return EXIT_FAILURE;
    }
}
