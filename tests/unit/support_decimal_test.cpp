// SPDX-License-Identifier: Apache-2.0
// Against the standard library over a grid: the fast way must give the very same doubles and digits.
#include "support/decimal.hpp"

#include <catch2/catch.hpp>

#include <cstdio>
#include <cstdlib>

using namespace kokai;

namespace {

std::string degrees(double value) {
    std::string text;
    append_degrees(text, value);
    return text;
}

/// printf's seven decimals without the padding.
std::string by_printf(double value) {
    char buffer[64];
    std::snprintf(buffer, sizeof buffer, "%.7f", value);
    std::string text = buffer;
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') {
        text.pop_back();
    }
    return text == "-0" ? "0" : text;
}

}  // namespace

TEST_CASE("A decimal is the double that strtod reads", "[support][decimal]") {
    for (long whole = -181; whole <= 181; whole += 3) {
        for (long fraction = 0; fraction < 10'000'000; fraction += 92'821) {
            char text[64];
            std::snprintf(text, sizeof text, "%s%ld.%07ld", whole < 0 ? "-" : "", std::labs(whole), fraction);
            const auto value = parse_decimal(text);
            REQUIRE(value);
            REQUIRE(*value == std::strtod(text, nullptr));
        }
    }
    for (const char* text : {"0", "-0", "5", "-5", "007", "0.1", "36.389049", "139.0606667", "999999999999999",
                             "0.00000000000001", "123456789012345.6", "139.06066675000000001",
                             "139.0606667500000000000000001", "12345678901234567890", "-99999999999999999999.5"}) {
        INFO(text);
        const auto value = parse_decimal(text);
        REQUIRE(value);
        CHECK(*value == std::strtod(text, nullptr));
    }
    CHECK(std::signbit(*parse_decimal("-0")));
}

TEST_CASE("Anything but a plain decimal is no number", "[support][decimal]") {
    for (const char* text : {"",
                             "-",
                             "+1",
                             ".5",
                             "5.",
                             "-.5",
                             "1..2",
                             "1.2.3",
                             "1e5",
                             "0x10",
                             " 1",
                             "1 ",
                             "1,5",
                             "nan",
                             "inf",
                             "--1",
                             "３６",
                             "12345678901234567890x",
                             "1234567890123456789.",
                             "12345678901234567890.1.2"}) {
        INFO(text);
        CHECK_FALSE(parse_decimal(text));
    }
}

TEST_CASE("Degrees have seven decimals at most, without padding", "[support][decimal]") {
    CHECK(degrees(0) == "0");
    CHECK(degrees(-0.0) == "0");
    CHECK(degrees(139) == "139");
    CHECK(degrees(-139) == "-139");
    CHECK(degrees(139.06) == "139.06");
    CHECK(degrees(36.389049) == "36.389049");
    CHECK(degrees(0.0000001) == "0.0000001");
    CHECK(degrees(-0.0000001) == "-0.0000001");
    CHECK(degrees(0.00000004) == "0");
    CHECK(degrees(-0.00000004) == "0");
    CHECK(degrees(0.00000006) == "0.0000001");
    CHECK(degrees(35.99999996) == "36");
    CHECK(degrees(-35.99999996) == "-36");
    CHECK(degrees(139.06066666666) == "139.0606667");
    CHECK(degrees(180) == "180");
    std::string text = "[";
    append_degrees(text, 1.5);
    CHECK(text == "[1.5");
}

TEST_CASE("Degrees are printed as printf prints them", "[support][decimal]") {
    for (int step = -18'000; step <= 18'000; ++step) {
        const double value = step * 0.0100000123457;  // no multiple of half a unit in the seventh decimal
        REQUIRE(degrees(value) == by_printf(value));
    }
}

TEST_CASE("Text to double to text is the same text", "[support][decimal]") {
    for (long fraction = 1; fraction < 10'000'000; fraction += 99'991) {
        char text[32];
        std::snprintf(text, sizeof text, "139.%07ld", fraction);
        std::string expected = text;
        expected.erase(expected.find_last_not_of('0') + 1);
        REQUIRE(degrees(*parse_decimal(text)) == expected);
    }
}
