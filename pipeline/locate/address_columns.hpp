// SPDX-License-Identifier: Apache-2.0
// Where the address of a row stands: in one cell, in its parts, or in both; and what it is read with.
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

}  // namespace kokai
