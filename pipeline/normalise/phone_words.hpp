// SPDX-License-Identifier: Apache-2.0
// What stands around phone numbers in a cell: labels, an extension, a fax number, another number.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kokai {

/// Takes ℡, TEL:, 電話番号, 代表 and their like off both ends: they say nothing about the number.
void drop_phone_labels(std::string_view& text);

/// 内線1234 at the end, in brackets or not. Nothing when there is none; an empty text when it cannot be read.
std::optional<std::string> take_extension(std::string_view& text);

/// Several numbers in one cell: A / B, A、B, A;B, one a line, A または B.
std::vector<std::string> split_phones(const std::string& text);

/// TEL/FAX 0277-76-2111, 電話・FAX共通: one line for both.
std::string without_joint_label(const std::string& text);

/// Behind the phone number FAX 027-224-2222: taken off and answered; nothing when no such word is there.
std::optional<std::string> take_fax(std::string& text);

}  // namespace kokai
