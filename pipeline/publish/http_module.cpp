// SPDX-License-Identifier: Apache-2.0
// The module kokai_curl.so: the one place that knows libcurl. What it must never do: follow a redirect, send a secret
// to another host, skip the look at a certificate, or repeat a write by itself.
#include "publish/http.hpp"

#include <curl/curl.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <ctime>

namespace kokai {
namespace {

struct SlistDeleter {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Slist = std::unique_ptr<curl_slist, SlistDeleter>;

struct EasyDeleter {
    void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};

/// One exchange under way.
struct Exchange {
    const HttpRequest& request;
    const HttpSettings& settings;
    HttpAnswer& answer;
    bool own_origin = false;  // the target itself: it may be anywhere
    bool plain_http = false;  // then nothing but loopback
    bool address_refused = false, interrupted = false, sink_stopped = false;
    std::size_t piece = 0;  // of the body
    std::uint64_t at = 0;   // in it
    int descriptor = -1;

    void close_file() {
        if (descriptor >= 0) {
            ::close(descriptor);
            descriptor = -1;
        }
    }
};

std::size_t give_body(char* into, std::size_t size, std::size_t count, void* user) {
    auto& exchange = *static_cast<Exchange*>(user);
    const std::size_t room = size * count;
    while (exchange.piece < exchange.request.body.size()) {
        const HttpPiece& piece = exchange.request.body[exchange.piece];
        if (exchange.at == piece.size()) {
            exchange.close_file();
            ++exchange.piece;
            exchange.at = 0;
            continue;
        }
        const std::size_t wanted = static_cast<std::size_t>(std::min<std::uint64_t>(room, piece.size() - exchange.at));
        std::size_t got = wanted;
        if (piece.file.empty()) {
            std::memcpy(into, piece.text.data() + exchange.at, wanted);
        } else {
            if (exchange.descriptor < 0) {
                exchange.descriptor = ::open(piece.file.c_str(), O_RDONLY | O_CLOEXEC);
            }
            const ssize_t read = exchange.descriptor < 0 ? -1
                                                         : ::pread(exchange.descriptor, into, wanted,
                                                                   static_cast<off_t>(piece.offset + exchange.at));
            if (read <= 0) {
                exchange.answer.unreadable = piece.file;
                return CURL_READFUNC_ABORT;  // the file is shorter than planned, or gone
            }
            got = static_cast<std::size_t>(read);
        }
        exchange.at += got;
        exchange.answer.sent += got;
        return got;
    }
    return 0;
}

/// curl wants to begin anew on a fresh connection: only while nothing of the body has left, for it may have been heard.
int rewind_body(void* user, curl_off_t offset, int origin) {
    const auto& exchange = *static_cast<Exchange*>(user);
    return origin == SEEK_SET && offset == 0 && exchange.answer.sent == 0 ? CURL_SEEKFUNC_OK : CURL_SEEKFUNC_FAIL;
}

std::size_t take_header(char* data, std::size_t size, std::size_t count, void* user) {
    auto& exchange = *static_cast<Exchange*>(user);
    std::string_view line(data, size * count);
    while (!line.empty() && (line.back() == '\r' || line.back() == '\n')) {
        line.remove_suffix(1);
    }
    if (line.starts_with("HTTP/")) {
        exchange.answer.headers.clear();  // of an interim answer
        return size * count;
    }
    const std::size_t colon = line.find(':');
    if (colon != std::string_view::npos && exchange.answer.headers.size() < 200) {
        HttpHeader header{std::string(line.substr(0, colon)), std::string(line.substr(colon + 1))};
        for (char& c : header.name) {
            c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        }
        header.value.erase(0, header.value.find_first_not_of(" \t"));
        header.value.erase(header.value.find_last_not_of(" \t") + 1);
        exchange.answer.headers.push_back(std::move(header));
    }
    return size * count;
}

struct Transfer {
    Exchange& exchange;
    CURL* easy;
};

std::size_t take_body(char* data, std::size_t size, std::size_t count, void* user) {
    const auto& transfer = *static_cast<Transfer*>(user);
    Exchange& exchange = transfer.exchange;
    const std::size_t bytes = size * count;
    exchange.answer.received += bytes;
    if (exchange.answer.received > exchange.request.answer_limit) {
        exchange.answer.too_long = true;
        return 0;
    }
    long status = 0;
    curl_easy_getinfo(transfer.easy, CURLINFO_RESPONSE_CODE, &status);
    if (exchange.request.sink && status >= 200 && status < 300) {
        exchange.request.sink(std::string_view(data, bytes));
    } else {
        exchange.answer.body.append(data, bytes);
    }
    return bytes;
}

int look_up(void* user, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    auto& exchange = *static_cast<Exchange*>(user);
    exchange.interrupted = exchange.settings.interrupted && exchange.settings.interrupted();
    return exchange.interrupted ? 1 : 0;
}

bool is_loopback(const sockaddr* address) {
    if (address->sa_family == AF_INET) {
        return reinterpret_cast<const unsigned char*>(address)[4] == 127;
    }
    constexpr unsigned char one[16] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    return address->sa_family == AF_INET6 && std::memcmp(reinterpret_cast<const char*>(address) + 8, one, 16) == 0;
}

/// After the name is resolved: a name that leads into the private net is as bad as its address.
curl_socket_t open_socket(void* user, curlsocktype, curl_sockaddr* address) {
    auto& exchange = *static_cast<Exchange*>(user);
    const bool refused =
        exchange.plain_http ? !is_loopback(&address->addr) : !exchange.own_origin && is_private_address(&address->addr);
    if (refused) {
        exchange.address_refused = true;
        return CURL_SOCKET_BAD;
    }
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/// Whether a proxy of the environment takes the connection: then its address says nothing of the goal's.
bool has_proxy(std::string_view scheme) {
    for (const char* name : {"http_proxy", "HTTPS_PROXY", "https_proxy", "all_proxy", "ALL_PROXY"}) {
        const std::string_view text(name);
        const bool fits = text.starts_with("all") || text.starts_with("ALL") ||
                          (scheme == "https" ? text.size() == 11 : text.size() == 10);
        const char* value = fits ? std::getenv(name) : nullptr;  // NOLINT(concurrency-mt-unsafe): nobody sets it
        if (value != nullptr && *value != '\0') {
            return true;
        }
    }
    return false;
}

class CurlClient : public HttpClient {
public:
    explicit CurlClient(const HttpSettings& settings) : settings_(settings), easy_(curl_easy_init()) {}

    HttpAnswer send(const HttpRequest& request) override {
        HttpAnswer answer;
        const UrlParts parts = url_parts(request.url);
        Exchange exchange{request, settings_, answer};
        exchange.own_origin = parts.valid() && parts.origin() == settings_.origin;
        exchange.plain_http = parts.scheme == "http";
        if (!easy_ || !parts.valid() || !parts.user.empty()) {
            return refuse(answer, "アドレスが http(s) の URL ではありません: " + parts.host,
                          "the address is no http(s) URL: " + parts.host);
        }
        if (exchange.plain_http && !is_loopback_host(parts.host)) {
            return refuse(answer, "暗号化されない http:// では送りません: " + parts.host,
                          "nothing is sent over http:// without encryption: " + parts.host);
        }
        if (!request.secret_headers.empty() && !exchange.own_origin) {
            return refuse(answer, "トークンは公開先以外には送りません: " + parts.host,
                          "the token travels to no host but the target's own: " + parts.host);
        }
        perform(exchange, parts);
        exchange.close_file();
        return answer;
    }

private:
    static HttpAnswer& refuse(HttpAnswer& answer, std::string ja, std::string en) {
        answer.outcome = HttpOutcome::refused;
        answer.ja = std::move(ja);
        answer.en = std::move(en);
        return answer;
    }

    template <typename Value>
    void set(CURLoption option, Value value) {
        curl_easy_setopt(easy_.get(), option, value);
    }

    void perform(Exchange& exchange, const UrlParts& parts) {
        const HttpRequest& request = exchange.request;
        HttpAnswer& answer = exchange.answer;
        std::uint64_t bytes = 0;
        for (const HttpPiece& piece : request.body) {
            bytes += piece.size();
        }
        curl_easy_reset(easy_.get());  // connections stay
        char reason[CURL_ERROR_SIZE] = "";
        Transfer transfer{exchange, easy_.get()};
        set_rules(exchange, parts, bytes);
        set(CURLOPT_ERRORBUFFER, reason);
        set(CURLOPT_URL, request.url.c_str());
        set(CURLOPT_HEADERFUNCTION, take_header);
        set(CURLOPT_HEADERDATA, &exchange);
        set(CURLOPT_WRITEFUNCTION, take_body);
        set(CURLOPT_WRITEDATA, &transfer);
        set(CURLOPT_FRESH_CONNECT, request.fresh_connection ? 1L : 0L);
        const bool has_body = !request.body.empty() || request.method == "POST" || request.method == "PUT";
        if (has_body) {
            set(CURLOPT_READFUNCTION, give_body);
            set(CURLOPT_READDATA, &exchange);
            set(CURLOPT_SEEKFUNCTION, rewind_body);
            set(CURLOPT_SEEKDATA, &exchange);
            if (request.method == "POST") {
                set(CURLOPT_POST, 1L);
                set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(bytes));
            } else {
                set(CURLOPT_UPLOAD, 1L);
                set(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(bytes));
            }
        } else if (request.method == "HEAD") {
            set(CURLOPT_NOBODY, 1L);
        }
        if (request.method != "GET" && request.method != "POST" && request.method != "HEAD" &&
            !(request.method == "PUT" && has_body)) {
            set(CURLOPT_CUSTOMREQUEST, request.method.c_str());
        }
        const Slist headers = header_list(request, has_body);
        set(CURLOPT_HTTPHEADER, headers.get());
        const CURLcode code = curl_easy_perform(easy_.get());
        long status = 0;
        curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
        answer.status = static_cast<int>(status);
        conclude(exchange, code, reason, bytes);
    }

    void set_rules(Exchange& exchange, const UrlParts& parts, std::uint64_t bytes) {
        const long timeout = std::max(1L, static_cast<long>(settings_.timeout));
        set(CURLOPT_NOSIGNAL, 1L);
        set(CURLOPT_PROTOCOLS_STR, "http,https");
        set(CURLOPT_FOLLOWLOCATION, 0L);
        set(CURLOPT_PATH_AS_IS, 1L);  // a path that was signed must not be folded
        set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
        set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
        set(CURLOPT_SSL_VERIFYPEER, 1L);
        set(CURLOPT_SSL_VERIFYHOST, 2L);
        if (!settings_.ca_file.empty()) {
            set(CURLOPT_CAINFO, settings_.ca_file.c_str());
        }
        set(CURLOPT_CONNECTTIMEOUT, std::max(1L, timeout / 2));
        set(CURLOPT_LOW_SPEED_LIMIT, 32L);  // bytes a second …
        set(CURLOPT_LOW_SPEED_TIME, timeout);
        // … and an end for those who drip a little faster: ten times as long, and more for large bodies.
        const auto whole =
            static_cast<long>(std::min<std::uint64_t>((bytes + exchange.request.answer_limit / 16) / 16'384, 86'400));
        set(CURLOPT_TIMEOUT, timeout * 10 + whole);
        set(CURLOPT_NOPROGRESS, 0L);
        set(CURLOPT_XFERINFOFUNCTION, look_up);
        set(CURLOPT_XFERINFODATA, &exchange);
        set(CURLOPT_USERAGENT, settings_.agent.c_str());
        if (is_loopback_host(parts.host)) {
            set(CURLOPT_PROXY, "");
        }
        if (is_loopback_host(parts.host) || !has_proxy(parts.scheme)) {
            set(CURLOPT_OPENSOCKETFUNCTION, open_socket);
            set(CURLOPT_OPENSOCKETDATA, &exchange);
        }
    }

    static Slist header_list(const HttpRequest& request, bool has_body) {
        Slist list;
        const auto add = [&](const std::string& line) {
            if (curl_slist* longer = curl_slist_append(list.get(), line.c_str())) {
                static_cast<void>(list.release());
                list.reset(longer);
            }
        };
        for (const auto* headers : {&request.headers, &request.secret_headers}) {
            for (const HttpHeader& header : *headers) {
                add(header.name + (header.value.empty() ? ";" : ": " + header.value));
            }
        }
        add("Accept-Encoding: identity");
        if (has_body) {
            add("Expect:");  // some servers never answer it
            add("Transfer-Encoding:");
            if (std::none_of(request.headers.begin(), request.headers.end(), [](const HttpHeader& one) {
                    return one.name == "Content-Type" || one.name == "content-type";
                })) {
                add("Content-Type:");
            }
        }
        return list;
    }

    void conclude(Exchange& exchange, CURLcode code, const char* reason, std::uint64_t bytes) const {
        HttpAnswer& answer = exchange.answer;
        const std::string words = *reason != '\0' ? reason : curl_easy_strerror(code);
        answer.en = words;
        answer.ja = words;
        if (code == CURLE_OK || (answer.too_long && answer.status != 0)) {
            answer.outcome = HttpOutcome::answered;
            if (answer.too_long) {
                answer.ja = "応答が大きすぎます";
                answer.en = "the answer is too long";
            } else {
                answer.ja.clear();
                answer.en.clear();
            }
            return;
        }
        if (exchange.address_refused) {
            refuse(answer, "公開されていないアドレスには接続しません（" + url_parts(exchange.request.url).host + "）",
                   "no connection to an address that is not public (" + url_parts(exchange.request.url).host + ")");
            return;
        }
        if (!answer.unreadable.empty()) {
            refuse(answer, "送るファイルを読めません: " + answer.unreadable.string(),
                   "a file to be sent cannot be read: " + answer.unreadable.string());
            return;
        }
        switch (code) {
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_ISSUER_ERROR:
        case CURLE_SSL_CERTPROBLEM:
            refuse(answer, certificate_ja(words), certificate_en(words));
            return;
        case CURLE_SSL_CACERT_BADFILE:
            refuse(answer,
                   "証明書の一覧（CA）を読めません。ca-certificates を入れるか ca_file を確かめてください: " + words,
                   "cannot read the list of certificates (CA): install ca-certificates or look at ca_file: " + words);
            return;
        case CURLE_SSL_CONNECT_ERROR:
            if (is_cut_off(words)) {
                answer.outcome = HttpOutcome::nothing_sent;
                answer.ja = "TLS の接続の途中で切られました: " + words;
                answer.en = "cut off while TLS was being set up: " + words;
                return;
            }
            refuse(answer, "TLS で接続できません（TLS 1.2 以上が要ります）: " + words,
                   "no TLS connection (TLS 1.2 or later is needed): " + words);
            return;
        case CURLE_UNSUPPORTED_PROTOCOL:
        case CURLE_URL_MALFORMAT:
            answer.outcome = HttpOutcome::refused;
            return;
        case CURLE_COULDNT_RESOLVE_PROXY:
        case CURLE_COULDNT_RESOLVE_HOST:
        case CURLE_COULDNT_CONNECT:
            answer.outcome = HttpOutcome::nothing_sent;
            answer.ja = "接続できません: " + words;
            answer.en = "cannot connect: " + words;
            return;
        default:
            break;
        }
        long request_size = 0;
        curl_easy_getinfo(easy_.get(), CURLINFO_REQUEST_SIZE, &request_size);
        answer.ja = "通信が切れました: " + words;
        answer.en = "the connection broke: " + words;
        answer.outcome = request_size == 0     ? HttpOutcome::nothing_sent
                         : answer.sent < bytes ? HttpOutcome::broken_while_sending
                                               : HttpOutcome::answer_lost;
    }

    /// The wire broke, as it does when a server starts anew: no verdict on certificates or protocols, which are alerts.
    static bool is_cut_off(const std::string& words) {
        const auto says = [&](const char* part) { return words.find(part) != std::string::npos; };
        return says("SYSCALL") || says("reset by peer") || says("unexpected eof") || says("Broken pipe");
    }

    static std::string today() {
        const std::time_t now = std::time(nullptr);
        std::tm parts{};
        gmtime_r(&now, &parts);
        char text[32] = "";
        std::strftime(text, sizeof text, "%Y-%m-%d %H:%M UTC", &parts);
        return text;
    }
    static bool is_about_time(const std::string& words) {
        return words.find("expired") != std::string::npos || words.find("not yet valid") != std::string::npos;
    }
    static std::string certificate_ja(const std::string& words) {
        return "サーバー証明書を確かめられないので送りません: " + words +
               (is_about_time(words) ? "（この機械の時計は " + today() + " です。合っていますか）" : "");
    }
    static std::string certificate_en(const std::string& words) {
        return "nothing is sent, for the server's certificate cannot be trusted: " + words +
               (is_about_time(words) ? " (this machine's clock says " + today() + ": is it right?)" : "");
    }

    HttpSettings settings_;
    std::unique_ptr<CURL, EasyDeleter> easy_;
};

}  // namespace
}  // namespace kokai

extern "C" __attribute__((visibility("default"))) kokai::HttpClient*
kokai_http_client(const kokai::HttpSettings* settings) {
    // Opened under the lock of open_module() the first time; a broken pipe is an answer of send(), never a signal.
    static const bool ready = [] {
        std::signal(SIGPIPE, SIG_IGN);
        return curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    }();
    static_cast<void>(ready);
    return std::make_unique<kokai::CurlClient>(*settings).release();
}
