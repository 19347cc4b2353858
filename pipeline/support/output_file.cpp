// SPDX-License-Identifier: Apache-2.0
// Writes output files. The kernel is told early to begin writing back, so that the fsync at the end has little left to
// wait for.
#include "support/output_file.hpp"

#include "model/error.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace kokai {

namespace {

constexpr std::size_t buffer_size = std::size_t{1} << 20U;
constexpr std::size_t worth_a_call = std::size_t{128} << 10U;       // written from where it lies
constexpr std::uint64_t write_back_step = std::uint64_t{2} << 20U;  // so that small tables, too, wait little at the end

const char* reason_ja(int number) {
    switch (number) {
    case ENOSPC:
        return "ディスクの空きがありません";
    case EDQUOT:
        return "割り当てられたディスク容量を超えました";
    case EROFS:
        return "読み取り専用の場所です";
    case EACCES:
    case EPERM:
        return "書き込む権限がありません";
    case ENOENT:
    case ENOTDIR:
        return "フォルダーがありません";
    case EISDIR:
        return "同じ名前のフォルダーがあります";
    case ENAMETOOLONG:
        return "ファイル名が長すぎます";
    case EFBIG:
        return "ファイルが大きすぎます";
    case EMFILE:
    case ENFILE:
        return "同時に開けるファイルの数を超えました";
    case ELOOP:
        return "シンボリックリンクには書き込みません";
    case EIO:
        return "ディスクの読み書きに失敗しました";
    default:
        return "書き込みに失敗しました";
    }
}

/// A file descriptor for reading that is closed whatever happens.
class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor() {
        if (number_ >= 0) {
            ::close(number_);
        }
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    Descriptor(Descriptor&&) = delete;
    Descriptor& operator=(Descriptor&&) = delete;
    [[nodiscard]] int get() const { return number_; }

private:
    int number_;
};

}  // namespace

void throw_file_error(const std::string& file, int number) {
    const char* english = ::strerrordesc_np(number);  // not strerror: it speaks the locale's language
    throw WorldError(file, "ファイルを書き込めません: " + file + "（" + reason_ja(number) + "）",
                     "cannot write " + file + ": " + (english != nullptr ? english : "unknown error"));
}

FileWriter::FileWriter(std::filesystem::path path, std::string shown)
    : path_(std::move(path)), shown_(shown.empty() ? path_.string() : std::move(shown)),
      // Not make_unique: that would zero the buffer first.
      buffer_(new char[buffer_size]) {
    descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0644);
    if (descriptor_ < 0) {
        throw_file_error(shown_, errno);
    }
}

FileWriter::~FileWriter() {
    abandon();
}

void FileWriter::abandon() noexcept {
    if (descriptor_ < 0) {
        return;
    }
    struct stat status {};
    const bool regular = ::fstat(descriptor_, &status) == 0 && S_ISREG(status.st_mode);
    ::close(descriptor_);
    descriptor_ = -1;
    if (regular) {  // never a device such as /dev/stdout
        ::unlink(path_.c_str());
    }
}

void FileWriter::append(std::span<const std::byte> data) {
    append(std::string_view(reinterpret_cast<const char*>(data.data()), data.size()));
}

void FileWriter::append(std::string_view data) {
    if (data.size() > buffer_size - used_ || data.size() >= worth_a_call) {
        flush();
    }
    if (data.size() >= worth_a_call) {
        write_out(data.data(), data.size());
        return;
    }
    if (!data.empty()) {
        std::memcpy(buffer_.get() + used_, data.data(), data.size());
        used_ += data.size();
    }
}

void FileWriter::flush() {
    const std::size_t size = std::exchange(used_, 0);
    write_out(buffer_.get(), size);
}

void FileWriter::write_out(const char* data, std::size_t size) {
    hash_.update(std::string_view(data, size));
    while (size > 0) {
        const ssize_t done = ::write(descriptor_, data, size);
        if (done < 0) {
            if (errno == EINTR) {
                continue;
            }
            throw_file_error(shown_, errno);
        }
        const auto count = static_cast<std::size_t>(done);
        data += count;
        size -= count;
        written_ += count;
    }
    if (written_ - sent_to_disk_ >= write_back_step) {
        // Only a hint: file systems that do not know it lose nothing.
        (void)::sync_file_range(descriptor_, static_cast<off64_t>(sent_to_disk_),
                                static_cast<off64_t>(written_ - sent_to_disk_), SYNC_FILE_RANGE_WRITE);
        sent_to_disk_ = written_;
    }
}

WrittenFile FileWriter::finish() {
    flush();
    buffer_.reset();
    if (::fsync(descriptor_) != 0) {
        throw_file_error(shown_, errno);
    }
    // Linux frees the descriptor even when close fails, so it must not be closed again.
    const int descriptor = std::exchange(descriptor_, -1);
    if (::close(descriptor) != 0 && errno != EINTR) {
        const int number = errno;
        ::unlink(path_.c_str());
        throw_file_error(shown_, number);
    }
    return {written_, hash_.hex()};
}

WrittenFile adopt_file(const std::filesystem::path& path, const std::string& shown) {
    const std::string name = shown.empty() ? path.string() : shown;
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
    if (file.get() < 0) {
        throw_file_error(name, errno);
    }
    WrittenFile written;
    Sha256 hash;
    const std::unique_ptr<char[]> buffer(new char[buffer_size]);
    for (;;) {
        const ssize_t count = ::read(file.get(), buffer.get(), buffer_size);
        if (count < 0) {
            if (errno == EINTR) {
                continue;
            }
            throw_file_error(name, errno);
        }
        if (count == 0) {
            break;
        }
        hash.update(std::string_view(buffer.get(), static_cast<std::size_t>(count)));
        written.bytes += static_cast<std::uint64_t>(count);
    }
    if (::fsync(file.get()) != 0) {
        throw_file_error(name, errno);
    }
    written.sha256 = hash.hex();
    return written;
}

}  // namespace kokai
