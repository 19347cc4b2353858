#!/usr/bin/env bash
# Workbooks and archives that are traps (A01-A13, A32, A33, A40): each refused with a clear message, or read without harm, within two
# seconds and 256 MiB, and nothing written beside the outputs. workbooks.py makes them.
. "$(dirname "$0")/../lib.sh"
export MALLOC_ARENA_MAX=2 TMPDIR="$WORK/tmp"
mkdir "$WORK/tmp" "$WORK/traps"
$PYTHON "$ROOT/tests/hostile/workbooks.py" "$KOKAI" "$WORK/traps" "$ROOT/schemas" || fail "see above"
[ -z "$(ls -A "$WORK/tmp")" ] || fail "left behind in the temporary folder: $(ls -A "$WORK/tmp")"
