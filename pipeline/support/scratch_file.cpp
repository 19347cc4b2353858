// SPDX-License-Identifier: Apache-2.0
#include "support/scratch_file.hpp"

#include "support/output_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace kokai {

namespace {

constexpr std::size_t pending_limit = std::size_t{1} << 20U;

int open_unnamed(const std::filesystem::path& folder) {
    int descriptor = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (descriptor < 0 && (errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL)) {
        // A file system without O_TMPFILE: a name for a moment.
        std::string name = (folder / ".scratch-XXXXXX").string();
        descriptor = ::mkostemp(name.data(), O_CLOEXEC);
        if (descriptor >= 0) {
            ::unlink(name.c_str());
        }
    }
    return descriptor;
}

}  // namespace

ScratchFile::ScratchFile(const std::filesystem::path& folder)
    : shown_(folder.string()), descriptor_(open_unnamed(folder)) {
    if (descriptor_ < 0) {
        throw_file_error(shown_, errno);
    }
}

ScratchFile::~ScratchFile() {
    ::close(descriptor_);
}

void ScratchFile::append(std::span<const std::byte> data) {
    append(std::string_view(reinterpret_cast<const char*>(data.data()), data.size()));
}

void ScratchFile::append(std::string_view data) {
    pending_.reserve(pending_limit + data.size());
    pending_ += data;
    if (pending_.size() >= pending_limit) {
        flush();
    }
}

void ScratchFile::flush() {
    std::string_view left = pending_;
    while (!left.empty()) {
        const ssize_t count = ::write(descriptor_, left.data(), left.size());
        if (count < 0) {
            if (errno == EINTR) {
                continue;
            }
            throw_file_error(shown_, errno);
        }
        left.remove_prefix(static_cast<std::size_t>(count));
        written_ += static_cast<std::uint64_t>(count);
    }
    pending_.clear();
}

void ScratchFile::read(std::uint64_t offset, std::span<std::byte> into) {
    while (!into.empty() && offset < written_) {
        const std::size_t wanted = static_cast<std::size_t>(std::min<std::uint64_t>(into.size(), written_ - offset));
        const ssize_t count = ::pread(descriptor_, into.data(), wanted, static_cast<off_t>(offset));
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            throw_file_error(shown_, count < 0 ? errno : EIO);
        }
        into = into.subspan(static_cast<std::size_t>(count));
        offset += static_cast<std::uint64_t>(count);
    }
    if (!into.empty()) {  // the end was never written
        if (offset - written_ + into.size() > pending_.size()) {
            throw_file_error(shown_, EIO);
        }
        std::memcpy(into.data(), pending_.data() + (offset - written_), into.size());
    }
}

}  // namespace kokai
