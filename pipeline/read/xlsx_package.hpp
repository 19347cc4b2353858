// SPDX-License-Identifier: Apache-2.0
// A workbook's outside: the zip archive, its parts and the relationships between them. Everything that could be a trap
// is looked at before the first byte is inflated; nothing is ever written to disk under a name from the archive.
#pragma once

#include "read/xml_scanner.hpp"
#include "support/inflate.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct zip;
struct zip_file;

namespace kokai {

/// One line of a _rels part, its target resolved to a part name (`xl/worksheets/sheet1.xml`).
struct Relationship {
    std::string id;
    std::string type;  // the last word of the type's address: worksheet, styles, sharedStrings … (transitional and
                       // strict alike)
    std::string target;
    bool external = false;  // never followed
    std::string outside;    // what an external one names, as written
};

struct ZipCloser {
    void operator()(zip* archive) const;
    void operator()(zip_file* entry) const;
};

/// One entry of an archive's directory.
struct PackageEntry {
    std::string key;  // part names are compared without case
    std::string name;
    std::uint64_t index = 0, bytes = 0, packed = 0;
    std::uint32_t checksum = 0;
    bool deflated = false;
};

/// The bytes of one part, inflated as they are read. Throws WorldError when the archive lies about it.
class PartReader : public ByteSource {
public:
    PartReader(zip& archive, const PackageEntry& entry, std::string file);
    std::size_t read(char* into, std::size_t size) override;
    [[nodiscard]] std::uint64_t bytes() const { return bytes_; }
    [[nodiscard]] const std::string& part() const { return part_; }

private:
    std::size_t read_stored(char* into, std::size_t size);
    std::size_t read_deflated(char* into, std::size_t size);
    [[noreturn]] void fail_damaged(const std::string& reason) const;

    std::unique_ptr<zip_file, ZipCloser> entry_;
    std::uint64_t bytes_, read_ = 0;
    std::string file_, part_;
    std::optional<Inflater> inflater_;  // none for a part that is stored as it is
    std::vector<char> buffer_;
    std::string_view packed_;  // of the buffer, not inflated yet
    std::uint32_t checksum_ = 0, wanted_checksum_;
    bool finished_ = false;
};

/// A workbook's names are ASCII; those of other archives may be in CP932, as Windows writes them.
enum class PackageKind : std::uint8_t { workbook, archive };

class XlsxPackage {
public:
    /// Throws WorldError saying what the file really is when it is no zip archive, and what is wrong with one that is.
    XlsxPackage(const std::filesystem::path& path, std::string shown, PackageKind kind = PackageKind::workbook);

    [[nodiscard]] const std::string& shown() const { return shown_; }
    [[nodiscard]] std::vector<std::string> names() const;
    [[nodiscard]] bool has(std::string_view part) const { return find(part) != nullptr; }
    /// Inflated size as the archive says, 0 when there is no such part.
    [[nodiscard]] std::uint64_t bytes(std::string_view part) const;
    /// Throws WorldError when the part is missing or would inflate out of all proportion.
    [[nodiscard]] PartReader open(std::string_view part) const;
    /// The whole of a small part (at most 32 MiB).
    [[nodiscard]] std::string read(std::string_view part) const;
    /// The relationships of a part, or of the package (""); none when there is no such _rels part.
    [[nodiscard]] std::vector<Relationship> relationships(const std::string& part) const;

private:
    void survey_entries();
    void survey_entry(std::uint64_t index);
    [[nodiscard]] std::string name_of_entry(std::uint64_t index, const char* guessed) const;
    [[nodiscard]] const PackageEntry* find(std::string_view part) const;

    std::string shown_;
    PackageKind kind_;
    std::unique_ptr<zip, ZipCloser> archive_;
    std::vector<PackageEntry> entries_;  // by key
};

/// `target` seen from the folder of `part`; empty when it leads out of the package.
std::string resolve_target(std::string_view part, std::string_view target);

}  // namespace kokai
