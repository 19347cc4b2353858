// SPDX-License-Identifier: Apache-2.0
// The way into the module that holds libcurl.
#include "publish/http.hpp"

#include "support/module.hpp"

namespace kokai {

std::unique_ptr<HttpClient> open_http(const HttpSettings& settings) {
    return std::unique_ptr<HttpClient>(
        module_function<HttpClient*(const HttpSettings*)>("curl", "kokai_http_client")(&settings));
}

}  // namespace kokai
