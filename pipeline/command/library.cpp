// SPDX-License-Identifier: Apache-2.0
#include "command/library.hpp"

#include "command/outputs.hpp"
#include "model/dataset_json.hpp"
#include "model/schema_json.hpp"
#include "model/schema_names.hpp"
#include "support/file.hpp"
#include "support/json_check.hpp"
#include "support/nearest_word.hpp"

#include <algorithm>
#include <functional>
#include <set>
#include <utility>

namespace kokai {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> json_files(const fs::path& folder) {
    std::vector<std::string> names;
    std::error_code ignored;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, ignored)) {
        if (entry.path().extension() == ".json" && entry.is_regular_file()) {
            names.push_back(entry.path().stem().string());
        }
    }
    std::sort(names.begin(), names.end());
    return names;
}

std::string listed(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) {
        text += (text.empty() ? "" : " ") + word;
    }
    return text;
}

}  // namespace

SchemaLibrary::SchemaLibrary(fs::path folder) : folder_(std::move(folder)) {
    std::error_code ignored;
    if (!fs::is_directory(folder_, ignored)) {
        throw WorldError(folder_.string(), "スキーマのフォルダーがありません（--schemas で指定できます）",
                         "there is no schemas folder (name it with --schemas)");
    }
    for (const fs::directory_entry& entry : fs::directory_iterator(folder_)) {
        const std::string standard = entry.path().filename().string();
        if (!entry.is_directory() || standard == "partner" || standard == "reference" || standard == "facts") {
            continue;
        }
        for (const std::string& name : json_files(entry.path())) {
            ids_.push_back(standard + "/" + name);
        }
    }
    std::sort(ids_.begin(), ids_.end());
    partners_ = json_files(folder_ / "partner");
    std::erase(partners_, "webgis");  // the layout of an output format, no partner's sheet
}

bool SchemaLibrary::has(const std::string& id) const {
    return std::binary_search(ids_.begin(), ids_.end(), id);
}

fs::path SchemaLibrary::partner_file(const std::string& name) const {
    return folder_ / "partner" / (name + ".json");
}

const Schema& SchemaLibrary::schema(const std::string& id) {
    const std::lock_guard lock(mutex_);
    if (const auto found = parsed_.find(id); found != parsed_.end()) {
        return found->second;
    }
    if (!has(id)) {
        const std::string near = nearest_word(id, ids_);
        const std::string ja =
            near.empty() ? "（kokai schemas で一覧が見られます）" : "（" + near + " ではありませんか）";
        const std::string en = near.empty() ? " (kokai schemas lists them)" : " (did you mean " + near + "?)";
        throw UsageError("スキーマ「" + id + "」はありません" + ja, "there is no schema \"" + id + "\"" + en);
    }
    std::vector<Mistake> mistakes;
    const std::string shown = "schemas/" + id + ".json";
    Schema schema = parse_schema(read_small_file(file(id), shown), shown, mistakes);
    if (!mistakes.empty()) {
        throw LayoutError(std::move(mistakes));
    }
    return parsed_.emplace(id, std::move(schema)).first->second;
}

const Schema& SchemaLibrary::names(const std::string& id) {
    {
        const std::lock_guard lock(mutex_);
        if (const auto found = parsed_.find(id); found != parsed_.end()) {
            return found->second;
        }
        if (const auto found = named_.find(id); found != named_.end()) {
            return found->second;
        }
        if (has(id)) {
            if (auto named = read_schema_names(read_small_file(file(id), "schemas/" + id + ".json"))) {
                return named_.emplace(id, std::move(*named)).first->second;
            }
        }
    }
    return schema(id);  // which says what is wrong with it
}

std::vector<std::string> dataset_ids(const fs::path& datasets) {
    std::error_code ignored;
    if (!fs::is_directory(datasets, ignored)) {
        throw WorldError(datasets.string(), "データセットのフォルダーがありません（--datasets で指定できます）",
                         "there is no datasets folder (name it with --datasets)");
    }
    std::vector<std::string> ids;
    for (const fs::directory_entry& entry : fs::directory_iterator(datasets)) {
        if (entry.is_directory() && fs::is_regular_file(entry.path() / "dataset.json", ignored)) {
            ids.push_back(entry.path().filename().string());
        }
    }
    std::sort(ids.begin(), ids.end());
    return ids;
}

std::vector<DatasetFolder> load_datasets(const fs::path& datasets, const std::vector<std::string>& ids,
                                         SchemaLibrary& schemas) {
    const std::vector<std::string> all = dataset_ids(datasets);
    const JsonForm form(read_small_file(schemas.dataset_form(), "schemas/dataset.schema.json"),
                        "schemas/dataset.schema.json");
    KnownNames known;
    known.schemas = schemas.ids();
    known.outputs = built_formats();
    known.partners = schemas.partners();
    known.datasets = all;
    std::vector<DatasetFolder> loaded;
    std::vector<Mistake> mistakes;
    for (const std::string& id : ids) {
        if (!std::binary_search(all.begin(), all.end(), id)) {
            const std::string near = nearest_word(id, all);
            throw UsageError(
                "データセット「" + id + "」はありません" + (near.empty() ? "" : "（" + near + " ではありませんか）") +
                    (all.empty() ? "" : "。あるもの: " + listed(all)),
                "there is no dataset \"" + id + "\"" + (near.empty() ? "" : " (did you mean " + near + "?)"));
        }
        DatasetFolder one;
        one.folder = datasets / id;
        one.shown = id + "/dataset.json";
        one.dataset =
            read_dataset(read_small_file(one.folder / "dataset.json", one.shown), one.shown, id, form, known, mistakes);
        loaded.push_back(std::move(one));
    }
    // The form and the cross-check may both name one place: once is enough.
    std::set<std::pair<std::string, std::string>> named;
    std::erase_if(mistakes, [&](const Mistake& one) {
        return !one.pointer.empty() && !named.emplace(one.file, one.pointer).second;
    });
    if (!mistakes.empty()) {
        throw LayoutError(std::move(mistakes));
    }
    return loaded;
}

std::vector<std::size_t> in_order_of_need(const std::vector<DatasetFolder>& datasets) {
    std::vector<std::size_t> order;
    std::vector<int> seen(datasets.size(), 0);  // 1 = on the way, 2 = placed
    const std::function<void(std::size_t)> place = [&](std::size_t at) {
        if (seen[at] == 2) {
            return;
        }
        if (seen[at] == 1) {
            throw LayoutError({{datasets[at].shown, "/sources", "データセットどうしが互いを元データにしています",
                                "datasets use each other as a source in a circle"}});
        }
        seen[at] = 1;
        for (const SourceSpec& source : datasets[at].dataset.sources) {
            for (std::size_t other = 0; other < datasets.size(); ++other) {
                if (!source.dataset.empty() && datasets[other].dataset.id == source.dataset) {
                    place(other);
                }
            }
        }
        seen[at] = 2;
        order.push_back(at);
    };
    for (std::size_t at = 0; at < datasets.size(); ++at) {
        place(at);
    }
    return order;
}

}  // namespace kokai
