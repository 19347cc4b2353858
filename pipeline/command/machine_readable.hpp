// SPDX-License-Identifier: Apache-2.0
// The check items of 総務省「統計表における機械判読可能なデータの表記方法の統一ルール」(2020-12-18), chapter 1, for the
// sheets and CSV files that a table came from. What nobody has looked at is `unknown`, with the reason; never a silent
// pass.
#pragma once

#include "command/assemble.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kokai {

enum class Verdict : std::uint8_t { pass, fail, unknown };

struct MachineItem {
    std::string_view id, title_ja, title_en;
    Verdict verdict = Verdict::pass;
    std::uint64_t count = 0;
    std::vector<std::string> cells;  // the first: C14, of several sheets 一覧!C14
    std::string why_ja, why_en;      // what was counted, or why it cannot be judged
    std::string_view mend_ja, mend_en;
};

/// In the order of the rule; none when no source is a sheet or a CSV.
std::vector<MachineItem> machine_readable(const TableResult& table);

/// `machine_readable` of report.json.
nlohmann::ordered_json machine_readable_json(const std::vector<MachineItem>& items_found);

}  // namespace kokai
