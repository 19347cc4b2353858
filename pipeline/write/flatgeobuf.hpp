// SPDX-License-Identifier: Apache-2.0
// FlatGeobuf 3 with its spatial index: features in Hilbert order, a packed R-tree before them. Rows without a position
// are left out.
#pragma once

#include "engine/stage.hpp"
#include "support/external_sort.hpp"
#include "support/output_file.hpp"
#include "write/bounds.hpp"
#include "write/fgb/bodies.hpp"
#include "write/fgb/feature.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace kokai {

struct FlatGeobufOptions {
    std::filesystem::path folder;
    std::string name;   // file name
    std::string layer;  // the header's name; the file name without its ending when empty
    std::string title;
    std::string description;
    std::string license;  // with the attribution in the header's metadata, as JSON
    std::string attribution;
    // Memory for sorting and for reading back; lowered by tests.
    std::size_t sort_bytes = std::size_t{6} << 20U;
    std::size_t window_bytes = std::size_t{8} << 20U;
    std::size_t run_features = 8192;
};

class FlatGeobufSink : public Sink {
public:
    explicit FlatGeobufSink(FlatGeobufOptions options);
    void open(const Shape& shape) override;
    void encode(const Batch& batch, Buffer& buffer, Findings& findings) const override;
    void append(Buffer&& buffer) override;
    OutputFile close() override;

private:
    /// A feature's place on the curve, and in FgbBodies.
    struct Entry {
        std::uint64_t key = 0;
        std::uint64_t offset = 0;  // rises with the row's number among those of the same key
        std::uint32_t size = 0;
        std::uint32_t type : 3 = 0;  // FgbType
        std::uint32_t run : 29 = 0;
        Bounds bounds;

        bool operator<(const Entry& other) const { return key != other.key ? key < other.key : offset < other.offset; }
    };

    void end_run();
    [[nodiscard]] FgbType layer_type() const;
    void write_features(ScratchFile& order, FgbType type);

    FlatGeobufOptions options_;
    const Shape* shape_ = nullptr;
    std::optional<FgbFeatures> features_;
    std::optional<FgbBodies> bodies_;
    std::optional<ExternalSort<Entry>> entries_;
    std::vector<Entry> run_entries_;  // the run being gathered; offsets count in run_features_
    std::string run_features_;
    std::optional<FileWriter> file_;
    Bounds bounds_;
    std::array<bool, 7> types_{};  // those that occur, by FgbType
};

}  // namespace kokai
