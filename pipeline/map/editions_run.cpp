// SPDX-License-Identifier: Apache-2.0
// What editions.cpp has planned, done to the rows of a batch, and what cannot be carried told cell by cell.
#include "map/edition_address.hpp"
#include "map/editions.hpp"
#include "model/prefecture.hpp"
#include "normalise/municipality.hpp"
#include "normalise/text.hpp"

#include <fmt/format.h>

#include <array>
#include <iterator>
#include <utility>

namespace kokai {
namespace {

constexpr std::size_t npos = Shape::npos;

Cell cell_at(const Batch& batch, std::size_t column, std::size_t row) {
    return column == npos ? Cell{} : trimmed(batch.columns[column].cells[row]);
}

/// As it stands: what is only handed on is for the normalisers to tidy and to tell.
Cell raw_at(const Batch& batch, std::size_t column, std::size_t row) {
    return column == npos ? Cell{} : batch.columns[column].cells[row];
}

}  // namespace

void ChangeEdition::run(Batch& batch, Findings& findings) const {
    std::vector<Column> made(made_.size());
    for (Column& column : made) {
        column.cells.resize(batch.size());
    }
    for (const Step& step : steps_) {
        switch (step.what) {
        case What::join_name:
            join_name(step, batch, made);
            break;
        case What::part_name:
            part_name(step, batch, made, findings);
            break;
        case What::join_address:
            join_address(step, batch, made, findings);
            break;
        case What::part_address:
            part_address(step, batch, made, findings);
            break;
        case What::cut_address:
            cut_address(step, batch, made, findings);
            break;
        case What::copy:
            made[step.to.front()].cells = batch.columns[step.from.front()].cells;
            break;
        case What::flags:
            read_flags(step, batch, made, findings);
            break;
        case What::words:
            write_words(step, batch, made);
            break;
        }
    }
    tell(batch, findings);
    std::vector<Column> columns;
    for (std::size_t i = 0; i < batch.columns.size() && i < used_up_.size(); ++i) {
        if (!used_up_[i]) {
            columns.push_back(std::move(batch.columns[i]));
        }
    }
    std::move(made.begin(), made.end(), std::back_inserter(columns));
    batch.columns = std::move(columns);
}

void ChangeEdition::join_name(const Step& step, Batch& batch, std::vector<Column>& made) const {
    std::vector<Cell>& cells = made[step.to.front()].cells;
    std::string text;
    for (std::size_t row = 0; row < batch.size(); ++row) {
        const Cell prefecture = cell_at(batch, prefecture_, row);
        const Cell city = cell_at(batch, city_, row);
        if (prefecture.empty() || city.empty() || city.starts_with(prefecture)) {
            cells[row] = raw_at(batch, city.empty() ? prefecture_ : city_, row);
            continue;
        }
        text = prefecture;
        text += city;
        cells[row] = row > 0 && cells[row - 1] == text ? cells[row - 1] : batch.bytes.keep(text);
    }
}

void ChangeEdition::part_name(const Step& step, Batch& batch, std::vector<Column>& made, Findings& findings) const {
    const std::size_t source = step.from.front();
    for (std::size_t row = 0; row < batch.size(); ++row) {
        const Cell name = cell_at(batch, source, row);
        if (name.empty()) {
            continue;
        }
        std::string_view prefecture = prefecture_name(name);
        Cell city = name;
        if (name.front() < '0' || name.front() > '9') {
            city = name.starts_with(prefecture) ? name.substr(prefecture.size()) : name;
        }
        if (prefecture.empty() || !name.starts_with(prefecture)) {
            prefecture = prefecture_name(cell_at(batch, step.from.back(), row));
            if (!prefecture.empty()) {
                const std::string both = fmt::format("{}・{}", prefecture, city);
                findings.add(Code::value_split, batch, row, source, in_.columns[source], name, batch.bytes.keep(both));
            }
        }
        if (step.to[0] != npos) {
            made[step.to[0]].cells[row] = prefecture;
        }
        if (step.to[1] != npos) {
            made[step.to[1]].cells[row] = city;
        }
    }
}

/// v2: the joined form goes on to the building, after a space.
void ChangeEdition::join_address(const Step& step, Batch& batch, std::vector<Column>& made, Findings& findings) const {
    std::string text;
    for (std::size_t row = 0; row < batch.size(); ++row) {
        const Cell address = cell_at(batch, step.from[0], row);
        const Cell building = cell_at(batch, step.from[1], row);
        Cell& cell = made[step.to.front()].cells[row];
        cell = raw_at(batch, step.from[0], row);
        if (address.empty() || building.empty()) {
            continue;
        }
        if (address.ends_with(building)) {
            findings.add(Code::value_not_carried, batch, row, step.from[1], in_.columns[step.from[1]], building, {},
                         "住所にもある建物名 / the address ends with it already");
            continue;
        }
        text = address;
        text += ' ';
        text += building;
        cell = batch.bytes.keep(text);
    }
}

void ChangeEdition::part_address(const Step& step, Batch& batch, std::vector<Column>& made, Findings& findings) const {
    const std::size_t source = step.from.front();
    for (std::size_t row = 0; row < batch.size(); ++row) {
        const Cell address = cell_at(batch, source, row);
        if (address.empty()) {
            continue;
        }
        std::string_view prefecture = prefecture_name(cell_at(batch, prefecture_, row));
        if (prefecture.empty()) {
            prefecture = prefecture_name(cell_at(batch, code_, row));
        }
        const AddressParts parts = divide_address(address, prefecture, cell_at(batch, city_, row));
        const std::array<const std::string*, 5> values{&parts.lg_code, &parts.prefecture, &parts.city, &parts.town,
                                                       &parts.number};
        std::string told;
        std::string empty;
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (step.to[i] == npos) {
                continue;
            }
            made[step.to[i]].cells[row] = batch.bytes.keep(*values[i]);
            if (!values[i]->empty()) {
                told += (told.empty() ? "" : "・") + *values[i];
            } else if (i + 1 < values.size() || !parts.divided) {
                empty += (empty.empty() ? "" : "・") + step.names[i];
            }
        }
        if (!told.empty()) {
            findings.add(Code::value_split, batch, row, source, in_.columns[source], address, batch.bytes.keep(told));
        }
        if (!empty.empty()) {
            findings.add(Code::address_not_split, batch, row, source, in_.columns[source], address, {},
                         findings.keep(empty));
        }
    }
}

/// v1: 住所 without the building, which has a column of its own; from its parts where the joined form is empty.
void ChangeEdition::cut_address(const Step& step, Batch& batch, std::vector<Column>& made, Findings& findings) const {
    std::string text;
    for (std::size_t row = 0; row < batch.size(); ++row) {
        const Cell whole = cell_at(batch, step.from[0], row);
        const Cell building = cell_at(batch, step.from[1], row);
        Cell& cell = made[step.to.front()].cells[row];
        cell = raw_at(batch, step.from[0], row);
        if (whole.empty()) {
            text.clear();
            for (std::size_t i = 2; i < step.from.size(); ++i) {
                text += cell_at(batch, step.from[i], row);
            }
            cell = batch.bytes.keep(text);
        } else if (!building.empty() && whole.size() > building.size() && whole.ends_with(building)) {
            const Cell rest = whole.substr(0, whole.size() - building.size());
            if (trimmed(rest).size() != rest.size() && !trimmed(rest).empty()) {
                cell = trimmed(rest);
                const std::string told = fmt::format("{}・{}", cell, building);
                findings.add(Code::value_split, batch, row, step.from[0], in_.columns[step.from[0]], whole,
                             batch.bytes.keep(told));
            }
        }
    }
}

void ChangeEdition::read_flags(const Step& step, Batch& batch, std::vector<Column>& made, Findings& findings) const {
    const std::size_t source = step.from.front();
    for (std::size_t row = 0; row < batch.size(); ++row) {
        const Cell text = cell_at(batch, source, row);
        if (text.empty()) {
            continue;
        }
        BarrierFreeWords::Reading reading = words_->read(text);
        std::string told;
        for (const auto& [field, yes] : reading.said) {
            if (step.to[field] == npos) {
                continue;
            }
            made[step.to[field]].cells[row] = yes ? "有" : "無";
            told += fmt::format("{}{}={}", told.empty() ? "" : "・", step.names[field], yes ? "有" : "無");
        }
        if (!told.empty()) {
            findings.add(Code::value_split, batch, row, source, in_.columns[source], text, batch.bytes.keep(told));
        }
        if (!reading.left.empty()) {
            findings.add(Code::value_not_carried, batch, row, source, in_.columns[source],
                         batch.bytes.keep(reading.left), {}, "どの有無の項目か決まらない / no yes/no field says this");
        }
    }
}

void ChangeEdition::write_words(const Step& step, Batch& batch, std::vector<Column>& made) const {
    std::string text;
    for (std::size_t row = 0; row < batch.size(); ++row) {
        text.clear();
        for (const std::size_t column : step.from) {
            if (cell_at(batch, column, row) == "有") {
                text += (text.empty() ? "" : ";") + in_.columns[column].name;
            }
        }
        made[step.to.front()].cells[row] = batch.bytes.keep(text);
    }
}

/// Where else the values of a column may stand.
ChangeEdition::Elsewhere ChangeEdition::where_else(std::size_t column) const {
    for (const std::string_view english : parts_in_english) {
        if (writes_address_ && column == column_of_english(english)) {
            return english == parts_in_english.front() ? Elsewhere::said_by_address : Elsewhere::in_address;
        }
    }
    const std::size_t other = this->column("市区町村コード");
    if (column == code_ && other != npos && other != column) {
        return Elsewhere::other_code;
    }
    const Field* field = from_.find(in_.columns[column].name);
    return writes_words_ && field != nullptr && field->kind == Kind::flag_word ? Elsewhere::in_words
                                                                               : Elsewhere::nowhere;
}

bool ChangeEdition::is_carried(const Batch& batch, std::size_t row, Cell cell, Elsewhere elsewhere) const {
    switch (elsewhere) {
    case Elsewhere::in_address:  // an empty one is made of its parts
        return cell_at(batch, address_, row).empty() ||
               cell_at(batch, address_, row).find(cell) != std::string_view::npos;
    case Elsewhere::said_by_address: {
        std::string address(cell_at(batch, address_, row));
        if (address.empty()) {
            address = cell_at(batch, column_of_english("prefecture"), row);
            address += cell_at(batch, column_of_english("city"), row);
        }
        const auto municipality = municipality_at_start(address);
        return municipality && municipality->lg_code == cell;
    }
    case Elsewhere::other_code:
        return cell_at(batch, column("市区町村コード"), row) == cell;
    case Elsewhere::in_words:
        return cell == "有";
    case Elsewhere::nowhere:
        break;
    }
    return false;
}

void ChangeEdition::tell(Batch& batch, Findings& findings) const {
    for (const auto& [column, elsewhere] : lost_) {
        for (std::size_t row = 0; row < batch.size(); ++row) {
            const Cell cell = cell_at(batch, column, row);
            if (!cell.empty() && !is_carried(batch, row, cell, elsewhere)) {
                findings.add(Code::value_not_carried, batch, row, column, in_.columns[column], cell, {},
                             findings.keep(fmt::format("{} にない項目 / no such field", to_.id)));
            }
        }
    }
}

}  // namespace kokai
