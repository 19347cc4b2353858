// SPDX-License-Identifier: Apache-2.0
// What the matcher keeps of a source's columns: their names taken apart, what their values look like, the first ones.
#include "map/propose.hpp"
#include "support/text.hpp"

#include <algorithm>

namespace kokai {

const ValueProfile& SampledColumn::profile() const {
    if (!profile_) {
        profile_ = sample == nullptr ? ValueProfile{} : profile_of(sample->cells);
        if (sample != nullptr) {
            const std::vector<Cell>& links = sample->links;
            profile_->linked = static_cast<std::size_t>(
                std::count_if(links.begin(), links.end(), [](Cell link) { return link.starts_with("http"); }));
        }
    }
    return *profile_;
}

std::vector<SampledColumn> sampled_columns(const Shape& shape, const Batch* sample) {
    constexpr std::size_t kept_values = 200;
    std::vector<SampledColumn> columns;
    for (std::size_t i = 0; i < shape.columns.size(); ++i) {
        SampledColumn one;
        one.header = shape.columns[i].name;
        one.name = read_header(one.header);
        if (sample != nullptr && i < sample->columns.size()) {
            const std::vector<Cell>& cells = sample->columns[i].cells;
            one.sample = &sample->columns[i];
            for (std::size_t row = 0; row < std::min(cells.size(), kept_values); ++row) {
                one.values.emplace_back(trimmed(cells[row]));
            }
        }
        columns.push_back(std::move(one));
    }
    return columns;
}

}  // namespace kokai
