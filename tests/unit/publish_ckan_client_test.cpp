// SPDX-License-Identifier: Apache-2.0
#include "publish/ckan_client.hpp"

#include <catch2/catch.hpp>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace kokai;

namespace {

CkanAnswer judged(int status, const std::string& body, const std::string& type = "application/json;charset=utf-8") {
    HttpAnswer answer;
    answer.outcome = HttpOutcome::answered;
    answer.status = status;
    answer.body = body;
    answer.headers = {{"content-type", type}};
    return judge_ckan(answer);
}

}  // namespace

TEST_CASE("CKAN's answers are told apart from those of whoever stands before it", "[publish][ckan]") {
    CHECK(judged(200, R"({"success":true,"result":{"id":"x"}})").result["id"] == "x");
    CHECK(judged(200, "<html><title>Login</title>", "text/html").trouble == Trouble::unknown);
    CHECK(judged(200, R"({"success":true,"res)").trouble == Trouble::unknown);
    CHECK(judged(200, R"({"success":false,"error":{"message":"?"}})").trouble == Trouble::refused);
    CHECK(judged(400, R"("Bad request - Action name not known: x")").en.find("Action name not known") !=
          std::string::npos);
    CHECK(judged(404, R"({"success":false,"error":{"__type":"Not Found Error","message":"Not found"}})").trouble ==
          Trouble::not_found);
    CHECK(judged(404, "<html>", "text/html").trouble == Trouble::refused);  // no CKAN at this address
    CHECK(judged(409, R"({"success":false,"error":{"match":["metadata_modified"],"__type":"Validation Error"}})")
              .trouble == Trouble::moved);
    const CkanAnswer taken = judged(409, R"({"success":false,"error":{"name":["That URL is already in use."]}})");
    CHECK(taken.trouble == Trouble::refused);
    CHECK(taken.en.find("name: That URL is already in use.") != std::string::npos);
    CHECK(judged(409, R"({"success":false,"error":{"upload":["File upload too large"]}})").too_large);
    const CkanAnswer entity = judged(413, "<html><head><title>413 Request Entity Too Large</title>", "text/html");
    CHECK(entity.trouble == Trouble::refused);
    CHECK(entity.too_large);
    CHECK(judged(502, "<html>", "text/html").trouble == Trouble::unknown);
    CHECK(judged(503, "", "").trouble == Trouble::busy);
    CHECK(judged(500, R"({"success":false,"error":{"message":"Internal Server Error"}})").trouble == Trouble::server);
    CHECK(judged(302, "", "").trouble == Trouble::refused);
    CHECK(judged(403, R"({"success":false,"error":{"message":"Access denied"}})").trouble == Trouble::refused);
}

TEST_CASE("An answer that echoes a secret does not pass it on", "[publish][ckan]") {
    const Secret secret("canary-token-0815");
    const CkanAnswer answer = judged(409, R"({"success":false,"error":{"title":["canary-token-0815 is bad"]}})");
    CHECK((answer.ja + answer.en).find("canary") == std::string::npos);
    CHECK(answer.en.find("title: *** is bad") != std::string::npos);
}

TEST_CASE("Of a secret not even the beginning is said where a text is cut", "[publish][ckan]") {
    const Secret secret("canary-token-0815");
    const std::string error =
        R"({"success":false,"error":{"message":")" + std::string(590, 'a') + R"( canary-token-0815"}})";
    CHECK(judged(409, error).en.find("canary") == std::string::npos);
    const std::string page = "<html><title>" + std::string(90, 'a') + " canary-token-0815</title>";
    const CkanAnswer answer = judged(500, page, "text/html");
    CHECK((answer.ja + answer.en).find("canary") == std::string::npos);
    CHECK(answer.en.find("aaaa") != std::string::npos);
    const CkanAnswer letters = judged(500, "<title>" + std::string(99, 'a') + "公園</title>", "text/html");
    CHECK(letters.en.find(std::string(99, 'a') + ")") != std::string::npos);  // no half letter
}

TEST_CASE("An answer nested without end, or of the wrong kind, is no answer", "[publish][ckan]") {
    const std::string deep = std::string(300'000, '[') + std::string(300'000, ']');
    CHECK(judged(200, deep).trouble == Trouble::unknown);
    CHECK(judged(409, R"({"success":false,"error":)" + deep + "}").trouble == Trouble::refused);
    CHECK(judged(200, R"({"success":true,"result":)" + std::string(40, '[') + std::string(40, ']') + "}").trouble ==
          Trouble::none);
    for (const char* success : {R"("yes")", "1", "null", "[]", "{}"}) {
        CHECK(judged(200, R"({"result":[],"success":)" + std::string(success) + "}").trouble == Trouble::refused);
    }
}

TEST_CASE("A file that has gone while it was to be sent is this machine's trouble", "[publish][ckan]") {
    const int listener = ::socket(AF_INET, SOCK_STREAM, 0);  // connections are taken, nobody answers
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    REQUIRE(::bind(listener, reinterpret_cast<const sockaddr*>(&address), size) == 0);
    REQUIRE(::listen(listener, 8) == 0);
    REQUIRE(::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) == 0);
    TargetSpec spec;
    spec.url = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port));
    spec.timeout = 5;
    CkanShared shared(spec, Secret());
    CkanClient client(shared);
    try {
        client.write_form("package_revise", {{"upload", {}, "/no/such/file.csv", "file.csv", "text/csv", 5}});
        FAIL("sent a file that is not there");
    } catch (const Error& error) {
        CHECK(error.exit() == Exit::world);
        CHECK(error.file() == "/no/such/file.csv");
    }
    CHECK(shared.requests == 1);
    ::close(listener);
}

TEST_CASE("A form's texts stay texts where CKAN reads JSON", "[publish][ckan]") {
    CHECK(revise_text("AED設置箇所（CSV）") == "\"AED設置箇所（CSV）\"");
    CHECK(revise_text("1e999") == "\"1e999\"");  // a number for Python
    CHECK(revise_text("123") == "\"123\"");
    CHECK(revise_text("null") == "\"null\"");
    CHECK(revise_text("[1]") == "\"[1]\"");
}

TEST_CASE("A form's length is known before it is sent", "[publish][ckan]") {
    const std::vector<CkanFormPart> parts{{"match", "{}", {}, {}, {}, 0},
                                          {"update__resources__1__upload", {}, "/tmp/a.csv", "a.csv", "text/csv", 5}};
    const auto pieces = form_pieces(parts, "B");
    REQUIRE(pieces.size() == 3);
    CHECK(pieces[0].text ==
          "--B\r\nContent-Disposition: form-data; name=\"match\"\r\n\r\n{}\r\n"
          "--B\r\nContent-Disposition: form-data; name=\"update__resources__1__upload\"; filename=\"a.csv\"\r\n"
          "Content-Type: text/csv\r\n\r\n");
    CHECK(pieces[1].size() == 5);
    CHECK(pieces[2].text == "\r\n--B--\r\n");
}
