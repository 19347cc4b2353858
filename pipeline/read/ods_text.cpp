// SPDX-License-Identifier: Apache-2.0
// The text of one cell of an .ods: paragraphs and their parts.
#include "read/ods_sheet.hpp"

#include <algorithm>
#include <charconv>

namespace kokai {
namespace {

constexpr std::uint32_t most_spaces = 32'767;

std::uint32_t number_in(std::string_view text, std::uint32_t otherwise) {
    std::uint32_t value = otherwise;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() ? value : otherwise;
}

}  // namespace

/// The paragraphs of a cell, a line each; comments and drawings are passed over.
void OdsSheet::read_contents() {
    text_.clear();
    reading_.clear();
    link_.clear();
    strikes_.clear();
    struck_to_ = 0;
    has_text_ = has_ruby_ = false;
    while (scanner_.next_child()) {
        if (scanner_.name() != "p") {
            scanner_.skip_element();
            continue;
        }
        text_ += has_text_ ? "\n" : "";
        reading_ += has_text_ ? "\n" : "";
        has_text_ = true;
        space_due_ = false;
        read_paragraph(Strike::as_cell);
    }
}

/// What has been added to the text since the last call belongs to a part of this look.
void OdsSheet::end_part(Strike strike) {
    strikes_.add(text_.size() - struck_to_, strike);
    struck_to_ = text_.size();
}

void OdsSheet::read_paragraph(Strike strike) {
    // Blanks and line breaks in a row are one blank, and none at the beginning (OpenDocument 1.3, 6.1.2).
    const auto append = [&](std::string_view piece) {
        for (const char letter : piece) {
            if (letter == ' ' || letter == '\n' || letter == '\t') {
                space_due_ = true;
                continue;
            }
            if (space_due_ && !text_.empty() && text_.back() != '\n' && text_.back() != ' ') {
                text_ += ' ';
                reading_ += ' ';
            }
            space_due_ = false;
            text_ += letter;
            reading_ += letter;
        }
    };
    std::string piece;
    while (true) {
        const XmlScanner::Event event = scanner_.next();
        if (event == XmlScanner::Event::end) {
            end_part(strike);
            return;
        }
        if (event == XmlScanner::Event::text) {
            piece.clear();
            scanner_.append_text(piece);
            append(piece);
            continue;
        }
        const std::string_view name = scanner_.name();
        if (name == "span" || name == "a") {
            end_part(strike);
            if (name == "a" && link_.empty()) {
                link_ = scanner_.attribute_text("href");
                link_ = link_.starts_with('#') ? std::string() : link_;  // a place in the workbook
            }
            const Strike own = name == "span" && strikes_known_ ? styles_.strike(scanner_.attribute_text("style-name"))
                                                                : Strike::as_cell;
            read_paragraph(own == Strike::as_cell ? strike : own);
        } else if (name == "ruby") {
            read_ruby(strike);
        } else if (name == "s" || name == "tab" || name == "line-break") {
            const std::size_t count = name == "s" ? std::min(number_in(scanner_.attribute("c"), 1), most_spaces) : 1;
            const char letter = name == "line-break" ? '\n' : ' ';
            append(space_due_ ? std::string_view(" ") : std::string_view());
            text_.append(count, letter);
            reading_.append(count, letter);
            space_due_ = false;
            scanner_.skip_element();
        } else {
            scanner_.skip_element();
        }
    }
}

/// <ruby><ruby-base>公園</ruby-base><ruby-text>こうえん</ruby-text></ruby>: the text is never part of the value.
void OdsSheet::read_ruby(Strike strike) {
    const std::size_t reading_begin = reading_.size();
    while (scanner_.next_child()) {
        if (scanner_.name() == "ruby-base") {
            end_part(strike);
            read_paragraph(strike);
        } else if (scanner_.name() == "ruby-text") {
            reading_.resize(std::min(reading_.size(), reading_begin));
            has_ruby_ = true;
            scanner_.append_own_text(reading_);
        } else {
            scanner_.skip_element();
        }
    }
}

}  // namespace kokai
