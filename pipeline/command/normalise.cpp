// SPDX-License-Identifier: Apache-2.0
#include "command/normalise.hpp"

#include "model/error.hpp"
#include "normalise/kinds.hpp"
#include "read/encoding.hpp"
#include "support/json_text.hpp"

#include <cstdio>
#include <string>
#include <string_view>

namespace kokai {
namespace {

/// One line of stdin without its line break; false at the end. A last line without one counts.
bool read_line(std::string& line) {
    line.clear();
    int letter = 0;
    while ((letter = std::getc(stdin)) != EOF) {
        if (letter == '\n') {
            return true;
        }
        line += static_cast<char>(letter);
    }
    return !line.empty();
}

}  // namespace

int normalise_command(const NormaliseOptions& options, const CommonOptions& /*common*/) {
    const KindInfo* kind = find_kind(options.kind);
    if (kind == nullptr) {
        std::string list;
        for (const KindInfo& one : normalise_kinds()) {
            list += (list.empty() ? "" : " ") + std::string(one.name);
        }
        throw UsageError("種類「" + options.kind + "」はまだありません（ある種類: " + list + "）",
                         "there is no kind \"" + options.kind + "\" yet (there are: " + list + ")");
    }
    std::string line;
    std::string out;
    while (read_line(line)) {
        std::string_view input = line;
        if (input.ends_with('\r')) {
            input.remove_suffix(1);
        }
        Arena arena;
        auto bad = static_cast<std::size_t>(-1);
        const Normalised read = kind->read(input);
        out = R"({"input":)";
        append_json_string(out, mend_utf8(input, arena, bad));  // JSON is UTF-8 whatever came in
        out += R"(,"value":)";
        append_json_string(out, read.value);
        out += R"(,"flags":[)";
        for (std::size_t i = 0; i < read.flags.size(); ++i) {
            out += i == 0 ? "" : ",";
            append_json_string(out, read.flags[i]);
        }
        out += "]}\n";
        std::fputs(out.c_str(), stdout);
    }
    return 0;
}

}  // namespace kokai
