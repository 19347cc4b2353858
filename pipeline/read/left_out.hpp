// SPDX-License-Identifier: Apache-2.0
// Who wants to see what a workbook holds beside the table that is read: hidden rows, columns and sheets, struck-out and
// other rows, sheets left out, comments. None of it is published, but the workbook itself may be.
#pragma once

#include <cstdint>
#include <string_view>

namespace kokai {

struct LeftOutPlace {
    std::uint16_t source = 0, sheet = 0;
    std::uint32_t row = 0, column = 0;  // from 1; 0 = not known
    bool comment = false;
};

class LeftOutWatch {
public:
    LeftOutWatch() = default;
    virtual ~LeftOutWatch() = default;
    LeftOutWatch(const LeftOutWatch&) = delete;
    LeftOutWatch& operator=(const LeftOutWatch&) = delete;
    LeftOutWatch(LeftOutWatch&&) = delete;
    LeftOutWatch& operator=(LeftOutWatch&&) = delete;
    /// From any thread.
    virtual void see(const LeftOutPlace& place, std::string_view text) = 0;
};

}  // namespace kokai
