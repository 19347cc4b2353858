// SPDX-License-Identifier: Apache-2.0
#include "command/serve.hpp"

#include "model/error.hpp"
#include "publish/loopback_server.hpp"
#include "publish/site.hpp"
#include "support/interrupt.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <cstdio>
#include <thread>

namespace kokai {
namespace {

namespace fs = std::filesystem;

/// Answers requests on a thread of its own; ends it when this goes.
class Answering {
public:
    explicit Answering(LoopbackServer& server) : server_(server), thread_([&server] { server.answer(); }) {}
    ~Answering() {
        server_.stop();
        thread_.join();
    }
    Answering(const Answering&) = delete;
    Answering& operator=(const Answering&) = delete;
    Answering(Answering&&) = delete;
    Answering& operator=(Answering&&) = delete;

private:
    LoopbackServer& server_;
    std::thread thread_;
};

}  // namespace

int serve_command(const ServeOptions& options, const CommonOptions& common) {
    const fs::path folder = common.output / "catalog";
    std::error_code error;
    if (!fs::is_regular_file(folder / "index.html", error)) {
        throw WorldError(folder.string(), "カタログがまだありません。先に kokai run を実行してください",
                         "there is no catalog yet: kokai run makes one");
    }
    const std::unique_ptr<LoopbackServer> server = open_loopback_server({folder, options.port, site_media_type});
    if (server->port() == 0) {
        throw WorldError(
            {},
            fmt::format("ポート {} はほかのプログラムが使っています。--port で別の番号を指定してください",
                        options.port),
            fmt::format("port {} is taken by another program: name another one with --port", options.port));
    }
    const std::string url = fmt::format("http://127.0.0.1:{}/", server->port());
    std::fputs(common.json ? (nlohmann::ordered_json{{"url", url}}.dump() + "\n").c_str() : (url + "\n").c_str(),
               stdout);
    std::fflush(stdout);
    if (!common.quiet) {
        std::fputs(
            common.language == Language::en
                ? "the catalog is shown at this address, on this machine only; Ctrl-C ends it\n"
                : "このアドレスをブラウザーで開くとカタログが見られます（この機械からだけ）。終わるには Ctrl-C\n",
            stderr);
    }
    const Answering answering(*server);
    while (true) {
        stop_if_interrupted();
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
}

}  // namespace kokai
