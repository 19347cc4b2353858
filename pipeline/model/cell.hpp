// SPDX-License-Identifier: Apache-2.0
// A cell is a view; the bytes behind it belong to the batch (raw buffer or arena), so that nothing is allocated per
// cell.
#pragma once

#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace kokai {

using Cell = std::string_view;

/// Bytes handed out once and freed all together. Views into it stay good until clear().
class Arena {
public:
    char* take(std::size_t size) {
        if (size > left_) {
            grow(size);
        }
        char* bytes = next_;
        next_ += size;
        left_ -= size;
        return bytes;
    }

    /// Gives back the tail of the last take() that was not needed.
    void give_back(std::size_t size) {
        next_ -= size;
        left_ += size;
    }

    Cell keep(std::string_view text) {
        if (text.empty()) {
            return {};
        }
        char* bytes = take(text.size());
        std::memcpy(bytes, text.data(), text.size());
        return {bytes, text.size()};
    }

    /// Forgets everything; the blocks stay for the next use.
    void clear() {
        used_ = 0;
        left_ = 0;
        next_ = nullptr;
    }

private:
    struct Block {
        std::unique_ptr<char[]> bytes;
        std::size_t size = 0;
    };

    void grow(std::size_t size) {
        constexpr std::size_t usual = std::size_t{256} << 10U;
        while (used_ < blocks_.size() && blocks_[used_].size < size) {
            ++used_;  // too small for this one: wait for the next clear()
        }
        if (used_ == blocks_.size()) {
            const std::size_t room = size > usual ? size : usual;
            // Not make_unique: that would zero the block first.
            blocks_.push_back({std::unique_ptr<char[]>(new char[room]), room});
        }
        next_ = blocks_[used_].bytes.get();
        left_ = blocks_[used_].size;
        ++used_;
    }

    std::vector<Block> blocks_;
    std::size_t used_ = 0;
    char* next_ = nullptr;
    std::size_t left_ = 0;
};

}  // namespace kokai
