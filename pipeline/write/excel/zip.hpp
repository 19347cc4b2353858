// SPDX-License-Identifier: Apache-2.0
// The ZIP container of a workbook, streamed: deflated blocks are made side by side and only strung together here. No
// library does that: libzip and minizip deflate an entry from its first to its last byte on one thread.
#pragma once

#include "support/output_file.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace kokai {

/// What a deflated block says of the plain bytes in it.
struct PlainBytes {
    std::uint64_t size = 0;
    std::uint32_t crc = 0;

    /// As if `next` had followed.
    void join(const PlainBytes& next);
};

/// Deflates texts into blocks that stand alone: they end at a byte border and look back at no other block, so any
/// number of them, from any thread, make one stream. The bytes depend on the text alone: ISA-L 2.30 hashes with the
/// processor's CRC instruction and gives the same block on everything from SSE 4.2 (2008) to AVX-512, tried under qemu;
/// older processors get its plain C and other, equally valid bytes.
class BlockDeflater {
public:
    BlockDeflater();
    ~BlockDeflater();
    BlockDeflater(const BlockDeflater&) = delete;
    BlockDeflater& operator=(const BlockDeflater&) = delete;
    BlockDeflater(BlockDeflater&&) = delete;
    BlockDeflater& operator=(BlockDeflater&&) = delete;

    /// Appends the block of `plain` to `packed`.
    PlainBytes deflate(std::string_view plain, std::string& packed);

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// Writes entries one after another. Times are 1980-01-01, the first that ZIP knows: no clock in an output.
class ZipWriter {
public:
    /// `shown` is how messages name the file; `zip64_from` is where 32 bits end and ZIP64 begins, lowered by tests
    /// only.
    ZipWriter(FileWriter& file, std::string shown, std::uint64_t zip64_from = 0xFFFFFFFFU);

    /// An entry in one piece.
    void add(std::string_view name, std::string_view plain);

    /// An entry in blocks: begin, any number of blocks, end. Its plain and packed size must stay below 4 GiB, because
    /// Excel does not read an entry whose size is announced in 64 bits after the data.
    void begin(std::string_view name);
    void block(std::string_view packed, const PlainBytes& plain);
    void block(std::string_view plain);
    void end();

    /// An entry of another archive as it stands there, compressed: begin, its bytes, end. `method` is store (0) or
    /// deflate (8). end_copy() is false when not as many bytes came as announced.
    void begin_copy(std::string_view name, std::uint16_t method, const PlainBytes& plain, std::uint64_t packed);
    void copied(std::string_view bytes);
    [[nodiscard]] bool end_copy() const;

    /// The directory. ZIP64 records only when an offset needs them.
    void finish();

private:
    struct Entry {
        std::string name;
        std::uint64_t offset = 0;
        std::uint64_t packed = 0;
        PlainBytes plain;
        bool streamed = false;
        std::uint16_t method = 8;  // deflate
    };

    void local_header(const Entry& entry);

    FileWriter& file_;
    std::string shown_;
    std::uint64_t limit_;
    BlockDeflater deflater_;
    std::string scratch_;
    std::vector<Entry> entries_;
    std::uint64_t copied_ = 0;
};

}  // namespace kokai
