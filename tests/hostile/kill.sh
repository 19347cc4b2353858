#!/usr/bin/env bash
# A run killed at any of ten moments leaves the former edition whole and readable, and the next run goes through. Ctrl-C ends
# within two seconds with 130 (A24, A62).
. "$(dirname "$0")/../lib.sh"
facilities 60000
mkdir -p "$WORK/datasets/big/source"
dataset() {
    cp "$WORK/facilities_60000.csv" "$WORK/datasets/big/source/big.csv"
    sed "s/@title@/$1/" >"$WORK/datasets/big/dataset.json" <<'JSON'
{"title": "@title@", "publisher": {"code": "131016", "name": "東京都千代田区"}, "license": {"id": "CC0-1.0", "title": "CC0", "url": "https://creativecommons.org/publicdomain/zero/1.0/"},
 "credit": "作りもの", "description": "止められても壊れないことを確かめるための作りものです。",
 "sources": [{"name": "big", "file": "source/big.csv"}],
 "tables": [{"name": "big", "from": "big", "schema": "v1/public_facility", "on_error": "rows", "outputs": ["csv", "geojson", "xlsx", "gpkg", "fgb"]}]}
JSON
}
run() { "$KOKAI" run "${arguments[@]}" >/dev/null 2>&1; }
arguments=(--datasets "$WORK/datasets" --schemas "$ROOT/schemas" --output "$WORK/output" --quiet)
dataset first
run || [ $? = 1 ]
digests "$WORK/output/big" >"$WORK/good"
start=$(date +%s%N)
dataset second
run || [ $? = 1 ]
whole=$((($(date +%s%N) - start) / 1000000))
dataset first
run || [ $? = 1 ]
digests "$WORK/output/big" | diff "$WORK/good" - || fail "the same inputs gave other bytes"

former=0
for moment in 1 2 3 4 5 6 7 8 9 10; do
    dataset "killed$moment"
    "$KOKAI" run "${arguments[@]}" >/dev/null 2>&1 &  # not run(): the signal is for the program, not for a shell around it
    sleep "$(printf '%d.%03d' $((whole * moment / 11 / 1000)) $((whole * moment / 11 % 1000)))"
    kill -9 $! 2>/dev/null || true
    wait $! 2>/dev/null || true
    # The folder holds one edition, whole: the former, or (killed after the switch) the new one.
    if ! grep -q "killed$moment" "$WORK/output/big/131016_public_facility.geojson"; then
        digests "$WORK/output/big" | diff "$WORK/good" - || fail "killed at $moment/11: the former edition is damaged"
        former=$((former + 1))
    fi
    for file in 131016_public_facility.csv 131016_public_facility.geojson 131016_public_facility.xlsx report.json; do
        [ -s "$WORK/output/big/$file" ] || fail "killed at $moment/11: $file is missing"
    done
    $PYTHON -c "import json; json.load(open('$WORK/output/big/report.json')); json.load(open('$WORK/output/big/131016_public_facility.geojson'))"
    [ -s "$WORK/output/catalog/index.html" ] || fail "killed at $moment/11: no catalog"
    dataset first
    run || [ $? = 1 ]
    digests "$WORK/output/big" | diff "$WORK/good" - || fail "after the kill at $moment/11 the next run gave other bytes"
    [ ! -e "$WORK/output/.staging" ] || [ -z "$(ls -A "$WORK/output/.staging")" ] || fail "something was left in staging"
done

dataset interrupted
"$KOKAI" run "${arguments[@]}" >/dev/null 2>&1 &
sleep 0.05
kill -INT $! 2>/dev/null || true
began=$(date +%s%N)
code=0
wait $! || code=$?
[ $((($(date +%s%N) - began) / 1000000)) -lt 2000 ] || fail "took more than two seconds to stop"
[ "$code" = 130 ] || [ "$code" = 1 ] || fail "exit $code after Ctrl-C"
[ "$former" -ge 5 ] || fail "only $former of ten kills came before the switch"
echo "killed ten times ($former before the switch), interrupted once ($code): nothing lost"
