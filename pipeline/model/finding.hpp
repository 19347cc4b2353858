// SPDX-License-Identifier: Apache-2.0
// Facts about the data. Only facts are stored; sentences are rendered at the edge (finding.cpp), in Japanese and
// English.
#pragma once

#include "model/batch.hpp"
#include "model/cell.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kokai {

enum class Severity : std::uint8_t { note, warning, error };

enum class Code : std::uint16_t {
#define FINDING(name, id, severity, unfit, ja, en, mend_ja, mend_en) name,
#include "model/finding_codes.inc"
#undef FINDING
};

struct CodeInfo {
    Code code;
    std::string_view id;
    Severity severity;
    bool unfit;  // the field cannot hold what stands in the cell
    std::string_view ja, en, mend_ja, mend_en;
};

/// All codes, in the order of the enum.
std::span<const CodeInfo> finding_catalogue();
const CodeInfo& info(Code code);
const CodeInfo* find_code(std::string_view id);
std::string_view name_of(Severity severity);

struct Finding {
    static constexpr std::uint32_t no_row = UINT32_MAX;

    Place where;
    Code code{};
    Severity severity = Severity::note;
    std::uint32_t batch_row = no_row;  // index into the batch, when the finding is about one of its rows
    Cell found, expected, repaired;    // views into the batch, or into the Findings' own arena
};

/// The findings of one batch, or of a table as a whole.
class Findings {
public:
    /// About one cell. `found` and `repaired` must live as long as the batch (they do when they come from it).
    void add(Code code, const Batch& batch, std::size_t row, std::size_t column, const ColumnInfo& field, Cell found,
             Cell repaired = {}, Cell expected = {}) {
        add(code, info(code).severity, batch, row, column, field, found, repaired, expected);
    }
    void add(Code code, Severity severity, const Batch& batch, std::size_t row, std::size_t column,
             const ColumnInfo& field, Cell found, Cell repaired = {}, Cell expected = {}) {
        list_.push_back({batch.place(row, column, field), code, severity, static_cast<std::uint32_t>(row), found,
                         expected, repaired});
    }
    /// About a whole row of a batch.
    void add_row(Code code, const Batch& batch, std::size_t row, Cell found, Cell expected = {}) {
        list_.push_back(
            {batch.place(row), code, info(code).severity, static_cast<std::uint32_t>(row), found, expected, {}});
    }
    /// About a place that no batch holds (the header, a sheet, the table). Strings are copied.
    void add(Code code, Place where, std::string_view found, std::string_view expected = {},
             std::optional<Severity> severity = {}) {
        list_.push_back({where,
                         code,
                         severity.value_or(info(code).severity),
                         Finding::no_row,
                         arena_.keep(found),
                         arena_.keep(expected),
                         {}});
    }
    /// Copies a text that must outlive the call.
    Cell keep(std::string_view text) { return arena_.keep(text); }

    [[nodiscard]] std::vector<Finding>& list() { return list_; }
    [[nodiscard]] const std::vector<Finding>& list() const { return list_; }
    void clear() {
        list_.clear();
        arena_.clear();
    }

private:
    std::vector<Finding> list_;
    Arena arena_;
};

/// A finding with its place spelled out: what reports, the terminal and tests work with.
struct FindingText {
    Code code{};
    Severity severity = Severity::note;
    std::string file, sheet, column, cell;  // column: the source's own header; cell: `C14`, of a joined field `C14,D14`
    std::string field;                      // the column's name after the mapping: what sentences call it
    std::uint32_t row = 0;
    std::string found, expected, repaired;
};

FindingText spell_out(const Finding& finding, std::span<const SourceInfo> sources);

/// `C` for 3.
std::string column_letters(std::uint32_t number);

/// The sentence of a finding, its places filled in. `mend`: how to put it right, may be empty.
struct Sentence {
    std::string ja, en, mend_ja, mend_en;
};
Sentence sentence(const FindingText& finding);

/// One line for the terminal: place: severity[code]: sentence. Control characters are shown as ␤ and the like (A41).
enum class Language : std::uint8_t { ja, en, both };
std::string terminal_line(const FindingText& finding, Language language);

/// Makes text safe to print on a terminal or in a log: line breaks, escapes and bidi controls become visible marks.
std::string printable(std::string_view text);

}  // namespace kokai
