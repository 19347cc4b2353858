// SPDX-License-Identifier: Apache-2.0
#include "map/age_series.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace kokai {
namespace {

constexpr double proved = 0.95;
constexpr std::size_t fewest_classes = 5;

/// The classes of one sex in the order of the schema: male0To4, male5To9 …
std::vector<const Field*> classes_of(const std::vector<const Field*>& free, std::string_view sex) {
    std::vector<const Field*> classes;
    for (const Field* field : free) {
        const std::string& english = field->english;
        if (english.starts_with(sex) && english.size() > sex.size() && english[sex.size()] >= '0' &&
            english[sex.size()] <= '9') {
            classes.push_back(field);
        }
    }
    return classes;
}

std::optional<long long> whole_number(std::string text) {
    std::erase(text, ',');
    long long number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

/// Whether in every row that can be added up the parts make the total.
bool adds_up(const std::vector<SampledColumn>& columns, const std::vector<std::size_t>& parts, std::size_t total) {
    std::size_t checked = 0;
    for (std::size_t row = 0; row < columns[total].values.size(); ++row) {
        const std::optional<long long> wanted = whole_number(columns[total].values[row]);
        std::optional<long long> sum = 0;
        for (const std::size_t part : parts) {
            const std::vector<std::string>& values = columns[part].values;
            const std::optional<long long> one = row < values.size() ? whole_number(values[row]) : std::nullopt;
            sum = sum && one ? std::optional(*sum + *one) : std::nullopt;
        }
        if (wanted && sum && *wanted > 0) {
            if (*wanted != *sum) {
                return false;
            }
            ++checked;
        }
    }
    return checked > 0;
}

/// The columns stem1 … stemN by their numbers, for every stem that has exactly these.
std::map<std::string, std::vector<std::size_t>> series_of(const std::vector<SampledColumn>& columns,
                                                          std::size_t length) {
    std::map<std::string, std::map<int, std::size_t>> numbered;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i].name.number > 0 && !columns[i].name.stem.empty()) {
            numbered[columns[i].name.stem].emplace(columns[i].name.number, i);
        }
    }
    std::map<std::string, std::vector<std::size_t>> complete;
    for (const auto& [stem, by_number] : numbered) {
        if (by_number.size() == length && by_number.begin()->first == 1 &&
            by_number.rbegin()->first == static_cast<int>(length)) {
            for (const auto& one : by_number) {
                complete[stem].push_back(one.second);
            }
        }
    }
    return complete;
}

}  // namespace

std::vector<Proposal> age_series_of(const std::vector<SampledColumn>& columns, const std::vector<const Field*>& free) {
    std::vector<Proposal> all;
    static constexpr std::array<std::array<std::string_view, 2>, 2> sexes{
        {{"male", "malePopulation"}, {"female", "femalePopulation"}}};
    for (const auto& sex : sexes) {
        const std::vector<const Field*> classes = classes_of(free, sex[0]);
        const auto total =
            std::find_if(free.begin(), free.end(), [&](const Field* field) { return field->english == sex[1]; });
        if (classes.size() < fewest_classes || total == free.end()) {
            return {};
        }
        const FieldNames names(**total);
        const auto totals = series_of(columns, classes.size());
        std::vector<std::pair<std::size_t, const std::vector<std::size_t>*>> proofs;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            if (columns[i].name.number != 0 || names.match(columns[i].name, false).score < sure_enough) {
                continue;
            }
            for (const auto& series : totals) {
                if (adds_up(columns, series.second, i)) {
                    proofs.emplace_back(i, &series.second);
                }
            }
        }
        if (proofs.size() != 1) {
            return {};
        }
        const auto& [sum, parts] = proofs.front();
        const std::string& first = columns[parts->front()].header;
        const std::string& last = columns[parts->back()].header;
        for (std::size_t i = 0; i < classes.size(); ++i) {
            Proposal one;
            one.field = classes[i];
            one.columns = {(*parts)[i]};
            one.spec.field = classes[i]->name;
            one.spec.from = {columns[(*parts)[i]].header};
            one.confidence = proved;
            one.evidence = {fmt::format("「{}」〜「{}」は年齢階級と同じ {} 列で、和が「{}」", first, last,
                                        classes.size(), columns[sum].header),
                            fmt::format("{} … {} are as many as the age classes, and add up to {}", first, last,
                                        columns[sum].header)};
            all.push_back(std::move(one));
        }
    }
    return all;
}

}  // namespace kokai
