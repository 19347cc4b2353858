// SPDX-License-Identifier: Apache-2.0
#include "read/strikes.hpp"

#include <algorithm>

namespace kokai {

void Strikes::clear() {
    kept_.clear();
    bytes_ = 0;
    strike_ = Strike::as_cell;
}

void Strikes::add(std::size_t bytes, Strike strike) {
    if (bytes == 0) {
        return;
    }
    if (strike != strike_) {
        close();
        strike_ = strike;
    }
    bytes_ += bytes;
}

void Strikes::close() {
    if (bytes_ != 0) {
        kept_ += std::to_string(bytes_);
        kept_ += static_cast<char>(strike_);
        bytes_ = 0;
    }
}

const std::string& Strikes::kept() {
    close();
    if (!any(Strike::struck) && !any(Strike::plain)) {
        kept_.clear();
    }
    return kept_;
}

StruckText split_struck(std::string_view text, std::string_view kept, bool cell_struck) {
    StruckText result;
    std::size_t bytes = 0;
    for (const char letter : kept) {
        if (letter >= '0' && letter <= '9') {
            bytes = bytes * 10 + static_cast<std::size_t>(letter - '0');
            continue;
        }
        const bool struck = letter == static_cast<char>(Strike::struck) ||
                            (letter == static_cast<char>(Strike::as_cell) && cell_struck);
        bytes = std::min(bytes, text.size());
        (struck ? result.struck : result.visible) += text.substr(0, bytes);
        text.remove_prefix(bytes);
        bytes = 0;
    }
    (cell_struck ? result.struck : result.visible) += text;
    return result;
}

}  // namespace kokai
