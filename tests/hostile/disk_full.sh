#!/usr/bin/env bash
# A disk that fills up or a folder that cannot be written: exit 4, the former edition whole, nothing temporary left (A24).
. "$(dirname "$0")/../lib.sh"
facilities 20000
file=$WORK/facilities_20000.csv
formats=csv,geojson,xlsx
convert() { "$KOKAI" convert "$file" --out "$1" --schema none --format "$formats" --schemas "$ROOT/schemas" --quiet; }

# Every write beyond the limit fails, as on a full disk (EFBIG instead of ENOSPC; no root needed).
mkdir "$WORK/small"
code=0
(trap '' XFSZ; ulimit -f 2048; convert "$WORK/small" >/dev/null 2>"$WORK/err") || code=$?
[ "$code" = 4 ] || fail "exit $code when the disk is full: $(cat "$WORK/err")"
[ -z "$(ls -A "$WORK/small")" ] || fail "left behind: $(ls -A "$WORK/small")"

if [ "$(id -u)" = 0 ] && mkdir "$WORK/tmpfs" && mount -t tmpfs -o size=5m tmpfs "$WORK/tmpfs" 2>/dev/null; then
    mkdir "$WORK/tmpfs/out"
    # Writers with a database, an index or parts of their own meet the full disk elsewhere than a plain file does.
    for formats in gpkg fgb sqlite shp kml,gpkg,fgb; do
        code=0
        convert "$WORK/tmpfs/out" >/dev/null 2>"$WORK/err" || code=$?
        [ "$code" = 4 ] || { umount "$WORK/tmpfs"; fail "$formats: exit $code on a full tmpfs: $(cat "$WORK/err")"; }
        [ -z "$(ls -A "$WORK/tmpfs/out")" ] || { umount "$WORK/tmpfs"; fail "$formats left something behind"; }
    done
    formats=csv,geojson,xlsx
    echo before >"$WORK/tmpfs/out/facilities_20000.csv"
    code=0
    convert "$WORK/tmpfs/out" >/dev/null 2>"$WORK/err" || code=$?
    left=$(ls -A "$WORK/tmpfs/out")
    kept=$(cat "$WORK/tmpfs/out/facilities_20000.csv")
    umount "$WORK/tmpfs"
    [ "$code" = 4 ] || fail "exit $code on a full tmpfs: $(cat "$WORK/err")"
    [ "$left" = facilities_20000.csv ] && [ "$kept" = before ] || fail "left behind: $left"
    grep -q '空き' "$WORK/err" || grep -qi 'space' "$WORK/err" || fail "the message does not say why: $(cat "$WORK/err")"
fi
expect 4 "$KOKAI" convert "$file" --out /proc/nowhere --schema none --schemas "$ROOT/schemas"
echo "full disk and unwritable folder: refused, nothing left"
