// SPDX-License-Identifier: Apache-2.0
// A SAX handler that follows features > [i] > geometry > (anything) > a scalar, or no coordinates at all; of one
// feature a line the same without what stands around the features.
#include "read/geojson_scan.hpp"

#include "read/geojson_walk.hpp"

#include <cstddef>
#include <string>
#include <utility>

namespace kokai {
namespace {

class FeatureScan : public GeoJsonWalk {
public:
    static constexpr int in_collection = 3;  // { features: [ {
    static constexpr int on_its_own = 1;

    explicit FeatureScan(int feature_depth)
        : feature_depth_(feature_depth), in_features_(feature_depth == on_its_own) {}

    /// Another document of one feature.
    void begin() {
        depth_ = 0;
        in_geometry_ = in_coordinates_ = false;
    }

    std::vector<bool> features;

    bool start_object(std::size_t /*size*/) override {
        ++depth_;
        if (depth_ == feature_depth_ && in_features_) {
            features.push_back(false);
        } else if (is_geometry()) {
            has_coordinates_ = false;
        }
        return true;
    }
    bool end_object() override {
        if (is_geometry() && !has_coordinates_) {
            features.back() = true;  // a type without coordinates
        }
        --depth_;
        return true;
    }
    bool key(string_t& name) override {
        if (depth_ == feature_depth_) {
            in_geometry_ = in_features_ && name == "geometry";
        } else if (depth_ == 1) {
            in_features_ = name == "features";
        } else if (depth_ == feature_depth_ + 1) {
            in_coordinates_ = in_geometry_ && (name == "coordinates" || name == "geometries");
            has_coordinates_ = has_coordinates_ || in_coordinates_;
        }
        return true;
    }
    bool parse_error(std::size_t /*at*/, const std::string& /*token*/,
                     const nlohmann::detail::exception& /*problem*/) override {
        if (inside_coordinates()) {
            features.back() = true;  // NaN and the like, which GDAL takes and JSON does not know
        }
        return false;
    }

private:
    [[nodiscard]] bool inside_coordinates() const {
        return depth_ > feature_depth_ + 1 && in_coordinates_ && in_geometry_ && !features.empty();
    }
    [[nodiscard]] bool is_geometry() const { return depth_ == feature_depth_ + 1 && in_geometry_ && !features.empty(); }
    bool scalar() override {
        const bool for_geometry = depth_ == feature_depth_ && in_geometry_ && !features.empty();
        if (inside_coordinates() || for_geometry) {
            features.back() = true;
        }
        return true;
    }

    int feature_depth_;
    bool in_features_, in_geometry_ = false, in_coordinates_ = false, has_coordinates_ = false;
};

/// Calls `take(record, line)` for every feature of a file that has one a line, or each behind a record separator, until
/// it answers false.
template <typename Take>
void for_each_record(const InputFile& file, Take take) {
    constexpr char record_separator = '\x1E';
    std::string record;
    bool separated = false;
    std::size_t line = 1;
    std::size_t begins = 1;
    FileBytes::Block block{file, {}, 0, 0};
    const auto end_record = [&] {
        const bool go_on = record.find('{') == std::string::npos || take(record, begins);
        record.clear();
        begins = line;
        return go_on;
    };
    while (block.fill()) {
        for (const char c : block.text) {
            separated = separated || c == record_separator;
            line += c == '\n' ? 1U : 0U;
            if (c != record_separator && (c != '\n' || separated)) {
                record += c;
            } else if (!end_record()) {
                return;
            }
        }
    }
    end_record();
}

}  // namespace

std::vector<bool> features_with_coordinates(const InputFile& file) {
    FileBytes::Block block{file, {}, 0, 0};
    FeatureScan handler(FeatureScan::in_collection);
    nlohmann::json::sax_parse(FileBytes(&block), FileBytes(), &handler);
    return std::move(handler.features);
}

std::vector<bool> lines_with_coordinates(const InputFile& file) {
    FeatureScan handler(FeatureScan::on_its_own);
    for_each_record(file, [&](const std::string& record, std::size_t /*line*/) {
        handler.begin();
        nlohmann::json::sax_parse(record, &handler);
        return true;
    });
    return std::move(handler.features);
}

std::size_t first_broken_line(const InputFile& file) {
    std::size_t broken = 0;
    for_each_record(file, [&](const std::string& record, std::size_t line) {
        broken = nlohmann::json::accept(record) ? 0 : line;
        return broken == 0;
    });
    return broken;
}

}  // namespace kokai
