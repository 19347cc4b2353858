// SPDX-License-Identifier: Apache-2.0
#include "locate/town_evidence.hpp"

#include "normalise/address/reader.hpp"
#include <memory>
#include <utility>

namespace kokai {

TownEvidence::TownEvidence(std::string municipality)
    : municipality_(std::move(municipality)), reader_(std::make_unique<AddressReader>()) {}
TownEvidence::~TownEvidence() = default;

std::optional<LonLat> TownEvidence::of(std::string_view address, std::string_view code) {
    if (address.empty()) {
        return std::nullopt;
    }
    const Address& read = reader_->read(address, code.empty() ? std::string_view(municipality_) : code);
    if (!read.has_town() || !read.point || read.doubt == AddressDoubt::several) {
        return std::nullopt;
    }
    return LonLat{read.point->longitude, read.point->latitude};
}

std::optional<LonLat> TownEvidence::of(const AddressColumns& columns, const Batch& batch, std::size_t row) {
    std::string room;
    return of(columns.text(batch, row, room), columns.context(batch, row, municipality_));
}

}  // namespace kokai
