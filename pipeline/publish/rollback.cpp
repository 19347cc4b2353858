// SPDX-License-Identifier: Apache-2.0
#include "publish/rollback.hpp"

#include "model/error.hpp"
#include "publish/editions.hpp"
#include "publish/output_folder.hpp"
#include "publish/state.hpp"
#include "support/file.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <system_error>
#include <vector>

namespace kokai {
namespace {

namespace fs = std::filesystem;

fs::path marks(const fs::path& output) {
    return output / ".state" / "rollback";
}

void collect_paths(const CatalogEntry& entry, std::set<fs::path>& paths) {
    for (const CatalogTable& table : entry.tables) {
        for (const CatalogFile& file : table.files) {
            paths.insert(file.path);
        }
    }
}

/// output/<id>/ with the data of the edition; its reports and private files stay as the last run left them.
void restore_folder(const fs::path& output, const CatalogEntry& entry, const std::set<fs::path>& data) {
    const fs::path home = output / entry.id;
    const fs::path kept = kept_folder(output, entry.id, entry.edition);
    StagedFolder staged(output, entry.id);
    std::error_code ignored;
    for (const fs::directory_entry& one : fs::recursive_directory_iterator(home, ignored)) {
        const fs::path path = one.path().lexically_relative(home);
        if (one.is_regular_file() && !data.contains(path)) {
            fs::create_directories((staged.path() / path).parent_path());
            link_or_copy(one.path(), staged.path() / path);
        }
    }
    std::set<fs::path> own;
    collect_paths(entry, own);
    for (const fs::path& path : own) {
        fs::create_directories((staged.path() / path).parent_path());
        link_or_copy(kept / path, staged.path() / path);
    }
    staged.commit();
}

/// Every step may be done twice.
void finish(const fs::path& output, const std::string& id, const std::string& edition) {
    std::optional<CatalogEntry> entry = kept_entry(output, id, edition);
    std::optional<DatasetState> state = read_state(output, id);
    if (entry && state) {
        std::set<fs::path> data;
        if (state->entry) {
            collect_paths(*state->entry, data);
        }
        std::vector<KeptEdition> all = read_editions(output, id);
        const auto goal =
            std::find_if(all.begin(), all.end(), [&](const KeptEdition& one) { return one.entry.edition == edition; });
        const std::uint64_t sequence = goal == all.end() ? 0 : goal->sequence;
        for (KeptEdition& one : all) {
            collect_paths(one.entry, data);
            one.withdrawn = one.sequence > sequence || (one.withdrawn && one.sequence != sequence);
        }
        write_editions(output, id, all);
        state->entry = *entry;
        write_state(output, *state);
        restore_folder(output, *entry, data);
    }
    fs::remove(marks(output) / id);
    sync_folder(marks(output));
}

/// The edition published last that is not withdrawn and still whole.
std::optional<CatalogEntry> last_kept(const fs::path& output, const std::string& id) {
    std::optional<CatalogEntry> last;
    for (const KeptEdition& one : read_editions(output, id)) {  // in the order of publication
        if (!one.withdrawn) {
            last = kept_entry(output, id, one.entry.edition);
        }
    }
    return last;
}

}  // namespace

std::string edition_before(const fs::path& output, const CatalogEntry& current) {
    const std::vector<KeptEdition> all = with_current(read_editions(output, current.id), current);
    std::string before;
    for (const KeptEdition& one : all) {  // in the order of publication
        if (one.entry.edition == current.edition) {
            return before;
        }
        before = one.withdrawn ? before : one.entry.edition;
    }
    return {};
}

void roll_back(const fs::path& output, const std::string& id, const std::string& edition) {
    if (!kept_entry(output, id, edition)) {
        throw UsageError("データセット「" + id + "」に版 " + edition + " は残っていません",
                         "the dataset " + id + " keeps no edition " + edition);
    }
    fs::create_directories(marks(output));
    write_whole_file(marks(output) / id, edition);  // from here on it is decided
    finish(output, id, edition);
}

void finish_rollbacks(const fs::path& output) {
    std::vector<std::string> ids;
    std::error_code ignored;
    for (const fs::directory_entry& one : fs::directory_iterator(marks(output), ignored)) {
        if (!one.path().filename().string().starts_with(".")) {
            ids.push_back(one.path().filename().string());
        }
    }
    for (const std::string& id : ids) {
        finish(output, id, read_small_file(marks(output) / id, (marks(output) / id).string()));
    }
}

std::vector<std::string> restore_lost_states(const fs::path& output) {
    std::vector<std::string> restored;
    std::error_code ignored;
    for (const fs::directory_entry& one : fs::directory_iterator(output / ".state" / "editions", ignored)) {
        const std::string id = one.path().filename().string();
        if (read_state(output, id)) {
            continue;
        }
        if (const std::optional<CatalogEntry> entry = last_kept(output, id)) {
            if (!edition_is_whole(output / id, *entry)) {
                std::set<fs::path> data;
                collect_paths(*entry, data);
                restore_folder(output, *entry, data);
            }
            write_state(output, {id, "", 0, entry});  // without the digest of its inputs: the next run makes it again
            restored.push_back(id);
        }
    }
    std::sort(restored.begin(), restored.end());
    return restored;
}

}  // namespace kokai
