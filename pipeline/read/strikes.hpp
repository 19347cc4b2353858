// SPDX-License-Identifier: Apache-2.0
// Which parts of a cell's text are struck out. Texts keep all their letters in memory; what a person has struck out is
// taken off where the text is handed out, because only there the style of the whole cell is known.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace kokai {

enum class Strike : char {
    as_cell = 'c',  // the part says nothing: the cell's style decides
    struck = 's',
    plain = 'p'
};

/// The parts of one text, in order: how many bytes, and what the part says. Kept as a string (`12s5p`).
class Strikes {
public:
    void clear();
    void add(std::size_t bytes, Strike strike);
    [[nodiscard]] bool any(Strike strike) const { return kept_.find(static_cast<char>(strike)) != std::string::npos; }
    /// Empty when no part says anything.
    [[nodiscard]] const std::string& kept();

private:
    void close();

    std::string kept_;
    std::size_t bytes_ = 0;  // of the part that is still open
    Strike strike_ = Strike::as_cell;
};

/// A text without its struck parts, and those parts one after another.
struct StruckText {
    std::string visible, struck;
};

/// `kept` empty = one part that says nothing.
StruckText split_struck(std::string_view text, std::string_view kept, bool cell_struck);

}  // namespace kokai
