// SPDX-License-Identifier: Apache-2.0
#include "validate/nearest_allowed.hpp"

#include "normalise/text.hpp"
#include "support/nearest_word.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <vector>

namespace kokai {

namespace {

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

}  // namespace

std::string nearest_allowed(std::string_view word, std::span<const std::string> allowed) {
    constexpr std::size_t longest = 200;  // a sentence is no slip of a word
    const std::string key = fold_key(word.substr(0, std::min(word.size(), longest)));
    if (key.empty() || word.size() > longest) {
        return {};
    }
    const std::string* part = nullptr;
    std::size_t parts = 0;
    for (const std::string& candidate : allowed) {
        const std::string other = fold_key(candidate);
        if (other == key) {
            return candidate;  // only widths, spaces or dashes differ
        }
        // One character says too little to be looked for inside another word.
        if (other.size() <= 3 || key.size() <= 3) {
            continue;
        }
        const bool holds = key.find(other) != std::string::npos || other.find(key) != std::string::npos;
        if (!holds) {
            continue;
        }
        ++parts;
        part = &candidate;
    }
    if (parts == 1) {
        return *part;
    }
    if (parts > 1 || characters(word) < 4) {
        return {};  // 屋上 is one slip away from 屋内 and from 屋外
    }
    const std::string nearest = nearest_word(word, allowed);
    std::vector<std::string> others;
    std::copy_if(allowed.begin(), allowed.end(), std::back_inserter(others),
                 [&](const std::string& one) { return one != nearest; });
    return nearest_word(word, others).empty() ? nearest : std::string();
}

}  // namespace kokai
