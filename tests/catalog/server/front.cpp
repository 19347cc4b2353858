// SPDX-License-Identifier: Apache-2.0
// See front.hpp.
#include "front.hpp"

#include "wire.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <regex>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace kokai::loopback {

namespace {

thread_local Exchange* current = nullptr;

constexpr const char* session_cookie =
    "ckan=loopback; expires=Tue, 19-Jan-2038 03:14:07 GMT; HttpOnly; Path=/; SameSite=Lax";

std::string dumped(const Json& value) {
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string page(int status, const std::string& title) {
    return "<!DOCTYPE html>\n<html lang=\"en\">\n<head><title>" + title + "</title></head>\n<body><h1>" +
           std::to_string(status) + " " + title + "</h1></body>\n</html>\n";
}

std::string proxy_page(const std::string& title) {
    return "<html>\r\n<head><title>" + title + "</title></head>\r\n<body>\r\n<center><h1>" + title +
           "</h1></center>\r\n<hr><center>nginx/1.22.1</center>\r\n</body>\r\n</html>\r\n";
}

void set_json(httplib::Response& response, int status, const Json& body) {
    response.status = status;
    response.set_header("Cache-Control", "public, max-age=0, must-revalidate");
    response.set_header("Set-cookie", session_cookie);
    response.set_content(dumped(body), "application/json;charset=utf-8");
}

void set_page(httplib::Response& response, int status, const std::string& title) {
    response.status = status;
    response.set_header("Cache-Control", "private");
    response.set_header("Vary", "Cookie");
    response.set_header("Set-cookie", session_cookie);
    response.set_content(page(status, title), "text/html; charset=utf-8");
}

std::string http_date(std::filesystem::file_time_type time) {
    const auto system = std::chrono::file_clock::to_sys(time);
    const std::time_t seconds =
        std::chrono::system_clock::to_time_t(std::chrono::time_point_cast<std::chrono::system_clock::duration>(system));
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    std::array<char, 40> text{};
    std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
    return text.data();
}

/// A header of the head as it came over the wire, blanks at its end included.
std::optional<std::string> raw_header(const std::string& head, const std::string& name) {
    std::size_t line = head.find("\r\n");
    while (line != std::string::npos && line + 2 < head.size()) {
        line += 2;
        const std::size_t end = head.find("\r\n", line);
        const std::size_t colon = head.find(':', line);
        if (colon < end && lower(std::string_view(head).substr(line, colon - line)) == name) {
            const std::size_t value = head.find_first_not_of(' ', colon + 1);
            return value < end ? head.substr(value, end - value) : "";
        }
        line = end;
    }
    return std::nullopt;
}

std::string action_of(const std::string& path) {
    const std::size_t at = path.find("/action/");
    if (at != std::string::npos) {
        return path.substr(at + 8);
    }
    return path.find("/download") == std::string::npos ? "page" : "download";
}

/// The dataset that a request speaks of, for the log and for races.
std::string dataset_named(const Json& data) {
    for (const char* field : {"match__name", "match__id", "package_id", "name", "id"}) {
        if (data.contains(field) && data[field].is_string()) {
            return data[field];
        }
    }
    const Json match = data.value("match", Json());
    const Json parsed = match.is_string() ? Json::parse(match.get<std::string>(), nullptr, false) : match;
    if (parsed.is_object()) {
        const Json name = parsed.value("id", parsed.value("name", Json()));
        return name.is_string() ? name.get<std::string>() : "";
    }
    return "";
}

/// A fault that answers for the catalog.
bool answers_instead(const Fault& fault, httplib::Response& response) {
    if (fault.kind == "bad_gateway" || fault.kind == "gateway_after_write") {
        response.status = fault.kind == "bad_gateway" ? 502 : 504;
        response.set_content(proxy_page(fault.kind == "bad_gateway" ? "502 Bad Gateway" : "504 Gateway Time-out"),
                             "text/html");
    } else if (fault.kind == "too_many") {
        response.status = 429;
        response.set_header("Retry-After", std::to_string(fault.number("seconds", 1)));
        response.set_content(proxy_page("429 Too Many Requests"), "text/html");
    } else if (fault.kind == "captive_portal") {
        response.status = 200;
        response.set_content(page(200, "Please log in to the network"), "text/html; charset=utf-8");
    } else if (fault.kind == "redirect") {
        response.status = static_cast<int>(fault.number("status", 302));
        response.set_header("Location", fault.text("location", "/"));
    } else if (fault.kind == "answer") {
        response.status = static_cast<int>(fault.number("status", 500));
        const Json headers = fault.rule.value("headers", Json::object());
        for (const auto& [name, value] : headers.items()) {
            response.set_header(name.c_str(), value.get<std::string>());
        }
        response.set_content(fault.text("body", ""), fault.text("type", "application/json;charset=utf-8"));
    } else if (fault.kind == "error_after_write") {
        response = httplib::Response();
        set_json(response, 500, {{"success", false}, {"error", broken().error}});
    } else {
        return false;
    }
    return true;
}

}  // namespace

Front::Front(Store& store, const Limits& limits, const FrontOptions& options)
    : store_(store), limits_(limits), options_(options) {
    new_task_queue = [workers = options.workers] { return new httplib::ThreadPool(workers); };
    const auto with_body = [this](const httplib::Request& request, httplib::Response& response,
                                  const httplib::ContentReader& reader) {
        serve(*current, request, response, &reader);
    };
    const auto without_body = [this](const httplib::Request& request, httplib::Response& response) {
        serve(*current, request, response, nullptr);
    };
    Get(".*", without_body);
    Post(".*", with_body);
    Put(".*", with_body);
    Patch(".*", with_body);
    Delete(".*", with_body);
}

bool Front::process_and_close_socket(socket_t socket) {
    const int yes = 1;
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    Wire wire(socket, options_.kind);
    bool open = true;
    for (int idle = 0; open && svr_sock_ != INVALID_SOCKET && idle < 50;) {
        if (!wire.wait(100)) {
            ++idle;
            continue;
        }
        idle = 0;
        Exchange exchange;
        current = &exchange;
        wire.next_request();
        bool closed = false;
        const bool fine =
            process_request(wire, false, closed, [&](httplib::Request& request) { begin(wire, request); });
        if (wire.bytes_in() == 0 || exchange.started.empty()) {
            break;
        }
        open = wire.finish(exchange.fault) && fine && !closed && options_.kind == FrontKind::nginx;
        log(exchange, wire.bytes_in(), wire.bytes_out());
        current = nullptr;
    }
    if (options_.kind == FrontKind::uwsgi) {
        std::this_thread::sleep_for(options_.late_close);
    }
    if (!wire.dead()) {
        shutdown(socket, SHUT_RDWR);
    }
    ::close(socket);
    return true;
}

/// The head is read: what does this request meet?
void Front::begin(Wire& wire, httplib::Request& request) {
    Exchange& exchange = *current;
    exchange.started = now();
    exchange.method = request.method;
    exchange.path = request.path;
    exchange.head = request.method == "HEAD";
    exchange.action = action_of(request.path);
    exchange.content_type = request.get_header_value("Content-Type");
    exchange.content_encoding = request.get_header_value("Content-Encoding");
    exchange.chunked = !request.get_header_value("Transfer-Encoding").empty();
    exchange.authorization = raw_header(wire.head(), "authorization");
    if (!exchange.authorization) {
        exchange.authorization = raw_header(wire.head(), "x-ckan-api-key");
    }
    request.headers.erase("Content-Type");  // httplib must not read forms by its own rules
    request.headers.erase("Content-Encoding");
    request.headers.emplace("Content-Type", "application/octet-stream");
    if (request.path.rfind("/_", 0) == 0) {
        return;
    }
    const ActionEntry* action = find_action(exchange.action);
    exchange.fault = faults_.next(exchange.action, request.path, action != nullptr && action->effect == Effect::writes);
    const std::string length = request.get_header_value("Content-Length");
    const bool too_large = options_.kind == FrontKind::nginx && !length.empty() && length.size() < 18 &&
                           std::stoull(length) > options_.largest_body;
    if (too_large || (exchange.fault && exchange.fault->kind == "proxy_413")) {
        const std::string body = proxy_page("413 Request Entity Too Large");
        exchange.status = 413;
        wire.answer_and_linger("HTTP/1.1 413 Request Entity Too Large\r\nServer: nginx/1.22.1\r\nContent-Type: "
                               "text/html\r\nContent-Length: " +
                               std::to_string(body.size()) + "\r\nConnection: close\r\n\r\n" + body);
    } else if (exchange.fault && exchange.fault->stage == Stage::before_body) {
        wire.reset();
    } else if (exchange.fault && exchange.fault->stage == Stage::within_body) {
        wire.reset_after(static_cast<std::size_t>(exchange.fault->number("bytes", 1000)));
    }
}

void Front::serve(Exchange& exchange, const httplib::Request& request, httplib::Response& response,
                  const httplib::ContentReader* reader) {
    RawRequest raw;
    raw.method = request.method == "HEAD" ? "GET" : request.method;
    raw.path = request.path;
    raw.content_type = exchange.content_type;
    raw.content_encoding = exchange.content_encoding;
    for (const auto& [name, value] : request.params) {
        raw.query.emplace_back(name, value);
    }
    const bool whole = reader == nullptr || (*reader)([&](const char* bytes, std::size_t size) {
                           raw.body.append(bytes, size);
                           return true;
                       });
    if (!whole) {
        return;  // the body did not come: nothing happens
    }
    if (exchange.chunked && options_.kind == FrontKind::uwsgi) {
        raw.body.clear();  // uWSGI hands CKAN no body then
    }
    if (raw.path.rfind("/_", 0) == 0) {
        serve_control(raw.method, raw.path, raw.body, response);
        return;
    }
    if (exchange.fault && exchange.fault->stage == Stage::before_write) {
        if (exchange.fault->kind == "pause") {
            std::this_thread::sleep_for(std::chrono::milliseconds(exchange.fault->number("milliseconds", 100)));
        } else if (exchange.fault->kind != "race") {
            static_cast<void>(answers_instead(*exchange.fault, response));
            exchange.status = response.status;
            return;
        }
    }
    static const std::regex action_path("(/ja)?/api(/3)?/action/([A-Za-z0-9_]+)");
    static const std::regex download_path("/dataset/([^/]+)/resource/([^/]+)/download(/([^/]*))?");
    std::smatch parts;
    if (std::regex_match(raw.path, parts, action_path)) {
        if (raw.method == "GET" || raw.method == "POST") {
            serve_action(exchange, raw, parts[3], parts[1].matched ? Language::japanese : Language::english, response);
        } else {
            set_page(response, 405, "Method Not Allowed");
        }
    } else if (std::regex_match(raw.path, parts, download_path)) {
        serve_download(exchange, parts[2], parts[4], request, response);
    } else {
        serve_page(exchange, raw.path, response);
    }
    if (options_.cost_percent > 0) {
        take_time(exchange);
    }
    if (exchange.fault && exchange.fault->stage == Stage::after_write) {
        static_cast<void>(answers_instead(*exchange.fault, response));
    }
    exchange.status = response.status;
}

void Front::serve_action(Exchange& exchange, RawRequest& raw, const std::string& action, Language language,
                         httplib::Response& response) {
    const ActionEntry* entry = find_action(action);
    if (entry == nullptr) {
        set_json(response, 400, "Bad request - Action name not known: " + action);
        return;
    }
    if (raw.method == "GET" && entry->effect == Effect::writes) {
        set_json(response, 400, "Bad request - JSON Error: Invalid request. Please use POST method for your request");
        return;
    }
    const std::string prefix = language == Language::japanese ? "/ja" : "";
    Json answer{{"help", store_.site_url + prefix + "/api/3/action/help_show?name=" + action}};
    Json asked;
    try {
        RequestData data = read_request(raw, raw.method == "GET" ? UrlParameters::read : UrlParameters::ignored);
        asked = data.values;
        exchange.dataset = dataset_named(asked);
        if (exchange.fault && exchange.fault->kind == "race") {
            race(*exchange.fault, asked);
        }
        std::unique_lock lock(store_.mutex);
        const User* user = user_of(exchange);
        exchange.user = user == nullptr ? "" : user->name;
        const Caller caller{user, language};
        Call call{store_, limits_, caller, data, lock};
        try {
            answer["result"] = entry->run(call);
            answer["success"] = true;
            set_json(response, 200, answer);
        } catch (...) {
            asked = data.values;
            throw;
        }
    } catch (const Refusal& refusal) {
        answer["success"] = false;
        answer["error"] = refusal.error;
        if (refusal.error.value("__type", "") == "Integrity Error") {
            answer["error"]["data"] = asked;
        }
        set_json(response, refusal.status, answer);
    } catch (const BadRequest& bad) {
        set_json(response, 400, bad.text);
    } catch (const TooManyParts&) {
        set_page(response, 413, "Request Entity Too Large");
    } catch (const std::exception&) {
        answer["success"] = false;
        answer["error"] = broken().error;
        set_json(response, 500, answer);
    }
}

void Front::serve_download(const Exchange& exchange, const std::string& resource, const std::string& file_name,
                           const httplib::Request& request, httplib::Response& response) {
    const std::lock_guard lock(store_.mutex);
    const auto found = store_.resources.find(resource);
    if (found == store_.resources.end() || found->second.deleted) {
        set_page(response, 404, "Not Found");
        return;
    }
    const Dataset& dataset = store_.datasets.at(found->second.package_id);
    const Caller caller{user_of(exchange), Language::english};
    if (dataset.is_private || dataset.state != "active") {
        const Right right = dataset.state == "active" ? Right::read : Right::update;
        if (!allowed(store_, caller, dataset.owner_org, right)) {
            set_page(response, dataset.state == "deleted" ? 404 : 403, "Forbidden");
            return;
        }
    }
    const Json shown = store_.shown(found->second);
    if (shown["url_type"] != "upload") {
        const std::string url = shown["url"];
        response.set_redirect(url);
        response.set_header("Cache-Control", "public, max-age=0, must-revalidate");
        response.set_header("Set-cookie", session_cookie);
        response.set_content("<!doctype html>\n<html lang=en>\n<title>Redirecting...</title>\n<h1>Redirecting...</h1>\n"
                             "<p>You should be redirected automatically to the target URL: <a href=\"" +
                                 url + "\">" + url + "</a>. If not, click the link.\n",
                             "text/html; charset=utf-8");
        return;
    }
    const std::filesystem::path path = store_.file_of(resource);
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        set_page(response, 404, "Not Found");
        return;
    }
    std::ostringstream content;
    content << file.rdbuf();
    const auto time = std::filesystem::last_write_time(path);
    const auto since = std::chrono::file_clock::to_sys(time).time_since_epoch();
    const double seconds = std::chrono::duration<double>(since).count();
    const std::string etag = "\"" + std::to_string(seconds) + "-" + std::to_string(content.str().size()) + "-" +
                             std::to_string(std::hash<std::string>{}(path.string()) % 4000000000U) + "\"";
    response.set_header("ETag", etag);
    response.set_header("Cache-Control", "no-cache, public, max-age=0, must-revalidate");
    response.set_header("Content-Disposition", "inline; filename=" + file_name);
    response.set_header("Set-cookie", session_cookie);
    if (request.get_header_value("If-None-Match") == etag ||
        request.get_header_value("If-Modified-Since") == http_date(time)) {
        response.status = 304;
        return;
    }
    response.set_header("Last-Modified", http_date(time));
    std::string type = shown["mimetype"].is_string() ? shown["mimetype"].get<std::string>() : "";
    if (type.empty()) {
        type = guess_mimetype(file_name).value_or("application/octet-stream");
        type += type.rfind("text/", 0) == 0 ? "; charset=utf-8" : "";
    }
    response.set_content(content.str(), type);
}

void Front::serve_page(const Exchange& exchange, const std::string& path, httplib::Response& response) {
    const std::lock_guard lock(store_.mutex);
    const std::string prefix = "/dataset/";
    if (path == "/" || path == "/dataset" || path == "/dataset/") {
        set_page(response, 200, "CKAN");
        return;
    }
    if (path.rfind(prefix, 0) == 0) {
        const Dataset* dataset = store_.dataset(path.substr(prefix.size()));
        const Caller caller{user_of(exchange), Language::english};
        if (dataset != nullptr && ((dataset->state == "active" && !dataset->is_private) ||
                                   allowed(store_, caller, dataset->owner_org, Right::read))) {
            set_page(response, 200, as_text(dataset->fields.at("title")));
            return;
        }
    }
    set_page(response, 404, "Not Found");
}

void Front::serve_control(const std::string& method, const std::string& path, const std::string& body,
                          httplib::Response& response) {
    Json answer;
    try {
        if (path == "/_faults") {
            if (method == "POST") {
                faults_.set(Json::parse(body));
            }
            answer = faults_.state();
        } else if (path == "/_log") {
            const std::lock_guard lock(log_mutex_);
            answer = log_;
            if (method == "POST") {
                log_ = Json::array();
            }
        } else if (path == "/_state") {
            const std::lock_guard lock(store_.mutex);
            answer = store_.dump();
        } else {
            response.status = 404;
            return;
        }
        response.set_content(dumped(answer), "application/json");
    } catch (const std::exception& error) {
        response.status = 400;
        response.set_content(error.what(), "text/plain");
    }
}

/// The user that a token stands for. The store is locked.
const User* Front::user_of(const Exchange& exchange) {
    const auto token = store_.tokens.find(exchange.authorization.value_or(""));
    if (token == store_.tokens.end()) {
        return nullptr;
    }
    User* user = store_.user(token->second.user_id);
    token->second.last_access = now();
    if (user->last_active.empty()) {
        user->last_active = token->second.last_access;
    }
    return user;
}

/// Medians of the recordings, in milliseconds; resource_create writes the dataset anew, so each file that is there
/// counts.
void Front::take_time(const Exchange& exchange) {
    static const std::map<std::string, double> recorded{
        {"package_show", 16.5}, {"package_create", 58},  {"package_revise", 46.5}, {"package_patch", 61},
        {"package_update", 41}, {"resource_create", 87}, {"resource_patch", 85},   {"download", 14},
        {"package_search", 9},  {"package_delete", 34.5}};
    const auto found = recorded.find(exchange.action);
    double milliseconds = found == recorded.end() ? 8 : found->second;
    if (exchange.action == "resource_create") {
        const std::lock_guard lock(store_.mutex);
        const Dataset* dataset = store_.dataset(exchange.dataset);
        milliseconds += dataset == nullptr ? 0 : 2.5 * static_cast<double>(dataset->resources.size());
    }
    const auto time =
        std::chrono::duration<double, std::milli>(milliseconds * static_cast<double>(options_.cost_percent) / 100);
    recorded_workers_.acquire();
    std::this_thread::sleep_for(time);
    recorded_workers_.release();
}

/// Another writer was here first.
void Front::race(const Fault& fault, const Json& data) {
    const std::lock_guard lock(store_.mutex);
    Dataset* dataset = store_.dataset(dataset_named(data));
    if (dataset == nullptr) {
        return;
    }
    const Json fields = fault.rule.value("set", Json{{"notes", "edited at the portal"}});
    for (const auto& [field, value] : fields.items()) {
        dataset->fields[field] = value;
    }
    dataset->metadata_modified = now();
}

void Front::log(const Exchange& exchange, std::size_t bytes_in, std::size_t bytes_out) {
    if (exchange.path.rfind("/_", 0) == 0) {
        return;
    }
    const std::lock_guard lock(log_mutex_);
    log_.push_back({{"method", exchange.method},
                    {"path", exchange.path},
                    {"action", exchange.action},
                    {"user", exchange.user},
                    {"token", exchange.authorization.has_value()},
                    {"dataset", exchange.dataset},
                    {"status", exchange.status},
                    {"bytes_in", bytes_in},
                    {"bytes_out", bytes_out},
                    {"fault", exchange.fault ? Json(exchange.fault->kind) : Json()},
                    {"started", exchange.started},
                    {"ended", now()}});
}

}  // namespace kokai::loopback
