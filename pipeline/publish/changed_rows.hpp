// SPDX-License-Identifier: Apache-2.0
// The second look of a comparison: rows that changed, cell by cell; how far they moved; and whether a thing that stayed
// has another ID now.
#pragma once

#include "publish/edition_diff.hpp"
#include "support/external_sort.hpp"

#include <cstdint>
#include <functional>
#include <vector>

namespace kokai {

/// Columns by their numbers: those in common side by side, and the key's.
struct ComparedColumns {
    std::vector<std::size_t> before, now, key_before, key_now;
};

class ChangedRows {
public:
    ChangedRows(const CsvRows& before, const CsvRows& now, ComparedColumns columns, const DiffOptions& options,
                const std::function<void(const RowChange&)>& tell);

    // Rows by their places.
    void removed(std::uint64_t before);
    void added(std::uint64_t now);
    void changed(std::uint64_t before, std::uint64_t now);

    /// After the last: fills in moves and renumbered rows; the tallies of the common columns. `filled_now`: how many
    /// cells of each column of the new edition hold something.
    std::vector<ColumnDiff> finish(TableDiff& diff, const std::vector<std::uint64_t>& filled_now);

private:
    /// What a row says of itself besides its ID.
    struct Print {
        std::uint64_t print = 0, place = 0, key = 0;
        bool operator<(const Print& other) const {
            return print != other.print ? print < other.print : place < other.place;
        }
    };
    struct Side {
        Side(const CsvRows& table, std::vector<std::size_t> common_columns, std::vector<std::size_t> key_columns,
             const DiffOptions& options);
        const CsvRows& rows;
        std::vector<std::size_t> common, key;
        std::vector<bool> is_key;  // of the common columns
        TellingColumns telling;
        ExternalSort<Print> contents, identities;

        [[nodiscard]] std::vector<std::string> id_of(const std::vector<std::string>& row) const;
        [[nodiscard]] std::string name_of(const std::vector<std::string>& row) const;
        [[nodiscard]] std::optional<DiffPoint> point_of(const std::vector<std::string>& row) const;
        [[nodiscard]] std::uint64_t identity_of(const std::vector<std::string>& row) const;
        void keep_prints(std::uint64_t place, const std::vector<std::string>& row, std::uint64_t identity);
    };
    struct Tally {
        std::uint64_t changed = 0, filled = 0, plain = 0, sum_before = 0, sum_now = 0;
        std::vector<std::uint64_t> former;  // fingerprints of some former values
    };

    void look();
    void tell_whole(RowEvent event, const Side& side, const std::vector<std::string>& row);
    void match(ExternalSort<Print>& before, ExternalSort<Print>& now, std::vector<std::uint64_t>& places,
               TableDiff& diff);

    Side before_, now_;
    const DiffOptions& options_;
    const std::function<void(const RowChange&)>& tell_;
    bool by_id_;  // what a thing is can be told besides its key
    std::vector<Tally> tallies_;
    std::uint64_t unpaired_positions_ = 0, moved_ = 0, looked_at_ = 0;
    double moved_most_ = 0;
};

}  // namespace kokai
