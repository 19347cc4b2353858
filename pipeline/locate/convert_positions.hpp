// SPDX-License-Identifier: Apache-2.0
// Position columns of a table in another coordinate system become latitude and longitude in JGD2011. Stands between the
// mapping and the normalisers, so that the latitude column holds degrees when its normaliser sees it.
#pragma once

#include "engine/stage.hpp"
#include "locate/converter.hpp"
#include "locate/position_header.hpp"
#include "locate/system_candidate.hpp"
#include "locate/system_score.hpp"
#include "locate/usual_range.hpp"

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kokai {

/// The two columns that hold a table's positions, and where latitude and longitude go.
struct PositionPair {
    std::string first, second;  // as AxisNames has them: latitude, longitude; X, Y
    AxisNames names = AxisNames::latitude_longitude;
    std::string latitude = "緯度", longitude = "経度";
    /// These have values of their own: rows without are filled, the others are held against the pair.
    bool fills = false;
};

/// Columns called X座標 and Y座標, 北距 and 東距 and the like. Null when there is no such pair.
std::optional<PositionPair> find_plane_columns(const Shape& shape, PairKind kind = PairKind::plane);

/// A coordinate as people write it, as one number: a decimal, metres with thousands commas, degrees in any form that
/// normalise_latlon reads but the packed ones.
std::optional<double> coordinate_number(std::string_view cell);

class ConvertPositions : public Transform {
public:
    /// `by_source`: in which system the rows of each source stand; none = as they are, nothing to do. `evidence`: where
    /// they should lie, so that a single row whose X and Y are exchanged is seen. `usual`: by source, where rows in
    /// metres lie, so that degrees and kilometres among them are seen; may be empty.
    ConvertPositions(PositionPair pair, std::vector<std::optional<SystemCandidate>> by_source,
                     std::filesystem::path grids, SystemEvidence evidence = {}, std::vector<UsualRange> usual = {});
    ~ConvertPositions() override;
    ConvertPositions(const ConvertPositions&) = delete;
    ConvertPositions& operator=(const ConvertPositions&) = delete;
    ConvertPositions(ConvertPositions&&) = delete;
    ConvertPositions& operator=(ConvertPositions&&) = delete;

    Shape bind(const Shape& in) override;
    /// Reports what it converted, and of rows that no reading puts into Japan position-unreadable or
    /// position-outside-japan: in an older datum nothing may pass as it stands.
    void run(Batch& batch, Findings& findings) const override;

private:
    struct Work;
    void convert(Batch& batch, std::uint16_t source, Work& work, Findings& findings) const;
    void take_row(Batch& batch, std::size_t row, const SystemCandidate& candidate, Work& work,
                  Findings& findings) const;
    /// The source's own reading of a row; of degrees that do not lie in Japan so, plain, packed and exchanged ones,
    /// too.
    std::optional<SystemCandidate> reading_of(const SystemCandidate& candidate, double first, double second, double& x,
                                              double& y) const;
    /// Rows far outside the municipality that lie in it with X and Y exchanged. `x`, `y`: before the conversion.
    void exchange_strays(const std::vector<double>& x, const std::vector<double>& y, PositionConverter& converter,
                         Work& work) const;
    [[nodiscard]] bool holds_position(const Batch& batch, std::size_t row) const;
    void compare(const Batch& batch, std::size_t row, double longitude, double latitude, Findings& findings) const;
    void tell(Code code, Batch& batch, std::size_t row, Findings& findings, std::string_view why = {}) const;
    void write(Batch& batch, const Work& work, std::size_t at, const SystemCandidate& candidate,
               Findings& findings) const;
    std::unique_ptr<PositionConverter> take_converter(std::size_t source) const;

    PositionPair pair_;
    std::vector<std::optional<SystemCandidate>> by_source_;
    std::filesystem::path grids_;
    SystemEvidence evidence_;
    std::vector<UsualRange> usual_;  // by source
    Shape shape_;
    std::size_t first_ = Shape::npos, second_ = Shape::npos, latitude_ = Shape::npos, longitude_ = Shape::npos;
    std::size_t added_ = 0;  // columns made here
    mutable std::mutex mutex_;
    mutable std::vector<std::vector<std::unique_ptr<PositionConverter>>> idle_;  // by source
};

}  // namespace kokai
