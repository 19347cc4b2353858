// SPDX-License-Identifier: Apache-2.0
// Any S3-compatible bucket, addressed by path (endpoint/bucket/key): what every such server understands.
#include "publish/http_store.hpp"
#include "publish/secrets.hpp"
#include "publish/sigv4.hpp"

#include <ctime>
#include <utility>
#include <vector>

namespace kokai {
namespace {

struct S3Keys {
    Secret access, secret;
};

std::string time_now() {
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    ::gmtime_r(&now, &parts);
    char text[32];
    const std::size_t size = std::strftime(text, sizeof text, "%Y%m%dT%H%M%SZ", &parts);
    return {text, size};
}

/// As the Host header has it: without the scheme's own port.
std::string host_header(const UrlParts& parts) {
    const bool usual = parts.port == (parts.scheme == "https" ? 443U : 80U);
    const std::string host = parts.host.find(':') == std::string::npos ? parts.host : "[" + parts.host + "]";
    return usual ? host : host + ":" + std::to_string(parts.port);
}

class S3Store : public HttpStore {
public:
    S3Store(const TargetContext& context, S3Keys keys, StoreTally& tally)
        : HttpStore(context, context.spec.endpoint, tally), spec_(context.spec), keys_(std::move(keys)),
          parts_(url_parts(spec_.endpoint)) {}

    void put(const SiteFile& file) override {
        HttpRequest request = request_of("PUT", url_of(file.path));
        request.headers.push_back({"Content-Type", site_media_type(file.path)});
        request.body.push_back({"", file.file, 0, file.bytes});
        ask(request, file.sha256);
    }

    void remove(const std::string& path) override { ask(request_of("DELETE", url_of(path)), sha256_of_nothing, {404}); }

protected:
    void sign(HttpRequest& request, const std::string& body_sha256) override {
        const std::string time = time_now();
        const std::vector<HttpHeader> headers{
            {"host", host_header(parts_)}, {"x-amz-content-sha256", body_sha256}, {"x-amz-date", time}};
        request.headers.push_back({"x-amz-content-sha256", body_sha256});
        request.headers.push_back({"x-amz-date", time});
        const UrlParts url = url_parts(request.url);
        request.secret_headers.push_back(
            {"Authorization", s3_authorization({keys_.access.reveal(), keys_.secret.reveal(), spec_.region},
                                               request.method, url.path, "", headers, body_sha256, time)});
    }

    [[nodiscard]] bool is_dated() const override { return true; }

    [[nodiscard]] std::string url_of(const std::string& path) const override {
        return s3_address(spec_) + s3_path(path);
    }

private:
    const TargetSpec& spec_;
    S3Keys keys_;
    UrlParts parts_;
};

}  // namespace

std::string s3_address(const TargetSpec& spec) {
    std::string prefix = spec.prefix;
    prefix.erase(0, prefix.find_first_not_of('/'));
    if (!prefix.empty() && prefix.back() != '/') {
        prefix += '/';
    }
    std::string endpoint = spec.endpoint;
    while (!endpoint.empty() && endpoint.back() == '/') {
        endpoint.pop_back();
    }
    return endpoint + "/" + s3_path(spec.bucket) + "/" + s3_path(prefix);
}

StoreMaker s3_store(const TargetContext& context) {
    std::vector<Mistake> mistakes;
    S3Keys keys{read_secret(context.spec.access_key, context.secrets_folder, context.catalogs_file, mistakes),
                read_secret(context.spec.secret_key, context.secrets_folder, context.catalogs_file, mistakes)};
    if (!mistakes.empty()) {
        throw LayoutError(std::move(mistakes));
    }
    return [&context, keys](StoreTally& tally) { return std::make_unique<S3Store>(context, keys, tally); };
}

}  // namespace kokai
