#!/usr/bin/env bash
# Unchanged datasets are skipped with their former exit code; a changed source, dataset file, schema or program is not.
. "$(dirname "$0")/../lib.sh"
make() {
    mkdir -p "$WORK/datasets/$1/source"
    printf '名称,緯度,経度\r\n%s,36.39,139.06\r\n' "$1" >"$WORK/datasets/$1/source/a.csv"
    cat >"$WORK/datasets/$1/dataset.json" <<JSON
{"title": "$1", "description": "変わらないものは作り直さないことを確かめる作りものです。", "publisher": {"code": "102016", "name": "群馬県前橋市"},
 "license": {"id": "CC0-1.0", "title": "CC0", "url": "https://creativecommons.org/publicdomain/zero/1.0/"}, "credit": "作りもの",
 "sources": [{"name": "a", "file": "source/a.csv"}], "tables": [{"name": "a", "from": "a", "schema": "none", "outputs": ["csv", "geojson"]}]}
JSON
}
for i in $(seq 1 200); do make "set$i"; done
cp -r "$ROOT/schemas" "$WORK/schemas"
run() { "$KOKAI" run --datasets "$WORK/datasets" --schemas "$WORK/schemas" --output "$WORK/output" "$@" 2>/dev/null; }
run >"$WORK/first"
[ "$(grep -c '公開できます' "$WORK/first")" = 200 ] || fail "$(head -3 "$WORK/first")"
digests "$WORK/output" >"$WORK/before"
find "$WORK/output" -type f -newermt now >/dev/null
run >"$WORK/second"
[ "$(grep -c '変更なし' "$WORK/second")" -ge 200 ] || fail "not skipped: $(head -3 "$WORK/second")"
digests "$WORK/output" | diff "$WORK/before" - || fail "a run without news changed something"

printf 'x,36.4,139.1\r\n' >>"$WORK/datasets/set7/source/a.csv"
run >"$WORK/third"
[ "$(grep -c '^set.*変更なし' "$WORK/third")" = 199 ] || fail "one source changed: $(grep -v 変更なし "$WORK/third")"
grep -q '^set7: 公開できます（2 行' "$WORK/third" || fail "$(grep '^set7' "$WORK/third")"

printf 'y,36.4\r\n' >>"$WORK/datasets/set8/source/a.csv"
code=0; run >"$WORK/fourth" || code=$?
[ "$code" = 1 ] || fail "exit $code"
code=0; run >"$WORK/fifth" || code=$?
[ "$code" = 1 ] || fail "a skipped dataset forgot its exit code ($code)"
grep -q '^set8: 変更なし (exit 1)' "$WORK/fifth" || fail "$(grep '^set8' "$WORK/fifth")"
rm "$WORK/output/set9/102016_a.csv"
code=0; run >"$WORK/sixth" || code=$?
[ -s "$WORK/output/set9/102016_a.csv" ] || fail "a file that was removed is not made again"

# What stands beside the datasets counts, too: the layout of a format, the labels beside a Shapefile, what all are held against.
sed -i 's/"geojson"/"webgis"/' "$WORK/datasets/set10/dataset.json"
mkdir -p "$WORK/shp"
cat >"$WORK/shp/a.geojson" <<'JSON'
{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"item1": "公園"}, "geometry": {"type": "Point", "coordinates": [139.06, 36.39]}}]}
JSON
ogr2ogr -f "ESRI Shapefile" -lco ENCODING=UTF-8 "$WORK/datasets/set11/source/a.shp" "$WORK/shp/a.geojson"
sed -i 's/a\.csv/a.shp/' "$WORK/datasets/set11/dataset.json"
code=0; run >/dev/null || code=$?
news() { # news WHAT DATASETS   exactly these are made again
    code=0; run >"$WORK/news" || code=$?
    [ "$(grep '^set' "$WORK/news" | grep -v 変更なし | cut -d: -f1 | paste -sd' ')" = "$2" ] || fail "$1: $(grep '^set' "$WORK/news" | grep -v 変更なし | head -3)"
}
news "nothing new" ""
sed -i 's/"title": "/"title": "x/' "$WORK/schemas/partner/webgis.json"
news "the layout of webgis" set10
printf 'original_name,display_name\r\nitem1,名称\r\n' >"$WORK/datasets/set11/source/a.attributes.csv"
news "labels beside a Shapefile" set11
head -1 "$WORK/output/set11/"*.csv | grep -q '名称' || fail "the labels were not read"
printf '\n' >>"$WORK/schemas/reference/ksj-fields.csv"
run >"$WORK/news" || true
[ "$(grep -c '^set.*変更なし' "$WORK/news")" = 0 ] || fail "names of fields changed and $(grep -c '^set.*変更なし' "$WORK/news") were skipped"
echo "skipped what did not change, and only that"
