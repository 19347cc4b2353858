// SPDX-License-Identifier: Apache-2.0
#include "read/xlsx.hpp"

#include "model/error.hpp"
#include "read/header.hpp"
#include "support/file.hpp"
#include "support/hash.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <utility>

namespace kokai {
namespace {

constexpr std::size_t most_batch_rows = 4096;
constexpr std::size_t batch_bytes = 2U << 20U;
constexpr std::uint64_t small_sheet = 8U << 20U;  // a look ahead over so much costs a few hundredths of a second
constexpr std::size_t npos = static_cast<std::size_t>(-1);

}  // namespace

XlsxSource::XlsxSource(XlsxOptions options) : options_(std::move(options)) {}

XlsxSource::~XlsxSource() = default;

std::uint64_t XlsxSource::size() const {
    return reader_ ? reader_->bytes() : 0;
}

std::uint64_t XlsxSource::position() const {
    return reader_ ? reader_->position() : 0;
}

std::string XlsxSource::digest() const {
    Sha256 hash;
    std::string piece(1U << 20U, '\0');
    for (std::uint64_t done = 0;;) {
        const std::size_t got = file_->read_at(done, piece.data(), piece.size());
        hash.update(std::string_view(piece).substr(0, got));
        done += got;
        if (got < piece.size()) {
            return hash.hex();
        }
    }
}

Shape XlsxSource::open(Findings& findings) {
    file_ = std::make_unique<InputFile>(options_.path, options_.shown);
    book_ = open_book(options_.path, options_.shown, options_.furigana);
    if (options_.pin.publish_hidden) {
        book_->publish_hidden();
    }
    if (options_.pin.header_row != 0) {
        book_->want_row(options_.pin.header_row);
    }
    about_ = {};
    about_.name = options_.name;
    about_.file = options_.shown;
    about_.format = book_->format();
    about_.modified = book_->workbook().modified;
    about_.sha256 = digest();
    for (const WorkbookSheet& sheet : book_->workbook().sheets) {
        about_.sheets.push_back(sheet.name);
    }
    choose_sheet();
    go_to_header();
    about_.sheet = about_.sheets[sheet_];
    about_.header_rows = {header_row_};
    return read_header(findings);
}

/// Leaves the reader behind the first row of the chosen sheet that is not empty, and that row in row_.
void XlsxSource::choose_sheet() {
    const std::vector<WorkbookSheet>& sheets = book_->workbook().sheets;
    if (!options_.sheet.empty()) {
        const auto named = std::find_if(sheets.begin(), sheets.end(),
                                        [&](const WorkbookSheet& sheet) { return sheet.name == options_.sheet; });
        if (named == sheets.end()) {
            std::string all;
            for (const WorkbookSheet& sheet : sheets) {
                all += (all.empty() ? "" : ", ") + sheet.name;
            }
            throw WorldError(options_.shown, "シート「" + options_.sheet + "」がありません。あるのは: " + all,
                             "there is no sheet \"" + options_.sheet + "\"; there are: " + all);
        }
        if (!go_to_content(static_cast<std::size_t>(named - sheets.begin()))) {
            throw WorldError(options_.shown, "シート「" + options_.sheet + "」には何もありません",
                             "sheet \"" + options_.sheet + "\" is empty");
        }
        return;
    }
    for (std::size_t i = 0; i < sheets.size(); ++i) {
        if (!sheets[i].hidden && go_to_content(i)) {
            return;
        }
    }
    const bool hidden =
        std::any_of(sheets.begin(), sheets.end(), [](const WorkbookSheet& sheet) { return sheet.hidden; });
    throw WorldError(options_.shown,
                     hidden ? "表が見つかりません（見えているシートはどれも空です。隠れたシートは --sheet "
                              "で名前を指定したときだけ読みます）"
                            : "表が見つかりません（どのシートも空です）",
                     hidden ? "no table found: every visible sheet is empty, and hidden ones are read only when named"
                            : "no table found: every sheet is empty");
}

bool XlsxSource::go_to_content(std::size_t sheet) {
    sheet_ = static_cast<std::uint16_t>(sheet);
    reader_ = book_->open_sheet(sheet);
    while (reader_->next(row_)) {
        if (book_->has_content(row_)) {
            return true;
        }
    }
    return false;
}

void XlsxSource::go_to_header() {
    const std::uint32_t wanted = options_.pin.header_row;
    header_row_ = wanted == 0 ? row_.number : wanted;
    bool more = true;
    while (more && row_.number < header_row_) {
        more = reader_->next(row_);
    }
    if (!more || row_.number != header_row_ || !book_->has_content(row_)) {
        throw WorldError(options_.shown, "見出しの行 " + std::to_string(wanted) + " が空です",
                         "the header row " + std::to_string(wanted) + " is empty");
    }
}

Shape XlsxSource::read_header(Findings& findings) {
    Arena texts;
    std::vector<std::string> header;
    for (const SheetCell& cell : row_.cells) {
        if (!book_->has_content(row_, cell)) {
            continue;
        }
        header.resize(std::max<std::size_t>(header.size(), cell.column));
        const Place place{header_row_, cell.column, sheet_, options_.source, nullptr};
        if (cell.type == CellType::error) {
            findings.add(Code::cell_error_value, place, row_.value(cell));
        } else if (cell.unsaved) {
            findings.add(Code::formula_without_value, place, {});
        } else {
            header[cell.column - 1] = trimmed(book_->text(row_, cell, texts).text);
        }
    }
    std::vector<std::uint64_t> filled(header.size(), 0);
    if (survey_needed(header)) {
        survey(filled);
        header.resize(std::max(header.size(), filled.size()));
    }
    std::vector<bool> published;
    shape_ = shape_of_header(header, filled, header_row_, options_.source, published, findings, sheet_);
    column_of_.assign(published.size(), npos);
    std::size_t column = 0;
    for (std::size_t i = 0; i < published.size(); ++i) {
        column_of_[i] = published[i] ? column++ : npos;
    }
    if (options_.furigana == Readings::keep) {
        for (std::size_t i = 0; i < column; ++i) {
            shape_.columns.push_back({shape_.columns[i].name + "#furigana", nullptr, shape_.columns[i].from});
        }
    }
    return shape_;
}

/// Whether columns without a header may hold values. A large sheet whose extent ends with the header is taken at its
/// word; a value that turns up outside all the same is reported, not lost in silence.
bool XlsxSource::survey_needed(const std::vector<std::string>& header) const {
    const CellRange& extent = reader_->dimension();
    return reader_->bytes() <= small_sheet || extent.last_column == 0 || extent.last_column > header.size() ||
           std::any_of(header.begin(), header.end(), [](const std::string& name) { return name.empty(); });
}

void XlsxSource::survey(std::vector<std::uint64_t>& filled) {
    const std::unique_ptr<SheetRows> ahead = book_->open_sheet(sheet_);
    SheetRow row;
    while (ahead->next(row)) {
        if (!is_data_row(row.number)) {
            continue;
        }
        for (const SheetCell& cell : row.cells) {
            if (book_->has_content(row, cell)) {
                filled.resize(std::max<std::size_t>(filled.size(), cell.column));
                ++filled[cell.column - 1];
            }
        }
    }
    merges_ = ahead->merges();
}

bool XlsxSource::is_data_row(std::uint32_t row) const {
    const TablePin& pin = options_.pin;
    return row > header_row_ && row >= pin.first_row && (pin.last_row == 0 || row <= pin.last_row) &&
           (pin.skip.empty() || std::find(pin.skip.begin(), pin.skip.end(), row) == pin.skip.end());
}

bool XlsxSource::next(Batch& batch, Findings& findings) {
    batch.clear();
    batch.columns.resize(shape_.columns.size());
    std::size_t bytes = 0;
    while (!ended_ && batch.size() < most_batch_rows && bytes < batch_bytes) {
        if (!reader_->next(row_)) {
            ended_ = true;
            merges_ = reader_->merges();
            break;
        }
        if (!is_data_row(row_.number)) {
            continue;
        }
        std::uint32_t surplus = 0;
        const std::size_t line_bytes = read_line(batch, surplus);
        if (line_bytes != 0 || !troubles_.empty() || surplus != 0) {
            add_line(batch, surplus, findings);
            bytes += line_bytes;
        }
    }
    about_.data_rows += batch.size();
    return batch.size() != 0;
}

/// Fills line_ and troubles_ from row_. Returns the bytes of all cells, 0 when every one is blank.
std::size_t XlsxSource::read_line(Batch& batch, std::uint32_t& surplus) {
    line_.assign(shape_.columns.size(), {});
    troubles_.clear();
    const std::size_t reading_offset = shape_.columns.size() / 2;
    std::size_t bytes = 0;
    bool any = false;
    for (const SheetCell& cell : row_.cells) {
        const std::size_t column = cell.column <= column_of_.size() ? column_of_[cell.column - 1] : npos;
        if (column == npos) {
            surplus = book_->has_content(row_, cell) ? cell.column : surplus;
            continue;
        }
        const auto number = static_cast<std::uint32_t>(column);
        if (cell.type == CellType::error) {
            troubles_.push_back({number, Code::cell_error_value, batch.bytes.keep(row_.value(cell)), {}});
            continue;
        }
        if (cell.unsaved) {
            troubles_.push_back({number, Code::formula_without_value, {}, {}});
            continue;
        }
        const SheetBook::CellText shown = book_->text(row_, cell, batch.bytes);
        line_[column] = shown.text;
        bytes += shown.text.size();
        any = any || (!shown.text.empty() && !trimmed(shown.text).empty());
        if (shown.rounded && !cell.formula) {
            // What a formula computed has no digits that anyone typed; only those are worth a word.
            troubles_.push_back({number, Code::number_shown_rounded, batch.bytes.keep(row_.value(cell)), shown.text});
        }
        if (options_.furigana == Readings::keep) {
            line_[column + reading_offset] = book_->reading(row_, cell, batch.bytes);
        }
    }
    return any ? bytes : 0;
}

void XlsxSource::add_line(Batch& batch, std::uint32_t surplus, Findings& findings) {
    const std::size_t row = batch.size();
    batch.rows.push_back({row_.number, sheet_, options_.source});
    for (std::size_t column = 0; column < line_.size(); ++column) {
        batch.columns[column].cells.push_back(line_[column]);
    }
    for (const Trouble& trouble : troubles_) {
        findings.add(trouble.code, batch, row, trouble.column, shape_.columns[trouble.column], trouble.found,
                     trouble.repaired);
    }
    if (surplus != 0) {
        findings.add(Code::row_too_long, {row_.number, surplus, sheet_, options_.source, nullptr},
                     std::to_string(surplus), std::to_string(column_of_.size()));
    }
}

void XlsxSource::end(Findings& findings) {
    reader_->report(findings, sheet_, options_.source);
    book_->report_hidden_sheets(findings, options_.source, {sheet_});
    if (file_->changed()) {
        findings.add(Code::source_changed, {0, 0, sheet_, options_.source, nullptr}, {});
    }
}

}  // namespace kokai
