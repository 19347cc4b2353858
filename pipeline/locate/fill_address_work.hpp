// SPDX-License-Identifier: Apache-2.0
// For fill_address.cpp and compare_address.cpp alone.
#pragma once

#include "locate/fill_address.hpp"
#include "locate/place_code.hpp"
#include "locate/town_memory.hpp"

#include <array>
#include <string_view>

namespace kokai {

/// A town as the list has it.
struct ListedTown {
    std::string_view lg_code, name, id;
};

/// What one batch needs while it is worked on.
struct FillAddress::Work {
    Batch& batch;
    Findings& findings;
    TownMemory& memory;
    AddressReader& reader;  // the memory's own
    PlaceNames names{reader};
    std::array<bool, AddressColumns::parts> told{};  // a column that the source lacks, once
    bool whole_told = false;
};

}  // namespace kokai
