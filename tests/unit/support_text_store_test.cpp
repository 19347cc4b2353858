// SPDX-License-Identifier: Apache-2.0
#include "support/text_store.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace kokai;

namespace {

std::string text_number(std::size_t i) {
    return i % 7 == 0 ? "" : i % 1000 == 1 ? std::string(70'000 + i, 'x') : "名称" + std::to_string(i);
}

}  // namespace

TEST_CASE("Texts come back the same from memory and from the temporary file", "[support]") {
    constexpr std::size_t count = 20'000;
    for (const std::size_t limit : {TextStore::usual_limit, std::size_t{1000}, std::size_t{0}}) {
        TextStore store(limit);
        for (std::size_t i = 0; i < count; ++i) {
            store.append(text_number(i));
        }
        CHECK(store.size() == count);
        CHECK(store.in_file() == (limit != TextStore::usual_limit));
        Arena arena;
        bool same = true;
        for (std::size_t step = 0; step < count; ++step) {
            const std::size_t i = (step * 7919) % count;  // every one, far apart
            same = same && store.read(i, arena) == text_number(i);
            if (step % 100 == 0) {
                arena.clear();
            }
        }
        CHECK(same);
    }
}
