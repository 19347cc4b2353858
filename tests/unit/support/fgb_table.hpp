// SPDX-License-Identifier: Apache-2.0
// Tables with shapes through the FlatGeobuf sink, cut into batches of any size.
#pragma once

#include "tests/unit/support/fgb_file.hpp"
#include "tests/unit/support/temporary_folder.hpp"
#include "write/flatgeobuf.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace kokai::testing {

using FgbRing = std::vector<std::pair<double, double>>;

struct FgbRow {
    std::vector<std::string> cells;
    GeometryKind kind = GeometryKind::none;
    std::vector<std::vector<FgbRing>> parts{};
    RowState state = RowState::kept;
};

struct FgbTestTable {
    std::vector<std::string> header;
    std::vector<FgbRow> rows;
    std::map<std::string, Field> fields{};
};

struct FgbMade {
    OutputFile file;
    std::string bytes;
    std::vector<FindingText> findings;
};

inline FgbRow fgb_point(std::vector<std::string> cells, double x, double y) {
    return {std::move(cells), GeometryKind::point, {{{{x, y}}}}};
}

inline FgbMade make_fgb(const FgbTestTable& table, FlatGeobufOptions options = {}, std::size_t batch_rows = 1000) {
    const TemporaryFolder folder;
    options.folder = folder.path();
    options.name = "a.fgb";
    Shape shape;
    shape.has_geometry = true;
    for (const std::string& name : table.header) {
        const auto number = static_cast<std::uint32_t>(shape.columns.size() + 1);
        const auto field = table.fields.find(name);
        shape.columns.push_back({name, field == table.fields.end() ? nullptr : &field->second, {{0, number, name}}});
    }
    SourceInfo source;
    source.file = "a.csv";
    source.format = "csv";
    source.sheets = {""};
    FgbMade made;
    FlatGeobufSink sink(options);
    sink.open(shape);
    for (std::size_t at = 0; at < table.rows.size(); at += batch_rows) {
        Batch batch;
        batch.columns.resize(table.header.size());
        for (std::size_t i = at; i < std::min(table.rows.size(), at + batch_rows); ++i) {
            const FgbRow& row = table.rows[i];
            for (std::size_t column = 0; column < table.header.size(); ++column) {
                batch.columns[column].cells.emplace_back(row.cells[column]);
            }
            batch.rows.push_back({static_cast<std::uint32_t>(i + 2), 0, 0});
            batch.states.push_back(row.state);
            for (const auto& part : row.parts) {
                for (const FgbRing& ring : part) {
                    for (const auto& [x, y] : ring) {
                        batch.shapes.add_point(x, y);
                    }
                    batch.shapes.end_ring();
                }
                batch.shapes.end_part();
            }
            batch.shapes.end_row(row.kind);
        }
        Buffer buffer;
        Findings findings;
        sink.encode(batch, buffer, findings);
        for (const Finding& finding : findings.list()) {
            made.findings.push_back(spell_out(finding, {&source, 1}));
        }
        sink.append(std::move(buffer));
    }
    made.file = sink.close();
    made.bytes = folder.read("a.fgb");
    CHECK(made.file.format == "fgb");
    CHECK(made.file.path == "a.fgb");
    CHECK(made.file.bytes == made.bytes.size());
    return made;
}

}  // namespace kokai::testing
