// SPDX-License-Identifier: Apache-2.0
#include "read/csv.hpp"

#include "model/error.hpp"
#include "read/header.hpp"
#include "read/sheet_choice.hpp"
#include "read/table_report.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <utility>

namespace kokai {
namespace {

constexpr std::size_t largest_cell = 16U << 20U;
constexpr std::size_t most_columns = 16384;
constexpr std::size_t npos = static_cast<std::size_t>(-1);
constexpr std::uint64_t held_bytes = 4U << 20U;  // a file up to here is looked at as a whole …
constexpr std::size_t held_cells = 100'000;      // … when it has no more cells: a tenth of a second

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

std::string hex_of_bad_bytes(std::string_view bytes, std::size_t bad) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string text;
    for (std::size_t i = bad; i < std::min(bytes.size(), bad + 4); ++i) {
        const auto byte = static_cast<unsigned char>(bytes[i]);
        text += (text.empty() ? "" : " ");
        text += digits[byte >> 4U];
        text += digits[byte & 15U];
    }
    return text;
}

/// What a text file really is, when it is no table at all.
void refuse_other_kinds(std::string_view start, const std::string& shown) {
    const auto refuse = [&](const char* ja, const char* en) { throw WorldError(shown, ja, en); };
    if (start.starts_with("PK\x03\x04")) {
        refuse("CSV ではなく ZIP か Excel のファイルです。拡張子を .xlsx に直すか、CSV で保存し直してください",
               "is a ZIP or Excel file, not CSV: rename it to .xlsx or save it as CSV");
    }
    if (start.starts_with("\xD0\xCF\x11\xE0")) {
        refuse("CSV ではなく古い Excel（.xls）か暗号化された Excel のファイルです",
               "is an old or encrypted Excel file, not CSV");
    }
    if (start.starts_with("%PDF")) {
        refuse("CSV ではなく PDF です", "is a PDF, not CSV");
    }
    std::string lower;
    for (const char letter : trimmed(start.substr(0, 512))) {
        lower += static_cast<char>(letter >= 'A' && letter <= 'Z' ? letter + 32 : letter);
    }
    if (lower.starts_with("\xEF\xBB\xBF")) {
        lower.erase(0, 3);
    }
    if (lower.starts_with("<!doctype html") || lower.starts_with("<html")) {
        refuse("CSV ではなく HTML（ホームページのファイル）です。データのファイルを保存し直してください",
               "is an HTML page, not CSV: download the data file itself");
    }
}

}  // namespace

CsvSource::CsvSource(CsvOptions options) : options_(std::move(options)), wanted_bytes_(options_.block_bytes) {}

std::uint64_t CsvSource::size() const {
    return file_ ? file_->bytes() : 0;
}

std::vector<SourceInfo> CsvSource::about() const {
    SourceInfo info = about_;
    info.data_rows = data_rows_;
    return {info};
}

std::size_t CsvSource::append_bytes(std::vector<char>& raw, std::size_t wanted) {
    const std::size_t before = raw.size();
    raw.resize(before + wanted);
    const std::size_t got = file_->read_at(read_, raw.data() + before, wanted);
    raw.resize(before + got);
    digest_.update(std::string_view(raw.data() + before, got));
    read_ += got;
    at_end_ = got < wanted;
    if (transcoder_) {
        std::string text;
        std::string_view bytes(raw.data() + before, got);
        if (read_ == got) {
            bytes.remove_prefix(std::min<std::size_t>(survey_.mark_bytes, bytes.size()));
        }
        if (transcoder_->feed(bytes, at_end_, text) != 0) {
            survey_.valid = false;
        }
        raw.resize(before);
        raw.insert(raw.end(), text.begin(), text.end());
    } else if (read_ == got && survey_.mark_bytes > 0) {
        const auto mark = static_cast<std::ptrdiff_t>(std::min<std::size_t>(survey_.mark_bytes, got));
        raw.erase(raw.begin() + static_cast<std::ptrdiff_t>(before),
                  raw.begin() + static_cast<std::ptrdiff_t>(before) + mark);
    }
    return got;
}

bool CsvSource::read_block(std::vector<char>& raw, std::vector<std::uint32_t>& marks, std::size_t& records,
                           Findings& findings) {
    raw.swap(carried_);
    carried_.clear();
    records = 0;
    if (raw.size() < wanted_bytes_ && !at_end_) {
        append_bytes(raw, wanted_bytes_ - raw.size());
    }
    while (true) {
        marks.clear();
        const std::string_view text(raw.data(), raw.size());
        const CsvScanner::Result result = scanner_->scan(text, at_end_, literal_quote_, marks, options_.batch_records);
        // Marks: the fields and the beginning of the first record, its fields' ends, then the same of the second.
        const std::size_t first_record = result.records == 0   ? raw.size()
                                         : result.records == 1 ? result.used
                                                               : marks[3 + marks[0]];
        const bool too_long = first_record > largest_cell;
        if (result.quote_open && (at_end_ || too_long)) {
            // Never closed: say where it stands, take it as a plain character, and lose nothing else.
            findings.add(
                Code::quote_unbalanced,
                {static_cast<std::uint32_t>(scanned_ + 1 + result.quote_record), 0, 0, options_.source, nullptr},
                printable(text.substr(result.quote_at, 60)));
            literal_quote_ = result.quote_at;
            continue;
        }
        if (too_long) {
            throw WorldError(options_.shown, "16 MiB を超えるセルがあります: レコード " + std::to_string(scanned_ + 1),
                             "a cell of more than 16 MiB in record " + std::to_string(scanned_ + 1));
        }
        if (result.records == 0 && !at_end_) {
            append_bytes(raw, options_.block_bytes);
            continue;
        }
        if (result.records < options_.batch_records && !at_end_ && raw.size() < options_.most_block_bytes) {
            append_bytes(raw, raw.size());
            continue;
        }
        wanted_bytes_ = std::clamp(result.used + result.used / 8, options_.block_bytes, options_.most_block_bytes);
        records = result.records;
        scanned_ += records;
        carried_.assign(raw.begin() + static_cast<std::ptrdiff_t>(result.used), raw.end());
        if (literal_quote_ != npos) {
            literal_quote_ = literal_quote_ >= result.used ? literal_quote_ - result.used : npos;
        }
        raw.resize(result.used);
        return records > 0;
    }
}

Shape CsvSource::open(Findings& findings) {
    file_.emplace(options_.path, options_.shown);
    if (file_->bytes() == 0) {
        throw WorldError(options_.shown, "空のファイルです（0 バイト）。保存し直してください",
                         "the file is empty (0 bytes): save it again");
    }
    std::string sample(512, '\0');
    sample.resize(file_->read_at(0, sample.data(), sample.size()));
    refuse_other_kinds(sample, options_.shown);

    survey_ = survey_encoding(*file_, options_.encoding);
    if (survey_.encoding != Encoding::utf8 && survey_.encoding != Encoding::cp932) {
        transcoder_ = std::make_unique<Transcoder>(survey_.encoding);
    }
    if (survey_.doubtful) {
        findings.add(Code::encoding_doubtful, {0, 0, 0, options_.source, nullptr}, name_of(survey_.encoding));
    }
    std::vector<char> head;
    append_bytes(head, std::min<std::size_t>(options_.block_bytes, 256U << 10U));
    const bool tabs = options_.path.extension() == ".tsv" || options_.path.extension() == ".tab";
    scanner_.emplace(guess_delimiter({head.data(), head.size()}, tabs ? '\t' : ','));
    carried_ = std::move(head);

    about_ = {};
    about_.name = options_.name;
    about_.file = options_.shown;
    about_.format = scanner_->delimiter() == '\t' ? "tsv" : "csv";
    about_.encoding = name_of(survey_.encoding);
    if (options_.pin.panels.size() > 1) {
        throw WorldError(options_.shown, "panels をいくつも指定できるのは Excel だけです。CSV では一つにしてください",
                         "several panels are for workbooks only: name one for a CSV file");
    }

    const Grid grid = look_ahead(findings);
    for (const std::uint32_t wanted : layout_.header_rows) {
        if (grid.row(wanted) == nullptr) {
            throw WorldError(options_.shown, "見出しの行 " + std::to_string(wanted) + " がありません",
                             "there is no header row " + std::to_string(wanted));
        }
    }
    if (layout_.header_rows.empty() && !layout_.vertical) {
        throw WorldError(options_.shown, "表が見つかりません（空の行だけです）",
                         "no table found: there are only blank lines");
    }
    about_.header_rows = layout_.header_rows;
    about_.taken = taken_rows(grid, layout_, 0);
    index_layout(grid);
    Shape shape = make_shape(grid, widths_, findings);
    tell_layout(grid, layout_, 0, options_.source,
                section_column_ == npos ? std::string() : shape.columns[section_column_].name, findings);
    return shape;
}

/// Reads the whole file when it is small, else its first block, and finds the table there.
Grid CsvSource::look_ahead(Findings& findings) {
    Grid grid;
    std::uint64_t before = 0;
    bool more = true;
    do {
        Block block;
        more = read_block(block.raw, block.marks, block.records, findings);
        if (more) {
            add_to(grid, block, before, widths_);
            before += block.records;
            waiting_.push_back(std::move(block));
        }
    } while (more && file_->bytes() <= held_bytes && grid.cells() <= held_cells);
    grid.whole = !more || (at_end_ && carried_.empty());
    std::reverse(waiting_.begin(), waiting_.end());
    TableWishes wishes = wishes_of(options_.pin, options_.totals);
    if (!options_.pin.panels.empty()) {
        wishes.columns = read_column_span(options_.pin.panels.front());
    }
    layout_ = find_table(grid, wishes);
    return grid;
}

void CsvSource::add_to(Grid& grid, const Block& block, std::uint64_t before, std::vector<std::uint32_t>& widths) const {
    const std::string_view raw(block.raw.data(), block.raw.size());
    Batch scratch;
    auto record = static_cast<std::uint32_t>(before);
    for (std::size_t i = 0; i < block.marks.size(); i += 2 + block.marks[i]) {
        ++record;
        const std::uint32_t fields = block.marks[i];
        if (fields > most_columns) {
            throw WorldError(options_.shown, "列が多すぎます: " + std::to_string(fields) + " 列（上限 16384）",
                             "too many columns: " + std::to_string(fields) + " (at most 16384)");
        }
        std::uint32_t begin = block.marks[i + 1];
        grid.begin_row(record);
        for (std::uint32_t field = 0; field < fields; ++field) {
            const std::uint32_t end = block.marks[i + 2 + field];
            std::size_t bad = npos;
            scratch.bytes.clear();
            grid.add(field + 1, text_of(scratch, raw, begin, end, bad), CellKind::text);
            begin = (end & ~RecordMarks::quoted) + 1;
        }
        widths.push_back(fields);
    }
    grid.end();
}

/// The cells of the header record with their blanks, as they always stood in the report.
std::vector<std::string> CsvSource::header_as_written(std::size_t width) const {
    std::vector<std::string> cells;
    std::uint64_t record = 0;
    Batch scratch;
    for (std::size_t left = waiting_.size(); left > 0; --left) {
        const Block& block = waiting_[left - 1];
        const std::string_view raw(block.raw.data(), block.raw.size());
        for (std::size_t i = 0; i < block.marks.size(); i += 2 + block.marks[i]) {
            if (++record != layout_.header_rows.front()) {
                continue;
            }
            std::uint32_t begin = block.marks[i + 1];
            for (std::uint32_t field = 0; field < block.marks[i] && cells.size() < width; ++field) {
                const std::uint32_t end = block.marks[i + 2 + field];
                std::size_t bad = npos;
                const bool ours = layout_.columns.holds(field + 1);
                cells.emplace_back(ours ? text_of(scratch, raw, begin, end, bad) : Cell{});
                begin = (end & ~RecordMarks::quoted) + 1;
            }
            return cells;
        }
    }
    return cells;
}

Shape CsvSource::make_shape(const Grid& grid, const std::vector<std::uint32_t>& widths, Findings& findings) {
    std::vector<std::string> header = layout_.names;
    Shape shape;
    if (layout_.vertical) {
        const std::vector<std::uint64_t> all(header.size(), 1);
        shape = shape_of_header(header, all, layout_.first_row, options_.source, published_, findings);
        for (ColumnInfo& column : shape.columns) {
            column.from.front().number = layout_.value_column;
        }
        return shape;
    }
    std::size_t width = 0;
    for (const std::uint32_t row : layout_.header_rows) {
        width = std::max<std::size_t>(width, widths[row - 1]);
    }
    header.resize(std::min<std::size_t>(width, layout_.others.empty() ? width : layout_.columns.last));
    if (layout_.header_rows.size() == 1) {
        header = header_as_written(header.size());
    }
    std::vector<std::uint64_t> filled(header.size(), 0);
    for (const GridRow& row : grid.rows()) {
        for (const GridCell& cell : row.cells) {
            if (cell.column <= filled.size() && layout_.columns.holds(cell.column) &&
                layout_.role(row.number) == RowRole::data) {
                ++filled[cell.column - 1];
            }
        }
    }
    shape = shape_of_header(header, filled, layout_.header_rows.back(), options_.source, published_, findings);
    places_.resize(header.size());
    std::vector<std::string> heads;
    for (std::size_t column = 0; column < header.size(); ++column) {
        places_[column] = {header[column],
                           nullptr,
                           {{options_.source, static_cast<std::uint32_t>(column + 1), header[column]}},
                           false};
        heads.push_back(column < layout_.last_head.size() &&
                                layout_.columns.holds(static_cast<std::uint32_t>(column + 1))
                            ? layout_.last_head[column]
                            : std::string());
    }
    judge_ = RowJudge(std::move(heads), layout_.keeps_totals ? Totals::keep : options_.totals);
    if (!layout_.sections.empty()) {
        std::string name = "区分";
        for (int again = 2; shape.find(name) != Shape::npos; ++again) {
            name = "区分_" + std::to_string(again);
        }
        section_column_ = shape.columns.size();
        shape.columns.push_back({std::move(name), nullptr, {}, true});
    }
    return shape;
}

/// What parse() needs of other records than its own, by record.
void CsvSource::index_layout(const Grid& grid) {
    for (const TableFill& fill : layout_.fills) {
        for (std::uint32_t row = fill.first_row; row <= fill.last_row; ++row) {
            filled_[row].push_back({fill.column, fill.from_row, fill.text});
        }
    }
    std::uint32_t whole = 0;
    for (const GridRow& row : grid.rows()) {
        const RowRole role = layout_.role(row.number);
        whole = role == RowRole::data ? row.number : whole;
        if (role == RowRole::continuation) {
            for (const GridCell& cell : row.cells) {
                continued_[whole].push_back({cell.column, row.number, std::string(cell.text)});
            }
        }
    }
}

bool CsvSource::next(Batch& batch, Findings& findings) {
    std::size_t records = 0;
    if (!waiting_.empty()) {
        Block& block = waiting_.back();
        batch.raw.swap(block.raw);
        batch.marks.swap(block.marks);
        records = block.records;
        waiting_.pop_back();
    } else if (!read_block(batch.raw, batch.marks, records, findings)) {
        return false;
    }
    batch.first_record = next_record_;
    next_record_ += records;
    return true;
}

Cell CsvSource::text_of(Batch& batch, std::string_view raw, std::uint32_t begin, std::uint32_t end_mark,
                        std::size_t& bad) const {
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
        return decode_cp932(text, batch.bytes, bad);
    }
    if (!survey_.valid && survey_.encoding == Encoding::utf8) {
        return mend_utf8(text, batch.bytes, bad);
    }
    return text;
}

void CsvSource::parse(Batch& batch, Findings& findings) const {
    if (layout_.vertical) {
        parse_vertical(batch);
        return;
    }
    const std::string_view raw(batch.raw.data(), batch.raw.size());
    std::size_t columns = section_column_ == npos ? 0 : 1;
    for (const bool published : published_) {
        columns += published ? 1U : 0U;
    }
    batch.columns.resize(columns);
    std::uint64_t record = batch.first_record - 1;
    std::vector<Cell> line(published_.size());
    for (std::size_t i = 0; i < batch.marks.size(); i += 2 + batch.marks[i]) {
        ++record;
        const std::uint32_t fields = batch.marks[i];
        std::uint32_t begin = batch.marks[i + 1];
        if (layout_.role(static_cast<std::uint32_t>(record)) != RowRole::data ||
            (fields == 1 && (batch.marks[i + 2] & ~RecordMarks::quoted) == begin)) {
            continue;
        }
        const auto row = static_cast<std::uint32_t>(record);
        bool any = false;
        std::uint32_t surplus = 0;
        for (std::uint32_t field = 0; field < fields; ++field) {
            const std::uint32_t end = batch.marks[i + 2 + field];
            std::size_t bad = npos;
            Cell cell = text_of(batch, raw, begin, end, bad);
            if (bad != npos) {
                const std::uint32_t stop = end & ~RecordMarks::quoted;
                const std::string found = std::string(printable(cell.substr(0, 80))) + " [" +
                                          hex_of_bad_bytes(raw.substr(begin, stop - begin), bad) + "]";
                findings.add(Code::encoding_broken,
                             {row, field + 1, 0, options_.source, field < places_.size() ? &places_[field] : nullptr},
                             found);
                cell = {};  // half a word is worse than none
            }
            begin = (end & ~RecordMarks::quoted) + 1;
            if (field < line.size()) {
                line[field] = cell;
                any = any || !cell.empty();
            } else if (layout_.others.empty() && options_.pin.panels.empty() && !trimmed(cell).empty()) {
                surplus = field + 1;
            }
        }
        for (std::size_t field = fields; field < line.size(); ++field) {
            line[field] = {};
        }
        if (!any && surplus == 0) {
            continue;  // ,,,, : a blank line as Excel writes it
        }
        if (!layout_.whole) {
            const RowRole role = judge_.judge([&](std::size_t at) { return line[at]; }, line.size());
            if (role != RowRole::data) {
                leave_out(role, row, line, findings);
                continue;
            }
        }
        finish_line(row, line, batch);
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
        if (section_column_ != npos || !filled_.empty()) {
            keep_origins(row, batch);
        }
    }
    data_rows_ += batch.rows.size();
}

/// What stands in other records but belongs to this one.
void CsvSource::finish_line(std::uint32_t row, std::vector<Cell>& line, Batch& batch) const {
    if (!filled_.empty()) {
        if (const auto found = filled_.find(row); found != filled_.end()) {
            for (const Added& fill : found->second) {
                if (fill.column <= line.size() && trimmed(line[fill.column - 1]).empty()) {
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
            if (fill.column > published_.size() || !published_[fill.column - 1]) {
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

/// The one record of a table that stands upright: all of it is in the first block.
void CsvSource::parse_vertical(Batch& batch) const {
    batch.columns.resize(published_.size());
    std::uint32_t record = static_cast<std::uint32_t>(batch.first_record - 1);
    const std::string_view raw(batch.raw.data(), batch.raw.size());
    std::size_t item = 0;
    for (std::size_t i = 0; i < batch.marks.size() && item < published_.size(); i += 2 + batch.marks[i]) {
        if (layout_.role(++record) != RowRole::data) {
            continue;
        }
        std::uint32_t begin = batch.marks[i + 1];
        Cell value;
        bool any = false;
        for (std::uint32_t field = 0; field < batch.marks[i]; ++field) {
            const std::uint32_t end = batch.marks[i + 2 + field];
            std::size_t bad = npos;
            const Cell cell = text_of(batch, raw, begin, end, bad);
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

void CsvSource::end(Findings& findings) {
    about_.sha256 = digest_.hex();
    if (file_->changed()) {
        findings.add(Code::source_changed, {0, 0, 0, options_.source, nullptr}, "");
    }
    if (transcoder_ && !survey_.valid) {
        findings.add(Code::encoding_broken, {0, 0, 0, options_.source, nullptr}, name_of(survey_.encoding));
    }
}

}  // namespace kokai
