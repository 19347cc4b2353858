// SPDX-License-Identifier: Apache-2.0
// A GeoJSON's members as they come, in constant memory: for what GDAL does not tell.
#pragma once

#include "support/file.hpp"

#include <nlohmann/json.hpp>

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>

namespace kokai {

/// The file's bytes as an input iterator, a block at a time.
class FileBytes {
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

    FileBytes() = default;
    explicit FileBytes(Block* block) : block_(block->fill() ? block : nullptr) {}
    reference operator*() const { return block_->text[block_->at]; }
    FileBytes& operator++() {
        if (++block_->at == block_->text.size() && !block_->fill()) {
            block_ = nullptr;
        }
        return *this;
    }
    bool operator==(const FileBytes& other) const { return block_ == other.block_; }
    bool operator!=(const FileBytes& other) const { return block_ != other.block_; }

private:
    Block* block_ = nullptr;
};

/// A handler that counts how deep it is; what it is derived for looks at the rest.
class GeoJsonWalk : public nlohmann::json_sax<nlohmann::json> {
public:
    bool null() override { return true; }
    bool boolean(bool /*value*/) override { return scalar(); }
    bool number_integer(number_integer_t /*value*/) override { return scalar(); }
    bool number_unsigned(number_unsigned_t /*value*/) override { return scalar(); }
    bool number_float(number_float_t /*value*/, const string_t& /*text*/) override { return scalar(); }
    bool string(string_t& /*value*/) override { return scalar(); }
    bool binary(binary_t& /*value*/) override { return true; }
    bool start_object(std::size_t /*size*/) override {
        ++depth_;
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
    bool parse_error(std::size_t /*at*/, const std::string& /*token*/,
                     const nlohmann::detail::exception& /*problem*/) override {
        return false;
    }

protected:
    virtual bool scalar() { return true; }

    int depth_ = 0;
};

}  // namespace kokai
