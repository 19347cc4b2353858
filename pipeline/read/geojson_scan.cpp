// SPDX-License-Identifier: Apache-2.0
// A SAX handler that follows features > [i] > geometry > (anything) > a scalar.
#include "read/geojson_scan.hpp"

#include <nlohmann/json.hpp>

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>

namespace kokai {
namespace {

/// The file's bytes as an input iterator, a block at a time.
class Bytes {
public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;

    struct Block {
        const InputFile& file;
        std::string text;
        std::uint64_t offset = 0;
        std::size_t at = 0;

        bool fill() {
            offset += text.size();
            text.resize(1U << 18U);
            text.resize(file.read_at(offset, text.data(), text.size()));
            at = 0;
            return !text.empty();
        }
    };

    Bytes() = default;
    explicit Bytes(Block* block) : block_(block->fill() ? block : nullptr) {}
    reference operator*() const { return block_->text[block_->at]; }
    Bytes& operator++() {
        if (++block_->at == block_->text.size() && !block_->fill()) {
            block_ = nullptr;
        }
        return *this;
    }
    bool operator==(const Bytes& other) const { return block_ == other.block_; }
    bool operator!=(const Bytes& other) const { return block_ != other.block_; }

private:
    Block* block_ = nullptr;
};

class Handler : public nlohmann::json_sax<nlohmann::json> {
public:
    std::vector<bool> features;

    bool null() override { return true; }
    bool boolean(bool /*value*/) override { return scalar(); }
    bool number_integer(number_integer_t /*value*/) override { return scalar(); }
    bool number_unsigned(number_unsigned_t /*value*/) override { return scalar(); }
    bool number_float(number_float_t /*value*/, const string_t& /*text*/) override { return scalar(); }
    bool string(string_t& /*value*/) override { return scalar(); }
    bool binary(binary_t& /*value*/) override { return true; }
    bool start_object(std::size_t /*size*/) override {
        ++depth_;
        if (depth_ == feature_depth && in_features_) {
            features.push_back(false);
        }
        return true;
    }
    bool end_object() override {
        --depth_;
        return true;
    }
    bool start_array(std::size_t /*size*/) override {
        ++depth_;
        return true;
    }
    bool end_array() override {
        --depth_;
        return true;
    }
    bool key(string_t& name) override {
        if (depth_ == 1) {
            in_features_ = name == "features";
        } else if (depth_ == feature_depth) {
            in_geometry_ = in_features_ && name == "geometry";
        } else if (depth_ == feature_depth + 1) {
            in_coordinates_ = in_geometry_ && (name == "coordinates" || name == "geometries");
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
    static constexpr int feature_depth = 3;  // { features: [ {

    [[nodiscard]] bool inside_coordinates() const {
        return depth_ > feature_depth + 1 && in_coordinates_ && in_geometry_ && !features.empty();
    }
    bool scalar() {
        if (inside_coordinates()) {
            features.back() = true;
        }
        return true;
    }

    int depth_ = 0;
    bool in_features_ = false, in_geometry_ = false, in_coordinates_ = false;
};

}  // namespace

std::vector<bool> features_with_coordinates(const InputFile& file) {
    Bytes::Block block{file, {}, 0, 0};
    Handler handler;
    nlohmann::json::sax_parse(Bytes(&block), Bytes(), &handler);
    return std::move(handler.features);
}

}  // namespace kokai
