// SPDX-License-Identifier: Apache-2.0
// The files beside a .shp: which are there, and in which encoding the .dbf is.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace kokai {

struct ShapefileParts {
    std::filesystem::path shp, dbf, shx, prj, cpg;  // empty = not there

    /// `.dbf`, not `.DBF` or `.Dbf`.
    [[nodiscard]] bool have_small_extensions() const;
};

/// `SHP` and `.Dbf` count too: departments copy from Windows.
ShapefileParts find_parts(const std::filesystem::path& shp);

enum class DbfEncoding : std::uint8_t { utf8, cp932 };

struct DbfSurvey {
    DbfEncoding encoding = DbfEncoding::utf8;
    bool contradicted = false;   // the .cpg says another one than the bytes do
    bool long_integers = false;  // fields wider than every integer of 64 bits, which GDAL takes for reals
};

/// Reads the whole .dbf once. `wanted` (dataset.json, command line) wins, then a .cpg that its bytes bear out, then the
/// bytes. Throws WorldError when the .dbf is missing, empty or no .dbf.
DbfSurvey survey_dbf(const ShapefileParts& parts, const std::string& wanted, const std::string& shown);

/// Throws WorldError when the parts do not hold the same number of records: rows would be lost without a word.
void compare_counts(const ShapefileParts& parts, const std::string& shown);

}  // namespace kokai
