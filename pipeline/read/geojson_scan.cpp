// SPDX-License-Identifier: Apache-2.0
// A SAX handler that follows features > [i] > geometry > (anything) > a scalar, or no coordinates at all; of one
// feature a line the same without what stands around the features.
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
    static constexpr int in_collection = 3;  // { features: [ {
    static constexpr int on_its_own = 1;

    explicit Handler(int feature_depth) : feature_depth_(feature_depth), in_features_(feature_depth == on_its_own) {}

    /// Another document of one feature.
    void begin() {
        depth_ = 0;
        in_geometry_ = in_coordinates_ = false;
    }

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
    bool start_array(std::size_t /*size*/) override {
        ++depth_;
        return true;
    }
    bool end_array() override {
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
    bool scalar() {
        const bool for_geometry = depth_ == feature_depth_ && in_geometry_ && !features.empty();
        if (inside_coordinates() || for_geometry) {
            features.back() = true;
        }
        return true;
    }

    int feature_depth_;
    int depth_ = 0;
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
    Bytes::Block block{file, {}, 0, 0};
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
    Bytes::Block block{file, {}, 0, 0};
    Handler handler(Handler::in_collection);
    nlohmann::json::sax_parse(Bytes(&block), Bytes(), &handler);
    return std::move(handler.features);
}

std::vector<bool> lines_with_coordinates(const InputFile& file) {
    Handler handler(Handler::on_its_own);
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
