// SPDX-License-Identifier: Apache-2.0
#include "locate/mesh_border.hpp"

#include "locate/mesh.hpp"
#include "locate/pair.hpp"
#include "normalise/latlon.hpp"
#include "normalise/normalised.hpp"
#include "support/decimal.hpp"

#include <algorithm>
#include <optional>

namespace kokai {
namespace {

/// A latitude in minutes and seconds on a border that its decimals do not reach. Borders are 3.75 seconds apart, and
/// the decimals follow those of the seconds: no other reading is rounded to the same ones.
std::optional<std::string> short_of_border(Cell cell) {
    if (cell.empty() || is_clean_latlon(cell)) {
        return std::nullopt;  // nearly every cell ends here
    }
    const Normalised read = normalise_latlon(cell);
    const auto degrees = parse_decimal(read.value);
    const std::size_t decimals = latlon_decimals(cell);
    constexpr std::size_t least_of_a_form = 7;
    const bool in_parts = cell.find(read.value) == Cell::npos && decimals >= least_of_a_form;
    return degrees && in_parts && is_japanese_latitude(*degrees) && is_rounded_border(read.value, decimals)
               ? std::optional(read.value)
               : std::nullopt;
}

}  // namespace

void BorderNotes::keep(std::uint64_t batch, std::vector<Note> notes) {
    const std::lock_guard lock(mutex_);
    notes_[batch] = std::move(notes);
}

std::vector<BorderNotes::Note> BorderNotes::take(std::uint64_t batch) {
    const std::lock_guard lock(mutex_);
    auto found = notes_.extract(batch);
    return found ? std::move(found.mapped()) : std::vector<Note>();
}

Shape NoteBorders::bind(const Shape& in) {
    columns_.clear();
    for (const std::string* const name : {&latitude_name_, &longitude_name_}) {
        if (const std::size_t at = name->empty() ? Shape::npos : in.find(*name); at != Shape::npos) {
            columns_.push_back(at);
        }
    }
    return in;
}

void NoteBorders::run(Batch& batch, Findings& /*findings*/) const {
    std::vector<BorderNotes::Note> notes;
    for (std::size_t row = 0; row < batch.size(); ++row) {
        for (const std::size_t column : columns_) {
            if (auto latitude = short_of_border(batch.columns[column].cells[row])) {
                notes.push_back({row, std::move(*latitude)});
            }
        }
    }
    if (!notes.empty()) {
        notes_->keep(batch.sequence, std::move(notes));
    }
}

}  // namespace kokai
