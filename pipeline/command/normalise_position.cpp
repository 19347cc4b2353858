// SPDX-License-Identifier: Apache-2.0
// The two numbers stand as the system has them: latitude, longitude; X, Y of a plane system, where X is north.
#include "command/normalise_position.hpp"

#include "locate/pair.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstdio>
#include <iterator>
#include <string>

namespace kokai {

int normalise_positions(const NormaliseOptions& options, const CommonOptions& common) {
    const CoordinateSystem system = named_system(options.crs.empty() ? "EPSG:6668" : options.crs);
    const auto converter = make_converter(system, common.schemas / "reference" / "grids");
    std::string line;
    while (read_line(line)) {
        const PairAnswer answer = read_pair(line, system, *converter);
        const std::string latitude = answer.found ? fmt::format("{:.9f}", answer.latitude) : "";
        const std::string longitude = answer.found ? fmt::format("{:.9f}", answer.longitude) : "";
        std::string out = begin_answer(line, answer.found ? latitude + "," + longitude : "", answer.flags);
        fmt::format_to(std::back_inserter(out), R"(,"lat":{},"lon":{})", answer.found ? latitude : "null",
                       answer.found ? longitude : "null");
        if (answer.found && std::isfinite(answer.height)) {
            fmt::format_to(std::back_inserter(out), R"(,"height":{:.3f})", answer.height);
        }
        out += "}\n";
        std::fputs(out.c_str(), stdout);
    }
    return 0;
}

}  // namespace kokai
