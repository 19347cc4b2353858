#!/usr/bin/env bash
# Every GIS format as a source: the same layer written by GDAL in each of them comes out as the same rows and places; several layers are
# asked about; nothing is written beside a source, which may lie in a folder that cannot be written to.
. "$(dirname "$0")/lib.sh"
export TMPDIR="$WORK/tmp"
mkdir "$WORK/tmp" "$WORK/in"
$PYTHON "$ROOT/tests/gis.py" "$KOKAI" "$ROOT/schemas" "$WORK/in" "$WORK" || fail "see above"
[ -z "$(ls -A "$WORK/tmp")" ] || fail "left behind in the temporary folder: $(ls -A "$WORK/tmp")"
