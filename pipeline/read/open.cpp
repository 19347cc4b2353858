// SPDX-License-Identifier: Apache-2.0
#include "read/open.hpp"

#include "read/archive.hpp"
#include "read/csv.hpp"
#include "read/file_kind.hpp"
#include "read/gis.hpp"
#include "read/xlsx.hpp"

#include <utility>

namespace kokai {
namespace {

/// A source whose file is called something else than it is: says so, and reads it all the same.
class RenamedSource : public Source {
public:
    RenamedSource(std::unique_ptr<Source> inside, FileLook look, std::uint16_t source)
        : inside_(std::move(inside)), look_(std::move(look)), source_(source) {}

    Shape open(Findings& findings) override {
        Shape shape = inside_->open(findings);
        findings.add(Code::extension_differs, {0, 0, 0, source_, nullptr}, look_.really, look_.expected);
        return shape;
    }
    bool next(Batch& batch, Findings& findings) override { return inside_->next(batch, findings); }
    void parse(Batch& batch, Findings& findings) const override { inside_->parse(batch, findings); }
    void end(Findings& findings) override { inside_->end(findings); }
    [[nodiscard]] std::vector<SourceInfo> about() const override { return inside_->about(); }
    [[nodiscard]] std::uint64_t size() const override { return inside_->size(); }
    [[nodiscard]] std::uint64_t position() const override { return inside_->position(); }

private:
    std::unique_ptr<Source> inside_;
    FileLook look_;
    std::uint16_t source_;
};

std::unique_ptr<Source> source_of_kind(FileKind kind, const SourceRequest& request) {
    switch (kind) {
    case FileKind::archive:
        return std::make_unique<ArchiveSource>(request);
    case FileKind::workbook: {
        XlsxOptions options;
        options.path = request.path;
        options.shown = request.shown;
        options.name = request.name;
        options.sheet = request.sheet;
        options.pin = request.pin;
        options.offer_readings = true;
        options.totals = request.totals;
        options.source = request.index;
        options.watch = request.watch;
        options.other_sheets = request.other_sheets;
        return std::make_unique<XlsxSource>(std::move(options));
    }
    case FileKind::gis: {
        GisOptions options;
        options.path = request.path;
        options.shown = request.shown;
        options.name = request.name;
        options.layer = request.sheet;
        options.encoding = request.encoding;
        options.crs = request.crs;
        options.grids = request.grids;
        options.names = request.names;
        options.advise = request.advise;
        options.service = request.service;
        options.query = request.query;
        options.geometry = request.geometry;
        options.faulty = request.repair ? FaultyShapes::mend : FaultyShapes::tell;
        options.source = request.index;
        return std::make_unique<GisSource>(std::move(options));
    }
    case FileKind::text:
        break;
    }
    CsvOptions options;
    options.path = request.path;
    options.shown = request.shown;
    options.name = request.name;
    options.encoding = request.encoding;
    options.pin = request.pin;
    options.totals = request.totals;
    options.source = request.index;
    options.watch = request.watch;
    return std::make_unique<CsvSource>(std::move(options));
}

}  // namespace

std::unique_ptr<Source> make_source(const SourceRequest& request) {
    if (!request.service.empty()) {
        return source_of_kind(FileKind::gis, request);
    }
    FileLook look = look_at_file(request.path, request.shown);
    std::unique_ptr<Source> source = source_of_kind(look.kind, request);
    if (look.really.empty()) {
        return source;
    }
    return std::make_unique<RenamedSource>(std::move(source), std::move(look), request.index);
}

}  // namespace kokai
