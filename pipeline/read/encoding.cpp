// SPDX-License-Identifier: Apache-2.0
// CP932 is decoded with a table made from ICU's own mapping at first use: ICU knows the characters, a table is four
// times as fast.
#include "read/encoding.hpp"

#include "model/error.hpp"

#include <simdjson.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_err.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <memory>
#include <vector>

namespace kokai {
namespace {

constexpr std::size_t piece = 4U << 20U;

struct ConverterDeleter {
    void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, ConverterDeleter>;

Converter open_converter(const char* name) {
    UErrorCode status = U_ZERO_ERROR;
    Converter converter(ucnv_open(name, &status));
    if (U_FAILURE(status) != 0) {
        throw WorldError({}, std::string("ICU が文字コード ") + name + " を知りません",
                         std::string("ICU does not know ") + name);
    }
    return converter;
}

/// UTF-8 bytes of every CP932 character: three bytes at most, the length in the top byte; 0 = no character.
class Cp932Table {
public:
    Cp932Table() : entries_(0x10000, 0) {
        const Converter cp932 = open_converter("ibm-943_P15A-2003");
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

/// Whether a whole file is UTF-8, piece by piece.
class Utf8Look {
public:
    void feed(std::string_view bytes, std::uint64_t offset) {
        if (utf8_valid_) {
            feed_utf8(bytes, offset);
        }
    }

    [[nodiscard]] bool valid() const { return utf8_valid_; }
    [[nodiscard]] std::uint64_t first_bad_byte() const { return first_bad_utf8_; }

private:
    void feed_utf8(std::string_view bytes, std::uint64_t offset) {
        // A character may be cut by the end of the piece: up to three bytes wait for the next one.
        std::string joined;
        std::string_view look = bytes;
        if (!tail_.empty()) {
            joined = tail_ + std::string(bytes);
            look = joined;
            offset -= tail_.size();
        }
        std::size_t keep = look.size();
        for (std::size_t back = 1; back <= 3 && back <= look.size(); ++back) {
            const auto byte = static_cast<unsigned char>(look[look.size() - back]);
            if (byte >= 0xC0) {
                const std::size_t need = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2;
                keep = need > back ? look.size() - back : look.size();
                break;
            }
            if (byte < 0x80) {
                break;
            }
        }
        if (!simdjson::validate_utf8(look.data(), keep)) {
            utf8_valid_ = false;
            first_bad_utf8_ = offset + first_bad(look.substr(0, keep));
        }
        tail_ = std::string(look.substr(keep));
    }

public:
    void end(std::uint64_t size) {
        if (utf8_valid_ && !tail_.empty()) {
            utf8_valid_ = false;
            first_bad_utf8_ = size - tail_.size();
        }
    }

    static std::size_t first_bad(std::string_view text) {
        std::size_t good = 0;
        std::size_t bad = text.size();
        while (bad - good > 64) {  // halve on character borders
            std::size_t middle = good + (bad - good) / 2;
            while (middle > good && (static_cast<unsigned char>(text[middle]) & 0xC0U) == 0x80U) {
                --middle;
            }
            if (middle == good) {
                break;
            }
            if (simdjson::validate_utf8(text.data() + good, middle - good)) {
                good = middle;
            } else {
                bad = middle;
            }
        }
        while (good < bad) {
            const std::size_t length = sequence_length(text.substr(good, bad - good));
            if (length == 0) {
                return good;
            }
            good += length;
        }
        return good;
    }

    /// Length of the valid UTF-8 sequence at the beginning, 0 if there is none.
    static std::size_t sequence_length(std::string_view text) {
        const auto lead = static_cast<unsigned char>(text[0]);
        const std::size_t length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
        return length != 0 && length <= text.size() && simdjson::validate_utf8(text.data(), length) ? length : 0;
    }

private:
    bool utf8_valid_ = true;
    std::uint64_t first_bad_utf8_ = 0;
    std::string tail_;
};

/// One pass of the whole file through `look(bytes, offset)`.
template <typename Look>
void for_each_piece(const InputFile& file, Look look) {
    std::vector<char> bytes(static_cast<std::size_t>(std::min<std::uint64_t>(piece, file.bytes() + 1)));
    for (std::uint64_t offset = 0;;) {
        const std::size_t got = file.read_at(offset, bytes.data(), bytes.size());
        if (got == 0) {
            return;
        }
        if (!look(std::string_view(bytes.data(), got), offset)) {
            return;
        }
        offset += got;
    }
}

}  // namespace

std::string_view name_of(Encoding encoding) {
    switch (encoding) {
    case Encoding::utf8:
        return "UTF-8";
    case Encoding::cp932:
        return "CP932";
    case Encoding::utf16le:
        return "UTF-16LE";
    case Encoding::utf16be:
        return "UTF-16BE";
    case Encoding::euc_jp:
        return "EUC-JP";
    case Encoding::iso2022_jp:
        break;
    }
    return "ISO-2022-JP";
}

Encoding encoding_named(std::string_view name) {
    std::string plain;
    for (const char letter : name) {
        if (std::isalnum(static_cast<unsigned char>(letter)) != 0) {
            plain += static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
        }
    }
    if (plain == "utf8" || plain == "utf8sig" || plain == "utf8bom") {
        return Encoding::utf8;
    }
    if (plain == "cp932" || plain == "shiftjis" || plain == "sjis" || plain == "windows31j" || plain == "ms932") {
        return Encoding::cp932;
    }
    if (plain == "utf16le" || plain == "utf16") {
        return Encoding::utf16le;
    }
    if (plain == "utf16be") {
        return Encoding::utf16be;
    }
    if (plain == "eucjp") {
        return Encoding::euc_jp;
    }
    if (plain == "iso2022jp" || plain == "jis") {
        return Encoding::iso2022_jp;
    }
    throw UsageError(
        "文字コード「" + std::string(name) + "」は知りません（UTF-8 CP932 UTF-16LE UTF-16BE EUC-JP ISO-2022-JP）",
        "unknown encoding \"" + std::string(name) + "\" (UTF-8 CP932 UTF-16LE UTF-16BE EUC-JP ISO-2022-JP)");
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

Cell mend_utf8(std::string_view bytes, Arena& into, std::size_t& bad) {
    if (simdjson::validate_utf8(bytes.data(), bytes.size())) {
        return bytes;
    }
    std::string good;
    for (std::size_t i = 0; i < bytes.size();) {
        const std::size_t length = Utf8Look::sequence_length(bytes.substr(i));
        if (length == 0) {
            bad = std::min(bad, i);
            ++i;
            continue;
        }
        good.append(bytes, i, length);
        i += length;
    }
    return into.keep(good);
}

EncodingSurvey survey_encoding(const InputFile& file, std::string_view wanted) {
    EncodingSurvey survey;
    std::array<char, 4> head{};
    const std::size_t got = file.read_at(0, head.data(), head.size());
    const std::string_view start(head.data(), got);
    if (start.starts_with("\xEF\xBB\xBF")) {
        survey.mark_bytes = 3;
    } else if (start.starts_with("\xFF\xFE")) {
        survey.encoding = Encoding::utf16le;
        survey.mark_bytes = 2;
    } else if (start.starts_with("\xFE\xFF")) {
        survey.encoding = Encoding::utf16be;
        survey.mark_bytes = 2;
    }
    if (!wanted.empty()) {
        const Encoding named = encoding_named(wanted);
        survey.mark_bytes = named == survey.encoding ? survey.mark_bytes : 0;
        survey.encoding = named;
    }
    if (survey.encoding == Encoding::utf16le || survey.encoding == Encoding::utf16be) {
        return survey;
    }

    Utf8Look utf8;
    bool escapes = false;
    std::uint64_t zeros_even = 0;
    std::uint64_t zeros_odd = 0;
    for_each_piece(file, [&](std::string_view bytes, std::uint64_t offset) {
        if (offset == 0) {
            const std::string_view sample = bytes.substr(0, 65536);
            for (std::size_t i = 0; i < sample.size(); ++i) {
                if (sample[i] == '\0') {
                    ++(i % 2 == 0 ? zeros_even : zeros_odd);
                }
            }
        }
        escapes = escapes || bytes.find("\x1B$") != std::string_view::npos;
        utf8.feed(bytes, offset);
        return utf8.valid();
    });
    utf8.end(file.bytes());

    if (wanted.empty() && survey.mark_bytes == 0 && zeros_even + zeros_odd > 4) {
        // UTF-16 without a mark: one half of every ASCII character is zero.
        if (zeros_odd > 8 * zeros_even) {
            survey.encoding = Encoding::utf16le;
            return survey;
        }
        if (zeros_even > 8 * zeros_odd) {
            survey.encoding = Encoding::utf16be;
            return survey;
        }
    }
    if (utf8.valid() && survey.encoding == Encoding::utf8) {
        if (escapes && wanted.empty()) {
            survey.encoding = Encoding::iso2022_jp;
        }
        return survey;
    }
    if (survey.encoding == Encoding::iso2022_jp || survey.encoding == Encoding::euc_jp) {
        return survey;
    }

    // Not UTF-8 throughout: look at the whole file as CP932, as EUC-JP, and as UTF-8 with some damage.
    std::uint64_t bad_cp932 = UINT64_MAX;
    std::uint64_t bad_cp932_count = 0;
    bool euc_valid = true;
    std::uint64_t half_kana = 0;
    std::uint64_t wide = 0;
    std::uint64_t utf8_good = 0;
    std::uint64_t utf8_bad = 0;
    std::string carried;
    std::string euc_carried;
    constexpr std::uint64_t settled = 1U << 20U;  // so many bytes that are not UTF-8, and hardly any that are
    for_each_piece(file, [&](std::string_view bytes, std::uint64_t offset) {
        for (std::size_t at = 0; at < bytes.size() && (utf8_bad < settled || utf8_good > utf8_bad);) {
            const bool ascii = static_cast<unsigned char>(bytes[at]) < 0x80;
            const std::size_t length = ascii ? 1 : Utf8Look::sequence_length(bytes.substr(at));
            utf8_good += ascii || length == 0 ? 0U : 1U;
            utf8_bad += length == 0 ? 1U : 0U;
            at += length == 0 ? 1 : length;
        }
        // CP932: a lead byte at the very end waits for its trail byte.
        const std::uint64_t base = offset - carried.size();
        const std::string with_carried = carried.empty() ? std::string() : carried.append(bytes);
        const std::string_view joined = with_carried.empty() ? bytes : std::string_view(with_carried);
        carried.clear();
        std::size_t i = 0;
        for (; i < joined.size(); ++i) {
            const auto byte = static_cast<unsigned char>(joined[i]);
            if (byte < 0x80) {
                continue;
            }
            if (is_cp932_lead(byte)) {
                if (i + 1 == joined.size() && base + joined.size() < file.bytes()) {
                    carried = joined.substr(i);
                    break;
                }
                const unsigned trail = i + 1 < joined.size() ? static_cast<unsigned char>(joined[i + 1]) : 0;
                if (cp932_table().at((static_cast<unsigned>(byte) << 8U) | trail) == 0) {
                    bad_cp932 = std::min(bad_cp932, base + i);
                    ++bad_cp932_count;
                } else {
                    ++i;
                    ++wide;
                }
            } else if (cp932_table().at(byte) == 0) {
                bad_cp932 = std::min(bad_cp932, base + i);
                ++bad_cp932_count;
            } else {
                ++half_kana;
            }
        }
        // EUC-JP: pairs of A1-FE; 8E before half-width kana, 8F before three-byte characters.
        if (!euc_valid) {
            return true;
        }
        const std::string euc = euc_carried + std::string(bytes);
        euc_carried.clear();
        const bool more = offset + bytes.size() < file.bytes();
        for (std::size_t at = 0; at < euc.size() && euc_valid;) {
            const auto byte = static_cast<unsigned char>(euc[at]);
            const std::size_t length = byte < 0x80 ? 1 : byte == 0x8F ? 3 : 2;
            if (at + length > euc.size()) {
                euc_valid = more;
                euc_carried = euc.substr(at);
                break;
            }
            for (std::size_t k = 1; k < length; ++k) {
                euc_valid = euc_valid && static_cast<unsigned char>(euc[at + k]) >= 0xA1;
            }
            euc_valid = euc_valid && (byte < 0x80 || byte == 0x8E || byte == 0x8F || byte >= 0xA1);
            at += length;
        }
        return true;
    });
    const bool cp932_valid = bad_cp932 == UINT64_MAX;
    if (wanted.empty()) {
        // Read as CP932, EUC-JP looks like half-width kana throughout.
        if (euc_valid && utf8_good <= 4 * utf8_bad && (!cp932_valid || half_kana > 2 * wide)) {
            survey.encoding = Encoding::euc_jp;
            survey.doubtful = cp932_valid;
            return survey;
        }
        // CP932 text hardly ever makes UTF-8 characters by chance; damaged UTF-8 is full of them.
        const bool damaged_utf8 = utf8_good > 4 * utf8_bad;
        if (survey.mark_bytes == 0 && !damaged_utf8 && (cp932_valid || bad_cp932_count * 4 < wide)) {
            survey.encoding = Encoding::cp932;
        }
    }
    if (survey.encoding == Encoding::cp932) {
        survey.valid = cp932_valid;
        survey.first_bad_byte = cp932_valid ? 0 : bad_cp932;
    } else {
        survey.valid = false;
        survey.first_bad_byte = utf8.first_bad_byte();
    }
    return survey;
}

Transcoder::Transcoder(Encoding from) {
    const char* name = from == Encoding::utf16le   ? "UTF-16LE"
                       : from == Encoding::utf16be ? "UTF-16BE"
                       : from == Encoding::euc_jp  ? "windows-51932"
                                                   : "ISO-2022-JP-2";
    UErrorCode status = U_ZERO_ERROR;
    UConverter* opened = ucnv_open(name, &status);
    if (U_FAILURE(status) != 0 && from == Encoding::euc_jp) {
        status = U_ZERO_ERROR;
        opened = ucnv_open("EUC-JP", &status);
    }
    from_ = opened;
    to_ = open_converter("UTF-8").release();
    if (from_ == nullptr) {
        ucnv_close(static_cast<UConverter*>(to_));
        throw WorldError({}, std::string("ICU が文字コード ") + name + " を知りません",
                         std::string("ICU does not know ") + name);
    }
    ucnv_setToUCallBack(static_cast<UConverter*>(from_), UCNV_TO_U_CALLBACK_SUBSTITUTE, nullptr, nullptr, nullptr,
                        &status);
}

Transcoder::~Transcoder() {
    ucnv_close(static_cast<UConverter*>(from_));
    ucnv_close(static_cast<UConverter*>(to_));
}

std::size_t Transcoder::feed(std::string_view bytes, bool last, std::string& out) {
    std::vector<UChar> pivot(bytes.size() + 16);
    const char* source = bytes.data();
    const char* const source_end = source + bytes.size();
    std::size_t bad = 0;
    while (true) {
        UErrorCode status = U_ZERO_ERROR;
        UChar* target = pivot.data();
        ucnv_toUnicode(static_cast<UConverter*>(from_), &target, pivot.data() + pivot.size(), &source, source_end,
                       nullptr, static_cast<UBool>(last), &status);
        const auto units = static_cast<std::size_t>(target - pivot.data());
        std::vector<UChar> good;
        good.reserve(units);
        for (std::size_t i = 0; i < units; ++i) {
            if (pivot[i] == 0xFFFD) {
                ++bad;  // no text: left out and counted, never written
            } else {
                good.push_back(pivot[i]);
            }
        }
        const UChar* unit = good.data();
        std::array<char, 65536> buffer{};
        while (true) {
            UErrorCode encode = U_ZERO_ERROR;
            char* to = buffer.data();
            ucnv_fromUnicode(static_cast<UConverter*>(to_), &to, buffer.data() + buffer.size(), &unit,
                             good.data() + good.size(), nullptr, static_cast<UBool>(false), &encode);
            out.append(buffer.data(), static_cast<std::size_t>(to - buffer.data()));
            if (encode != U_BUFFER_OVERFLOW_ERROR) {
                break;
            }
        }
        if (status != U_BUFFER_OVERFLOW_ERROR) {
            return bad;
        }
    }
}

}  // namespace kokai
