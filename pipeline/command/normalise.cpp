// SPDX-License-Identifier: Apache-2.0
#include "command/normalise.hpp"

#include "command/normalise_address.hpp"
#include "command/normalise_position.hpp"
#include "model/error.hpp"
#include "normalise/kinds.hpp"
#include "read/encoding.hpp"
#include "support/json_text.hpp"

#include <cstdio>
#include <string>
#include <string_view>

namespace kokai {
namespace {

void drop_carriage_return(std::string& line) {
    if (line.ends_with('\r')) {
        line.pop_back();
    }
}

}  // namespace

bool read_line(std::string& line) {
    line.clear();
    int letter = 0;
    while ((letter = std::getc(stdin)) != EOF) {
        if (letter == '\n') {
            drop_carriage_return(line);
            return true;
        }
        line += static_cast<char>(letter);
    }
    const bool last = !line.empty();
    drop_carriage_return(line);
    return last;
}

std::string begin_answer(std::string_view input, std::string_view value, std::span<const std::string> flags) {
    Arena arena;
    auto bad = static_cast<std::size_t>(-1);
    std::string out = R"({"input":)";
    append_json_string(out, mend_utf8(input, arena, bad));  // JSON is UTF-8 whatever came in
    out += R"(,"value":)";
    append_json_string(out, value);
    out += R"(,"flags":[)";
    for (const std::string& flag : flags) {
        out += out.back() == '[' ? "" : ",";
        append_json_string(out, flag);
    }
    out += ']';
    return out;
}

std::string list_of_kinds() {
    std::string list;
    for (const KindInfo& one : normalise_kinds()) {
        list += std::string(one.name) + " ";
    }
    return list + "address position";
}

int normalise_command(const NormaliseOptions& options, const CommonOptions& common) {
    if (options.kind == "address") {
        return normalise_addresses(options);
    }
    if (options.kind == "position") {
        return normalise_positions(options, common);
    }
    const KindInfo* kind = find_kind(options.kind);
    if (kind == nullptr) {
        const std::string list = list_of_kinds();
        throw UsageError("種類「" + options.kind + "」はまだありません（ある種類: " + list + "）",
                         "there is no kind \"" + options.kind + "\" yet (there are: " + list + ")");
    }
    std::string line;
    while (read_line(line)) {
        const Normalised read = kind->read(line);
        std::fputs((begin_answer(line, read.value, read.flags) + "}\n").c_str(), stdout);
    }
    return 0;
}

}  // namespace kokai
