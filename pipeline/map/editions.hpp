// SPDX-License-Identifier: Apache-2.0
// From one edition of the standard to the other (v1 推奨データセット, v2 自治体標準オープンデータセット), before the
// mapping: what an other name cannot do. 都道府県名 + 市区町村名 <-> 地方公共団体名, 住所 + 方書 <-> 所在地_…,
// バリアフリー情報 <-> yes/no fields. What cannot be carried is told cell by cell.
#pragma once

#include "engine/stage.hpp"
#include "map/barrier_free.hpp"
#include "model/dataset.hpp"
#include "model/schema.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kokai {

/// v2/aed for v1/aed and the other way; empty for tables that are no edition of a standard.
std::string other_edition(std::string_view schema_id);

/// Whether the headers are the names of `other` where the two editions differ, rather than those of `schema`.
bool is_of_edition(const Shape& shape, const Schema& other, const Schema& schema);

class ChangeEdition : public Transform {
public:
    /// `from` and `to` live as long as the run. What `table` maps itself is not touched.
    ChangeEdition(const Schema& from, const Schema& to, const TableSpec& table);

    Shape bind(const Shape& in) override;
    void run(Batch& batch, Findings& findings) const override;

    [[nodiscard]] const Schema& from() const { return from_; }
    /// Fields that get their values here; and source columns that are used up by them.
    [[nodiscard]] bool makes(std::string_view field) const;
    [[nodiscard]] const std::vector<ColumnInfo>& made() const { return made_; }
    [[nodiscard]] bool uses_up(std::string_view header) const;
    /// Columns that nobody publishes: every value in them is told.
    void tell_lost(const std::vector<std::string>& headers);

private:
    /// The fields that an address of v2 is divided over, by their names for programs.
    static constexpr std::array<std::string_view, 5> parts_in_english{"locatedLocalGovernmentCode", "prefecture",
                                                                      "city", "streetAddress", "cityBlock"};

    enum class What : std::uint8_t {
        join_name,
        part_name,
        join_address,
        part_address,
        cut_address,
        copy,
        flags,
        words
    };
    struct Step {
        What what;
        std::vector<std::size_t> from;  // columns of the source; npos for one that it does not have
        std::vector<std::size_t> to;    // columns made, in the order of `made_`; npos where nobody wants it
        std::vector<std::string> names;
    };
    /// Where a value stands, too, so that it is not lost with its column.
    enum class Elsewhere : std::uint8_t { nowhere, in_address, said_by_address, other_code, in_words };
    struct Lost {
        std::size_t column;
        Elsewhere elsewhere;
    };
    using Texts = std::vector<std::string>;

    [[nodiscard]] std::size_t column(std::string_view name) const;
    [[nodiscard]] std::size_t column_of_english(std::string_view english) const;
    bool add(What what, std::vector<std::size_t> from, const Texts& to);
    void use_up(std::size_t column);
    void plan();
    void plan_addresses(bool to_v2);
    void plan_barrier_free();
    void plan_barrier_free_text();

    void join_name(const Step& step, Batch& batch, std::vector<Column>& made) const;
    void part_name(const Step& step, Batch& batch, std::vector<Column>& made, Findings& findings) const;
    void join_address(const Step& step, Batch& batch, std::vector<Column>& made, Findings& findings) const;
    void part_address(const Step& step, Batch& batch, std::vector<Column>& made, Findings& findings) const;
    void cut_address(const Step& step, Batch& batch, std::vector<Column>& made, Findings& findings) const;
    void read_flags(const Step& step, Batch& batch, std::vector<Column>& made, Findings& findings) const;
    void write_words(const Step& step, Batch& batch, std::vector<Column>& made) const;
    void tell(Batch& batch, Findings& findings) const;
    [[nodiscard]] Elsewhere where_else(std::size_t column) const;
    [[nodiscard]] bool is_carried(const Batch& batch, std::size_t row, Cell cell, Elsewhere elsewhere) const;

    const Schema& from_;
    const Schema& to_;
    TableSpec table_;
    Shape in_;
    std::vector<Step> steps_;
    std::vector<ColumnInfo> made_;
    std::vector<bool> used_up_;
    std::vector<Lost> lost_;
    std::size_t address_ = Shape::npos;  // the column with the whole address
    std::size_t code_ = Shape::npos;     // the publisher's code
    std::size_t prefecture_ = Shape::npos;
    std::size_t city_ = Shape::npos;
    bool writes_address_ = false;
    bool writes_words_ = false;
    std::optional<BarrierFreeWords> words_;
};

}  // namespace kokai
