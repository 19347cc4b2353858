// SPDX-License-Identifier: Apache-2.0
// Which sheets of a workbook hold the table, and where on them it stands: by the pins of dataset.json, else by score.
#pragma once

#include "model/dataset.hpp"
#include "read/cell_look.hpp"
#include "read/sheet_book.hpp"
#include "read/table_finder.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace kokai {

/// A table on a sheet, to be read from its first row to its last; several of one shape follow each other.
struct SheetPart {
    std::size_t sheet = 0;
    TableLayout layout;
    std::size_t grid = 0;  // of SheetChoice::grids
};

/// A visible sheet that holds something and is not read.
struct LeftSheet {
    std::size_t sheet = 0;
    bool same_kind = false;           // a list of places as well, under other words
    std::optional<std::size_t> read;  // the sheet that is read instead: this one is older, or a copy
};

/// Tables side by side that are read one after another.
struct JoinedPanels {
    std::size_t sheet = 0;
    std::uint32_t row = 0, column = 0;  // of the first one's header
    std::vector<std::string> ranges;
};

struct SheetChoice {
    std::vector<SheetPart> parts;
    std::vector<Grid> grids;  // what the layouts were found on: whole sheets, or their heads
    std::vector<LeftSheet> left_out;
    std::vector<JoinedPanels> panels;
    bool joined_unasked = false;  // of one shape, and nobody named them
};

struct SheetRequest {
    std::string sheet;  // empty = chosen
    TablePin pin;
    Totals totals = Totals::leave_out;
};

/// Throws WorldError when there is no table, or no sheet of that name.
SheetChoice choose_sheets(SheetBook& book, const SheetRequest& request);

/// The wishes that the pins of a dataset file come to, without panels.
TableWishes wishes_of(const TablePin& pin, Totals totals);

}  // namespace kokai
