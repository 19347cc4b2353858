// SPDX-License-Identifier: Apache-2.0
// Rows are judged and copied side by side, numbered and drawn at the end: libxlsxwriter knows one thread only.
#include "write/partner.hpp"

#include "model/error.hpp"
#include "model/prefecture.hpp"
#include "support/output_file.hpp"
#include "support/workbook.hpp"
#include "write/excel/rows.hpp"
#include "write/partner_sheet.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <string_view>
#include <utility>

namespace kokai {

namespace {

using From = LayoutSource::From;

std::string converted(std::string_view text, LayoutSource::As as) {
    switch (as) {
    case LayoutSource::As::prefecture_code:
        return prefecture_code(text);
    case LayoutSource::As::prefecture_name:
        return std::string(prefecture_name(text));
    case LayoutSource::As::municipality_name:
        return std::string(municipality_name(text));
    case LayoutSource::As::it_is:
        break;
    }
    return std::string(text);
}

/// The next value as keep_row() framed it.
std::string take(std::string_view& bytes) {
    std::uint32_t size = 0;
    std::memcpy(&size, bytes.data(), sizeof size);
    std::string value(bytes.substr(sizeof size, size));
    bytes.remove_prefix(sizeof size + size);
    return value;
}

}  // namespace

PartnerSink::PartnerSink(PartnerOptions options) : options_(std::move(options)) {}

void PartnerSink::open(const Shape& shape) {
    for (const LayoutColumn& column : options_.layout.columns) {
        columns_.push_back(bind(column, shape));
    }
    std::error_code failed;
    std::filesystem::create_directories((options_.folder / options_.path).parent_path(), failed);
    if (failed) {
        throw_file_error(options_.path, failed.value());
    }
}

std::vector<PartnerSink::Bound> PartnerSink::bind(const LayoutColumn& column, const Shape& shape) const {
    std::vector<Bound> all;
    bool has_field = false;
    for (const LayoutSource& source : column.sources) {
        Bound bound{&source, {}, nullptr};
        for (const std::string& name : source.fields) {
            const std::size_t found = shape.find(name);
            if (found != Shape::npos) {
                bound.columns.push_back(found);
            } else if (source.needs == LayoutSource::Needs::all || bound.columns.empty()) {
                break;
            }
        }
        const bool usable = source.from != From::fields ||
                            (source.needs == LayoutSource::Needs::all ? bound.columns.size() == source.fields.size()
                                                                      : !bound.columns.empty());
        // A table with numbers of its own is not numbered anew: two numberings in one column would collide.
        if (!usable || (source.from == From::row_number && has_field)) {
            continue;
        }
        has_field = has_field || source.from == From::fields;
        if (!source.except.empty()) {
            bound.except = std::make_unique<RE2>(source.except);
        }
        all.push_back(std::move(bound));
    }
    return all;
}

bool PartnerSink::is_numbered(std::size_t column) const {
    return !columns_[column].empty() && columns_[column].front().source->from == From::row_number;
}

std::string PartnerSink::value(const Bound& bound, const Batch& batch, std::size_t row) const {
    const LayoutSource& source = *bound.source;
    std::string text;
    switch (source.from) {
    case From::constant:
        text = source.constant;
        break;
    case From::publisher_code:
        text = options_.publisher.code;
        break;
    case From::publisher_name:
        text = options_.publisher.name;
        break;
    case From::row_number:
        break;
    case From::fields:
        for (const std::size_t column : bound.columns) {
            const Cell cell = batch.columns[column].cells[row];
            if (cell.empty()) {
                if (source.needs == LayoutSource::Needs::all || text.empty()) {
                    return {};
                }
                continue;
            }
            if (!text.empty()) {
                text += source.separator;
            }
            text += cell;
        }
        break;
    }
    if (bound.except != nullptr && RE2::FullMatch(text, *bound.except)) {
        return {};
    }
    return converted(text, source.as);
}

std::string PartnerSink::value(const std::vector<Bound>& sources, const Batch& batch, std::size_t row) const {
    for (const Bound& source : sources) {
        std::string text = value(source, batch, row);
        if (!text.empty()) {
            return text;
        }
    }
    return {};
}

void PartnerSink::encode(const Batch& batch, Buffer& buffer, Findings& findings) const {
    const Layout& layout = options_.layout;
    std::vector<std::string> values(columns_.size());
    for (std::size_t row = 0; row < batch.size(); ++row) {
        if (batch.states[row] != RowState::kept) {
            continue;
        }
        std::string missing;
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            values[i] = value(columns_[i], batch, row);
            if (values[i].empty() && layout.required(layout.columns[i]) && !is_numbered(i)) {
                missing += (missing.empty() ? "" : "、") + layout.columns[i].name;
            }
        }
        if (!missing.empty()) {
            findings.add_row(Code::partner_row_missing_value, batch, row, findings.keep(values[layout.name_column]),
                             findings.keep(missing));
            continue;
        }
        for (std::string& text : values) {
            if (text.size() > excel_cell_limit) {
                const std::size_t units = utf16_length(text);
                if (units > excel_cell_limit) {
                    findings.add_row(Code::cell_too_long, batch, row, findings.keep(fmt::to_string(units)));
                    text.resize(utf16_prefix(text, excel_cell_limit).size());
                }
            }
        }
        keep_row(values, buffer);
    }
}

void PartnerSink::keep_row(const std::vector<std::string>& values, Buffer& buffer) const {
    for (const std::string& text : values) {
        const std::string clean = fit_for_xml(text);
        const auto size = static_cast<std::uint32_t>(clean.size());
        char head[sizeof size];
        std::memcpy(head, &size, sizeof size);
        buffer.bytes.append(head, sizeof size);
        buffer.bytes += clean;
    }
    ++buffer.rows;
}

void PartnerSink::append(Buffer&& buffer) {
    rows_ += buffer.rows;
    if (rows_ > options_.most_rows) {
        throw WorldError(options_.path,
                         fmt::format("提出用シートは {} 行までです: {}", options_.most_rows, options_.path),
                         fmt::format("a partner's sheet holds at most {} rows: {}", options_.most_rows, options_.path));
    }
    if (!buffer.bytes.empty()) {
        collected_.push_back(std::move(buffer.bytes));
    }
    buffer.clear();
}

OutputFile PartnerSink::close() {
    const Layout& layout = options_.layout;
    const std::filesystem::path path = options_.folder / options_.path;
    const std::string title = options_.title.empty() ? layout.title : options_.title + " " + layout.title;
    Workbook book(path, options_.path, {title, options_.credit, options_.license, options_.modified});
    PartnerSheet sheet(book, layout);
    std::vector<std::string> values(columns_.size());
    std::uint64_t number = 0;
    for (const std::string& rows : std::exchange(collected_, {})) {
        std::string_view left(rows);
        while (!left.empty()) {
            ++number;
            for (std::size_t i = 0; i < values.size(); ++i) {
                values[i] = take(left);
                if (is_numbered(i)) {
                    values[i] = fmt::to_string(number);
                }
            }
            sheet.add_row(values);
        }
    }
    std::vector<std::string> lines;
    const auto line = [&lines](std::string_view label, const std::string& text) {
        if (!text.empty()) {
            lines.push_back(fmt::format("{}: {}", label, text));
        }
    };
    line("データ", options_.title);
    line("公開者", options_.publisher.name);
    line("出典表示", options_.credit);
    line("利用条件", options_.license);
    line("更新日", options_.modified);
    line("提出する行", fmt::to_string(rows_));
    sheet.add_notes(lines);
    book.finish();
    const WrittenFile written = adopt_file(path, options_.path);
    return {"partner:" + layout.id, options_.path, rows_, written.bytes, written.sha256};
}

}  // namespace kokai
