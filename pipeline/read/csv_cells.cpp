// SPDX-License-Identifier: Apache-2.0
// From the fields of a block to cells, side by side with other blocks.
#include "read/csv.hpp"
#include "read/text_facts.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <cstring>

namespace kokai {
namespace {

constexpr std::size_t npos = static_cast<std::size_t>(-1);

bool has_high_byte(std::string_view text) {
    std::size_t i = 0;
    for (; i + 8 <= text.size(); i += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + i, 8);
        if ((word & 0x8080808080808080ULL) != 0) {
            return true;
        }
    }
    for (; i < text.size(); ++i) {
        if ((static_cast<unsigned char>(text[i]) & 0x80U) != 0) {
            return true;
        }
    }
    return false;
}

}  // namespace

Cell CsvSource::text_of(Batch& batch, std::string_view raw, std::uint32_t begin, std::uint32_t end_mark,
                        bool& doubtful) const {
    const std::uint32_t end = end_mark & ~RecordMarks::quoted;
    std::string_view text = raw.substr(begin, end - begin);
    if ((end_mark & RecordMarks::quoted) != 0) {
        // "…" with doubled quotes inside; what follows the closing quote stays as written.
        std::string_view inside = text.substr(1);
        if (const std::size_t first = inside.find('"'); first + 1 == inside.size()) {
            text = inside.substr(0, first);
        } else {
            char* const out = batch.bytes.take(inside.size());
            std::size_t used = 0;
            bool closed = false;
            for (std::size_t i = 0; i < inside.size(); ++i) {
                if (!closed && inside[i] == '"') {
                    if (i + 1 < inside.size() && inside[i + 1] == '"') {
                        ++i;
                    } else {
                        closed = true;
                        continue;
                    }
                }
                out[used++] = inside[i];
            }
            batch.bytes.give_back(inside.size() - used);
            text = {out, used};
        }
    }
    if (survey_.encoding == Encoding::cp932 && has_high_byte(text)) {
        std::size_t bad = npos;
        const Cell decoded = decode_cp932(text, batch.bytes, bad);
        doubtful = bad != npos || reads_as_utf8_too(text);
        return decoded;
    }
    if (!survey_.valid && survey_.encoding == Encoding::utf8) {
        std::size_t bad = npos;
        const Cell mended = mend_utf8(text, batch.bytes, bad);
        doubtful = bad != npos;
        return mended;
    }
    doubtful = transcoder_ && has_bad_mark(text);
    return text;
}

/// What is doubtful about a field, and where: slow, for fields of which text_of() said so.
CsvSource::Doubt CsvSource::doubt_of(std::string_view raw, std::uint64_t first_byte, std::uint32_t begin,
                                     std::uint32_t end_mark) const {
    constexpr std::size_t most_shown = 80;
    const std::uint32_t end = end_mark & ~RecordMarks::quoted;
    std::string_view field = raw.substr(begin, end - begin);
    Arena arena;
    Doubt doubt;
    std::size_t bad = npos;
    const auto at = [&](const std::string& hex, std::uint64_t offset) {
        return " [" + hex + " @ " + std::to_string(offset) + "]";
    };
    if (transcoder_) {
        const BadBytes wrong = take_bad_marks(field, doubt.text);
        doubt.found = printable(doubt.text.substr(0, most_shown)) + at(wrong.hex, wrong.offset);
    } else if (survey_.encoding == Encoding::cp932) {
        doubt.text = decode_cp932(field, arena, bad);
        bad = first_bad_cp932(field);
        if (bad == npos) {
            doubt.code = Code::encoding_ambiguous;
            doubt.expected = printable(field.substr(0, most_shown));
            bad = static_cast<std::size_t>(
                std::find_if(field.begin(), field.end(), [](char c) { return (c & '\x80') != 0; }) - field.begin());
        }
        doubt.found = printable(std::string_view(doubt.text).substr(0, most_shown)) +
                      at(hex_of(field.substr(bad)), first_byte + begin + bad);
    } else {
        doubt.text = mend_utf8(field, arena, bad);
        bad = first_bad_utf8(field);
        doubt.found = printable(std::string_view(doubt.text).substr(0, most_shown)) +
                      at(hex_of(field.substr(bad)), first_byte + begin + bad);
        if (first_bad_cp932(field) == npos) {
            std::size_t none = npos;
            doubt.found +=
                "（CP932 なら「" + printable(decode_cp932(field, arena, none).substr(0, most_shown)) + "」）";
        }
    }
    if (doubt.text.size() > 1 && doubt.text.front() == '"' && doubt.text.back() == '"') {
        doubt.text = doubt.text.substr(1, doubt.text.size() - 2);
    }
    return doubt;
}

void CsvSource::parse(Batch& batch, Findings& findings) const {
    if (layout_.vertical) {
        parse_vertical(batch, findings);
        return;
    }
    const std::string_view raw(batch.raw.data(), batch.raw.size());
    std::size_t columns = layout_.second_lines.size() + (section_column_ == npos ? 0 : 1);
    for (const bool published : published_) {
        columns += published ? 1U : 0U;
    }
    batch.columns.resize(columns);
    std::uint64_t record = batch.first_record - 1;
    std::vector<Cell> line(published_.size());
    std::vector<Ditto> dittos;  // of a row
    for (std::size_t i = 0; i < batch.marks.size(); i += 2 + batch.marks[i]) {
        ++record;
        const std::uint32_t fields = batch.marks[i];
        std::uint32_t begin = batch.marks[i + 1];
        if (layout_.role(static_cast<std::uint32_t>(record)) != RowRole::data ||
            (fields == 1 && (batch.marks[i + 2] & ~RecordMarks::quoted) == begin)) {
            show_left_out(batch, i, static_cast<std::uint32_t>(record));
            continue;
        }
        const auto row = static_cast<std::uint32_t>(record);
        bool any = false;
        std::uint32_t surplus = 0;
        for (std::uint32_t field = 0; field < fields; ++field) {
            const std::uint32_t end = batch.marks[i + 2 + field];
            bool doubtful = false;
            Cell cell = text_of(batch, raw, begin, end, doubtful);
            if (doubtful) {
                const Doubt doubt = doubt_of(raw, batch.first_byte, begin, end);
                findings.add(doubt.code,
                             {row, field + 1, 0, options_.source, field < places_.size() ? &places_[field] : nullptr},
                             doubt.found, doubt.expected);
                cell = {};  // half a word is worse than none
            }
            begin = (end & ~RecordMarks::quoted) + 1;
            if (field < line.size()) {
                line[field] = cell;
                any = any || !cell.empty();
            } else if (layout_.others.empty() && options_.pin.panels.empty() && !trimmed(cell).empty()) {
                surplus = field + 1;
                if (options_.watch != nullptr) {
                    options_.watch->see({options_.source, 0, row, field + 1}, cell);
                }
            }
        }
        for (std::size_t field = fields; field < line.size(); ++field) {
            line[field] = {};
        }
        if (!any && surplus == 0) {
            continue;  // ,,,, : a blank line as Excel writes it
        }
        if (!layout_.whole) {
            const RowRole role = judge_.judge([&](std::size_t at) { return trimmed(line[at]); }, line.size());
            if (role != RowRole::data) {
                leave_out(role, row, line, findings);
                show_left_out(batch, i, row);
                continue;
            }
            fill_dittos_as_read(line, batch, dittos);
        }
        finish_line(row, line, batch, dittos);
        if (surplus != 0) {
            findings.add(Code::row_too_long, {row, 0, 0, options_.source, nullptr}, std::to_string(surplus),
                         std::to_string(line.size()));
        } else if (fields < line.size()) {
            findings.add(Code::row_too_short, {row, 0, 0, options_.source, nullptr}, std::to_string(fields),
                         std::to_string(line.size()));
        }
        std::size_t to = 0;
        for (std::size_t field = 0; field < line.size(); ++field) {
            if (published_[field]) {
                batch.columns[to++].cells.push_back(line[field]);
            } else if (layout_.columns.holds(static_cast<std::uint32_t>(field + 1)) && !trimmed(line[field]).empty()) {
                findings.add(Code::header_empty,
                             {row, static_cast<std::uint32_t>(field + 1), 0, options_.source, &places_[field]},
                             line[field]);
            }
        }
        batch.rows.push_back({row, 0, options_.source});
        if (!layout_.second_lines.empty()) {
            add_second_line(row, to, batch);
        }
        if (section_column_ != npos || !filled_.empty()) {
            keep_origins(row, batch);
        }
        if (!dittos.empty()) {
            tell_dittos(dittos, batch, findings);
            dittos.clear();
        }
    }
    data_rows_ += batch.rows.size();
}

/// What stands in other records but belongs to this one.
void CsvSource::finish_line(std::uint32_t row, std::vector<Cell>& line, Batch& batch,
                            std::vector<Ditto>& dittos) const {
    if (!filled_.empty()) {
        if (const auto found = filled_.find(row); found != filled_.end()) {
            for (const Added& fill : found->second) {
                if (fill.column <= line.size() && fill.ditto) {
                    const Cell above = fill.text.empty() ? Cell{} : batch.bytes.keep(fill.text);
                    dittos.push_back({fill.column, line[fill.column - 1], above});
                    line[fill.column - 1] = above;
                } else if (fill.column <= line.size() && trimmed(line[fill.column - 1]).empty()) {
                    line[fill.column - 1] = batch.bytes.keep(fill.text);
                }
            }
        }
    }
    if (continued_.empty()) {
        return;
    }
    if (const auto found = continued_.find(row); found != continued_.end()) {
        for (const Added& more : found->second) {
            if (more.column <= line.size()) {
                Cell& cell = line[more.column - 1];
                cell = batch.bytes.keep(std::string(cell) + (cell.empty() ? "" : "\n") + more.text);
            }
        }
    }
}

/// The column of the batch that a field goes to.
std::size_t CsvSource::column_at(std::size_t field) const {
    return static_cast<std::size_t>(
        std::count(published_.begin(), published_.begin() + static_cast<std::ptrdiff_t>(field), true));
}

void CsvSource::tell_dittos(const std::vector<Ditto>& dittos, const Batch& batch, Findings& findings) const {
    for (const Ditto& one : dittos) {
        if (published_[one.column - 1]) {
            findings.add(one.above.empty() ? Code::ditto_unfilled : Code::ditto_filled, batch, batch.rows.size() - 1,
                         column_at(one.column - 1), places_[one.column - 1], one.found, one.above);
        }
    }
}

/// The second line of the record just added: the columns from `to` on.
void CsvSource::add_second_line(std::uint32_t row, std::size_t to, Batch& batch) const {
    const auto found = seconds_.find(row);
    for (std::size_t i = 0; i < layout_.second_lines.size(); ++i) {
        const Added* line = found == seconds_.end() ? nullptr : &found->second[i];
        Column& column = batch.columns[to + i];
        column.cells.push_back(line == nullptr ? Cell{} : batch.bytes.keep(line->text));
        column.origins.push_back({line == nullptr ? row : line->from_row, layout_.second_lines[i].column});
    }
}

/// The section of the row just added, and where each of its cells stands.
void CsvSource::keep_origins(std::uint32_t row, Batch& batch) const {
    std::size_t to = 0;
    for (std::uint32_t column = 1; column <= published_.size(); ++column) {
        if (published_[column - 1]) {
            batch.columns[to++].origins.push_back({row, column});
        }
    }
    if (const auto found = filled_.find(row); found != filled_.end()) {
        for (const Added& fill : found->second) {
            if (fill.ditto || fill.column > published_.size() || !published_[fill.column - 1]) {
                continue;
            }
            to = static_cast<std::size_t>(std::count(published_.begin(), published_.begin() + fill.column - 1, true));
            batch.columns[to].origins.back().row = fill.from_row;
        }
    }
    if (section_column_ != npos) {
        const TableSection* section = layout_.section(row);
        Column& column = batch.columns[section_column_];
        column.cells.push_back(section == nullptr ? Cell{} : batch.bytes.keep(section->text));
        column.origins.push_back(section == nullptr ? CellOrigin{row, 0} : CellOrigin{section->row, section->column});
    }
}

/// A record of a file that is not held, and that is no data.
void CsvSource::leave_out(RowRole role, std::uint32_t row, const std::vector<Cell>& line, Findings& findings) const {
    const auto first = std::find_if(line.begin(), line.end(), [](Cell cell) { return !cell.empty(); });
    findings.add(role == RowRole::total      ? Code::total_row_unchecked
                 : role == RowRole::footnote ? Code::footnote_left_out
                                             : Code::header_repeated,
                 {row, 0, 0, options_.source, nullptr}, first == line.end() ? Cell{} : *first);
}

/// A record that is no data, for whoever watches: title, header, footnote.
void CsvSource::show_left_out(Batch& batch, std::size_t marks_at, std::uint32_t record) const {
    if (options_.watch == nullptr || layout_.role(record) == RowRole::continuation ||
        layout_.role(record) == RowRole::second_line) {
        return;
    }
    const std::string_view raw(batch.raw.data(), batch.raw.size());
    std::uint32_t begin = batch.marks[marks_at + 1];
    for (std::uint32_t field = 0; field < batch.marks[marks_at]; ++field) {
        const std::uint32_t end = batch.marks[marks_at + 2 + field];
        bool doubtful = false;
        const Cell cell = text_of(batch, raw, begin, end, doubtful);
        if (!doubtful && !trimmed(cell).empty()) {
            options_.watch->see({options_.source, 0, record, field + 1}, cell);
        }
        begin = (end & ~RecordMarks::quoted) + 1;
    }
}

/// The one record of a table that stands upright: all of it is in the first block.
void CsvSource::parse_vertical(Batch& batch, Findings& findings) const {
    batch.columns.resize(published_.size());
    std::uint32_t record = static_cast<std::uint32_t>(batch.first_record - 1);
    const std::string_view raw(batch.raw.data(), batch.raw.size());
    std::size_t item = 0;
    for (std::size_t i = 0; i < batch.marks.size() && item < published_.size(); i += 2 + batch.marks[i]) {
        if (layout_.role(++record) != RowRole::data) {
            show_left_out(batch, i, record);
            continue;
        }
        std::uint32_t begin = batch.marks[i + 1];
        Cell value;
        bool any = false;
        for (std::uint32_t field = 0; field < batch.marks[i]; ++field) {
            const std::uint32_t end = batch.marks[i + 2 + field];
            bool doubtful = false;
            Cell cell = text_of(batch, raw, begin, end, doubtful);
            if (doubtful) {
                const Doubt doubt = doubt_of(raw, batch.first_byte, begin, end);
                findings.add(doubt.code, {record, field + 1, 0, options_.source, nullptr}, doubt.found, doubt.expected);
                cell = {};
                any = true;  // an item that was there
            }
            any = any || !trimmed(cell).empty();
            value = field + 1 == layout_.value_column ? cell : value;
            begin = (end & ~RecordMarks::quoted) + 1;
        }
        if (any) {
            batch.columns[item].cells.push_back(value);
            batch.columns[item++].origins.push_back({record, layout_.value_column});
        }
    }
    if (item == published_.size()) {
        batch.rows.push_back({layout_.first_row, 0, options_.source});
        ++data_rows_;
    }
}

}  // namespace kokai
