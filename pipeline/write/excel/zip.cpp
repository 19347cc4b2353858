// SPDX-License-Identifier: Apache-2.0
// ZIP records as in PKWARE's APPNOTE 6.3, deflate through ISA-L at level 1.
#include "write/excel/zip.hpp"

#include "model/error.hpp"

#include <isa-l/crc.h>
#include <isa-l/igzip_lib.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace kokai {

namespace {

constexpr std::uint16_t flag_descriptor = 0x0008;  // sizes follow the data
constexpr std::uint16_t flag_utf8 = 0x0800;        // the name is UTF-8, not the code page 437 of 1981
constexpr std::uint16_t date_1980_01_01 = 0x0021;
constexpr std::uint16_t version_plain = 20;
constexpr std::uint16_t version_zip64 = 45;
constexpr std::uint16_t made_by_unix = 0x0300;
constexpr std::uint32_t file_mode = 0100644U << 16U;
constexpr std::uint32_t beyond_32 = 0xFFFFFFFFU;
constexpr std::uint64_t entry_limit = 0xFFFFFFF0U;     // leaves room for the last block
constexpr std::string_view last_block("\x03\x00", 2);  // an empty block with the final bit: ends a deflate stream

/// Little-endian fields, one after another.
class Record {
public:
    Record& u16(std::uint64_t value) { return put(value, 2); }
    Record& u32(std::uint64_t value) { return put(value, 4); }
    Record& u64(std::uint64_t value) { return put(value, 8); }
    Record& text(std::string_view value) {
        bytes_ += value;
        return *this;
    }
    [[nodiscard]] const std::string& bytes() const { return bytes_; }

private:
    Record& put(std::uint64_t value, int count) {
        for (int i = 0; i < count; ++i) {
            bytes_ += static_cast<char>(value & 0xFFU);
            value >>= 8U;
        }
        return *this;
    }

    std::string bytes_;
};

std::uint16_t flags(bool streamed, std::string_view name) {
    const bool ascii =
        std::all_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    return static_cast<std::uint16_t>((streamed ? flag_descriptor : 0U) | (ascii ? 0U : flag_utf8));
}

std::uint32_t clipped(std::uint64_t value, std::uint64_t limit) {
    return value >= limit ? beyond_32 : static_cast<std::uint32_t>(value);
}

}  // namespace

void PlainBytes::join(const PlainBytes& next) {
    crc = static_cast<std::uint32_t>(crc32_combine(crc, next.crc, static_cast<z_off_t>(next.size)));
    size += next.size;
}

struct BlockDeflater::State {
    isal_zstream stream{};
    std::array<std::uint8_t, ISAL_DEF_LVL1_DEFAULT> level{};
};

BlockDeflater::BlockDeflater() : state_(std::make_unique<State>()) {}
BlockDeflater::~BlockDeflater() = default;

PlainBytes BlockDeflater::deflate(std::string_view plain, std::string& packed) {
    PlainBytes all;
    // A piece fits the cache and ISA-L's 32-bit counts. Shorter ones would lose matches at every border.
    constexpr std::size_t piece = std::size_t{4} << 20U;
    // What stored blocks, the worst case, add: 5 bytes for each 65,535, and the flush at the end.
    constexpr std::size_t stored_block = 65535;
    constexpr std::size_t slack = 512;
    for (std::size_t at = 0; at < plain.size(); at += piece) {
        const std::string_view part = plain.substr(at, piece);
        const std::size_t start = packed.size();
        packed.resize(start + part.size() + (part.size() / stored_block + 1) * 5 + slack);

        isal_zstream& stream = state_->stream;
        isal_deflate_stateless_init(&stream);
        stream.level = 1;
        stream.level_buf = state_->level.data();
        stream.level_buf_size = static_cast<std::uint32_t>(state_->level.size());
        stream.flush = FULL_FLUSH;
        stream.end_of_stream = 0;
        // ISA-L only reads from next_in; its type lacks the const.
        auto* input = reinterpret_cast<std::uint8_t*>(const_cast<char*>(part.data()));
        stream.next_in = input;
        stream.avail_in = static_cast<std::uint32_t>(part.size());
        stream.next_out = reinterpret_cast<std::uint8_t*>(packed.data() + start);
        stream.avail_out = static_cast<std::uint32_t>(packed.size() - start);
        if (isal_deflate_stateless(&stream) != COMP_OK || stream.avail_in != 0) {
            throw WorldError({}, "XLSX を圧縮できません（ISA-L）", "ISA-L cannot compress a part of the workbook");
        }
        packed.resize(start + stream.total_out);
        all.join({part.size(), crc32_gzip_refl(0, input, part.size())});
    }
    return all;
}

ZipWriter::ZipWriter(FileWriter& file, std::string shown, std::uint64_t zip64_from)
    : file_(file), shown_(std::move(shown)), limit_(zip64_from) {}

void ZipWriter::local_header(const Entry& entry) {
    Record record;
    record.text("PK\x03\x04").u16(version_plain).u16(flags(entry.streamed, entry.name)).u16(entry.method);
    record.u16(0).u16(date_1980_01_01);
    record.u32(entry.plain.crc).u32(entry.packed).u32(entry.plain.size);
    record.u16(entry.name.size()).u16(0).text(entry.name);
    file_.append(record.bytes());
}

void ZipWriter::add(std::string_view name, std::string_view plain) {
    Entry entry{std::string(name), file_.size(), 0, {}, false};
    scratch_.clear();
    entry.plain = deflater_.deflate(plain, scratch_);
    scratch_ += last_block;
    entry.packed = scratch_.size();
    local_header(entry);
    file_.append(scratch_);
    entries_.push_back(std::move(entry));
}

void ZipWriter::begin(std::string_view name) {
    entries_.push_back({std::string(name), file_.size(), 0, {}, true});
    local_header(entries_.back());
}

void ZipWriter::block(std::string_view packed, const PlainBytes& plain) {
    Entry& entry = entries_.back();
    entry.packed += packed.size();
    entry.plain.join(plain);
    if (std::max(entry.packed, entry.plain.size) >= entry_limit) {
        throw WorldError(shown_, "シートが 4 GiB を超えるため XLSX に書けません。CSV などを使ってください: " + shown_,
                         "a sheet over 4 GiB cannot be written as XLSX, use CSV or another format: " + shown_);
    }
    file_.append(packed);
}

void ZipWriter::block(std::string_view plain) {
    scratch_.clear();
    const PlainBytes about = deflater_.deflate(plain, scratch_);
    block(scratch_, about);
}

void ZipWriter::end() {
    block(last_block, {});
    const Entry& entry = entries_.back();
    Record record;
    record.text("PK\x07\x08").u32(entry.plain.crc).u32(entry.packed).u32(entry.plain.size);
    file_.append(record.bytes());
}

void ZipWriter::begin_copy(std::string_view name, std::uint16_t method, const PlainBytes& plain, std::uint64_t packed) {
    entries_.push_back({std::string(name), file_.size(), packed, plain, false, method});
    local_header(entries_.back());
    copied_ = 0;
}

void ZipWriter::copied(std::string_view bytes) {
    copied_ += bytes.size();
    file_.append(bytes);
}

bool ZipWriter::end_copy() const {
    return copied_ == entries_.back().packed;
}

void ZipWriter::finish() {
    const std::uint64_t start = file_.size();
    for (const Entry& entry : entries_) {
        const bool far = entry.offset >= limit_;
        Record record;
        record.text("PK\x01\x02").u16(made_by_unix | (far ? version_zip64 : version_plain));
        record.u16(far ? version_zip64 : version_plain).u16(flags(entry.streamed, entry.name)).u16(entry.method);
        record.u16(0).u16(date_1980_01_01);
        record.u32(entry.plain.crc).u32(entry.packed).u32(entry.plain.size);
        record.u16(entry.name.size()).u16(far ? 12U : 0U).u16(0).u16(0).u16(0).u32(file_mode);
        record.u32(clipped(entry.offset, limit_)).text(entry.name);
        if (far) {
            record.u16(1).u16(8).u64(entry.offset);
        }
        file_.append(record.bytes());
    }
    const std::uint64_t size = file_.size() - start;
    const std::uint64_t count = entries_.size();
    constexpr std::uint64_t beyond_16 = 0xFFFF;
    Record record;
    if (start >= limit_ || size >= limit_ || count >= beyond_16) {
        const std::uint64_t here = file_.size();
        constexpr std::uint64_t rest_of_record = 44;
        record.text("PK\x06\x06").u64(rest_of_record).u16(made_by_unix | version_zip64).u16(version_zip64);
        record.u32(0).u32(0).u64(count).u64(count).u64(size).u64(start);
        record.text("PK\x06\x07").u32(0).u64(here).u32(1);
    }
    record.text("PK\x05\x06").u16(0).u16(0).u16(std::min(count, beyond_16)).u16(std::min(count, beyond_16));
    record.u32(clipped(size, limit_)).u32(clipped(start, limit_)).u16(0);
    file_.append(record.bytes());
}

}  // namespace kokai
