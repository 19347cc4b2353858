// SPDX-License-Identifier: Apache-2.0
// From the file to blocks of whole records, in order.
#include "read/csv.hpp"

#include "model/error.hpp"
#include "read/table_report.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <utility>

namespace kokai {
namespace {

constexpr std::size_t largest_cell = 16U << 20U;
constexpr std::size_t npos = static_cast<std::size_t>(-1);

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
        transcoder_->skip(got - bytes.size());
        transcoder_->feed(bytes, at_end_, text);
        raw.resize(before);
        raw.insert(raw.end(), text.begin(), text.end());
    } else if (read_ == got && survey_.mark_bytes > 0) {
        const auto mark = static_cast<std::ptrdiff_t>(std::min<std::size_t>(survey_.mark_bytes, got));
        raw.erase(raw.begin() + static_cast<std::ptrdiff_t>(before),
                  raw.begin() + static_cast<std::ptrdiff_t>(before) + mark);
    }
    return got;
}

bool CsvSource::read_block(Block& block, Findings& findings) {
    std::vector<char>& raw = block.raw;
    std::vector<std::uint32_t>& marks = block.marks;
    raw.swap(carried_);
    carried_.clear();
    block.records = 0;
    block.first_byte = next_byte_;
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
            Arena mended;  // sixty bytes may end within a character
            std::size_t bad = std::string::npos;
            const std::string_view start = text.substr(result.quote_at, 60);
            const Cell shown =
                survey_.encoding == Encoding::cp932 ? decode_cp932(start, mended, bad) : mend_utf8(start, mended, bad);
            findings.add(
                Code::quote_unbalanced,
                {static_cast<std::uint32_t>(scanned_ + 1 + result.quote_record), 0, 0, options_.source, nullptr},
                printable(shown));
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
        block.records = result.records;
        scanned_ += result.records;
        next_byte_ += result.used;
        carried_.assign(raw.begin() + static_cast<std::ptrdiff_t>(result.used), raw.end());
        if (literal_quote_ != npos) {
            literal_quote_ = literal_quote_ >= result.used ? literal_quote_ - result.used : npos;
        }
        raw.resize(result.used);
        return result.records > 0;
    }
}

Shape CsvSource::open(Findings& findings) {
    file_.emplace(options_.path, options_.shown);
    if (file_->bytes() == 0) {
        throw WorldError(options_.shown, "空のファイルです（0 バイト）。保存し直してください",
                         "the file is empty (0 bytes): save it again");
    }

    survey_ = survey_encoding(*file_, options_.encoding);
    if (survey_.encoding != Encoding::utf8 && survey_.encoding != Encoding::cp932) {
        transcoder_ = std::make_unique<Transcoder>(survey_.encoding);
    }
    next_byte_ = survey_.mark_bytes;
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
    if (survey_.doubtful) {
        tell_doubtful_file(grid, findings);
    }
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

bool CsvSource::next(Batch& batch, Findings& findings) {
    Block block;
    if (!waiting_.empty()) {
        block = std::move(waiting_.back());
        waiting_.pop_back();
    } else {
        block.raw.swap(batch.raw);  // their room is used again
        block.marks.swap(batch.marks);
        if (!read_block(block, findings)) {
            return false;
        }
    }
    batch.raw.swap(block.raw);
    batch.marks.swap(block.marks);
    batch.first_byte = block.first_byte;
    batch.first_record = next_record_;
    next_record_ += block.records;
    carry_dittos(batch);
    return true;
}

void CsvSource::end(Findings& findings) {
    about_.sha256 = digest_.hex();
    if (file_->changed()) {
        findings.add(Code::source_changed, {0, 0, 0, options_.source, nullptr}, "");
    }
}

}  // namespace kokai
