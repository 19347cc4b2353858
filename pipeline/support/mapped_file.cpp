// SPDX-License-Identifier: Apache-2.0
#include "support/mapped_file.hpp"

#include "support/output_file.hpp"

#include <cerrno>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace kokai {

MappedFile::MappedFile(const std::filesystem::path& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        throw_file_error(path.string(), errno);
    }
    struct stat about {};
    void* start = MAP_FAILED;
    int number = EINVAL;  // of an empty file
    if (::fstat(file, &about) != 0) {
        number = errno;
    } else if (about.st_size > 0) {
        start = ::mmap(nullptr, static_cast<std::size_t>(about.st_size), PROT_READ, MAP_PRIVATE, file, 0);
        number = errno;
    }
    ::close(file);
    if (start == MAP_FAILED) {
        throw_file_error(path.string(), number);
    }
    bytes_ = {static_cast<const std::byte*>(start), static_cast<std::size_t>(about.st_size)};
}

MappedFile::~MappedFile() {
    ::munmap(const_cast<std::byte*>(bytes_.data()), bytes_.size());
}

void MappedFile::let_go(std::size_t begin, std::size_t end) const {
    const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    begin = begin / page * page;
    if (end > begin && end <= bytes_.size()) {
        ::madvise(const_cast<std::byte*>(bytes_.data()) + begin, end - begin, MADV_DONTNEED);
    }
}

}  // namespace kokai
