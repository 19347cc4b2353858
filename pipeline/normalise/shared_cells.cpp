// SPDX-License-Identifier: Apache-2.0
#include "normalise/shared_cells.hpp"

#include "model/schema.hpp"
#include "normalise/date.hpp"
#include "normalise/era.hpp"
#include "normalise/kinds.hpp"
#include "normalise/phone.hpp"
#include "normalise/reading.hpp"
#include "normalise/utf8.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

namespace kokai {

namespace {

/// By English names, the one that may hold both first.
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> known{
    {{"startDate", "endDate"},
     {"telephone", "extensionNumber"},
     {"contactTelephone", "contactExtensionNumber"},
     {"itemCount", "itemUnit"}}};

std::size_t find_english(const Shape& shape, std::string_view name) {
    const auto found = std::find_if(shape.columns.begin(), shape.columns.end(), [&](const ColumnInfo& column) {
        return column.field != nullptr && column.field->english == name;
    });
    return found == shape.columns.end() ? Shape::npos : static_cast<std::size_t>(found - shape.columns.begin());
}

bool has_same_source(const ColumnInfo& one, const ColumnInfo& other) {
    return std::equal(
        one.from.begin(), one.from.end(), other.from.begin(), other.from.end(),
        [](const SourceColumn& a, const SourceColumn& b) { return a.source == b.source && a.number == b.number; });
}

/// 10月12日、13日 are days one behind the other: a period.
bool is_run_of_days(std::string_view list) {
    std::optional<std::int64_t> before;
    for (;;) {
        const std::size_t end = list.find(';');
        const std::string_view one = list.substr(0, end);
        const auto number = [&](std::size_t at, std::size_t size) {
            return static_cast<int>(Scanner(one.substr(at, size)).digits()->value);
        };
        const std::int64_t day = day_number({number(0, 4), number(5, 2), number(8, 2)});
        if (before && day != *before + 1) {
            return false;
        }
        before = day;
        if (end == std::string_view::npos) {
            return true;
        }
        list.remove_prefix(end + 1);
    }
}

std::string_view end_of(std::string_view date) {
    return date == ".." ? std::string_view() : date;
}

/// A cheap look before the number is read.
bool may_name_extension(std::string_view cell) {
    for (const std::string_view word : {"内", "ext", "Ext", "EXT", "ｅｘｔ", "Ｅｘｔ"}) {
        if (cell.find(word) != std::string_view::npos) {
            return true;
        }
    }
    return false;
}

/// 六曲一双, 三躯一具, 百点以上, 千点余, 一棟ほか and 三幅対 say more, or less, than a number and a unit.
bool is_unit(std::string_view text) {
    constexpr std::size_t longest = 3;
    constexpr std::u32string_view others = U"〇一二三四五六七八九十百千万数半余以他外強弱程等約超未附付含ほなと・";
    std::size_t letters = 0;
    bool compound = false;
    for (std::size_t at = 0; at < text.size(); ++letters) {
        const char32_t one = utf8::next(text, at);
        if (one < 0x3041 || others.find(one) != std::u32string_view::npos) {
            return false;
        }
        compound = (letters == 0 && one == U'曲') || compound || one == U'対';
    }
    return letters >= 1 && letters <= longest && !(compound && letters > 1);
}

/// 3棟, 一躯, 2箇所: a whole number and a short word for what is counted.
std::optional<std::pair<std::string, std::string>> read_count(std::string_view cell) {
    const std::string text = plain(cell);
    Scanner scanner(text);
    const auto number = scanner.numeral();
    scanner.spaces();
    const std::string_view unit = scanner.rest();
    if (!number || !is_unit(unit)) {
        return std::nullopt;
    }
    return std::pair(std::to_string(number->value), std::string(unit));
}

}  // namespace

std::vector<SplitSharedCells::Two> SplitSharedCells::find(const Shape& shape) {
    std::vector<Two> found(known.size());
    for (std::size_t i = 0; i < known.size(); ++i) {
        found[i] = {find_english(shape, known.at(i).first), find_english(shape, known.at(i).second)};
        if (found[i].second == Shape::npos) {
            found[i].first = Shape::npos;
        }
    }
    return found;
}

bool SplitSharedCells::applies(const Shape& shape) {
    return std::ranges::any_of(find(shape), [](const Two& two) { return two.first != Shape::npos; });
}

Shape SplitSharedCells::bind(const Shape& in) {
    shape_ = in;
    fields_ = find(in);
    notes_ = find_english(in, "startNotes");
    return in;
}

void SplitSharedCells::run(Batch& batch, Findings& findings) const {
    using Split = void (SplitSharedCells::*)(Batch&, std::size_t, const Two&, Findings&) const;
    static constexpr std::array<Split, known.size()> splits{
        &SplitSharedCells::split_period, &SplitSharedCells::split_extension, &SplitSharedCells::split_extension,
        &SplitSharedCells::split_count};
    for (std::size_t i = 0; i < splits.size(); ++i) {
        const Two& two = fields_[i];
        // A field that no source column fills may have no cells yet.
        if (two.first == Shape::npos || batch.columns[two.first].cells.size() != batch.size()) {
            continue;
        }
        batch.columns[two.second].cells.resize(batch.size());
        for (std::size_t row = 0; row < batch.size(); ++row) {
            if (!batch.columns[two.first].cells[row].empty()) {
                (this->*splits.at(i))(batch, row, two, findings);
            }
        }
    }
}

void SplitSharedCells::split_period(Batch& batch, std::size_t row, const Two& dates, Findings& findings) const {
    const Cell start = batch.columns[dates.first].cells[row];
    const Cell end = batch.columns[dates.second].cells[row];
    if (start == end && has_same_source(shape_.columns[dates.first], shape_.columns[dates.second])) {
        split_whole_period(batch, row, dates, findings);
    } else if (!end.empty() && !is_full_date(end)) {
        complete_end(batch, row, dates, findings);
    }
}

/// Both fields hold the cell; what cannot be read stays in the first, whose own stage tells.
void SplitSharedCells::split_whole_period(Batch& batch, std::size_t row, const Two& dates, Findings& findings) const {
    Cell& start = batch.columns[dates.first].cells[row];
    Cell& end = batch.columns[dates.second].cells[row];
    const Cell found = start;
    end = {};
    if (is_full_date(found)) {
        return;
    }
    const Normalised read = normalise_date(found);
    const std::string_view value = read.value;
    const bool list = value.find(';') != std::string_view::npos;
    if (read.failed() || value.find_first_of("/;") == std::string_view::npos) {
        return;
    }
    const bool scattered = list && !is_run_of_days(value);
    if (scattered && notes_ == Shape::npos) {
        return;
    }
    start = batch.bytes.keep(end_of(value.substr(0, value.find_first_of("/;"))));
    end = batch.bytes.keep(end_of(value.substr(value.find_last_of("/;") + 1)));
    const ColumnInfo& column = shape_.columns[dates.first];
    findings.add(Code::value_split, batch, row, dates.first, column, found,
                 batch.bytes.keep(std::string(start) + "、" + std::string(end)));
    for (const std::string& flag : read.flags) {
        if (const Code* code = code_of(rules_for(Kind::date), flag)) {
            findings.add(*code, batch, row, dates.first, column, found, batch.bytes.keep(value));
        }
    }
    if (scattered) {
        batch.columns[notes_].cells.resize(batch.size());
        Cell& notes = batch.columns[notes_].cells[row];
        const std::string before(trimmed(notes));
        notes = batch.bytes.keep(before + (before.empty() ? "" : "、") + std::string(trimmed(found)));
        findings.add(Code::availability_noted, batch, row, dates.first, column, found,
                     batch.bytes.keep(trimmed(found)));
    }
}

/// 13日 and 10月13日 behind 令和6年10月12日 lack what the start says.
void SplitSharedCells::complete_end(Batch& batch, std::size_t row, const Two& dates, Findings& findings) const {
    const Cell start = batch.columns[dates.first].cells[row];
    Cell& end = batch.columns[dates.second].cells[row];
    if (!normalise_date(end).failed()) {
        return;
    }
    const Normalised read = normalise_date(std::string(start) + "～" + std::string(end));
    const std::size_t slash = read.value.find('/');
    if (read.failed() || slash == std::string::npos || read.value.size() - slash != 11) {
        return;
    }
    const Cell found = end;
    end = batch.bytes.keep(std::string_view(read.value).substr(slash + 1));
    findings.add(Code::date_rewritten, batch, row, dates.second, shape_.columns[dates.second], found, end);
}

void SplitSharedCells::split_extension(Batch& batch, std::size_t row, const Two& phone, Findings& findings) const {
    Cell& number = batch.columns[phone.first].cells[row];
    Cell& extension = batch.columns[phone.second].cells[row];
    const Cell found = number;
    if (!extension.empty() || !may_name_extension(found)) {
        return;
    }
    const Normalised read = normalise_phone(found);
    std::string_view inner;
    for (const std::string& flag : read.flags) {
        std::string_view text = flag;
        if (drop_prefix(text, "ext:")) {
            inner = inner.empty() ? text : "?";
        }
    }
    if (read.failed() || read.value.empty() || inner.empty() || inner == "?") {
        return;
    }
    number = batch.bytes.keep(read.value);
    extension = batch.bytes.keep(inner);
    const ColumnInfo& column = shape_.columns[phone.first];
    findings.add(Code::value_split, batch, row, phone.first, column, found,
                 batch.bytes.keep(std::string(number) + "、" + std::string(extension)));
    for (const std::string& flag : read.flags) {
        const Code* code = code_of(rules_for(Kind::phone), flag);
        if (code != nullptr && *code != Code::phone_extension) {
            findings.add(*code, batch, row, phone.first, column, found, number);
        }
    }
}

void SplitSharedCells::split_count(Batch& batch, std::size_t row, const Two& count, Findings& findings) const {
    Cell& number = batch.columns[count.first].cells[row];
    Cell& unit = batch.columns[count.second].cells[row];
    const Cell found = number;
    const auto read = unit.empty() ? read_count(found) : std::nullopt;
    if (!read) {
        return;
    }
    number = batch.bytes.keep(read->first);
    unit = batch.bytes.keep(read->second);
    findings.add(Code::value_split, batch, row, count.first, shape_.columns[count.first], found,
                 batch.bytes.keep(read->first + "、" + read->second));
}

}  // namespace kokai
