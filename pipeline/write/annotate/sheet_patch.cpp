// SPDX-License-Identifier: Apache-2.0
#include "write/annotate/sheet_patch.hpp"

#include "write/annotate/doubt.hpp"
#include "write/annotate/workbook_parts.hpp"
#include "write/annotate/xml_edit.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace kokai {
namespace {

constexpr std::size_t piece_bytes = 1U << 18U;
constexpr std::size_t longest_markup = 16U << 20U;

std::optional<std::uint32_t> number_of(std::string_view text) {
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

class Patcher {
public:
    Patcher(const CellMarks& marks, const SheetSurvey& survey, const std::string& legacy_id, StyleBook& styles,
            const std::function<void(std::string_view)>& write)
        : survey_(survey), legacy_id_(legacy_id), styles_(styles), write_(write), next_(marks.begin()),
          end_(marks.end()) {}

    void run(ByteSource& source) {
        std::string buffer;
        std::size_t at = 0;
        bool ended = false;
        const auto refill = [&] {
            buffer.erase(0, at);
            at = 0;
            if (buffer.size() > longest_markup) {
                throw PatchDoubt("シートの中に長すぎるタグがあります", "a sheet has a tag that is too long");
            }
            const std::size_t before = buffer.size();
            buffer.resize(before + piece_bytes);
            const std::size_t got = source.read(buffer.data() + before, piece_bytes);
            buffer.resize(before + got);
            ended = got == 0;
        };
        while (true) {
            if (at == buffer.size()) {
                if (ended) {
                    break;
                }
                refill();
            } else if (buffer[at] != '<') {
                const std::size_t less = std::min(buffer.find('<', at), buffer.size());
                out(std::string_view(buffer).substr(at, less - at));
                at = less;
            } else if (const std::size_t close = markup_end(buffer, at); close != std::string::npos) {
                markup(std::string_view(buffer).substr(at, close - at));
                at = close;
            } else if (!ended) {
                refill();
            } else {
                throw PatchDoubt("シートの XML が途中で切れています", "the XML of a sheet is cut off");
            }
        }
        if (next_ != end_ || (!legacy_id_.empty() && !legacy_done_)) {
            throw PatchDoubt("シートに印をつける場所がありません", "a sheet has no place for a mark");
        }
        flush();
    }

private:
    void out(std::string_view bytes) {
        out_ += bytes;
        if (out_.size() >= piece_bytes) {
            flush();
        }
    }
    void flush() {
        write_(out_);
        out_.clear();
    }

    void markup(std::string_view text) {
        if (text[1] == '?' || text[1] == '!') {
            if (text.starts_with("<!D")) {
                throw PatchDoubt("シートに文書型宣言（DTD）があります", "a sheet declares a document type");
            }
            out(text);
            return;
        }
        const XmlTag tag = read_tag(text);
        const bool opens = tag.kind == TagKind::open;
        const bool closes = tag.kind == TagKind::close;
        const std::size_t depth = closes ? depth_ : depth_ + 1;
        depth_ = opens ? depth_ + 1 : closes ? depth_ - 1 : depth_;
        if (depth == 1 && !closes) {
            prefix_ = tag.prefix;
            relations_ = prefix_of_namespace(text, office_relations, "");
        }
        if (depth == 2 && tag.name == "sheetData") {
            sheet_data(tag);
        } else if (in_cells_ && depth == 3 && tag.name == "row") {
            row(tag);
        } else if (in_cells_ && depth == 4 && tag.name == "c" && !closes) {
            cell(tag);
        } else {
            out(text);
        }
        if (depth == 2 && !opens && ++children_ == survey_.legacy_behind && !legacy_id_.empty()) {
            legacy_done_ = true;
            const std::string declared =
                relations_.empty() ? " xmlns:r=\"" + std::string(office_relations) + "\"" : std::string();
            out("<" + prefix_ + "legacyDrawing" + declared + " " + (relations_.empty() ? "r:" : relations_) + "id=\"" +
                legacy_id_ + "\"/>");
        }
    }

    void sheet_data(const XmlTag& tag) {
        switch (tag.kind) {
        case TagKind::open:
            in_cells_ = true;
            out(tag.text);
            return;
        case TagKind::close:
            rows_before(UINT32_MAX);
            in_cells_ = false;
            out(tag.text);
            return;
        case TagKind::empty:
            if (next_ == end_) {
                out(tag.text);
                return;
            }
            out(std::string(tag.text.substr(0, tag.text.size() - 2)) + ">");
            rows_before(UINT32_MAX);
            out("</" + prefix_ + "sheetData>");
        }
    }

    /// The rows with marks before `number` that the sheet does not have.
    void rows_before(std::uint32_t number) {
        while (next_ != end_ && next_->first.row < number) {
            const std::uint32_t missing = next_->first.row;
            out("<" + prefix_ + "row r=\"" + std::to_string(missing) + "\">");
            row_style_.reset();
            row_ = missing;
            cells_before(UINT32_MAX);
            out("</" + prefix_ + "row>");
        }
    }

    void row(const XmlTag& tag) {
        if (tag.kind == TagKind::close) {
            cells_before(UINT32_MAX);
            out(tag.text);
            return;
        }
        const std::string_view written = tag_attribute(tag.text, "r");
        const std::optional<std::uint32_t> number = written.empty() ? last_row_ + 1 : number_of(written);
        if (!number || *number <= last_row_) {
            throw PatchDoubt("シートの行が順に並んでいません", "the rows of a sheet are not in order");
        }
        rows_before(*number);
        row_ = last_row_ = *number;
        last_column_ = 0;
        row_style_.reset();
        if (next_ == end_ || next_->first.row != row_) {
            out(tag.text);
            return;
        }
        const std::string_view custom = tag_attribute(tag.text, "customFormat");
        if (custom == "1" || custom == "true") {
            row_style_ = number_of(tag_attribute(tag.text, "s"));
        }
        std::string text = with_room(tag.text);
        if (tag.kind == TagKind::empty) {
            text.replace(text.size() - 2, 2, ">");
            out(text);
            cells_before(UINT32_MAX);
            out("</" + prefix_ + "row>");
        } else {
            out(text);
        }
    }

    /// `spans` says between which columns the row has cells; a mark may lie beyond.
    [[nodiscard]] std::string with_room(std::string_view tag) const {
        const std::string_view spans = tag_attribute(tag, "spans");
        const std::size_t colon = spans.find(':');
        if (colon == std::string_view::npos) {
            return std::string(tag);
        }
        const auto first = number_of(spans.substr(0, colon));
        const auto last = number_of(spans.substr(colon + 1));
        std::uint32_t lowest = next_->first.column;
        std::uint32_t highest = lowest;
        for (auto mark = next_; mark != end_ && mark->first.row == row_; ++mark) {
            highest = mark->first.column;
        }
        if (!first || !last || (*first <= lowest && highest <= *last)) {
            return std::string(tag);
        }
        return with_attribute(
            tag, "spans", std::to_string(std::min(lowest, *first)) + ":" + std::to_string(std::max(highest, *last)));
    }

    /// The marked cells of this row before `column` that the sheet does not have.
    void cells_before(std::uint32_t column) {
        while (next_ != end_ && next_->first.row == row_ && next_->first.column < column) {
            const std::uint32_t style =
                styles_.marked(row_style_.value_or(column_style(next_->first.column)), next_->second);
            out("<" + prefix_ + "c r=\"" + cell_name(next_->first) + "\" s=\"" + std::to_string(style) + "\"/>");
            ++next_;
        }
    }

    [[nodiscard]] std::uint32_t column_style(std::uint32_t column) const {
        for (const ColumnRange& range : survey_.columns) {
            if (range.first <= column && column <= range.last) {
                return range.style;
            }
        }
        return 0;
    }

    void cell(const XmlTag& tag) {
        if (next_ == end_ || next_->first.row != row_) {
            out(tag.text);
            return;
        }
        const std::string_view written = tag_attribute(tag.text, "r");
        CellPlace place{row_, last_column_ + 1};
        if ((!written.empty() && !read_cell_name(written, place)) || place.row != row_ ||
            place.column <= last_column_) {
            throw PatchDoubt("シートのセルが順に並んでいません", "the cells of a sheet are not in order");
        }
        last_column_ = place.column;
        cells_before(place.column);
        if (next_ == end_ || next_->first != place) {
            out(tag.text);
            return;
        }
        const std::string_view style = tag_attribute(tag.text, "s");
        const auto number = style.empty() ? std::optional<std::uint32_t>(0) : number_of(style);
        if (!number) {
            throw PatchDoubt("書式が数でないセルがあります", "a cell whose style is no number");
        }
        out(with_attribute(tag.text, "s", std::to_string(styles_.marked(*number, next_->second))));
        ++next_;
    }

    const SheetSurvey& survey_;
    const std::string& legacy_id_;
    StyleBook& styles_;
    const std::function<void(std::string_view)>& write_;
    CellMarks::const_iterator next_, end_;
    std::string out_, prefix_, relations_;
    std::size_t depth_ = 0, children_ = 0;
    bool in_cells_ = false, legacy_done_ = false;
    std::uint32_t row_ = 0, last_row_ = 0, last_column_ = 0;
    std::optional<std::uint32_t> row_style_;
};

}  // namespace

void patch_sheet(ByteSource& source, const CellMarks& marks, const SheetSurvey& survey, const std::string& legacy_id,
                 StyleBook& styles, const std::function<void(std::string_view)>& write) {
    Patcher(marks, survey, legacy_id, styles, write).run(source);
}

}  // namespace kokai
