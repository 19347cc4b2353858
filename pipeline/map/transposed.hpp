// SPDX-License-Identifier: Apache-2.0
// A table whose things stand in columns and whose items stand in rows, turned round when dataset.json says so
// ("transpose": true). Each value keeps the cell that it came from.
#pragma once

#include "map/tables.hpp"

#include <memory>
#include <string>
#include <vector>

namespace kokai {

/// The first column holds the items' names, every other column becomes a row. Holds its sheet, at most 10^6 cells.
class TransposedSource : public Source {
public:
    explicit TransposedSource(std::unique_ptr<Source> inner) : inner_(std::move(inner)) {}
    Shape open(Findings& findings) override;
    bool next(Batch& batch, Findings& findings) override;
    void end(Findings& findings) override { inner_->end(findings); }
    [[nodiscard]] std::vector<SourceInfo> about() const override;

private:
    [[nodiscard]] std::uint32_t header_row() const;
    void leave_out_footnotes(Findings& findings);

    std::unique_ptr<Source> inner_;
    HeldTable table_;
    std::size_t record_ = 1;  // the next column of the sheet
};

}  // namespace kokai
