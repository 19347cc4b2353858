#!/usr/bin/env bash
# The catalog of every dataset that ships, in Chromium, on a desktop's and a phone's width; then maps made of tiles. The server is the
# test's own, on loopback.
. "$(dirname "$0")/../lib.sh"
expect 0 "$KOKAI" run --datasets "$ROOT/datasets" --schemas "$ROOT/schemas" --output "$WORK/output" --quiet
cd "$ROOT/tests/browser"
KOKAI_CATALOG="$WORK/output/catalog" node --test catalog.test.mjs
KOKAI="$KOKAI" KOKAI_ROOT="$ROOT" node --test tiles.test.mjs
KOKAI="$KOKAI" KOKAI_ROOT="$ROOT" node --test diff.test.mjs
