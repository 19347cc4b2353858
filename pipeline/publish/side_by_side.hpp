// SPDX-License-Identifier: Apache-2.0
// Work at a store, some of it at the same time: each thread with connections of its own.
#pragma once

#include "publish/file_store.hpp"

#include <cstddef>
#include <functional>
#include <memory>

namespace kokai {

/// Runs `work(index, store)` for all indexes below `count`, `parallel` at a time. The first exception is thrown again
/// when all have stopped.
void side_by_side(std::size_t count, unsigned parallel, const std::function<std::unique_ptr<FileStore>()>& make,
                  const std::function<void(std::size_t, FileStore&)>& work);

}  // namespace kokai
