// SPDX-License-Identifier: Apache-2.0
#include "publish/catalog.hpp"

#include "describe/catalog_json.hpp"
#include "describe/datapackage.hpp"
#include "describe/dcat.hpp"
#include "portal/pages.hpp"
#include "publish/output_folder.hpp"
#include "support/file.hpp"
#include "support/hash.hpp"

#include <set>

namespace kokai {

namespace fs = std::filesystem;

CatalogOutcome publish_catalog(const fs::path& output, const std::vector<CatalogEntry>& entries,
                               const fs::path& portal_folder, const std::string& program) {
    // What the catalog is made from; kept beside it, so that a run without news touches nothing.
    Sha256 digest;
    digest.update(program);
    for (const CatalogEntry& entry : entries) {
        digest.update(to_json_text(entry));
    }
    const std::string made_from = digest.hex();
    const fs::path remembered = output / ".state" / "catalog.digest";
    std::error_code ignored;
    if (fs::is_regular_file(remembered, ignored) && fs::is_regular_file(output / "catalog" / "index.html", ignored) &&
        read_small_file(remembered, remembered.string()) == made_from) {
        return {};
    }

    StagedFolder staged(output, "catalog");
    std::set<std::string> all;
    for (const CatalogEntry& entry : entries) {
        all.insert(entry.id);
        const fs::path folder = staged.path() / entry.id;
        fs::create_directories(folder);
        for (const CatalogTable& table : entry.tables) {
            for (const CatalogFile& file : table.files) {
                fs::create_directories((folder / file.path).parent_path());
                link_or_copy(output / entry.id / file.path, folder / file.path);
            }
        }
        replace_file(folder / "datapackage.json", datapackage_json(entry));
    }
    const PagesWritten pages = write_catalog_pages(staged.path(), entries, portal_folder, all);
    replace_file(staged.path() / "catalog.json", catalog_json(entries));
    replace_file(staged.path() / "catalog.jsonld", dcat_jsonld(entries));
    staged.commit();
    fs::create_directories(output / ".state");
    write_whole_file(remembered, made_from);
    return {true, pages.map_library};
}

}  // namespace kokai
