// SPDX-License-Identifier: Apache-2.0
#include "support/inflate.hpp"

#include <isa-l/crc.h>
#include <isa-l/igzip_lib.h>

#include <algorithm>

namespace kokai {
namespace {

constexpr std::size_t most_at_once = 1U << 30U;  // ISA-L counts in 32 bits

}  // namespace

Inflater::Inflater() : state_(std::make_unique<inflate_state>()) {
    isal_inflate_init(state_.get());
}

Inflater::~Inflater() = default;

Inflater::Inflater(Inflater&&) noexcept = default;

Inflater::Outcome Inflater::read(std::string_view& packed, char* into, std::size_t size, std::size_t& got) {
    const std::size_t given = std::min(packed.size(), most_at_once);
    const std::size_t room = std::min(size, most_at_once);
    // ISA-L only reads from next_in; its type lacks the const.
    state_->next_in = reinterpret_cast<std::uint8_t*>(const_cast<char*>(packed.data()));
    state_->avail_in = static_cast<std::uint32_t>(given);
    state_->next_out = reinterpret_cast<std::uint8_t*>(into);
    state_->avail_out = static_cast<std::uint32_t>(room);
    const int outcome = isal_inflate(state_.get());
    packed.remove_prefix(given - state_->avail_in);
    got = room - state_->avail_out;
    if (outcome != ISAL_DECOMP_OK) {
        return Outcome::damaged;
    }
    return state_->block_state == ISAL_BLOCK_FINISH ? Outcome::finished : Outcome::more;
}

std::uint32_t crc32_of(std::string_view bytes, std::uint32_t before) {
    return crc32_gzip_refl(before, reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

}  // namespace kokai
