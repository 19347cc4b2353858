// SPDX-License-Identifier: Apache-2.0
// Web addresses: widths are mended, a scheme is never invented.
#include "normalise/url.hpp"
#include "normalise_cases.hpp"

#include <catch2/catch.hpp>

using namespace kokai;

TEST_CASE("URLs as departments type them", "[normalise][url]") {
    cases::check_table(
        {
            {"https://www.city.maebashi.gunma.jp/a?b=1#c", "https://www.city.maebashi.gunma.jp/a?b=1#c []"},
            {"　https://example.lg.jp/ ", "https://example.lg.jp/ []"},
            {"https://example.lg.jp/（市のページ）", " [error:invalid-url]"},
            {"https://example.lg.jp/a。", " [error:invalid-url]"},
            {"HTTPS://example.lg.jp/A", "https://example.lg.jp/A []"},
            {"ｈｔｔｐｓ：／／ｅｘａｍｐｌｅ．ｊｐ／ａ", "https://example.jp/a []"},
            {"https://ｅｘａｍｐｌｅ.jp/公園", "https://example.jp/公園 []"},
            {"https://example.jp:8080/", "https://example.jp:8080/ []"},
            {"www.example.lg.jp/13101/", " [error:scheme]"},
            {"ftp://example.jp/", " [error:scheme]"},
            {"javascript:alert(1)", " [error:scheme]"},
            {"https://example.jp/a　b", " [error:space]"},
            {"https://example.jp/\nhttps://example.jp/b", " [error:space]"},
            {"https://", " [error:invalid-url]"},
            {"https://example", " [error:invalid-url]"},
            {"https://a..jp/", " [error:invalid-url]"},
            {"https://user@example.jp/", " [error:invalid-url]"},
            {"https://example.jp/<script>", " [error:invalid-url]"},
            {"https://example.jp:port/", " [error:invalid-url]"},
            {"なし", " [empty]"},
            {"", " []"},
        },
        normalise_url, is_clean_url);
}

TEST_CASE("URLs made of anything keep the rules", "[normalise][url]") {
    cases::check_random({"https://", "http://", "HTTP://", "a",  ".",  "jp", "/",  "?",      "#",    ":", "80",
                         "公",       "　",      " ",       "ａ", "．", "／", "：", "\u200B", "\xFF", "@"},
                        normalise_url, is_clean_url, 60000);
}
