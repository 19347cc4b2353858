// SPDX-License-Identifier: Apache-2.0
#include "publish/loopback_server.hpp"

#include <fcntl.h>
#include <httplib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <thread>

namespace kokai {
namespace {

namespace fs = std::filesystem;

class File {
public:
    explicit File(const fs::path& path) : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
        struct stat facts {};
        if (descriptor_ >= 0 && ::fstat(descriptor_, &facts) == 0 && S_ISREG(facts.st_mode)) {
            bytes_ = static_cast<std::size_t>(facts.st_size);
            is_file_ = true;
        }
    }
    ~File() {
        if (descriptor_ >= 0) {
            ::close(descriptor_);
        }
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    File(File&&) = delete;
    File& operator=(File&&) = delete;

    [[nodiscard]] bool is_file() const { return is_file_; }
    [[nodiscard]] std::size_t bytes() const { return bytes_; }

    /// Hands the next part on; false when the reader went away or the file has become shorter.
    bool hand_on(std::size_t offset, std::size_t length, httplib::DataSink& sink) const {
        std::array<char, 1U << 16U> part{};
        const ssize_t got =
            ::pread(descriptor_, part.data(), std::min(part.size(), length), static_cast<off_t>(offset));
        return got > 0 && sink.write(part.data(), static_cast<std::size_t>(got));
    }

private:
    int descriptor_;
    std::size_t bytes_ = 0;
    bool is_file_ = false;
};

class FolderServer : public LoopbackServer {
public:
    explicit FolderServer(const LoopbackSettings& settings) : settings_(settings) {
        const auto serve = [this](const httplib::Request& request, httplib::Response& response) {
            hand_out(request, response);
        };
        server_.Get(".*", serve);  // HEAD, too
        server_.set_socket_options([](int socket) {
            // Not SO_REUSEPORT, cpp-httplib's own choice: two servers would share a port, and nobody would be told.
            const int yes = 1;
            static_cast<void>(::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes));
        });
        if (settings.port == 0) {
            port_ = static_cast<unsigned>(std::max(0, server_.bind_to_any_port("127.0.0.1")));
        } else if (server_.bind_to_port("127.0.0.1", static_cast<int>(settings.port))) {
            port_ = settings.port;
        }
    }

    [[nodiscard]] unsigned port() const override { return port_; }
    void answer() override {
        server_.listen_after_bind();
        has_ended_ = true;
    }
    void stop() override {
        // Before it runs it cannot be stopped, and then would run for ever.
        while (!has_ended_ && !server_.is_running()) {
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
        server_.stop();
    }

private:
    static void tell(httplib::Response& response, int status, const std::string& words) {
        response.status = status;
        response.set_content(words + "\n", "text/plain; charset=utf-8");
    }

    /// The file that a path means, never one outside of the folder. A publication may exchange the folder at any time:
    /// it is looked up for each request.
    [[nodiscard]] std::optional<fs::path> place_of(const std::string& path) const {
        if (path.find('\0') != std::string::npos) {
            return std::nullopt;
        }
        std::error_code error;
        const fs::path root = fs::canonical(settings_.folder, error);
        const fs::path place = error ? fs::path() : fs::canonical(root / path.substr(1), error);
        if (error) {
            return std::nullopt;
        }
        const auto [in_root, in_place] = std::mismatch(root.begin(), root.end(), place.begin(), place.end());
        static_cast<void>(in_place);
        return in_root == root.end() ? std::optional(place) : std::nullopt;
    }

    void hand_out(const httplib::Request& request, httplib::Response& response) const {
        std::optional<fs::path> place = place_of(request.path);
        std::error_code error;
        if (place && fs::is_directory(*place, error)) {
            if (request.path.back() != '/') {
                response.set_redirect(request.target.substr(0, request.target.find('?')) + "/", 301);
                return;
            }
            place = *place / "index.html";
        }
        const auto file = place ? std::make_shared<const File>(*place) : nullptr;
        if (!file || !file->is_file()) {
            tell(response, 404, "このページはありません / there is no such page");
            return;
        }
        response.set_header("Cache-Control", "no-cache");
        const std::string type = settings_.media_type(place->string());
        if (file->bytes() == 0) {
            response.set_content("", type);
            return;
        }
        response.set_content_provider(file->bytes(), type,
                                      [file](std::size_t offset, std::size_t length, httplib::DataSink& sink) {
                                          return file->hand_on(offset, length, sink);
                                      });
    }

    LoopbackSettings settings_;
    httplib::Server server_;
    unsigned port_ = 0;
    std::atomic<bool> has_ended_{false};
};

}  // namespace
}  // namespace kokai

extern "C" __attribute__((visibility("default"))) kokai::LoopbackServer*
kokai_loopback_server(const kokai::LoopbackSettings* settings) {
    return std::make_unique<kokai::FolderServer>(*settings).release();
}
