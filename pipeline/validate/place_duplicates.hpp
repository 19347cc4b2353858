// SPDX-License-Identifier: Apache-2.0
// Rows that are one thing twice: the same name within 50 m (of rows without a position: at the same address), and
// nothing that tells two things apart (another place in the building, another day, another kind). IDs, remarks, phones
// and other ways to write an address tell nothing apart.
#pragma once

#include "engine/stage.hpp"

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

namespace kokai {

class DuplicatePlaces : public Check {
public:
    /// Of a generation. Two are kept, 2 MiB in all, so that memory does not grow with the rows: a row is held against
    /// at least so many before it.
    static constexpr std::size_t most_places = 3 * (std::size_t{1} << 13U);

    /// `sources`: of the table, for naming the earlier row.
    explicit DuplicatePlaces(std::vector<SourceInfo> sources, std::size_t places_at_most = most_places);
    void bind(const Shape& shape) override;
    void prepare(Batch& batch) const override;
    void admit(Batch& batch, Findings& findings) override;

private:
    struct Seen {
        std::uint64_t key = 0;                     // of name and what tells apart, without where; 0 = an empty slot
        std::int32_t latitude = 0, longitude = 0;  // in ten-millionths of a degree; zeros = known by its address
        std::uint32_t row = 0;
        std::uint16_t sheet = 0, source = 0;
    };
    /// Places in their order, and a table of where they stand by key and cell of about 1 km: a place is in one cell,
    /// and looked for in those that 50 m reach.
    class Generation {
    public:
        /// The place's twin among those in the cell of `hash`.
        [[nodiscard]] const Seen* find(const Seen& place, std::uint64_t hash) const;
        void add(const Seen& place);
        /// Empty for the next use; the memory stays.
        void clear();
        /// Where the slots of a hash begin, for fetching them early; null while there are none.
        [[nodiscard]] const std::uint64_t* slot_of(std::uint64_t hash) const;
        [[nodiscard]] std::size_t size() const { return places_.size(); }

    private:
        void put(const Seen& place, std::uint64_t number);
        std::vector<Seen> places_;
        std::vector<std::uint64_t> slots_;  // upper half of the hash, and the place's number from 1; 0 = empty
    };

    [[nodiscard]] static std::uint64_t key_at_home(const Seen& place);
    [[nodiscard]] Seen place_of(const Batch& batch, std::size_t row) const;
    [[nodiscard]] const Seen* earlier(const Seen& place) const;
    [[nodiscard]] std::string shown(const Seen& before, const Seen& now) const;

    std::vector<SourceInfo> sources_;
    std::size_t places_at_most_;
    const Shape* shape_ = nullptr;
    std::size_t name_ = Shape::npos, address_ = Shape::npos;
    std::vector<std::size_t> apart_;  // columns that tell two things apart
    mutable std::mutex mutex_;
    mutable std::unordered_map<std::uint64_t, std::vector<Seen>> places_;  // of batches on their way
    Generation now_, former_;
};

}  // namespace kokai
