// SPDX-License-Identifier: Apache-2.0
#include "read/sheet_tally.hpp"

#include "model/finding.hpp"
#include "read/text_facts.hpp"

#include <utility>

namespace kokai {
namespace {

using namespace text_fact;

std::string place(std::uint32_t row, std::uint32_t column) {
    return column_letters(column) + std::to_string(row);
}

/// 027-224-1111, 2024-04-01, 09:00
bool is_joined(std::string_view text) {
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (text[i] == '-' || text[i] == ':' || text[i] == '/' || text[i] == '@') {
            return true;
        }
    }
    return false;
}

}  // namespace

void SheetTally::add(SheetFact& fact, std::uint32_t row, std::uint32_t column) {
    ++fact.count;
    if (fact.cells.size() < most_cells) {
        fact.cells.push_back(place(row, column));
    }
}

void SheetTally::look_at_text(std::uint32_t row, std::uint32_t column, std::string_view text) {
    constexpr std::size_t longest_value = 60;  // a sentence may name years and numbers
    const std::uint8_t look = glance_over(text);
    if ((look & gap) != 0 && is_arranged(text)) {
        add(layout_, row, column);
    }
    if ((look & rare) != 0) {
        add(rare_character_, row, column);
    }
    if (is_ditto(text)) {
        add(ditto_, row, column);
    }
    if (text.size() > longest_value || ((look & digit) == 0 && text.find("元年") == std::string_view::npos)) {
        return;
    }
    if ((look & era) != 0 && names_era_only(text)) {
        add(era_only_, row, column);
    }
    // A number begins with a digit, a sign or a bracket, and is no phone, date or time; lines of them have a line
    // break.
    const auto lead = static_cast<unsigned char>(text.front());
    const bool other = (lead >= 0xE3 && lead <= 0xE9) || is_joined(text);
    if (other && (look & gap) == 0) {
        return;
    }
    if (holds_several_values(text)) {
        add(several_values_, row, column);
    } else if (is_written_number(text)) {
        add(this->column(column), row, column);
    }
}

void SheetTally::look_at_header(std::uint32_t row, std::uint32_t column, std::string_view text) {
    if (is_arranged(text)) {
        add(layout_, row, column);
    }
    if (has_rare_character(text)) {
        add(rare_character_, row, column);
    }
    if (is_ditto(text)) {
        add(ditto_, row, column);
    }
    if (names_era_only(text)) {
        add(era_only_, row, column);
    }
}

void SheetTally::add_merges(const std::vector<CellRange>& merges) {
    for (const CellRange& range : merges) {
        ++merged_.count;
        if (merged_.cells.size() < most_cells) {
            merged_.cells.push_back(place(range.first_row, range.first_column) + ":" +
                                    place(range.last_row, range.last_column));
        }
    }
}

void SheetTally::add_objects(std::uint64_t count, const std::vector<std::string>& cells) {
    objects_known_ = true;
    object_.count += count;
    for (const std::string& cell : cells) {
        if (object_.cells.size() < most_cells) {
            object_.cells.push_back(cell);
        }
    }
}

void SheetTally::begin_sheet(std::uint16_t sheet) {
    if (any_sheet_ && sheet != sheet_) {
        end_sheet();
    }
    any_sheet_ = true;
    sheet_ = sheet;
}

void SheetTally::end_sheet() {
    const auto take = [&](SheetFact& fact, std::string_view what) {
        fact.what = what;
        fact.sheet = sheet_;
        done_.push_back(std::move(fact));
        fact = {};
    };
    take(merged_, sheet_fact::merged);
    take(formula_, sheet_fact::formula);
    if (objects_known_) {
        take(object_, sheet_fact::object);
    }
    take(layout_, sheet_fact::layout);
    take(ditto_, sheet_fact::ditto);
    take(several_values_, sheet_fact::several_values);
    take(era_only_, sheet_fact::era_only);
    take(rare_character_, sheet_fact::rare_character);
    take(blank_row_, sheet_fact::blank_row);
    take(several_tables_, sheet_fact::several_tables);
    for (std::uint32_t number = 0; number < columns_.size(); ++number) {
        if (SheetFact& one = columns_[number]; one.count > 0 || one.of > 0) {
            one.column = number;
            take(one, sheet_fact::number_as_text);
        }
    }
    columns_.clear();
    objects_known_ = false;
}

std::vector<SheetFact> SheetTally::facts() const {
    SheetTally ended = *this;
    if (ended.any_sheet_) {
        ended.end_sheet();
    }
    return ended.done_;
}

}  // namespace kokai
