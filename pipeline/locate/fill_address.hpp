// SPDX-License-Identifier: Apache-2.0
// The columns of an address in 自治体標準オープンデータセット, filled where they are empty: the parts from the joined
// notation, the joined notation from the parts. What stands there is never rewritten; where it contradicts the address
// it is told. An address that could be read in two ways fills nothing.
#pragma once

#include "engine/stage.hpp"

#include <array>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace kokai {

class AddressReader;
struct Address;

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
    std::size_t whole = Shape::npos;       // 所在地_連結表記, 住所
    std::size_t place_code = Shape::npos;  // 所在地_全国地方公共団体コード
    std::size_t own_code = Shape::npos;    // 全国地方公共団体コード
    enum Part : std::size_t { id, prefecture, city, town, number, building, parts };
    std::array<std::size_t, parts> part{Shape::npos, Shape::npos, Shape::npos, Shape::npos, Shape::npos, Shape::npos};

    static AddressColumns of(const Shape& shape);
    /// … and in a table without schema by the usual headers of the one cell.
    static AddressColumns of_any(const Shape& shape);
    /// The code of the row's municipality, else `publisher`.
    [[nodiscard]] Cell context(const Batch& batch, std::size_t row, Cell publisher) const;
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
    void fill_part(Work& work, std::size_t row, AddressColumns::Part part, Cell value) const;
    /// Tells what disagrees; answers whether prefecture and municipality agree.
    bool compare(Work& work, std::size_t row, const Address& address) const;
    void tell_unread(Work& work, std::size_t row, const Address& address) const;
    void join(Work& work, std::size_t row) const;

    std::string publisher_;
    Shape shape_;
    AddressColumns columns_;
    bool whole_absent_ = false;  // the source has no column for it
    std::array<bool, AddressColumns::parts> absent_{};
    std::array<bool, AddressColumns::parts> at_whole_{};  // findings about it stand at the cell of the address
    mutable AddressReaders readers_;
};

}  // namespace kokai
