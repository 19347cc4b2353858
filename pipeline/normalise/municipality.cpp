// SPDX-License-Identifier: Apache-2.0
#include "normalise/municipality.hpp"

#include "model/prefecture.hpp"

#include <algorithm>
#include <iterator>
#include <unordered_map>
#include <utility>
#include <vector>

namespace kokai {
namespace {

struct Entry {
    std::string_view lg_code, county, city, ward;
};

constexpr Entry entries[] = {
#include "normalise/municipalities.inc"
};
static_assert(std::is_sorted(std::begin(entries), std::end(entries),
                             [](const Entry& one, const Entry& other) { return one.lg_code < other.lg_code; }));

/// Small and large ケ are written for each other: 龍ヶ崎市. Same number of bytes, so that lengths stay.
std::string with_large_ke(std::string_view text) {
    constexpr std::string_view small = "ヶ";
    constexpr std::string_view large = "ケ";
    std::string all(text);
    for (std::size_t at = all.find(small); at != std::string::npos; at = all.find(small, at + large.size())) {
        all.replace(at, small.size(), large);
    }
    return all;
}

class Names {
public:
    Names() {
        for (const Entry& entry : entries) {
            const std::string name = std::string(entry.city) + std::string(entry.ward);
            add(name, entry);
            if (!entry.county.empty()) {
                add(std::string(entry.county) + name, entry);
            }
        }
    }

    [[nodiscard]] const std::vector<const Entry*>* find(const std::string& name) const {
        const auto found = by_name_.find(name);
        return found == by_name_.end() ? nullptr : &found->second;
    }
    [[nodiscard]] std::size_t longest() const { return longest_; }

private:
    void add(const std::string& name, const Entry& entry) {
        const std::string key = with_large_ke(name);
        by_name_[key].push_back(&entry);
        longest_ = std::max(longest_, key.size());
    }

    std::unordered_map<std::string, std::vector<const Entry*>> by_name_;
    std::size_t longest_ = 0;
};

const Names& names() {
    static const Names all;
    return all;
}

bool ends_as_municipality(std::string_view text) {
    return text.ends_with("市") || text.ends_with("町") || text.ends_with("村") || text.ends_with("区");
}

bool is_town_or_village(const Entry& entry) {
    return entry.city.ends_with("町") || entry.city.ends_with("村");
}

bool begins_in_ascii(std::string_view text) {
    return text.empty() || static_cast<unsigned char>(text.front()) < 0x80;
}

/// 市場, 市街, 丹波市町 (in 天理市): the name was a part of another word.
bool goes_on(std::string_view rest) {
    return rest.starts_with("場") || rest.starts_with("街") || rest.starts_with("道") || rest.starts_with("町");
}

}  // namespace

std::optional<Municipality> municipality_at_start(std::string_view text, std::string_view prefecture) {
    const bool digits = !text.empty() && static_cast<unsigned char>(text.front()) < 0x80;
    const std::string_view said = digits ? std::string_view() : prefecture_name(text);
    const std::string rest = with_large_ke(text.substr(said.size()).substr(0, names().longest()));
    for (std::size_t length = rest.size(); length > 0; --length) {
        // Every name ends so: most lengths need no look into the list.
        const std::vector<const Entry*>* found = ends_as_municipality(std::string_view(rest).substr(0, length))
                                                     ? names().find(rest.substr(0, length))
                                                     : nullptr;
        if (found == nullptr) {
            continue;
        }
        std::vector<const Entry*> fitting;
        for (const Entry* entry : *found) {
            const std::string_view of = prefecture_name(entry->lg_code);
            const bool with_county = !entry->county.empty() && rest.starts_with(entry->county);
            const bool fits = !said.empty()         ? of == said
                              : !prefecture.empty() ? of == prefecture
                                                    : !is_town_or_village(*entry) || with_county;
            if (fits) {
                fitting.push_back(entry);
            }
        }
        if (fitting.size() == 1) {
            const Entry& one = *fitting.front();
            return Municipality{one.lg_code, prefecture_name(one.lg_code),
                                std::string(one.county) + std::string(one.city) + std::string(one.ward),
                                said.size() + length};
        }
        if (fitting.size() > 1) {
            return std::nullopt;
        }
    }
    return std::nullopt;
}

std::optional<Municipality> municipality_surely_at_start(std::string_view text, std::string_view prefecture) {
    const bool placed = !begins_in_ascii(text) && !prefecture_name(text).empty();
    if (!placed) {
        const std::string_view look = text.substr(0, 48);
        if (look.find("市") == std::string_view::npos && look.find("郡") == std::string_view::npos &&
            (prefecture != "東京都" || look.find("区") == std::string_view::npos)) {
            return std::nullopt;
        }
    }
    std::optional<Municipality> found = municipality_at_start(text, prefecture);
    if (!found && !placed) {
        found = municipality_at_start(text);
        if (found && text.substr(0, found->length).ends_with("区") &&
            text.substr(0, found->length).find("市") == std::string_view::npos) {
            return std::nullopt;  // 中央区 may be that of any city
        }
    }
    if (!found || goes_on(text.substr(found->length))) {
        return std::nullopt;
    }
    const std::string_view said = text.substr(0, found->length);
    const bool small = said.ends_with("町") || said.ends_with("村");
    if (!placed && small && said.find("郡") == std::string_view::npos) {
        return std::nullopt;
    }
    return found;
}

std::optional<Municipality> municipality_with_code(std::string_view lg_code) {
    const auto* const found =
        std::lower_bound(std::begin(entries), std::end(entries), lg_code,
                         [](const Entry& one, std::string_view code) { return one.lg_code < code; });
    if (found == std::end(entries) || found->lg_code != lg_code) {
        return std::nullopt;
    }
    return Municipality{found->lg_code, prefecture_name(lg_code),
                        std::string(found->county) + std::string(found->city) + std::string(found->ward), 0};
}

}  // namespace kokai
