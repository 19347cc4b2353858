// SPDX-License-Identifier: Apache-2.0
// A position in the right municipality and far from the town that its address names. Towns are known by their
// representative points, so that a town is as near as the nearest point of it or of its 丁目 and 小字, and what lies
// between wide towns in the hills proves nothing. Lines and areas are as near as the nearest part of them.
#pragma once

#include "engine/stage.hpp"
#include "locate/fill_address.hpp"
#include "locate/row_place.hpp"

#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace kokai {

class GuardTowns : public Transform {
public:
    /// `publisher`: whose list it is, for addresses without municipality; may be empty. `latitude`: the column at which
    /// findings stand, where the table has one.
    GuardTowns(std::string publisher, std::string latitude);
    ~GuardTowns() override;
    GuardTowns(const GuardTowns&) = delete;
    GuardTowns& operator=(const GuardTowns&) = delete;
    GuardTowns(GuardTowns&&) = delete;
    GuardTowns& operator=(GuardTowns&&) = delete;

    Shape bind(const Shape& in) override;
    /// Reports position-far-from-town.
    void run(Batch& batch, Findings& findings) const override;

private:
    class Towns;
    void look(const Batch& batch, std::size_t row, Towns& towns, Findings& findings) const;
    std::unique_ptr<Towns> take() const;

    std::string publisher_, latitude_name_;
    Shape shape_;
    RowPlaceColumns columns_;
    std::size_t latitude_ = Shape::npos;
    mutable AddressReaders readers_;
    mutable std::mutex mutex_;
    mutable std::vector<std::unique_ptr<Towns>> idle_;  // what has been read of addresses: one for each batch at work
};

}  // namespace kokai
