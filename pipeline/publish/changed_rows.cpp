// SPDX-License-Identifier: Apache-2.0
#include "publish/changed_rows.hpp"

#include "model/earth.hpp"
#include "support/decimal.hpp"
#include "validate/fingerprints.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace kokai {
namespace {

constexpr std::size_t npos = TellingColumns::npos;
constexpr std::size_t renumbered_examples = 1000;

/// A number, a day or a time, in digits: what is another in every edition of a statistic.
bool is_plain(std::string_view text) {
    constexpr std::string_view signs = "+-.,:/% TZ年月日時分令和平成";
    bool digit = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] >= '0' && text[i] <= '9') {
            digit = true;
        } else if (static_cast<unsigned char>(text[i]) < 0x80) {
            if (signs.find(text[i]) == std::string_view::npos) {
                return false;
            }
        } else {
            if (i + 3 > text.size() || signs.find(text.substr(i, 3)) == std::string_view::npos) {
                return false;
            }
            i += 2;
        }
    }
    return digit;
}

}  // namespace

double metres_between(const DiffPoint& one, const DiffPoint& other) {
    constexpr double radians = 3.14159265358979323846 / 180;
    const double north = (other.latitude - one.latitude) * metres_per_degree;
    const double east =
        (other.longitude - one.longitude) * metres_per_degree * std::cos((one.latitude + other.latitude) / 2 * radians);
    return std::hypot(north, east);
}

ChangedRows::Side::Side(const CsvRows& table, std::vector<std::size_t> common_columns,
                        std::vector<std::size_t> key_columns, const DiffOptions& options)
    : rows(table), common(std::move(common_columns)), key(std::move(key_columns)),
      telling(telling_columns(table.columns())), contents(options.scratch, options.sort_bytes / 4),
      identities(options.scratch, options.sort_bytes / 4) {
    for (const std::size_t column : common) {
        is_key.push_back(std::find(key.begin(), key.end(), column) != key.end());
    }
}

std::vector<std::string> ChangedRows::Side::id_of(const std::vector<std::string>& row) const {
    constexpr std::size_t cells_of_whole_row = 3;
    std::vector<std::string> id;
    if (key.empty()) {
        for (std::size_t i = 0; i < row.size() && id.size() < cells_of_whole_row; ++i) {
            if (!row[i].empty()) {
                id.push_back(row[i]);
            }
        }
    }
    for (const std::size_t column : key) {
        id.push_back(row[column]);
    }
    return id;
}

std::string ChangedRows::Side::name_of(const std::vector<std::string>& row) const {
    const bool in_id = std::find(key.begin(), key.end(), telling.name) != key.end();
    return telling.name == npos || in_id ? std::string() : row[telling.name];
}

std::optional<DiffPoint> ChangedRows::Side::point_of(const std::vector<std::string>& row) const {
    if (telling.latitude == npos || telling.longitude == npos) {
        return std::nullopt;
    }
    const std::optional<double> latitude = parse_decimal(row[telling.latitude]);
    const std::optional<double> longitude = parse_decimal(row[telling.longitude]);
    if (!latitude || !longitude || std::abs(*latitude) > 90 || std::abs(*longitude) > 180) {
        return std::nullopt;
    }
    return DiffPoint{*longitude, *latitude};
}

/// Its name and where it is; 0 where it does not say.
std::uint64_t ChangedRows::Side::identity_of(const std::vector<std::string>& row) const {
    if (telling.name == npos || row[telling.name].empty()) {
        return 0;
    }
    std::uint64_t print = fingerprint_of(21, row[telling.name]);
    for (const std::size_t column :
         telling.address != npos ? std::vector{telling.address} : std::vector{telling.latitude, telling.longitude}) {
        print = column == npos ? print : fingerprint_of(print, row[column]);
    }
    return print;
}

void ChangedRows::Side::keep_prints(std::uint64_t place, const std::vector<std::string>& row, std::uint64_t identity) {
    std::uint64_t content = 22;
    std::uint64_t id = 23;
    bool says_something = false;
    for (std::size_t i = 0; i < common.size(); ++i) {
        if (!is_key[i]) {
            content = fingerprint_of(content, row[common[i]]);
            says_something = says_something || !row[common[i]].empty();
        }
    }
    for (const std::size_t column : key) {
        id = fingerprint_of(id, row[column]);
    }
    if (says_something) {
        contents.add({content, place, id});
    }
    if (identity != 0) {
        identities.add({identity, place, id});
    }
}

ChangedRows::ChangedRows(const CsvRows& before, const CsvRows& now, ComparedColumns columns, const DiffOptions& options,
                         const std::function<void(const RowChange&)>& tell)
    : before_(before, std::move(columns.before), std::move(columns.key_before), options),
      now_(now, std::move(columns.now), std::move(columns.key_now), options), options_(options), tell_(tell),
      tallies_(now_.common.size()) {
    // A table whose key is the name has nothing else that says what a thing is.
    const auto& key = now_.key;
    by_id_ = !key.empty() && std::find(key.begin(), key.end(), now_.telling.name) == key.end();
}

void ChangedRows::tell_whole(RowEvent event, const Side& side, const std::vector<std::string>& row) {
    if (!tell_) {
        return;
    }
    RowChange change{event, side.id_of(row), side.name_of(row), {}, {}, {}, 0};
    for (std::size_t i = 0; i < row.size(); ++i) {
        if (!row[i].empty()) {
            change.cells.push_back({side.rows.columns()[i], {}, {}});
            (event == RowEvent::removed ? change.cells.back().before : change.cells.back().now) = row[i];
        }
    }
    (event == RowEvent::removed ? change.before : change.now) = side.point_of(row);
    tell_(change);
}

/// Each row that is looked at brings its neighbours into memory.
void ChangedRows::look() {
    constexpr std::uint64_t at_once = 128;
    if (++looked_at_ % at_once == 0) {
        before_.rows.forget();
        now_.rows.forget();
    }
}

void ChangedRows::removed(std::uint64_t before) {
    if (!by_id_ && !tell_) {
        return;
    }
    look();
    const std::vector<std::string> row = before_.rows.row(before);
    if (by_id_) {
        before_.keep_prints(before, row, before_.identity_of(row));
    }
    tell_whole(RowEvent::removed, before_, row);
}

void ChangedRows::added(std::uint64_t now) {
    look();
    const std::vector<std::string> row = now_.rows.row(now);
    unpaired_positions_ += now_.point_of(row) ? 1U : 0U;
    if (by_id_) {
        now_.keep_prints(now, row, now_.identity_of(row));
    }
    tell_whole(RowEvent::added, now_, row);
}

void ChangedRows::changed(std::uint64_t before, std::uint64_t now) {
    constexpr std::size_t kept_values = 4096;
    look();
    const std::vector<std::string> former = before_.rows.row(before);
    const std::vector<std::string> current = now_.rows.row(now);
    RowChange change;
    for (std::size_t i = 0; i < tallies_.size(); ++i) {
        const std::string& was = former[before_.common[i]];
        const std::string& is = current[now_.common[i]];
        if (was == is) {
            continue;
        }
        Tally& tally = tallies_[i];
        const std::uint64_t print = fingerprint_of(24, was);
        ++tally.changed;
        tally.sum_before += print;
        tally.sum_now += fingerprint_of(24, is);
        if (!is.empty()) {
            ++tally.filled;
            tally.plain += is_plain(is) ? 1U : 0U;
        }
        if (tally.former.size() < kept_values && !was.empty()) {
            tally.former.push_back(print);
        }
        if (tell_) {
            change.cells.push_back({now_.rows.columns()[now_.common[i]], was, is});
        }
    }
    const std::optional<DiffPoint> from = before_.point_of(former);
    const std::optional<DiffPoint> to = now_.point_of(current);
    double metres = 0;
    if (from && to) {
        metres = metres_between(*from, *to);
        moved_ += metres >= options_.moved_metres ? 1U : 0U;
        moved_most_ = std::max(moved_most_, metres);
    } else {
        unpaired_positions_ += to ? 1U : 0U;
    }
    if (by_id_) {
        const std::uint64_t was = before_.identity_of(former);
        const std::uint64_t is = now_.identity_of(current);
        if (was == 0 || was != is) {
            before_.keep_prints(before, former, was);
            now_.keep_prints(now, current, is);
        }
    }
    if (tell_) {
        change.id = now_.id_of(current);
        change.name = now_.name_of(current);
        change.before = from;
        change.now = to;
        change.metres = metres;
        tell_(change);
    }
}

/// Things that only one row of each edition is like, and whose IDs differ.
void ChangedRows::match(ExternalSort<Print>& before, ExternalSort<Print>& now, std::vector<std::uint64_t>& places,
                        TableDiff& diff) {
    before.sort();
    now.sort();
    Print former;
    Print current;
    bool more_before = before.next(former);
    bool more_now = now.next(current);
    const auto skip = [](ExternalSort<Print>& prints, Print& head, bool& more) {
        const std::uint64_t print = head.print;
        std::size_t count = 0;
        while (more && head.print == print) {
            ++count;
            more = prints.next(head);
        }
        return count;
    };
    while (more_before && more_now) {
        if (former.print < current.print) {
            skip(before, former, more_before);
        } else if (current.print < former.print) {
            skip(now, current, more_now);
        } else {
            const Print one = former;
            const Print other = current;
            const std::size_t count = skip(before, former, more_before);
            if (count + skip(now, current, more_now) == 2 && one.key != other.key) {
                places.push_back(one.place);
                if (diff.renumbered_examples.size() < renumbered_examples) {
                    const std::vector<std::string> was = before_.rows.row(one.place);
                    const std::vector<std::string> is = now_.rows.row(other.place);
                    const auto joined = [](const std::vector<std::string>& cells) {
                        std::string text;
                        for (const std::string& cell : cells) {
                            text += (text.empty() ? "" : " ") + cell;
                        }
                        return text;
                    };
                    diff.renumbered_examples.push_back(
                        {joined(before_.id_of(was)), joined(now_.id_of(is)), now_.name_of(is)});
                }
            }
        }
    }
}

std::vector<ColumnDiff> ChangedRows::finish(TableDiff& diff, const std::vector<std::uint64_t>& filled_now) {
    const std::size_t latitude = now_.telling.latitude;
    if (latitude != npos && latitude < filled_now.size()) {
        diff.positions = filled_now[latitude] - std::min(filled_now[latitude], unpaired_positions_);
    }
    diff.moved = moved_;
    diff.moved_most = moved_most_;
    std::vector<std::uint64_t> places;
    match(before_.contents, now_.contents, places, diff);
    match(before_.identities, now_.identities, places, diff);
    std::sort(places.begin(), places.end());
    diff.renumbered = static_cast<std::uint64_t>(std::unique(places.begin(), places.end()) - places.begin());

    std::vector<ColumnDiff> columns;
    for (std::size_t i = 0; i < tallies_.size(); ++i) {
        Tally& tally = tallies_[i];
        std::sort(tally.former.begin(), tally.former.end());
        const std::size_t kept = tally.former.size();
        const auto distinct =
            static_cast<std::size_t>(std::unique(tally.former.begin(), tally.former.end()) - tally.former.begin());
        columns.push_back({.name = now_.rows.columns()[now_.common[i]],
                           .changed = tally.changed,
                           .telling = kept > 0 && distinct * 2 >= kept,
                           .plain = tally.filled > 0 && tally.plain * 10 >= tally.filled * 9,
                           .swapped = tally.changed > 0 && tally.sum_before == tally.sum_now});
    }
    return columns;
}

}  // namespace kokai
