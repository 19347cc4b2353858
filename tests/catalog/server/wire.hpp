// SPDX-License-Identifier: Apache-2.0
// A connection as cpp-httplib sees it. What is written waits until finish(), so that a fault can replace, cut or slow
// the answer.
#pragma once

#include "front.hpp"

#include <array>
#include <string>

namespace kokai::loopback {

class Wire : public httplib::Stream {
public:
    Wire(socket_t socket, FrontKind front) : socket_(socket), front_(front) {}

    /// False: the peer left, or nothing came in time.
    [[nodiscard]] bool wait(int milliseconds) const;
    [[nodiscard]] bool is_readable() const override { return wait(5000); }
    [[nodiscard]] bool is_writable() const override { return !dead_; }
    ssize_t read(char* bytes, std::size_t size) override;
    ssize_t write(const char* bytes, std::size_t size) override;
    void get_remote_ip_and_port(std::string& address, int& port) const override;
    void get_local_ip_and_port(std::string& address, int& port) const override;
    [[nodiscard]] socket_t socket() const override { return socket_; }

    /// A new request begins.
    void next_request();
    /// The head as it came, for what httplib tidies up (a blank after a token).
    [[nodiscard]] const std::string& head() const { return head_; }
    [[nodiscard]] std::size_t bytes_in() const { return bytes_in_; }
    [[nodiscard]] std::size_t bytes_out() const { return bytes_out_; }
    [[nodiscard]] bool dead() const { return dead_; }

    /// The peer sees "connection reset".
    void reset();
    /// Reading ends with a reset after so many bytes of the body.
    void reset_after(std::size_t bytes);
    /// Sends this now, and nothing else; then reads and forgets what still comes, as nginx does.
    void answer_and_linger(const std::string& answer);
    /// Sends the answer as the fault wants it. False: the connection is over.
    bool finish(const std::optional<Fault>& fault);

private:
    bool send_all(std::string_view bytes);
    bool spoil(const Fault& fault);

    socket_t socket_;
    FrontKind front_;
    std::array<char, 65536> buffer_{};
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::string head_;
    bool head_done_ = false;
    std::string answer_;
    std::size_t bytes_in_ = 0;
    std::size_t bytes_out_ = 0;
    std::size_t body_left_ = std::string::npos;
    bool dead_ = false;
};

}  // namespace kokai::loopback
