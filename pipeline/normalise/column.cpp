// SPDX-License-Identifier: Apache-2.0
// Most cells end at is_clean; everything below change() may be slow.
#include "normalise/column.hpp"

#include "normalise/reading.hpp"
#include "normalise/units.hpp"
#include "support/formula_sign.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <utility>

namespace kokai {

namespace {

bool is_numeric(Kind kind) {
    return kind == Kind::integer || kind == Kind::number || kind == Kind::percent;
}

ListOf list_of(const Field& field) {
    if (field.english == "industryClass") {
        return ListOf::industries;
    }
    const bool keywords = field.english == "keywords" || field.english == "tags" || field.english == "datasetKeywords";
    return keywords ? ListOf::keywords : ListOf::words;
}

}  // namespace

Kind kind_of_header(std::string_view header) {
    const std::string folded = plain(header);
    std::string_view name = folded;
    if (name.ends_with(')')) {  // 開設年月日（西暦）
        name = name.substr(0, name.find('('));
    }
    while (drop_suffix(name, " ")) {
    }
    return name.ends_with("年月日") || name.ends_with("更新日") ? Kind::date : Kind::text;
}

NormaliseColumn::NormaliseColumn(std::string column, const Field& field, Severity worst)
    : column_(std::move(column)), unit_(is_numeric(field.kind) ? plain(field.unit) : std::string()), worst_(worst),
      separator_(field.kind == Kind::text && field.allowed.empty() ? field.separator : std::string()),
      list_of_(list_of(field)), rules_(&rules_for(field.kind)) {
    if (field.kind == Kind::percent && unit_.empty()) {
        unit_ = "%";
    }
}

Shape NormaliseColumn::bind(const Shape& in) {
    index_ = in.find(column_);
    info_ = index_ == Shape::npos ? nullptr : &in.columns[index_];
    return in;
}

void NormaliseColumn::run(Batch& batch, Findings& findings) const {
    if (index_ >= batch.columns.size()) {
        return;
    }
    Column& column = batch.columns[index_];
    column.odd.clear();
    for (std::size_t row = 0; !separator_.empty() && row < column.cells.size(); ++row) {
        if (may_hold_several(column.cells[row])) {
            divide(batch, row, findings);
        }
    }
    for (std::size_t row = 0; row < column.cells.size(); ++row) {
        const Cell cell = column.cells[row];
        if (cell.empty()) {
            continue;
        }
        if (!rules_->is_clean(cell)) {
            column.odd.push_back(static_cast<std::uint32_t>(row));
            change(batch, row, findings);
        } else if (may_begin_formula(cell)) {
            column.odd.push_back(static_cast<std::uint32_t>(row));
        }
    }
    column.looked_over = rules_->clean_is_plain;
}

void NormaliseColumn::divide(Batch& batch, std::size_t row, Findings& findings) const {
    Cell& cell = batch.columns[index_].cells[row];
    const Cell found = cell;
    const bool reported = row >= batch.states.size() || batch.states[row] != RowState::filtered;
    const auto say = [&](Code code, Cell repaired) {
        if (reported) {
            findings.add(code, std::min(info(code).severity, worst_), batch, row, index_, *info_, found, repaired);
        }
    };
    if (const auto values = divided(found, separator_, list_of_)) {
        cell = batch.bytes.keep(*values);
        say(Code::list_separated, cell);
    } else if (may_be_list(found, list_of_)) {
        say(Code::list_unsure, {});
    }
}

Normalised NormaliseColumn::read(std::string_view cell) const {
    // Only spaces around a value that is right as it stands: they go, and it keeps its form.
    if (const std::string_view inner = trimmed(cell);
        inner.size() != cell.size() && !inner.empty() && rules_->is_clean(inner)) {
        return {std::string(inner), {}};
    }
    Normalised result = rules_->read(cell);
    const auto has_other_unit = [&](const Normalised& one) {
        return std::any_of(one.flags.begin(), one.flags.end(), [&](std::string_view flag) {
            return drop_prefix(flag, "unit:") && !same_unit(flag, unit_);
        });
    };
    if (unit_.empty() || (!result.failed() && !has_other_unit(result))) {
        return result;
    }
    // 1,234千円 in a column of 千円 is 1234: the column's own unit goes before its 千 multiplies.
    const std::string text = plain(cell);
    std::string_view number = text;
    if (drop_suffix(number, unit_)) {
        Normalised without = rules_->read(number);
        if (!without.value.empty() && !without.failed() && !has_other_unit(without)) {
            without.flags.push_back("unit:" + unit_);
            return without;
        }
    }
    return result;
}

void NormaliseColumn::change(Batch& batch, std::size_t row, Findings& findings) const {
    Cell& cell = batch.columns[index_].cells[row];
    const Cell found = cell;
    const Normalised result = read(found);
    const bool reported = row >= batch.states.size() || batch.states[row] != RowState::filtered;
    const auto say = [&](Code code, Cell repaired, Cell expected = {}) {
        if (reported) {
            findings.add(code, std::min(info(code).severity, worst_), batch, row, index_, *info_, found, repaired,
                         expected);
        }
    };
    if (result.has("empty")) {
        cell = {};
        say(Code::empty_marker, {});
        return;
    }
    for (const std::string& flag : result.flags) {
        std::string_view unit = flag;
        if (!unit_.empty() && drop_prefix(unit, "unit:") && !same_unit(unit, unit_)) {
            say(Code::unit_differs, {}, batch.bytes.keep(unit_));
            return;
        }
        const bool no_value = flag.rfind("error:", 0) == 0 || flag == "not-a-number";
        if (const Code* code = no_value ? code_of(*rules_, flag) : nullptr) {
            say(*code, {}, rules_->expected);
            return;
        }
    }
    if (result.value != found) {
        cell = batch.bytes.keep(result.value);
    }
    bool said = false;
    for (const std::string& flag : result.flags) {
        if (const Code* code = code_of(*rules_, flag)) {
            say(*code, cell);
            said = true;
        }
    }
    if (!said && result.value != found) {
        say(rules_->rewritten, cell);
    }
}

}  // namespace kokai
