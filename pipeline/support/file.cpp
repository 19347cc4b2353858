// SPDX-License-Identifier: Apache-2.0
#include "support/file.hpp"

#include "model/error.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace kokai {
namespace {

[[noreturn]] void refuse(const std::string& shown, int error) {
    const std::string system = std::generic_category().message(error);
    if (error == ENOENT) {
        throw WorldError(shown, "ファイルがありません", "no such file");
    }
    if (error == EACCES) {
        throw WorldError(shown, "ファイルを読む権限がありません", "no permission to read the file");
    }
    throw WorldError(shown, "ファイルを読めません（" + system + "）", "cannot read the file (" + system + ")");
}

FileStamp stamp_of(const struct stat& status) {
    return {status.st_dev, status.st_ino, static_cast<std::uint64_t>(status.st_size), status.st_mtim.tv_sec,
            status.st_mtim.tv_nsec};
}

}  // namespace

InputFile::InputFile(const std::filesystem::path& path, std::string shown) : path_(path), shown_(std::move(shown)) {
    descriptor_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor_ < 0) {
        refuse(shown_, errno);
    }
    struct stat status {};
    if (::fstat(descriptor_, &status) != 0) {
        const int error = errno;
        ::close(descriptor_);
        refuse(shown_, error);
    }
    if (S_ISDIR(status.st_mode)) {
        ::close(descriptor_);
        throw WorldError(shown_, "フォルダーです。ファイルを指定してください", "is a folder: name a file");
    }
    stamp_ = stamp_of(status);
}

InputFile::~InputFile() {
    ::close(descriptor_);
}

std::size_t InputFile::read_at(std::uint64_t offset, char* into, std::size_t size) const {
    std::size_t done = 0;
    while (done < size) {
        const ssize_t got = ::pread(descriptor_, into + done, size - done, static_cast<off_t>(offset + done));
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            refuse(shown_, errno);
        }
        if (got == 0) {
            break;
        }
        done += static_cast<std::size_t>(got);
    }
    return done;
}

bool InputFile::changed() const {
    struct stat now {};
    struct stat named {};
    return ::fstat(descriptor_, &now) != 0 || stamp_of(now) != stamp_ || ::stat(path_.c_str(), &named) != 0 ||
           stamp_of(named) != stamp_;
}

std::string read_small_file(const std::filesystem::path& path, const std::string& shown, std::uint64_t limit) {
    const InputFile file(path, shown);
    if (file.bytes() > limit) {
        throw WorldError(shown, "ファイルが大きすぎます", "the file is too large");
    }
    std::string text(file.bytes(), '\0');
    text.resize(file.read_at(0, text.data(), text.size()));
    return text;
}

}  // namespace kokai
