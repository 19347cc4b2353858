// SPDX-License-Identifier: Apache-2.0
#include "validate/private/gate.hpp"

#include "support/text.hpp"
#include "validate/private/mask.hpp"

#include <algorithm>
#include <tuple>

namespace kokai {
namespace {

Code code_of(PrivateKind kind) {
    switch (kind) {
    case PrivateKind::my_number:
        return Code::my_number;
    case PrivateKind::bank_account:
        return Code::bank_account;
    case PrivateKind::mobile:
        return Code::private_mobile;
    case PrivateKind::mail:
        return Code::private_mail;
    case PrivateKind::birth_date:
        break;
    }
    return Code::birth_date;
}

bool is_private(Code code) {
    return code == Code::my_number || code == Code::bank_account || code == Code::private_mobile ||
           code == Code::private_mail || code == Code::birth_date || code == Code::private_person;
}

/// A number of the kind stops the dataset wherever it stands; the others ask, and only where they would be published.
bool stops(PrivateKind kind) {
    return kind == PrivateKind::my_number || kind == PrivateKind::bank_account;
}

constexpr std::size_t most_left_out = 20'000;

ColumnInfo masked_column(const ColumnInfo& column) {
    ColumnInfo masked = column;
    masked.name = mask_text(column.name);
    for (SourceColumn& from : masked.from) {
        from.header = mask_text(from.header);
    }
    return masked;
}

bool headers_differ(const ColumnInfo& one, const ColumnInfo& other) {
    return !std::equal(one.from.begin(), one.from.end(), other.from.begin(), other.from.end(),
                       [](const SourceColumn& a, const SourceColumn& b) { return a.header == b.header; });
}

}  // namespace

bool PrivacyGate::LeftOutHit::operator<(const LeftOutHit& other) const {
    const auto key = [](const LeftOutHit& one) {
        return std::tuple(one.place.source, one.place.sheet, one.place.row, one.place.column, one.place.comment,
                          one.kind, std::string_view(one.masked));
    };
    return key(*this) < key(other);
}

// --- the two halves ---

class PrivacyGate::Scan : public Transform {
public:
    explicit Scan(PrivacyGate& gate) : gate_(gate) {}
    Shape bind(const Shape& in) override {
        gate_.bind_source(in);
        // Without a header row the first row became the names; they are published, too.
        Shape out = in;
        for (std::size_t i = 0; i < out.columns.size(); ++i) {
            if (!may_be_private(out.columns[i].name)) {
                continue;
            }
            ColumnInfo masked = masked_column(out.columns[i]);
            const std::string name = masked.name;
            for (int again = 2; out.find(masked.name) != Shape::npos && out.find(masked.name) != i; ++again) {
                masked.name = name + "_" + std::to_string(again);
            }
            out.columns[i] = std::move(masked);
        }
        return out;
    }
    void run(Batch& batch, Findings& findings) const override {
        gate_.look_at_person_columns(batch);
        Looked looked = gate_.look(batch, findings);
        if (!looked.hits.empty() || !looked.numbers.empty()) {
            const std::lock_guard lock(gate_.mutex_);
            gate_.looked_[batch.sequence] = std::move(looked);
        }
    }

private:
    PrivacyGate& gate_;
};

class PrivacyGate::Tell : public Check {
public:
    explicit Tell(PrivacyGate& gate) : gate_(gate) {}
    void bind(const Shape& shape) override { gate_.bind_published(shape); }
    void admit(Batch& batch, Findings& findings) override {
        Looked looked;
        {
            const std::lock_guard lock(gate_.mutex_);
            const auto found = gate_.looked_.find(batch.sequence);
            if (found == gate_.looked_.end()) {
                return;
            }
            looked = std::move(found->second);
            gate_.looked_.erase(found);
        }
        gate_.tell_batch(batch, looked, findings);
    }
    void end(Findings& findings) override {
        gate_.tell_person_columns(findings);
        gate_.tell_left_out(findings);
    }

private:
    PrivacyGate& gate_;
};

class PrivacyGate::TellSource : public Check {
public:
    explicit TellSource(PrivacyGate& gate) : gate_(gate) {}
    void bind(const Shape& shape) override {
        gate_.bind_source(shape);
        gate_.bind_published({});
    }
    void admit(Batch& batch, Findings& findings) override {
        gate_.look_at_person_columns(batch);
        gate_.tell_batch(batch, gate_.look(batch, findings), findings);
    }
    void end(Findings& findings) override {
        gate_.tell_person_columns(findings);
        gate_.tell_left_out(findings);
    }

private:
    PrivacyGate& gate_;
};

std::unique_ptr<Transform> PrivacyGate::scan() {
    return std::make_unique<Scan>(*this);
}

std::unique_ptr<Check> PrivacyGate::tell() {
    return std::make_unique<Tell>(*this);
}

std::unique_ptr<Check> PrivacyGate::tell_source() {
    return std::make_unique<TellSource>(*this);
}

// --- finding ---

void PrivacyGate::bind_source(const Shape& shape) {
    shape_ = shape;
    senses_.clear();
    births_.clear();
    texts_.clear();
    has_person_column_ = false;
    for (const ColumnInfo& column : shape_.columns) {
        senses_.push_back(sense_of(column));
    }
    look_beside(shape_, senses_);
    for (std::size_t i = 0; i < senses_.size(); ++i) {
        if (senses_[i].birth) {
            births_.push_back(i);
        } else {
            texts_.push_back(i);
        }
        has_person_column_ = has_person_column_ || senses_[i].person;
    }
    so_far_.assign(senses_.size(), {});
    persons_ = person_columns(shape_);
}

/// Findings name the published column where there is one, and take it for what the schema says it is.
void PrivacyGate::bind_published(const Shape& shape) {
    shown_.clear();
    for (std::size_t i = 0; i < shape_.columns.size(); ++i) {
        const ColumnInfo& column = shape_.columns[i];
        const ColumnInfo* shown = &column;
        for (const ColumnInfo& published : shape.columns) {
            const bool from_it =
                std::any_of(published.from.begin(), published.from.end(), [&](const SourceColumn& one) {
                    return !column.from.empty() && one.source == column.from.front().source &&
                           one.number == column.from.front().number;
                });
            if (from_it && (shown == &column || published.from.size() == 1)) {
                shown = &published;
            }
        }
        if (shown != &column && shown->field != nullptr) {
            const bool was = senses_[i].identifier;
            ColumnSense sense = sense_of(*shown);
            sense.account = sense.account || senses_[i].account;
            sense.identifier = (sense.identifier || was) && !sense.account && !sense.phone && !sense.my_number;
            senses_[i] = sense;
        }
        shown_.push_back(shown);
    }
}

PrivacyGate::Looked PrivacyGate::look(const Batch& batch, const Findings& findings) const {
    Looked looked;
    PlainText text;
    PrivateFound found;
    const auto take = [&](std::string_view cell, std::size_t row, std::size_t column) {
        found.spans.clear();
        found.alone = {};
        found.inside = {};
        find_private(cell, senses_[column], text, found);
        if (found.alone.twelve + found.alone.others + found.inside.twelve != 0) {
            looked.numbers.resize(senses_.size());
            looked.numbers[column].alone.add(found.alone);
            looked.numbers[column].inside.add(found.inside);
        }
        for (const PrivateSpan& span : found.spans) {
            if (span.kind == PrivateKind::birth_date && senses_[column].birth) {
                continue;  // look_at_births tells
            }
            looked.hits.push_back({span.kind, span.sure, span.alone, static_cast<std::uint32_t>(row),
                                   static_cast<std::uint32_t>(column),
                                   mask_private(span.kind, cell.substr(span.begin, span.end - span.begin))});
        }
    };
    // Some rows at a time: their bytes lie together, and what one column brought into the cache serves the next.
    constexpr std::size_t together = 64;
    const std::size_t columns = std::min(senses_.size(), batch.columns.size());
    std::vector<std::uint64_t> long_numbers(columns);
    for (std::size_t begin = 0; begin < batch.size(); begin += together) {
        for (std::size_t column = 0; column < columns; ++column) {
            const std::vector<Cell>& cells = batch.columns[column].cells;
            const ColumnSense sense = senses_[column];
            const std::size_t end = std::min(cells.size(), begin + together);
            for (std::size_t row = begin; row < end; ++row) {
                const Glance seen = glance(cells[row], sense);
                if (seen == Glance::look) {
                    take(cells[row], row, column);
                } else if (seen == Glance::long_number) {
                    ++long_numbers[column];
                }
            }
        }
    }
    for (std::size_t column = 0; column < columns; ++column) {
        if (long_numbers[column] != 0) {
            looked.numbers.resize(senses_.size());
            looked.numbers[column].alone.others += long_numbers[column];
        }
        for (const std::vector<Cell>* beside : {&batch.columns[column].links, &batch.columns[column].readings}) {
            for (std::size_t row = 0; row < beside->size(); ++row) {
                if (may_be_private((*beside)[row])) {
                    take((*beside)[row], row, column);
                }
            }
        }
    }
    look_at_births(batch, looked);
    for (const Finding& finding : findings.list()) {
        // What is struck out within a cell is left out, but the workbook holds it.
        if (finding.code == Code::struck_text && finding.where.field != nullptr &&
            finding.batch_row != Finding::no_row && may_be_private(finding.found)) {
            const auto column = std::find_if(shape_.columns.begin(), shape_.columns.end(), [&](const ColumnInfo& one) {
                return one.name == finding.where.field->name;
            });
            if (column != shape_.columns.end()) {
                const std::size_t before = looked.hits.size();
                take(finding.found, finding.batch_row, static_cast<std::size_t>(column - shape_.columns.begin()));
                for (std::size_t i = before; i < looked.hits.size(); ++i) {
                    looked.hits[i].left_out = true;
                }
            }
        }
    }
    std::stable_sort(looked.hits.begin(), looked.hits.end(), [](const Hit& a, const Hit& b) {
        return std::tuple(a.row, a.column) < std::tuple(b.row, b.column);
    });
    return looked;
}

/// A column of birth dates is one of persons only where a column of names stands beside it.
void PrivacyGate::look_at_births(const Batch& batch, Looked& looked) const {
    if (births_.empty() || batch.size() == 0) {
        return;
    }
    bool persons = has_person_column_;
    for (std::size_t i = 0; i < texts_.size() && !persons; ++i) {
        std::size_t filled = 0;
        std::size_t names = 0;
        for (const Cell cell : batch.columns[texts_[i]].cells) {
            if (!cell.empty()) {
                ++filled;
                names += cell.size() <= 40 && is_person_name(cell) ? 1U : 0U;
            }
        }
        persons = names > 0 && names * 10 >= filled * 3;
    }
    for (std::size_t i = 0; i < births_.size() && persons; ++i) {
        const std::vector<Cell>& cells = batch.columns[births_[i]].cells;
        for (std::size_t row = 0; row < cells.size(); ++row) {
            const bool in_parts =
                senses_[births_[i]].birth_year && cells[row].find_first_of("0123456789") != Cell::npos;
            if (!cells[row].empty() && cells[row].size() < 100 && (in_parts || is_written_date(cells[row]))) {
                looked.hits.push_back({PrivateKind::birth_date, true, true, static_cast<std::uint32_t>(row),
                                       static_cast<std::uint32_t>(births_[i]),
                                       mask_private(PrivateKind::birth_date, cells[row])});
            }
        }
    }
}

/// A column that is empty throughout says nothing of anybody.
void PrivacyGate::look_at_person_columns(const Batch& batch) {
    for (const PersonColumn& one : persons_) {
        const std::vector<Cell>& cells = batch.columns[one.column].cells;
        if (std::ranges::any_of(cells, tells_of_person)) {
            const std::lock_guard lock(mutex_);
            filled_persons_.insert(one.column);
        }
    }
}

// --- telling ---

void PrivacyGate::tell_person_columns(Findings& findings) const {
    for (const PersonColumn& one : persons_) {
        if (filled_persons_.count(one.column) == 0) {
            continue;
        }
        const ColumnInfo& source = shape_.columns[one.column];
        Place where{0, 0, 0, 0, shown_[one.column]};
        if (!source.from.empty()) {
            where.column = source.from.front().number;
            where.source = source.from.front().source;
        }
        findings.add(Code::private_person, where, source.name, one.what);
    }
}

void PrivacyGate::tell_batch(const Batch& batch, const Looked& looked, Findings& findings) {
    std::vector<bool> alone(senses_.size());
    std::vector<bool> inside(senses_.size());
    for (std::size_t column = 0; column < looked.numbers.size(); ++column) {
        // By the batch, or by all rows so far: a few rows at the end are judged by those before them.
        const auto judge = [&](TwelveDigits& so_far, const TwelveDigits& now) {
            so_far.add(now);
            const bool many = now.twelve >= 20;
            return stands_out(many ? now : so_far, senses_[column]);
        };
        alone[column] = judge(so_far_[column].alone, looked.numbers[column].alone);
        inside[column] = judge(so_far_[column].inside, looked.numbers[column].inside);
    }
    for (const Hit& hit : looked.hits) {
        if (!hit.sure && !(hit.alone ? alone : inside)[hit.column]) {
            continue;
        }
        const ColumnInfo& source = shape_.columns[hit.column];
        Place where = batch.place(hit.row, hit.column, source);
        if (where.column == 0 && !source.from.empty()) {
            const auto own = std::find_if(source.from.begin(), source.from.end(),
                                          [&](const SourceColumn& one) { return one.source == where.source; });
            where.column = (own == source.from.end() ? source.from.front() : *own).number;
        }
        where.field = shown_[hit.column];
        const RowState state = batch.states.empty() ? RowState::kept : batch.states[hit.row];
        const bool published = !hit.left_out && (state == RowState::kept || state == RowState::withheld);
        findings.add(code_of(hit.kind), where, hit.masked, {},
                     published || stops(hit.kind) ? Severity::error : Severity::warning);
        findings.list().back().batch_row = published ? hit.row : Finding::no_row;
        told_.emplace(where.source, where.column);
    }
}

void PrivacyGate::see(const LeftOutPlace& place, std::string_view text) {
    const std::lock_guard lock(mutex_);
    LeftOutColumn& column =
        left_out_columns_[{(static_cast<std::uint32_t>(place.source) << 16U) | place.sheet, place.column}];
    const bool can_be = may_be_private(text);
    const bool plain = std::none_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    constexpr unsigned most_headers = 100;  // a header stands near the top; below it are texts
    if (!can_be && plain && text.size() <= 60 && !place.comment && column.texts++ < most_headers) {
        const ColumnSense sense = sense_of_header(text);
        if (sense.my_number || sense.account || sense.phone || sense.identifier || sense.birth) {
            column.sense = sense;
            return;
        }
    }
    if (!can_be && (place.comment || !column.sense.wants_all())) {
        return;
    }
    const ColumnSense sense = place.comment ? ColumnSense{} : column.sense;
    PrivateFound found;
    find_private(text, sense, buffer_, found);
    if (sense.birth && is_written_date(text)) {
        found.spans.push_back({PrivateKind::birth_date, 0, static_cast<std::uint32_t>(text.size()), true, true});
    }
    column.numbers.alone.add(found.alone);
    column.numbers.inside.add(found.inside);
    for (const PrivateSpan& span : found.spans) {
        if (left_out_.size() < most_left_out) {
            left_out_.insert({place, span.kind, span.sure, span.alone,
                              mask_private(span.kind, text.substr(span.begin, span.end - span.begin))});
        }
    }
}

void PrivacyGate::tell_left_out(Findings& findings) {
    for (const LeftOutHit& hit : left_out_) {
        const LeftOutPlace& place = hit.place;
        const LeftOutColumn& column =
            left_out_columns_[{(static_cast<std::uint32_t>(place.source) << 16U) | place.sheet, place.column}];
        if (!hit.sure && !stands_out(hit.alone ? column.numbers.alone : column.numbers.inside, column.sense)) {
            continue;
        }
        findings.add(code_of(hit.kind), {place.row, place.column, place.sheet, place.source, nullptr}, hit.masked, {},
                     stops(hit.kind) ? Severity::error : Severity::warning);
    }
}

// --- masking ---

const PrivacyGate::KnownColumn* PrivacyGate::known(const ColumnInfo* column) {
    if (column == nullptr) {
        return nullptr;
    }
    const std::lock_guard lock(mutex_);
    const auto [known, is_new] = known_.try_emplace(column);
    if (is_new) {
        known->second.sense = sense_of(*column);
        ColumnInfo masked = masked_column(*column);
        if (masked.name != column->name || headers_differ(masked, *column)) {
            known->second.masked = std::make_unique<ColumnInfo>(std::move(masked));
        }
    }
    return &known->second;
}

void PrivacyGate::conceal(Findings& findings) {
    const ColumnInfo* last = nullptr;
    const KnownColumn* column = nullptr;
    for (Finding& finding : findings.list()) {
        if (finding.where.field != last) {
            last = finding.where.field;
            column = known(last);
        }
        if (column != nullptr && column->masked) {
            finding.where.field = column->masked.get();
            last = nullptr;
        }
        const ColumnSense sense = column != nullptr ? column->sense : ColumnSense{};
        const bool any =
            may_be_private(finding.found) || may_be_private(finding.repaired) || may_be_private(finding.expected);
        if (is_private(finding.code) || (!any && !sense.wants_all() && !sense.my_number)) {
            continue;
        }
        for (Cell* text : {&finding.found, &finding.repaired, &finding.expected}) {
            if (const std::string masked = mask_text(*text, sense); masked != *text) {
                *text = findings.keep(masked);
            }
        }
    }
}

bool PrivacyGate::told(const ColumnInfo& column) const {
    return std::any_of(column.from.begin(), column.from.end(), [&](const SourceColumn& one) {
        return told_.count({one.source, one.number}) != 0;
    });
}

}  // namespace kokai
