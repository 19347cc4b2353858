// SPDX-License-Identifier: Apache-2.0
#include "publish/editions.hpp"

#include "describe/datapackage.hpp"
#include "describe/edition.hpp"
#include "model/error.hpp"
#include "publish/output_folder.hpp"
#include "support/file.hpp"
#include "support/file_digest.hpp"
#include "support/output_file.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

namespace kokai {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr int list_format = 1;

fs::path store(const fs::path& output, const std::string& id) {
    return output / ".state" / "editions" / id;
}

fs::path entry_file(const fs::path& output, const std::string& id, const std::string& edition) {
    return store(output, id) / (edition + ".json");
}

fs::path list_file(const fs::path& output, const std::string& id) {
    return store(output, id) / "list.json";
}

void write_synced(const fs::path& path, const std::string& text) {
    FileWriter file(path, path.string());
    file.append(text);
    file.finish();
}

/// By size, as is enough for a look.
bool is_kept_whole(const fs::path& folder, const CatalogEntry& entry) {
    std::error_code error;
    for (const CatalogTable& table : entry.tables) {
        for (const CatalogFile& file : table.files) {
            if (fs::file_size(folder / file.path, error) != file.bytes || error) {
                return false;
            }
        }
    }
    return fs::is_regular_file(folder / "datapackage.json", error);
}

/// Byte for byte: an edition that is made again puts right what was altered in the copy that is kept.
bool is_kept_right(const fs::path& folder, const CatalogEntry& entry) {
    return is_kept_whole(folder, entry) &&
           std::all_of(entry.tables.begin(), entry.tables.end(), [&](const CatalogTable& table) {
               return std::all_of(table.files.begin(), table.files.end(), [&](const CatalogFile& file) {
                   return digest_of_file(folder / file.path) == file.sha256;
               });
           });
}

}  // namespace

fs::path kept_folder(const fs::path& output, const std::string& id, const std::string& edition) {
    return store(output, id) / edition;
}

void keep_edition(const fs::path& output, const fs::path& from, const CatalogEntry& entry) {
    const fs::path folder = kept_folder(output, entry.id, entry.edition);
    std::error_code error;
    if (is_kept_right(folder, entry) && fs::is_regular_file(entry_file(output, entry.id, entry.edition), error)) {
        return;
    }
    const fs::path beside = store(output, entry.id) / ("." + entry.edition + ".part");
    fs::remove_all(beside, error);
    fs::create_directories(beside);
    for (const CatalogTable& table : entry.tables) {
        for (const CatalogFile& file : table.files) {
            fs::create_directories((beside / file.path).parent_path());
            link_or_copy(from / file.path, beside / file.path);
        }
    }
    write_synced(beside / "datapackage.json", edition_datapackage_json(entry));
    for (const fs::directory_entry& one : fs::recursive_directory_iterator(beside)) {
        if (one.is_directory()) {
            sync_folder(one.path());
        }
    }
    sync_folder(beside);
    const fs::path entry_beside = store(output, entry.id) / ("." + entry.edition + ".json.part");
    write_synced(entry_beside, to_json_text(entry));
    fs::remove_all(folder, error);  // not whole
    fs::rename(entry_beside, entry_file(output, entry.id, entry.edition), error);
    if (!error) {
        fs::rename(beside, folder, error);
    }
    if (error) {
        throw_file_error(folder.string(), error.value());
    }
    sync_folder(store(output, entry.id));  // once for both
}

std::optional<CatalogEntry> kept_entry(const fs::path& output, const std::string& id, const std::string& edition) {
    const fs::path file = entry_file(output, id, edition);
    std::error_code ignored;
    if (!fs::is_regular_file(file, ignored)) {
        return std::nullopt;
    }
    try {
        CatalogEntry entry = from_json_text(read_small_file(file, file.string()));
        if (entry.id == id && entry.edition == edition && is_kept_whole(kept_folder(output, id, edition), entry)) {
            return entry;
        }
    } catch (const std::runtime_error&) {
        return std::nullopt;  // cut or of another form: as good as not kept
    }
    return std::nullopt;
}

std::vector<KeptEdition> read_editions(const fs::path& output, const std::string& id) {
    const fs::path file = list_file(output, id);
    std::error_code ignored;
    if (!fs::is_regular_file(file, ignored)) {
        return {};
    }
    std::vector<KeptEdition> all;
    try {
        const Json json = Json::parse(read_small_file(file, file.string()));
        if (json.at("format").get<int>() != list_format) {
            throw WorldError(file.string(), "新しい kokai が書いた一覧です。同じ版の kokai を使ってください",
                             "a newer kokai wrote this list: use that one");
        }
        for (const Json& one : json.at("editions")) {
            all.push_back({one.at("sequence").get<std::uint64_t>(), one.at("withdrawn").get<bool>(),
                           from_json_text(one.at("entry").get<std::string>())});
        }
    } catch (const Error&) {
        throw;
    } catch (const std::exception& broken) {
        // To go on would take addresses away that are to last: somebody has to look.
        throw WorldError(
            file.string(),
            "公開した版の一覧が壊れています。バックアップから戻すか、版の履歴を捨ててよければ消してください",
            "the list of published editions is damaged (" + std::string(broken.what()) +
                "): restore it, or remove it to give up the history");
    }
    std::sort(all.begin(), all.end(),
              [](const KeptEdition& left, const KeptEdition& right) { return left.sequence < right.sequence; });
    return all;
}

void write_editions(const fs::path& output, const std::string& id, const std::vector<KeptEdition>& all) {
    Json json{{"format", list_format}, {"editions", Json::array()}};
    for (const KeptEdition& one : all) {
        json["editions"].push_back({{"sequence", one.sequence},
                                    {"withdrawn", one.withdrawn},
                                    {"entry", to_json_text(edition_summary(one.entry))}});
    }
    fs::create_directories(store(output, id));
    write_whole_file(list_file(output, id), json.dump(1) + "\n");
}

bool is_withdrawn(const fs::path& output, const std::string& id, const std::string& edition) {
    const std::vector<KeptEdition> all = read_editions(output, id);
    return std::any_of(all.begin(), all.end(),
                       [&](const KeptEdition& one) { return one.entry.edition == edition && one.withdrawn; });
}

std::vector<KeptEdition> with_current(std::vector<KeptEdition> all, const CatalogEntry& current) {
    std::uint64_t last = 0;
    std::uint64_t last_valid = 0;
    for (const KeptEdition& one : all) {
        last = std::max(last, one.sequence);
        last_valid = one.withdrawn ? last_valid : std::max(last_valid, one.sequence);
    }
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&](const KeptEdition& one) { return one.entry.edition == current.edition; });
    if (found != all.end() && !found->withdrawn && found->sequence == last_valid) {
        return all;
    }
    // New, or the same content as an earlier one: published again, it comes after what it replaces.
    if (found != all.end()) {
        all.erase(found);
    }
    all.push_back({last + 1, false, edition_summary(current)});
    return all;
}

std::vector<KeptEdition> within_limit(std::vector<KeptEdition> all, const std::string& current, std::size_t former) {
    if (former == 0) {
        return all;
    }
    const auto goes = [&](const KeptEdition& one) { return !one.withdrawn && one.entry.edition != current; };
    auto left = static_cast<std::size_t>(std::count_if(all.begin(), all.end(), goes));
    for (auto one = all.begin(); one != all.end() && left > former;) {
        if (goes(*one)) {
            one = all.erase(one);
            --left;
        } else {
            ++one;
        }
    }
    return all;
}

void prune_editions(const fs::path& output, const std::string& id, const std::vector<KeptEdition>& all) {
    std::error_code ignored;
    std::vector<fs::path> gone;
    for (const fs::directory_entry& one : fs::directory_iterator(store(output, id), ignored)) {
        const std::string name = one.path().filename().string();
        const bool kept = name == "list.json" || std::any_of(all.begin(), all.end(), [&](const KeptEdition& edition) {
                              return name == edition.entry.edition || name == edition.entry.edition + ".json";
                          });
        if (!kept) {
            gone.push_back(one.path());
        }
    }
    for (const fs::path& path : gone) {
        fs::remove_all(path, ignored);
    }
}

}  // namespace kokai
