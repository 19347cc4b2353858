// SPDX-License-Identifier: Apache-2.0
#include "publish/folder_switch.hpp"

#include "model/error.hpp"
#include "publish/output_folder.hpp"
#include "support/output_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <system_error>
#include <vector>

namespace kokai {
namespace {

namespace fs = std::filesystem;

fs::path workshop_of(const fs::path& root) {
    return root.parent_path() / (".kokai-" + root.filename().string());
}

/// `.kokai-<name>`, which nobody else may look into: what is carried over may be in folders that others cannot read.
class Workshop {
public:
    explicit Workshop(const fs::path& root) : path_(workshop_of(root)) {
        while (!locked()) {
        }
        clear();
        if (::mkdir(made().c_str(), 0777) != 0) {
            throw_file_error(made().string(), errno);
        }
    }
    ~Workshop() {
        clear();
        ::rmdir(path_.c_str());  // whatever else is in it stays
        ::close(descriptor_);
    }
    Workshop(const Workshop&) = delete;
    Workshop& operator=(const Workshop&) = delete;
    Workshop(Workshop&&) = delete;
    Workshop& operator=(Workshop&&) = delete;

    [[nodiscard]] fs::path made() const { return path_ / "new"; }
    [[nodiscard]] fs::path former() const { return path_ / "former"; }

private:
    /// False when another kokai has removed the folder meanwhile.
    bool locked() {
        if (::mkdir(path_.c_str(), 0700) != 0 && errno != EEXIST) {
            throw_file_error(path_.string(), errno);
        }
        descriptor_ = ::open(path_.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        if (descriptor_ < 0 && errno == ENOENT) {
            return false;
        }
        if (descriptor_ < 0) {
            throw_file_error(path_.string(), errno);
        }
        if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
            ::close(descriptor_);
            throw LockedError(path_.string(),
                              "別の kokai が同じフォルダーに公開しています。終わるのを待ってください: " +
                                  path_.string(),
                              "another kokai publishes to the same folder: wait for it to end: " + path_.string());
        }
        struct stat held {};
        struct stat named {};
        if (::fstat(descriptor_, &held) == 0 && ::stat(path_.c_str(), &named) == 0 && held.st_ino == named.st_ino &&
            held.st_dev == named.st_dev) {
            return true;
        }
        ::close(descriptor_);
        return false;
    }

    void clear() const {
        std::error_code ignored;
        fs::remove_all(made(), ignored);
        fs::remove_all(former(), ignored);
    }

    fs::path path_;
    int descriptor_ = -1;
};

/// What a file was when it was carried over.
struct Stamp {
    ino_t file = 0;
    off_t bytes = 0;
    timespec written{};

    bool operator==(const Stamp& other) const {
        return file == other.file && bytes == other.bytes && written.tv_sec == other.written.tv_sec &&
               written.tv_nsec == other.written.tv_nsec;
    }
};

Stamp stamp_of(const fs::path& path) {
    struct stat status {};
    if (::lstat(path.c_str(), &status) != 0) {
        return {};
    }
    return {status.st_ino, status.st_size, status.st_mtim};
}

class Switch {
public:
    Switch(const fs::path& root, const FolderChange& change)
        : root_(root), change_(change), workshop_(root), made_(workshop_.made()) {}

    void run() {
        if (fs::exists(root_)) {
            carry_over();
        }
        for (const auto& [name, file] : change_.puts) {
            put(name, file);
        }
        drop_emptied_folders();
        settle_folders();
        change_.last_look();
        const fs::path old = change_places();
        if (!old.empty()) {
            carry_late(old);
        }
        sync_folder(root_.parent_path());
    }

private:
    [[nodiscard]] bool is_ours(const std::string& name) const {
        return change_.puts.contains(name) || change_.removes.contains(name);
    }

    void carry_over() {
        // Throws at what cannot be read: a folder that is skipped would be gone after the switch.
        for (const fs::directory_entry& one : fs::recursive_directory_iterator(root_)) {
            const fs::path path = one.path().lexically_relative(root_);
            if (one.is_directory() && !one.is_symlink()) {
                fs::create_directory(made_ / path);
                folders_.push_back(path);
            } else if (!is_ours(path.generic_string())) {
                stamps_[path.generic_string()] = stamp_of(one.path());
                if (one.is_symlink()) {
                    fs::copy_symlink(one.path(), made_ / path);
                } else {
                    link_or_copy(one.path(), made_ / path);
                }
            }
        }
    }

    /// A copy: whoever writes into this folder must not write into our editions.
    void put(const std::string& name, const fs::path& file) const {
        fs::path folder = made_;
        for (const fs::path& part : fs::path(name).parent_path()) {
            folder /= part;
            if (fs::is_symlink(folder)) {
                const std::string link = (root_ / folder.lexically_relative(made_)).string();
                throw WorldError(link, "シンボリックリンクの先には書き込みません: " + link,
                                 "nothing is written behind a symbolic link: " + link);
            }
        }
        fs::create_directories(folder);
        const fs::path goal = made_ / name;
        fs::copy_file(file, goal);
        const fs::path former = root_ / name;
        std::error_code ignored;
        fs::permissions(goal, fs::is_regular_file(fs::symlink_status(former, ignored))
                                  ? fs::status(former).permissions()
                                  : fs::status(goal).permissions() | fs::perms::owner_write);
        adopt_file(goal, former.string());
    }

    /// Folders that held nothing but what goes now.
    void drop_emptied_folders() {
        for (const std::string& name : change_.removes) {
            std::error_code error;
            for (fs::path folder = fs::path(name).parent_path(); !folder.empty(); folder = folder.parent_path()) {
                if (!fs::remove(made_ / folder, error)) {
                    break;
                }
                std::erase(folders_, folder);
            }
        }
    }

    /// The deepest first: a folder may forbid to write into it.
    void settle_folders() const {
        for (std::size_t i = folders_.size(); i-- > 0;) {
            sync_folder(made_ / folders_[i]);
            fs::permissions(made_ / folders_[i], fs::status(root_ / folders_[i]).permissions());
        }
        sync_folder(made_);
        if (fs::exists(root_)) {
            fs::permissions(made_, fs::status(root_).permissions());
        }
    }

    /// Where the former folder is now; empty when there was none.
    [[nodiscard]] fs::path change_places() const {
        if (!fs::exists(root_)) {
            rename_or_throw(made_, root_);
            return {};
        }
        if (exchange(made_, root_)) {
            return made_;
        }
        rename_or_throw(root_, workshop_.former());  // finish_cut_switch() brings it back
        rename_or_throw(made_, root_);
        return workshop_.former();
    }

    /// What others have put there while we were at work.
    void carry_late(const fs::path& old) const {
        for (const fs::directory_entry& one : fs::recursive_directory_iterator(old)) {
            const fs::path path = one.path().lexically_relative(old);
            if (one.is_directory() && !one.is_symlink()) {
                continue;
            }
            const auto carried = stamps_.find(path.generic_string());
            if (!is_ours(path.generic_string()) &&
                (carried == stamps_.end() || !(carried->second == stamp_of(one.path())))) {
                fs::create_directories((root_ / path).parent_path());
                rename_or_throw(one.path(), root_ / path);
            }
        }
    }

    const fs::path& root_;
    const FolderChange& change_;
    Workshop workshop_;
    fs::path made_;
    std::vector<fs::path> folders_;  // that were there, those above before those in them
    std::map<std::string, Stamp> stamps_;
};

}  // namespace

void switch_folder(const fs::path& root, const FolderChange& change) {
    try {
        fs::create_directories(root.parent_path());
        finish_cut_switch(root);
        Switch(root, change).run();
    } catch (const fs::filesystem_error& error) {
        const std::string place = (error.path1().empty() ? root : error.path1()).string();
        throw WorldError(
            place, "フォルダーを切り替えられません。前のままです: " + place + "（" + error.code().message() + "）",
            "the folder cannot be switched and stays as it was: " + place + ": " + error.code().message());
    }
}

void finish_cut_switch(const fs::path& root) {
    std::error_code ignored;
    const fs::path former = workshop_of(root) / "former";
    if (fs::is_directory(former, ignored) && !fs::exists(root, ignored)) {
        fs::rename(former, root, ignored);
    }
}

}  // namespace kokai
