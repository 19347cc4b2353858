// SPDX-License-Identifier: Apache-2.0
// What a kanji numeral says: in dates, amounts and the numbers of addresses.
#pragma once

namespace kokai {

/// 0 to 9 for 〇 and 一 to 九, -1 for anything else.
constexpr int plain_kanji_digit(char32_t point) {
    switch (point) {
    case U'〇':
        return 0;
    case U'一':
        return 1;
    case U'二':
        return 2;
    case U'三':
        return 3;
    case U'四':
        return 4;
    case U'五':
        return 5;
    case U'六':
        return 6;
    case U'七':
        return 7;
    case U'八':
        return 8;
    case U'九':
        return 9;
    default:
        return -1;
    }
}

/// The same, with 零 and the formal 壱弐参, and 10 100 1000 for their kanji.
constexpr int kanji_digit(char32_t point) {
    switch (point) {
    case U'零':
        return 0;
    case U'壱':
        return 1;
    case U'弐':
        return 2;
    case U'参':
        return 3;
    case U'十':
    case U'拾':
        return 10;
    case U'百':
        return 100;
    case U'千':
        return 1000;
    default:
        return plain_kanji_digit(point);
    }
}

}  // namespace kokai
