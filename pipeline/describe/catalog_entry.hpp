// SPDX-License-Identifier: Apache-2.0
// One published dataset as the catalog knows it: plain values, kept by the run as JSON so that an unchanged dataset
// need not be read again. Everything in here is text from departments: whoever prints it must escape it.
#pragma once

#include "model/dataset.hpp"
#include "model/schema.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kokai {

/// A published file. `path` is relative to the dataset's own folder in the catalog: `<catalog>/<id>/<path>`.
struct CatalogFile {
    std::string format;  // csv, geojson, partner:iko-yo
    std::string path;
    std::uint64_t rows = 0;
    std::uint64_t bytes = 0;
    std::string sha256;
};

struct FindingCounts {
    std::uint64_t error = 0, warning = 0, note = 0;
};

/// Errors of the source that are published all the same, and why.
struct AcceptedFinding {
    std::string code;
    std::uint64_t count = 0;
    std::string reason;
    std::vector<std::string> columns;  // fields it is about; empty = any
};

/// One bar: cells of the columns that Chart names, as published. `value` may be empty.
struct ChartPoint {
    std::string category, series, value;
};

/// A part of the quality score, in tenths of a point.
struct QualityPoints {
    std::string title, title_en;
    std::uint32_t points = 0, of = 0;
};

struct CatalogTable {
    std::string name, title, description;
    std::string schema_id, schema_title;
    std::vector<Field> fields;  // published columns in their order, those beyond the schema too
    std::vector<std::string> primary_key;
    std::vector<CatalogFile> files;
    std::uint64_t rows_read = 0, rows_written = 0, rows_withheld = 0;
    std::vector<std::vector<std::string>> first_rows;  // some 20 rows as published; cells in the order of `fields`
    FindingCounts findings;                            // accepted ones are counted among the warnings
    std::vector<AcceptedFinding> accepted;
    std::vector<QualityPoints> quality;  // of an edition made before there was a score: none
    std::optional<Chart> chart;
    std::vector<ChartPoint> chart_points;  // all rows of the table (the page draws none when they are too many)
};

struct KeptEdition;

struct CatalogEntry {
    std::string id;
    std::string title, title_en;
    std::string description;
    Publisher publisher;
    License license;
    std::string credit;
    std::string update_frequency;
    std::string contact;
    std::string modified;  // ISO date, empty when nobody stated it
    std::string theme;
    std::vector<std::string> keywords;
    std::string spatial, temporal;
    std::string source_url;
    std::string note;
    std::string edition;  // names the content: a hash (edition_name)
    std::vector<CatalogTable> tables;
    std::vector<KeptEdition> kept;  // the catalog's editions of it, newest first, this one among them; not in the JSON
};

/// An edition that the catalog keeps at an address of its own: `<catalog>/<id>/editions/<edition>/`.
struct KeptEdition {
    std::uint64_t sequence = 0;  // which one it was in the order of publication
    bool withdrawn = false;      // a rollback took it back: it is kept, and no run publishes it again by itself
    CatalogEntry entry;          // what tells it apart: words and files; no fields, rows or figures
};

/// What the catalog says about itself. Where nobody runs it yet, `publisher` stays empty.
struct CatalogInfo {
    std::string title = "オープンデータカタログ";
    std::string title_en = "Open data catalog";
    std::string description = "自治体が公開する施設や計画のデータを、標準の形式でまとめて配布しています。";
    Publisher publisher;
    std::string base_url;  // https://…/catalog/ ; empty: links are relative to the catalog's own files
};

/// The dataset's own words; tables, modified and edition are the run's to fill in.
CatalogEntry entry_of(const Dataset& dataset);

std::string to_json_text(const CatalogEntry& entry);
/// Throws std::runtime_error when the text is not what to_json_text wrote.
CatalogEntry from_json_text(std::string_view text);

}  // namespace kokai
