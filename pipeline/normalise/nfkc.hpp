// SPDX-License-Identifier: Apache-2.0
// ICU's NFKC, wrapped once, and held back from what a department would call damage. Input must be valid UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace kokai {

enum class Fold {
    text,  // what people read: the list in nfkc.cpp stays; full-width ASCII forms are left to normalise_text()
    kana,  // only half-width kana and dakuten that stand alone
    values,  // dates, numbers …: full-width forms and era squares fold; ①, ², ½, ㎡, № and … stay what they are
    keys     // everything, for comparing
};

std::string nfkc(std::string_view text, Fold fold);

}  // namespace kokai
