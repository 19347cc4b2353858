// SPDX-License-Identifier: Apache-2.0
// `kokai normalise KIND`: one value a line in, one JSON document a line out.
#pragma once

#include "command/options.hpp"

#include <span>
#include <string>
#include <string_view>

namespace kokai {

struct NormaliseOptions {
    std::string kind;
    std::string crs;        // of a position; empty = EPSG:6668
    std::string publisher;  // of addresses: whose list they stand in
};

/// One line of stdin without its line break (CRLF too); false at the end. A last line without one counts.
bool read_line(std::string& line);
/// {"input":…,"value":…,"flags":[…] : what every answer begins with.
std::string begin_answer(std::string_view input, std::string_view value, std::span<const std::string> flags);

/// text phone date …, as help and errors name them.
std::string list_of_kinds();

int normalise_command(const NormaliseOptions& options, const CommonOptions& common);

}  // namespace kokai
