// SPDX-License-Identifier: Apache-2.0
#include "command/compared_table.hpp"

#include "locate/representative_point.hpp"
#include "support/decimal.hpp"
#include "support/output_file.hpp"
#include "validate/fingerprints.hpp"
#include "write/text/csv_cell.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdlib>
#include <memory>
#include <system_error>
#include <utility>

namespace kokai {
namespace {

namespace fs = std::filesystem;

/// A shape in a few words that differ when the shape does: areas and lines are compared, not printed.
std::string shape_words(const Geometries& shapes, std::size_t row) {
    constexpr const char* kinds[] = {"", "point", "multipoint", "line", "multiline", "polygon", "multipolygon"};
    std::uint64_t print = 31;
    std::size_t points = 0;
    std::string degrees;
    for (std::size_t part = shapes.part_begin(row); part < shapes.part_end(row); ++part) {
        for (std::size_t ring = shapes.ring_begin(part); ring < shapes.ring_end(part); ++ring) {
            degrees.clear();
            for (const double value : shapes.ring(ring)) {
                append_degrees(degrees, value);
                degrees += ' ';
            }
            print = fingerprint_of(print, degrees);
            points += shapes.ring(ring).size() / 2;
        }
    }
    return fmt::format("{} {} {:016x}", kinds[static_cast<std::size_t>(shapes.kind(row))], points, print);
}

/// The text of a table as its reader gives it, with its shapes as columns where it has no position of its own.
void write_as_csv(Source& source, const Shape& shape, Findings& findings, FileWriter& file) {
    std::string out;
    for (std::size_t i = 0; i < shape.columns.size(); ++i) {
        out += i == 0 ? "" : ",";
        append_csv_cell(out, shape.columns[i].name);
    }
    const bool with_shapes = shape.has_geometry;
    const bool with_position = with_shapes && shape.find("緯度") == Shape::npos && shape.find("経度") == Shape::npos;
    out += with_position ? (shape.columns.empty() ? "緯度,経度" : ",緯度,経度") : "";
    out += with_shapes ? ",geometry" : "";
    out += "\r\n";
    Batch batch;
    while (source.next(batch, findings)) {
        source.parse(batch, findings);
        for (std::size_t row = 0; row < batch.size(); ++row) {
            for (std::size_t i = 0; i < shape.columns.size(); ++i) {
                out += i == 0 ? "" : ",";
                append_csv_cell(out, i < batch.columns.size() ? batch.columns[i].cells[row] : Cell{});
            }
            if (with_shapes) {
                const bool has = row < batch.shapes.size() && batch.shapes.kind(row) != GeometryKind::none;
                const std::optional<LonLat> point = has ? representative_point(batch.shapes, row) : std::nullopt;
                if (with_position) {
                    out += shape.columns.empty() ? "" : ",";
                    if (point) {
                        append_degrees(out, point->latitude);
                        out += ',';
                        append_degrees(out, point->longitude);
                    } else {
                        out += ',';
                    }
                }
                out += ',';
                out += has && batch.shapes.kind(row) != GeometryKind::point ? shape_words(batch.shapes, row) : "";
            }
            out += "\r\n";
        }
        file.append(out);
        out.clear();
        findings = {};
        batch.clear();
    }
    source.end(findings);
    file.append(out);
}

/// A folder of its own, so that two comparisons side by side do not meet.
fs::path new_folder(const fs::path& scratch) {
    std::string name = (scratch / "kokai-diff-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) {
        throw_file_error(scratch.string(), errno);
    }
    return name;
}

}  // namespace

ComparedTable::ComparedTable(const fs::path& published_csv) {
    map(published_csv);
}

ComparedTable::ComparedTable(const SourceRequest& request, const fs::path& scratch) {
    std::error_code ignored;
    const fs::path& path = request.path;
    if (path.extension() == ".csv" && request.encoding.empty() && fs::file_size(path, ignored) > 0) {
        map(path);
        if (rows_->is_regular()) {
            return;
        }
        rows_.reset();
        file_.reset();
    }
    const std::unique_ptr<Source> source = make_source(request);
    Findings findings;
    const Shape shape = source->open(findings);
    made_ = new_folder(scratch);
    FileWriter file(made_ / "table.csv", request.shown);
    write_as_csv(*source, shape, findings, file);
    file.finish();
    map(made_ / "table.csv");
}

ComparedTable::~ComparedTable() {
    if (!made_.empty()) {
        std::error_code ignored;
        fs::remove_all(made_, ignored);
    }
}

void ComparedTable::map(const fs::path& path) {
    std::error_code ignored;
    if (fs::is_regular_file(path, ignored) && fs::file_size(path, ignored) == 0) {
        rows_.emplace(std::string_view{});
        return;
    }
    file_.emplace(path);
    rows_.emplace(*file_);
}

}  // namespace kokai
