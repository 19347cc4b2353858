// SPDX-License-Identifier: Apache-2.0
// The catalogue of finding codes, and the only place where a finding becomes a sentence.
#include "model/finding.hpp"

#include <algorithm>
#include <array>

namespace kokai {
namespace {

using enum Severity;

constexpr std::array catalogue{
#define FINDING(name, id, severity, unfit, ja, en, mend_ja, mend_en)                                                   \
    CodeInfo{Code::name, id, severity, unfit, ja, en, mend_ja, mend_en},
#include "model/finding_codes.inc"
#undef FINDING
};

/// Replaces {found} and the like in a sentence of the catalogue.
std::string filled(std::string_view pattern, const FindingText& finding) {
    std::string text;
    text.reserve(pattern.size() + finding.found.size() + 16);
    for (std::size_t at = 0; at < pattern.size();) {
        const auto take = [&](std::string_view key, const std::string& value) {
            if (pattern.substr(at, key.size()) != key) {
                return false;
            }
            text += value;
            at += key.size();
            return true;
        };
        if (pattern[at] == '{' && (take("{found}", finding.found) || take("{expected}", finding.expected) ||
                                   take("{repaired}", finding.repaired) ||
                                   take("{column}", finding.field.empty() ? finding.column : finding.field))) {
            continue;
        }
        text += pattern[at++];
    }
    return text;
}

/// A rule brings its own words, Japanese and, behind a line break, English. An empty cell is not quoted.
Sentence sentence_of_rule(const FindingText& finding, const CodeInfo& code) {
    const std::size_t end = finding.expected.find('\n');
    FindingText ja = finding;
    FindingText en = finding;
    ja.expected = finding.expected.substr(0, end);
    en.expected = end == std::string::npos ? finding.expected : finding.expected.substr(end + 1);
    const auto without = [&](std::string text, std::string_view quotes) {
        const std::size_t at = finding.found.empty() ? text.find(quotes) : std::string::npos;
        return at == std::string::npos ? text : text.erase(at, quotes.size());
    };
    return {without(filled(code.ja, ja), ": 「」"), without(filled(code.en, en), ": \"\""), filled(code.mend_ja, ja),
            filled(code.mend_en, en)};
}

/// Length of the zero-width mark, line separator or bidi control that begins with these bytes; 0 = none does.
std::size_t unseen_mark(unsigned first, unsigned second, unsigned third) {
    const auto within = [](unsigned byte, unsigned low, unsigned high) { return byte >= low && byte <= high; };
    const bool general =
        first == 0xE2 && ((second == 0x80 && (within(third, 0x8B, 0x8F) || within(third, 0xA8, 0xAE))) ||
                          (second == 0x81 && within(third, 0xA0, 0xAF)));  // U+200B-202E, U+2060-206F
    if (general || (first == 0xEF && second == 0xBB && third == 0xBF)) {   // U+FEFF
        return 3;
    }
    return first == 0xD8 && second == 0x9C ? 2 : 0;  // U+061C
}

bool has_cells(const SourceInfo& source) {
    return source.format == "csv" || source.format == "tsv" || source.format == "xlsx" || source.format == "xls" ||
           source.format == "ods";
}

}  // namespace

std::span<const CodeInfo> finding_catalogue() {
    return catalogue;
}

const CodeInfo& info(Code code) {
    return catalogue[static_cast<std::size_t>(code)];
}

const CodeInfo* find_code(std::string_view id) {
    const auto* const found =
        std::find_if(catalogue.begin(), catalogue.end(), [&](const CodeInfo& one) { return one.id == id; });
    return found == catalogue.end() ? nullptr : found;
}

std::string_view name_of(Severity severity) {
    switch (severity) {
    case note:
        return "note";
    case warning:
        return "warning";
    case error:
        break;
    }
    return "error";
}

std::string column_letters(std::uint32_t number) {
    std::string letters;
    for (; number > 0; number = (number - 1) / 26) {
        letters.insert(letters.begin(), static_cast<char>('A' + (number - 1) % 26));
    }
    return letters;
}

FindingText spell_out(const Finding& finding, std::span<const SourceInfo> sources) {
    FindingText text;
    text.code = finding.code;
    text.severity = finding.severity;
    text.row = finding.where.row;
    text.found = finding.found;
    text.expected = finding.expected;
    text.repaired = finding.repaired;
    const SourceInfo* source = finding.where.source < sources.size() ? &sources[finding.where.source] : nullptr;
    if (source != nullptr) {
        text.file = source->file;
        text.sheet = finding.where.sheet < source->sheets.size() ? source->sheets[finding.where.sheet] : source->sheet;
    }
    const bool cells = source != nullptr && has_cells(*source);
    const auto add_cell = [&](std::uint32_t column) {
        if (cells && column > 0 && finding.where.row > 0) {
            text.cell += (text.cell.empty() ? "" : ",") + column_letters(column) + std::to_string(finding.where.row);
        }
    };
    if (finding.where.field != nullptr) {
        text.field = finding.where.field->name;
        for (const SourceColumn& column : finding.where.field->from) {
            if (column.source != finding.where.source) {
                continue;
            }
            text.column += (text.column.empty() ? "" : ",") + column.header;
            if (finding.where.column == 0) {
                add_cell(column.number);
            }
        }
        if (text.column.empty()) {
            text.column = finding.where.field->name;
        }
    }
    if (finding.where.column != 0) {
        add_cell(finding.where.column);
    }
    return text;
}

Sentence sentence(const FindingText& finding) {
    const CodeInfo& code = info(finding.code);
    if (finding.code == Code::rule_broken || finding.code == Code::fields_disagree) {
        return sentence_of_rule(finding, code);
    }
    return {filled(code.ja, finding), filled(code.en, finding), filled(code.mend_ja, finding),
            filled(code.mend_en, finding)};
}

std::string terminal_line(const FindingText& finding, Language language) {
    std::string line = printable(finding.file);
    if (!finding.sheet.empty()) {
        line += "[" + printable(finding.sheet) + "]";
    }
    if (!finding.cell.empty()) {
        line += "!" + finding.cell;
    } else if (finding.row > 0) {
        line += "#" + std::to_string(finding.row);
    }
    if (!finding.column.empty()) {
        line += " (" + printable(finding.column) + ")";
    }
    line += ": " + std::string(name_of(finding.severity)) + "[" + std::string(info(finding.code).id) + "]: ";
    const Sentence text = sentence(finding);
    const auto with_mend = [](const std::string& what, const std::string& mend, std::string_view open,
                              std::string_view close) {
        return mend.empty() ? printable(what)
                            : printable(what) + std::string(open) + printable(mend) + std::string(close);
    };
    if (language != Language::en) {
        line += with_mend(text.ja, text.mend_ja, "（", "）");
    }
    if (language == Language::both) {
        line += " / ";
    }
    if (language != Language::ja) {
        line += with_mend(text.en, text.mend_en, " (", ")");
    }
    return line;
}

std::string printable(std::string_view text) {
    std::string safe;
    safe.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const auto next = [&](std::size_t ahead) {
            return i + ahead < text.size() ? static_cast<unsigned char>(text[i + ahead]) : 0U;
        };
        if (byte < 0x20) {  // U+2400 and following are pictures of the control characters
            safe += "\xE2\x90";
            safe += static_cast<char>(0x80 + byte);
        } else if (byte == 0x7F) {
            safe += "\xE2\x90\xA1";
        } else if (byte == 0xC2 && next(1) >= 0x80 && next(1) <= 0x9F) {  // C1 controls
            safe += "\xEF\xBF\xBD";
            ++i;
        } else if (const std::size_t length = unseen_mark(byte, next(1), next(2)); length != 0) {
            safe += "\xE2\x90\xA3";
            i += length - 1;
        } else {
            safe += text[i];
        }
    }
    return safe;
}

}  // namespace kokai
