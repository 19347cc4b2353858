#!/usr/bin/env bash
# Memory does not grow with the number of rows: 50,000 against 500,000 rows of CSV, less than 10 % plus 8 MiB apart. A workbook of
# 100,000 rows is checked and given back marked in 256 MiB.
. "$(dirname "$0")/../lib.sh"
export MALLOC_ARENA_MAX=2
peak() {  # peak ROWS   in KiB
    facilities "$1"
    $PYTHON - "$KOKAI" "$WORK" "$1" "$ROOT" <<'PY'
import resource, subprocess, sys
kokai, work, rows, root = sys.argv[1:]
code = subprocess.call([kokai, "convert", f"{work}/facilities_{rows}.csv", "--out", f"{work}/out{rows}", "--schema", "v1/public_facility",
                        "--publisher", "131016", "--schemas", f"{root}/schemas", "--format", "csv,geojson", "--quiet"],
                       stdout=subprocess.DEVNULL)
assert code == 1, code  # the generator plants damage
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
PY
    rm -rf "$WORK/facilities_$1"* "$WORK/out$1"
}
small=$(peak 50000)
large=$(peak 500000)
echo "peak: 50,000 rows $small KiB, 500,000 rows $large KiB"
[ "$large" -lt $((small * 110 / 100 + 8192)) ] || fail "memory grows with the rows"
[ "$large" -lt 262144 ] || fail "more than 256 MiB"

facilities 100000
kokai convert "$WORK/facilities_100000.csv" --out "$WORK/book" --schema none --format xlsx --schemas "$ROOT/schemas" --quiet >/dev/null || true
marked=$($PYTHON - "$KOKAI" "$WORK" "$ROOT" <<'PY'
import os, resource, subprocess, sys
kokai, work, root = sys.argv[1:]
code = subprocess.call([kokai, "check", f"{work}/book/facilities_100000.xlsx", "--out", f"{work}/marked", "--schema", "v1/public_facility",
                        "--publisher", "131016", "--schemas", f"{root}/schemas", "--quiet"], stdout=subprocess.DEVNULL)
assert code == 1, code
assert os.path.getsize(f"{work}/marked/annotated.xlsx") > 10_000_000
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
PY
)
echo "a workbook of 100,000 rows given back: $marked KiB"
[ "$marked" -lt 262144 ] || fail "more than 256 MiB for a workbook of 100,000 rows"
