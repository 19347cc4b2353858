// SPDX-License-Identifier: Apache-2.0
// The tables of an edition, wherever it lies: output/<id>, catalog/<id>, catalog/<id>/editions/<edition>, another
// folder, or one file.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace kokai {

struct EditionTable {
    std::string name;
    std::filesystem::path file;
    bool published_csv = false;    // kokai wrote it: nothing to guess
    std::vector<std::string> key;  // as published; empty = not known
};

struct EditionTables {
    std::string shown;  // the path as given
    std::string name;   // of the edition, where it has one
    std::vector<EditionTable> tables;
};

/// Throws WorldError when there is nothing, or nothing that holds a table.
EditionTables tables_of_edition(const std::string& path);

/// Which table of one is which of the other: by name, and where one is left on either side, those two. A place of npos
/// is a table that the other edition does not have.
std::vector<std::pair<std::size_t, std::size_t>> pair_tables(const EditionTables& before, const EditionTables& now);

}  // namespace kokai
