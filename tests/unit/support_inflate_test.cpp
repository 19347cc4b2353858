// SPDX-License-Identifier: Apache-2.0
#include "support/inflate.hpp"

#include <catch2/catch.hpp>

#include <zlib.h>

#include <algorithm>
#include <string>

using namespace kokai;

namespace {

std::string deflated(const std::string& plain) {
    z_stream stream{};
    deflateInit2(&stream, 6, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
    std::string packed(deflateBound(&stream, plain.size()), '\0');
    std::string copy = plain;
    stream.next_in = reinterpret_cast<Bytef*>(copy.data());
    stream.avail_in = static_cast<uInt>(copy.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return packed;
}

/// What comes out when at most so many bytes go in and out at a time; "damaged" and "no end" for what they say.
std::string inflated(const std::string& packed, std::size_t in, std::size_t out) {
    Inflater inflater;
    std::string plain, piece(out, '\0');
    std::string_view rest = packed, given;
    while (true) {
        if (given.empty()) {
            given = rest.substr(0, std::min(in, rest.size()));
            rest.remove_prefix(given.size());
        }
        const std::size_t before = given.size();
        std::size_t got = 0;
        const Inflater::Outcome outcome = inflater.read(given, piece.data(), piece.size(), got);
        plain.append(piece, 0, got);
        if (outcome == Inflater::Outcome::damaged) {
            return "damaged";
        }
        if (outcome == Inflater::Outcome::finished) {
            return plain;
        }
        if (got == 0 && given.size() == before) {
            return "no end";
        }
    }
}

std::string sample() {
    std::string plain;
    for (int i = 0; i < 20'000; ++i) {
        plain += "<c r=\"A" + std::to_string(i) + "\"><v>" + std::to_string(i * 7919 % 104'729) + "</v></c>";
    }
    return plain;
}

}  // namespace

TEST_CASE("What zlib has deflated comes back in pieces of any size", "[support][inflate]") {
    for (const std::string& plain : {std::string(), std::string("a"), std::string(100'000, 'x'), sample()}) {
        const std::string packed = deflated(plain);
        CHECK(inflated(packed, packed.size(), plain.size() + 1) == plain);
        CHECK(inflated(packed, 1, 300'000) == plain);
        CHECK(inflated(packed, 65'536, 1'000) == plain);
        CHECK(inflated(packed, 7, 11) == plain);
    }
}

TEST_CASE("A stream that is cut off or broken is told", "[support][inflate]") {
    const std::string packed = deflated(sample());
    CHECK(inflated(packed.substr(0, packed.size() / 2), 1'000, 1'000) == "no end");
    CHECK(inflated("", 1, 1) == "no end");
    CHECK(inflated(std::string(100, '\xFF'), 100, 100) == "damaged");
}

TEST_CASE("The checksum is that of zip", "[support][inflate]") {
    CHECK(crc32_of("123456789", 0) == 0xCBF43926U);
    CHECK(crc32_of("6789", crc32_of("12345", 0)) == 0xCBF43926U);
    CHECK(crc32_of("", 0) == 0U);
}
