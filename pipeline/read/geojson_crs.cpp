// SPDX-License-Identifier: Apache-2.0
// Nearly every file is done with after a search for the word; one that has it is parsed as far as the member.
#include "read/geojson_crs.hpp"

#include "read/geojson_walk.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

namespace kokai {
namespace {

constexpr std::size_t block = std::size_t{1} << 20U;

bool holds_word(const InputFile& file, std::string_view word) {
    std::string text(block, '\0');
    std::size_t kept = 0;  // of the block before: the word may stand across
    for (std::uint64_t offset = 0;;) {
        const std::size_t got = file.read_at(offset, text.data() + kept, text.size() - kept);
        if (got == 0) {
            return false;
        }
        offset += got;
        const std::string_view seen(text.data(), kept + got);
        if (seen.find(word) != std::string_view::npos) {
            return true;
        }
        kept = std::min(word.size() - 1, seen.size());
        std::copy(seen.end() - static_cast<std::ptrdiff_t>(kept), seen.end(), text.begin());
    }
}

/// Follows { crs: { properties: { name, and stops behind it.
class CrsName : public GeoJsonWalk {
public:
    std::string name;

    bool string(string_t& value) override {
        if (depth_ == 3 && on_the_way_[0] && on_the_way_[1] && on_the_way_[2]) {
            name = value;
            return false;
        }
        return true;
    }
    bool key(string_t& word) override {
        constexpr std::string_view way[] = {"crs", "properties", "name"};
        if (depth_ >= 1 && depth_ <= 3) {
            on_the_way_[depth_ - 1] = word == way[depth_ - 1];
        }
        return true;
    }

private:
    bool on_the_way_[3] = {};
};

}  // namespace

std::string geojson_crs_name(const InputFile& file) {
    if (!holds_word(file, "\"crs\"")) {
        return {};
    }
    FileBytes::Block block{file, {}, 0, 0};
    CrsName handler;
    nlohmann::json::sax_parse(FileBytes(&block), FileBytes(), &handler);
    return std::move(handler.name);
}

}  // namespace kokai
