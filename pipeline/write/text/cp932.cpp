// SPDX-License-Identifier: Apache-2.0
// A table made from ICU's own mapping at first use: ICU knows the characters, a table is many times as fast.
#include "write/text/cp932.hpp"

#include "support/icu_converter.hpp"

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

namespace kokai {
namespace {

constexpr std::uint16_t geta_mark = 0x81AC;  // 〓

/// Of every character of the basic plane its one or two bytes; 0 = CP932 does not have it.
class Cp932Bytes {
public:
    Cp932Bytes() : bytes_(0x10000, 0) {
        const IcuConverter cp932 = open_icu_converter("ibm-943_P15A-2003");
        UErrorCode status = U_ZERO_ERROR;
        ucnv_setFromUCallBack(cp932.get(), UCNV_FROM_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
        for (std::uint32_t point = 0; point < bytes_.size(); ++point) {
            const auto letter = static_cast<UChar>(point);
            std::array<char, 4> to{};
            status = U_ZERO_ERROR;
            ucnv_resetFromUnicode(cp932.get());
            const std::int32_t size =
                ucnv_fromUChars(cp932.get(), to.data(), static_cast<std::int32_t>(to.size()), &letter, 1, &status);
            if (U_FAILURE(status) != 0 || size < 1 || size > 2) {
                continue;
            }
            const auto byte = [&](std::size_t i) {
                return static_cast<std::uint16_t>(static_cast<unsigned char>(to[i]));
            };
            bytes_[point] = size == 1 ? byte(0) : static_cast<std::uint16_t>(byte(0) << 8U | byte(1));
        }
        for (std::uint32_t point = 0; point < 0x80; ++point) {
            bytes_[point] = static_cast<std::uint16_t>(point);
        }
        constexpr std::array<std::pair<std::uint16_t, std::uint16_t>, 7> same{{{0x301C, 0x8160},    // 〜
                                                                               {0x2212, 0x817C},    // −
                                                                               {0x2016, 0x8161},    // ‖
                                                                               {0x2014, 0x815C},    // —
                                                                               {0x00A2, 0x8191},    // ¢
                                                                               {0x00A3, 0x8192},    // £
                                                                               {0x00AC, 0x81CA}}};  // ¬
        for (const auto& [point, code] : same) {
            bytes_[point] = code;
        }
    }
    [[nodiscard]] std::uint16_t of(std::uint32_t point) const { return point < bytes_.size() ? bytes_[point] : 0; }

private:
    std::vector<std::uint16_t> bytes_;
};

bool is_selector(std::uint32_t point) {
    return (point >= 0xFE00 && point <= 0xFE0F) || (point >= 0xE0100 && point <= 0xE01EF);
}

bool begins_pair(unsigned char byte) {
    return (byte >= 0x81 && byte <= 0x9F) || (byte >= 0xE0 && byte <= 0xFC);
}

/// The character at `at`, which moves behind it; the text is UTF-8 already.
std::uint32_t next_character(std::string_view text, std::size_t& at) {
    const auto byte = [&](std::size_t i) {
        return i < text.size() ? static_cast<std::uint32_t>(static_cast<unsigned char>(text[i])) : 0x80U;
    };
    const std::uint32_t lead = byte(at);
    const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    std::uint32_t point = size == 1 ? lead : lead & (0xFFU >> (size + 1));
    for (std::size_t i = 1; i < size; ++i) {
        point = point << 6U | (byte(at + i) & 0x3FU);
    }
    at += size;
    return point;
}

}  // namespace

bool append_cp932(std::string& out, std::string_view text) {
    static const Cp932Bytes table;
    bool whole = true;
    for (std::size_t at = 0; at < text.size();) {
        if (static_cast<unsigned char>(text[at]) < 0x80) {
            out += text[at++];
            continue;
        }
        const std::uint32_t point = next_character(text, at);
        std::uint16_t code = table.of(point);
        if (code == 0) {
            whole = false;
            if (is_selector(point)) {
                continue;
            }
            code = geta_mark;
        }
        if (code > 0xFF) {
            out += static_cast<char>(code >> 8U);
        }
        out += static_cast<char>(code & 0xFFU);
    }
    return whole;
}

std::string_view cp932_prefix(std::string_view text, std::size_t bytes) {
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t next = at + (begins_pair(static_cast<unsigned char>(text[at])) ? 2U : 1U);
        if (next > bytes) {
            break;
        }
        at = next;
    }
    return text.substr(0, at);
}

}  // namespace kokai
