// SPDX-License-Identifier: Apache-2.0
// The names of encodings, and which one a file is in.
#include "read/encoding.hpp"

#include "model/error.hpp"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>
#include <vector>

namespace kokai {
namespace {

/// Length of the valid UTF-8 sequence at the beginning, 0 if there is none.
std::size_t sequence_length(std::string_view text) {
    const auto lead = static_cast<unsigned char>(text[0]);
    const std::size_t length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
    return length != 0 && length <= text.size() && simdjson::validate_utf8(text.data(), length) ? length : 0;
}

constexpr std::size_t piece = 256U << 10U;  // stays in the processor's cache while it is looked at

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
    /// A character may be cut by the end of a piece: up to three bytes wait for the rest of theirs.
    void feed_utf8(std::string_view bytes, std::uint64_t offset) {
        if (!tail_.empty()) {
            const std::size_t missing = std::min(length_by_lead(tail_.front()) - tail_.size(), bytes.size());
            const std::uint64_t start = offset - tail_.size();
            tail_ += bytes.substr(0, missing);
            if (tail_.size() < length_by_lead(tail_.front())) {
                return;
            }
            judge(std::exchange(tail_, {}), start);
            bytes.remove_prefix(missing);
            offset += missing;
        }
        std::size_t keep = bytes.size();
        for (std::size_t back = 1; back <= 3 && back <= bytes.size(); ++back) {
            const char byte = bytes[bytes.size() - back];
            if (static_cast<unsigned char>(byte) >= 0xC0) {
                keep = length_by_lead(byte) > back ? bytes.size() - back : bytes.size();
                break;
            }
            if (static_cast<unsigned char>(byte) < 0x80) {
                break;
            }
        }
        judge(bytes.substr(0, keep), offset);
        tail_ = std::string(bytes.substr(keep));
    }

    void judge(std::string_view whole, std::uint64_t offset) {
        if (utf8_valid_ && !simdjson::validate_utf8(whole.data(), whole.size())) {
            utf8_valid_ = false;
            first_bad_utf8_ = offset + first_bad_utf8(whole);
        }
    }

    static std::size_t length_by_lead(char lead) {
        const auto byte = static_cast<unsigned char>(lead);
        return byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2;
    }

public:
    void end(std::uint64_t size) {
        if (utf8_valid_ && !tail_.empty()) {
            utf8_valid_ = false;
            first_bad_utf8_ = size - tail_.size();
        }
    }

private:
    bool utf8_valid_ = true;
    std::uint64_t first_bad_utf8_ = 0;
    std::string tail_;
};

/// Whether text without a mark is UTF-16. Every line break has a zero byte there, and no other encoding of texts has
/// one; letters that are not of Japan or ASCII say that the halves are the other way round.
bool looks_like_utf16(std::string_view sample, std::size_t high_half) {
    std::size_t units = 0;
    std::size_t known = 0;
    for (std::size_t i = 0; i + 1 < sample.size(); i += 2) {
        const unsigned high = static_cast<unsigned char>(sample[i + high_half]);
        const unsigned low = static_cast<unsigned char>(sample[i + 1 - high_half]);
        const unsigned unit = (high << 8U) | low;
        ++units;
        known += unit == '\t' || unit == '\n' || unit == '\r' || (unit >= 0x20 && unit < 0x7F) ||
                         (unit >= 0x3000 && unit <= 0x30FF) || (unit >= 0x4E00 && unit <= 0x9FFF) || high == 0xFF
                     ? 1U
                     : 0U;
    }
    return units > 1 && known * 20 >= units * 19;
}

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

std::size_t first_bad_utf8(std::string_view text) {
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

Cell mend_utf8(std::string_view bytes, Arena& into, std::size_t& bad) {
    if (simdjson::validate_utf8(bytes.data(), bytes.size())) {
        return bytes;
    }
    std::string good;
    for (std::size_t i = 0; i < bytes.size();) {
        const std::size_t length = sequence_length(bytes.substr(i));
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
    bool escape_begun = false;  // by the last byte of a piece
    std::string with_zeros;     // the beginning, when it has any
    for_each_piece(file, [&](std::string_view bytes, std::uint64_t offset) {
        if (offset == 0) {
            const std::string_view sample = bytes.substr(0, 65536);
            if (sample.find('\0') != std::string_view::npos) {
                with_zeros = sample;
            }
        }
        escapes = escapes || (escape_begun && bytes.front() == '$') || bytes.find("\x1B$") != std::string_view::npos;
        escape_begun = bytes.back() == '\x1B';
        utf8.feed(bytes, offset);
        return utf8.valid();
    });
    utf8.end(file.bytes());

    if (wanted.empty() && survey.mark_bytes == 0 && !with_zeros.empty()) {
        for (const Encoding one : {Encoding::utf16le, Encoding::utf16be}) {
            if (looks_like_utf16(with_zeros, one == Encoding::utf16le ? 1 : 0)) {
                survey.encoding = one;
                return survey;
            }
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
    std::uint64_t kana_pairs = 0;  // of wide: in EUC-JP each is one half-width kana
    std::uint64_t utf8_good = 0;
    std::uint64_t utf8_bad = 0;
    std::uint64_t first_high = UINT64_MAX;
    std::string carried;
    std::string euc_carried;
    constexpr std::uint64_t settled = 1U << 20U;  // so many bytes that are not UTF-8, and hardly any that are
    for_each_piece(file, [&](std::string_view bytes, std::uint64_t offset) {
        if (first_high == UINT64_MAX) {
            const auto high = std::find_if(bytes.begin(), bytes.end(), [](char c) { return (c & '\x80') != 0; });
            first_high = high == bytes.end() ? UINT64_MAX : offset + static_cast<std::uint64_t>(high - bytes.begin());
        }
        for (std::size_t at = 0; at < bytes.size() && (utf8_bad < settled || utf8_good > utf8_bad);) {
            const bool ascii = static_cast<unsigned char>(bytes[at]) < 0x80;
            const std::size_t length = ascii ? 1 : sequence_length(bytes.substr(at));
            utf8_good += length >= 3 ? 1U : 0U;
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
            if (i + 1 == joined.size() && base + joined.size() < file.bytes() && begins_cp932_pair(joined[i])) {
                carried = joined.substr(i);
                break;
            }
            const Cp932Character kind = cp932_character(joined.substr(i, 2));
            if (kind == Cp932Character::none) {
                bad_cp932 = std::min(bad_cp932, base + i);
                ++bad_cp932_count;
            } else if (kind == Cp932Character::wide) {
                kana_pairs += joined[i] == '\x8E' && static_cast<unsigned char>(joined[i + 1]) >= 0xA1 ? 1U : 0U;
                ++i;
                ++wide;
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
        // Read as CP932, EUC-JP looks like half-width kana throughout, and its half-width kana like kanji of one row.
        constexpr std::uint64_t enough_kana = 4;
        // CP932 text hardly ever makes characters of three bytes by chance; damaged UTF-8 is full of them.
        const bool damaged_utf8 = 3 * utf8_good > utf8_bad;
        const bool like_euc =
            half_kana + kana_pairs > 2 * (wide - kana_pairs) && (half_kana != 0 || kana_pairs >= enough_kana);
        if (euc_valid && !damaged_utf8 && (!cp932_valid || like_euc)) {
            survey.encoding = Encoding::euc_jp;
            survey.doubtful = cp932_valid;
            survey.first_high_byte = first_high;
            return survey;
        }
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

}  // namespace kokai
