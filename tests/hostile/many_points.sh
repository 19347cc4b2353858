#!/usr/bin/env bash
# A polygon of ten million points (A47) is looked at whole, in bounded time and memory.
. "$(dirname "$0")/../lib.sh"
mkdir "$WORK/traps"
$PYTHON "$ROOT/tests/hostile/gis.py" "$KOKAI" "$WORK/traps" "$ROOT/schemas" 10000000 only || fail "see above"
