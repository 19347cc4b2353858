// SPDX-License-Identifier: Apache-2.0
// A place that holds files under paths, as a static catalog needs it: a bucket, a WebDAV server. What it cannot do is
// thrown as an Error with exit 5.
#pragma once

#include "publish/retry.hpp"
#include "publish/site.hpp"
#include "publish/target.hpp"

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace kokai {

/// What is known of a file there without reading it. `version` changes with every write; empty = nobody can tell.
struct StoredFile {
    bool there = false;
    std::string version;
    std::uint64_t bytes = 0;  // once it was read
};

/// The digest of what is longer than anything of ours: it was not read to its end.
inline constexpr const char* too_long_to_be_ours = "too-long";

/// One for each thread.
class FileStore {
public:
    virtual ~FileStore() = default;
    FileStore() = default;
    FileStore(const FileStore&) = delete;
    FileStore& operator=(const FileStore&) = delete;
    FileStore(FileStore&&) = delete;
    FileStore& operator=(FileStore&&) = delete;

    virtual StoredFile look(const std::string& path) = 0;
    /// Reads the file, but no more than `most` bytes: its SHA-256, `too_long_to_be_ours`, or nothing when it is not
    /// there.
    virtual std::optional<std::string> digest(const std::string& path, StoredFile& seen, std::uint64_t most) = 0;
    /// Whole or not at all, as far as the place can.
    virtual void put(const SiteFile& file) = 0;
    virtual void remove(const std::string& path) = 0;
    /// What a killed put() may have left beside the place.
    virtual void remove_rest_of(const std::string& /*path*/) {}
};

/// What all threads share: the pace, and what was sent.
struct StoreTally {
    explicit StoreTally(unsigned parallel) : pace(parallel) {}
    Pace pace;
    std::atomic<std::uint64_t> requests{0}, sent_bytes{0};
    std::atomic<unsigned> asked_to_wait{0};  // seconds, when longer than we wait: nothing more is sent in this run
};

using StoreMaker = std::function<std::unique_ptr<FileStore>(StoreTally&)>;

/// Secrets are read when the first request is near; mistakes are LayoutError (exit 3).
StoreMaker folder_store(const std::filesystem::path& root);
StoreMaker s3_store(const TargetContext& context);
StoreMaker webdav_store(const TargetContext& context);

/// The public address of the store's root, with `/` at its end.
std::string s3_address(const TargetSpec& spec);
std::string webdav_address(const TargetSpec& spec);

}  // namespace kokai
