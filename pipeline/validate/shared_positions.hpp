// SPDX-License-Identifier: Apache-2.0
// One point for many facilities: what a geocoder leaves that knew the city only, or a position that was put in for want
// of a better. Several rows of one building are no case: the facilities must differ in name and in address.
#pragma once

#include "engine/stage.hpp"
#include "locate/row_place.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace kokai {

class SharedPositions : public Check {
public:
    /// Facilities at one point from which on it is told.
    static constexpr std::size_t many = 3;
    /// Points of a generation. Two are kept, 3 MiB in all, so that memory does not grow with the rows.
    static constexpr std::size_t most_points = 3 * (std::size_t{1} << 13U);

    /// `latitude`: the column at which findings stand; may be empty.
    explicit SharedPositions(std::string latitude, std::size_t points_at_most = most_points);
    void bind(const Shape& shape) override;
    void prepare(Batch& batch) const override;
    void admit(Batch& batch, Findings& findings) override;
    /// Reports position-shared at the first row of each such point.
    void end(Findings& findings) override;

private:
    /// A facility: where it is, what it is called and how its address ends, the last two as hashes.
    struct Facility {
        std::int32_t latitude = 0, longitude = 0;
        std::uint32_t name = 0, address = 0;  // 0 = nothing to compare
    };
    /// A point with the first facilities there.
    struct Spot {
        std::int32_t latitude = 0, longitude = 0;
        std::array<std::uint32_t, many - 1> names{}, addresses{};
        std::uint32_t row = 0;
        std::uint16_t sheet = 0, source = 0;
        std::uint8_t count = 0;  // 0 = an empty slot
    };
    /// A point that is told at the end, with what is known of the facilities there.
    struct Shared {
        Spot spot;
        std::vector<std::uint32_t> names, addresses;
    };
    class Generation {
    public:
        [[nodiscard]] Spot* find(const Facility& at);
        /// `spot` is not there yet. Answers are good until the next add().
        Spot* add(const Spot& spot);
        /// Empty for the next use; the memory stays.
        void clear();
        [[nodiscard]] std::size_t size() const { return used_; }

    private:
        Spot& slot_of(std::int32_t latitude, std::int32_t longitude);
        std::vector<Spot> slots_;
        std::size_t used_ = 0;
    };

    void look(const Batch& batch, std::size_t row, const Facility& facility);

    std::string latitude_name_;
    std::size_t points_at_most_;
    const Shape* shape_ = nullptr;
    RowPlaceColumns columns_;
    std::size_t latitude_ = Shape::npos;
    std::size_t accuracy_ = Shape::npos;  // says that a position is a town's
    mutable std::mutex mutex_;
    mutable std::unordered_map<std::uint64_t, std::vector<Facility>> facilities_;  // of batches on their way
    Generation now_, former_;
    std::vector<Shared> shared_;
    std::unordered_map<std::uint64_t, std::size_t> shared_at_;  // index into shared_, by point
};

/// The end of an address as it can be compared: the town and the numbers, in whatever digits and dashes; neither the
/// municipality before nor a building behind. 群馬県前橋市大手町二丁目12番1号 市役所 → 大手町2-12-1
std::string site_of(std::string_view address);

}  // namespace kokai
