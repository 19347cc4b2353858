// SPDX-License-Identifier: Apache-2.0
// What a file is, by its content; what it is called only decides where the content leaves a choice.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace kokai {

enum class FileKind : std::uint8_t { text, workbook, gis, archive };

struct FileLook {
    FileKind kind = FileKind::text;
    // When the extension says another kind than the content: what the file is, and which extension it should have.
    std::string really, expected;
};

/// Throws WorldError (exit 4) that says what the file is when no source reads it: HTML, PDF, a picture …
FileLook look_at_file(const std::filesystem::path& path, const std::string& shown);

}  // namespace kokai
