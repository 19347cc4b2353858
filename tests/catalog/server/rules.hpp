// SPDX-License-Identifier: Apache-2.0
// CKAN 2.10's rules about fields, as observed (recordings 03-06, 08, 20, 21): what is accepted, what it becomes, what
// is said.
#pragma once

#include "values.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kokai::loopback {

/// The texts of validation messages come in the language of the path (/ja/api/…).
enum class Language { english, japanese };

/// The fields of a resource that CKAN has columns for; all others are extras.
[[nodiscard]] const std::vector<std::string>& resource_columns();
/// The text fields of a dataset.
[[nodiscard]] const std::vector<std::string>& dataset_texts();

/// Messages about a dataset's name, but not whether it is taken.
[[nodiscard]] Json name_mistakes(const std::string& name, Language language, const std::optional<std::string>& taken);
/// Messages about a tag.
[[nodiscard]] std::vector<std::string> tag_mistakes(const std::string& tag);
[[nodiscard]] bool is_email(const std::string& text);
/// "2025-01-02" and "2025-01-02T03:04:05[.ffffff]" become the latter; nothing else is a date.
[[nodiscard]] std::optional<std::string> iso_date(const std::string& text);
[[nodiscard]] std::optional<std::string> resource_id_mistake(const std::string& id);
/// "yes", "1", true: true; all else is false, and so public.
[[nodiscard]] bool truth(const Json& value);

/// CSV for csv, text/csv; what is unknown stays as it is.
[[nodiscard]] std::string clean_format(const std::string& format);
/// mimetypes.guess_type(url)[0].
[[nodiscard]] std::optional<std::string> guess_mimetype(std::string_view url);
/// munge_filename: lower-case ASCII without blanks.
[[nodiscard]] std::string stored_file_name(std::string_view file_name);
[[nodiscard]] bool has_scheme(std::string_view url);
[[nodiscard]] std::string url_quoted(std::string_view text);

}  // namespace kokai::loopback
