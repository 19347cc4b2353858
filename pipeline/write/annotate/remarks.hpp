// SPDX-License-Identifier: Apache-2.0
// Findings as a department reads them: where, what, what would be right, how to mend it. The sentences are those of
// report.html; both come from model/finding.
#pragma once

#include "model/finding.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace kokai {

struct CellPlace {
    std::uint32_t row = 0, column = 0;  // from 1
    friend bool operator==(const CellPlace&, const CellPlace&) = default;
    friend auto operator<=>(const CellPlace&, const CellPlace&) = default;
};

/// `AB12`; nothing for what is no cell of a sheet.
bool read_cell_name(std::string_view name, CellPlace& place);
std::string cell_name(const CellPlace& place);

struct Remark {
    Severity severity = Severity::note;
    std::string code;
    std::string sheet;                  // as the workbook names it; empty: the file as a whole
    std::uint32_t row = 0;              // 0: no row
    std::vector<CellPlace> cells;       // of a joined field several
    std::string column;                 // the source's own header
    std::string found, expected, mend;  // sentences, safe to show
};

/// What is to be said of one file.
struct RemarkList {
    std::string file;  // its name without folders
    std::vector<Remark> remarks;
    std::uint64_t errors = 0, warnings = 0, notes = 0;  // of the table, with those that `remarks` leaves out
    std::uint64_t left_out = 0;
    std::string note;  // why the workbook itself was not marked
};

Remark remark_of(const FindingText& finding);
/// Errors first, then by sheet (in the order in which they come), row and column; what is said twice is said once.
void put_in_order(std::vector<Remark>& remarks);

/// 直してください, 確かめてください, お知らせ
std::string_view severity_words(Severity severity);
/// The lines above the list.
struct ListHead {
    std::string title, counts, advice;
};
ListHead head_of(const RemarkList& list);

/// What a comment says of one finding.
std::string comment_text(const Remark& remark);

constexpr std::size_t most_listed = 20'000;
constexpr std::size_t most_comments = 2'000;

}  // namespace kokai
