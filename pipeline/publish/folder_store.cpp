// SPDX-License-Identifier: Apache-2.0
// A folder of this machine: only looked at here, for it is switched as a whole.
#include "publish/file_store.hpp"
#include "support/file_digest.hpp"

#include <filesystem>
#include <stdexcept>
#include <utility>

namespace kokai {
namespace {

namespace fs = std::filesystem;

/// A folder is looked at by reading it: a time of a file proves nothing.
class FolderStore : public FileStore {
public:
    explicit FolderStore(fs::path root) : root_(std::move(root)) {}

    StoredFile look(const std::string& path) override {
        StoredFile seen;
        digest(path, seen, 0);
        return seen;
    }

    std::optional<std::string> digest(const std::string& path, StoredFile& seen, std::uint64_t /*most*/) override {
        std::error_code ignored;
        if (!fs::is_regular_file(root_ / path, ignored)) {
            seen = {};
            return std::nullopt;
        }
        const std::string digest = digest_of_file(root_ / path);
        seen = {true, digest, fs::file_size(root_ / path, ignored)};
        return digest;
    }

    void put(const SiteFile& file) override { throw std::logic_error("a folder is switched: " + file.path); }
    void remove(const std::string& path) override { throw std::logic_error("a folder is switched: " + path); }

private:
    fs::path root_;
};

}  // namespace

StoreMaker folder_store(const fs::path& root) {
    return [root](StoreTally&) { return std::make_unique<FolderStore>(root); };
}

}  // namespace kokai
