#!/usr/bin/env bash
# A CSV run opens neither GDAL nor libphonenumber, and the program is not linked with them.
. "$(dirname "$0")/../lib.sh"
if ldd "$KOKAI" | grep -E 'libgdal|libproj|phonenumber'; then fail "linked with a heavy library"; fi
printf 'NO,名称,緯度,経度,電話番号\r\n1,市役所,36.39,139.06,(027)224-1111\r\n' >"$WORK/a.csv"
LD_DEBUG=libs LD_DEBUG_OUTPUT="$WORK/libs" "$KOKAI" convert "$WORK/a.csv" --out "$WORK/o" --schema none --schemas "$ROOT/schemas" --quiet >/dev/null
if grep -lE 'libgdal|libproj|phonenumber' "$WORK"/libs.*; then fail "a CSV run opened a heavy library"; fi
LD_DEBUG=libs LD_DEBUG_OUTPUT="$WORK/gis" "$KOKAI" convert "$ROOT/datasets/maebashi-boundary/source/"*.json --out "$WORK/o" --schema none --schemas "$ROOT/schemas" --quiet >/dev/null
grep -qE 'libgdal' "$WORK"/gis.* || fail "the test cannot see GDAL being opened"
echo "lean"
