// SPDX-License-Identifier: Apache-2.0
// AWS Signature Version 4, as every S3-compatible bucket asks for it. Written here because libcurl's own signs neither
// the digest of a body that is streamed from a file nor the exact path that we send.
#pragma once

#include "publish/http.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace kokai {

struct S3Key {
    std::string access, secret;
    std::string region;
    std::string service = "s3";
};

/// Every part of a path percent-encoded as the signature wants it; `/` stays.
std::string s3_path(std::string_view path);

/// The value of the Authorization header. `headers` are all that are signed, host, x-amz-date and x-amz-content-sha256
/// among them; `time` is x-amz-date (20130524T000000Z).
std::string s3_authorization(const S3Key& key, std::string_view method, std::string_view encoded_path,
                             std::string_view query, std::vector<HttpHeader> headers, std::string_view body_sha256,
                             std::string_view time);

}  // namespace kokai
