// SPDX-License-Identifier: Apache-2.0
// What a header says, in forms that can be compared: widths, dashes, brackets and case are folded; what a form
// program, a GIS or a person put around the name (`10:text`, USER_…, ※, brackets) is taken off, each step costing a
// little certainty.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kokai {

/// fold_key() without separators, dashes, brackets and の: 「名称（カナ）」 and 名称_カナ are alike.
std::string loose_key(std::string_view text);

/// The words of an ASCII header: totalMensRestroom -> total mens restroom; empty when it is not ASCII.
std::vector<std::string> ascii_words(std::string_view text);

/// How many characters a key has.
std::size_t characters(std::string_view key);

struct HeaderForm {
    std::string key;                 // loose_key()
    std::vector<std::string> words;  // when it is ASCII
    double weight = 1.0;             // what is left of the certainty
    bool of_parent = false;          // the group without what stands under it, which may be a part of it only
};

/// What a header says of the writing of its values: 施設名（カナ）, 説明（英語）.
enum class Writing : std::uint8_t { plain, kana, english };

struct HeaderName {
    std::string folded;             // fold_key() of the whole
    std::vector<HeaderForm> forms;  // the whole first
    std::string stem;               // loose key without the number at its end: 画像2 -> 画像
    int number = 0;                 // that number; 0 = none
    std::string bracketed;          // loose key of what stands in brackets: 名称（通称） -> 通称
    std::string base;               // loose key of what stands before them
    std::string child;              // loose key of what stands under a group: 定員_計 -> 計
    Writing writing = Writing::plain;
    std::string plain;          // loose key without the word for the writing: 施設名（カナ） -> 施設名
    bool says_nothing = false;  // a machine's name: 10:text, Field9, item1, 列A
};

HeaderName read_header(std::string_view header);

}  // namespace kokai
