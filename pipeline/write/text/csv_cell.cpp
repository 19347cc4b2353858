// SPDX-License-Identifier: Apache-2.0
#include "write/text/csv_cell.hpp"

#include "write/text/plain_copy.hpp"

namespace kokai {

void append_csv_cell(std::string& out, std::string_view text) {
    const std::size_t start = out.size();
    out.resize(start + text.size());
    if (copy_plain<CsvQuotes>(out.data() + start, text)) {
        return;
    }
    out.resize(start);
    out += '"';
    for (const char letter : text) {
        if (letter == '"') {
            out += '"';
        }
        out += letter;
    }
    out += '"';
}

}  // namespace kokai
