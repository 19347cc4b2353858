// SPDX-License-Identifier: Apache-2.0
#include "publish/row_key.hpp"

#include "support/text.hpp"
#include "validate/fingerprints.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace kokai {
namespace {

constexpr std::size_t npos = static_cast<std::size_t>(-1);

bool ends_with(std::string_view text, std::string_view end) {
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

template <std::size_t count>
std::size_t first_of(const std::vector<std::string>& columns, const std::array<std::string_view, count>& names,
                     bool as_end) {
    for (const std::string_view name : names) {
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const std::string column = lowered(columns[i]);
            if (as_end ? ends_with(column, name) : column == name) {
                return i;
            }
        }
    }
    return npos;
}

std::size_t id_column(const std::vector<std::string>& columns) {
    constexpr std::array<std::string_view, 9> names{"id",       "no",   "no.",      "fid",     "番号",
                                                    "管理番号", "連番", "整理番号", "識別番号"};
    constexpr std::array<std::string_view, 3> ends{"id", "番号", "コード"};
    const std::size_t exact = first_of(columns, names, false);
    return exact != npos ? exact : first_of(columns, ends, true);
}

/// The values of one column, as fingerprints: all of them, or of a large table those whose fingerprint is divisible,
/// which are the same ones in both editions.
class SampledValues {
public:
    void add(std::string_view value) {
        ++rows_;
        if (value.empty()) {
            ++empty_;
            return;
        }
        const std::uint64_t print = fingerprint_of(11, value);
        if ((print & mask_) != 0) {
            return;
        }
        prints_.push_back(print);
        if (prints_.size() == most) {
            narrow(mask_ * 2 + 1);
        }
    }
    void narrow(std::uint64_t mask) {
        mask_ = mask;
        prints_.erase(
            std::remove_if(prints_.begin(), prints_.end(), [mask](std::uint64_t print) { return (print & mask) != 0; }),
            prints_.end());
    }
    void sort() { std::sort(prints_.begin(), prints_.end()); }
    [[nodiscard]] std::uint64_t mask() const { return mask_; }
    [[nodiscard]] const std::vector<std::uint64_t>& prints() const { return prints_; }
    /// At most one in twenty is empty or doubled: a slip here and there is no reason to compare rows as a whole.
    [[nodiscard]] bool name_rows() const {
        std::size_t doubled = 0;
        for (std::size_t i = 1; i < prints_.size(); ++i) {
            doubled += prints_[i] == prints_[i - 1] ? 1U : 0U;
        }
        return empty_ * 20 <= rows_ && doubled * 20 <= prints_.size();
    }

private:
    static constexpr std::size_t most = std::size_t{1} << 20U;
    std::uint64_t rows_ = 0, empty_ = 0, mask_ = 0;
    std::vector<std::uint64_t> prints_;
};

bool names_rows_in_both(SampledValues& before, SampledValues& now) {
    const std::uint64_t mask = std::max(before.mask(), now.mask());
    for (SampledValues* values : {&before, &now}) {
        values->narrow(mask);
        values->sort();
    }
    if (!before.name_rows() || !now.name_rows()) {
        return false;
    }
    std::vector<std::uint64_t> common;
    std::set_intersection(before.prints().begin(), before.prints().end(), now.prints().begin(), now.prints().end(),
                          std::back_inserter(common));
    return common.size() * 2 >= std::min(before.prints().size(), now.prints().size());
}

}  // namespace

TellingColumns telling_columns(const std::vector<std::string>& columns) {
    constexpr std::array<std::string_view, 6> names{"名称", "施設名", "学校名", "イベント名", "name", "名前"};
    constexpr std::array<std::string_view, 4> name_ends{"名称", "施設名", "名", "name"};
    constexpr std::array<std::string_view, 7> addresses{"所在地_連結表記", "所在地", "住所",   "所在地_町字",
                                                        "設置場所",        "場所",   "address"};
    constexpr std::array<std::string_view, 3> latitudes{"緯度", "latitude", "lat"};
    constexpr std::array<std::string_view, 4> longitudes{"経度", "longitude", "lon", "lng"};
    TellingColumns telling;
    telling.name = first_of(columns, names, false);
    if (telling.name == npos) {
        telling.name = first_of(columns, name_ends, true);
    }
    telling.address = first_of(columns, addresses, false);
    telling.latitude = first_of(columns, latitudes, false);
    telling.longitude = first_of(columns, longitudes, false);
    return telling;
}

std::pair<RowKey, std::vector<std::string>> choose_key(const CsvRows& before, const CsvRows& now,
                                                       const std::vector<std::string>& declared) {
    const auto number_in = [](const CsvRows& rows, const std::string& name) {
        const auto found = std::find(rows.columns().begin(), rows.columns().end(), name);
        return found == rows.columns().end() ? npos : static_cast<std::size_t>(found - rows.columns().begin());
    };
    const bool usable = std::all_of(declared.begin(), declared.end(), [&](const std::string& name) {
        return number_in(before, name) != npos && number_in(now, name) != npos;
    });
    if (!declared.empty() && usable) {
        return {RowKey::declared, declared};
    }
    struct Candidate {
        std::size_t before, now;
        SampledValues values_before{}, values_now{};
    };
    std::vector<Candidate> candidates;
    for (const std::size_t column : {id_column(now.columns()), telling_columns(now.columns()).name, std::size_t{0}}) {
        if (column < now.columns().size()) {
            const std::size_t other = number_in(before, now.columns()[column]);
            const bool known = std::any_of(candidates.begin(), candidates.end(),
                                           [&](const Candidate& one) { return one.now == column; });
            if (other != npos && !known) {
                candidates.push_back({other, column});
            }
        }
    }
    if (!candidates.empty()) {
        before.walk([&](std::size_t, const std::vector<std::string_view>& cells) {
            for (Candidate& one : candidates) {
                one.values_before.add(cells[one.before]);
            }
        });
        now.walk([&](std::size_t, const std::vector<std::string_view>& cells) {
            for (Candidate& one : candidates) {
                one.values_now.add(cells[one.now]);
            }
        });
    }
    for (Candidate& one : candidates) {
        if (names_rows_in_both(one.values_before, one.values_now)) {
            return {RowKey::found, {now.columns()[one.now]}};
        }
    }
    return {RowKey::whole, {}};
}

}  // namespace kokai
