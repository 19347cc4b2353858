// SPDX-License-Identifier: Apache-2.0
// Small things that every part of the loopback catalog shares: JSON, times, ids, and texts as Python would write them.
// CKAN is written in Python, and its coercions show through in what it stores (true -> "true", a list -> its JSON
// text).
#pragma once

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace kokai::loopback {

using Json = nlohmann::json;

/// An answer that is an error object: HTTP status and what goes under "error".
struct Refusal {
    int status;
    Json error;
};

[[nodiscard]] Refusal not_found(std::string_view detail = {});
[[nodiscard]] Refusal not_authorized(std::string_view detail = {});
[[nodiscard]] Refusal invalid(Json fields);
[[nodiscard]] Refusal broken();  ///< 500

/// Now in UTC as "2026-11-20T21:57:10.462576"; no two calls give the same.
[[nodiscard]] std::string now();
/// A random UUID (version 4).
[[nodiscard]] std::string random_id();
[[nodiscard]] std::string hex_digest(const char* algorithm, std::string_view bytes);

/// json.dumps(value, ensure_ascii=False).
[[nodiscard]] std::string python_json(const Json& value);
/// repr(value).
[[nodiscard]] std::string python_repr(const Json& value);
/// type(value).__name__.
[[nodiscard]] std::string python_type(const Json& value);
/// CKAN's unicode_safe: any value becomes a text.
[[nodiscard]] std::string as_text(const Json& value);

[[nodiscard]] std::string lower(std::string_view text);
[[nodiscard]] std::string stripped(std::string_view text);

}  // namespace kokai::loopback
