// SPDX-License-Identifier: Apache-2.0
#include "publish/csv_rows.hpp"

#include "support/mapped_file.hpp"

#include <simdjson.h>

#include <algorithm>
#include <set>

namespace kokai {
namespace {

constexpr std::size_t window_bytes = std::size_t{1} << 20U;
constexpr std::size_t largest_window = std::size_t{1} << 30U;  // marks have 31 bits

}  // namespace

CsvRows::CsvRows(std::string_view text) : text_(text) {
    constexpr std::string_view mark = "\xEF\xBB\xBF";
    first_row_ = text_.substr(0, mark.size()) == mark ? mark.size() : 0;
    Window window;
    if (!fill(window, first_row_, 1)) {
        return;
    }
    columns_.resize(window.marks[0]);
    std::vector<std::string_view> cells;
    take(window, 0, cells);
    columns_.assign(cells.begin(), cells.end());
    first_row_ += window.used;
}

CsvRows::CsvRows(const MappedFile& file)
    : CsvRows(std::string_view(reinterpret_cast<const char*>(file.bytes().data()), file.bytes().size())) {
    file_ = &file;
}

void CsvRows::let_go(std::size_t before) const {
    constexpr std::size_t kept = std::size_t{8} << 20U;
    if (file_ != nullptr && before == text_.size()) {
        file_->let_go(0, before);
    } else if (file_ != nullptr && before >= kept) {
        file_->let_go(before - kept, before);
    }
}

bool CsvRows::fill(Window& window, std::size_t at, std::size_t most) const {
    if (at >= text_.size()) {
        return false;
    }
    const CsvScanner scanner(',');
    std::size_t literal = std::string_view::npos;
    for (std::size_t bytes = most == 1 ? std::size_t{4096} : window_bytes;;) {
        window.text = text_.substr(at, bytes);
        window.marks.clear();
        window.bytes.clear();
        const bool last = at + window.text.size() == text_.size();
        const CsvScanner::Result result = scanner.scan(window.text, last, literal, window.marks, most);
        window.used = result.used;
        if (result.records > 0) {
            return true;
        }
        if (last && result.quote_open && literal != result.quote_at) {
            literal = result.quote_at;  // a quote that never closes is a character
        } else if (last || bytes >= largest_window) {
            return false;
        } else {
            bytes *= 4;
        }
    }
}

void CsvRows::take(Window& window, std::size_t mark, std::vector<std::string_view>& cells) const {
    const std::uint32_t fields = window.marks[mark];
    cells.assign(std::max<std::size_t>(columns_.size(), fields), {});
    std::size_t begin = window.marks[mark + 1];
    for (std::uint32_t field = 0; field < fields; ++field) {
        const std::uint32_t end_mark = window.marks[mark + 2 + field];
        const std::size_t end = end_mark & ~RecordMarks::quoted;
        std::string_view cell = window.text.substr(begin, end - begin);
        if ((end_mark & RecordMarks::quoted) != 0 && cell.size() >= 2) {
            cell.remove_prefix(1);
            const std::size_t quote = cell.find('"');
            if (quote + 1 == cell.size()) {
                cell.remove_suffix(1);
            } else {  // doubled quotes become one; the closing one goes, what stands behind it stays
                if (window.bytes.capacity() < window.text.size()) {
                    window.bytes.reserve(window.text.size());  // once, while empty: views of it stay where they are
                }
                const std::size_t kept = window.bytes.size();
                bool closed = false;
                for (std::size_t i = 0; i < cell.size(); ++i) {
                    if (!closed && cell[i] == '"') {
                        if (i + 1 == cell.size() || cell[i + 1] != '"') {
                            closed = true;
                            continue;
                        }
                        ++i;
                    }
                    window.bytes += cell[i];
                }
                cell = std::string_view(window.bytes).substr(kept);
            }
        }
        cells[field] = cell;
        begin = end + 1;
    }
}

std::vector<std::string> CsvRows::row(std::size_t place) const {
    Window window;
    std::vector<std::string> row(columns_.size());
    if (fill(window, place, 1)) {
        std::vector<std::string_view> cells;
        take(window, 0, cells);
        row.assign(cells.begin(), cells.end());
    }
    return row;
}

bool CsvRows::is_regular() const {
    const std::set<std::string> names(columns_.begin(), columns_.end());
    if (columns_.empty() || names.size() != columns_.size() || names.contains("")) {
        return false;
    }
    Window window;
    std::size_t at = first_row_;
    for (; fill(window, at); at += window.used) {
        let_go(at);
        if (!simdjson::validate_utf8(window.text.data(), window.used)) {
            return false;
        }
        for (std::size_t i = 0; i < window.marks.size(); i += 2 + window.marks[i]) {
            if (window.marks[i] != columns_.size()) {
                return false;
            }
        }
    }
    return at == text_.size() && simdjson::validate_utf8(text_.data(), first_row_);
}

}  // namespace kokai
