// SPDX-License-Identifier: Apache-2.0
// datapackage.json of one dataset: Data Package v2, beside the files it names, so that programs read types and digests
// with the data.
#pragma once

#include "describe/catalog_entry.hpp"

#include <string>

namespace kokai {

/// For `<catalog>/<id>/datapackage.json`; paths in it are relative to that folder.
std::string datapackage_json(const CatalogEntry& entry);

/// For `<catalog>/<id>/editions/<edition>/datapackage.json`: written once, the same for as long as the edition is kept.
std::string edition_datapackage_json(const CatalogEntry& entry);

}  // namespace kokai
