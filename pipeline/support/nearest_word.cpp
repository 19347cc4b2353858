// SPDX-License-Identifier: Apache-2.0
// Damerau-Levenshtein on characters: a swapped pair of letters is one slip, not two.
#include "support/nearest_word.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace kokai {
namespace {

constexpr std::size_t slip = 2;        // cost of one wrong letter
constexpr std::size_t small_slip = 1;  // cost of a wrong case, or of - for _
constexpr std::size_t longest = 64;    // nobody mistypes a word this long

/// Whole UTF-8 sequences; broken bytes stand for themselves.
std::vector<std::string_view> characters(std::string_view text) {
    std::vector<std::string_view> all;
    for (std::size_t begin = 0; begin < text.size();) {
        std::size_t end = begin + 1;
        while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
            ++end;
        }
        all.push_back(text.substr(begin, end - begin));
        begin = end;
    }
    return all;
}

char folded(std::string_view character) {
    if (character.size() != 1) {
        return '\0';
    }
    const char one = character.front();
    if (one == '-' || one == ' ') {
        return '_';
    }
    return one >= 'A' && one <= 'Z' ? static_cast<char>(one - 'A' + 'a') : one;
}

std::size_t replacement(std::string_view left, std::string_view right) {
    if (left == right) {
        return 0;
    }
    const char one = folded(left);
    return one != '\0' && one == folded(right) ? small_slip : slip;
}

std::size_t distance(const std::vector<std::string_view>& left, const std::vector<std::string_view>& right) {
    std::vector<std::size_t> before(right.size() + 1);
    std::vector<std::size_t> last(right.size() + 1);
    std::vector<std::size_t> now(right.size() + 1);
    for (std::size_t j = 0; j <= right.size(); ++j) {
        last[j] = j * slip;
    }
    for (std::size_t i = 1; i <= left.size(); ++i) {
        now[0] = i * slip;
        for (std::size_t j = 1; j <= right.size(); ++j) {
            now[j] =
                std::min({last[j] + slip, now[j - 1] + slip, last[j - 1] + replacement(left[i - 1], right[j - 1])});
            if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1]) {
                now[j] = std::min(now[j], before[j - 2] + slip);
            }
        }
        before.swap(last);
        last.swap(now);
    }
    return last[right.size()];
}

}  // namespace

std::string nearest_word(std::string_view word, std::span<const std::string> known) {
    const std::vector<std::string_view> typed = characters(word);
    if (typed.empty() || typed.size() > longest) {
        return {};
    }
    const std::string* best = nullptr;
    std::size_t best_distance = 0;
    for (const std::string& candidate : known) {
        const std::vector<std::string_view> meant = characters(candidate);
        if (meant.empty() || meant.size() > longest) {
            continue;
        }
        const std::size_t far = distance(typed, meant);
        // One slip in three letters; a short word must be nearly right.
        const std::size_t most = slip * std::max<std::size_t>(1, std::min(typed.size(), meant.size()) / 3);
        const bool alike = far <= most && far < slip * std::min(typed.size(), meant.size());
        if (alike && (best == nullptr || far < best_distance)) {
            best = &candidate;
            best_distance = far;
        }
    }
    return best == nullptr ? std::string{} : *best;
}

}  // namespace kokai
