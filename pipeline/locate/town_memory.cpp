// SPDX-License-Identifier: Apache-2.0
#include "locate/town_memory.hpp"

#include "locate/place_code.hpp"

#include <algorithm>
#include <functional>
#include <span>
#include <utility>

namespace kokai {

const KnownTown& TownMemory::town(std::string_view names, std::size_t town_bytes, std::string_view context) {
    entries_.resize(sets * ways);
    const std::size_t hash = std::hash<std::string_view>{}(names) + town_bytes;
    const std::span<Entry, ways> set(&entries_[hash % sets * ways], ways);
    for (const Entry& entry : set) {
        if (entry.names == names && entry.town_bytes == town_bytes && entry.context == context) {
            return entry.known;
        }
    }
    // The one that came first goes.
    std::rotate(set.begin(), set.end() - 1, set.end());
    Entry& entry = set.front();
    entry.names = names;
    entry.context = context;
    entry.town_bytes = town_bytes;
    read(entry);
    return entry.known;
}

void TownMemory::read(Entry& into) {
    const Address& address = reader_.read(into.names, into.context);
    KnownTown& known = into.known;
    known.code = place_code_of(address);
    known.lg_code = address.lg_code;
    known.machiaza_id = address.machiaza_id;
    known.unlisted = address.doubt == AddressDoubt::town_unlisted && knows_municipality(address);
    const std::string said = address_key(std::string_view(into.names).substr(into.names.size() - into.town_bytes));
    std::string key = address_key(address.town);
    known.settled = address.has_town() && address.doubt == AddressDoubt::nothing && address.rest.empty() &&
                    address.other.empty() && said == key;
    if (known.settled) {
        const AddressIndex& index = AddressIndex::shared();
        constexpr char number_begins = '\x01';
        known.settled =
            !index.has_longer_town(index.municipalities()[index.find(address.lg_code)], key + number_begins);
    }
}

std::unique_ptr<TownMemory> TownMemories::take() {
    const std::lock_guard lock(mutex_);
    if (idle_.empty()) {
        return std::make_unique<TownMemory>();
    }
    std::unique_ptr<TownMemory> memory = std::move(idle_.back());
    idle_.pop_back();
    return memory;
}

void TownMemories::give_back(std::unique_ptr<TownMemory> memory) {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(memory));
}

}  // namespace kokai
