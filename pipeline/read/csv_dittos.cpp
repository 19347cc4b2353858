// SPDX-License-Identifier: Apache-2.0
// 〃 in a file that is not held: the value of the row before, which may stand in an earlier batch. Batches are parsed
// side by side, so what the next one may need is looked up while they are handed out in order.
#include "read/csv.hpp"
#include "read/text_facts.hpp"
#include "support/text.hpp"

#include <algorithm>

namespace kokai {

/// The fields of a record into `line`; false when it is no data.
bool CsvSource::read_record(Batch& batch, std::size_t marks_at, std::uint64_t record, std::vector<Cell>& line) const {
    const std::string_view raw(batch.raw.data(), batch.raw.size());
    const std::uint32_t fields = batch.marks[marks_at];
    std::uint32_t begin = batch.marks[marks_at + 1];
    line.assign(published_.size(), {});
    bool any = false;
    for (std::uint32_t field = 0; field < fields && field < line.size(); ++field) {
        const std::uint32_t end = batch.marks[marks_at + 2 + field];
        bool doubtful = false;
        const Cell cell = text_of(batch, raw, begin, end, doubtful);
        line[field] = doubtful ? Cell{} : cell;
        any = any || !cell.empty();
        begin = (end & ~RecordMarks::quoted) + 1;
    }
    return any && layout_.role(static_cast<std::uint32_t>(record)) == RowRole::data &&
           judge_.judge([&](std::size_t at) { return trimmed(line[at]); }, line.size()) == RowRole::data;
}

/// Keeps the last values for the batches after this one, and for this one those of the batches before where it begins
/// with 〃. Looks at two records a batch, at more only where they are no data or hold 〃.
void CsvSource::carry_dittos(Batch& batch) {
    if (layout_.whole || layout_.vertical) {
        return;
    }
    std::vector<std::size_t> starts;
    for (std::size_t i = 0; i < batch.marks.size(); i += 2 + batch.marks[i]) {
        starts.push_back(i);
    }
    std::vector<Cell> line;
    std::size_t first = 0;
    while (first < starts.size() && !read_record(batch, starts[first], batch.first_record + first, line)) {
        ++first;
    }
    if (first == starts.size()) {
        return;
    }
    if (!before_.empty() && std::any_of(line.begin(), line.end(), [](Cell cell) { return is_ditto(cell); })) {
        const std::scoped_lock lock(carried_dittos_lock_);
        carried_dittos_[batch.first_record] = before_;
    }
    std::vector<bool> known(published_.size(), false);
    before_.resize(published_.size());
    for (std::size_t at = starts.size(); at > first; --at) {
        if (!read_record(batch, starts[at - 1], batch.first_record + at - 1, line)) {
            continue;
        }
        for (std::size_t field = 0; field < line.size(); ++field) {
            if (!known[field] && !is_ditto(line[field])) {
                before_[field] = std::string(line[field]);
                known[field] = true;
            }
        }
        if (std::find(known.begin(), known.end(), false) == known.end()) {
            return;
        }
    }
}

void CsvSource::fill_dittos_as_read(std::vector<Cell>& line, Batch& batch, std::vector<Ditto>& dittos) const {
    std::vector<std::string> before;  // of the first row only
    for (std::size_t field = 0; field < line.size(); ++field) {
        if (!is_ditto(line[field])) {
            continue;
        }
        Cell above;
        if (batch.rows.empty()) {
            if (before.empty()) {
                const std::scoped_lock lock(carried_dittos_lock_);
                if (const auto found = carried_dittos_.find(batch.first_record); found != carried_dittos_.end()) {
                    before = std::move(found->second);
                    carried_dittos_.erase(found);
                }
            }
            above = field < before.size() ? batch.bytes.keep(before[field]) : Cell{};
        } else if (published_[field]) {
            above = batch.columns[column_at(field)].cells.back();
        }
        dittos.push_back({static_cast<std::uint32_t>(field + 1), line[field], above});
        line[field] = above;
    }
}

}  // namespace kokai
