// SPDX-License-Identifier: Apache-2.0
// What prefecture, municipality and town of a row say, kept: a table of a million rows names some hundred towns, and
// holding one against the memory costs a hundredth of reading it.
#pragma once

#include "normalise/address/reader.hpp"

#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace kokai {

struct KnownTown {
    std::string code;         // place_code_of() the names
    std::string lg_code;      // the city's own, too, where its ward is not known
    std::string machiaza_id;  // empty where the list has none
    /// The names are read without a doubt and to their end, and no number behind them can make another town of them:
    /// 大手町 with 2-12-1 is 大手町二丁目.
    bool settled = false;
    bool unlisted = false;  // the municipality is known, its town is not in the list
};

class TownMemory {
public:
    /// `names`: prefecture, municipality and town one after another, of which the last `town_bytes` are the town's.
    const KnownTown& town(std::string_view names, std::size_t town_bytes, std::string_view context);
    AddressReader& reader() { return reader_; }

private:
    struct Entry {
        std::string names, context;
        std::size_t town_bytes = 0;
        KnownTown known;
    };
    // Entries whose names fall on one set take turns; a municipality has some hundred towns, rarely two thousand.
    static constexpr std::size_t sets = 512;
    static constexpr std::size_t ways = 8;

    void read(Entry& into);

    AddressReader reader_;
    std::vector<Entry> entries_;
};

/// Memories at rest: a batch takes one and gives it back.
class TownMemories {
public:
    [[nodiscard]] std::unique_ptr<TownMemory> take();
    void give_back(std::unique_ptr<TownMemory> memory);

private:
    std::mutex mutex_;
    std::vector<std::unique_ptr<TownMemory>> idle_;
};

}  // namespace kokai
