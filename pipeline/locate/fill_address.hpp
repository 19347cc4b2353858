// SPDX-License-Identifier: Apache-2.0
// The columns of an address in 自治体標準オープンデータセット, filled where they are empty: the parts from the joined
// notation, the joined notation from the parts. What stands there is never rewritten; where it contradicts the address
// it is told. Of an address that could be read in two ways nothing is filled but the code of the municipality that both
// readings have.
#pragma once

#include "engine/stage.hpp"
#include "locate/address_columns.hpp"

#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace kokai {

struct Address;
struct KnownTown;
struct ListedTown;
class TownMemories;

class FillAddress : public Transform {
public:
    explicit FillAddress(std::string publisher);
    ~FillAddress() override;

    /// Whether the table has the joined notation and its parts, and the source has it, or the town with the
    /// municipality or its code.
    static bool applies(const Shape& shape);

    Shape bind(const Shape& in) override;
    void run(Batch& batch, Findings& findings) const override;

private:
    struct Work;
    [[nodiscard]] std::size_t number_in(const Work& work, std::size_t row, Cell whole) const;
    bool fill_as_known(Work& work, std::size_t row, Cell whole) const;
    [[nodiscard]] std::string context_of(Work& work, std::size_t row) const;
    void fill_parts(Work& work, std::size_t row) const;
    [[nodiscard]] bool stands_in_neighbour(const Work& work, std::size_t row, const Address& address) const;
    /// Whether it was filled.
    bool fill_part(Work& work, std::size_t row, AddressColumns::Part part, Cell value) const;
    void fill_code(Work& work, std::size_t row, std::string_view code) const;
    /// By the names in the columns; false where only the address itself can tell.
    bool fill_code_by_names(Work& work, std::size_t row) const;
    /// Tells what disagrees; answers whether code, prefecture and municipality agree.
    bool compare_place(Work& work, std::size_t row, const Address& address) const;
    /// Answers whether the town column says nothing else than this town.
    bool compare_town(Work& work, std::size_t row, const Address& address) const;
    void compare_id(Work& work, std::size_t row, const ListedTown& town) const;
    void tell_disagreement(Work& work, std::size_t row, AddressColumns::Part part, std::string_view expected) const;
    void tell_unread(Work& work, std::size_t row, Code code, std::string_view reason) const;
    bool compare_code(Work& work, std::size_t row, const Address& address) const;
    void fill_from_parts(Work& work, std::size_t row) const;
    /// Answers the code of the place, which is filled when the joined notation stands there.
    std::string complete_parts(Work& work, std::size_t row) const;
    void tell_other_prefecture(Work& work, std::size_t row, std::string_view rest) const;
    void complete_by_code(Work& work, std::size_t row) const;
    /// Whether there was an address to join.
    bool join(Work& work, std::size_t row) const;

    std::string publisher_;
    Shape shape_;
    AddressColumns columns_;
    bool whole_absent_ = false;  // the source has no column for it
    std::array<bool, AddressColumns::parts> absent_{};
    std::array<std::size_t, AddressColumns::parts> stands_at_{};  // the column whose cell its findings name, or npos
    std::unique_ptr<TownMemories> memories_;
};

}  // namespace kokai
