// SPDX-License-Identifier: Apache-2.0
// The rare encodings, through ICU. It stops at what is no text; the place goes into the text as a mark, because only
// the parser of cells knows in which one it stands.
#include "read/encoding.hpp"
#include "support/icu_converter.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

namespace kokai {
namespace {

constexpr char mark = '\xFF';  // in no UTF-8 text

}  // namespace

std::string hex_of(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string text;
    for (const char letter : bytes.substr(0, 4)) {
        const auto byte = static_cast<unsigned char>(letter);
        text += text.empty() ? "" : " ";
        text += digits[byte >> 4U];
        text += digits[byte & 15U];
    }
    return text;
}

bool has_bad_mark(std::string_view text) {
    return text.find(mark) != std::string_view::npos;
}

BadBytes take_bad_marks(std::string_view text, std::string& without) {
    BadBytes first;
    without.clear();
    while (true) {
        const std::size_t begin = std::min(text.find(mark), text.size());
        without += text.substr(0, begin);
        const std::size_t end = begin < text.size() ? text.find(mark, begin + 1) : std::string_view::npos;
        if (end == std::string_view::npos) {
            return first;
        }
        const std::string_view inside = text.substr(begin + 1, end - begin - 1);
        if (first.hex.empty()) {
            const auto [number_end, error] =
                std::from_chars(inside.data(), inside.data() + inside.size(), first.offset);
            first.hex = std::string(trimmed(inside.substr(static_cast<std::size_t>(number_end - inside.data()))));
        }
        text.remove_prefix(end + 1);
    }
}

Transcoder::Transcoder(Encoding from) {
    IcuConverter to = open_icu_converter("UTF-8");
    IcuConverter opened;
    if (from == Encoding::euc_jp) {
        UErrorCode unknown = U_ZERO_ERROR;
        opened.reset(ucnv_open("windows-51932", &unknown));
        if (U_FAILURE(unknown) != 0) {
            opened.reset();
        }
    }
    if (!opened) {
        opened = open_icu_converter(from == Encoding::utf16le   ? "UTF-16LE"
                                    : from == Encoding::utf16be ? "UTF-16BE"
                                    : from == Encoding::euc_jp  ? "EUC-JP"
                                                                : "ISO-2022-JP-2");
    }
    two_byte_units_ = from == Encoding::utf16le || from == Encoding::utf16be;
    UErrorCode status = U_ZERO_ERROR;
    ucnv_setToUCallBack(opened.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
    from_ = opened.release();
    to_ = to.release();
}

Transcoder::~Transcoder() {
    ucnv_close(static_cast<UConverter*>(from_));
    ucnv_close(static_cast<UConverter*>(to_));
}

void Transcoder::append(const char16_t* unit, const char16_t* end, std::string& out) {
    std::array<char, 65536> buffer{};
    while (true) {
        UErrorCode status = U_ZERO_ERROR;
        char* to = buffer.data();
        ucnv_fromUnicode(static_cast<UConverter*>(to_), &to, buffer.data() + buffer.size(), &unit, end, nullptr,
                         static_cast<UBool>(false), &status);
        out.append(buffer.data(), static_cast<std::size_t>(to - buffer.data()));
        if (status != U_BUFFER_OVERFLOW_ERROR) {
            return;
        }
    }
}

std::size_t Transcoder::feed(std::string_view bytes, bool last, std::string& out) {
    std::vector<UChar> pivot(bytes.size() + 16);
    auto* const converter = static_cast<UConverter*>(from_);
    const char* source = bytes.data();
    const char* const source_end = source + bytes.size();
    std::size_t bad = 0;
    while (true) {
        UErrorCode status = U_ZERO_ERROR;
        UChar* target = pivot.data();
        ucnv_toUnicode(converter, &target, pivot.data() + pivot.size(), &source, source_end, nullptr,
                       static_cast<UBool>(last), &status);
        if (target != pivot.data()) {
            append(pivot.data(), target, out);
            marked_to_ = none;
        }
        if (status == U_BUFFER_OVERFLOW_ERROR) {
            continue;
        }
        if (U_SUCCESS(status) != 0) {
            break;
        }
        std::array<char, 32> wrong{};
        auto length = static_cast<std::int8_t>(wrong.size());
        UErrorCode ignored = U_ZERO_ERROR;
        ucnv_getInvalidChars(converter, wrong.data(), &length, &ignored);
        const auto size = static_cast<std::uint64_t>(std::max<std::int8_t>(length, 0));
        const std::uint64_t end = fed_ + static_cast<std::uint64_t>(source - bytes.data());
        std::uint64_t begin = end - std::min(end, size);
        begin -= two_byte_units_ ? begin % 2 : 0;  // ICU has looked at a part of the next letter already
        if (marked_to_ != begin) {                 // bytes that follow others of this kind belong to them
            out += mark;
            out += std::to_string(begin) + " " + hex_of({wrong.data(), static_cast<std::size_t>(size)});
            out += mark;
            ++bad;
        }
        marked_to_ = end;
        if (source == source_end && status == U_TRUNCATED_CHAR_FOUND) {
            break;
        }
    }
    fed_ += bytes.size();
    return bad;
}

}  // namespace kokai
