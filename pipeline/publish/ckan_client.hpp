// SPDX-License-Identifier: Apache-2.0
// CKAN's Action API: one call, one judged answer. Repeats reads by itself; what to do about a write its caller decides.
#pragma once

#include "publish/http.hpp"
#include "publish/retry.hpp"
#include "publish/secrets.hpp"
#include "publish/targets.hpp"

#include <nlohmann/json.hpp>

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace kokai {

struct CkanAnswer {
    Trouble trouble = Trouble::none;
    int status = 0;
    nlohmann::json result;   // of a success
    nlohmann::json error;    // CKAN's own words: field -> messages
    bool too_large = false;  // a file, or the whole request
    unsigned wait = 0;       // seconds that were asked for
    std::string ja, en;      // what went wrong, without secrets
};

/// A part of a form. A file when `path` is not empty.
struct CkanFormPart {
    std::string name, text;
    std::filesystem::path path;
    std::string file_name, media_type;
    std::uint64_t bytes = 0;
};

/// What a CKAN download gave.
struct CkanDownload {
    Trouble trouble = Trouble::none;
    int status = 0;
    std::uint64_t bytes = 0;
    std::string sha256;
    std::string ja, en;
};

/// What all threads that ask one catalog share.
struct CkanShared {
    CkanShared(const TargetSpec& target, Secret secret)
        : spec(target), token(std::move(secret)), pace(target.parallel) {}
    TargetSpec spec;
    Secret token;
    Pace pace;
    std::atomic<std::uint64_t> requests{0}, sent_bytes{0};
    // uWSGI closes after each answer without saying so: what is written on a connection that was kept open may meet its
    // end. Once that was seen, writes open their own.
    std::atomic<bool> closes_unsaid{false};
};

enum class As : std::uint8_t { ourselves, anybody };  // with the token, or as the public

/// One for each thread.
class CkanClient {
public:
    explicit CkanClient(CkanShared& shared);

    /// A reading action, repeated while that can help. `query` without ?.
    CkanAnswer read(const std::string& action, const std::string& query, As as = As::ourselves);
    /// A writing action, once.
    CkanAnswer write(const std::string& action, const nlohmann::json& body);
    CkanAnswer write_form(const std::string& action, const std::vector<CkanFormPart>& parts);
    /// An uploaded file as the public (or we) would get it; repeated while that can help.
    CkanDownload download(const std::string& package, const std::string& resource, const std::string& file_name,
                          std::uint64_t expected, As as);

    /// Bytes of requests' bodies that this client has sent.
    [[nodiscard]] std::uint64_t sent_bytes() const { return sent_bytes_; }

private:
    HttpRequest request_for(const std::string& action, As as) const;
    HttpAnswer send(const HttpRequest& request);
    CkanAnswer send_write(HttpRequest& request);
    HttpAnswer follow(HttpRequest& request, const std::function<void()>& restart);

    CkanShared& shared_;
    std::unique_ptr<HttpClient> http_;
    std::uint64_t sent_bytes_ = 0;
};

/// What an answer of the Action API says.
CkanAnswer judge_ckan(const HttpAnswer& answer);

/// A form as the pieces of a request's body, and its Content-Type.
std::vector<HttpPiece> form_pieces(const std::vector<CkanFormPart>& parts, const std::string& boundary);

/// A text as a form of package_revise takes it: as JSON, for CKAN reads as JSON what it can (`123`, `1e999`, `null`).
std::string revise_text(const std::string& text);

}  // namespace kokai
