// SPDX-License-Identifier: Apache-2.0
// A WebDAV server: a file is sent beside its place and moved there, where the server can; so nobody reads half of one.
#include "publish/http_store.hpp"
#include "publish/secrets.hpp"
#include "publish/sigv4.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

#include <cstdlib>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

namespace kokai {
namespace {

/// A user's name is no secret: taken out of every text it might take words out that are everybody's.
std::string user_name(const TargetContext& context, std::vector<Mistake>& mistakes) {
    const SecretSource& source = context.spec.user;
    const std::filesystem::path file = context.secrets_folder / source.file;
    std::string name;
    if (!source.env.empty()) {
        const char* given = std::getenv(source.env.c_str());  // NOLINT(concurrency-mt-unsafe): before any thread
        name = trimmed(given == nullptr ? "" : given);
    } else if (std::error_code ignored; std::filesystem::is_regular_file(file, ignored)) {
        name = trimmed(read_small_file(file, file.string()));
    }
    if (!source.given() || !name.empty()) {
        return name;
    }
    const std::string place = source.env.empty() ? file.string() : source.env;
    mistakes.push_back(
        {context.catalogs_file, source.pointer,
         (source.env.empty() ? "利用者名のファイルがないか、空です: " : "環境変数に利用者名がありません: ") + place,
         (source.env.empty() ? "the file of the user's name is missing or empty: "
                             : "the environment variable of the user's name is not set: ") +
             place});
    return name;
}

class WebdavStore : public HttpStore {
public:
    WebdavStore(const TargetContext& context, Secret credentials, StoreTally& tally)
        : HttpStore(context, context.spec.url, tally), spec_(context.spec), credentials_(std::move(credentials)) {}

    void put(const SiteFile& file) override {
        make_folders(file.path);
        const std::string beside = moves_ ? part_of(file.path) : file.path;
        HttpRequest request = request_of("PUT", url_of(beside));
        request.headers.push_back({"Content-Type", site_media_type(file.path)});
        request.body.push_back({"", file.file, 0, file.bytes});
        ask(request, file.sha256);
        if (!moves_) {
            return;
        }
        HttpRequest move = request_of("MOVE", url_of(beside));
        move.headers.push_back({"Destination", url_of(file.path)});
        move.headers.push_back({"Overwrite", "T"});
        // 404: an earlier try has moved it. What is there is read back in any case.
        const HttpAnswer answer = ask(move, sha256_of_nothing, {400, 403, 404, 405, 409, 501, 502});
        if (answer.status < 300 || answer.status == 404) {
            return;
        }
        moves_ = false;  // a plain server of PUT, or a proxy that does not know its own name
        remove(beside);
        put(file);
    }

    void remove(const std::string& path) override { ask(request_of("DELETE", url_of(path)), sha256_of_nothing, {404}); }

    void remove_rest_of(const std::string& path) override {
        if (look(part_of(path)).there) {
            remove(part_of(path));
        }
    }

protected:
    void sign(HttpRequest& request, const std::string& /*body_sha256*/) override {
        if (!credentials_.empty()) {
            request.secret_headers.push_back({"Authorization", "Basic " + credentials_.reveal()});
        }
    }

    [[nodiscard]] std::string url_of(const std::string& path) const override {
        return webdav_address(spec_) + s3_path(path);
    }

private:
    static std::string part_of(const std::string& path) { return path + ".kokai-part"; }

    void make_folders(const std::string& path) {
        for (std::size_t slash = path.find('/'); slash != std::string::npos; slash = path.find('/', slash + 1)) {
            const std::string folder = path.substr(0, slash + 1);
            if (folders_.insert(folder).second) {
                ask(request_of("MKCOL", url_of(folder)), sha256_of_nothing, {301, 405});  // 405: is there
            }
        }
    }

    const TargetSpec& spec_;
    Secret credentials_;
    std::set<std::string> folders_;
    bool moves_ = true;
};

}  // namespace

std::string webdav_address(const TargetSpec& spec) {
    std::string url = spec.url;
    while (!url.empty() && url.back() == '/') {
        url.pop_back();
    }
    return url + "/";
}

StoreMaker webdav_store(const TargetContext& context) {
    std::vector<Mistake> mistakes;
    const std::string user = user_name(context, mistakes);
    const Secret password = read_secret(context.spec.password, context.secrets_folder, context.catalogs_file, mistakes);
    if (!mistakes.empty()) {
        throw LayoutError(std::move(mistakes));
    }
    const Secret credentials =
        user.empty() && password.empty() ? Secret() : Secret(base64(user + ":" + password.reveal()));
    return [&context, credentials](StoreTally& tally) {
        return std::make_unique<WebdavStore>(context, credentials, tally);
    };
}

}  // namespace kokai
