// SPDX-License-Identifier: Apache-2.0
#include "publish/side_by_side.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace kokai {

void side_by_side(std::size_t count, unsigned parallel, const std::function<std::unique_ptr<FileStore>()>& make,
                  const std::function<void(std::size_t, FileStore&)>& work) {
    std::atomic<std::size_t> next{0};
    std::atomic<bool> stopped{false};
    std::exception_ptr first;
    std::mutex mutex;
    const auto worker = [&] {
        try {
            const std::unique_ptr<FileStore> store = make();
            for (std::size_t i = next++; i < count && !stopped; i = next++) {
                work(i, *store);
            }
        } catch (...) {
            const std::lock_guard lock(mutex);
            stopped = true;
            first = first ? first : std::current_exception();
        }
    };
    std::vector<std::thread> threads;
    for (std::size_t i = 1; i < std::min<std::size_t>(parallel, count); ++i) {
        threads.emplace_back(worker);
    }
    if (count > 0) {
        worker();
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    if (first) {
        std::rethrow_exception(first);
    }
}

}  // namespace kokai
