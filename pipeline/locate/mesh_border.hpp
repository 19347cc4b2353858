// SPDX-License-Identifier: Apache-2.0
// 36°05′00″ lies on a border of squares, and no decimal does: its digits, 36.0833333, are those of the square south of
// it. What is written in degrees is taken as it is written, to the last digit; what is written in minutes and seconds
// lies where these say, whatever decimals it gets.
#pragma once

#include "engine/stage.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace kokai {

/// Rows whose latitude lies on a border, with the decimals that it will have: from the stage before the normalisers to
/// the one that makes the codes.
class BorderNotes {
public:
    struct Note {
        std::size_t row = 0;
        std::string latitude;
    };
    void keep(std::uint64_t batch, std::vector<Note> notes);
    std::vector<Note> take(std::uint64_t batch);

private:
    std::mutex mutex_;
    std::map<std::uint64_t, std::vector<Note>> notes_;
};

class NoteBorders : public Transform {
public:
    NoteBorders(std::shared_ptr<BorderNotes> notes, std::string latitude, std::string longitude)
        : notes_(std::move(notes)), latitude_name_(std::move(latitude)), longitude_name_(std::move(longitude)) {}

    Shape bind(const Shape& in) override;
    void run(Batch& batch, Findings& findings) const override;

private:
    std::shared_ptr<BorderNotes> notes_;
    std::string latitude_name_, longitude_name_;
    std::vector<std::size_t> columns_;  // both: a later stage may exchange the two of a row
};

}  // namespace kokai
