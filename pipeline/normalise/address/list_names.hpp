// SPDX-License-Identifier: Apache-2.0
// Names as the lists of towns write them, brought to one way of writing when the program is built.
#pragma once

#include <string>
#include <string_view>

namespace kokai {

/// ４丁目 and 4丁目 as 四丁目: some municipalities' registers differ from the others.
std::string with_kanji_chome(const std::string& name);

/// ０７０２戸倉 as 0702戸倉: addresses come to their key with such digits only.
std::string with_ascii_digits(const std::string& name);

/// 知念知名 for 知念字知名; a 大字 stays.
std::string without_aza(std::string_view name);

/// 浜松市 had seven wards until the end of 2023, and the list still does; of 北区 the seven towns of 三方原 went to
/// 中央区, the others to 浜名区.
std::string ward_of_today(const std::string& city, const std::string& town);

}  // namespace kokai
