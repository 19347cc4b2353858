// SPDX-License-Identifier: Apache-2.0
// Columns of one table that say the same but for a qualifier, and so explain each other: 電話番号（本館） beside
// 電話番号（別館）, 令和5年人口 beside 令和6年人口.
#pragma once

#include "map/propose.hpp"

#include <vector>

namespace kokai {

struct Siblings {
    bool by_bracket = false;  // the same name, with other words in brackets or with none
    bool by_year = false;     // the same name of another year
};

/// For each column. What is known to be a field by itself, such as 連絡先（電話）, has no siblings.
std::vector<Siblings> siblings_of(const std::vector<SampledColumn>& columns, const HeaderVocabulary& vocabulary);

}  // namespace kokai
