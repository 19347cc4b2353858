// SPDX-License-Identifier: Apache-2.0
// The cheap look at a cell's first byte: whether a spreadsheet could take it for a formula at all.
#pragma once

#include <array>
#include <string_view>

namespace kokai {

/// = @ tab return + - and the lead byte of their full-width forms. By table: one look for nearly every cell, without a
/// guess for the processor to get wrong.
inline bool may_begin_formula(std::string_view cell) {
    static constexpr auto signs = [] {
        std::array<bool, 256> table{};
        for (const unsigned byte : {0x3DU, 0x40U, 0x09U, 0x0DU, 0x2BU, 0x2DU, 0xEFU}) {
            table.at(byte) = true;
        }
        return table;
    }();
    return !cell.empty() && signs[static_cast<unsigned char>(cell.front())];
}

}  // namespace kokai
