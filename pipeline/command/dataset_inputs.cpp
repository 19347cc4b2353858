// SPDX-License-Identifier: Apache-2.0
#include "command/dataset_inputs.hpp"

#include "command/dataset_ids.hpp"
#include "model/error.hpp"
#include "publish/state.hpp"
#include "support/file.hpp"
#include "support/hash.hpp"
#include "support/module.hpp"
#include "support/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <vector>

namespace kokai {
namespace {

namespace fs = std::filesystem;

void digest_file(Sha256& digest, const fs::path& path, const std::string& shown) {
    const InputFile file(path, shown);
    std::string bytes(1U << 20U, '\0');
    std::uint64_t at = 0;
    while (const std::size_t got = file.read_at(at, bytes.data(), bytes.size())) {
        digest.update(std::string_view(bytes.data(), got));
        at += got;
    }
    digest.update(fmt::format("\x1F{}\x1F{}\x1E", shown, at));
}

/// A Shapefile or a MapInfo table is several files; all that share the name count, and labels beside them.
std::vector<fs::path> files_of(const fs::path& source) {
    std::vector<fs::path> files{source};
    const std::string extension = lowered(source.extension().string());
    if (extension == ".shp" || extension == ".tab" || extension == ".mif") {
        files.clear();
        std::error_code ignored;
        const std::string name = lowered(source.stem().string()) + ".";  // a.shp, A.DBF, a.attributes.csv
        for (const fs::directory_entry& entry : fs::directory_iterator(source.parent_path(), ignored)) {
            if (lowered(entry.path().filename().string()).starts_with(name) && entry.is_regular_file()) {
                files.push_back(entry.path());
            }
        }
        std::sort(files.begin(), files.end());
    }
    return files;
}

}  // namespace

std::string program_digest(const SchemaLibrary& schemas) {
    Sha256 digest;
    // 30 MB of them: their size and the time of their making say enough, and cost a small run nothing.
    const auto built = [&](const fs::path& file) {
        std::error_code missing;
        const fs::path real = fs::canonical(file, missing);
        const std::uintmax_t size = missing ? 0 : fs::file_size(real, missing);
        const fs::file_time_type made = missing ? fs::file_time_type() : fs::last_write_time(real, missing);
        digest.update(
            fmt::format("{}\x1F{}\x1F{}\x1E", file.filename().string(), size, made.time_since_epoch().count()));
    };
    built("/proc/self/exe");
    for (const char* module : {"gdal", "geos", "proj"}) {
        built(module_path(module));
    }
    for (const char* table : {"kokai_addresses.bin", "kokai_boundaries.bin"}) {
        built(beside_program(table));
    }
    // The digests of the grids are enough: a grid that differs from its own is refused.
    for (const fs::path& file : {schemas.lg_codes(), schemas.generic_names(), schemas.grids() / "SHA256SUMS"}) {
        std::error_code ignored;
        if (fs::is_regular_file(file, ignored)) {
            digest_file(digest, file, file.filename().string());
        }
    }
    return digest.hex();
}

std::string inputs_digest(const DatasetFolder& folder, const SchemaLibrary& schemas, const fs::path& output,
                          const std::string& program) {
    Sha256 digest;
    digest.update(program);
    digest_file(digest, folder.folder / "dataset.json", "dataset.json");
    for (const SourceSpec& source : folder.dataset.sources) {
        if (!source.dataset.empty()) {
            digest.update(borrow(source, output).sha256);
            continue;
        }
        if (!source.service.empty()) {
            continue;  // what a database holds is only known when it is read
        }
        for (const fs::path& file : files_of(folder.folder / source.file)) {
            digest_file(digest, file, folder.dataset.id + "/" + source.file);
        }
    }
    std::error_code ignored;
    if (keeps_ids(folder.dataset) && fs::exists(ids_file(folder), ignored)) {
        digest_file(digest, ids_file(folder), folder.dataset.id + "/ids.csv");
    }
    std::set<fs::path> others;
    for (const TableSpec& table : folder.dataset.tables) {
        if (schemas.has(table.schema)) {
            others.insert(schemas.file(table.schema));
        } else if (table.schema == "auto" || table.schema.empty()) {
            for (const std::string& id : schemas.ids()) {
                others.insert(schemas.file(id));
            }
        }
        for (const std::string& partner : table.partners) {
            others.insert(schemas.partner_file(partner));
        }
        if (std::find(table.outputs.begin(), table.outputs.end(), "webgis") != table.outputs.end()) {
            others.insert(schemas.partner_file("webgis"));
        }
    }
    for (const fs::path& file : others) {
        digest_file(digest, file, file.filename().string());
    }
    return digest.hex();
}

Borrowed borrow(const SourceSpec& source, const fs::path& output) {
    const std::optional<DatasetState> state = read_state(output, source.dataset);
    if (state && state->entry) {
        for (const CatalogTable& table : state->entry->tables) {
            if (!source.table.empty() && table.name != source.table) {
                continue;
            }
            for (const CatalogFile& file : table.files) {
                if (file.format == "csv") {
                    return {output / source.dataset / file.path, source.dataset + "/" + file.path, file.sha256};
                }
            }
        }
    }
    throw WorldError(source.dataset,
                     "元にするデータセット「" + source.dataset + "」の CSV がまだ公開されていません。先に kokai run " +
                         source.dataset + " を実行してください",
                     "the dataset \"" + source.dataset + "\" has no published CSV yet: run it first");
}

}  // namespace kokai
