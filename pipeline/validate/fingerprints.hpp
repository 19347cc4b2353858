// SPDX-License-Identifier: Apache-2.0
// A set of 64-bit fingerprints that says what was there before: tables of at most 64 MiB together; above that they are
// spilled to disk, and what is doubled over the spills is counted at the end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string_view>
#include <vector>

namespace kokai {

/// A 64-bit hash that is the same on every machine: eight bytes a step, multiply and fold.
std::uint64_t fingerprint_of(std::uint64_t seed, std::string_view text);

class Fingerprints {
public:
    static constexpr std::size_t most_slots = std::size_t{8} << 20U;  // of eight bytes: 64 MiB

    explicit Fingerprints(std::size_t slots_at_most = most_slots);
    /// False when it was there already (and in memory still).
    bool insert(std::uint64_t fingerprint);
    /// Where its slot begins, for fetching it early.
    [[nodiscard]] const std::uint64_t* slot_of(std::uint64_t fingerprint) const {
        const std::vector<std::uint64_t>& slots = parts_[number_of_part(fingerprint)].slots;
        return &slots[fingerprint & (slots.size() - 1)];
    }
    /// After the last: how many more were there already, in what was spilled. 0 where nothing was.
    std::uint64_t doubled_in_spills();

private:
    struct FileCloser {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    /// The set in sixteen by the highest four bits: while one grows, only a sixteenth of all stands in memory twice.
    struct Part {
        std::vector<std::uint64_t> slots;
        std::size_t used = 0;

        [[nodiscard]] bool is_full() const { return used * 4 >= slots.size() * 3; }
        void grow();
    };
    static constexpr std::size_t most_parts = 16;

    [[nodiscard]] std::size_t number_of_part(std::uint64_t fingerprint) const {
        return static_cast<std::size_t>(fingerprint >> 60U) & (parts_.size() - 1);
    }
    void spill();

    std::vector<Part> parts_;  // one alone where few slots are allowed
    std::size_t part_slots_at_most_;
    std::vector<std::unique_ptr<std::FILE, FileCloser>> runs_;  // sorted fingerprints, oldest first
};

}  // namespace kokai
