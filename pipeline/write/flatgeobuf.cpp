// SPDX-License-Identifier: Apache-2.0
// Workers encode the features, append() gathers some batches and puts them aside in the order of their keys, close()
// merges these runs. The order of equal keys is that of the rows, so that neither the cutting into batches nor the size
// of a run can be seen in the file.
#include "write/flatgeobuf.hpp"

#include "write/fgb/header.hpp"
#include "write/fgb/index.hpp"
#include "write/hilbert.hpp"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace kokai {
namespace {

constexpr std::size_t most_run_bytes = std::size_t{4} << 20U;

/// A feature as close() writes it.
struct Placed {
    std::uint64_t offset = 0;
    std::uint32_t size = 0;
    std::uint32_t type : 3 = 0;
    std::uint32_t run : 29 = 0;
};

}  // namespace

FlatGeobufSink::FlatGeobufSink(FlatGeobufOptions options) : options_(std::move(options)) {}

void FlatGeobufSink::open(const Shape& shape) {
    shape_ = &shape;
    features_.emplace(shape);
    file_.emplace(options_.folder / options_.name, options_.name);
    bodies_.emplace(options_.folder, options_.window_bytes);
    entries_.emplace(options_.folder, options_.sort_bytes);
}

void FlatGeobufSink::encode(const Batch& batch, Buffer& buffer, Findings& findings) const {
    std::vector<Entry> entries;
    entries.reserve(batch.size());
    for (std::size_t row = 0; row < batch.size(); ++row) {
        if (batch.states[row] != RowState::kept) {
            continue;
        }
        Entry entry;
        entry.bounds = bounds_of(batch.shapes, row);
        if (entry.bounds.empty()) {
            continue;
        }
        entry.key = hilbert(entry.bounds);
        entry.type = static_cast<std::uint32_t>(fgb_type(batch.shapes.kind(row))) & 7U;
        entry.offset = buffer.bytes.size();
        features_->append(buffer.bytes, batch, row, findings);
        entry.size = static_cast<std::uint32_t>(buffer.bytes.size() - entry.offset);
        entries.push_back(entry);
    }
    const auto raw = std::as_bytes(std::span(entries));
    buffer.extra.assign(raw.begin(), raw.end());
    buffer.rows = entries.size();
}

void FlatGeobufSink::append(Buffer&& buffer) {
    const std::uint64_t before = run_features_.size();
    run_features_.reserve(most_run_bytes + 2 * buffer.bytes.size());  // once: growing would copy all of it
    run_features_ += buffer.bytes;
    for (std::size_t at = 0; at < buffer.extra.size(); at += sizeof(Entry)) {
        Entry& entry = run_entries_.emplace_back();
        std::memcpy(&entry, buffer.extra.data() + at, sizeof entry);
        entry.offset += before;
        bounds_.add(entry.bounds);
        types_[entry.type] = true;
    }
    if (run_entries_.size() >= options_.run_features || run_features_.size() >= most_run_bytes) {
        end_run();
    }
}

void FlatGeobufSink::end_run() {
    if (run_entries_.empty()) {
        return;
    }
    std::sort(run_entries_.begin(), run_entries_.end());
    const std::uint32_t run = bodies_->begin_run();
    const std::string_view features = run_features_;
    for (Entry& entry : run_entries_) {
        entry.offset = bodies_->add(features.substr(entry.offset, entry.size));
        entry.run = run & 0x1FFFFFFFU;
        entries_->add(entry);
    }
    run_entries_.clear();
    run_features_.clear();
}

/// The one type of all features. Single and multi shapes of a dimension become multi shapes: PostGIS and tippecanoe
/// refuse a layer of type Unknown, QGIS reads the whole file to learn what is in it, and GDAL and flatgeobuf.js read a
/// multi shape of one part like any other. Only points beside lines or polygons leave the type to each feature.
FgbType FlatGeobufSink::layer_type() const {
    constexpr std::pair<FgbType, FgbType> dimensions[] = {{FgbType::point, FgbType::multi_point},
                                                          {FgbType::line, FgbType::multi_line},
                                                          {FgbType::polygon, FgbType::multi_polygon}};
    FgbType type = FgbType::unknown;
    for (const auto& [single, multi] : dimensions) {
        const bool has_single = types_[static_cast<std::size_t>(single)];
        const bool has_multi = types_[static_cast<std::size_t>(multi)];
        if (has_single || has_multi) {
            if (type != FgbType::unknown) {
                return FgbType::unknown;
            }
            type = has_multi ? multi : single;
        }
    }
    return type;
}

OutputFile FlatGeobufSink::close() {
    end_run();
    run_entries_ = {};
    run_features_ = {};
    const std::uint64_t count = entries_->size();
    const std::filesystem::path stem = std::filesystem::path(options_.name).stem();
    FgbHeader header{options_.layer.empty() ? stem.string() : options_.layer,
                     options_.title,
                     options_.description,
                     options_.license,
                     options_.attribution,
                     layer_type(),
                     bounds_,
                     count};
    file_->append(fgb_magic);
    file_->append(std::string_view(fgb_header(header, *shape_)));
    if (count > 0) {
        ScratchFile order(options_.folder);
        {
            FgbIndex index(options_.folder, count);
            std::uint64_t offset = 0;
            entries_->sort();
            for (Entry entry; entries_->next(entry);) {
                index.add(entry.bounds, offset);
                offset += fgb_size_as(header.type, static_cast<FgbType>(entry.type), entry.size);
                const Placed placed{entry.offset, entry.size, entry.type, entry.run};
                order.append(std::as_bytes(std::span(&placed, 1)));
            }
            entries_.reset();
            index.write(*file_);
        }
        write_features(order, header.type);
    }
    bodies_.reset();
    const WrittenFile written = file_->finish();
    return {"fgb", options_.name, count, written.bytes, written.sha256};
}

void FlatGeobufSink::write_features(ScratchFile& order, FgbType type) {
    std::vector<Placed> piece(4096);
    char head_space[fgb_head_space];
    for (std::uint64_t at = 0; at < order.size();) {
        piece.resize(
            static_cast<std::size_t>(std::min<std::uint64_t>(piece.size(), (order.size() - at) / sizeof(Placed))));
        const auto bytes = std::as_writable_bytes(std::span(piece));
        order.read(at, bytes);
        at += bytes.size();
        for (const Placed& placed : piece) {
            const std::string_view feature = bodies_->read(placed.run, placed.offset, placed.size);
            const FgbHead head = fgb_head_as(type, static_cast<FgbType>(placed.type), feature, head_space);
            file_->append(head.bytes);
            file_->append(feature.substr(head.rest));
        }
    }
}

}  // namespace kokai
