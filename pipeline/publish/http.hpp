// SPDX-License-Identifier: Apache-2.0
// One HTTP exchange as plain values. libcurl does it, in the module kokai_curl.so that is opened with the first
// request: a program that publishes nothing never loads it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace kokai {

struct HttpHeader {
    std::string name, value;
};

/// A stretch of a request's body: a text, or a range of a file.
struct HttpPiece {
    std::string text;
    std::filesystem::path file;  // when not empty: `bytes` of it from `offset`
    std::uint64_t offset = 0, bytes = 0;
    [[nodiscard]] std::uint64_t size() const { return file.empty() ? text.size() : bytes; }
};

struct HttpRequest {
    std::string method = "GET";
    std::string url;
    std::vector<HttpHeader> headers;
    std::vector<HttpHeader> secret_headers;      // sent like the others; with them no address but the target's is asked
    std::vector<HttpPiece> body;                 // Content-Length is always sent, Expect and chunks never
    std::function<void(std::string_view)> sink;  // takes the answer's body of a 2xx status instead of HttpAnswer::body
    bool fresh_connection = false;               // none that was kept open
    std::uint64_t answer_limit = 64ULL << 20U;   // more than that is not read: HttpAnswer::too_long
};

enum class HttpOutcome : std::uint8_t {
    answered,              // status and the whole body are here
    nothing_sent,          // no connection: nothing has happened
    broken_while_sending,  // the connection ended before the body was out
    answer_lost,           // the request is out, the answer is not (whole): the server may have done it
    refused                // by us: certificate, address, scheme; repeating cannot help
};

struct HttpAnswer {
    HttpOutcome outcome = HttpOutcome::nothing_sent;
    int status = 0;
    std::vector<HttpHeader> headers;  // names in lower case
    std::string body;
    bool too_long = false;
    std::uint64_t sent = 0, received = 0;  // bytes of the bodies
    std::string ja, en;                    // what went wrong when not answered; no secret is in it
    std::filesystem::path
        unreadable;  // a file of the body that is gone or shorter: refused, and not the network's fault

    /// "" when the answer has no such header. `name` in lower case.
    [[nodiscard]] std::string header(std::string_view name) const;
};

/// What all requests to a target have in common.
struct HttpSettings {
    std::string origin;             // https://host:port of the target
    std::filesystem::path ca_file;  // empty: the system's
    unsigned timeout = 60;          // seconds without progress; a connection is waited for half as long at most
    std::string agent = "kokai";
    std::function<bool()> interrupted;  // asked about once a second
};

/// Keeps its connections open; one for each thread.
class HttpClient {
public:
    virtual ~HttpClient() = default;
    HttpClient() = default;
    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;
    HttpClient(HttpClient&&) = delete;
    HttpClient& operator=(HttpClient&&) = delete;

    /// Never throws for what the network does. Redirects are not followed: 3xx is an answer.
    virtual HttpAnswer send(const HttpRequest& request) = 0;
};

/// Opens the module. Throws WorldError when it is missing.
std::unique_ptr<HttpClient> open_http(const HttpSettings& settings);

/// A URL in its parts. `port` is the scheme's own where none is written; no parts when the text is no http(s) URL.
struct UrlParts {
    std::string scheme, user, host, path;  // host in lower case, without []; path with query, begins with /
    unsigned port = 0;
    [[nodiscard]] bool valid() const { return !host.empty(); }
    [[nodiscard]] std::string origin() const;
};
UrlParts url_parts(std::string_view url);

/// localhost, 127.0.0.0/8, ::1: the hosts that http:// may be spoken with.
bool is_loopback_host(std::string_view host);

/// Whether an address (sockaddr of IPv4 or IPv6) is not one of the public internet: loopback, private, link-local,
/// shared, multicast, reserved, and IPv4 inside of IPv6.
bool is_private_address(const void* socket_address);

std::string base64(std::string_view bytes);

/// Percent-encodes everything but letters, digits and -._~
std::string percent_encoded(std::string_view text);

}  // namespace kokai
