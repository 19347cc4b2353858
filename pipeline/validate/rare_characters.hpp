// SPDX-License-Identifier: Apache-2.0
// Characters that not every screen shows: 外字 (private use: each office has its own) and variation selectors. They are
// kept as they are and told with their cell. A character that is lost already (U+FFFD) is an error, and never
// published.
#pragma once

#include "engine/stage.hpp"

#include <string>
#include <string_view>

namespace kokai {

struct RareCharacters {
    std::string private_use;  // U+E000 U+E001, each once; empty = none
    bool variations = false;
    bool lost = false;  // U+FFFD: what stood here was destroyed before the file came to us
};

/// U+FFFD shown as 〓, so that reports have none either.
std::string without_replacement_characters(std::string_view cell);

RareCharacters find_rare_characters(std::string_view cell);

class TellRareCharacters : public Transform {
public:
    Shape bind(const Shape& in) override;
    void run(Batch& batch, Findings& findings) const override;

private:
    Shape shape_;
};

}  // namespace kokai
