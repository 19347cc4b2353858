// SPDX-License-Identifier: Apache-2.0
// What a request carries: JSON, a form, or a multipart form, read as CKAN's API reads it (recordings 01, 20).
#pragma once

#include "values.hpp"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kokai::loopback {

struct UploadedFile {
    std::string file_name;
    std::string content;
};

/// Text fields and JSON in `values`, files beside them.
struct RequestData {
    Json values = Json::object();
    std::map<std::string, UploadedFile> files;
};

/// HTTP 400 with a bare JSON string, no object.
struct BadRequest {
    std::string text;
};

/// More parts than Werkzeug takes: 413 with a page.
struct TooManyParts {};

/// How a request came over the wire.
struct RawRequest {
    std::string method;
    std::string path;
    std::vector<std::pair<std::string, std::string>> query;
    std::string content_type;
    std::string content_encoding;
    std::string body;
};

enum class UrlParameters { read, ignored };

[[nodiscard]] RequestData read_request(RawRequest& request, UrlParameters url_parameters);

}  // namespace kokai::loopback
