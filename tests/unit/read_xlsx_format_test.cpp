// SPDX-License-Identifier: Apache-2.0
#include "read/xlsx_decimal.hpp"
#include "read/xlsx_format.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace kokai;

namespace {

std::string shown(std::string_view code, std::string_view stored, DateSystem dates = DateSystem::from_1900) {
    Arena arena;
    return std::string(NumberFormat(code).show(stored, dates, arena).text);
}

std::string built_in(std::uint32_t id, std::string_view stored) {
    const auto code = built_in_format(id);
    REQUIRE(code);
    return shown(*code, stored);
}

bool rounded(std::string_view code, std::string_view stored) {
    Arena arena;
    return NumberFormat(code).show(stored, DateSystem::from_1900, arena).rounded;
}

}  // namespace

TEST_CASE("General shows at most 15 digits and never an exponent a person would not write", "[read][xlsx]") {
    CHECK(shown("General", "36.389049") == "36.389049");
    CHECK(shown("General", "35.628531000000003") == "35.628531");  // as Excel stores it
    CHECK(shown("General", "0.30000000000000004") == "0.3");
    CHECK(shown("General", "139.527410") == "139.52741");
    CHECK(shown("General", "1234567890123") == "1234567890123");  // 法人番号
    CHECK(shown("General", "1.234567890123E12") == "1234567890123");
    CHECK(shown("General", "-5E-5") == "-0.00005");
    CHECK(shown("General", "1E30") == "1E+30");
    CHECK(shown("General", "-0") == "0");
    CHECK(shown("General", "007") == "7");
    CHECK(shown("G/標準", "5") == "5");
    CHECK(shown("@", "0.5") == "0.5");
    CHECK(NumberFormat("General").is_general());
    CHECK(NumberFormat("[Blue]General;[Red]General").is_general());
    CHECK_FALSE(NumberFormat("0").is_general());
}

TEST_CASE("What is no number stays as it stands", "[read][xlsx]") {
    for (const std::string_view code : {"General", "0.00", "yyyy/m/d"}) {
        CHECK(shown(code, "abc") == "abc");
        CHECK(shown(code, "1e999999") == "1e999999");
        CHECK(shown(code, "--1") == "--1");
        CHECK(shown(code, "") == "");
        CHECK(shown(code, "NaN") == "NaN");
    }
}

TEST_CASE("Digits round as in Excel: decimal, half away from zero", "[read][xlsx]") {
    CHECK(shown("0.00", "1.005") == "1.01");  // the double is below the half
    CHECK(shown("0.00", "3.14159") == "3.14");
    CHECK(shown("0.00", "-2.675") == "-2.68");
    CHECK(shown("0", "0.5") == "1");
    CHECK(shown("0", "99.5") == "100");
    CHECK(shown("0.0", "0.04") == "0.0");
    CHECK(shown("0.00", "-0.001") == "0.00");
    CHECK(shown("0.0", "100") == "100.0");
    CHECK(shown("0.0#", "1.5") == "1.5");
    CHECK(shown("0.##", "5") == "5");
    CHECK(shown("#.0", "0.5") == "0.5");
    CHECK(shown(".00", "12.5") == "12.50");
    CHECK(rounded("0.0", "46.75"));
    CHECK_FALSE(rounded("0.0", "46.7"));
    CHECK_FALSE(rounded("0.0%", "0.45299999999999996"));  // noise of the double, not digits of a person
}

TEST_CASE("Leading zeros and fixed shapes of a format are kept", "[read][xlsx]") {
    CHECK(shown("000000", "10201") == "010201");
    CHECK(shown("000", "1234") == "1234");
    CHECK(shown("000\\-0000", "3710812") == "371-0812");
    CHECK(shown("[<=999]000;[<=9999]000-00;000-0000", "3710812") == "371-0812");
    CHECK(shown("[<=999]000;[<=9999]000-00;000-0000", "3710") == "037-10");
    CHECK(shown("[<=99999999]####-####;\\(00\\)\\ ####-####", "272241111") == "(02) 7224-1111");
    CHECK(shown("00-0000-0000", "272241111") == "02-7224-1111");
    CHECK(shown("\"第\"0\"号\"", "5") == "第5号");
    CHECK(shown("0\"人\"", "16") == "16人");
    CHECK(shown("\"第\"General\"号\"", "5.5") == "第5.5号");
    CHECK(shown("0!人", "3") == "3人");
}

TEST_CASE("Grouping, padding and colours are layout; percent is meaning", "[read][xlsx]") {
    CHECK(shown("#,##0", "1234567") == "1234567");
    CHECK(shown("#,##0", "0") == "0");
    CHECK(shown("#,###", "0") == "0");
    CHECK(shown("#,##0.0", "1234.56") == "1234.6");
    CHECK(shown("0%", "0.5") == "50%");
    CHECK(shown("0.0%", "0.4533") == "45.3%");
    CHECK(shown("0%", "0.125") == "13%");
    CHECK(shown("#,##0,", "1234567") == "1235");
    CHECK(shown("\"¥\"#,##0", "1500") == "¥1500");
    CHECK(shown("[$¥-411]#,##0", "1500") == "¥1500");
    CHECK(shown("0.00\\ \\ ", "12.8133") == "12.81");
    CHECK(built_in(3, "12345") == "12345");
    CHECK(built_in(9, "0.07") == "7%");
    CHECK(built_in(10, "0.0725") == "7.25%");
    CHECK(built_in(38, "-1200") == "-1200");
}

TEST_CASE("A negative number has a minus, however its format dresses it", "[read][xlsx]") {
    CHECK(shown("#,##0;\"△ \"#,##0", "-1234") == "-1234");
    CHECK(shown("#,##0;▲#,##0", "-1234") == "-1234");
    CHECK(shown("#,##0_);[Red](#,##0)", "-1234") == "-1234");
    CHECK(shown("0.0;[Red]0.0", "-5") == "-5.0");
    CHECK(shown("0\"人\";△0\"人\"", "-3") == "-3人");
}

TEST_CASE("A zero shown as a dash is a zero; a number shown as a word is the word", "[read][xlsx]") {
    CHECK(built_in(41, "0") == "0");
    CHECK(built_in(43, "0") == "0");
    CHECK(shown("_ * #,##0_ ;_ * -#,##0_ ;_ * \"-\"??_ ;_ @_ ", "0") == "0");
    CHECK(built_in(41, "-1234") == "-1234");
    CHECK(shown("0;-0;;@", "0") == "0");
    CHECK(shown(";;;", "12") == "12");
    CHECK(shown("[=1]\"有\";[=0]\"無\";General", "1") == "有");
    CHECK(shown("[=1]\"有\";[=0]\"無\";General", "0") == "無");
    CHECK(shown("[=1]\"有\";[=0]\"無\";General", "7") == "7");
}

TEST_CASE("Fractions and exponents of a format give the plain number", "[read][xlsx]") {
    CHECK(built_in(12, "1.5") == "1.5");
    CHECK(built_in(13, "0.25") == "0.25");
    CHECK(built_in(11, "1070001000001") == "1070001000001");
    CHECK(shown("0.00E+00", "0.00012") == "0.00012");
}

TEST_CASE("Dates come out as ISO, however they look", "[read][xlsx]") {
    const std::string serial = "45383";
    for (const char* const code :
         {"yyyy/m/d", "m/d/yy", "yyyy\"年\"m\"月\"d\"日\"", "yyyy年m月d日", "[$-411]ggge\"年\"m\"月\"d\"日\"",
          "[$-411]ge.m.d;@", "ge.m.d", "[$-F800]dddd, mmmm dd, yyyy", "m\"月\"d\"日\"", "d-mmm", "yyyy/m/d(aaa)",
          "yyyy\\-mm\\-dd", "[$-411][DBNum1]ggge\"年\"m\"月\"d\"日\"", "r.m.d"}) {
        INFO(code);
        CHECK(shown(code, serial) == "2024-04-01");
    }
    for (const std::uint32_t id :
         {14U, 15U, 16U, 27U, 28U, 29U, 30U, 31U, 35U, 36U, 50U, 51U, 53U, 54U, 56U, 57U, 58U}) {
        INFO(id);
        CHECK(built_in(id, serial) == "2024-04-01");
    }
    for (const std::uint32_t id : {17U, 34U, 52U, 55U}) {
        INFO(id);
        CHECK(built_in(id, serial) == "2024-04");  // the month is what is shown
    }
    CHECK(shown("yyyy/m/d", "45383.375") == "2024-04-01");
    CHECK(shown("aaa", serial) == "月");
    CHECK(shown("(aaa)", serial) == "月");
    CHECK(shown("aaaa", serial) == "月曜日");
    CHECK(shown("ddd", serial) == "Mon");
    CHECK(shown("m\"月\"", serial) == "4月");
    CHECK(shown("d", serial) == "1");
    CHECK(shown("yyyy\"年度\"", serial) == "2024年度");
}

TEST_CASE("The calendar of Excel: 1900, its leap day that never was, and 1904", "[read][xlsx]") {
    CHECK(shown("yyyy/m/d", "1") == "1900-01-01");
    CHECK(shown("yyyy/m/d", "59") == "1900-02-28");
    CHECK(shown("yyyy/m/d", "60") == "60");  // 1900-02-29
    CHECK(shown("yyyy/m/d", "61") == "1900-03-01");
    CHECK(shown("yyyy/m/d", "2958465") == "9999-12-31");
    CHECK(shown("yyyy/m/d", "2958466") == "2958466");
    CHECK(shown("yyyy/m/d", "-1") == "-1");
    CHECK(shown("yyyy/m/d", "0") == "0");                // a link to an empty cell
    CHECK(shown("yyyy/m/d", "20240401") == "20240401");  // eight digits in a date cell
    CHECK(shown("yyyy/m/d", "0", DateSystem::from_1904) == "1904-01-01");
    CHECK(shown("yyyy/m/d", "43921", DateSystem::from_1904) == "2024-04-01");
    CHECK(shown("yyyy/m/d", "36585") == "2000-02-29");
    CHECK(shown("yyyy/m/d", "43585") == "2019-04-30");
    CHECK(shown("yyyy/m/d", "36584.99999999") == "2000-02-29");  // a rounding error short of midnight
}

TEST_CASE("Times, date-times and durations", "[read][xlsx]") {
    CHECK(shown("h:mm", "0.375") == "09:00");
    CHECK(shown("h:mm", "0.70833333333333337") == "17:00");
    CHECK(shown("h:mm:ss", "0.375") == "09:00");
    CHECK(shown("h:mm:ss", "0.37534722222222222") == "09:00:30");
    CHECK(shown("h:mm AM/PM", "0.75") == "18:00");
    CHECK(shown("h\"時\"mm\"分\"", "0.375") == "09:00");
    CHECK(shown("[$-F400]h:mm:ss AM/PM", "0.5") == "12:00");
    CHECK(shown("[h]:mm", "1.0625") == "25:30");
    CHECK(shown("[h]:mm", "1") == "24:00");
    CHECK(shown("[h]:mm:ss", "4.1666666666666670") == "100:00");
    CHECK(shown("[mm]", "0.0625") == "90");
    CHECK(shown("mm:ss", "0.003819444444444444") == "00:05:30");
    CHECK(shown("mm:ss.0", "0.003819444444444444") == "00:05:30");
    CHECK(shown("yyyy/m/d h:mm", "45383.375") == "2024-04-01 09:00");
    CHECK(built_in(22, "45383.375") == "2024-04-01 09:00");
    CHECK(shown("m\"月\"d\"日\" h:mm", "45383.375") == "2024-04-01 09:00");
    CHECK(shown("h:mm", "-0.5") == "-0.5");
    for (const std::uint32_t id : {18U, 19U, 20U, 21U, 32U, 33U, 46U}) {
        INFO(id);
        CHECK(built_in(id, "0.375") == "09:00");
    }
}

TEST_CASE("Broken and absurd format codes lose nothing", "[read][xlsx][hostile]") {
    for (const std::string& code :
         {std::string("[never closed"), std::string("\\"), std::string("_"), std::string("[]"), std::string("[>]0"),
          std::string(";"), std::string(5000, '0'), std::string(100, '0'), std::string("[=abc]0"), std::string("!")}) {
        INFO(code);
        CHECK(shown(code, "12").find("12") != std::string::npos);
    }
}
