// SPDX-License-Identifier: Apache-2.0
// SHA-256 against the published vectors.
#include "support/hash.hpp"

#include <catch2/catch.hpp>

using namespace kokai;

TEST_CASE("SHA-256 of the known vectors, in one piece and in several", "[support][hash]") {
    CHECK(sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    Sha256 hash;
    hash.update("a");
    hash.update("");
    hash.update("bc");
    CHECK(hash.hex() == sha256_hex("abc"));
    hash.update("abc");
    CHECK(hash.hex() == sha256_hex("abc"));
}
