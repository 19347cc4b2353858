#!/usr/bin/env bash
# kokai diff with the real program: two editions that a run made, wherever they lie; the same table in other formats and
# encodings; the page, its files and its map; exit codes.
. "$(dirname "$0")/lib.sh"
mkdir -p "$WORK/datasets/park/source"
cat >"$WORK/datasets/park/dataset.json" <<'JSON'
{"title": "公園", "description": "版を比べる作りものです。", "publisher": {"code": "102016", "name": "群馬県前橋市"},
 "license": {"id": "CC0-1.0", "title": "CC0", "url": "https://creativecommons.org/publicdomain/zero/1.0/"}, "credit": "作りもの",
 "sources": [{"name": "a", "file": "source/a.csv"}],
 "tables": [{"name": "a", "from": "a", "schema": "v2/public_facility", "outputs": ["csv", "geojson", "xlsx", "gpkg"]}]}
JSON
# parks FIRST LAST STEP MOVED   park N, with MOVED of them half a kilometre off
parks() {
    printf 'ID,名称,所在地_連結表記,緯度,経度,備考\r\n'
    for i in $(seq "$1" "$2"); do
        printf '%010d,第%d公園,群馬県前橋市大手町%d番地,36.38%02d,139.0%s,%s\r\n' "$i" "$i" "$i" "$((i + 10))" "$([ "$i" -le "$3" ] && echo 66 || echo 60)" "$4"
    done
}
run() { expect 0 "$KOKAI" run --datasets "$WORK/datasets" --schemas "$ROOT/schemas" --output "$WORK/output" --quiet; }
diff_of() { "$KOKAI" diff "$@" --schemas "$ROOT/schemas" --lang ja; }
json() { $PYTHON -c 'import json, sys
document = json.load(open(sys.argv[1]))
table = document["tables"][0]
assert eval(sys.argv[2]), (sys.argv[2], document)' "$@"; }

parks 1 30 0 "" >"$WORK/datasets/park/source/a.csv"
run
cp -r "$WORK/output/park" "$WORK/first"
parks 3 32 5 "" >"$WORK/datasets/park/source/a.csv"
run

# The published folder against a copy of the former one, and the two editions of the catalog: by the key of the schema.
expect 0 diff_of "$WORK/first" "$WORK/output/park" --json
json "$WORK/out" 'document["format"] == 1 and not document["same"]'
json "$WORK/out" 'table["rows"] == {"old": 30, "new": 30, "same": 25, "removed": 2, "added": 2, "changed": 3}'
json "$WORK/out" '[row["id"] for row in table["removed"] + table["added"]] == ["0000000001", "0000000002", "0000000031", "0000000032"]'
json "$WORK/out" '[field["column"] for field in table["changed"][0]["fields"]] == ["経度"] and 500 < table["changed"][0]["metres"] < 560'
json "$WORK/out" 'table["positions"]["moved"] == 3 and table["columns"]["added"] == table["columns"]["removed"] == []'
editions=("$WORK"/output/catalog/park/editions/*/)
[ "${#editions[@]}" = 2 ] || fail "two editions: ${editions[*]}"
current=$($PYTHON -c 'import json, sys; print(json.load(open(sys.argv[1]))["version"])' "$WORK/output/catalog/park/datapackage.json")
for edition in "${editions[@]}"; do
    [ "$(basename "$edition")" = "$current" ] || former=$edition
done
expect 0 diff_of "$former" "$WORK/output/catalog/park" --json
json "$WORK/out" 'table["key"] == {"by": "declared", "columns": ["ID"]} and table["rows"]["changed"] == 3'
json "$WORK/out" "document['new']['edition'] == '$current' and document['old']['edition'] != '$current'"
expect 0 diff_of "$WORK/output/park" "$WORK/output/catalog/park/editions/$current"
grep -q '違いはありません（30 行）' "$WORK/out" || fail "$(cat "$WORK/out")"

# For a person.
expect 0 diff_of "$former" "$WORK/output/park"
for words in '30 行 → 30 行（追加 2、削除 2、変更 3、同じ 25）' '- 0000000001 第1公園' '+ 0000000032 第32公園' '~ 0000000003 第3公園: 経度 「139.060」 → 「139.066」' '位置が 100 m 以上動いた行: 3'; do
    grep -qF -- "$words" "$WORK/out" || fail "no $words: $(cat "$WORK/out")"
done
expect 1 diff_of "$former" "$WORK/output/park" --exit-code
expect 0 diff_of "$WORK/output/park" "$WORK/output/park" --exit-code

# One content, however it is written.
csv=$WORK/output/park/102016_public_facility.csv
$PYTHON - "$csv" "$WORK" <<'PY'
import csv, sys
rows = list(csv.reader(open(sys.argv[1], encoding="utf-8-sig", newline="")))
with open(sys.argv[2] + "/cp932.csv", "w", encoding="cp932", newline="") as file:
    csv.writer(file, quoting=csv.QUOTE_ALL).writerows(rows)
with open(sys.argv[2] + "/turned.csv", "w", encoding="utf-8", newline="") as file:
    csv.writer(file, lineterminator="\n").writerows([rows[0]] + rows[:0:-1])
PY
for other in "$WORK/cp932.csv" "$WORK/turned.csv" "${csv%.csv}.xlsx"; do
    expect 0 diff_of "$csv" "$other" --exit-code
done
for other in "${csv%.csv}.geojson" "${csv%.csv}.gpkg"; do
    expect 0 diff_of "$csv" "$other" --key ID --json
    json "$WORK/out" 'table["rows"]["removed"] == table["rows"]["added"] == table["positions"]["moved"] == 0'
done
mkdir "$WORK/geo_before" "$WORK/geo_now"
cp "$WORK"/first/*.geojson "$WORK/geo_before"
cp "${csv%.csv}.geojson" "$WORK/geo_now"
expect 0 diff_of "$WORK/geo_before" "$WORK/geo_now" --json
json "$WORK/out" 'table["rows"]["changed"] == 3 and table["positions"]["moved"] == 3'

# The page: whole without a script; no other host; the map where its packages are.
expect 0 diff_of "$former" "$WORK/output/park" --out "$WORK/page" --quiet
[ ! -s "$WORK/out" ] || fail "--quiet: $(cat "$WORK/out")"
$PYTHON - "$WORK/page" <<'PY'
import json, os, re, sys
folder = sys.argv[1]
page = open(folder + "/diff.html", encoding="utf-8").read()
assert "0000000031" in page and "第1公園" in page and "<del>139.060</del>" in page, page
assert not re.search(r'(?:src|href)="(?:https?:)?//', page), "another host"
document = json.load(open(folder + "/diff.json"))
assert document["tables"][0]["rows"]["added"] == 2
places = json.load(open(folder + "/places.geojson"))["features"]
assert sorted(p["properties"]["前回との違い"] for p in places) == ["削除"] * 2 + ["移動"] * 6 + ["追加"] * 2, places
with_map = os.path.exists(folder + "/assets/maplibre-gl.js")
assert with_map == ("data-geojson" in page)
for asset in re.findall(r'(?:src|href)="(assets/[^"]+)"', page):
    assert os.path.exists(f"{folder}/{asset}"), asset
PY
digests "$WORK/page" >"$WORK/page.digests"
expect 0 diff_of "$former" "$WORK/output/park" --out "$WORK/page" --quiet
digests "$WORK/page" | diff "$WORK/page.digests" - || fail "the same comparison, other bytes"

# What cannot be compared.
expect 4 diff_of "$WORK/none" "$csv"
expect 4 diff_of "$WORK/datasets" "$csv"
expect 2 diff_of "$csv"
expect 2 diff_of "$csv" "$csv" --key 番号
expect 0 diff_of "$csv" "$csv" --key 名称,所在地_連結表記
[ -z "$(ls -d "${TMPDIR:-/tmp}"/kokai-diff-* 2>/dev/null)" ] || fail "something was left in the temporary folder"
echo "editions are compared by ID"
