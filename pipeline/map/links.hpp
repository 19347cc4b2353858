// SPDX-License-Identifier: Apache-2.0
// Hyperlinks of a workbook where a column wants an address: a cell that shows 「詳細はこちら」 gets the URL that it
// leads to. Columns of any other kind keep what a person sees.
#pragma once

#include "engine/stage.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kokai {

/// What a link is good for where a URL is wanted.
struct LinkTarget {
    std::string url;   // empty = it leads to no page of the web
    std::string kind;  // then: mailto, file, relative … without what follows, which may be nobody's business
};
LinkTarget read_link_target(std::string_view target);

/// Runs behind the mapping. Costs nothing where a source hands no links over.
class TakeLinks : public Transform {
public:
    Shape bind(const Shape& in) override;
    void run(Batch& batch, Findings& findings) const override;

private:
    Shape shape_;
    std::vector<std::size_t> columns_;  // whose field is a URL
};

}  // namespace kokai
