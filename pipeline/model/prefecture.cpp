// SPDX-License-Identifier: Apache-2.0
// The names in the order of their codes 01-47 (JIS X 0401). They have not changed since 1947, so they are not read from
// a file.
#include "model/prefecture.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace kokai {

namespace {

constexpr std::array<std::string_view, 47> prefectures = {
    "北海道", "青森県", "岩手県", "宮城県",   "秋田県", "山形県",   "福島県", "茨城県", "栃木県", "群馬県",
    "埼玉県", "千葉県", "東京都", "神奈川県", "新潟県", "富山県",   "石川県", "福井県", "山梨県", "長野県",
    "岐阜県", "静岡県", "愛知県", "三重県",   "滋賀県", "京都府",   "大阪府", "兵庫県", "奈良県", "和歌山県",
    "鳥取県", "島根県", "岡山県", "広島県",   "山口県", "徳島県",   "香川県", "愛媛県", "高知県", "福岡県",
    "佐賀県", "長崎県", "熊本県", "大分県",   "宮崎県", "鹿児島県", "沖縄県"};

/// 1-47, or 0.
std::size_t number_of(std::string_view lg_code) {
    const bool digits = std::all_of(lg_code.begin(), lg_code.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!digits || (lg_code.size() != 5 && lg_code.size() != 6)) {
        return 0;
    }
    const auto digit = [lg_code](std::size_t at) { return static_cast<std::size_t>(lg_code[at] - '0'); };
    const std::size_t value = digit(0) * 10 + digit(1);
    return value <= prefectures.size() ? value : 0;
}

std::string_view beginning(std::string_view name) {
    for (const std::string_view prefecture : prefectures) {
        if (name.starts_with(prefecture)) {
            return prefecture;
        }
    }
    return {};
}

}  // namespace

std::string prefecture_code(std::string_view lg_code) {
    const std::size_t number = number_of(lg_code);
    if (number == 0) {
        return {};
    }
    // The check digit weighs the five digits 6 5 4 3 2; the last three are 0 here.
    const std::size_t sum = number / 10 * 6 + number % 10 * 5;
    const std::size_t check = (11 - sum % 11) % 10;
    std::string code(lg_code.substr(0, 2));
    return code + "000" + std::to_string(check);
}

std::string_view prefecture_name(std::string_view code_or_name) {
    const std::size_t number = number_of(code_or_name);
    return number > 0 ? prefectures[number - 1] : beginning(code_or_name);
}

std::string_view municipality_name(std::string_view full_name) {
    const std::string_view prefecture = beginning(full_name);
    return prefecture.empty() ? std::string_view() : full_name.substr(prefecture.size());
}

}  // namespace kokai
