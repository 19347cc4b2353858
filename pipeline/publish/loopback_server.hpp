// SPDX-License-Identifier: Apache-2.0
// Hands out a folder as plain files on 127.0.0.1, parts of files too (a map's tiles need them). The server is
// cpp-httplib, in a module of ours.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

namespace kokai {

struct LoopbackSettings {
    std::filesystem::path folder;
    unsigned port = 0;  // 0 = any that is free
    std::string (*media_type)(const std::string& path) = nullptr;
};

class LoopbackServer {
public:
    LoopbackServer() = default;
    virtual ~LoopbackServer() = default;
    LoopbackServer(const LoopbackServer&) = delete;
    LoopbackServer& operator=(const LoopbackServer&) = delete;
    LoopbackServer(LoopbackServer&&) = delete;
    LoopbackServer& operator=(LoopbackServer&&) = delete;

    /// The port that it listens on; 0 when the wanted one is taken.
    [[nodiscard]] virtual unsigned port() const = 0;
    /// Answers requests until `stop()`, which another thread calls.
    virtual void answer() = 0;
    virtual void stop() = 0;
};

/// Opens the module. Throws WorldError when it is missing.
std::unique_ptr<LoopbackServer> open_loopback_server(const LoopbackSettings& settings);

}  // namespace kokai
