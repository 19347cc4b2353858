// SPDX-License-Identifier: Apache-2.0
#include "publish/http.hpp"

#include <catch2/catch.hpp>

#include <arpa/inet.h>
#include <netinet/in.h>

using namespace kokai;

namespace {

bool is_private(const std::string& text) {
    sockaddr_in four{};
    four.sin_family = AF_INET;
    if (::inet_pton(AF_INET, text.c_str(), &four.sin_addr) == 1) {
        return is_private_address(&four);
    }
    sockaddr_in6 six{};
    six.sin6_family = AF_INET6;
    REQUIRE(::inet_pton(AF_INET6, text.c_str(), &six.sin6_addr) == 1);
    return is_private_address(&six);
}

}  // namespace

TEST_CASE("A URL is taken apart, or is none", "[publish][http]") {
    const UrlParts parts = url_parts("https://Data.Example.lg.jp:8443/ckan/api?x=1#part");
    CHECK(parts.scheme == "https");
    CHECK(parts.host == "data.example.lg.jp");
    CHECK(parts.port == 8443);
    CHECK(parts.path == "/ckan/api?x=1");
    CHECK(parts.origin() == "https://data.example.lg.jp:8443");
    CHECK(url_parts("http://[::1]:5000").origin() == "http://[::1]:5000");
    CHECK(url_parts("https://user:pass@host.example/").user == "user:pass");
    CHECK(url_parts("https://host.example/").origin() == url_parts("https://host.example:443").origin());
    for (const char* wrong :
         {"", "host.example", "ftp://host.example", "file:///etc/passwd", "https://", "https://a b/", "https://host:0/",
          "https://host:99999/", "https://host:8x/", "https://[::1", "https:\\\\host", "https://host\r\nX: y/"}) {
        INFO(wrong);
        CHECK_FALSE(url_parts(wrong).valid());
    }
}

TEST_CASE("Without encryption there is only this machine itself", "[publish][http]") {
    for (const char* host : {"localhost", "127.0.0.1", "127.9.9.9", "::1"}) {
        CHECK(is_loopback_host(host));
    }
    for (const char* host :
         {"example.lg.jp", "localhost.example", "127.0.0.1.example", "10.0.0.1", "::", "0.0.0.0", ""}) {
        INFO(host);
        CHECK_FALSE(is_loopback_host(host));
    }
}

TEST_CASE("Addresses that are not of the public internet are known", "[publish][http]") {
    for (const char* address : {"127.0.0.1",      "10.1.2.3",        "172.16.0.1",  "172.31.255.255",
                                "192.168.1.1",    "169.254.169.254", "100.64.0.1",  "0.0.0.0",
                                "224.0.0.1",      "255.255.255.255", "::1",         "::",
                                "fe80::1",        "fc00::1",         "ff02::1",     "::ffff:10.0.0.1",
                                "64:ff9b::a00:1", "2002:a00:1::",    "2001:db8::1", "2001::1"}) {
        INFO(address);
        CHECK(is_private(address));
    }
    for (const char* address : {"8.8.8.8", "172.32.0.1", "100.128.0.1", "203.0.114.1", "2606:4700::1", "::ffff:8.8.8.8",
                                "64:ff9b::808:808", "2400:cb00::1"}) {
        INFO(address);
        CHECK_FALSE(is_private(address));
    }
}

TEST_CASE("Headers are found by their small name", "[publish][http]") {
    HttpAnswer answer;
    answer.headers = {{"content-type", "application/json"}};
    CHECK(answer.header("content-type") == "application/json");
    CHECK(answer.header("retry-after").empty());
    CHECK(percent_encoded("a b/公") == "a%20b%2F%E5%85%AC");
}
