// SPDX-License-Identifier: Apache-2.0
#include "validate/formula_like.hpp"

#include "support/formula_sign.hpp"

namespace kokai {
namespace {

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
    if (!may_begin_formula(cell)) {
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
        batch.columns[column].for_each_odd([&](std::size_t row) {
            const Cell cell = batch.columns[column].cells[row];
            if (looks_like_formula(cell)) {
                findings.add(Code::formula_like, batch, row, column, shape_.columns[column], cell);
            }
        });
    }
}

}  // namespace kokai
