// SPDX-License-Identifier: Apache-2.0
// A workbook that cannot be patched without guessing. Never the end of a run: the findings go into a workbook of their
// own instead, which says why.
#pragma once

#include "model/error.hpp"

#include <string>
#include <utility>

namespace kokai {

struct PatchDoubt : Error {
    PatchDoubt(std::string ja, std::string en) : Error(Exit::world, {}, {}, std::move(ja), std::move(en)) {}
};

}  // namespace kokai
