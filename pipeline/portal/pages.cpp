// SPDX-License-Identifier: Apache-2.0
#include "portal/pages.hpp"

#include "describe/edition.hpp"
#include "model/error.hpp"
#include "portal/page_values.hpp"
#include "portal/render.hpp"
#include "support/file.hpp"
#include "support/output_file.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <fstream>
#include <string_view>
#include <system_error>

namespace kokai {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

/// The id becomes a folder: nothing but the names that dataset.json allows, and not the pages' own one.
void check_id(const std::string& id) {
    const auto fine = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
    const bool good = id.size() >= 2 && id.size() <= 100 && fine(id.front()) &&
                      std::all_of(id.begin(), id.end(), [&](char c) { return fine(c) || c == '_' || c == '-'; });
    if (!good || id == "assets" || id == "catalog") {
        throw LayoutError(
            {{"datasets/" + id, "", "データセットの名前に使えません: " + id + "（英小文字・数字・_・- で2文字以上）",
              "cannot be a dataset's id: " + id}});
    }
}

void make_folder(const fs::path& folder) {
    std::error_code failure;
    fs::create_directories(folder, failure);
    if (failure) {
        throw WorldError(folder.string(), "フォルダを作れません: " + folder.string(),
                         "cannot create the folder " + folder.string() + ": " + failure.message());
    }
}

std::string template_text(const fs::path& portal_folder, std::string_view name) {
    const fs::path path = portal_folder / "templates" / (std::string(name) + ".mustache");
    return read_small_file(path, path.string());
}

}  // namespace

bool write_assets(const fs::path& catalog_folder, const fs::path& portal_folder, PagesWritten& written, Flush flush) {
    struct Asset {
        const char *from, *to;
    };
    // .js rather than .mjs: every static host knows its media type, without which a browser refuses a module.
    static constexpr std::array own{Asset{"style.css", "style.css"}, Asset{"catalog.js", "catalog.js"},
                                    Asset{"icon.svg", "icon.svg"}};
    // The package of pmtiles comes without its licence.
    static constexpr std::array libraries{
        Asset{"node_modules/maplibre-gl/dist/maplibre-gl.mjs", "maplibre-gl.js"},
        Asset{"node_modules/maplibre-gl/dist/maplibre-gl-worker.mjs", "maplibre-gl-worker.js"},
        Asset{"node_modules/maplibre-gl/dist/maplibre-gl.css", "maplibre-gl.css"},
        Asset{"node_modules/maplibre-gl/LICENSE.txt", "maplibre-gl.LICENSE.txt"},
        Asset{"node_modules/pmtiles/dist/pmtiles.js", "pmtiles.js"},
        Asset{"pmtiles.LICENSE.txt", "pmtiles.LICENSE.txt"}};
    const fs::path assets = catalog_folder / "assets";
    make_folder(assets);
    const auto copy = [&](const Asset& asset) {
        const fs::path from = portal_folder / asset.from;
        written.pages += replace_file(assets / asset.to, read_small_file(from, from.string()), flush) ? 1U : 0U;
    };
    std::for_each(own.begin(), own.end(), copy);
    const bool there = std::all_of(libraries.begin(), libraries.end(), [&](const Asset& asset) {
        std::error_code ignored;
        return fs::is_regular_file(portal_folder / asset.from, ignored);
    });
    if (there) {
        std::for_each(libraries.begin(), libraries.end(), copy);
    }
    return there;
}

bool replace_file(const fs::path& path, const std::string& bytes, Flush flush) {
    std::error_code failure;
    if (const auto size = fs::file_size(path, failure); !failure && size == bytes.size()) {
        if (read_small_file(path, path.string()) == bytes) {
            return false;
        }
    }
    const fs::path temporary = path.string() + ".part";
    if (flush == Flush::to_disk) {
        FileWriter writer(temporary, path.string());
        writer.append(bytes);
        static_cast<void>(writer.finish());
    } else if (std::ofstream file(temporary, std::ios::binary); !(file << bytes).flush()) {
        throw_file_error(path.string(), errno);
    }
    fs::rename(temporary, path, failure);
    if (failure) {
        std::error_code ignored;
        fs::remove(temporary, ignored);
        throw_file_error(path.string(), failure.value());
    }
    return true;
}

PagesWritten write_catalog_pages(const fs::path& catalog_folder, std::span<const CatalogEntry> entries,
                                 const fs::path& portal_folder, const std::set<std::string>& changed,
                                 const CatalogInfo& about, Flush flush) {
    PagesWritten written;
    std::set<std::string> outlines_changed;
    for (const CatalogEntry& entry : entries) {
        check_id(entry.id);
        if (changed.contains(entry.id) && is_outline(entry)) {
            outlines_changed.insert(entry.publisher.code);
        }
    }
    make_folder(catalog_folder);
    written.map_library = write_assets(catalog_folder, portal_folder, written, flush);
    const Json head = template_text(portal_folder, "head");
    const Json foot = template_text(portal_folder, "foot");
    const std::string dataset_page = template_text(portal_folder, "dataset");
    const std::string edition_page = template_text(portal_folder, "edition");
    for (const CatalogEntry& entry : entries) {
        const fs::path page = catalog_folder / entry.id / "index.html";
        std::error_code ignored;
        if (!changed.contains(entry.id) && !outlines_changed.contains(entry.publisher.code) &&
            fs::exists(page, ignored)) {
            continue;
        }
        Json values = dataset_values(entry, about, outline_for(entry, entries), written.map_library);
        values["part_head"] = head;
        values["part_foot"] = foot;
        make_folder(page.parent_path());
        written.pages += replace_file(page, render("dataset", dataset_page, values), flush) ? 1U : 0U;
        for (const KeptEdition& kept : entry.kept) {
            Json edition = edition_values(kept.entry, about);
            edition["part_head"] = head;
            edition["part_foot"] = foot;
            const fs::path folder = page.parent_path() / edition_folder(kept.entry.edition);
            make_folder(folder);
            written.pages +=
                replace_file(folder / "index.html", render("edition", edition_page, edition), flush) ? 1U : 0U;
        }
    }
    Json values = index_values(entries, about);
    values["part_head"] = head;
    values["part_foot"] = foot;
    const std::string index_page = render("index", template_text(portal_folder, "index"), values);
    written.pages += replace_file(catalog_folder / "index.html", index_page, flush) ? 1U : 0U;
    return written;
}

}  // namespace kokai
