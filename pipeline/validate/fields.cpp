// SPDX-License-Identifier: Apache-2.0
#include "validate/fields.hpp"

#include "support/text.hpp"
#include "validate/nearest_allowed.hpp"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <charconv>
#include <utility>

namespace kokai {
namespace {

/// Whether one value is among the allowed words; with a separator every part must be.
bool is_allowed(const std::unordered_set<std::string_view>& allowed, const std::string& separator,
                std::string_view cell) {
    if (separator.empty()) {
        return allowed.count(cell) != 0;
    }
    while (true) {
        const std::size_t at = cell.find(separator);
        if (allowed.count(trimmed(cell.substr(0, at))) == 0) {
            return false;
        }
        if (at == std::string_view::npos) {
            return true;
        }
        cell.remove_prefix(at + separator.size());
    }
}

/// The words in their order, the nearest one first and named as such: 「洋式（最も近い言葉）・和式」.
std::string proposal(const Field& field, std::string_view cell) {
    std::string_view wrong = cell;
    if (!field.separator.empty()) {  // the first part that is not allowed
        for (std::string_view rest = cell;;) {
            const std::size_t at = rest.find(field.separator);
            wrong = trimmed(rest.substr(0, at));
            if (std::find(field.allowed.begin(), field.allowed.end(), wrong) == field.allowed.end() ||
                at == std::string_view::npos) {
                break;
            }
            rest.remove_prefix(at + field.separator.size());
        }
    }
    const std::string nearest = nearest_allowed(wrong, field.allowed);
    std::string text = nearest.empty() ? "" : nearest + "（最も近い言葉）";
    for (const std::string& word : field.allowed) {
        if (word != nearest) {
            text += (text.empty() ? "" : "・") + word;
        }
    }
    return text;
}

}  // namespace

CheckFields::CheckFields() = default;
CheckFields::~CheckFields() = default;

Shape CheckFields::bind(const Shape& in) {
    shape_ = in;
    for (std::size_t i = 0; i < shape_.columns.size(); ++i) {
        const Field* field = shape_.columns[i].field;
        if (field == nullptr) {
            continue;
        }
        Rule rule;
        rule.column = i;
        rule.place = &shape_.columns[i];
        rule.field = field;
        rule.tells_missing = field->requirement == Requirement::required ||
                             field->requirement == Requirement::likely_required ||
                             field->requirement == Requirement::recommended;
        // 必須◎ error, 必須◎? warning, 推奨○ note; a column whose place in the standard is not sure is never more than
        // a note.
        rule.missing = field->requirement == Requirement::required          ? Severity::error
                       : field->requirement == Requirement::likely_required ? Severity::warning
                                                                            : Severity::note;
        rule.requirement = field->requirement == Requirement::required          ? "必須"
                           : field->requirement == Requirement::likely_required ? "必須と思われる項目"
                                                                                : "推奨";
        if (field->confidence == Confidence::low) {
            rule.missing = Severity::note;
            rule.strict = Severity::note;
            rule.beyond = Severity::warning;
        }
        rule.absent = rule.missing != Severity::error && shape_.columns[i].from.empty() && !shape_.columns[i].made;
        // What is neither 有 nor 無, neither 1 nor empty, flag-unreadable has told already.
        const bool is_flag = field->kind == Kind::flag_word || field->kind == Kind::flag_one;
        if (!is_flag) {
            rule.allowed.insert(field->allowed.begin(), field->allowed.end());
        }
        if (!field->pattern.empty()) {
            rule.pattern = std::make_unique<re2::RE2>(field->pattern, re2::RE2::Quiet);
        }
        rule.has_range = field->minimum || field->maximum;
        if (rule.has_range) {
            rule.range_text = (field->minimum ? fmt::format("{}", *field->minimum) : "") + "〜" +
                              (field->maximum ? fmt::format("{}", *field->maximum) : "");
        }
        if (rule.tells_missing || !rule.allowed.empty() || rule.pattern || rule.has_range) {
            rules_.push_back(std::move(rule));
        }
    }
    return in;
}

void CheckFields::run(Batch& batch, Findings& findings) const {
    for (const Rule& rule : rules_) {
        const std::vector<Cell>& cells = batch.columns[rule.column].cells;
        Proposals proposals;
        const bool looks_at_values = !rule.allowed.empty() || rule.pattern || rule.has_range;
        for (std::size_t row = 0; row < cells.size(); ++row) {
            if (cells[row].empty()) {
                if (rule.tells_missing && !rule.absent) {
                    findings.add(Code::required_missing, rule.missing, batch, row, rule.column, *rule.place, {}, {},
                                 rule.requirement);
                }
            } else if (looks_at_values) {
                check_value(rule, cells[row], batch, row, findings, proposals);
            }
        }
    }
}

void CheckFields::tell_absent(Findings& findings) const {
    for (const Rule& rule : rules_) {
        if (rule.tells_missing && rule.absent) {
            findings.add(Code::required_missing, {0, 0, 0, 0, rule.place}, "", rule.requirement, rule.missing);
        }
    }
}

void CheckFields::check_value(const Rule& rule, Cell cell, const Batch& batch, std::size_t row, Findings& findings,
                              Proposals& proposals) const {
    if (!rule.allowed.empty() && !is_allowed(rule.allowed, rule.field->separator, cell)) {
        const auto [entry, is_new] = proposals.try_emplace(cell);
        if (is_new) {
            entry->second = proposal(*rule.field, cell);
        }
        findings.add(Code::value_not_allowed, rule.strict, batch, row, rule.column, *rule.place, cell, {},
                     findings.keep(entry->second));
        return;
    }
    if (rule.pattern && !re2::RE2::FullMatch(re2::StringPiece(cell.data(), cell.size()), *rule.pattern)) {
        findings.add(Code::pattern_violated, rule.strict, batch, row, rule.column, *rule.place, cell, {},
                     findings.keep(rule.field->example.empty() ? rule.field->pattern : rule.field->example));
        return;
    }
    if (rule.has_range) {
        double value = 0;
        const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
        const bool number = error == std::errc{} && end == cell.data() + cell.size();
        if (number && ((rule.field->minimum && value < *rule.field->minimum) ||
                       (rule.field->maximum && value > *rule.field->maximum))) {
            findings.add(Code::value_out_of_range, rule.beyond, batch, row, rule.column, *rule.place, cell, {},
                         findings.keep(rule.range_text));
        }
    }
}

}  // namespace kokai
