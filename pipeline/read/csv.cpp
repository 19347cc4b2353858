// SPDX-License-Identifier: Apache-2.0
#include "read/csv.hpp"

#include "model/error.hpp"
#include "read/header.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <utility>

namespace kokai {
namespace {

constexpr std::size_t largest_cell = 16U << 20U;
constexpr std::size_t most_columns = 16384;
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
                {static_cast<std::uint32_t>(next_record_ + result.quote_record), 0, 0, options_.source, nullptr},
                printable(text.substr(result.quote_at, 60)));
            literal_quote_ = result.quote_at;
            continue;
        }
        if (too_long) {
            throw WorldError(options_.shown, "16 MiB を超えるセルがあります: レコード " + std::to_string(next_record_),
                             "a cell of more than 16 MiB in record " + std::to_string(next_record_));
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

    has_first_ = read_block(first_raw_, first_marks_, first_records_, findings);
    about_ = {options_.name,
              options_.shown,
              scanner_->delimiter() == '\t' ? "tsv" : "csv",
              std::string(name_of(survey_.encoding)),
              {},
              {},
              {},
              0,
              {},
              {}};

    // The header: the record asked for, else the first that is not blank.
    Batch scratch;
    std::vector<std::string> header;
    std::vector<std::uint64_t> filled;
    std::uint64_t record = 0;
    const std::string_view raw(first_raw_.data(), first_raw_.size());
    for (std::size_t i = 0; i < first_marks_.size(); i += 2 + first_marks_[i]) {
        ++record;
        const std::uint32_t fields = first_marks_[i];
        std::uint32_t begin = first_marks_[i + 1];
        if (fields > most_columns) {
            throw WorldError(options_.shown, "列が多すぎます: " + std::to_string(fields) + " 列（上限 16384）",
                             "too many columns: " + std::to_string(fields) + " (at most 16384)");
        }
        std::vector<std::string> cells;
        bool any = false;
        for (std::uint32_t field = 0; field < fields; ++field) {
            const std::uint32_t end = first_marks_[i + 2 + field];
            std::size_t bad = npos;
            cells.emplace_back(text_of(scratch, raw, begin, end, bad));
            any = any || !trimmed(cells.back()).empty();
            begin = (end & ~RecordMarks::quoted) + 1;
        }
        if (header_record_ == 0) {
            if (options_.pin.header_row != 0 ? record == options_.pin.header_row : any) {
                header_record_ = record;
                header = std::move(cells);
                filled.assign(header.size(), 0);
            }
            continue;
        }
        for (std::size_t column = 0; column < std::min(cells.size(), filled.size()); ++column) {
            filled[column] += trimmed(cells[column]).empty() ? 0U : 1U;
        }
    }
    if (header_record_ == 0) {
        if (options_.pin.header_row != 0) {
            throw WorldError(options_.shown, "見出しの行 " + std::to_string(options_.pin.header_row) + " がありません",
                             "there is no header row " + std::to_string(options_.pin.header_row));
        }
        throw WorldError(options_.shown, "表が見つかりません（空の行だけです）",
                         "no table found: there are only blank lines");
    }
    about_.header_rows = {static_cast<std::uint32_t>(header_record_)};
    const auto row = static_cast<std::uint32_t>(header_record_);
    Shape shape = shape_of_header(header, filled, row, options_.source, published_, findings);
    places_.resize(header.size());
    for (std::size_t column = 0; column < header.size(); ++column) {
        places_[column] = {
            header[column], nullptr, {{options_.source, static_cast<std::uint32_t>(column + 1), header[column]}}};
    }
    return shape;
}

bool CsvSource::next(Batch& batch, Findings& findings) {
    std::size_t records = 0;
    if (has_first_) {
        has_first_ = false;
        batch.raw.swap(first_raw_);
        batch.marks.swap(first_marks_);
        records = first_records_;
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
    const std::string_view raw(batch.raw.data(), batch.raw.size());
    std::size_t columns = 0;
    for (const bool published : published_) {
        columns += published ? 1U : 0U;
    }
    batch.columns.resize(columns);
    std::uint64_t record = batch.first_record - 1;
    std::vector<Cell> line(published_.size());
    const TablePin& pin = options_.pin;
    for (std::size_t i = 0; i < batch.marks.size(); i += 2 + batch.marks[i]) {
        ++record;
        const std::uint32_t fields = batch.marks[i];
        std::uint32_t begin = batch.marks[i + 1];
        if (record <= header_record_ || record < pin.first_row || (pin.last_row != 0 && record > pin.last_row) ||
            (fields == 1 && (batch.marks[i + 2] & ~RecordMarks::quoted) == begin)) {
            continue;
        }
        if (!pin.skip.empty() && std::find(pin.skip.begin(), pin.skip.end(), record) != pin.skip.end()) {
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
            } else if (!trimmed(cell).empty()) {
                surplus = field + 1;
            }
        }
        for (std::size_t field = fields; field < line.size(); ++field) {
            line[field] = {};
        }
        if (!any && surplus == 0) {
            continue;  // ,,,, : a blank line as Excel writes it
        }
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
            } else if (!trimmed(line[field]).empty()) {
                findings.add(Code::header_empty,
                             {row, static_cast<std::uint32_t>(field + 1), 0, options_.source, &places_[field]},
                             line[field]);
            }
        }
        batch.rows.push_back({row, 0, options_.source});
    }
    data_rows_ += batch.rows.size();
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
