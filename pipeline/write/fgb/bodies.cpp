// SPDX-License-Identifier: Apache-2.0
#include "write/fgb/bodies.hpp"

#include <algorithm>
#include <span>

namespace kokai {
namespace {

constexpr std::size_t most_window = std::size_t{256} << 10U;  // more would not be in the cache when it is asked for

}  // namespace

FgbBodies::FgbBodies(const std::filesystem::path& folder, std::size_t window_bytes)
    : file_(folder), window_bytes_(window_bytes) {}

std::uint32_t FgbBodies::begin_run() {
    runs_.emplace_back();
    return static_cast<std::uint32_t>(runs_.size() - 1);
}

std::uint64_t FgbBodies::add(std::string_view feature) {
    const std::uint64_t begin = file_.size();
    file_.append(feature);
    runs_.back().end = file_.size();
    return begin;
}

std::string_view FgbBodies::read(std::uint32_t run, std::uint64_t offset, std::size_t size) {
    Run& own = runs_[run];
    const auto fill = [&](std::vector<char>& bytes, std::size_t count) {
        bytes.resize(count);
        file_.read(offset, std::as_writable_bytes(std::span(bytes)));
    };
    if (offset < own.window_begin || offset + size > own.window_begin + own.window.size()) {
        const std::size_t share = std::min(window_bytes_ / runs_.size(), most_window);
        if (size > share) {  // would make the window larger than its share
            fill(large_, size);
            return {large_.data(), size};
        }
        fill(own.window, static_cast<std::size_t>(std::min<std::uint64_t>(share, own.end - offset)));
        own.window_begin = offset;
    }
    return {own.window.data() + (offset - own.window_begin), size};
}

}  // namespace kokai
