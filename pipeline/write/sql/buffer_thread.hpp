// SPDX-License-Identifier: Apache-2.0
// A sink's own thread, for a format whose library takes one row after another: it works on buffers in the order given,
// while the workers make the next ones. A few buffers may wait; then append() does.
#pragma once

#include "engine/stage.hpp"

#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace kokai {

class BufferThread {
public:
    /// `each` is called for every buffer, then `end` once, all on the thread.
    BufferThread(std::function<void(const Buffer&)> each, std::function<void()> end);
    /// Drops what still waits, and joins.
    ~BufferThread();
    BufferThread(const BufferThread&) = delete;
    BufferThread& operator=(const BufferThread&) = delete;
    BufferThread(BufferThread&&) = delete;
    BufferThread& operator=(BufferThread&&) = delete;

    /// Takes the buffer and leaves a used one in its place, so that its memory need not be got anew. Throws what the
    /// thread threw.
    void give(Buffer& buffer);
    /// Waits until everything is done. Throws what the thread threw.
    void finish();

private:
    void work();
    /// The next buffer; false at the end.
    bool take(Buffer& buffer);

    std::function<void(const Buffer&)> each_;
    std::function<void()> end_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Buffer> waiting_;
    std::vector<Buffer> used_;
    bool complete_ = false;
    bool dropped_ = false;
    std::exception_ptr error_;
    std::thread thread_;
};

}  // namespace kokai
