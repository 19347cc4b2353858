// SPDX-License-Identifier: Apache-2.0
#include "read/xlsx_strings.hpp"

#include "read/xlsx_usual.hpp"
#include "support/text.hpp"
#include "support/utf8.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>

namespace kokai {
namespace {

constexpr std::uint64_t most_strings = 64ULL << 20U;
constexpr std::size_t most_runs = 32'768;  // an Excel cell has at most 32,767 characters

/// Without xml:space="preserve" Excel takes the blanks at both ends for layout of the XML.
std::string_view without_outer_space(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t begin = std::min(text.find_first_not_of(blanks), text.size());
    const std::size_t end = text.find_last_not_of(blanks);
    return end == std::string_view::npos ? std::string_view{} : text.substr(begin, end + 1 - begin);
}

/// The four digits of an `_xHHHH_` that begins at `at`, or -1.
std::int32_t escape_at(std::string_view text, std::size_t at) {
    if (at + 7 > text.size() || text[at] != '_' || text[at + 1] != 'x' || text[at + 6] != '_') {
        return -1;
    }
    std::uint32_t code = 0;
    const char* const digits = text.data() + at + 2;
    const auto [end, error] = std::from_chars(digits, digits + 4, code, 16);
    return error == std::errc{} && end == digits + 4 ? static_cast<std::int32_t>(code) : -1;
}

}  // namespace

void decode_escapes(std::string& text) {
    std::size_t from = text.find("_x");
    if (from == std::string::npos) {
        return;
    }
    std::string decoded = text.substr(0, from);
    while (from < text.size()) {
        const std::int32_t code = escape_at(text, from);
        const bool high = code >= 0xD800 && code <= 0xDBFF;
        const std::int32_t low = high ? escape_at(text, from + 7) : -1;
        if (high && low >= 0xDC00 && low <= 0xDFFF) {
            append_utf8(decoded, 0x10000U + ((static_cast<std::uint32_t>(code) - 0xD800U) << 10U) +
                                     (static_cast<std::uint32_t>(low) - 0xDC00U));
            from += 14;
        } else if (code > 0 && (code < 0xD800 || code > 0xDFFF)) {
            append_utf8(decoded, static_cast<std::uint32_t>(code));
            from += 7;
        } else {
            decoded += text[from++];
        }
    }
    text.swap(decoded);
}

void RichTextReader::read_text(XmlScanner& scanner, std::string& into) {
    const bool preserve = scanner.attribute("space") == "preserve";
    const std::size_t begin = into.size();
    scanner.append_own_text(into);
    const std::string_view added = std::string_view(into).substr(begin);
    if (!preserve && !added.empty() &&
        (static_cast<unsigned char>(added.front()) <= ' ' || static_cast<unsigned char>(added.back()) <= ' ')) {
        const std::string kept(without_outer_space(added));
        into.resize(begin);
        into += kept;
    }
}

void RichTextReader::read_phonetic(XmlScanner& scanner) {
    if (readings_ == Readings::leave) {
        scanner.skip_element();
        return;
    }
    if (runs_.size() == most_runs) {
        scanner.fail("ふりがなの数が多すぎます", "too many furigana in one text");
    }
    ReadingRun run;
    run.begin = leading_number(scanner.attribute("sb"));
    run.end = leading_number(scanner.attribute("eb"));
    while (scanner.next_child()) {
        if (scanner.name() == "t") {
            read_text(scanner, run.text);
        } else {
            scanner.skip_element();
        }
    }
    decode_escapes(run.text);
    runs_.push_back(std::move(run));
}

/// One <r>: its look, then its text.
void RichTextReader::read_run(XmlScanner& scanner) {
    Strike strike = Strike::as_cell;
    while (scanner.next_child()) {
        const std::string_view name = scanner.name();
        if (name == "t") {
            piece_.clear();
            read_text(scanner, piece_);
            decode_escapes(piece_);
            strikes_.add(piece_.size(), strike);
            value_ += piece_;
        } else if (name == "rPr") {
            strike = tells_plain_ ? Strike::plain : Strike::as_cell;
            while (scanner.next_child()) {
                const std::string_view value = scanner.attribute("val");
                if (scanner.name() == "strike" && value != "0" && value != "false") {
                    strike = Strike::struck;
                }
                scanner.skip_element();
            }
        } else if (name == "rPh") {
            read_phonetic(scanner);
        } else {
            scanner.skip_element();
        }
    }
}

void RichTextReader::read(XmlScanner& scanner) {
    value_.clear();
    reading_.clear();
    kept_strikes_.clear();
    runs_.clear();
    strikes_.clear();
    while (scanner.next_child()) {
        const std::string_view name = scanner.name();
        if (name == "t") {
            const std::size_t begin = value_.size();
            read_text(scanner, value_);
            if (value_.find("_x", begin) != std::string::npos) {
                piece_ = value_.substr(begin);
                decode_escapes(piece_);
                value_.resize(begin);
                value_ += piece_;
            }
            strikes_.add(value_.size() - begin, Strike::as_cell);
        } else if (name == "r") {
            read_run(scanner);
        } else if (name == "rPh") {
            read_phonetic(scanner);
        } else {
            scanner.skip_element();
        }
    }
    kept_strikes_ = strikes_.kept();
    if (runs_.empty()) {
        return;
    }
    if (strikes_.any(Strike::struck)) {
        std::string visible;
        leave_out_struck_readings(visible);
        reading_ = runs_.empty() ? std::string() : join_reading(visible, runs_);
    } else {
        reading_ = join_reading(value_, runs_);
    }
}

/// Moves the furigana to where they stand once the struck parts are gone; those over such a part go with it.
void RichTextReader::leave_out_struck_readings(std::string& visible) {
    std::vector<std::uint32_t> place;  // by UTF-16 unit of the value: its unit in what remains, or gone
    constexpr std::uint32_t gone = UINT32_MAX;
    std::uint32_t unit = 0;
    std::size_t at = 0;
    std::size_t bytes = 0;
    for (const char letter : kept_strikes_) {
        if (letter >= '0' && letter <= '9') {
            bytes = bytes * 10 + static_cast<std::size_t>(letter - '0');
            continue;
        }
        const bool struck = letter == static_cast<char>(Strike::struck);
        for (const std::size_t end = std::min(at + bytes, value_.size()); at < end;) {
            const auto lead = static_cast<unsigned char>(value_[at]);
            const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
            for (std::size_t i = 0; i < (size == 4 ? 2U : 1U); ++i) {
                place.push_back(struck ? gone : unit++);
            }
            visible += struck ? std::string_view() : std::string_view(value_).substr(at, size);
            at += size;
        }
        bytes = 0;
    }
    std::erase_if(runs_, [&](ReadingRun& run) {
        if (run.begin >= run.end || run.end > place.size() || place[run.begin] == gone || place[run.end - 1] == gone) {
            return true;
        }
        run.begin = place[run.begin];
        run.end = place[run.end - 1] + 1;
        return false;
    });
}

std::string join_reading(std::string_view value, const std::vector<ReadingRun>& runs) {
    std::string reading;
    std::size_t at = 0;       // byte of the value
    std::uint32_t units = 0;  // the same place in UTF-16 units
    const auto go_to = [&](std::uint32_t wanted, bool copy) {
        while (units < wanted && at < value.size()) {
            const auto lead = static_cast<unsigned char>(value[at]);
            const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
            if (copy) {
                reading += value.substr(at, size);
            }
            at += size;
            units += size == 4 ? 2 : 1;
        }
    };
    for (const ReadingRun& run : runs) {
        if (run.begin < units || run.end <= run.begin) {
            continue;  // overlaps the one before, or stands over nothing
        }
        go_to(run.begin, true);
        reading += run.text;
        go_to(run.end, false);
    }
    go_to(UINT32_MAX, true);
    return reading;
}

SharedStrings::SharedStrings(Readings readings, std::size_t memory_limit)
    : memory_limit_(memory_limit), values_(memory_limit) {
    if (readings == Readings::keep) {
        readings_.emplace(memory_limit);
    }
}

void SharedStrings::append(std::string_view value, std::string_view reading, std::string_view strikes) {
    values_.append(value);
    const auto keep = [&](TextStore& store, std::string_view text) {
        while (store.size() + 1 < values_.size()) {
            store.append({});  // those before the first one
        }
        store.append(text);
    };
    if (readings_ && (any_readings_ || !reading.empty())) {
        any_readings_ = true;
        keep(*readings_, reading);
    }
    if (!strikes.empty()) {
        if (!strikes_) {
            strikes_.emplace(memory_limit_);
        }
        keep(*strikes_, strikes);
    }
}

void SharedStrings::load(const XlsxPackage& package, const std::string& part, bool struck_cells) {
    PartReader bytes = package.open(part);
    XmlScanner scanner(bytes, package.shown(), bytes.part());
    RichTextReader text(readings_ ? Readings::keep : Readings::leave);
    const auto demand_room = [&] {
        if (values_.size() == most_strings) {
            scanner.fail("文字列が多すぎます", "has too many strings");
        }
    };
    std::string_view usual;
    if (struck_cells) {
        text.tell_plain_parts();
    }
    while (true) {
        if (const std::size_t size = scanner.depth() == 1 ? take_usual_string(scanner.ahead(), usual) : 0; size != 0) {
            demand_room();
            append(usual, {});
            scanner.take(size);
            continue;
        }
        const XmlScanner::Event event = scanner.next();
        if (event == XmlScanner::Event::finished) {
            break;
        }
        if (event != XmlScanner::Event::start) {
            continue;
        }
        if (scanner.depth() == 1) {
            if (scanner.name() != "sst") {
                scanner.fail("共有文字列の表ではありません", "is not a table of shared strings");
            }
        } else if (scanner.name() == "si") {
            demand_room();
            text.read(scanner);
            append(text.value(), text.reading(), text.strikes());
        } else {
            scanner.skip_element();
        }
    }
}

}  // namespace kokai
