// SPDX-License-Identifier: Apache-2.0
// What a folder publishes is asked of the nearest thing that knows: the run's state, datapackage.json, report.json, and
// only then the names of its files.
#include "command/edition_tables.hpp"

#include "model/error.hpp"
#include "publish/state.hpp"
#include "support/file.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace kokai {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t npos = static_cast<std::size_t>(-1);

// What says most of a table comes first. A format is known by how the file's name ends.
struct Readable {
    std::string_view end;
    bool published_csv;
};
constexpr std::array readable{Readable{".nobom.csv", true}, Readable{".csv", true},       Readable{".geojson", false},
                              Readable{".gpkg", false},     Readable{".geojsonl", false}, Readable{".xlsx", false},
                              Readable{".fgb", false},      Readable{".kml", false}};

std::optional<std::size_t> rank_of(const std::string& path) {
    for (std::size_t i = 0; i < readable.size(); ++i) {
        const std::string_view end = readable[i].end;
        if (path.size() > end.size() && std::string_view(path).substr(path.size() - end.size()) == end) {
            return i;
        }
    }
    return std::nullopt;
}

/// The name without what tells format and day: 102016_aed_20250401.csv is 102016_aed.
std::string stem_of(const std::string& path) {
    std::string stem = path.substr(path.rfind('/') + 1);
    stem.resize(stem.size() - readable[*rank_of(path)].end.size());
    const std::size_t digits = stem.find_last_not_of("0123456789");
    if (digits != std::string::npos && stem.size() - digits == 9 && stem[digits] == '_') {
        stem.resize(digits);
    }
    return stem;
}

/// Gathers files: of each table the one that says most.
class Gathered {
public:
    explicit Gathered(fs::path folder) : folder_(std::move(folder)) {}

    void add(const std::string& path, const std::string& table, std::vector<std::string> key) {
        const std::optional<std::size_t> rank = rank_of(path);
        std::error_code ignored;
        // Partners' sheets and what is private are no tables of the edition.
        if (!rank || path.find("..") != std::string::npos || path.rfind("partner/", 0) == 0 ||
            path.rfind("private/", 0) == 0 || !fs::is_regular_file(folder_ / path, ignored)) {
            return;
        }
        const std::string name = table.empty() ? stem_of(path) : table;
        const auto found =
            std::find_if(tables_.begin(), tables_.end(), [&](const Ranked& one) { return one.table.name == name; });
        if (found == tables_.end()) {
            tables_.push_back({{name, folder_ / path, readable[*rank].published_csv, std::move(key)}, *rank});
        } else if (*rank < found->rank) {
            *found = {{name, folder_ / path, readable[*rank].published_csv, std::move(key)}, *rank};
        }
    }
    [[nodiscard]] std::vector<EditionTable> tables() const {
        std::vector<EditionTable> all;
        for (const Ranked& one : tables_) {
            all.push_back(one.table);
        }
        return all;
    }

private:
    struct Ranked {
        EditionTable table;
        std::size_t rank = 0;
    };
    fs::path folder_;
    std::vector<Ranked> tables_;
};

nlohmann::json parsed(const fs::path& file) {
    std::error_code ignored;
    if (!fs::is_regular_file(file, ignored)) {
        return nullptr;
    }
    return nlohmann::json::parse(read_small_file(file, file.string()), nullptr, false);
}

std::string text_in(const nlohmann::json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// The files that kokai lists in datapackage.json or report.json. A key stands in the schema of a CSV only; the other
/// files of the table are gathered under the same name.
void gather_listed(const nlohmann::json& list, Gathered& into) {
    for (const nlohmann::json& one : list.is_array() ? list : nlohmann::json::array()) {
        std::vector<std::string> key;
        if (const auto schema = one.find("schema"); schema != one.end() && schema->is_object()) {
            const nlohmann::json columns = schema->value("primaryKey", nlohmann::json::array());
            for (const nlohmann::json& column : columns.is_array() ? columns : nlohmann::json::array({columns})) {
                if (column.is_string()) {
                    key.push_back(column.get<std::string>());
                }
            }
        }
        into.add(text_in(one, "path"), {}, std::move(key));
    }
}

EditionTables tables_of_folder(const fs::path& folder, const std::string& shown) {
    EditionTables edition{shown, {}, {}};
    Gathered gathered(folder);
    const fs::path whole = fs::canonical(folder);
    if (const auto state = read_state(whole.parent_path(), whole.filename().string()); state && state->entry) {
        edition.name = state->entry->edition;
        for (const CatalogTable& table : state->entry->tables) {
            for (const CatalogFile& file : table.files) {
                gathered.add(file.path, {}, table.primary_key);
            }
        }
        edition.tables = gathered.tables();
    }
    if (const nlohmann::json package = parsed(folder / "datapackage.json");
        edition.tables.empty() && package.is_object()) {
        edition.name = text_in(package, "version");
        gather_listed(package.value("resources", nlohmann::json::array()), gathered);
        edition.tables = gathered.tables();
    }
    if (const nlohmann::json report = parsed(folder / "report.json"); edition.tables.empty() && report.is_object()) {
        gather_listed(report.value("outputs", nlohmann::json::array()), gathered);
        edition.tables = gathered.tables();
    }
    if (edition.tables.empty()) {
        std::vector<std::string> names;
        for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
            names.push_back(entry.path().filename().string());
        }
        std::sort(names.begin(), names.end());
        for (const std::string& name : names) {
            gathered.add(name, {}, {});
        }
        edition.tables = gathered.tables();
        for (EditionTable& table : edition.tables) {
            table.published_csv = false;  // anybody may have put it there
        }
    }
    return edition;
}

}  // namespace

EditionTables tables_of_edition(const std::string& path) {
    std::error_code ignored;
    if (!fs::exists(path, ignored)) {
        throw WorldError(path, "ファイルもフォルダーもありません", "there is no such file or folder");
    }
    if (!fs::is_directory(path, ignored)) {
        return {path, {}, {{fs::path(path).stem().string(), path, false, {}}}};
    }
    EditionTables edition = tables_of_folder(path, path);
    if (edition.tables.empty()) {
        throw WorldError(path, "比べられる表がありません（CSV、GeoJSON、GeoPackage、Excel など）",
                         "holds no table to compare (CSV, GeoJSON, GeoPackage, Excel …)");
    }
    return edition;
}

std::vector<std::pair<std::size_t, std::size_t>> pair_tables(const EditionTables& before, const EditionTables& now) {
    std::vector<std::pair<std::size_t, std::size_t>> pairs;
    std::vector<std::size_t> left;
    std::vector<bool> taken(before.tables.size());
    for (std::size_t i = 0; i < now.tables.size(); ++i) {
        std::size_t found = 0;
        while (found < before.tables.size() && (taken[found] || before.tables[found].name != now.tables[i].name)) {
            ++found;
        }
        if (found == before.tables.size()) {
            left.push_back(i);
        } else {
            taken[found] = true;
            pairs.emplace_back(found, i);
        }
    }
    const auto free = static_cast<std::size_t>(std::count(taken.begin(), taken.end(), false));
    if (left.size() == 1 && free == 1) {
        pairs.emplace_back(static_cast<std::size_t>(std::find(taken.begin(), taken.end(), false) - taken.begin()),
                           left.front());
        return pairs;
    }
    for (const std::size_t one : left) {
        pairs.emplace_back(npos, one);
    }
    for (std::size_t i = 0; i < taken.size(); ++i) {
        if (!taken[i]) {
            pairs.emplace_back(i, npos);
        }
    }
    return pairs;
}

}  // namespace kokai
