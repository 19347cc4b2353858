// SPDX-License-Identifier: Apache-2.0
// Catch2's main, alone in its file: it takes longer to compile than all tests of a room.
#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>
