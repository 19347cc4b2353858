// SPDX-License-Identifier: Apache-2.0
// Words are compared as keys (widths, case and spaces make no difference). 有（要予約） says more than yes, so it is
// refused.
#include "normalise/flag.hpp"

#include "normalise/reading.hpp"
#include "normalise/text.hpp"

#include <algorithm>
#include <array>

namespace kokai {

namespace {

constexpr std::array<std::string_view, 43> yes = {
    "1",  "1.0",  "true",   "t",        "yes",    "y",        "on",     "○",        "〇",       "◯",        "●",
    "✓",  "✔",    "☑",      "■",        "レ",     "有",       "有り",   "あり",     "アリ",     "有る",     "ある",
    "可", "可能", "はい",   "対応",     "対象",   "該当",     "設置",   "設置済",   "設置済み", "設置あり", "実施",
    "済", "要",   "利用可", "利用可能", "対応可", "対応可能", "設置有", "設置有り", "⭕",        "真"};
constexpr std::array<std::string_view, 39> no = {
    "0",        "0.0",      "false",    "f",        "no",     "n",        "off",    "×",      "✕",      "✖",
    "✗",        "☐",        "□",        "無",       "無し",   "なし",     "ナシ",   "無い",   "ない",   "不可",
    "不可能",   "いいえ",   "否",       "非対応",   "未対応", "対象外",   "非該当", "未設置", "未実施", "不要",
    "利用不可", "対応不可", "対応なし", "設置なし", "設置無", "設置無し", "❌",      "✘",      "偽"};

}  // namespace

bool is_clean_flag(std::string_view text) {
    return text == "1" || text == "0";
}

Normalised normalise_flag(std::string_view input) {
    if (is_clean_flag(input)) {
        return value_only(std::string(input));
    }
    const Reading reading = open_value(input);
    if (reading.answer && reading.answer->failed()) {
        return *reading.answer;
    }
    const std::string key = fold_key(input);
    // なし is a marker for "no value" elsewhere; here it is an answer.
    if (std::find(no.begin(), no.end(), key) != no.end()) {
        return value_only("0");
    }
    if (reading.answer) {
        return *reading.answer;
    }
    if (std::find(yes.begin(), yes.end(), key) != yes.end()) {
        return value_only("1");
    }
    return flag_only("error:not-a-flag");
}

}  // namespace kokai
