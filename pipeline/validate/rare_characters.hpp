// SPDX-License-Identifier: Apache-2.0
// Characters that not every screen shows: 外字 (private use: each office has its own) and variation selectors. They are
// kept as they are and told with their cell.
#pragma once

#include "engine/stage.hpp"

#include <string>
#include <string_view>

namespace kokai {

struct RareCharacters {
    std::string private_use;  // U+E000 U+E001, each once; empty = none
    bool variations = false;
};

RareCharacters find_rare_characters(std::string_view cell);

class TellRareCharacters : public Transform {
public:
    Shape bind(const Shape& in) override;
    void run(Batch& batch, Findings& findings) const override;

private:
    Shape shape_;
};

}  // namespace kokai
