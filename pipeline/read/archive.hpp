// SPDX-License-Identifier: Apache-2.0
// A ZIP (or KMZ) that holds one table (or one Shapefile) as a Source: the one is unpacked into a folder of our own,
// under a name that cannot leave it, and read as what it is.
#pragma once

#include "read/open.hpp"
#include "support/file.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace kokai {

class XlsxPackage;

/// A folder for temporary files, gone with the object and all that is in it.
class UnpackFolder {
public:
    explicit UnpackFolder(const std::string& shown);
    ~UnpackFolder();
    UnpackFolder(const UnpackFolder&) = delete;
    UnpackFolder& operator=(const UnpackFolder&) = delete;
    UnpackFolder(UnpackFolder&&) = delete;
    UnpackFolder& operator=(UnpackFolder&&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

class ArchiveSource : public Source {
public:
    explicit ArchiveSource(SourceRequest request) : request_(std::move(request)) {}

    /// Throws WorldError when the archive holds no table or more than one (with the list), is locked or a trap.
    Shape open(Findings& findings) override;
    bool next(Batch& batch, Findings& findings) override { return inside_->next(batch, findings); }
    void parse(Batch& batch, Findings& findings) const override { inside_->parse(batch, findings); }
    void end(Findings& findings) override;
    [[nodiscard]] std::vector<SourceInfo> about() const override { return inside_->about(); }
    [[nodiscard]] std::uint64_t size() const override { return inside_ ? inside_->size() : 0; }
    [[nodiscard]] std::uint64_t position() const override { return inside_ ? inside_->position() : 0; }

private:
    /// The entry to read: the one that `sheet` names, or the only one.
    std::string chosen_table(const XlsxPackage& package, const std::vector<std::string>& entries,
                             const std::vector<std::string>& tables);
    [[nodiscard]] std::vector<std::string> with_placemarks(const XlsxPackage& package,
                                                           const std::vector<std::string>& tables) const;
    void unpack_parts(const XlsxPackage& package, const std::vector<std::string>& entries, const std::string& table,
                      const std::string& name) const;
    void unpack(const XlsxPackage& package, const std::string& entry, const std::string& name) const;

    SourceRequest request_;
    bool names_entry_ = false;  // its `sheet` is the name of an entry, no sheet of one
    std::optional<InputFile> file_;
    std::unique_ptr<UnpackFolder> folder_;
    std::unique_ptr<Source> inside_;  // behind the folder: it goes first
};

}  // namespace kokai
