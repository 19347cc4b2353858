// SPDX-License-Identifier: Apache-2.0
// Furigana of a workbook as a proposal: where a standard has 名称 and 名称_カナ and the kana cell is empty, the reading
// that Excel keeps with the name is taken. Every one is told; those that may be wrong ask for a look.
#pragma once

#include "engine/stage.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kokai {

/// What a name's furigana make of it.
struct ProposedReading {
    std::string kana;       // empty = none
    bool doubtful = false;  // digits, Latin letters or characters without a reading stand in it
};

/// `reading` may be empty: a name that is kana altogether is its own reading.
ProposedReading propose_reading(std::string_view name, std::string_view reading);

/// Runs behind the mapping, where a source has readings at all (SourceInfo::readings).
class ProposeReadings : public Transform {
public:
    Shape bind(const Shape& in) override;
    void run(Batch& batch, Findings& findings) const override;

private:
    struct Pair {
        std::size_t name = 0, kana = 0;  // columns
    };

    Shape shape_;
    std::vector<Pair> pairs_;
};

}  // namespace kokai
