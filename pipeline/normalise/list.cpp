// SPDX-License-Identifier: Apache-2.0
#include "normalise/list.hpp"

#include "normalise/reading.hpp"
#include "support/text.hpp"

#include <array>

namespace kokai {

namespace {

constexpr std::array<std::string_view, 5> joints{"、", ",", "，", "\n", "\r"};

/// Follows brackets of both widths.
void count_brackets(std::string_view rest, int& depth) {
    for (const std::string_view open : {"(", "（", "[", "「"}) {
        depth += rest.starts_with(open) ? 1 : 0;
    }
    for (const std::string_view close : {")", "）", "]", "」"}) {
        depth -= rest.starts_with(close) && depth > 0 ? 1 : 0;
    }
}

std::size_t joint_at(std::string_view text, std::size_t at) {
    for (const std::string_view joint : joints) {
        if (text.substr(at).starts_with(joint)) {
            const std::size_t behind = at + joint.size();
            const bool in_number =
                joint == "," && at > 0 && is_digit(text[at - 1]) && behind < text.size() && is_digit(text[behind]);
            return in_number ? 0 : joint.size();
        }
    }
    return 0;
}

}  // namespace

std::optional<std::string> divided(std::string_view text, std::string_view separator) {
    std::string all;
    std::string_view joint;
    std::size_t start = 0;
    int depth = 0;
    bool found = false;
    const auto take = [&](std::size_t end) {
        const std::string_view one = trimmed(text.substr(start, end - start));
        if (!one.empty()) {
            all += joint;
            all += one;
            joint = separator;
        }
    };
    for (std::size_t at = 0; at < text.size();) {
        count_brackets(text.substr(at), depth);
        const std::size_t size = depth == 0 ? joint_at(text, at) : 0;
        if (size == 0) {
            ++at;
            continue;
        }
        take(at);
        found = true;
        at = start = at + size;
    }
    take(text.size());
    return found && !all.empty() ? std::optional(std::move(all)) : std::nullopt;
}

bool may_be_list(std::string_view text, std::string_view separator) {
    text = trimmed(text);
    if (text.find(separator) != std::string_view::npos || text.find("；") != std::string_view::npos) {
        return false;
    }
    int depth = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const std::string_view rest = text.substr(at);
        count_brackets(rest, depth);
        const bool blank = rest.front() == ' ' || rest.starts_with("　");
        // A blank between words of Latin letters is theirs.
        const bool beside_latin = blank && at > 0 && static_cast<unsigned char>(text[at - 1]) < 0x80;
        if (depth == 0 && (rest.starts_with("・") || (blank && !beside_latin))) {
            return true;
        }
    }
    return false;
}

}  // namespace kokai
