// SPDX-License-Identifier: Apache-2.0
// What the catalog says of a dataset that is published now.
#pragma once

#include "command/report.hpp"
#include "describe/catalog_entry.hpp"

namespace kokai {

/// Its tables, files, findings, quality and what was accepted, with the name of the edition.
CatalogEntry published_entry(const Dataset& dataset, const DatasetResult& result);

}  // namespace kokai
