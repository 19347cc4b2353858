// SPDX-License-Identifier: Apache-2.0
// Both files become fingerprints sorted by key; one walk over the two finds what differs; only those rows are read
// again, cell by cell.
#include "publish/edition_diff.hpp"

#include "publish/changed_rows.hpp"
#include "publish/row_key.hpp"
#include "support/external_sort.hpp"
#include "validate/fingerprints.hpp"

#include <algorithm>
#include <exception>
#include <set>
#include <thread>
#include <tuple>

namespace kokai {
namespace {

constexpr std::uint64_t nowhere = ~std::uint64_t{0};

struct KeyedRow {
    std::uint64_t key_high = 0, key_low = 0, content = 0, place = 0;
    [[nodiscard]] bool has_key_of(const KeyedRow& other) const {
        return key_high == other.key_high && key_low == other.key_low;
    }
    bool operator<(const KeyedRow& other) const {
        return key_high != other.key_high ? key_high < other.key_high
               : key_low != other.key_low ? key_low < other.key_low
                                          : place < other.place;
    }
};

/// A row of one edition as the other one sees it.
struct Met {
    std::uint64_t order = 0, other = nowhere;
    bool operator<(const Met& that) const { return order < that.order; }
};

struct Scanned {
    Scanned(const std::filesystem::path& scratch, std::size_t bytes) : rows(scratch, bytes) {}
    ExternalSort<KeyedRow> rows;
    std::vector<std::uint64_t> filled;
};

/// `key` and `common` are columns of this table; an empty key stands for the whole row.
void scan(const CsvRows& rows, const std::vector<std::size_t>& key, const std::vector<std::size_t>& common,
          Scanned& into) {
    into.filled.assign(rows.columns().size(), 0);
    rows.walk([&](std::size_t place, const std::vector<std::string_view>& cells) {
        KeyedRow row{1, 2, 3, place};
        for (const std::size_t column : common) {
            row.content = fingerprint_of(row.content, cells[column]);
        }
        bool named = false;
        for (const std::size_t column : key) {
            row.key_high = fingerprint_of(row.key_high, cells[column]);
            row.key_low = fingerprint_of(row.key_low, cells[column]);
            named = named || !cells[column].empty();
        }
        if (!named) {
            row.key_high = row.content;
            row.key_low = 4;
            for (const std::size_t column : common) {
                row.key_low = fingerprint_of(row.key_low, cells[column]);
            }
        }
        for (std::size_t i = 0; i < into.filled.size(); ++i) {
            into.filled[i] += cells[i].empty() ? 0U : 1U;
        }
        into.rows.add(row);
    });
    into.rows.sort();
}

/// The rows of a key, one after another.
class Groups {
public:
    explicit Groups(ExternalSort<KeyedRow>& rows) : rows_(rows) { more_ = rows_.next(head_); }
    [[nodiscard]] bool more() const { return more_; }
    [[nodiscard]] const KeyedRow& head() const { return head_; }
    void take(std::vector<KeyedRow>& group) {
        group.clear();
        do {
            group.push_back(head_);
            more_ = rows_.next(head_);
        } while (more_ && head_.has_key_of(group.front()));
    }

private:
    ExternalSort<KeyedRow>& rows_;
    KeyedRow head_;
    bool more_ = false;
};

/// Takes out of both what is the same in both, however often.
std::uint64_t take_out_same(std::vector<KeyedRow>& before, std::vector<KeyedRow>& now) {
    if (before.size() == 1 && now.size() == 1 && before.front().content != now.front().content) {
        return 0;
    }
    const auto by_content = [](const KeyedRow& a, const KeyedRow& b) {
        return a.content != b.content ? a.content < b.content : a.place < b.place;
    };
    std::sort(before.begin(), before.end(), by_content);
    std::sort(now.begin(), now.end(), by_content);
    std::vector<KeyedRow> only_before;
    std::vector<KeyedRow> only_now;
    std::uint64_t same = 0;
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < before.size() || j < now.size()) {
        if (j == now.size() || (i < before.size() && before[i].content < now[j].content)) {
            only_before.push_back(before[i++]);
        } else if (i == before.size() || now[j].content < before[i].content) {
            only_now.push_back(now[j++]);
        } else {
            ++same;
            ++i;
            ++j;
        }
    }
    std::sort(only_before.begin(), only_before.end());
    std::sort(only_now.begin(), only_now.end());
    before.swap(only_before);
    now.swap(only_now);
    return same;
}

/// Which columns the editions have in common, each with its number in either.
struct CommonColumns {
    std::vector<std::size_t> before, now;  // side by side
    std::vector<std::size_t> only_before, only_now;
};

CommonColumns common_columns(const std::vector<std::string>& before, const std::vector<std::string>& now) {
    CommonColumns columns;
    std::vector<bool> taken(before.size());
    for (std::size_t i = 0; i < now.size(); ++i) {
        std::size_t found = 0;
        while (found < before.size() && (taken[found] || before[found] != now[i])) {
            ++found;
        }
        if (found == before.size()) {
            columns.only_now.push_back(i);
            continue;
        }
        taken[found] = true;
        columns.before.push_back(found);
        columns.now.push_back(i);
    }
    for (std::size_t i = 0; i < before.size(); ++i) {
        if (!taken[i]) {
            columns.only_before.push_back(i);
        }
    }
    return columns;
}

std::vector<std::size_t> numbers_of(const std::vector<std::string>& names, const std::vector<std::string>& columns) {
    std::vector<std::size_t> numbers;
    for (const std::string& name : names) {
        const auto found = std::find(columns.begin(), columns.end(), name);
        if (found != columns.end()) {
            numbers.push_back(static_cast<std::size_t>(found - columns.begin()));
        }
    }
    return numbers;
}

/// Columns of which one edition has the one and the other the other, and the same values.
void find_renamed(const CsvRows& before, const CsvRows& now, const CommonColumns& columns,
                  const std::vector<std::pair<std::uint64_t, std::uint64_t>>& sample, TableDiff& diff) {
    struct Tally {
        std::uint64_t same = 0, filled = 0;
    };
    std::vector<Tally> tallies(columns.only_before.size() * columns.only_now.size());
    for (const auto& [place_before, place_now] : sample) {
        const std::vector<std::string> former = before.row(place_before);
        const std::vector<std::string> current = now.row(place_now);
        std::size_t at = 0;
        for (const std::size_t one : columns.only_before) {
            for (const std::size_t other : columns.only_now) {
                tallies[at].filled += former[one].empty() && current[other].empty() ? 0U : 1U;
                tallies[at].same += !former[one].empty() && former[one] == current[other] ? 1U : 0U;
                ++at;
            }
        }
    }
    std::set<std::string> taken;
    std::size_t at = 0;
    for (const std::size_t one : columns.only_before) {
        bool found = false;
        for (const std::size_t other : columns.only_now) {
            const Tally& tally = tallies[at++];
            // Four in five, of a few at least: one column of 有 and 無 is like another by chance less often.
            if (!found && tally.filled >= 3 && tally.same * 5 >= tally.filled * 4 &&
                taken.insert(now.columns()[other]).second) {
                diff.columns_renamed.emplace_back(before.columns()[one], now.columns()[other]);
                found = true;
            }
        }
        if (!found) {
            diff.columns_removed.push_back(before.columns()[one]);
        }
    }
    for (const std::size_t other : columns.only_now) {
        if (!taken.contains(now.columns()[other])) {
            diff.columns_added.push_back(now.columns()[other]);
        }
    }
}

}  // namespace

TableDiff compare_tables(const CsvRows& before, const CsvRows& now, const DiffOptions& options,
                         const std::function<void(const RowChange&)>& tell) {
    constexpr std::size_t sampled_pairs = 1000;
    TableDiff diff;
    const CommonColumns columns = common_columns(before.columns(), now.columns());
    diff.columns_reordered = !std::is_sorted(columns.before.begin(), columns.before.end());
    std::tie(diff.by, diff.key) = choose_key(before, now, options.key);
    const std::vector<std::size_t> key_before = numbers_of(diff.key, before.columns());
    const std::vector<std::size_t> key_now = numbers_of(diff.key, now.columns());

    Scanned scanned_before(options.scratch, options.sort_bytes);
    Scanned scanned_now(options.scratch, options.sort_bytes);
    std::exception_ptr failure;
    std::thread other([&] {
        try {
            scan(before, key_before, columns.before, scanned_before);
        } catch (...) {
            failure = std::current_exception();
        }
    });
    try {
        scan(now, key_now, columns.now, scanned_now);
    } catch (...) {
        other.join();
        throw;
    }
    other.join();
    if (failure) {
        std::rethrow_exception(failure);
    }
    diff.rows_before = scanned_before.rows.size();
    diff.rows_now = scanned_now.rows.size();

    ExternalSort<Met> gone(options.scratch, options.sort_bytes / 4);
    ExternalSort<Met> here(options.scratch, options.sort_bytes / 4);  // added and changed
    std::vector<std::pair<std::uint64_t, std::uint64_t>> sample;
    const bool may_be_renamed = diff.by != RowKey::whole && !columns.only_before.empty() && !columns.only_now.empty();
    Groups groups_before(scanned_before.rows);
    Groups groups_now(scanned_now.rows);
    std::vector<KeyedRow> former;
    std::vector<KeyedRow> current;
    while (groups_before.more() || groups_now.more()) {
        former.clear();
        current.clear();
        if (!groups_now.more() || (groups_before.more() && !groups_now.head().has_key_of(groups_before.head()) &&
                                   groups_before.head() < groups_now.head())) {
            groups_before.take(former);
        } else {
            if (groups_before.more() && groups_now.head().has_key_of(groups_before.head())) {
                groups_before.take(former);
            }
            groups_now.take(current);
        }
        if (diff.by != RowKey::whole) {
            diff.doubled_before += former.empty() ? 0 : former.size() - 1;
            diff.doubled_now += current.empty() ? 0 : current.size() - 1;
        }
        if (may_be_renamed && !former.empty() && !current.empty() && sample.size() < sampled_pairs) {
            sample.emplace_back(former.front().place, current.front().place);
        }
        diff.same += take_out_same(former, current);
        const std::size_t pairs = std::min(former.size(), current.size());
        for (std::size_t i = 0; i < former.size() || i < current.size(); ++i) {
            if (i < pairs) {
                here.add({current[i].place, former[i].place});
            } else if (i < former.size()) {
                gone.add({former[i].place, nowhere});
            } else {
                here.add({current[i].place, nowhere});
            }
        }
        diff.changed += pairs;
    }
    diff.removed = gone.size();
    diff.added = here.size() - diff.changed;
    find_renamed(before, now, columns, sample, diff);

    ChangedRows rows(before, now, {columns.before, columns.now, key_before, key_now}, options, tell);
    gone.sort();
    for (Met met; gone.next(met);) {
        rows.removed(met.order);
    }
    here.sort();
    for (Met met; here.next(met);) {
        if (met.other == nowhere) {
            rows.added(met.order);
        } else {
            rows.changed(met.other, met.order);
        }
    }
    std::vector<ColumnDiff> compared = rows.finish(diff, scanned_now.filled);
    diff.columns.clear();
    for (std::size_t i = 0, at = 0; i < now.columns().size(); ++i) {
        if (at < columns.now.size() && columns.now[at] == i) {
            diff.columns.push_back(std::move(compared[at]));
            diff.columns.back().filled_before = scanned_before.filled[columns.before[at]];
            ++at;
        } else {
            diff.columns.push_back({.name = now.columns()[i], .in_before = false});
        }
        diff.columns.back().filled_now = scanned_now.filled[i];
    }
    for (const std::size_t column : columns.only_before) {
        diff.columns.push_back({.name = before.columns()[column], .in_now = false});
        diff.columns.back().filled_before = scanned_before.filled[column];
    }
    return diff;
}

}  // namespace kokai
