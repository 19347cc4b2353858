// SPDX-License-Identifier: Apache-2.0
#include "validate/formula_like.hpp"

#include <array>

namespace kokai {
namespace {

/// By first byte: one look for nearly every cell, without a guess for the processor to get wrong.
constexpr std::array<bool, 256> make_may_begin_formula() {
    std::array<bool, 256> table{};
    for (const unsigned byte :
         {0x3DU, 0x40U, 0x09U, 0x0DU, 0x2BU, 0x2DU, 0xEFU}) {  // = @ tab return + - and full width
        table.at(byte) = true;
    }
    return table;
}
constexpr auto may_begin_formula = make_may_begin_formula();

/// Digits and what stands among them in numbers and phones, in either width.
bool is_number_like(std::string_view text) {
    while (!text.empty()) {
        const auto third = text.size() > 2 ? static_cast<unsigned char>(text[2]) : 0U;
        if (text.starts_with("\xEF\xBC") && third >= 0x88 && third <= 0x99) {  // （ ） ＊ ＋ ， － ． ／ ０ … ９
            text.remove_prefix(3);
        } else if (std::string_view("0123456789 .,-()%").find(text.front()) != std::string_view::npos) {
            text.remove_prefix(1);
        } else {
            return false;
        }
    }
    return true;
}

}  // namespace

bool looks_like_formula(std::string_view cell) {
    if (cell.empty() || !may_begin_formula[static_cast<unsigned char>(cell.front())]) {
        return false;
    }
    switch (cell.front()) {
    case '=':
    case '@':
    case '\t':
    case '\r':
        return true;
    case '+':
    case '-':
        return !is_number_like(cell.substr(1));
    case '\xEF':
        return cell.starts_with("＝") || cell.starts_with("＠") ||
               ((cell.starts_with("＋") || cell.starts_with("－")) && !is_number_like(cell.substr(3)));
    default:
        return false;
    }
}

Shape TellFormulas::bind(const Shape& in) {
    shape_ = in;
    return in;
}

void TellFormulas::run(Batch& batch, Findings& findings) const {
    for (std::size_t column = 0; column < batch.columns.size(); ++column) {
        const std::vector<Cell>& cells = batch.columns[column].cells;
        for (std::size_t row = 0; row < cells.size(); ++row) {
            if (looks_like_formula(cells[row])) {
                findings.add(Code::formula_like, batch, row, column, shape_.columns[column], cells[row]);
            }
        }
    }
}

}  // namespace kokai
