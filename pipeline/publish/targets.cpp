// SPDX-License-Identifier: Apache-2.0
#include "publish/targets.hpp"

#include "publish/http.hpp"
#include "support/file.hpp"
#include "support/json_check.hpp"
#include "support/json_parse.hpp"
#include "support/json_values.hpp"
#include "support/nearest_word.hpp"
#include "support/text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

namespace kokai {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

/// Keys under which people write a secret itself.
constexpr std::array<std::string_view, 12> secret_keys{"token",
                                                       "api_key",
                                                       "apikey",
                                                       "api_token",
                                                       "password",
                                                       "pass",
                                                       "secret",
                                                       "secret_key",
                                                       "access_key",
                                                       "credentials",
                                                       "aws_secret_access_key",
                                                       "authorization"};

/// What belongs to which kind; all else is common.
struct OwnKey {
    std::string_view key;
    TargetType type, other;
};
constexpr std::array<OwnKey, 23> own_keys{{{"url", TargetType::ckan, TargetType::webdav},
                                           {"organization", TargetType::ckan, TargetType::ckan},
                                           {"groups", TargetType::ckan, TargetType::ckan},
                                           {"name_prefix", TargetType::ckan, TargetType::ckan},
                                           {"licenses", TargetType::ckan, TargetType::ckan},
                                           {"max_file_mib", TargetType::ckan, TargetType::ckan},
                                           {"request_mib", TargetType::ckan, TargetType::ckan},
                                           {"token_env", TargetType::ckan, TargetType::ckan},
                                           {"token_file", TargetType::ckan, TargetType::ckan},
                                           {"user_env", TargetType::webdav, TargetType::webdav},
                                           {"user_file", TargetType::webdav, TargetType::webdav},
                                           {"password_env", TargetType::webdav, TargetType::webdav},
                                           {"password_file", TargetType::webdav, TargetType::webdav},
                                           {"endpoint", TargetType::s3, TargetType::s3},
                                           {"region", TargetType::s3, TargetType::s3},
                                           {"bucket", TargetType::s3, TargetType::s3},
                                           {"prefix", TargetType::s3, TargetType::s3},
                                           {"access_key_env", TargetType::s3, TargetType::s3},
                                           {"access_key_file", TargetType::s3, TargetType::s3},
                                           {"secret_key_env", TargetType::s3, TargetType::s3},
                                           {"secret_key_file", TargetType::s3, TargetType::s3},
                                           {"path", TargetType::directory, TargetType::directory},
                                           {"editions", TargetType::directory, TargetType::directory}}};

class TargetReader {
public:
    TargetReader(Targets& targets, std::vector<Mistake>& mistakes) : targets_(targets), mistakes_(mistakes) {}

    /// Before anything of the file can be quoted: secrets and users in URLs are taken out of it.
    void take_out_secrets(Json& document) {
        Json* catalogs = document.is_object() && document.contains("catalogs") ? &document["catalogs"] : nullptr;
        for (std::size_t i = 0; catalogs != nullptr && catalogs->is_array() && i < catalogs->size(); ++i) {
            Json& one = (*catalogs)[i];
            const std::string at = pointer_to("/catalogs", i);
            for (const std::string_view key : secret_keys) {
                if (const std::string name(key); one.is_object() && one.contains(name)) {
                    one.erase(name);
                    wrong(pointer_to(at, key),
                          "秘密の値はここに書けません。" + name + " を消し（書いた値は無効にし）、" + named(name) +
                              "_env に環境変数の名前か " + named(name) + "_file にファイルの名前を書いてください",
                          "a secret must not stand here: remove " + name +
                              " (and revoke the value), and name an "
                              "environment variable in " +
                              named(name) + "_env or a file in " + named(name) + "_file");
                }
            }
            take_out_misplaced(one, at);
            for (const char* key : {"url", "endpoint"}) {
                if (one.is_object() && one.contains(key) && one[key].is_string()) {
                    const std::string url = one[key].get<std::string>();
                    if (url.find('@') != std::string::npos && url.find("://") != std::string::npos) {
                        one[key] = "https://invalid.example";
                        wrong(pointer_to(at, key),
                              "URL に利用者名やパスワードを書けません。*_env か *_file で渡してください",
                              "a URL must not hold a user or password: pass them by *_env or *_file");
                    }
                }
            }
        }
    }

    /// Where the name of its variable or file belongs, somebody may have written the secret: it is not quoted.
    void take_out_misplaced(Json& one, const std::string& at) {
        for (const OwnKey& own : own_keys) {
            const std::string key(own.key);
            const bool is_env = key.ends_with("_env");
            if ((!is_env && !key.ends_with("_file")) || !one.is_object() || !one.contains(key)) {
                continue;
            }
            if (one[key].is_string() && (!is_env || is_variable_name(one[key].get<std::string>()))) {
                continue;
            }
            one.erase(key);
            wrong(pointer_to(at, key),
                  std::string(is_env ? "環境変数の名前（英数字と _）" : "ファイルの名前") +
                      "を書いてください。秘密の値そのものを書いたのなら、その値は無効にしてください",
                  std::string(is_env ? "write the name of an environment variable (letters, digits, _)"
                                     : "write the name of a file") +
                      "; if this was the secret itself, revoke it");
        }
    }

    void read(const Json& one, std::size_t index) {
        TargetSpec spec;
        spec.pointer = pointer_to("/catalogs", index);
        spec.name = json_values::text(one, "name");
        const std::string type = json_values::text(one, "type");
        spec.type = type == "ckan"     ? TargetType::ckan
                    : type == "s3"     ? TargetType::s3
                    : type == "webdav" ? TargetType::webdav
                                       : TargetType::directory;
        spec.parallel = static_cast<unsigned>(number(one, "parallel", spec.parallel));
        spec.timeout = static_cast<unsigned>(number(one, "timeout", spec.timeout));
        if (const std::string file = json_values::text(one, "ca_file"); !file.empty()) {
            spec.ca_file = targets_.folder / file;
        }
        for (const OwnKey& own : own_keys) {
            if (one.contains(std::string(own.key)) && spec.type != own.type && spec.type != own.other) {
                wrong(pointer_to(spec.pointer, own.key),
                      "種類 " + type + " の公開先に " + std::string(own.key) + " はありません",
                      "a target of type " + type + " has no " + std::string(own.key));
            }
        }
        read_own(one, spec);
        if (!spec.name.empty() && !names_.insert(spec.name).second) {
            wrong(spec.pointer + "/name", "同じ名前「" + spec.name + "」の公開先がもうあります",
                  "there is a target named " + spec.name + " already");
        }
        targets_.all.push_back(std::move(spec));
    }

private:
    void wrong(std::string pointer, std::string ja, std::string en) {
        mistakes_.push_back({targets_.file, std::move(pointer), std::move(ja), std::move(en)});
    }

    static std::string named(const std::string& key) {
        return key == "password" || key == "pass"       ? "password"
               : key == "secret_key" || key == "secret" ? "secret_key"
               : key == "access_key"                    ? "access_key"
                                                        : "token";
    }

    static std::uint64_t number(const Json& one, const char* key, std::uint64_t otherwise) {
        const Json* value = json_values::member(one, key);
        return value != nullptr && value->is_number_unsigned() ? value->get<std::uint64_t>() : otherwise;
    }

    std::string address(const Json& one, const char* key, const TargetSpec& spec) {
        std::string url = json_values::text(one, key);
        const std::string pointer = pointer_to(spec.pointer, std::string_view(key));
        if (url.empty()) {
            wrong(spec.pointer, std::string(key) + " がありません", std::string(key) + " is missing");
            return url;
        }
        const UrlParts parts = url_parts(url);
        if (!parts.valid() || url.find_first_of("?#") != std::string::npos) {
            wrong(pointer, "https:// で始まるアドレスを書いてください（? や # は使えません）",
                  "write an address that begins with https:// (without ? and #)");
        } else if (parts.scheme == "http" && !is_loopback_host(parts.host)) {
            wrong(pointer,
                  "http:// は暗号化されないので、この機械自身（localhost）にしか使えません。https:// にしてください",
                  "http:// is not encrypted and only for this machine itself (localhost): use https://");
        }
        while (url.ends_with('/')) {
            url.pop_back();
        }
        // As curl sends it in the Host header, which S3 wants to see signed.
        const std::size_t host = url.find("://");
        const std::size_t end = host == std::string::npos ? 0 : std::min(url.find('/', host + 3), url.size());
        return lowered(std::string_view(url).substr(0, end)) + url.substr(end);
    }

    SecretSource secret(const Json& one, const std::string& what, const TargetSpec& spec) {
        SecretSource source;
        source.env = json_values::text(one, (what + "_env").c_str());
        source.file = json_values::text(one, (what + "_file").c_str());
        source.pointer = pointer_to(spec.pointer, what + (source.env.empty() ? "_file" : "_env"));
        if (source.given() && !source.env.empty() && !source.file.empty()) {
            wrong(pointer_to(spec.pointer, what + "_file"),
                  what + "_env と " + what + "_file の両方があります。一つにしてください",
                  "there are both " + what + "_env and " + what + "_file: keep one");
        } else if (!source.given()) {
            wrong(spec.pointer, what + "_env（環境変数の名前）か " + what + "_file（ファイル）を書いてください",
                  "name " + what + "_env (an environment variable) or " + what + "_file (a file)");
        }
        return source;
    }

    void read_own(const Json& one, TargetSpec& spec) {
        switch (spec.type) {
        case TargetType::ckan:
            spec.url = address(one, "url", spec);
            spec.organization = json_values::text(one, "organization");
            if (spec.organization.empty()) {
                wrong(spec.pointer, "organization（組織）がありません", "organization is missing");
            }
            spec.groups = json_values::texts(one, "groups");
            spec.name_prefix = json_values::text(one, "name_prefix");
            spec.licenses = json_values::pairs(one, "licenses");
            spec.max_file_bytes = number(one, "max_file_mib", 0) << 20U;
            spec.request_bytes = number(one, "request_mib", 64) << 20U;
            spec.token = secret(one, "token", spec);
            break;
        case TargetType::webdav:
            spec.url = address(one, "url", spec);
            spec.user = secret(one, "user", spec);
            spec.password = secret(one, "password", spec);
            break;
        case TargetType::s3:
            spec.endpoint = address(one, "endpoint", spec);
            spec.region = json_values::text(one, "region");
            spec.bucket = json_values::text(one, "bucket");
            spec.prefix = json_values::text(one, "prefix");
            if (spec.bucket.empty()) {
                wrong(spec.pointer, "bucket がありません", "bucket is missing");
            }
            if (spec.region.empty()) {
                wrong(pointer_to(spec.pointer, std::string_view("region")),
                      "region（リージョン）がありません。リージョンのないサーバーでは us-east-1 と書きます",
                      "region is missing; for a server without regions write us-east-1");
            }
            spec.access_key = secret(one, "access_key", spec);
            spec.secret_key = secret(one, "secret_key", spec);
            break;
        case TargetType::directory:
            if (const std::string path = json_values::text(one, "path"); !path.empty()) {
                spec.path = targets_.folder / path;
            }
            spec.editions = number(one, "editions", 0);
            break;
        }
    }

    Targets& targets_;
    std::vector<Mistake>& mistakes_;
    std::set<std::string> names_;
};

}  // namespace

Targets read_targets(const fs::path& datasets, const fs::path& schemas) {
    Targets targets;
    const fs::path path = datasets / "catalogs.json";
    targets.file = path.string();
    targets.folder = datasets;
    std::error_code ignored;
    if (!fs::exists(path, ignored)) {
        TargetSpec local;
        local.name = "local";
        targets.all.push_back(std::move(local));
        return targets;
    }
    std::vector<Mistake> mistakes;
    Json document;
    if (parse_json(read_small_file(path, targets.file), targets.file, document, mistakes)) {
        TargetReader reader(targets, mistakes);
        reader.take_out_secrets(document);
        const fs::path form = schemas / "catalogs.schema.json";
        const std::vector<Mistake> found = JsonForm(read_small_file(form, form.string()), form.string())
                                               .check(nlohmann::json::parse(document.dump()), targets.file);
        mistakes.insert(mistakes.end(), found.begin(), found.end());
        const Json* catalogs = json_values::member(document, "catalogs");
        for (std::size_t i = 0; catalogs != nullptr && catalogs->is_array() && i < catalogs->size(); ++i) {
            if ((*catalogs)[i].is_object()) {
                reader.read((*catalogs)[i], i);
            }
        }
    }
    if (!mistakes.empty()) {
        throw LayoutError(std::move(mistakes));
    }
    return targets;
}

const TargetSpec& target_named(const Targets& targets, const std::string& name) {
    std::vector<std::string> names;
    for (const TargetSpec& spec : targets.all) {
        if (spec.name == name) {
            return spec;
        }
        names.push_back(spec.name);
    }
    const std::string near = nearest_word(name, names);
    std::string list;
    for (const std::string& one : names) {
        list += (list.empty() ? "" : " ") + one;
    }
    throw UsageError("公開先「" + name + "」は " + targets.file + " にありません" +
                         (near.empty() ? "（あるもの: " + list + "）" : "（" + near + " ではありませんか）"),
                     "there is no target " + name + " in " + targets.file +
                         (near.empty() ? " (there is: " + list + ")" : " (did you mean " + near + "?)"));
}

}  // namespace kokai
