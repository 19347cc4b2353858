// SPDX-License-Identifier: Apache-2.0
#include "read/encoding.hpp"

#include "model/error.hpp"
#include "tests/unit/support/temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <iconv.h>

#include <cerrno>

using namespace kokai;
using kokai::testing::TemporaryFolder;

namespace {

EncodingSurvey survey(const std::string& bytes, std::string_view wanted = {}) {
    const TemporaryFolder folder;
    const InputFile file(folder.file("a.csv", bytes), "a.csv");
    return survey_encoding(file, wanted);
}

std::string decoded(std::string_view bytes, std::size_t& bad) {
    Arena arena;
    return std::string(decode_cp932(bytes, arena, bad));
}

/// What glibc makes of bytes; empty when they are no text.
class Iconv {
public:
    Iconv() : converter_(::iconv_open("UTF-8", "CP932")) {}
    ~Iconv() { ::iconv_close(converter_); }
    Iconv(const Iconv&) = delete;
    Iconv& operator=(const Iconv&) = delete;
    Iconv(Iconv&&) = delete;
    Iconv& operator=(Iconv&&) = delete;

    std::string text(std::string bytes) {
        char out[16];
        char* from = bytes.data();
        char* to = out;
        std::size_t from_left = bytes.size();
        std::size_t to_left = sizeof out;
        ::iconv(converter_, nullptr, nullptr, nullptr, nullptr);
        if (::iconv(converter_, &from, &from_left, &to, &to_left) != 0 || from_left != 0) {
            return {};
        }
        return {out, sizeof out - to_left};
    }

private:
    iconv_t converter_;
};

constexpr std::size_t npos = std::string_view::npos;

}  // namespace

TEST_CASE("Marks, UTF-8, UTF-16, CP932, EUC-JP and ISO-2022-JP are told apart", "[read][encoding]") {
    CHECK(survey("a,b\n1,2\n").encoding == Encoding::utf8);
    CHECK(survey("").encoding == Encoding::utf8);
    CHECK(survey("名称\n市役所\n").encoding == Encoding::utf8);
    CHECK(survey("名称\n").mark_bytes == 0);
    CHECK(survey("\xEF\xBB\xBF名称\n").mark_bytes == 3);
    CHECK(survey("\xEF\xBB\xBF名称\n").valid);
    CHECK(survey(std::string("\xFF\xFE\x0D\x54", 4)).encoding == Encoding::utf16le);
    CHECK(survey(std::string("\xFF\xFE\x0D\x54", 4)).mark_bytes == 2);
    CHECK(survey(std::string("\xFE\xFF\x54\x0D", 4)).encoding == Encoding::utf16be);
    CHECK(survey(std::string("a\0,\0b\0\n\0c\0,\0d\0\n\0", 16)).encoding == Encoding::utf16le);
    CHECK(survey(std::string("\0a\0,\0b\0\n\0c\0,\0d\0\n", 16)).encoding == Encoding::utf16be);
    // No letter of ASCII but the line breaks: 公園 / 名.
    CHECK(survey(std::string("\x6C\x51\x12\x57\n\0\x0D\x54\n\0", 10)).encoding == Encoding::utf16le);
    CHECK(survey(std::string("\x51\x6C\x57\x12\0\n\x54\x0D\0\n", 10)).encoding == Encoding::utf16be);
    CHECK(survey(std::string("a,b\n1,\0\n", 8)).encoding == Encoding::utf8);
    // Half-width kana alone in EUC-JP: ｺｳｴﾝ.
    CHECK(survey("\x8E\xBA\x8E\xB3\x8E\xB4\x8E\xDD\n").encoding == Encoding::euc_jp);
    CHECK(survey("\x8E\xBA\x8E\xB3\x8E\xB4\x8E\xDD\n").doubtful);
    CHECK(survey("\x96\xBC\x8F\xCC\n").encoding == Encoding::cp932);
    CHECK(survey("\x96\xBC\x8F\xCC\n").valid);
    CHECK(survey("\xCC\xBE\xBE\xCE,\xBD\xBB\xBD\xEA\n\xA4\xA2,\xA4\xA4\n").encoding == Encoding::euc_jp);
    CHECK(survey("\x1B$B\x4C\x3E\x1B(B\n").encoding == Encoding::iso2022_jp);
}

TEST_CASE("One bad byte does not change the encoding, and is found", "[read][encoding]") {
    const EncodingSurvey utf8 = survey("名称,住所\n市役所,大手\xFF町\n");
    CHECK(utf8.encoding == Encoding::utf8);
    CHECK_FALSE(utf8.valid);
    CHECK(utf8.first_bad_byte == 30);
    const EncodingSurvey marked = survey("\xEF\xBB\xBF\x96\xBC\x8F\xCC\n");  // the mark is believed
    CHECK(marked.encoding == Encoding::utf8);
    CHECK(marked.first_bad_byte == 3);
    const EncodingSurvey cp932 = survey("\x96\xBC\x8F\xCC\x8E\x73\x96\xF0\x8F\x8A\x91\xE5\x8E\xE8\x92\xAC\xFF\n");
    CHECK(cp932.encoding == Encoding::cp932);
    CHECK_FALSE(cp932.valid);
    CHECK(cp932.first_bad_byte == 16);
}

TEST_CASE("The whole file counts, across the pieces it is read in", "[read][encoding]") {
    // Every way in which a three-byte character can lie across the end of a piece of 256 KiB.
    for (std::size_t before = 0; before < 4; ++before) {
        const std::string ascii((std::size_t{256} << 10U) - before, 'x');
        CHECK(survey(ascii + "\x1B$B\x4C\x3E\x1B(B\n").encoding == Encoding::iso2022_jp);
        CHECK(survey(ascii + "市" + ascii + "市\xFF町町町町").first_bad_byte == 2 * ascii.size() + 6);
        CHECK(survey(ascii + "市").encoding == Encoding::utf8);
        CHECK(survey(ascii + "市").valid);
        const EncodingSurvey broken = survey(ascii + "\xE5\xB8\n市役所市役所市役所市役所");
        CHECK(broken.encoding == Encoding::utf8);
        CHECK(broken.first_bad_byte == ascii.size());
        const EncodingSurvey cp932 = survey(ascii + "\x96\xBC\x8F\xCC");
        CHECK(cp932.encoding == Encoding::cp932);
        CHECK(cp932.valid);
    }
    CHECK_FALSE(survey("名称,住所\n市役所,大手町\xE5\xB8").valid);  // cut at the end of the file
    CHECK(survey("名称,住所\n市役所,大手町\xE5\xB8").first_bad_byte == 33);
}

TEST_CASE("An encoding that is named is taken, by any of its names", "[read][encoding]") {
    CHECK(survey("a\n", "Shift_JIS").encoding == Encoding::cp932);
    CHECK(survey("\xEF\xBB\xBF"
                 "a\n",
                 "UTF-8")
              .mark_bytes == 3);
    CHECK(survey("\xEF\xBB\xBF"
                 "a\n",
                 "cp932")
              .mark_bytes == 0);
    CHECK_FALSE(survey("\x96\xBC\n", "UTF-8").valid);
    CHECK(survey("\xCC\xBE\n", "EUC-JP").encoding == Encoding::euc_jp);
    for (const char* name : {"CP932", "Shift-JIS", "shift_jis", "SJIS", "Windows-31J", "MS932"}) {
        CHECK(encoding_named(name) == Encoding::cp932);
    }
    CHECK(encoding_named("utf-8-sig") == Encoding::utf8);
    CHECK(encoding_named("UTF-16") == Encoding::utf16le);
    CHECK(encoding_named("JIS") == Encoding::iso2022_jp);
    for (const Encoding one : {Encoding::utf8, Encoding::cp932, Encoding::utf16le, Encoding::utf16be, Encoding::euc_jp,
                               Encoding::iso2022_jp}) {
        CHECK(encoding_named(name_of(one)) == one);
    }
    CHECK_THROWS_AS(encoding_named("latin1"), UsageError);
    CHECK_THROWS_AS(encoding_named(""), UsageError);
}

TEST_CASE("CP932 is decoded as iconv decodes it, all double-byte codes and half-width kana", "[read][encoding]") {
    Iconv other;
    std::size_t characters = 0;
    for (unsigned lead = 0x80; lead <= 0xFF; ++lead) {
        for (unsigned trail = 0x40; trail <= 0xFC; ++trail) {
            const bool is_lead = (lead >= 0x81 && lead <= 0x9F) || (lead >= 0xE0 && lead <= 0xFC);
            if (!is_lead) {
                continue;
            }
            const std::string bytes{static_cast<char>(lead), static_cast<char>(trail)};
            const std::string expected = trail == 0x7F ? std::string() : other.text(bytes);
            std::size_t bad = npos;
            const std::string got = decoded(bytes, bad);
            INFO(std::hex << lead << trail);
            if (expected.empty()) {
                REQUIRE(bad == 0);
                REQUIRE(first_bad_cp932(bytes) == 0);
            } else {
                REQUIRE(bad == npos);
                REQUIRE(got == expected);
                REQUIRE(first_bad_cp932(bytes) == npos);
                ++characters;
            }
        }
    }
    CHECK(characters == 9604);  // with NEC and IBM extensions and the user-defined ones
    for (unsigned byte = 0xA1; byte <= 0xDF; ++byte) {
        const std::string bytes{static_cast<char>(byte)};
        std::size_t bad = npos;
        REQUIRE(decoded(bytes, bad) == other.text(bytes));
        REQUIRE(bad == npos);
    }
    for (const char byte : {'\x80', '\xA0', '\xFD', '\xFE', '\xFF'}) {
        std::size_t bad = npos;
        CHECK(decoded(std::string("a") + byte + "b", bad) == "ab");
        CHECK(bad == 1);
    }
}

TEST_CASE("Bytes that are no CP932 are left out, the first one is told", "[read][encoding]") {
    std::size_t bad = npos;
    CHECK(decoded("\x96\xBC\x96", bad) == "名");  // a lead byte at the end
    CHECK(bad == 2);
    bad = npos;
    CHECK(decoded("\x96\n\x96\xBC", bad) == "\n名");  // its trail byte missing
    CHECK(bad == 0);
    bad = 7;
    CHECK(decoded("abc", bad) == "abc");
    CHECK(bad == 7);
    CHECK(first_bad_cp932("\x8E\x73\x96\xF0\x8F") == 4);
    CHECK(first_bad_cp932("ascii \x8E\x73") == npos);
}

TEST_CASE("What is no UTF-8 is left out", "[read][encoding]") {
    Arena arena;
    const auto mended = [&](std::string_view bytes) {
        std::size_t bad = npos;
        const std::string text(mend_utf8(bytes, arena, bad));
        return text + "@" + (bad == npos ? "" : std::to_string(bad));
    };
    CHECK(mended("市役所") == "市役所@");
    CHECK(mended("市\xFF役\xC0\xAF所") == "市役所@3");
    CHECK(mended("\xE5\xB8") == "@0");
    CHECK(mended("a\xED\xA0\x80z") == "az@1");    // a surrogate
    CHECK(mended("\xF4\x90\x80\x80z") == "z@0");  // beyond Unicode
    CHECK(mended("😀") == "😀@");
}

TEST_CASE("The rare encodings are transcoded in pieces of any size", "[read][encoding]") {
    const auto transcoded = [](Encoding from, const std::string& bytes, std::size_t piece) {
        Transcoder transcoder(from);
        std::string out;
        std::size_t bad = 0;
        for (std::size_t at = 0; at < bytes.size(); at += piece) {
            bad += transcoder.feed(std::string_view(bytes).substr(at, piece), at + piece >= bytes.size(), out);
        }
        std::string without;
        const BadBytes wrong = take_bad_marks(out, without);
        return without + "/" + std::to_string(bad) +
               (bad == 0 ? "" : " " + wrong.hex + "@" + std::to_string(wrong.offset));
    };
    for (const std::size_t piece : {1U, 2U, 3U, 100U}) {
        CHECK(transcoded(Encoding::utf16le, std::string("\x0D\x54\x3D\xD8\x00\xDE", 6), piece) == "名😀/0");
        CHECK(transcoded(Encoding::utf16be, std::string("\x54\x0D\xD8\x3D\xDE\x00", 6), piece) == "名😀/0");
        CHECK(transcoded(Encoding::euc_jp, "\xCC\xBE\xBE\xCE,\x8E\xB1", piece) == "名称,ｱ/0");
        CHECK(transcoded(Encoding::iso2022_jp, "\x1B$B\x4C\x3E\x3E\x4E\x1B(B,b", piece) == "名称,b/0");
        CHECK(transcoded(Encoding::utf16le, std::string("\x0D\x54\x00\xD8\x0D\x54", 6), piece) ==
              "名名/1 00 D8@2");  // half a pair
    }
}
