#!/usr/bin/env bash
# Fewer than half of the former rows: exit 6, output/<id> and the catalog stay byte for byte. A withdrawn accept: exit 1, the data stay.
. "$(dirname "$0")/../lib.sh"
mkdir -p "$WORK/datasets/park/source"
rows() { printf '名称,緯度,経度\r\n'; for i in $(seq 1 "$1"); do printf '公園%d,36.%03d,139.06\r\n' "$i" "$i"; done; }
rows 40 >"$WORK/datasets/park/source/a.csv"
cat >"$WORK/datasets/park/dataset.json" <<'JSON'
{"title": "公園", "description": "行が急に減ったら公開を止めることを確かめる作りものです。", "publisher": {"code": "102016", "name": "群馬県前橋市"},
 "license": {"id": "CC0-1.0", "title": "CC0", "url": "https://creativecommons.org/publicdomain/zero/1.0/"}, "credit": "作りもの",
 "sources": [{"name": "a", "file": "source/a.csv"}], "tables": [{"name": "a", "from": "a", "schema": "none", "outputs": ["csv", "geojson"]}]}
JSON
run() { "$KOKAI" run --datasets "$WORK/datasets" --schemas "$ROOT/schemas" --output "$WORK/output" "$@"; }
expect 0 run
digests "$WORK/output" >"$WORK/good"
rows 19 >"$WORK/datasets/park/source/a.csv"
expect 6 run
grep -q '40 行、今回 19 行' "$WORK/out" || fail "no figures: $(cat "$WORK/out")"
digests "$WORK/output" | diff "$WORK/good" - || fail "a gate let something through"
expect 6 run
rows 0 >"$WORK/datasets/park/source/a.csv"
expect 6 run
digests "$WORK/output" | diff "$WORK/good" - || fail "an empty source came through"
rows 20 >"$WORK/datasets/park/source/a.csv"
expect 0 run

# Errors: a report, and the data of the last good edition.
cp "$WORK/output/park/102016_a.csv" "$WORK/last.csv"
printf '片方だけ,36.5,\r\n' >>"$WORK/datasets/park/source/a.csv"
expect 1 run
cmp "$WORK/last.csv" "$WORK/output/park/102016_a.csv" || fail "the last good edition is gone"
cmp "$WORK/last.csv" "$WORK/output/catalog/park/102016_a.csv" || fail "the catalog lost the last good edition"
$PYTHON - "$WORK/output/park/report.json" <<'PY'
import json, sys
report = json.load(open(sys.argv[1]))
assert report["findings"]["error"] == 1 and report["outputs"] == [], report
assert [(d["code"], d["cell"]) for d in report["details"] if d["severity"] == "error"] == [("position-half", "C22")], report["details"]
PY
echo "gate and last good edition hold"
