// SPDX-License-Identifier: Apache-2.0
// The columns of an address in 自治体標準オープンデータセット, filled where they are empty: the parts from the joined
// notation, the joined notation from the parts. What stands there is never rewritten; where it contradicts the address
// it is told. Of an address that could be read in two ways nothing is filled but the code of the municipality that both
// readings have.
#pragma once

#include "engine/stage.hpp"

#include <array>
#include <cstddef>
#include <initializer_list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace kokai {

class AddressReader;
struct Address;

/// The first column whose field has one of these English names; npos when there is none.
std::size_t field_called(const Shape& shape, std::initializer_list<std::string_view> names);
/// Whether the source has it, or a stage made it.
bool is_of_source(const Shape& shape, std::size_t column);
/// Without spaces on both ends; empty for npos.
Cell cell_at(const Batch& batch, std::size_t column, std::size_t row);

/// Readers at rest, each with its memory: a batch takes one and gives it back.
class AddressReaders {
public:
    AddressReaders();
    ~AddressReaders();
    AddressReaders(const AddressReaders&) = delete;
    AddressReaders& operator=(const AddressReaders&) = delete;

    [[nodiscard]] std::unique_ptr<AddressReader> take();
    void give_back(std::unique_ptr<AddressReader> reader);

private:
    std::mutex mutex_;
    std::vector<std::unique_ptr<AddressReader>> idle_;
};

/// Where a row's address and its municipality stand, by the English names of the fields.
struct AddressColumns {
    std::size_t whole = Shape::npos;     // 所在地_連結表記, 住所
    std::size_t own_code = Shape::npos;  // 全国地方公共団体コード: whose list it is, never filled
    enum Part : std::size_t { id, code, prefecture, city, town, number, building, parts };
    std::array<std::size_t, parts> part{Shape::npos, Shape::npos, Shape::npos, Shape::npos,
                                        Shape::npos, Shape::npos, Shape::npos};

    static AddressColumns of(const Shape& shape);
    /// … and in a table without schema by the headers, of one cell or of its parts. 住所1 and 住所2 are parts: a town
    /// and what follows it.
    static AddressColumns of_any(const Shape& shape);
    /// The code of the row's municipality, else `publisher`.
    [[nodiscard]] Cell context(const Batch& batch, std::size_t row, Cell publisher) const;
    /// The row's address: the one cell, or its parts put together in `room`; empty where no town is told.
    [[nodiscard]] Cell text(const Batch& batch, std::size_t row, std::string& room) const;
};

class FillAddress : public Transform {
public:
    explicit FillAddress(std::string publisher);
    ~FillAddress() override;

    /// Whether the table has the joined notation and its parts, and one of them is from the source.
    static bool applies(const Shape& shape);

    Shape bind(const Shape& in) override;
    void run(Batch& batch, Findings& findings) const override;

private:
    struct Work;
    void fill_parts(Work& work, std::size_t row) const;
    /// Whether it was filled.
    bool fill_part(Work& work, std::size_t row, AddressColumns::Part part, Cell value) const;
    void fill_code(Work& work, std::size_t row, std::string_view code) const;
    /// By the names in the columns; false where only the address itself can tell.
    bool fill_code_by_names(Work& work, std::size_t row) const;
    /// Tells what disagrees; answers whether code, prefecture and municipality agree.
    bool compare_place(Work& work, std::size_t row, const Address& address) const;
    void compare_town(Work& work, std::size_t row, const Address& address) const;
    void tell_disagreement(Work& work, std::size_t row, AddressColumns::Part part, std::string_view expected) const;
    void tell_unread(Work& work, std::size_t row, Code code, std::string_view reason) const;
    bool compare_code(Work& work, std::size_t row, const Address& address) const;
    void fill_from_parts(Work& work, std::size_t row) const;
    /// Answers the code of the place, which is filled when the joined notation stands there.
    std::string complete_parts(Work& work, std::size_t row) const;
    void tell_other_prefecture(Work& work, std::size_t row, std::string_view rest) const;
    void join(Work& work, std::size_t row) const;

    std::string publisher_;
    Shape shape_;
    AddressColumns columns_;
    bool whole_absent_ = false;  // the source has no column for it
    std::array<bool, AddressColumns::parts> absent_{};
    std::array<std::size_t, AddressColumns::parts> stands_at_{};  // the column whose cell its findings name, or npos
    mutable AddressReaders readers_;
};

}  // namespace kokai
