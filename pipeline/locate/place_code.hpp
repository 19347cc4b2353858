// SPDX-License-Identifier: Apache-2.0
// 所在地_全国地方公共団体コード: six digits of the municipality in which a thing stands, by its address or the names in
// the columns. Of a designated city the standard wants the ward's: its own examples (AED設置箇所一覧, 公衆トイレ一覧)
// have 011002 for the publisher 札幌市 and 011088 for a place in 厚別区. Where only the city is known the code stays
// empty; the city's would say less than the column promises.
#pragma once

#include "engine/stage.hpp"
#include "locate/fill_address.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace kokai {

/// Whether an address leaves no doubt about its municipality; of its town it may.
bool knows_municipality(const Address& address);

/// The code of an address that is surely read; empty where it is not, and for a city whose ward is not known.
std::string_view place_code_of(const Address& address);

/// 大手町2-12-1、日吉町2-17-10; 前橋市及び高崎市; 大手町～日吉町: `text`, read as `address`, names more than one place.
bool names_second_place(const Address& address, std::string_view text);

/// Whether two codes speak of one place: a city and its ward, a prefecture and its town do. A code of no municipality
/// of today contradicts nothing.
bool is_one_place(std::string_view one, std::string_view other);

/// 群馬県前橋市 for 102016, 群馬県 for 100005.
std::string place_name(std::string_view code);

/// What the names of prefecture and municipality say. Nearly every row of a table has those of the row before.
class PlaceNames {
public:
    explicit PlaceNames(AddressReader& reader) : reader_(reader) {}

    /// As place_code_of(); good until the next call.
    const std::string& code(std::string_view names, std::string_view context);

private:
    AddressReader& reader_;
    bool read_ = false;
    std::string names_, context_, code_;
};

/// For tables that have the names of the municipality and no address: 小中学校通学区域情報, 学校給食献立情報, or any
/// other of which the source has no more.
class FillPlaceCode : public Transform {
public:
    explicit FillPlaceCode(std::string publisher) : publisher_(std::move(publisher)) {}

    static bool applies(const Shape& shape);

    Shape bind(const Shape& in) override;
    void run(Batch& batch, Findings& findings) const override;

private:
    std::string publisher_;
    Shape shape_;
    AddressColumns columns_;
    std::size_t code_ = Shape::npos;
    std::array<std::size_t, 4> names_{};  // prefecture, county, city, ward
    bool absent_ = false;
    mutable AddressReaders readers_;
};

}  // namespace kokai
