// SPDX-License-Identifier: Apache-2.0
// No two rows with the same ID: of those that have it, the first stays.
#pragma once

#include "engine/stage.hpp"
#include "validate/fingerprints.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace kokai {

class UniqueKey : public Check {
public:
    static constexpr std::size_t most_slots = Fingerprints::most_slots;

    explicit UniqueKey(std::vector<std::string> columns, std::size_t slots_at_most = most_slots);
    void bind(const Shape& shape) override;
    void admit(Batch& batch, Findings& findings) override;
    void end(Findings& findings) override;

private:
    std::vector<std::string> names_;
    std::vector<std::size_t> columns_;
    const Shape* shape_ = nullptr;
    std::vector<std::uint64_t> fingerprints_;  // of the batch that is admitted; 0 for rows without a key
    Fingerprints seen_;
};

}  // namespace kokai
