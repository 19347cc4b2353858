// SPDX-License-Identifier: Apache-2.0
#include "read/xls_records.hpp"

#include "model/cell.hpp"
#include "read/encoding.hpp"
#include "support/utf8.hpp"

#include <algorithm>

namespace kokai {
namespace {

constexpr std::size_t window = 32U << 10U;  // small, because cells may stand in any order

}  // namespace

bool XlsRecords::fill(std::uint64_t offset, std::size_t bytes) {
    if (offset >= buffer_offset_ && offset + bytes <= buffer_offset_ + buffer_.size()) {
        return true;
    }
    buffer_.resize(std::max(window, bytes));
    buffer_.resize(file_.read_at(stream_, offset, buffer_.data(), buffer_.size()));
    buffer_offset_ = offset;
    return buffer_.size() >= bytes;
}

void XlsRecords::seek(std::uint64_t offset) {
    following_ = offset;
}

bool XlsRecords::next() {
    if (!fill(following_, 4)) {
        return false;
    }
    const std::string_view head = std::string_view(buffer_).substr(following_ - buffer_offset_, 4);
    const std::uint16_t type = u16_at(head, 0);
    const std::size_t size = u16_at(head, 2);
    if (!fill(following_, 4 + size)) {
        file_.fail_broken("record");
    }
    record_ = following_;
    type_ = type;
    data_ = std::string_view(buffer_).substr(following_ - buffer_offset_ + 4, size);
    following_ += 4 + size;
    at_ = 0;
    return true;
}

bool XlsRecords::next_is(std::uint16_t type) {
    // Filling moves the bytes under data_, which nobody needs once at its end.
    return fill(following_, 4) && u16_at(buffer_, following_ - buffer_offset_) == type;
}

std::size_t XlsRecords::left() {
    while (at_ >= data_.size()) {
        if (!next_is(continuation) || !next()) {
            file_.fail_broken("text");
        }
    }
    return data_.size() - at_;
}

std::uint8_t XlsRecords::take_u8() {
    left();
    return static_cast<std::uint8_t>(data_[at_++]);
}

std::uint16_t XlsRecords::take_u16() {
    const std::uint16_t low = take_u8();
    return static_cast<std::uint16_t>(low | (static_cast<unsigned>(take_u8()) << 8U));
}

std::uint32_t XlsRecords::take_u32() {
    const std::uint32_t low = take_u16();
    return low | (static_cast<std::uint32_t>(take_u16()) << 16U);
}

void XlsRecords::skip(std::uint64_t bytes) {
    while (bytes > 0) {
        const std::uint64_t step = std::min<std::uint64_t>(left(), bytes);
        at_ += step;
        bytes -= step;
    }
}

std::string XlsRecords::take_bytes(std::size_t bytes) {
    std::string taken;
    while (taken.size() < bytes) {
        const std::size_t step = std::min(left(), bytes - taken.size());
        taken += data_.substr(at_, step);
        at_ += step;
    }
    return taken;
}

std::string XlsRecords::take_letters(std::size_t letters, bool wide) {
    std::string utf16;
    while (letters > 0) {
        if (at_ >= data_.size()) {
            left();
            wide = (take_u8() & 1U) != 0;
            continue;
        }
        const std::size_t width = wide ? 2 : 1;
        const std::size_t step = std::min((data_.size() - at_) / width, letters);
        if (step == 0) {
            file_.fail_broken("text");
        }
        for (std::size_t i = 0; i < step; ++i) {
            utf16 += data_[at_ + i * width];
            utf16 += wide ? data_[at_ + i * width + 1] : '\0';
        }
        at_ += step * width;
        letters -= step;
    }
    std::string text;
    append_utf16(text, utf16);
    return text;
}

std::string text_in_code_page(std::string_view bytes, std::uint16_t code_page) {
    if (code_page == 1252) {
        std::string text;
        for (const char byte : bytes) {
            append_utf8(text, static_cast<unsigned char>(byte));
        }
        return text;
    }
    Arena arena;
    std::size_t bad = 0;
    return std::string(decode_cp932(bytes, arena, bad));
}

std::string take_text(XlsRecords& records, const XlsText& form, bool short_length) {
    const std::size_t letters = short_length ? records.take_u8() : records.take_u16();
    if (!form.wide) {
        return text_in_code_page(records.take_bytes(letters), form.code_page);
    }
    const std::uint8_t flags = records.take_u8();
    records.skip(((flags & 8U) != 0 ? 2U : 0U) + ((flags & 4U) != 0 ? 4U : 0U));  // lengths of what follows the letters
    return records.take_letters(letters, (flags & 1U) != 0);
}

}  // namespace kokai
