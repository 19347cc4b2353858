// SPDX-License-Identifier: Apache-2.0
// Whether a row's code, name and address speak of one municipality. Only what two municipalities of today contradict is
// told: former names, parts of towns and names that are no municipality say nothing.
#pragma once

#include "engine/stage.hpp"

#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace kokai {

class CheckMunicipality : public Transform {
public:
    /// `publisher`: the code of rows that have none.
    explicit CheckMunicipality(std::string publisher);
    ~CheckMunicipality() override;
    CheckMunicipality(const CheckMunicipality&) = delete;
    CheckMunicipality& operator=(const CheckMunicipality&) = delete;
    CheckMunicipality(CheckMunicipality&&) = delete;
    CheckMunicipality& operator=(CheckMunicipality&&) = delete;

    Shape bind(const Shape& in) override;
    void run(Batch& batch, Findings& findings) const override;

private:
    /// A code and the columns that spell it out: one with both, or prefecture and city apart.
    struct Named {
        std::size_t code = Shape::npos;
        std::size_t whole = Shape::npos, prefecture = Shape::npos, city = Shape::npos;
    };
    class Homes;
    void check_names(const Named& named, Homes& homes, const Batch& batch, std::size_t row, Findings& findings) const;
    void check_address(Homes& homes, const Batch& batch, std::size_t row, Findings& findings) const;
    std::unique_ptr<Homes> take() const;
    void give_back(std::unique_ptr<Homes> homes) const;

    std::string publisher_;
    Shape shape_;
    Named own_, place_;  // of who publishes, and of where it stands
    std::size_t address_ = Shape::npos;
    mutable std::mutex mutex_;
    mutable std::vector<std::unique_ptr<Homes>> idle_;  // what has been said of codes: one for each batch at work
};

}  // namespace kokai
