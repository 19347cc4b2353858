// SPDX-License-Identifier: Apache-2.0
// Columns that are about persons by their names alone, whatever their cells look like: home addresses, ages and sexes
// beside names, numbers of insurances and licences. Names of office-holders that the standards ask for are none.
#pragma once

#include "model/batch.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

namespace kokai {

struct PersonColumn {
    std::size_t column = 0;
    std::string_view what;  // in Japanese: 自宅の住所や電話
};

/// Whether a cell of such a column says anything: not －, なし or 可, and not the licence of a business.
bool tells_of_person(std::string_view cell);

std::vector<PersonColumn> person_columns(const Shape& shape);

}  // namespace kokai
