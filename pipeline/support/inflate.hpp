// SPDX-License-Identifier: Apache-2.0
// Deflate undone piece by piece with ISA-L, in a third of zlib's time, and the checksum that a zip entry has of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

struct inflate_state;

namespace kokai {

class Inflater {
public:
    Inflater();
    ~Inflater();
    Inflater(Inflater&&) noexcept;
    Inflater& operator=(Inflater&&) = delete;
    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;

    enum class Outcome : std::uint8_t { more, finished, damaged };

    /// Unpacks into `into` until it is full, the packed bytes are used up or the stream ends; `got` is how many bytes
    /// came. `packed` loses what has been used: what is left of it must be given again.
    Outcome read(std::string_view& packed, char* into, std::size_t size, std::size_t& got);

private:
    std::unique_ptr<inflate_state> state_;
};

/// The CRC-32 of zip and gzip, continued from `before` (0 at the beginning).
std::uint32_t crc32_of(std::string_view bytes, std::uint32_t before);

}  // namespace kokai
