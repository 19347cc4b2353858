// SPDX-License-Identifier: Apache-2.0
#include "write/sql/buffer_thread.hpp"

#include <utility>

namespace kokai {
namespace {

/// Enough that the thread finds its next buffer while a worker encodes; more would only cost memory.
constexpr std::size_t most_waiting = 3;

}  // namespace

BufferThread::BufferThread(std::function<void(const Buffer&)> each, std::function<void()> end)
    : each_(std::move(each)), end_(std::move(end)), thread_([this] { work(); }) {}

BufferThread::~BufferThread() {
    if (thread_.joinable()) {
        {
            const std::lock_guard lock(mutex_);
            dropped_ = true;
        }
        changed_.notify_all();
        thread_.join();
    }
}

void BufferThread::give(Buffer& buffer) {
    {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return waiting_.size() < most_waiting || error_ != nullptr; });
        if (error_ != nullptr) {
            std::rethrow_exception(error_);
        }
        waiting_.push_back(std::exchange(buffer, {}));
        if (!used_.empty()) {
            buffer = std::move(used_.back());
            used_.pop_back();
        }
    }
    changed_.notify_all();
    buffer.clear();
}

void BufferThread::finish() {
    {
        const std::lock_guard lock(mutex_);
        complete_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable()) {
        thread_.join();
    }
    if (error_ != nullptr) {
        std::rethrow_exception(error_);
    }
}

bool BufferThread::take(Buffer& buffer) {
    {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return !waiting_.empty() || complete_ || dropped_; });
        if (waiting_.empty() || dropped_) {
            return false;
        }
        buffer = std::move(waiting_.front());
        waiting_.pop_front();
    }
    changed_.notify_all();
    return true;
}

void BufferThread::work() {
    try {
        Buffer buffer;
        while (take(buffer)) {
            each_(buffer);
            const std::lock_guard lock(mutex_);
            used_.push_back(std::move(buffer));
        }
        if (const std::lock_guard lock(mutex_); dropped_) {
            return;
        }
        end_();
    } catch (...) {
        const std::lock_guard lock(mutex_);
        error_ = std::current_exception();
        waiting_.clear();
    }
    changed_.notify_all();
}

}  // namespace kokai
