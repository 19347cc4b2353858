// SPDX-License-Identifier: Apache-2.0
#include "publish/http_store.hpp"

#include "model/error.hpp"
#include "publish/secrets.hpp"
#include "support/hash.hpp"
#include "support/interrupt.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <utility>

namespace kokai {
namespace {

/// ETag, else date and length; two writes in one second with the same length look alike only then.
StoredFile seen_in(const HttpAnswer& answer) {
    StoredFile seen{true, answer.header("etag"), answer.received};
    if (seen.version.empty() && !answer.header("last-modified").empty()) {
        seen.version = answer.header("last-modified") + " " + answer.header("content-length");
    }
    return seen;
}

/// <Code>SignatureDoesNotMatch</Code>: what S3 says of itself.
std::string element(const std::string& body, const std::string& name) {
    const std::size_t begin = body.find("<" + name + ">");
    const std::size_t end = body.find("</" + name + ">");
    if (begin == std::string::npos || end == std::string::npos || end < begin) {
        return {};
    }
    return redacted_beginning(std::string_view(body).substr(begin + name.size() + 2, end - begin - name.size() - 2),
                              200);
}

/// Minutes by which our clock is ahead of the server's. A HEAD is refused without a word: only the date tells.
long minutes_ahead(const HttpAnswer& answer) {
    const auto date = http_date(answer.header("date"));
    return date ? std::chrono::duration_cast<std::chrono::minutes>(std::chrono::system_clock::now() - *date).count()
                : 0;
}

/// S3 takes a quarter of an hour for the most.
constexpr long most_minutes_ahead = 10;

Error wait_error(const std::string& url, unsigned seconds) {
    return {
        Exit::catalog, url, "",
        fmt::format("公開先が {} 秒後に来るように言っているので、この実行ではもう送りません。あとで同じコマンドを実行"
                    "してください",
                    seconds),
        fmt::format("the target says to come again in {} s: nothing more is sent in this run. Run the same command "
                    "later",
                    seconds)};
}

Error error_of(const HttpRequest& request, const HttpAnswer& answer, bool dated) {
    if (answer.outcome != HttpOutcome::answered) {
        return {Exit::catalog, request.url, "", redact(answer.ja), redact(answer.en)};
    }
    const std::string code = element(answer.body, "Code");
    const std::string told = code.empty() ? "" : " (" + code + ": " + element(answer.body, "Message") + ")";
    const std::string status = request.method + " " + std::to_string(answer.status) + told;
    std::string ja = "公開先が受け付けませんでした";
    std::string en = "the target refused";
    const long ahead = minutes_ahead(answer);
    if (code == "RequestTimeTooSkewed" || (answer.status == 403 && dated && std::labs(ahead) > most_minutes_ahead)) {
        ja = fmt::format("この機械の時計が合っていません（公開先の時計との差 {} 分）", std::labs(ahead));
        en = fmt::format("the clock of this machine is wrong (by {} minutes, says the target's)", std::labs(ahead));
    } else if (answer.status == 401 || answer.status == 403) {
        ja = "権限がありません。鍵や利用者名、書き込む権限を確かめてください";
        en = "not allowed: look at the key or user, and whether it may write there";
    } else if (answer.status >= 300 && answer.status < 400) {
        ja = "別の所へ案内されましたが、鍵を持っては行きません。catalogs.json のアドレスとリージョンを確かめてください";
        en = "it points elsewhere, where the key does not go: look at address and region in catalogs.json";
    } else if (answer.status == 404) {
        ja = "置き場がありません。catalogs.json のアドレスを確かめてください";
        en = "there is no such place: look at the address in catalogs.json";
    } else if (answer.status == 413) {
        ja = "ファイルが大きすぎて受け付けられませんでした";
        en = "the file is larger than the target takes";
    } else if (answer.status == 507) {
        ja = "公開先の空き容量が足りません";
        en = "the target has no room left";
    }
    return {Exit::catalog, request.url, "", redact(ja + ": " + status), redact(en + ": " + status)};
}

}  // namespace

HttpStore::HttpStore(const TargetContext& context, const std::string& url, StoreTally& tally)
    : tally_(tally), client_(open_http(http_settings(context.spec, url))) {}

HttpRequest HttpStore::request_of(std::string method, std::string url) {
    HttpRequest request;
    request.method = std::move(method);
    request.url = std::move(url);
    request.headers = {{"Accept-Encoding", "identity"}, {"Cache-Control", "no-cache"}};
    return request;
}

HttpAnswer HttpStore::ask_once(const HttpRequest& request, const std::string& body_sha256, unsigned tries) {
    HttpRequest signed_request = request;
    if (const unsigned seconds = tally_.asked_to_wait; seconds != 0) {
        throw wait_error(request.url, seconds);  // another thread was told, or an earlier dataset
    }
    tally_.pace.enter();
    sign(signed_request, body_sha256);  // signatures age: after the wait
    HttpAnswer answer = client_->send(signed_request);
    const bool busy = trouble_of(answer) == Trouble::busy;
    const unsigned asked = std::min(retry_after(answer, std::chrono::system_clock::now()), longest_wait);
    tally_.pace.leave(busy, pause_before(tries, asked));
    ++tally_.requests;
    tally_.sent_bytes += answer.sent;
    stop_if_interrupted();
    if (!answer.unreadable.empty()) {
        throw WorldError(answer.unreadable.string(), "送るファイルを読めません", "a file to be sent cannot be read");
    }
    return answer;
}

void HttpStore::wait_or_throw(const HttpRequest& request, const HttpAnswer& answer, unsigned tries) {
    const unsigned asked = retry_after(answer, std::chrono::system_clock::now());
    if (asked > longest_wait && trouble_of(answer) == Trouble::busy) {
        tally_.asked_to_wait = asked;
        throw wait_error(request.url, asked);
    }
    // To look first would tell nothing that the same PUT does not make so: every request counts as reading.
    if (asked > longest_wait || next_step(Doing::read, trouble_of(answer), tries, false) != NextStep::repeat) {
        throw error_of(request, answer, is_dated());
    }
    wait_patiently(pause_before(tries, asked));
}

HttpAnswer HttpStore::ask(const HttpRequest& request, const std::string& body_sha256, const std::vector<int>& fine) {
    for (unsigned tries = 1;; ++tries) {
        HttpAnswer answer = ask_once(request, body_sha256, tries);
        if (answer.outcome == HttpOutcome::answered && !answer.too_long &&
            (trouble_of(answer) == Trouble::none || std::find(fine.begin(), fine.end(), answer.status) != fine.end())) {
            return answer;
        }
        wait_or_throw(request, answer, tries);
    }
}

StoredFile HttpStore::look(const std::string& path) {
    const HttpAnswer answer = ask(request_of("HEAD", url_of(path)), sha256_of_nothing, {404});
    return answer.status == 404 ? StoredFile{} : seen_in(answer);
}

std::optional<std::string> HttpStore::digest(const std::string& path, StoredFile& seen, std::uint64_t most) {
    for (unsigned tries = 1;; ++tries) {
        Sha256 digest;  // a new one for every try: a broken answer must not stay in it
        HttpRequest request = request_of("GET", url_of(path));
        request.answer_limit = most;  // a body without end would be read for a day
        request.sink = [&](std::string_view piece) { digest.update(piece); };
        const HttpAnswer answer = ask_once(request, sha256_of_nothing, tries);
        if (answer.outcome == HttpOutcome::answered && answer.status == 404) {
            seen = {};
            return std::nullopt;
        }
        if (answer.outcome == HttpOutcome::answered && answer.status == 200) {
            seen = seen_in(answer);
            return answer.too_long ? too_long_to_be_ours : digest.hex();
        }
        wait_or_throw(request, answer, tries);
    }
}

}  // namespace kokai
