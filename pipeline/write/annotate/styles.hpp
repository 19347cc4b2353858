// SPDX-License-Identifier: Apache-2.0
// styles.xml with entries at its end: for each style of a marked cell the same style with a fill, and the few styles of
// the sheet 確認結果. No entry that was there changes, so every other cell looks as before.
#pragma once

#include "model/finding.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kokai {

/// Colours of the findings: light red, yellow, light blue.
std::string_view fill_colour(Severity severity);

enum class ListStyle : std::uint8_t { title, wrapped, header, link, error, warning, note };
constexpr std::size_t list_styles = 7;

class StyleBook {
public:
    /// Throws PatchDoubt when the part is not as it should be. Empty = the workbook has no styles yet.
    explicit StyleBook(std::string xml);

    /// The style of a cell that had `style` and has a finding now.
    std::uint32_t marked(std::uint32_t style, Severity severity);
    [[nodiscard]] std::uint32_t of_list(ListStyle style) const;
    [[nodiscard]] std::string finish() const;

private:
    struct Section {
        std::size_t open_begin = 0, open_end = 0, close = 0;
        std::uint32_t count = 0;
        bool found = false;
    };
    void survey();
    void add_missing_sections();

    std::string xml_, prefix_;
    Section fonts_, fills_, borders_, formats_;
    bool has_base_formats_ = false;                                // <cellStyleXfs>, which xfId names
    std::vector<std::pair<std::size_t, std::size_t>> formats_at_;  // of each <xf> of <cellXfs>
    std::map<std::pair<std::uint32_t, Severity>, std::uint32_t> marked_;
    std::vector<std::string> added_;  // <xf>
};

}  // namespace kokai
