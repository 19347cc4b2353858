// SPDX-License-Identifier: Apache-2.0
// The table: dataset, edition, code, name, looks. An edition with /11 is for files of eleven columns; `looks` is what
// values must be like: `code` = letters and digits, `text` = Japanese text.
#include "read/gis_names.hpp"

#include "support/file.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <set>

namespace kokai {
namespace {

struct Item {
    std::string name, looks;
};
using Edition = std::map<std::string, Item, std::less<>>;  // by code

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// P29 of P29_004.
std::string_view dataset_of(std::string_view name) {
    return name.substr(0, name.find('_'));
}

std::map<std::string, Edition> editions_of(const std::filesystem::path& table, std::string_view dataset) {
    std::map<std::string, Edition> editions;
    const std::string file = read_small_file(table, table.filename().string());
    std::string_view rest = file;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        std::string_view line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (!line.starts_with(dataset) || line.size() <= dataset.size() || line[dataset.size()] != ',') {
            continue;
        }
        std::array<std::string_view, 5> cells;
        for (std::string_view& cell : cells) {
            cell = line.substr(0, line.find(','));
            line.remove_prefix(std::min(cell.size() + 1, line.size()));
        }
        editions[std::string(cells[1])][std::string(cells[2])] = {std::string(cells[3]),
                                                                  std::string(trimmed(cells[4]))};
    }
    return editions;
}

bool looks_like(const std::string& value, const std::string& looks) {
    const bool ascii =
        std::all_of(value.begin(), value.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    return looks.empty() || ascii == (looks == "code");
}

/// How many columns bear the edition out; nothing when one contradicts it.
std::optional<std::size_t> support(const std::string& label, const Edition& edition,
                                   const std::vector<std::string>& names,
                                   const std::vector<std::vector<std::string>>& samples) {
    std::size_t generic = 0;
    std::size_t borne_out = 0;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (!is_generic_name(names[i])) {
            continue;
        }
        ++generic;
        const auto item = edition.find(names[i]);
        if (item == edition.end()) {
            return std::nullopt;
        }
        std::size_t filled = 0;
        std::size_t alike = 0;
        for (const std::string& value : samples[i]) {
            filled += value.empty() ? 0U : 1U;
            alike += !value.empty() && looks_like(value, item->second.looks) ? 1U : 0U;
        }
        if (alike * 10 < filled * 9) {  // one in ten may be a mistake, or a school called ABC
            return std::nullopt;
        }
        borne_out += filled > 0 && !item->second.looks.empty() ? 1U : 0U;
    }
    if (const std::size_t slash = label.find('/'); slash != std::string::npos) {
        std::size_t columns = 0;
        std::from_chars(label.data() + slash + 1, label.data() + label.size(), columns);
        if (columns != generic) {
            return std::nullopt;
        }
    }
    return borne_out;
}

}  // namespace

bool is_generic_name(std::string_view name) {
    const std::size_t line = name.find('_');
    if (line < 3 || line > 4 || name.size() < line + 3 || name.size() > line + 5) {
        return false;
    }
    const std::string_view number = name.substr(line + 1);
    return name[0] >= 'A' && name[0] <= 'Z' && is_digit(name[1]) && is_digit(name[2]) && is_digit(number[0]) &&
           is_digit(number[1]);
}

std::optional<std::vector<std::string>> names_by_table(const std::filesystem::path& table,
                                                       const std::vector<std::string>& names,
                                                       const std::vector<std::vector<std::string>>& samples) {
    const auto first = std::find_if(names.begin(), names.end(), is_generic_name);
    std::error_code missing;
    if (first == names.end() || !std::filesystem::exists(table, missing)) {
        return std::nullopt;
    }
    std::optional<std::vector<std::string>> found;
    for (const auto& [label, edition] : editions_of(table, dataset_of(*first))) {
        if (support(label, edition, names, samples).value_or(0) == 0) {
            continue;
        }
        std::vector<std::string> renamed = names;
        std::set<std::string> given(names.begin(), names.end());
        for (std::string& name : renamed) {
            if (is_generic_name(name)) {
                const std::string& better = edition.find(name)->second.name;
                name = given.insert(better).second ? better : better + "（" + name + "）";
            }
        }
        if (found && *found != renamed) {
            return std::nullopt;
        }
        found = std::move(renamed);
    }
    return found;
}

}  // namespace kokai
