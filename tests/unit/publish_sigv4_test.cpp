// SPDX-License-Identifier: Apache-2.0
// The examples that Amazon publishes with the description of Signature Version 4 for S3.
#include "publish/sigv4.hpp"

#include "support/hash.hpp"

#include <catch2/catch.hpp>

using namespace kokai;

namespace {

const S3Key key{"AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "us-east-1"};
const std::string host = "examplebucket.s3.amazonaws.com";
const std::string time_of_all = "20130524T000000Z";
const std::string nothing = sha256_hex("");

std::string signature(const std::string& authorization) {
    return authorization.substr(authorization.find("Signature=") + 10);
}

}  // namespace

TEST_CASE("requests are signed as Amazon's examples are", "[publish][s3]") {
    const std::string get = s3_authorization(
        key, "GET", "/test.txt", "",
        {{"Host", host}, {"Range", "bytes=0-9"}, {"x-amz-content-sha256", nothing}, {"x-amz-date", time_of_all}},
        nothing, time_of_all);
    CHECK(get == "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
                 "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
                 "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");

    const std::string body = sha256_hex("Welcome to Amazon S3.");
    const std::string put = s3_authorization(key, "PUT", s3_path("/test$file.text"), "",
                                             {{"x-amz-date", time_of_all},
                                              {"x-amz-storage-class", "REDUCED_REDUNDANCY"},
                                              {"x-amz-content-sha256", body},
                                              {"host", host},
                                              {"date", "Fri, 24 May 2013 00:00:00 GMT"}},
                                             body, time_of_all);
    CHECK(signature(put) == "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");

    const std::vector<HttpHeader> usual{{"host", host}, {"x-amz-content-sha256", nothing}, {"x-amz-date", time_of_all}};
    CHECK(signature(s3_authorization(key, "GET", "/", "lifecycle=", usual, nothing, time_of_all)) ==
          "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");
    CHECK(signature(s3_authorization(key, "GET", "/", "max-keys=2&prefix=J", usual, nothing, time_of_all)) ==
          "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
}

TEST_CASE("a path keeps its slashes and nothing else that a URL could take for its own", "[publish][s3]") {
    CHECK(s3_path("a/b c/公.csv") == "a/b%20c/%E5%85%AC.csv");
    CHECK(s3_path("open/") == "open/");
    CHECK(s3_path("/a?b#c+d%") == "/a%3Fb%23c%2Bd%25");
    CHECK(s3_path("").empty());
}
