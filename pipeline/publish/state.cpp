// SPDX-License-Identifier: Apache-2.0
#include "publish/state.hpp"

#include "publish/output_folder.hpp"
#include "support/file.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace kokai {
namespace {

namespace fs = std::filesystem;

fs::path state_file(const fs::path& output, const std::string& id) {
    return output / ".state" / (id + ".json");
}

}  // namespace

std::optional<DatasetState> read_state(const fs::path& output, const std::string& id) {
    std::error_code ignored;
    const fs::path file = state_file(output, id);
    if (!fs::is_regular_file(file, ignored)) {
        return std::nullopt;
    }
    try {
        const nlohmann::json json = nlohmann::json::parse(read_small_file(file, file.string()));
        DatasetState state{id, json.at("inputs").get<std::string>(), json.at("exit").get<int>(), std::nullopt};
        if (json.contains("entry")) {
            state.entry = from_json_text(json.at("entry").get<std::string>());
        }
        return state;
    } catch (const std::exception&) {
        return std::nullopt;  // written by another version, or cut: not worth more than making the dataset again
    }
}

void write_state(const fs::path& output, const DatasetState& state) {
    fs::create_directories(output / ".state");
    nlohmann::json json{{"inputs", state.inputs}, {"exit", state.exit}};
    if (state.entry) {
        json["entry"] = to_json_text(*state.entry);
    }
    write_whole_file(state_file(output, state.id), json.dump() + "\n");
}

std::vector<std::string> state_ids(const fs::path& output) {
    std::vector<std::string> ids;
    std::error_code ignored;
    for (const fs::directory_entry& entry : fs::directory_iterator(output / ".state", ignored)) {
        if (entry.path().extension() == ".json") {
            ids.push_back(entry.path().stem().string());
        }
    }
    std::sort(ids.begin(), ids.end());
    return ids;
}

bool edition_is_whole(const fs::path& folder, const CatalogEntry& entry) {
    std::error_code error;
    for (const CatalogTable& table : entry.tables) {
        for (const CatalogFile& file : table.files) {
            if (fs::file_size(folder / file.path, error) != file.bytes || error) {
                return false;
            }
        }
    }
    return fs::is_regular_file(folder / "report.json", error);
}

}  // namespace kokai
