// SPDX-License-Identifier: Apache-2.0
// From what a run counted to the quality score of its tables: shares, explanations, and what to mend first. Everything
// comes from counts over all rows; the findings that are listed serve as examples only.
#pragma once

#include "command/assemble.hpp"
#include "describe/catalog_entry.hpp"
#include "validate/quality.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace kokai {

/// What dataset.json says of its currency; a single file has none.
struct MetadataFacts {
    std::string update_frequency, modified, temporal;
};

/// Something to mend, and how much of its part's share it is.
struct ToMend {
    QualityPart part{};
    std::uint64_t count = 0;   // cells, rows
    std::uint64_t weight = 1;  // of one of them in the part's share
    std::uint64_t rows = 0;    // rows that will have nothing to mend afterwards
    std::string table, column;
    FindingText example;       // of a field without a column: no cell
    bool has_example = false;  // false: of the metadata, or nothing of it was told
    std::string ja, en, mend_ja, mend_en;
};

struct TableQuality {
    std::string table;
    QualityShares shares;
    std::uint64_t rows = 0;
    std::uint64_t required_fields = 0, recommended_fields = 0;
    std::uint64_t wrong = 0, doubtful = 0;  // values
    std::string schema;                     // id, or none
    bool has_positions = false;
    std::optional<Freshness> freshness;  // none without a dataset.json
    std::vector<ToMend> to_mend;
};

TableQuality quality_of(const TableResult& table, const std::optional<MetadataFacts>& metadata);

/// `quality` of report.json: of one table, or of several taken together.
nlohmann::ordered_json quality_json(std::span<const TableQuality> tables);

/// For the catalog's page.
std::vector<QualityPoints> quality_points(const TableQuality& table);

/// 品質 87.4 点
std::string quality_points_text(std::span<const TableQuality> tables, Language language);
/// 品質 87.4 点（100 点満点、7 項目のうち 6 項目で採点）
std::string quality_text(std::span<const TableQuality> tables, Language language);

}  // namespace kokai
