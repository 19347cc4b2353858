// SPDX-License-Identifier: Apache-2.0
// The loopback catalog's HTTP side: cpp-httplib listens, reads heads and routes; the stream below it counts bytes,
// keeps the answer back until it is whole, and plays the faults.
#pragma once

#include "actions.hpp"
#include "faults.hpp"

#include <httplib.h>

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <semaphore>
#include <string>

namespace kokai::loopback {

/// Who stands before CKAN: its uWSGI (closes after each answer, knows no chunked bodies) or nginx (keeps alive, has a
/// limit).
enum class FrontKind { uwsgi, nginx };

struct FrontOptions {
    FrontKind kind = FrontKind::nginx;
    std::size_t largest_body = 100U * 1024U * 1024U;  ///< nginx: client_max_body_size
    std::size_t workers = 16;
    long long cost_percent =
        0;  ///< how long an action takes, of what it took on the recorded machine with its three workers
    std::chrono::milliseconds late_close{0};  ///< uWSGI: between an answer and the end of the connection
};

class Wire;

/// One request on its way, as the handler and the stream both see it.
struct Exchange {
    std::string method;
    std::string path;
    std::string action;
    std::string content_type;
    std::string content_encoding;
    std::optional<std::string> authorization;
    bool chunked = false;
    bool head = false;
    std::optional<Fault> fault;
    std::string user;
    std::string dataset;
    int status = 0;
    std::string started;
};

class Front : public httplib::Server {
public:
    Front(Store& store, const Limits& limits, const FrontOptions& options);

private:
    bool process_and_close_socket(socket_t socket) override;
    void begin(Wire& wire, httplib::Request& request);
    void serve(Exchange& exchange, const httplib::Request& request, httplib::Response& response,
               const httplib::ContentReader* reader);
    void serve_action(Exchange& exchange, RawRequest& raw, const std::string& action, Language language,
                      httplib::Response& response);
    void serve_download(const Exchange& exchange, const std::string& resource, const std::string& file_name,
                        const httplib::Request& request, httplib::Response& response);
    void serve_page(const Exchange& exchange, const std::string& path, httplib::Response& response);
    void serve_control(const std::string& method, const std::string& path, const std::string& body,
                       httplib::Response& response);
    [[nodiscard]] const User* user_of(const Exchange& exchange);
    void take_time(const Exchange& exchange);
    void race(const Fault& fault, const Json& data);
    void log(const Exchange& exchange, std::size_t bytes_in, std::size_t bytes_out);

    Store& store_;
    Limits limits_;
    FrontOptions options_;
    Faults faults_;
    std::counting_semaphore<> recorded_workers_{3};
    std::mutex log_mutex_;
    Json log_ = Json::array();
};

}  // namespace kokai::loopback
