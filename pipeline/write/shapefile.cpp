// SPDX-License-Identifier: Apache-2.0
#include "write/shapefile.hpp"

#include <string_view>
#include <utility>

namespace kokai {
namespace {

constexpr std::string_view zip_ending = ".shp.zip";

}  // namespace

ShapefileSink::ShapefileSink(ShapefileOptions options)
    : options_(std::move(options)), parts_(options_.folder, options_.name, options_.part_limit, {}) {}

void ShapefileSink::open(const Shape& shape) {
    shape_ = &shape;
    parts_.open(shape);
    file_.emplace(options_.folder / options_.name, options_.name);
}

void ShapefileSink::encode(const Batch& batch, Buffer& buffer, Findings& findings) const {
    parts_.encode(batch, buffer, findings);
}

void ShapefileSink::append(Buffer&& buffer) {
    parts_.append(std::move(buffer));
}

OutputFile ShapefileSink::close() {
    std::string stem = std::filesystem::path(options_.name).filename().string();
    if (stem.ends_with(zip_ending)) {
        stem.erase(stem.size() - zip_ending.size());
    }
    ShapefileNotes notes;
    notes.title = options_.title;
    notes.license = options_.license;
    notes.attribution = options_.attribution;
    notes.modified = options_.modified;
    ZipWriter zip(*file_, options_.name);
    parts_.write(zip, stem, options_.modified, notes);
    zip.add("fields.csv", shapefile_fields_csv(parts_.fields(), shape_->columns));
    zip.add("README.txt", shapefile_readme(notes));
    zip.finish();
    const WrittenFile written = file_->finish();
    return {"shp", options_.name, parts_.rows(), written.bytes, written.sha256};
}

}  // namespace kokai
