// SPDX-License-Identifier: Apache-2.0
// What a dataset.json says, as values. Names of fields, columns and sheets are the department's own words.
#pragma once

#include "model/finding.hpp"
#include "model/rule.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace kokai {

struct Publisher {
    std::string code;  // 102016
    std::string name;  // 群馬県前橋市
    std::string url;
};

struct License {
    std::string id;  // CC-BY-4.0, PDL-1.0 …
    std::string title;
    std::string url;
};

/// Pins where the table stands on its sheet; zero or empty = found by the reader.
struct TablePin {
    std::uint32_t header_row = 0;                 // "header_rows": 3 or [3] or [3, 4] …
    std::vector<std::uint32_t> more_header_rows;  // … the others of them
    std::uint32_t first_row = 0;
    std::uint32_t last_row = 0;
    std::vector<std::uint32_t> skip;
    std::vector<std::string> sheets;  // "sheet": of a workbook; several are put one after another
    std::vector<std::string> panels;  // "panels": ["A:D", "E:H"], tables side by side, put one after another
    bool transpose = false;           // "transpose": true: things stand in columns, their items in rows
    bool publish_hidden = false;      // "hidden": "publish": hidden and struck-out rows and columns, too
};

struct SourceSpec {
    std::string name;
    std::string file;     // relative to the dataset's folder
    std::string dataset;  // or: another dataset …
    std::string table;    // … and which of its tables (its only one when empty)
    std::string sheet;    // sheet or layer
    std::string encoding;
    std::string crs;       // EPSG:6677, when the file does not say or says it wrong
    std::string service;   // or: a PostGIS by its service name (pg_service.conf) …
    std::string query;     // … and its table or SELECT
    std::string geometry;  // of mixed kinds only "point", "line" or "polygon"; empty = all, and mixed ones are an error
    bool repair = false;   // "repair": true: faulty shapes are mended, and told
    TablePin pin;
    std::vector<std::string> headers;  // the columns as they were when the file was written: what drift is told from
};

/// Where a field's value comes from.
struct ColumnSpec {
    std::string field;
    std::vector<std::string> from;  // source columns; more than one are joined
    std::string separator;          // between joined values; empty ones are left out
    std::optional<std::string> constant;
    std::vector<std::pair<std::string, std::string>> values;  // value table; a value not in it is a finding …
    std::optional<std::string> otherwise;                     // … unless this is given ("" or "=" for: as it is)
    std::string pattern;                                      // RE2; the cell is split by it …
    int group = 1;                                            // … and this group is taken
    std::string geometry;  // "latitude" or "longitude": taken from the shape's representative point
    std::string prefix;    // put before a value that is not empty
};

/// How a cross table is read: label columns stay, every other column becomes a row.
struct CrossSpec {
    std::string from;                                        // source name; empty = the table's only source
    std::vector<std::string> labels;                         // columns that stay as they are
    std::string header;                                      // name of the column that gets the heads
    std::string value;                                       // name of the column that gets the cells
    std::vector<std::string> leave_out;                      // columns that are neither (totals)
    std::vector<std::pair<std::string, std::string>> heads;  // renames of heads: 0~9 -> 0-9歳
};

/// A computed agreement between cells of the source: a stage of `validate`.
struct TotalRule {
    enum class Rule : std::uint8_t {
        row_sum,        // in each row, the sum of `columns` equals `equals`
        column_sum,     // the row where `where` holds equals the sum of the other rows, for each of `columns`
        share,          // in each row, `part` / `whole` equals `equals` (a percentage), within `tolerance`
        share_of_total  // in each row, `part` / (the sum of `part` over rows without the total row) equals `equals`
    };
    Rule rule = Rule::row_sum;
    std::string from;  // which source it looks at; empty = the table after mapping
    std::vector<std::string> columns;
    std::string equals, part, whole;
    std::vector<Condition> where;  // the total row
    double tolerance = 0.0;
};

struct Accept {
    Code code{};
    std::vector<std::string> columns;  // empty = all
    std::vector<std::uint32_t> rows;   // empty = all; the rows that Excel shows
    std::string reason;
    Severity level = Severity::warning;  // what is above it comes down to it; nothing is ever raised
};

/// What the page of a statistic draws: a bar per category, a panel per value of `series` (none: one panel).
struct Chart {
    std::string category, value, series;  // names of published columns
};

/// How formats are written, where a format leaves a choice.
struct OutputOptions {
    bool record_separator = false;  // geojsonseq: U+001E before every feature, as RFC 8142 has it
};

enum class OnError : std::uint8_t { dataset, rows, keep };
enum class TableShape : std::uint8_t { rows, cross, vertical };

struct TableSpec {
    std::string name;
    std::string title;
    std::string description;
    std::string file;               // the english name in the file names; default: the schema's, else the table's
    std::vector<std::string> from;  // source names, concatenated or joined
    TableShape shape = TableShape::rows;
    std::vector<CrossSpec> cross;
    std::vector<std::string> join_on;
    std::vector<Condition> where;
    std::vector<Condition> total_rows;  // rows that are totals: checked by `checks`, never written
    std::string schema;                 // id, `auto` or `none`
    std::vector<ColumnSpec> columns;    // explicit ones; others by exact name of the field
    bool keep_extra = true;             // columns beyond the schema follow the standard ones
    bool keep_ids = false;              // "ids": "keep": issued IDs stay with their rows, whatever the source numbers
    std::vector<std::string> drop;      // source columns that are not published
    std::vector<TotalRule> checks;
    std::vector<Rule> rules;  // the publisher's own, about published columns
    std::optional<OnError> on_error;
    std::vector<Accept> accept;
    std::vector<std::string> outputs;  // csv geojson xlsx
    OutputOptions output_options;
    std::vector<std::string> partners;  // iko-yo
    std::optional<Chart> chart;
    std::string geocode;            // "town": rows without position get their town's point, marked; empty = never
    std::vector<std::string> mesh;  // mesh codes as further columns: "1" "2" "3" "1/2" "1/4" "1/8"
};

/// How much of the former edition may change before a run stops: shares of its rows, by ID where the table has one.
/// What is not given has the gate's own default.
struct RegressionLimits {
    std::optional<double> rows_lost, rows_new, ids_changed, positions_moved, values_changed;
    std::optional<double> moved_metres;     // from here on a position has moved
    std::optional<double> columns_emptied;  // a count
};

struct Dataset {
    std::string id;  // the folder's name
    std::string title, title_en;
    std::string description;
    Publisher publisher;
    License license;
    std::string credit;  // the sentence that a user of the data must print
    std::string update_frequency;
    std::string contact;
    std::string modified;  // ISO date
    std::string theme;
    std::vector<std::string> keywords;
    std::string spatial;     // place name
    std::string temporal;    // start/end
    std::string source_url;  // landing page of the original
    std::string note;
    std::vector<SourceSpec> sources;
    std::vector<TableSpec> tables;
    RegressionLimits regression;
};

}  // namespace kokai
