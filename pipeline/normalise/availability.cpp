// SPDX-License-Identifier: Apache-2.0
// Start and end are the outer limits of several spans; the spans themselves then stand in the remarks.
#include "normalise/availability.hpp"

#include "model/schema.hpp"
#include "normalise/hours.hpp"
#include "normalise/reading.hpp"
#include "normalise/time.hpp"
#include "normalise/weekdays.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <initializer_list>
#include <string>

namespace kokai {

namespace {

std::size_t find_english(const Shape& shape, std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names) {
        for (std::size_t i = 0; i < shape.columns.size(); ++i) {
            if (shape.columns[i].field != nullptr && shape.columns[i].field->english == name) {
                return i;
            }
        }
    }
    return Shape::npos;
}

std::size_t find_weekdays(const Shape& shape) {
    for (std::size_t i = 0; i < shape.columns.size(); ++i) {
        if (shape.columns[i].field != nullptr && shape.columns[i].field->kind == Kind::weekdays) {
            return i;
        }
    }
    return Shape::npos;
}

std::string note_in(const Normalised& result) {
    for (std::string_view flag : result.flags) {
        if (drop_prefix(flag, "note:")) {
            return std::string(flag);
        }
    }
    return {};
}

/// 09:00/12:00;13:00/17:00 as people write it: 09:00～12:00、13:00～17:00.
std::string in_words(std::string_view spans) {
    return replace_all(replace_all(std::string(spans), "/", "～"), ";", "、");
}

/// A cheap look before everything is read: hours have a joint, or are 24時間, 終日 or 常時. 「午前9時」 is none.
bool may_be_hours(std::string_view cell) {
    for (const std::string_view sign : {"〜",   "～",   "~",    "-",  "－", "−",  "ー",   "―",    "‐",    "–",
                                        "から", "より", "まで", "迄", "→",  "24", "２４", "終日", "常時", "全日"}) {
        if (cell.find(sign) != std::string_view::npos) {
            return true;
        }
    }
    return false;
}

/// One end of the hours for a time field; an open end is an empty cell.
std::string_view end_of(std::string_view text) {
    return text == ".." ? std::string_view() : text;
}

}  // namespace

bool SplitAvailability::applies(const Shape& shape) {
    return find_english(shape, {"startTime", "consultationStartTime"}) != Shape::npos ||
           find_weekdays(shape) != Shape::npos;
}

Shape SplitAvailability::bind(const Shape& in) {
    shape_ = in;
    start_ = find_english(in, {"startTime", "consultationStartTime"});
    end_ = find_english(in, {"endTime", "consultationEndTime"});
    notes_ = find_english(in, {"availabilityNotes", "consultationNotes", "startNotes"});
    days_ = find_weekdays(in);
    day_notes_ = find_english(in, {"availableDaysNotes", "availabilityNotes", "consultationNotes"});
    return in;
}

void SplitAvailability::run(Batch& batch, Findings& findings) const {
    // A field that no source column fills may have no cells yet.
    const auto holds_cells = [&](std::size_t column) {
        return column != Shape::npos && batch.columns[column].cells.size() == batch.size();
    };
    const bool hours = holds_cells(start_) && end_ != Shape::npos;
    const bool days = holds_cells(days_) && day_notes_ != Shape::npos;
    for (const std::size_t column : {end_, notes_, day_notes_}) {
        if ((hours || days) && column != Shape::npos) {
            batch.columns[column].cells.resize(batch.size());
        }
    }
    for (std::size_t row = 0; row < batch.size(); ++row) {
        // The cheap look: most cells are a time or a set of days already, or nothing.
        if (days) {
            const Cell cell = batch.columns[days_].cells[row];
            if (!cell.empty() && !is_clean_weekdays(cell)) {
                split_days(batch, row, findings);
            }
        }
        if (hours) {
            const Cell cell = batch.columns[start_].cells[row];
            if (batch.columns[end_].cells[row].find("翌") != Cell::npos) {
                read_next_day(batch, row, findings);
            }
            if (!cell.empty() && !is_clock_time(cell) &&
                (cell == batch.columns[end_].cells[row] || may_be_hours(cell))) {
                split_hours(batch, row, findings);
            }
        }
    }
}

void SplitAvailability::note(Batch& batch, std::size_t row, std::size_t notes, std::size_t of, Cell found,
                             std::string_view text, Findings& findings) const {
    Cell& cell = batch.columns[notes].cells[row];
    if (cell.find(text) == Cell::npos) {
        const std::string_view before = trimmed(cell);
        const std::string_view joint = before.empty() || before.ends_with("。") ? "" : "、";
        const Cell was = cell;
        cell = batch.bytes.keep(std::string(before) + std::string(joint) + std::string(text));
        if (!before.empty()) {
            findings.add(Code::availability_noted, Severity::note, batch, row, notes, shape_.columns[notes], was, cell);
        }
    }
    findings.add(Code::availability_noted, batch, row, of, shape_.columns[of], found, batch.bytes.keep(text));
}

void SplitAvailability::split_days(Batch& batch, std::size_t row, Findings& findings) const {
    Cell& cell = batch.columns[days_].cells[row];
    const Cell found = cell;
    const Normalised read = normalise_weekdays(found);
    const std::string text = note_in(read);
    if (read.failed() || read.has("empty")) {
        return;  // the days' own stage tells
    }
    cell = batch.bytes.keep(read.value);
    if (!cell.empty()) {
        findings.add(Code::weekdays_rewritten, batch, row, days_, shape_.columns[days_], found, cell);
    }
    if (!text.empty()) {
        note(batch, row, day_notes_, days_, found, text, findings);
    }
}

/// The same text may stand in a cell of its own for the end, as merged cells and copies have it: told there, too.
void SplitAvailability::tell_of_own_end(Batch& batch, std::size_t row, Code code, Cell found, std::string_view text,
                                        Findings& findings) const {
    const auto same = [](const SourceColumn& a, const SourceColumn& b) {
        return a.source == b.source && a.number == b.number;
    };
    if (!std::ranges::equal(shape_.columns[start_].from, shape_.columns[end_].from, same)) {
        findings.add(code, batch, row, end_, shape_.columns[end_], found, batch.bytes.keep(text));
    }
}

/// 翌2時 in the end's own cell is of the next day: 02:00 behind a start.
void SplitAvailability::read_next_day(Batch& batch, std::size_t row, Findings& findings) const {
    Cell& end = batch.columns[end_].cells[row];
    const Cell start = batch.columns[start_].cells[row];
    const Normalised first = normalise_time(start);
    if (first.failed() || first.value.size() != 5 || start == end) {
        return;
    }
    const Normalised both = normalise_time(first.value + "～" + std::string(end));
    if (both.failed() || both.value.size() != 11 || both.value.find('.') != std::string::npos) {
        return;
    }
    const Cell found = end;
    end = batch.bytes.keep(std::string_view(both.value).substr(6));
    findings.add(Code::time_rewritten, batch, row, end_, shape_.columns[end_], found, end);
}

void SplitAvailability::split_hours(Batch& batch, std::size_t row, Findings& findings) const {
    Cell& start = batch.columns[start_].cells[row];
    Cell& end = batch.columns[end_].cells[row];
    const Cell found = start;
    if (!trimmed(end).empty() && end != start) {
        return;  // two cells that may be hours each: the time fields tell
    }
    const Normalised read = normalise_hours(found);
    std::string text = note_in(read);
    const bool several = read.value.find(';') != std::string::npos;
    if (read.failed() && end == start && notes_ != Shape::npos && normalise_time(found).failed()) {
        start = end = {};  // one text of hours for both fields, and no hours in it: 要予約
        note(batch, row, notes_, start_, found, trimmed(found), findings);
        tell_of_own_end(batch, row, Code::availability_noted, found, trimmed(found), findings);
        return;
    }
    if (read.failed() || (read.value.empty() && text.empty()) ||
        ((several || !text.empty()) && notes_ == Shape::npos)) {
        return;  // not hours, or there is no field for all that they say: the time field tells
    }
    const bool both = end == start;
    if (read.value.empty()) {
        start = end = {};
        note(batch, row, notes_, start_, found, text, findings);
        if (both) {
            tell_of_own_end(batch, row, Code::availability_noted, found, text, findings);
        }
        return;
    }
    const std::string_view spans = read.value;
    start = batch.bytes.keep(end_of(spans.substr(0, spans.find('/'))));
    end = batch.bytes.keep(end_of(spans.substr(spans.rfind('/') + 1)));
    findings.add(Code::hours_split, batch, row, start_, shape_.columns[start_], found, batch.bytes.keep(spans));
    if (both) {
        tell_of_own_end(batch, row, Code::hours_split, found, spans, findings);
    }
    if (several) {
        text = in_words(spans) + (text.empty() ? "" : "（" + text + "）");
    }
    if (!text.empty()) {
        note(batch, row, notes_, start_, found, text, findings);
    }
}

}  // namespace kokai
