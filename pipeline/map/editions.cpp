// SPDX-License-Identifier: Apache-2.0
// Columns are found by the names and other names of the edition they are from. Cells are still as the department typed
// them: what is made here goes through the same normalisers afterwards.
#include "map/editions.hpp"

#include "normalise/text.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace kokai {
namespace {

constexpr std::size_t npos = Shape::npos;

constexpr std::string_view name_of_publisher = "地方公共団体名";
constexpr std::string_view prefecture_of_publisher = "都道府県名";
constexpr std::string_view city_of_publisher = "市区町村名";
constexpr std::string_view barrier_free_text = "バリアフリー情報";

std::set<std::string> names_of(const Schema& schema) {
    std::set<std::string> names;
    for (const Field& field : schema.fields) {
        names.insert(fold_key(field.name));
    }
    return names;
}

/// The field that holds the whole address, by its name for programs.
const Field* address_field(const Schema& schema) {
    for (const Field& field : schema.fields) {
        if (field.english == "fullAddress" || field.english == "address" || field.english == "facilityAddress") {
            return &field;
        }
    }
    return nullptr;
}

const Field* field_of_english(const Schema& schema, std::string_view english) {
    const auto found = std::find_if(schema.fields.begin(), schema.fields.end(),
                                    [&](const Field& field) { return field.english == english; });
    return found == schema.fields.end() ? nullptr : &*found;
}

}  // namespace

std::string other_edition(std::string_view schema_id) {
    if (schema_id.starts_with("v1/")) {
        return "v2" + std::string(schema_id.substr(2));
    }
    return schema_id.starts_with("v2/") ? "v1" + std::string(schema_id.substr(2)) : std::string();
}

bool is_of_edition(const Shape& shape, const Schema& other, const Schema& schema) {
    constexpr std::size_t fewest = 2;
    const std::set<std::string> others = names_of(other);
    const std::set<std::string> own = names_of(schema);
    std::set<std::string> headers;
    for (const ColumnInfo& column : shape.columns) {
        headers.insert(fold_key(column.name));
    }
    struct Met {
        std::size_t met = 0, all = 0;
        [[nodiscard]] double share() const {
            return all == 0 ? 0.0 : static_cast<double>(met) / static_cast<double>(all);
        }
    };
    // Of the names that one edition alone has. Shares, because a file may carry the rest of the other edition behind.
    const auto met = [&](const std::set<std::string>& names, const std::set<std::string>& but) {
        Met count;
        for (const std::string& name : names) {
            if (but.count(name) == 0) {
                ++count.all;
                count.met += headers.count(name);
            }
        }
        return count;
    };
    const Met of_other = met(others, own);
    return of_other.met >= fewest && of_other.share() > met(own, others).share();
}

ChangeEdition::ChangeEdition(const Schema& from, const Schema& to, const TableSpec& table)
    : from_(from), to_(to), table_(table) {}

/// By the field's name, else by another name of it that no other field of the edition has.
std::size_t ChangeEdition::column(std::string_view name) const {
    const auto find = [&](std::string_view wanted) {
        const std::string key = fold_key(wanted);
        const auto found = std::find_if(in_.columns.begin(), in_.columns.end(),
                                        [&](const ColumnInfo& one) { return fold_key(one.name) == key; });
        return found == in_.columns.end() ? npos : static_cast<std::size_t>(found - in_.columns.begin());
    };
    std::size_t at = find(name);
    const Field* field = from_.find(name);
    for (std::size_t i = 0; at == npos && field != nullptr && i < field->aliases.size(); ++i) {
        at = find(field->aliases[i]);
    }
    return at;
}

std::size_t ChangeEdition::column_of_english(std::string_view english) const {
    const Field* field = field_of_english(from_, english);
    return field == nullptr ? npos : column(field->name);
}

/// False when nobody wants what the step would make.
bool ChangeEdition::add(What what, std::vector<std::size_t> from, const Texts& to) {
    Step step{what, std::move(from), {}, to};
    bool wanted = false;
    for (const std::string& name : to) {
        const bool mapped = std::any_of(table_.columns.begin(), table_.columns.end(),
                                        [&](const ColumnSpec& spec) { return spec.field == name; });
        const bool there = std::any_of(in_.columns.begin(), in_.columns.end(),
                                       [&](const ColumnInfo& one) { return fold_key(one.name) == fold_key(name); });
        if (to_.find(name) == nullptr || mapped || there || makes(name)) {
            step.to.push_back(npos);
            continue;
        }
        ColumnInfo info;
        info.name = name;
        for (const std::size_t source : step.from) {
            const bool only_first = what == What::cut_address && step.from.front() != npos;  // the parts say it again
            if (source != npos && (!only_first || source == step.from.front())) {
                info.from.insert(info.from.end(), in_.columns[source].from.begin(), in_.columns[source].from.end());
            }
        }
        step.to.push_back(made_.size());
        made_.push_back(std::move(info));
        wanted = true;
    }
    if (wanted) {
        steps_.push_back(std::move(step));
    }
    return wanted;
}

void ChangeEdition::use_up(std::size_t column) {
    const std::string& name = in_.columns[column].name;
    const bool mapped = std::any_of(table_.columns.begin(), table_.columns.end(), [&](const ColumnSpec& spec) {
        return std::find(spec.from.begin(), spec.from.end(), name) != spec.from.end();
    });
    used_up_[column] = used_up_[column] || !mapped;
}

bool ChangeEdition::makes(std::string_view field) const {
    return std::any_of(made_.begin(), made_.end(), [&](const ColumnInfo& one) { return one.name == field; });
}

bool ChangeEdition::uses_up(std::string_view header) const {
    for (std::size_t i = 0; i < in_.columns.size(); ++i) {
        if (used_up_[i] && in_.columns[i].name == header) {
            return true;
        }
    }
    return false;
}

void ChangeEdition::tell_lost(const std::vector<std::string>& headers) {
    for (const std::string& header : headers) {
        if (const std::size_t at = in_.find(header); at != npos) {
            lost_.push_back({at, where_else(at)});
        }
    }
}

Shape ChangeEdition::bind(const Shape& in) {
    in_ = in;
    steps_.clear();
    made_.clear();
    lost_.clear();
    used_up_.assign(in.columns.size(), false);
    plan();
    Shape out;
    out.has_geometry = in.has_geometry;
    for (std::size_t i = 0; i < in_.columns.size(); ++i) {
        if (!used_up_[i]) {
            out.columns.push_back(in_.columns[i]);
        }
    }
    out.columns.insert(out.columns.end(), made_.begin(), made_.end());
    return out;
}

void ChangeEdition::plan() {
    const bool to_v2 = to_.find(name_of_publisher) != nullptr && from_.find(prefecture_of_publisher) != nullptr;
    const bool to_v1 = to_.find(prefecture_of_publisher) != nullptr && from_.find(name_of_publisher) != nullptr;
    code_ = column_of_english("localGovernmentCode");
    prefecture_ = to_v2 ? column(prefecture_of_publisher) : npos;
    city_ = to_v2 ? column(city_of_publisher) : npos;
    const std::size_t publisher = to_v1 ? column(name_of_publisher) : npos;
    if ((prefecture_ != npos || city_ != npos) &&
        add(What::join_name, {prefecture_, city_}, {std::string(name_of_publisher)})) {
        for (const std::size_t column : {prefecture_, city_}) {
            if (column != npos) {
                use_up(column);
            }
        }
    }
    if (publisher != npos && add(What::part_name, {publisher, code_},
                                 {std::string(prefecture_of_publisher), std::string(city_of_publisher)})) {
        use_up(publisher);
    }
    // Shelters of v1 have one code, those of v2 two: the publisher's and the place's.
    const Field* code = field_of_english(to_, "localGovernmentCode");
    if (code != nullptr && column(code->name) == npos) {
        const std::size_t only = column("市区町村コード");
        if (only != npos && to_.find("市区町村コード") != nullptr) {
            add(What::copy, {only}, {code->name});
            code_ = only;
        }
    }
    if (to_v1 || to_v2) {
        plan_addresses(to_v2);
    }
    plan_barrier_free();
    plan_barrier_free_text();
}

void ChangeEdition::plan_addresses(bool to_v2) {
    const Field* whole = address_field(to_);
    const Field* given = address_field(from_);
    if (whole == nullptr || given == nullptr) {
        return;
    }
    address_ = column(given->name);
    std::size_t building = column_of_english("buildingNameEtc");
    building = building == npos ? column_of_english("facilityBuildingNameEtc") : building;
    if (to_v2 && address_ != npos) {
        Texts parts;
        for (const std::string_view english : parts_in_english) {
            const Field* field = field_of_english(to_, english);
            parts.push_back(field == nullptr ? std::string() : field->name);
        }
        add(What::part_address, {address_}, parts);
        if (building != npos && add(What::join_address, {address_, building}, {whole->name})) {
            use_up(address_);
        }
    } else if (!to_v2) {
        std::vector<std::size_t> from{address_, building};
        bool any = address_ != npos;
        for (const std::string_view english : parts_in_english) {
            const std::size_t part = english == parts_in_english.front() ? npos : column_of_english(english);
            any = any || part != npos;
            from.push_back(part);
        }
        writes_address_ = any && add(What::cut_address, from, {whole->name});
        if (writes_address_ && address_ != npos) {
            use_up(address_);
        }
    }
}

void ChangeEdition::plan_barrier_free() {
    const std::size_t text = column(barrier_free_text);
    if (text == npos || to_.find(barrier_free_text) != nullptr) {
        return;
    }
    std::vector<const Field*> flags;
    Texts names;
    for (const Field& field : to_.fields) {
        if (field.kind == Kind::flag_word && from_.find(field.name) == nullptr) {
            flags.push_back(&field);
            names.push_back(field.name);
        }
    }
    if (!flags.empty() && add(What::flags, {text}, names)) {
        words_.emplace(flags);
        use_up(text);
    }
}

void ChangeEdition::plan_barrier_free_text() {
    if (to_.find(barrier_free_text) == nullptr || from_.find(barrier_free_text) != nullptr) {
        return;
    }
    std::vector<std::size_t> flags;
    for (const Field& field : from_.fields) {
        const std::size_t at =
            field.kind == Kind::flag_word && to_.find(field.name) == nullptr ? column(field.name) : npos;
        if (at != npos) {
            flags.push_back(at);
        }
    }
    writes_words_ = !flags.empty() && add(What::words, flags, {std::string(barrier_free_text)});
}

}  // namespace kokai
