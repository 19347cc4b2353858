// SPDX-License-Identifier: Apache-2.0
// What S3 and WebDAV have in common: one exchange at a time, repeated with patience. Every request here may be
// repeated: a PUT of the same bytes leaves the same file.
#pragma once

#include "publish/file_store.hpp"
#include "publish/http.hpp"

#include <memory>
#include <string>
#include <vector>

namespace kokai {

class HttpStore : public FileStore {
public:
    StoredFile look(const std::string& path) override;
    std::optional<std::string> digest(const std::string& path, StoredFile& seen, std::uint64_t most) override;

protected:
    HttpStore(const TargetContext& context, const std::string& url, StoreTally& tally);

    /// Adds what proves who asks. `body_sha256` of the request's body.
    virtual void sign(HttpRequest& request, const std::string& body_sha256) = 0;
    /// Whether the proof holds for a time: then a wrong clock is refused like a wrong key.
    [[nodiscard]] virtual bool is_dated() const { return false; }
    [[nodiscard]] virtual std::string url_of(const std::string& path) const = 0;

    /// Sends it, again where that may help. The answer is 2xx or one of `fine`; else an Error with what the server
    /// said.
    HttpAnswer ask(const HttpRequest& request, const std::string& body_sha256, const std::vector<int>& fine = {});

    static HttpRequest request_of(std::string method, std::string url);

private:
    HttpAnswer ask_once(const HttpRequest& request, const std::string& body_sha256, unsigned tries);
    void wait_or_throw(const HttpRequest& request, const HttpAnswer& answer, unsigned tries);

    StoreTally& tally_;
    std::unique_ptr<HttpClient> client_;
};

/// SHA-256 of nothing.
inline constexpr const char* sha256_of_nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

}  // namespace kokai
