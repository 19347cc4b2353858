// SPDX-License-Identifier: Apache-2.0
#include "map/links.hpp"

#include "model/schema.hpp"
#include "normalise/url.hpp"
#include "support/text.hpp"

#include <algorithm>

namespace kokai {
namespace {

bool wants_url(const ColumnInfo& column) {
    return column.field != nullptr && column.field->kind == Kind::url;
}

}  // namespace

LinkTarget read_link_target(std::string_view target) {
    target = trimmed(target);
    if (std::string url = normalise_url(target).value; !url.empty()) {
        return {std::move(url), {}};
    }
    constexpr std::size_t longest_scheme = 20;
    const std::size_t colon = target.find(':');
    const std::string_view scheme = target.substr(0, std::min(colon, target.size()));
    const bool named = colon != std::string_view::npos && colon <= longest_scheme &&
                       std::all_of(scheme.begin(), scheme.end(),
                                   [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
    if (named && scheme.size() > 1) {
        return {{}, std::string(scheme) + ":"};
    }
    return {{}, named || target.starts_with("\\\\") ? "file:" : "相対リンク / relative"};
}

Shape TakeLinks::bind(const Shape& in) {
    shape_ = in;
    columns_.clear();
    for (std::size_t i = 0; i < in.columns.size(); ++i) {
        if (wants_url(in.columns[i])) {
            columns_.push_back(i);
        }
    }
    return in;
}

void TakeLinks::run(Batch& batch, Findings& findings) const {
    for (const std::size_t column : columns_) {
        Column& urls = batch.columns[column];
        for (std::size_t row = 0; row < std::min(urls.links.size(), urls.cells.size()); ++row) {
            const Cell shown = trimmed(urls.cells[row]);
            if (urls.links[row].empty() || shown.empty() || !normalise_url(shown).value.empty()) {
                continue;
            }
            const LinkTarget target = read_link_target(urls.links[row]);
            if (target.url.empty()) {
                findings.add(Code::link_not_public, batch, row, column, shape_.columns[column], shown, {},
                             findings.keep(target.kind));
                continue;
            }
            urls.cells[row] = batch.bytes.keep(target.url);
            findings.add(Code::link_used, batch, row, column, shape_.columns[column], shown, urls.cells[row]);
        }
    }
}

}  // namespace kokai
