// SPDX-License-Identifier: Apache-2.0
// See wire.hpp.
#include "wire.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <zlib.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <thread>

namespace kokai::loopback {

namespace {

void rest(long long milliseconds) {
    std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
}

/// Many zeros, packed.
std::string packed_zeros(std::size_t megabytes) {
    z_stream stream{};
    constexpr int gzip_window = 15 + 16;
    deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, gzip_window, 8, Z_DEFAULT_STRATEGY);
    std::string zeros(1U << 20U, '\0');
    std::string packed(1U << 16U, '\0');
    std::string all;
    for (std::size_t done = 0; done < megabytes; ++done) {
        stream.next_in = reinterpret_cast<Bytef*>(zeros.data());
        stream.avail_in = static_cast<uInt>(zeros.size());
        const bool last = done + 1 == megabytes;
        do {
            stream.next_out = reinterpret_cast<Bytef*>(packed.data());
            stream.avail_out = static_cast<uInt>(packed.size());
            deflate(&stream, last ? Z_FINISH : Z_NO_FLUSH);
            all.append(packed, 0, packed.size() - stream.avail_out);
        } while (stream.avail_out == 0);
    }
    deflateEnd(&stream);
    return all;
}

}  // namespace

bool Wire::wait(int milliseconds) const {
    if (dead_) {
        return false;
    }
    if (begin_ < end_) {
        return true;
    }
    pollfd poll_for{socket_, POLLIN, 0};
    return poll(&poll_for, 1, milliseconds) > 0;
}

ssize_t Wire::read(char* bytes, std::size_t size) {
    if (dead_) {
        return -1;
    }
    if (begin_ == end_) {
        if (!wait(30000)) {
            return -1;
        }
        const ssize_t got = recv(socket_, buffer_.data(), buffer_.size(), 0);
        if (got <= 0) {
            dead_ = true;
            return got;
        }
        begin_ = 0;
        end_ = static_cast<std::size_t>(got);
    }
    const std::size_t taken = std::min({size, end_ - begin_, head_done_ ? body_left_ : size});
    std::memcpy(bytes, buffer_.data() + begin_, taken);
    begin_ += taken;
    bytes_in_ += taken;
    if (!head_done_) {
        head_.append(bytes, taken);
        head_done_ = head_.size() >= 4 && head_.compare(head_.size() - 4, 4, "\r\n\r\n") == 0;
    } else if (body_left_ != std::string::npos) {
        body_left_ -= taken;
        if (body_left_ == 0) {
            reset();
            return -1;
        }
    }
    return static_cast<ssize_t>(taken);
}

ssize_t Wire::write(const char* bytes, std::size_t size) {
    if (dead_) {
        return -1;
    }
    const std::string_view text(bytes, size);
    if (answer_.empty() && text.rfind("HTTP/1.1 100", 0) == 0) {  // nginx says "go on" at once, uWSGI never
        return front_ == FrontKind::uwsgi || send_all(text) ? static_cast<ssize_t>(size) : -1;
    }
    answer_.append(bytes, size);
    return static_cast<ssize_t>(size);
}

void Wire::get_remote_ip_and_port(std::string& address, int& port) const {
    address = "127.0.0.1";
    port = 0;
}

void Wire::get_local_ip_and_port(std::string& address, int& port) const {
    get_remote_ip_and_port(address, port);
}

void Wire::next_request() {
    head_.clear();
    head_done_ = false;
    answer_.clear();
    bytes_in_ = 0;
    bytes_out_ = 0;
    body_left_ = std::string::npos;
}

void Wire::reset() {
    const linger at_once{1, 0};
    setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    dead_ = true;
}

void Wire::reset_after(std::size_t bytes) {
    body_left_ = std::max<std::size_t>(bytes, 1);
}

void Wire::answer_and_linger(const std::string& answer) {
    send_all(answer);
    shutdown(socket_, SHUT_WR);
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(2);
    while (std::chrono::steady_clock::now() < until && wait(200)) {
        const ssize_t got = recv(socket_, buffer_.data(), buffer_.size(), 0);
        if (got <= 0) {
            break;
        }
        bytes_in_ += static_cast<std::size_t>(got);
    }
    dead_ = true;
}

bool Wire::send_all(std::string_view bytes) {
    while (!bytes.empty() && !dead_) {
        const ssize_t sent = send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) {
            dead_ = true;
            return false;
        }
        bytes_out_ += static_cast<std::size_t>(sent);
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return !dead_;
}

/// The answers that are no proper HTTP. True: the whole answer is still to be sent.
bool Wire::spoil(const Fault& fault) {
    const std::size_t body = std::min(answer_.find("\r\n\r\n"), answer_.size() - 4) + 4;
    std::string head = answer_.substr(0, body);
    const auto length_at = head.find("Content-Length: ");
    const auto length_end = length_at == std::string::npos ? length_at : head.find("\r\n", length_at);
    const auto with_header = [&](const std::string& header) {
        return length_at == std::string::npos ? head.insert(head.size() - 2, header + "\r\n")
                                              : head.substr(0, length_at) + header + head.substr(length_end);
    };
    if (fault.kind == "lost_answer" || fault.kind == "reset_before_write") {
        reset();
    } else if (fault.kind == "hang") {
        rest(fault.number("seconds", 30) * 1000);
        reset();
    } else if (fault.kind == "truncated") {
        send_all(std::string_view(answer_).substr(0, body + (answer_.size() - body) / 2));
    } else if (fault.kind == "wrong_length") {
        send_all(with_header("Content-Length: " + std::to_string((answer_.size() - body) / 2)) + answer_.substr(body));
    } else if (fault.kind == "slow") {
        for (std::size_t place = 0; place < answer_.size() && send_all(std::string_view(answer_).substr(place, 1));
             ++place) {
            rest(fault.number("milliseconds", 100));
        }
    } else if (fault.kind == "endless") {
        send_all(with_header("Transfer-Encoding: chunked"));
        const std::string chunk = "10000\r\n" + std::string(0x10000, ' ') + "\r\n";
        const long long most = fault.number("megabytes", 512) * 16;
        for (long long sent = 0; sent < most && send_all(chunk); ++sent) {
        }
    } else if (fault.kind == "gzip_bomb") {
        const std::string bomb = packed_zeros(static_cast<std::size_t>(fault.number("megabytes", 1024)));
        head = with_header("Content-Length: " + std::to_string(bomb.size()));
        head.insert(head.size() - 2, "Content-Encoding: gzip\r\n");
        send_all(head);
        send_all(bomb);
    } else {
        if (fault.kind == "corrupt" && answer_.size() > body) {
            char& byte = answer_[body + (answer_.size() - body) / 2];
            byte = static_cast<char>(byte ^ 1);
        }
        return true;
    }
    return false;
}

bool Wire::finish(const std::optional<Fault>& fault) {
    if (dead_) {
        return false;
    }
    if (fault && !spoil(*fault)) {
        dead_ = true;
        return false;
    }
    return send_all(answer_);
}

}  // namespace kokai::loopback
