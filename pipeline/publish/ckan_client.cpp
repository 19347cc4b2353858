// SPDX-License-Identifier: Apache-2.0
#include "publish/ckan_client.hpp"

#include "publish/target.hpp"
#include "support/hash.hpp"
#include "support/interrupt.hpp"
#include "support/text.hpp"

#include <fmt/format.h>

namespace kokai {
namespace {

using Json = nlohmann::json;

constexpr int deepest = 64;  // CKAN nests five levels; what walks a JSON later does so on the stack

/// Discarded where the text is no JSON, or nested past all reason.
Json parsed(const std::string& text) {
    bool too_deep = false;
    const auto watch = [&](int depth, Json::parse_event_t, Json&) {
        too_deep = too_deep || depth > deepest;
        return !too_deep;
    };
    Json json = Json::parse(text, watch, false);
    return too_deep ? Json(Json::value_t::discarded) : json;
}

/// CKAN's words for a person: `name: That URL is already in use.`
std::string words_of(const Json& error) {
    if (!error.is_object()) {
        return error.is_string() ? error.get<std::string>() : error.dump();
    }
    std::string text;
    for (const auto& [field, value] : error.items()) {
        if (field == "__type" || (field == "data" && value.is_object())) {
            continue;  // `data` is our own request, sent back
        }
        const std::string words = value.is_string() ? value.get<std::string>()
                                  : value.is_array() && value.size() == 1 && value[0].is_string()
                                      ? value[0].get<std::string>()
                                      : value.dump();
        text += (text.empty() ? "" : "; ") + (field == "message" ? words : field + ": " + words);
    }
    return redacted_beginning(text, 600);
}

bool is_json(const HttpAnswer& answer) {
    return lowered(answer.header("content-type")).find("json") != std::string::npos;
}

/// What came instead of JSON, in a few words.
std::string page_title(const HttpAnswer& answer) {
    const std::string small = lowered(std::string_view(answer.body).substr(0, 4096));
    const std::size_t open = small.find("<title>");
    const std::size_t close = small.find("</title>");
    if (open == std::string::npos || close == std::string::npos || close < open) {
        return {};
    }
    const std::string title = answer.body.substr(open + 7, close - open - 7);
    return ": " + redacted_beginning(trimmed(title), 100);
}

void judge_page(const HttpAnswer& answer, CkanAnswer& judged) {
    const std::string title = page_title(answer);
    const bool empty = answer.body.empty();
    const bool cut = is_json(answer);
    judged.ja = fmt::format("CKAN の応答ではありません（HTTP {}、{}{}）", answer.status,
                            empty ? "中身なし"
                            : cut ? "切れたか壊れた JSON"
                                  : "途中のサーバーのページ",
                            title);
    judged.en = fmt::format("not an answer of CKAN (HTTP {}, {}{})", answer.status,
                            empty ? "empty"
                            : cut ? "JSON that was cut or spoilt"
                                  : "a page of a server in between",
                            title);
    switch (answer.status) {
    case 413:
        judged.trouble = Trouble::refused;
        judged.too_large = true;
        judged.ja +=
            "。送る量の上限を超えました。catalogs.json の request_mib を小さくするか、サーバーの上限を上げてください";
        judged.en += ": more than the server takes; lower request_mib in catalogs.json or raise the server's limit";
        break;
    case 429:
    case 502:
    case 503:
    case 504:
        break;  // by its status
    default:
        if (answer.status < 300) {
            judged.trouble = Trouble::unknown;  // a log-in page on the way, or CKAN's own answer spoilt: look
        } else if (answer.status < 400) {
            judged.trouble = Trouble::refused;
            judged.ja +=
                "。別の所へ案内されましたが、トークンを持っては行きません。catalogs.json の url を確かめてください";
            judged.en += ": it points elsewhere, where the token does not go; look at url in catalogs.json";
        } else if (answer.status < 500) {
            judged.trouble = Trouble::refused;
            judged.ja += "。catalogs.json の url が CKAN のものか確かめてください";
            judged.en += ": is url in catalogs.json that of a CKAN?";
        }
    }
}

void judge_error(const HttpAnswer& answer, CkanAnswer& judged) {
    const std::string words = words_of(judged.error);
    switch (answer.status) {
    case 403:
    case 401:
        judged.trouble = Trouble::refused;
        judged.ja = "権限がありません（トークン、役割、組織を確かめてください）: " + words;
        judged.en = "not allowed (look at token, role and organization): " + words;
        break;
    case 404:
        judged.trouble = Trouble::not_found;
        judged.ja = "公開先にありません: " + words;
        judged.en = "not there: " + words;
        break;
    case 409:
        judged.trouble = judged.error.is_object() && judged.error.contains("match") ? Trouble::moved : Trouble::refused;
        judged.too_large = words.find("upload") == 0 && words.find("too large") != std::string::npos;
        judged.ja = judged.trouble == Trouble::moved ? "ほかの人が同時に書き換えました: " + words
                    : judged.too_large ? "ファイルが公開先の上限より大きいので受け取られませんでした。上限が分かれば "
                                         "catalogs.json の max_file_mib に書いてください"
                                       : "公開先が値を受け取りませんでした: " + words;
        judged.en = judged.trouble == Trouble::moved ? "somebody else wrote meanwhile: " + words
                    : judged.too_large
                        ? "a file is larger than the target takes; write its limit as max_file_mib in catalogs.json"
                        : "the target refused our data: " + words;
        break;
    default:
        judged.ja = fmt::format("HTTP {}: {}", answer.status, words);
        judged.en = judged.ja;
    }
}

}  // namespace

CkanAnswer judge_ckan(const HttpAnswer& answer) {
    CkanAnswer judged;
    judged.status = answer.status;
    judged.trouble = trouble_of(answer);
    judged.wait = retry_after(answer, std::chrono::system_clock::now());
    if (answer.outcome != HttpOutcome::answered || answer.too_long) {
        judged.ja = answer.ja;
        judged.en = answer.en;
        if (answer.too_long) {
            judged.trouble = Trouble::unknown;
        }
        return judged;
    }
    const Json body = is_json(answer) ? parsed(answer.body) : Json(Json::value_t::discarded);
    if (body.is_discarded()) {
        judge_page(answer, judged);
    } else if (body.is_object() && answer.status == 200 && body.value("success", Json()) == true &&
               body.contains("result")) {
        judged.result = body["result"];
    } else {
        judged.error = body.is_object() && body.contains("error") ? body["error"] : body;
        if (judged.trouble == Trouble::none) {
            judged.trouble = Trouble::refused;
        }
        judge_error(answer, judged);
    }
    judged.ja = redact(judged.ja);
    judged.en = redact(judged.en);
    return judged;
}

std::string revise_text(const std::string& text) {
    return Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::vector<HttpPiece> form_pieces(const std::vector<CkanFormPart>& parts, const std::string& boundary) {
    std::vector<HttpPiece> pieces;
    std::string text;
    for (const CkanFormPart& part : parts) {
        text += "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + part.name + "\"";
        if (part.path.empty()) {
            text += "\r\n\r\n" + part.text + "\r\n";
            continue;
        }
        text += "; filename=\"" + part.file_name + "\"\r\nContent-Type: " + part.media_type + "\r\n\r\n";
        pieces.push_back({text, {}, 0, 0});
        pieces.push_back({{}, part.path, 0, part.bytes});
        text = "\r\n";
    }
    pieces.push_back({text + "--" + boundary + "--\r\n", {}, 0, 0});
    return pieces;
}

CkanClient::CkanClient(CkanShared& shared)
    : shared_(shared), http_(open_http(http_settings(shared.spec, shared.spec.url))) {}

HttpRequest CkanClient::request_for(const std::string& action, As as) const {
    HttpRequest request;
    request.url = shared_.spec.url + "/api/3/action/" + action;
    request.headers.push_back({"Accept", "application/json"});
    if (as == As::ourselves) {
        request.secret_headers.push_back({"Authorization", shared_.token.reveal()});
    }
    return request;
}

HttpAnswer CkanClient::send(const HttpRequest& request) {
    shared_.pace.enter();
    HttpAnswer answer;
    bool busy = false;
    unsigned rest = 0;
    try {
        answer = http_->send(request);
        const Trouble trouble = trouble_of(answer);
        busy = trouble == Trouble::busy || (trouble == Trouble::unknown && answer.status != 0);
        rest = retry_after(answer, std::chrono::system_clock::now());
        rest = rest > longest_wait ? 0 : rest;  // given up: the others need not wait to hear the same
    } catch (...) {
        shared_.pace.leave(false, {});
        throw;
    }
    shared_.pace.leave(busy, std::chrono::seconds(rest));
    ++shared_.requests;
    shared_.sent_bytes += answer.sent;
    sent_bytes_ += answer.sent;
    stop_if_interrupted();
    if (!answer.unreadable.empty()) {
        throw WorldError(answer.unreadable.string(), "送るファイルを読めません", "a file to be sent cannot be read");
    }
    answer.ja = redact(answer.ja);
    answer.en = redact(answer.en);
    return answer;
}

CkanAnswer CkanClient::read(const std::string& action, const std::string& query, As as) {
    HttpRequest request = request_for(action, as);
    request.url += query.empty() ? "" : "?" + query;
    request.headers.push_back({"Cache-Control", "no-cache"});
    for (unsigned tries = 1;; ++tries) {
        CkanAnswer answer = judge_ckan(send(request));
        if (answer.wait > longest_wait || next_step(Doing::read, answer.trouble, tries, false) != NextStep::repeat) {
            return answer;
        }
        wait_patiently(pause_before(tries, answer.wait));
    }
}

CkanAnswer CkanClient::write(const std::string& action, const Json& body) {
    HttpRequest request = request_for(action, As::ourselves);
    request.method = "POST";
    request.headers.push_back({"Content-Type", "application/json"});
    request.body.push_back({body.dump(-1, ' ', false, Json::error_handler_t::replace), {}, 0, 0});
    return send_write(request);
}

CkanAnswer CkanClient::send_write(HttpRequest& request) {
    request.fresh_connection = shared_.closes_unsaid;
    const HttpAnswer answer = send(request);
    if (answer.outcome != HttpOutcome::answered) {
        shared_.closes_unsaid = true;
    }
    return judge_ckan(answer);
}

CkanAnswer CkanClient::write_form(const std::string& action, const std::vector<CkanFormPart>& parts) {
    HttpRequest request = request_for(action, As::ourselves);
    std::string named;
    for (const CkanFormPart& part : parts) {
        named += part.name + part.text;
    }
    const std::string boundary = "kokai-" + sha256_hex(named).substr(0, 48);
    request.method = "POST";
    request.headers.push_back({"Content-Type", "multipart/form-data; boundary=" + boundary});
    request.body = form_pieces(parts, boundary);
    return send_write(request);
}

HttpAnswer CkanClient::follow(HttpRequest& request, const std::function<void()>& restart) {
    HttpAnswer answer = send(request);
    for (int hops = 0; hops < 3 && answer.outcome == HttpOutcome::answered && answer.status >= 301 &&
                       answer.status <= 308 && answer.status != 304;
         ++hops) {
        // A catalog may keep its files in a store elsewhere. The token does not go there, and https stays https.
        const std::string to = answer.header("location");
        const UrlParts from = url_parts(request.url);
        if (to.starts_with('/') && !to.starts_with("//")) {
            request.url = from.origin() + to;
        } else if (const UrlParts goal = url_parts(to);
                   goal.valid() && (goal.scheme == "https" || from.scheme == "http")) {
            request.url = to;
        } else {
            break;
        }
        if (url_parts(request.url).origin() != from.origin()) {
            request.secret_headers.clear();
        }
        restart();
        answer = send(request);
    }
    return answer;
}

CkanDownload CkanClient::download(const std::string& package, const std::string& resource, const std::string& file_name,
                                  std::uint64_t expected, As as) {
    CkanDownload download;
    for (unsigned tries = 1;; ++tries) {
        HttpRequest request;
        // Built from our own address, never taken from the answer.
        request.url = shared_.spec.url + "/dataset/" + percent_encoded(package) + "/resource/" +
                      percent_encoded(resource) + "/download/" + percent_encoded(file_name);
        request.headers.push_back({"Cache-Control", "no-cache"});
        if (as == As::ourselves) {
            request.secret_headers.push_back({"Authorization", shared_.token.reveal()});
        }
        request.answer_limit = expected + (1ULL << 20U);
        Sha256 digest;
        std::uint64_t bytes = 0;
        request.sink = [&](std::string_view data) {
            digest.update(data);
            bytes += data.size();
        };
        const HttpAnswer answer = follow(request, [&] {
            digest = Sha256();
            bytes = 0;
        });
        download.trouble = trouble_of(answer);
        download.status = answer.status;
        download.bytes = bytes;
        download.sha256 = digest.hex();
        download.ja = answer.outcome == HttpOutcome::answered ? fmt::format("HTTP {}", answer.status) : answer.ja;
        download.en = answer.outcome == HttpOutcome::answered ? fmt::format("HTTP {}", answer.status) : answer.en;
        const unsigned wait = retry_after(answer, std::chrono::system_clock::now());
        if (wait > longest_wait || next_step(Doing::read, download.trouble, tries, false) != NextStep::repeat) {
            return download;
        }
        wait_patiently(pause_before(tries, wait));
    }
}

}  // namespace kokai
