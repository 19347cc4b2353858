// SPDX-License-Identifier: Apache-2.0
// The privacy gate of one table: looks at every cell that was read before anything is done to it (so that columns which
// nobody publishes are seen as well), at what the reader left out, and masks what any finding quotes.
#pragma once

#include "engine/stage.hpp"
#include "read/left_out.hpp"
#include "validate/private/patterns.hpp"
#include "validate/private/person_columns.hpp"
#include "validate/private/senses.hpp"

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace kokai {

class PrivacyGate : public LeftOutWatch {
public:
    /// The half that runs side by side, first of all transforms: finds.
    [[nodiscard]] std::unique_ptr<Transform> scan();
    /// The half in row order: judges columns and tells.
    [[nodiscard]] std::unique_ptr<Check> tell();
    /// Both at once for a source that is held as a whole (a join, a cross table), where rows of the table are no rows
    /// of the source.
    [[nodiscard]] std::unique_ptr<Check> tell_source();

    void see(const LeftOutPlace& place, std::string_view text) override;

    /// Masks what findings quote. From any thread.
    void conceal(Findings& findings);
    /// Whether a value of this source column was told: then previews mask it.
    [[nodiscard]] bool told(const ColumnInfo& column) const;

private:
    class Scan;
    class Tell;
    class TellSource;

    struct Hit {
        PrivateKind kind{};
        bool sure = true;
        bool alone = false;
        std::uint32_t row = 0;     // of the batch
        std::uint32_t column = 0;  // of the source's shape
        std::string masked;
        bool left_out = false;  // struck out within its cell
    };
    struct ColumnNumbers {
        TwelveDigits alone, inside;
    };
    struct Looked {
        std::vector<Hit> hits;
        std::vector<ColumnNumbers> numbers;  // by column
    };
    struct LeftOutHit {
        LeftOutPlace place;
        PrivateKind kind{};
        bool sure = true;
        bool alone = false;
        std::string masked;
        bool operator<(const LeftOutHit& other) const;
    };
    struct LeftOutColumn {
        ColumnSense sense;
        ColumnNumbers numbers;
        unsigned texts = 0;  // looked at as headers
    };

    void bind_source(const Shape& shape);
    void bind_published(const Shape& shape);
    [[nodiscard]] Looked look(const Batch& batch, const Findings& findings) const;
    void look_at_births(const Batch& batch, Looked& looked) const;
    void tell_batch(const Batch& batch, const Looked& looked, Findings& findings);
    void tell_left_out(Findings& findings);
    void look_at_person_columns(const Batch& batch);
    void tell_person_columns(Findings& findings) const;
    struct KnownColumn {
        ColumnSense sense;
        std::unique_ptr<ColumnInfo> masked;  // when its own name is a private value: a table without a header
    };
    const KnownColumn* known(const ColumnInfo* column);

    Shape shape_;                           // of the source
    std::vector<ColumnSense> senses_;       // by column of it
    std::vector<const ColumnInfo*> shown_;  // how findings name it: the published column, where there is one
    std::vector<ColumnNumbers> so_far_;     // in row order
    std::vector<std::size_t> births_, texts_;
    bool has_person_column_ = false;
    std::vector<PersonColumn> persons_;

    mutable std::mutex mutex_;
    mutable std::map<std::uint64_t, Looked> looked_;  // batches between the two halves
    std::unordered_map<const ColumnInfo*, KnownColumn> known_;
    std::set<std::size_t> filled_persons_;                    // columns of persons_ with a value
    std::set<std::pair<std::uint16_t, std::uint32_t>> told_;  // source, column
    std::set<LeftOutHit> left_out_;
    std::map<std::pair<std::uint32_t, std::uint32_t>, LeftOutColumn> left_out_columns_;  // source and sheet, column
    PlainText buffer_;
};

}  // namespace kokai
