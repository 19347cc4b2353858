// SPDX-License-Identifier: Apache-2.0
// CP932 is decoded with a table made from ICU's own mapping at first use: ICU knows the characters, a table is four
// times as fast.
#include "read/encoding.hpp"
#include "support/icu_converter.hpp"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <vector>

namespace kokai {
namespace {

/// UTF-8 bytes of every CP932 character: three bytes at most, the length in the top byte; 0 = no character.
class Cp932Table {
public:
    Cp932Table() : entries_(0x10000, 0) {
        const IcuConverter cp932 = open_icu_converter("ibm-943_P15A-2003");
        UErrorCode status = U_ZERO_ERROR;
        ucnv_setToUCallBack(cp932.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
        for (unsigned lead = 0x80; lead <= 0xFF; ++lead) {
            if ((lead >= 0xA1 && lead <= 0xDF)) {
                enter(cp932.get(), lead, {static_cast<char>(lead)});
                continue;
            }
            for (unsigned trail = 0x40; trail <= 0xFC; ++trail) {
                enter(cp932.get(), (lead << 8U) | trail, {static_cast<char>(lead), static_cast<char>(trail)});
            }
        }
    }
    [[nodiscard]] std::uint32_t at(unsigned code) const { return entries_[code]; }

private:
    void enter(UConverter* cp932, unsigned code, const std::string& bytes) {
        std::array<UChar, 4> text{};
        UErrorCode status = U_ZERO_ERROR;
        ucnv_resetToUnicode(cp932);
        const int32_t length = ucnv_toUChars(cp932, text.data(), static_cast<int32_t>(text.size()), bytes.data(),
                                             static_cast<int32_t>(bytes.size()), &status);
        if (U_FAILURE(status) != 0 || length != 1 || text[0] < 0x80 || text[0] == 0xFFFD || text[0] == 0x1A) {
            return;
        }
        const std::uint32_t point = text[0];
        std::uint32_t packed = 0;
        if (point < 0x800) {
            packed = (2U << 24U) | ((0x80U | (point & 0x3FU)) << 8U) | (0xC0U | (point >> 6U));
        } else {
            packed = (3U << 24U) | ((0x80U | (point & 0x3FU)) << 16U) | ((0x80U | ((point >> 6U) & 0x3FU)) << 8U) |
                     (0xE0U | (point >> 12U));
        }
        entries_[code] = packed;
    }

    std::vector<std::uint32_t> entries_;
};

const Cp932Table& cp932_table() {
    static const Cp932Table table;
    return table;
}

bool is_cp932_lead(unsigned char byte) {
    return (byte >= 0x81 && byte <= 0x9F) || (byte >= 0xE0 && byte <= 0xFC);
}

/// Kana, kanji and full-width letters in UTF-8 begin with these.
bool begins_japanese_utf8(unsigned char byte) {
    return (byte >= 0xE3 && byte <= 0xE9) || byte == 0xEF;
}

/// Whether Windows could have written every character in CP932.
bool fits_cp932(std::string_view text) {
    const IcuConverter cp932 = open_icu_converter("ibm-943_P15A-2003");
    UErrorCode status = U_ZERO_ERROR;
    ucnv_setFromUCallBack(cp932.get(), UCNV_FROM_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
    const IcuConverter utf8 = open_icu_converter("UTF-8");
    std::vector<char> out(2 * text.size() + 16);
    char* to = out.data();
    const char* from = text.data();
    status = U_ZERO_ERROR;
    ucnv_convertEx(cp932.get(), utf8.get(), &to, out.data() + out.size(), &from, text.data() + text.size(), nullptr,
                   nullptr, nullptr, nullptr, static_cast<UBool>(true), static_cast<UBool>(true), &status);
    return U_SUCCESS(status) != 0;
}

}  // namespace

Cp932Character cp932_character(std::string_view text) {
    const auto byte = static_cast<unsigned char>(text.front());
    if (is_cp932_lead(byte)) {
        const unsigned trail = text.size() > 1 ? static_cast<unsigned char>(text[1]) : 0;
        return cp932_table().at((static_cast<unsigned>(byte) << 8U) | trail) == 0 ? Cp932Character::none
                                                                                  : Cp932Character::wide;
    }
    return byte < 0x80                   ? Cp932Character::ascii
           : cp932_table().at(byte) == 0 ? Cp932Character::none
                                         : Cp932Character::half_width;
}

bool begins_cp932_pair(char byte) {
    return is_cp932_lead(static_cast<unsigned char>(byte));
}

std::size_t first_bad_cp932(std::string_view bytes) {
    const Cp932Table& table = cp932_table();
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const auto byte = static_cast<unsigned char>(bytes[i]);
        if (byte < 0x80) {
            continue;
        }
        if (is_cp932_lead(byte)) {
            if (i + 1 == bytes.size() ||
                table.at((static_cast<unsigned>(byte) << 8U) | static_cast<unsigned char>(bytes[i + 1])) == 0) {
                return i;
            }
            ++i;
        } else if (table.at(byte) == 0) {
            return i;
        }
    }
    return std::string_view::npos;
}

Cell decode_cp932(std::string_view bytes, Arena& into, std::size_t& bad) {
    const Cp932Table& table = cp932_table();
    char* const begin = into.take(bytes.size() * 3);
    char* out = begin;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const auto byte = static_cast<unsigned char>(bytes[i]);
        if (byte < 0x80) {
            *out++ = static_cast<char>(byte);
            continue;
        }
        std::uint32_t packed = 0;
        std::size_t length = 1;
        if (is_cp932_lead(byte) && i + 1 < bytes.size()) {
            packed = table.at((static_cast<unsigned>(byte) << 8U) | static_cast<unsigned char>(bytes[i + 1]));
            length = packed == 0 ? 1 : 2;
        } else if (!is_cp932_lead(byte)) {
            packed = table.at(byte);
        }
        if (packed == 0) {
            bad = std::min(bad, i);
        }
        std::memcpy(out, &packed, 3);
        out += packed >> 24U;
        i += length - 1;
    }
    const auto used = static_cast<std::size_t>(out - begin);
    into.give_back(bytes.size() * 3 - used);
    return {begin, used};
}

bool reads_as_utf8_too(std::string_view bytes) {
    const auto first = std::find_if(bytes.begin(), bytes.end(), [](char c) { return (c & '\x80') != 0; });
    if (first == bytes.end() || !begins_japanese_utf8(static_cast<unsigned char>(*first))) {
        return false;  // the first kana or kanji of nearly every CP932 cell
    }
    const std::string_view wide = bytes.substr(static_cast<std::size_t>(first - bytes.begin()));
    constexpr std::size_t two_characters = 6;
    return wide.size() >= two_characters && begins_japanese_utf8(static_cast<unsigned char>(wide[3])) &&
           simdjson::validate_utf8(bytes.data(), bytes.size()) && fits_cp932(bytes);
}

}  // namespace kokai
