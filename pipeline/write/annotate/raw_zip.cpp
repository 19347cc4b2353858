// SPDX-License-Identifier: Apache-2.0
#include "write/annotate/raw_zip.hpp"

#include "write/annotate/doubt.hpp"

#include <zip.h>

namespace kokai {
namespace {

struct EntryCloser {
    void operator()(zip_file* entry) const { zip_fclose(entry); }
};

[[noreturn]] void refuse(const std::string& reason) {
    throw PatchDoubt("ブックの中身を写せません（" + reason + "）", "cannot copy the workbook's parts (" + reason + ")");
}

}  // namespace

void RawZip::Closer::operator()(zip* archive) const {
    zip_discard(archive);
}

RawZip::RawZip(const std::filesystem::path& path) {
    int code = 0;
    archive_.reset(zip_open(path.c_str(), ZIP_RDONLY, &code));
    if (!archive_) {
        refuse("zip " + std::to_string(code));
    }
}

std::uint64_t RawZip::entries() const {
    return static_cast<std::uint64_t>(zip_get_num_entries(archive_.get(), 0));
}

std::string RawZip::name(std::uint64_t entry) const {
    const char* name = zip_get_name(archive_.get(), entry, ZIP_FL_ENC_GUESS);
    return name == nullptr ? std::string() : name;
}

void RawZip::copy(std::uint64_t entry, ZipWriter& to) const {
    zip_stat_t status;
    zip_stat_init(&status);
    constexpr zip_uint64_t wanted = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_CRC;
    if (zip_stat_index(archive_.get(), entry, 0, &status) != 0 || (status.valid & wanted) != wanted) {
        refuse("zip");
    }
    const std::unique_ptr<zip_file, EntryCloser> file(zip_fopen_index(archive_.get(), entry, ZIP_FL_COMPRESSED));
    if (!file) {
        refuse(zip_strerror(archive_.get()));
    }
    to.begin_copy(name(entry), status.comp_method, {status.size, status.crc}, status.comp_size);
    std::string buffer(1U << 18U, '\0');
    while (true) {
        const zip_int64_t got = zip_fread(file.get(), buffer.data(), buffer.size());
        if (got < 0) {
            refuse(zip_file_strerror(file.get()));
        }
        if (got == 0) {
            break;
        }
        to.copied(std::string_view(buffer).substr(0, static_cast<std::size_t>(got)));
    }
    if (!to.end_copy()) {
        refuse("zip");
    }
}

}  // namespace kokai
