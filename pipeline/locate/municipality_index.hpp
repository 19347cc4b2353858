// SPDX-License-Identifier: Apache-2.0
// Which municipality holds a point, and how far it is from one. Gunma's boundaries in full detail, the rest of Japan
// simplified and of 2021: answers are good enough to say that something lies elsewhere, not where a border runs.
#pragma once

#include "locate/boundary_format.hpp"
#include "locate/representative_point.hpp"
#include "support/mapped_file.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace kokai {

class MunicipalityIndex {
public:
    /// Maps a file that make_boundaries has made. Throws WorldError when it is missing or is none.
    explicit MunicipalityIndex(const std::filesystem::path& file);
    /// The one beside the program, mapped at first use and then for good. Any thread.
    static const MunicipalityIndex& shared();

    /// What a code stands for: a municipality or ward, a designated city (its wards together), a prefecture (all of
    /// it). Made once, asked of many points.
    class Place {
    public:
        /// How far a point may lie outside and still be taken for inside, in metres: what the boundary is good for.
        [[nodiscard]] double tolerance() const { return tolerance_; }

    private:
        friend class MunicipalityIndex;
        std::span<const std::uint32_t> areas_;
        double tolerance_ = 0;
    };
    /// By a code of five digits, or of six with its check digit; of today, or of Hamamatsu's seven former wards.
    /// Nothing for a code without boundary.
    [[nodiscard]] std::optional<Place> find(std::string_view lg_code) const;

    [[nodiscard]] bool holds(const Place& place, LonLat point) const;
    /// Metres to the place's border; 0 inside. Exact up to `reach`; whatever is farther is answered with `reach`.
    [[nodiscard]] double distance(const Place& place, LonLat point, double reach) const;
    /// Whether the point lies in the place, or outside within its tolerance.
    [[nodiscard]] bool fits(const Place& place, LonLat point) const {
        return distance(place, point, place.tolerance() * 1.01) <= place.tolerance();
    }

    /// The six-digit code of the municipality or ward of today that holds the point. Empty at sea, abroad, and on new
    /// land that nobody had been given. In Hamamatsu's former 北区 the city's, because two wards have shares in it.
    [[nodiscard]] std::string holder(LonLat point) const;
    /// The same; where nobody holds it, the nearest one that is not farther than `reach` metres (at most 5,000).
    [[nodiscard]] std::string holder_near(LonLat point, double reach) const;

private:
    struct UnitLengths;
    [[nodiscard]] std::optional<std::uint32_t> area_at(LonLat point) const;
    [[nodiscard]] std::string code_text(std::uint32_t area) const;
    [[nodiscard]] bool area_holds(const BoundaryArea& area, std::int64_t x, std::int64_t y) const;
    [[nodiscard]] double area_distance(const BoundaryArea& area, std::int64_t x, std::int64_t y,
                                       const UnitLengths& unit, double reach) const;
    [[nodiscard]] std::span<const std::uint32_t> band(const BoundaryArea& area, std::uint32_t number) const;

    MappedFile file_;
    std::span<const BoundaryArea> areas_;
    std::span<const BoundaryCode> codes_;
    std::span<const std::uint32_t> members_, grid_starts_, grid_entries_, band_starts_, edges_;
    std::span<const BoundaryVertex> vertices_;
};

}  // namespace kokai
