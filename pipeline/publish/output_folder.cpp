// SPDX-License-Identifier: Apache-2.0
#include "publish/output_folder.hpp"

#include "model/error.hpp"
#include "support/output_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <linux/fs.h>
#include <system_error>

namespace kokai {
namespace {

namespace fs = std::filesystem;

void make_folders(const fs::path& path) {
    std::error_code error;
    fs::create_directories(path, error);
    if (error) {
        throw_file_error(path.string(), error.value());
    }
}

}  // namespace

bool exchange(const fs::path& one, const fs::path& other) {
    return ::syscall(SYS_renameat2, AT_FDCWD, one.c_str(), AT_FDCWD, other.c_str(), RENAME_EXCHANGE) == 0;
}

void rename_or_throw(const fs::path& from, const fs::path& to) {
    if (::rename(from.c_str(), to.c_str()) != 0) {
        throw_file_error(to.string(), errno);
    }
}

OutputLock::OutputLock(const fs::path& output) {
    make_folders(output);
    const fs::path file = output / ".lock";
    descriptor_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (descriptor_ < 0) {
        throw_file_error(file.string(), errno);
    }
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
        ::close(descriptor_);
        throw LockedError(output.string(), "別の kokai が同じ出力フォルダーで実行中です。終わるのを待ってください",
                          "another kokai is running on the same output folder: wait for it to end");
    }
}

OutputLock::~OutputLock() {
    ::close(descriptor_);  // gives the lock back
}

StagedFolder::StagedFolder(const fs::path& output, const std::string& name)
    : output_(output), path_(output / ".staging" / name), goal_(output / name) {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
    make_folders(path_);
}

StagedFolder::~StagedFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

void StagedFolder::commit() {
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(path_)) {
        if (entry.is_directory()) {
            sync_folder(entry.path());
        }
    }
    sync_folder(path_);
    if (!fs::exists(goal_)) {
        rename_or_throw(path_, goal_);
    } else if (!exchange(path_, goal_)) {
        // Two renames; recover_output() finishes what is cut in between.
        const fs::path former = output_ / ".staging" / (goal_.filename().string() + ".former");
        std::error_code ignored;
        fs::remove_all(former, ignored);
        rename_or_throw(goal_, former);
        rename_or_throw(path_, goal_);
        fs::remove_all(former, ignored);
    }
    sync_folder(output_);
}

void recover_output(const fs::path& output) {
    const fs::path staging = output / ".staging";
    std::error_code ignored;
    for (const fs::directory_entry& entry : fs::directory_iterator(staging, ignored)) {
        if (entry.path().extension() == ".former") {
            const fs::path goal = output / entry.path().stem();
            if (!fs::exists(goal, ignored)) {
                fs::rename(entry.path(), goal, ignored);
            }
        }
    }
    fs::remove_all(staging, ignored);
}

void link_or_copy(const fs::path& from, const fs::path& to) {
    std::error_code error;
    fs::create_hard_link(from, to, error);
    if (error) {
        fs::copy_file(from, to, fs::copy_options::overwrite_existing, error);
    }
    if (error) {
        throw_file_error(to.string(), error.value());
    }
}

void write_whole_file(const fs::path& path, std::string_view text) {
    const fs::path beside = path.parent_path() / ("." + path.filename().string() + ".part");
    FileWriter file(beside, path.string());
    file.append(text);
    file.finish();
    rename_or_throw(beside, path);
    sync_folder(path.parent_path());
}

void sync_folder(const fs::path& folder) {
    const int descriptor = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor >= 0) {
        ::fsync(descriptor);  // some file systems refuse this on folders: then there is nothing to do
        ::close(descriptor);
    }
}

}  // namespace kokai
