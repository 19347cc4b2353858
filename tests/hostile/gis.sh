#!/usr/bin/env bash
# GIS files that are traps (A12-A15, A17, A46-A48): nothing is fetched, nothing outside is read, no over-read, no hang; each is refused with
# a sentence or told row by row, within seconds and a bounded memory. gis.py makes them.
. "$(dirname "$0")/../lib.sh"
export MALLOC_ARENA_MAX=2 TMPDIR="$WORK/tmp"
mkdir "$WORK/tmp" "$WORK/traps"
$PYTHON "$ROOT/tests/hostile/gis.py" "$KOKAI" "$WORK/traps" "$ROOT/schemas" 300000 || fail "see above"
[ -z "$(ls -A "$WORK/tmp")" ] || fail "left behind in the temporary folder: $(ls -A "$WORK/tmp")"
