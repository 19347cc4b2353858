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

void RichTextReader::read(XmlScanner& scanner) {
    value_.clear();
    reading_.clear();
    runs_.clear();
    bool in_run = false;  // inside <r>, whose <t> count like those outside
    while (true) {
        const XmlScanner::Event event = scanner.next();
        if (event == XmlScanner::Event::end) {
            if (!in_run) {
                break;
            }
            in_run = false;
        } else if (event == XmlScanner::Event::start) {
            const std::string_view name = scanner.name();
            if (name == "t") {
                read_text(scanner, value_);
            } else if (name == "r" && !in_run) {
                in_run = true;
            } else if (name == "rPh") {
                read_phonetic(scanner);
            } else {
                scanner.skip_element();
            }
        }
    }
    decode_escapes(value_);
    if (!runs_.empty()) {
        reading_ = join_reading(value_, runs_);
    }
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

SharedStrings::SharedStrings(Readings readings, std::size_t memory_limit) : values_(memory_limit) {
    if (readings == Readings::keep) {
        readings_.emplace(memory_limit);
    }
}

void SharedStrings::load(const XlsxPackage& package, const std::string& part) {
    PartReader bytes = package.open(part);
    XmlScanner scanner(bytes, package.shown(), bytes.part());
    RichTextReader text(readings_ ? Readings::keep : Readings::leave);
    const auto demand_room = [&] {
        if (values_.size() == most_strings) {
            scanner.fail("文字列が多すぎます", "has too many strings");
        }
    };
    std::string_view usual;
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
            append(text.value(), text.reading());
        } else {
            scanner.skip_element();
        }
    }
}

}  // namespace kokai
