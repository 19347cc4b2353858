// SPDX-License-Identifier: Apache-2.0
// Whether a title names a municipality, and which: a table of 柳井市 under 「# 桜井市」 is somebody else's template.
// Only names that cannot be a part of another word count.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kokai {

class MunicipalityNames {
public:
    /// The text of schemas/reference/lg-codes.csv.
    explicit MunicipalityNames(std::string_view table);

    /// 静岡県焼津市, 静岡県; empty when the table does not have the code.
    [[nodiscard]] std::string full_name(std::string_view code) const;
    /// The first municipality or prefecture named in a text that is not the publisher's own, written out
    /// (奈良県桜井市). Nothing when the publisher is named, too, or when the publisher is a prefecture and the other
    /// lies in it.
    [[nodiscard]] std::optional<std::string> other_named(std::string_view text, std::string_view publisher) const;

private:
    struct One {
        std::string code, pref, county, name;  // no name: the prefecture
        bool certain = false;                  // the name alone says it: 桜井市, not 栄町 or 北区
    };
    struct Met {
        const One* one = nullptr;
        std::size_t at = 0, end = 0;
    };
    [[nodiscard]] const One* find(std::string_view code) const;
    [[nodiscard]] std::vector<Met> named_in(const std::string& text) const;

    std::vector<One> all_;
};

}  // namespace kokai
