// SPDX-License-Identifier: Apache-2.0
#include "read/header.hpp"

#include "support/text.hpp"

#include <set>

namespace kokai {
namespace {

/// U+FFFD stands for what was destroyed before the file came to us; it is never published.
bool drop_replacement_characters(std::string& name) {
    constexpr std::string_view replacement = "\xEF\xBF\xBD";
    bool any = false;
    for (std::size_t at = name.find(replacement); at != std::string::npos; at = name.find(replacement, at)) {
        name.erase(at, replacement.size());
        any = true;
    }
    return any;
}

}  // namespace

Shape shape_of_header(const std::vector<std::string>& header, const std::vector<std::uint64_t>& filled,
                      std::uint32_t row, std::uint16_t source, std::vector<bool>& published, Findings& findings,
                      std::uint16_t sheet) {
    Shape shape;
    std::set<std::string> taken;
    published.assign(header.size(), true);
    for (std::size_t i = 0; i < header.size(); ++i) {
        const auto number = static_cast<std::uint32_t>(i + 1);
        std::string name;
        for (const char letter : trimmed(header[i])) {
            if (letter != '\n' && letter != '\r') {
                name += letter;
            }
        }
        if (drop_replacement_characters(name)) {
            findings.add(Code::character_lost, {row, number, sheet, source, nullptr}, name);
        }
        if (name.empty()) {
            if (i >= filled.size() || filled[i] == 0) {
                published[i] = false;
                continue;
            }
            name = "列" + column_letters(number);
            findings.add(Code::header_empty, {row, number, sheet, source, nullptr}, std::to_string(filled[i]));
        } else if (taken.count(name) != 0) {
            findings.add(Code::header_duplicate, {row, number, sheet, source, nullptr}, name);
        }
        std::string unique = name;
        for (int again = 2; !taken.insert(unique).second; ++again) {
            unique = name + "_" + std::to_string(again);
        }
        shape.columns.push_back({unique, nullptr, {{source, number, header[i]}}});
    }
    return shape;
}

}  // namespace kokai
