// SPDX-License-Identifier: Apache-2.0
#include "support/text_store.hpp"

#include "model/error.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>
#include <system_error>

namespace kokai {
namespace {

constexpr std::size_t page_bytes = 64U << 10U;

/// A temporary file with no name: written from front to back, then read through a cache of pages.
class PagedFile {
public:
    explicit PagedFile(std::size_t cached_pages) : pages_(cached_pages) {
        std::error_code ignored;
        std::filesystem::path folder = std::filesystem::temp_directory_path(ignored);
        if (ignored) {
            folder = "/tmp";
        }
        pattern_ = (folder / "kokai-text-XXXXXX").string();
        descriptor_ = ::mkostemp(pattern_.data(), O_CLOEXEC);
        if (descriptor_ < 0) {
            fail(errno);
        }
        ::unlink(pattern_.c_str());
        unwritten_.reserve(page_bytes);
    }
    ~PagedFile() { ::close(descriptor_); }
    PagedFile(const PagedFile&) = delete;
    PagedFile& operator=(const PagedFile&) = delete;
    PagedFile(PagedFile&&) = delete;
    PagedFile& operator=(PagedFile&&) = delete;

    [[nodiscard]] std::uint64_t bytes() const { return written_ + unwritten_.size(); }

    void append(const char* data, std::size_t size) {
        if (unwritten_.size() + size > page_bytes) {
            flush();
        }
        if (size >= page_bytes) {
            write_out(data, size);
        } else {
            unwritten_.append(data, size);
        }
    }

    void flush() {
        write_out(unwritten_.data(), unwritten_.size());
        unwritten_.clear();
    }

    /// After flush().
    void read(std::uint64_t offset, char* into, std::size_t size) {
        while (size > 0) {
            const std::string& page = page_at(offset / page_bytes);
            const std::size_t begin = offset % page_bytes;
            if (begin >= page.size()) {
                fail(EIO);
            }
            const std::size_t part = std::min(size, page.size() - begin);
            page.copy(into, part, begin);
            offset += part;
            into += part;
            size -= part;
        }
    }

private:
    struct Page {
        std::uint64_t number = UINT64_MAX;
        std::string bytes;
    };

    [[noreturn]] void fail(int error) const {
        const std::string reason = std::generic_category().message(error);
        throw WorldError(pattern_, "作業用の一時ファイルを使えません（" + reason + "）",
                         "cannot use the temporary file (" + reason + ")");
    }

    void write_out(const char* data, std::size_t size) {
        while (size > 0) {
            const ssize_t done = ::write(descriptor_, data, size);
            if (done < 0 && errno == EINTR) {
                continue;
            }
            if (done < 0) {
                fail(errno);
            }
            data += done;
            size -= static_cast<std::size_t>(done);
            written_ += static_cast<std::uint64_t>(done);
        }
    }

    const std::string& page_at(std::uint64_t number) {
        Page& page = pages_[number % pages_.size()];
        if (page.number != number) {
            page.bytes.resize(page_bytes);
            std::size_t filled = 0;
            while (filled < page_bytes) {
                const ssize_t got = ::pread(descriptor_, page.bytes.data() + filled, page_bytes - filled,
                                            static_cast<off_t>(number * page_bytes + filled));
                if (got < 0 && errno == EINTR) {
                    continue;
                }
                if (got < 0) {
                    page.number = UINT64_MAX;
                    fail(errno);
                }
                if (got == 0) {
                    break;
                }
                filled += static_cast<std::size_t>(got);
            }
            page.bytes.resize(filled);
            page.number = number;
        }
        return page.bytes;
    }

    std::string pattern_;
    int descriptor_ = -1;
    std::uint64_t written_ = 0;
    std::string unwritten_;
    std::vector<Page> pages_;
};

}  // namespace

struct TextStore::Spill {
    PagedFile text{128};  // 8 MiB of cache
    PagedFile ends{64};   // 4 MiB, half a million texts
    bool writing = true;

    void append(std::string_view one) {
        text.append(one.data(), one.size());
        const std::uint64_t end = text.bytes();
        char bytes[sizeof end];
        std::memcpy(bytes, &end, sizeof end);
        ends.append(bytes, sizeof end);
    }

    std::uint64_t end_of(std::uint64_t index) {
        char bytes[sizeof(std::uint64_t)];
        ends.read(index * sizeof bytes, bytes, sizeof bytes);
        std::uint64_t end = 0;
        std::memcpy(&end, bytes, sizeof end);
        return end;
    }
};

TextStore::TextStore(std::size_t limit) : limit_(std::min<std::size_t>(limit, UINT32_MAX / 2)) {}

TextStore::~TextStore() = default;

void TextStore::append(std::string_view text) {
    if (!spill_ && text_.size() + text.size() + sizeof(std::uint32_t) * ends_.size() > limit_) {
        move_to_file();
    }
    if (spill_) {
        spill_->append(text);
    } else {
        text_.insert(text_.end(), text.begin(), text.end());
        ends_.push_back(static_cast<std::uint32_t>(text_.size()));
    }
    ++count_;
}

void TextStore::move_to_file() {
    spill_ = std::make_unique<Spill>();
    std::size_t begin = 0;
    for (const std::uint32_t end : ends_) {
        spill_->append({text_.data() + begin, end - begin});
        begin = end;
    }
    text_ = {};
    ends_ = {};
}

Cell TextStore::read(std::uint64_t index, Arena& into) {
    if (!spill_) {
        const std::size_t begin = index == 0 ? 0 : ends_[index - 1];
        return into.keep({text_.data() + begin, ends_[index] - begin});
    }
    if (spill_->writing) {
        spill_->text.flush();
        spill_->ends.flush();
        spill_->writing = false;
    }
    const std::uint64_t begin = index == 0 ? 0 : spill_->end_of(index - 1);
    const std::size_t size = spill_->end_of(index) - begin;
    if (size == 0) {
        return {};
    }
    char* const bytes = into.take(size);
    spill_->text.read(begin, bytes, size);
    return {bytes, size};
}

}  // namespace kokai
