// SPDX-License-Identifier: Apache-2.0
// Addresses as evidence of the coordinate system: a row's position should lie near the town that its address names.
#pragma once

#include "locate/fill_address.hpp"
#include "locate/system_score.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace kokai {

class TownEvidence {
public:
    /// `municipality`: whose list the addresses stand in; may be empty.
    explicit TownEvidence(std::string municipality);
    ~TownEvidence();
    TownEvidence(const TownEvidence&) = delete;
    TownEvidence& operator=(const TownEvidence&) = delete;
    TownEvidence(TownEvidence&&) = delete;
    TownEvidence& operator=(TownEvidence&&) = delete;

    /// Where the town lies; null where the address names none, or not surely.
    [[nodiscard]] std::optional<LonLat> of(std::string_view address, std::string_view code = {});
    /// The address of a row: one cell, or its parts put together.
    [[nodiscard]] std::optional<LonLat> of(const AddressColumns& columns, const Batch& batch, std::size_t row);

private:
    std::string municipality_;
    std::unique_ptr<AddressReader> reader_;
};

}  // namespace kokai
