// SPDX-License-Identifier: Apache-2.0
// The output folder: one run at a time, every edition whole or absent, nothing left behind by a killed run.
#pragma once

#include <filesystem>
#include <string>

namespace kokai {

/// Holds `output/.lock` for the life of a run. A second run gets LockedError (exit 7).
class OutputLock {
public:
    explicit OutputLock(const std::filesystem::path& output);
    ~OutputLock();
    OutputLock(const OutputLock&) = delete;
    OutputLock& operator=(const OutputLock&) = delete;
    OutputLock(OutputLock&&) = delete;
    OutputLock& operator=(OutputLock&&) = delete;

private:
    int descriptor_ = -1;
};

/// A folder that is made beside its goal and takes its place in one step. Removed when it is not committed.
class StagedFolder {
public:
    /// `output/.staging/<name>`, empty. What a killed run left there is removed.
    StagedFolder(const std::filesystem::path& output, const std::string& name);
    ~StagedFolder();
    StagedFolder(const StagedFolder&) = delete;
    StagedFolder& operator=(const StagedFolder&) = delete;
    StagedFolder(StagedFolder&&) = delete;
    StagedFolder& operator=(StagedFolder&&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    /// Puts the folder in the place of `output/<name>`, whose former content disappears.
    void commit();

private:
    std::filesystem::path output_, path_, goal_;
};

/// Removes staging folders of killed runs and finishes a swap that was cut between two renames. Under the lock.
void recover_output(const std::filesystem::path& output);

/// One rename that exchanges two folders; false where kernel or file system cannot.
bool exchange(const std::filesystem::path& one, const std::filesystem::path& other);

void rename_or_throw(const std::filesystem::path& from, const std::filesystem::path& to);

/// Links a file, or copies it where the file system has no links.
void link_or_copy(const std::filesystem::path& from, const std::filesystem::path& to);

/// Writes a small file whole: beside, synced, renamed.
void write_whole_file(const std::filesystem::path& path, std::string_view text);

/// Makes a rename durable.
void sync_folder(const std::filesystem::path& folder);

}  // namespace kokai
