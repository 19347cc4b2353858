// SPDX-License-Identifier: Apache-2.0
// "geocode": "town": rows without a position get the representative point of their address's town, and a further column
// 位置の精度 says so. A point of a town is never published as that of a place, nor in the place of a position that the
// row has and nobody could read.
#pragma once

#include "engine/stage.hpp"
#include "locate/fill_address.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kokai {

class TownPoints : public Transform {
public:
    static constexpr std::string_view column_name = "位置の精度";
    static constexpr std::string_view mark = "町字代表点";

    /// `latitude`, `longitude`: the columns of the table that hold positions; they are made where it has none.
    TownPoints(std::string latitude, std::string longitude, std::string publisher);

    /// Whether the table has an address.
    static bool applies(const Shape& shape);

    Shape bind(const Shape& in) override;
    void run(Batch& batch, Findings& findings) const override;

private:
    [[nodiscard]] bool is_zero(const Batch& batch, std::size_t row) const;
    [[nodiscard]] bool has_unused_position(const Batch& batch, std::size_t row) const;

    std::string latitude_name_, longitude_name_, publisher_;
    Shape shape_;
    AddressColumns columns_;
    std::size_t latitude_ = Shape::npos, longitude_ = Shape::npos, mark_ = Shape::npos;
    std::vector<std::size_t> cells_;  // with a whole position each
    mutable AddressReaders readers_;
};

}  // namespace kokai
