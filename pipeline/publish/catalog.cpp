// SPDX-License-Identifier: Apache-2.0
#include "publish/catalog.hpp"

#include "publish/editions.hpp"
#include "publish/output_folder.hpp"
#include "publish/site.hpp"
#include "support/file.hpp"
#include "support/hash.hpp"

#include <algorithm>
#include <utility>

namespace kokai {
namespace {

namespace fs = std::filesystem;

bool same_editions(const std::vector<KeptEdition>& one, const std::vector<KeptEdition>& other) {
    return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                      [](const KeptEdition& left, const KeptEdition& right) {
                          return left.sequence == right.sequence && left.withdrawn == right.withdrawn &&
                                 left.entry.edition == right.entry.edition;
                      });
}

/// What the catalog is made from; kept beside it, so that a run without news touches nothing.
std::string digest_of(const std::vector<CatalogEntry>& entries, const std::string& program) {
    Sha256 digest;
    digest.update(program);
    for (const CatalogEntry& entry : entries) {
        digest.update(to_json_text(entry));
        for (const KeptEdition& kept : entry.kept) {
            digest.update(kept.entry.edition + (kept.withdrawn ? "-" : "+"));
        }
    }
    return digest.hex();
}

}  // namespace

CatalogOutcome publish_catalog(const fs::path& output, std::vector<CatalogEntry> entries,
                               const CatalogOptions& options) {
    put_editions(output, entries, options.editions);
    const std::string made_from = digest_of(entries, options.program);
    const fs::path remembered = output / ".state" / "catalog.digest";
    const fs::path former = output / "catalog";
    std::error_code ignored;
    if (fs::is_regular_file(remembered, ignored) && fs::is_regular_file(former / "index.html", ignored) &&
        read_small_file(remembered, remembered.string()) == made_from) {
        return {};
    }

    StagedFolder staged(output, "catalog");
    for (const CatalogEntry& entry : entries) {
        keep_edition(output, output / entry.id, entry);
        // Before the catalog shows it: an address once seen is never forgotten, even if this run is killed.
        const std::vector<KeptEdition> list(entry.kept.rbegin(), entry.kept.rend());
        if (!same_editions(read_editions(output, entry.id), list)) {
            write_editions(output, entry.id, list);
        }
    }
    const bool map_library = write_site(staged.path(), output, entries, {options.portal_folder, former, {}, false});
    staged.commit();
    fs::create_directories(output / ".state");
    write_whole_file(remembered, made_from);
    for (const CatalogEntry& entry : entries) {
        prune_editions(output, entry.id, entry.kept);
    }
    return {true, map_library};
}

}  // namespace kokai
