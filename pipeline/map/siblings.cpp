// SPDX-License-Identifier: Apache-2.0
#include "map/siblings.hpp"

#include <set>
#include <string>
#include <string_view>
#include <unordered_map>

namespace kokai {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// 令和5年人口 -> 人口; empty when there is no year in it.
std::string without_year(const std::string& key) {
    constexpr std::string_view year = "年";
    constexpr std::string_view first = "元";
    constexpr std::string_view fiscal = "度";
    const std::size_t end = key.find(year);
    if (end == std::string::npos) {
        return {};
    }
    std::size_t begin = end;
    while (begin > 0 && is_digit(key[begin - 1])) {
        --begin;
    }
    if (begin == end && std::string_view(key).substr(0, end).ends_with(first)) {
        begin -= first.size();
    }
    if (begin == end) {
        return {};
    }
    for (const std::string_view era : {"令和", "平成", "昭和", "西暦", "r", "h"}) {
        if (std::string_view(key).substr(0, begin).ends_with(era)) {
            begin -= era.size();
            break;
        }
    }
    std::string rest = key.substr(0, begin);
    std::string_view after = std::string_view(key).substr(end + year.size());
    after.remove_prefix(after.starts_with(fiscal) ? fiscal.size() : 0);
    return rest.append(after);
}

bool stands_by_itself(const HeaderName& name, const HeaderVocabulary& vocabulary) {
    HeaderName inside;
    inside.forms = {{name.bracketed, {}, 1.0}};
    return name.writing != Writing::plain || vocabulary.knows(inside);
}

}  // namespace

std::vector<Siblings> siblings_of(const std::vector<SampledColumn>& columns, const HeaderVocabulary& vocabulary) {
    // By what is left of the headers without brackets or years: the different headers that have it.
    std::unordered_map<std::string, std::set<std::string_view>> by_base;
    std::unordered_map<std::string, std::set<std::string_view>> by_yearless;
    std::vector<std::string> bases(columns.size());
    std::vector<std::string> yearless(columns.size());
    const auto whole = [&](std::size_t i) { return std::string_view(columns[i].name.forms.front().key); };
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const HeaderName& name = columns[i].name;
        if (name.forms.empty()) {
            continue;
        }
        if (name.bracketed.empty()) {
            by_base[name.forms.front().key].insert(whole(i));
        } else if (!stands_by_itself(name, vocabulary)) {
            bases[i] = name.base;
            by_base[name.base].insert(whole(i));
        }
        yearless[i] = without_year(name.forms.front().key);
        if (!yearless[i].empty()) {
            by_yearless[yearless[i]].insert(whole(i));
        }
    }
    std::vector<Siblings> all(columns.size());
    for (std::size_t i = 0; i < columns.size(); ++i) {
        all[i].by_bracket = !bases[i].empty() && by_base[bases[i]].size() > 1;
        all[i].by_year = !yearless[i].empty() && by_yearless[yearless[i]].size() > 1;
    }
    return all;
}

}  // namespace kokai
