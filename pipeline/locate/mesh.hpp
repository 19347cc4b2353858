// SPDX-License-Identifier: Apache-2.0
// Codes of the standard grid squares (地域メッシュ, JIS X 0410), exact: a border belongs to the square north and east
// of it, and no rounding moves a point over one.
#pragma once

#include "engine/stage.hpp"
#include "locate/mesh_border.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kokai {

enum class Mesh : std::uint8_t { first, second, third, half, quarter, eighth, fivefold, twofold };

/// The word of a dataset file ("1", "2", "3", "1/2", "1/4", "1/8", "5x", "2x"), and the name of the column.
struct MeshName {
    Mesh mesh;
    std::string_view word, column;
};
const std::vector<MeshName>& mesh_names();
std::optional<Mesh> mesh_by_word(std::string_view word);

/// The code of the square that holds a point, from its coordinates as decimal text with any number of digits. Empty
/// when they are no plain decimals, or lie outside 0–66.66° north and 100–200° east, for which there are no codes.
std::string mesh_code(Mesh mesh, std::string_view latitude, std::string_view longitude);

/// Whether a latitude with so many decimals is what rounding down left of a border of the smallest squares.
bool is_rounded_border(std::string_view latitude, std::size_t decimals);

/// A square by its code, in sixteenths of a second: exact for all of them.
struct MeshSquare {
    static constexpr std::int64_t per_degree = 57'600;
    std::int64_t south = 0, west = 0, height = 0, width = 0;
};
/// Nothing for what no code can be. A code of nine digits that ends in 5 is a twofold one.
std::optional<MeshSquare> mesh_square(std::string_view code);

/// A column for each of the meshes that the table does not have, from the position columns, else from the row's shape
/// (its representative point). A shape whose latitude is the number nearest to a border lies on it.
class AddMesh : public Transform {
public:
    /// `words`: of a dataset file; others are passed over. `notes`: from a NoteBorders before the normalisers; may be
    /// null.
    AddMesh(const std::vector<std::string>& words, std::string latitude, std::string longitude,
            std::shared_ptr<BorderNotes> notes = nullptr);
    Shape bind(const Shape& in) override;
    void run(Batch& batch, Findings& findings) const override;

private:
    std::vector<Mesh> wanted_;
    std::vector<Mesh> meshes_;  // those of them that the table does not have
    std::string latitude_name_, longitude_name_;
    std::shared_ptr<BorderNotes> notes_;
    Shape shape_;
    std::size_t latitude_ = Shape::npos, longitude_ = Shape::npos;
    std::size_t first_ = 0;  // of the columns made here
};

}  // namespace kokai
