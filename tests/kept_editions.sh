#!/usr/bin/env bash
# Editions: what has an address keeps it and its bytes, whatever is published after it; a killed run forgets none.
. "$(dirname "$0")/lib.sh"
mkdir -p "$WORK/datasets/park/source"
rows() { printf '名称,緯度,経度\r\n'; for i in $(seq 1 "$1"); do printf '公園%d,36.%03d,139.06\r\n' "$i" "$i"; done; }
dataset() {
    cat >"$WORK/datasets/park/dataset.json" <<JSON
{"title": "$1", "description": "版が残ることを確かめる作りものです。", "publisher": {"code": "102016", "name": "群馬県前橋市"},
 "license": {"id": "CC0-1.0", "title": "CC0", "url": "https://creativecommons.org/publicdomain/zero/1.0/"}, "credit": "作りもの", "modified": "2026-04-01",
 "sources": [{"name": "a", "file": "source/a.csv"}], "tables": [{"name": "a", "from": "a", "schema": "none", "outputs": ["csv", "geojson"]}]}
JSON
}
run() { "$KOKAI" run --datasets "$WORK/datasets" --schemas "$ROOT/schemas" --output "$WORK/output" "$@"; }
edition() { jq -r '.datasets[0].edition' "$WORK/output/catalog/catalog.json"; }
editions() { jq -r '.datasets[0].editions[] | .edition + ":" + .state' "$WORK/output/catalog/catalog.json" | paste -sd' '; }
park=$WORK/output/catalog/park
dataset 公園
rows 30 >"$WORK/datasets/park/source/a.csv"
expect 0 run
first=$(edition)
[ "$(editions)" = "$first:current" ] || fail "$(editions)"
digests "$park/editions/$first" | grep -v index.html >"$WORK/first"
[ "$(wc -l <"$WORK/first")" = 3 ] || fail "not csv, geojson and datapackage: $(cat "$WORK/first")"
cmp "$park/102016_a.csv" "$park/editions/$first/102016_a.csv" || fail "latest is not the current edition"
[ "$(stat -c %i "$park/102016_a.csv")" = "$(stat -c %i "$park/editions/$first/102016_a.csv")" ] || fail "copied where a link would do"
cp -r "$WORK/output" "$WORK/clean"

# The same content is the same edition, from another folder, program or day; a change of a byte or a word is another.
"$KOKAI" run --datasets "$WORK/datasets" --schemas "$ROOT/schemas" --output "$WORK/elsewhere" --quiet >/dev/null
diff -r "$WORK/elsewhere/catalog" "$WORK/output/catalog" || fail "another folder gives another catalog"
printf '\n' >>"$WORK/datasets/park/dataset.json"
expect 0 run
[ "$(editions)" = "$first:current" ] || fail "a blank line in dataset.json made an edition: $(editions)"
rows 31 >"$WORK/datasets/park/source/a.csv"
expect 0 run
second=$(edition)
dataset 市の公園
expect 0 run
third=$(edition)
[ "$(editions)" = "$third:current $second:former $first:former" ] || fail "$(editions)"
cmp "$park/editions/$second/102016_a.csv" "$park/editions/$third/102016_a.csv" || fail "another title changed the data"
digests "$park/editions/$first" | grep -v index.html | diff "$WORK/first" - || fail "the first edition's files changed"
cmp "$park/102016_a.csv" "$park/editions/$third/102016_a.csv" || fail "latest is not the third edition"
jq -e --arg e "$first" '.version == $e and ."kokai:latest" == "../../datapackage.json" and .title == "公園"' "$park/editions/$first/datapackage.json" >/dev/null || fail "the first data package"
jq -e --arg a "$first" --arg b "$second" --arg c "$third" '[."kokai:editions"[].version] == [$c, $b, $a]' "$park/datapackage.json" >/dev/null || fail "the data package's editions"
jq -e --arg b "$second" '."dcat:dataset"[0]."dcat:hasVersion"[0]."dcat:previousVersion"."@id" | contains($b)' "$WORK/output/catalog/catalog.jsonld" >/dev/null || fail "previousVersion"
grep -q "href=\"editions/$second/\"" "$park/index.html" || fail "the page does not name the second edition"
$PYTHON - "$WORK/output/catalog" <<'PY'
import hashlib, html.parser, json, os, sys, urllib.parse
folder = sys.argv[1]
for edition in json.load(open(folder + "/catalog.json"))["datasets"][0]["editions"]:
    for file in edition["files"]:
        data = open(os.path.join(folder, file["path"]), "rb").read()
        assert (hashlib.sha256(data).hexdigest(), len(data)) == (file["sha256"], file["bytes"]), file
class Links(html.parser.HTMLParser):
    def handle_starttag(self, tag, given):
        for key, value in given:
            if key in ("href", "src") and value and not value.startswith(("http", "#")):
                path = os.path.normpath(os.path.join(self.base, urllib.parse.unquote(value)))
                assert os.path.exists(os.path.join(path, "index.html") if os.path.isdir(path) else path), (self.base, value)
                self.seen += 1
for home, folders, files in os.walk(folder):
    if "index.html" in files:
        links = Links(); links.base, links.seen = home, 0
        links.feed(open(home + "/index.html", encoding="utf-8").read())
        assert links.seen > 5, home
PY

# The same again after something else: it comes last. A gate and errors add nothing.
dataset 公園
expect 0 run
[ "$(edition)" = "$second" ] || fail "the same content has another name"
[ "$(editions)" = "$second:current $third:former $first:former" ] || fail "$(editions)"
editions >"$WORK/before"
rows 3 >"$WORK/datasets/park/source/a.csv"
expect 6 run
(rows 31; printf '片方だけ,36.5,\r\n') >"$WORK/datasets/park/source/a.csv"
expect 1 run
editions | diff "$WORK/before" - || fail "a stop made an edition"

# A record that is lost or damaged: the dataset stays in the catalog, whoever else runs, and is held against what was published.
mkdir -p "$WORK/datasets/hall/source"
sed 's/a.csv/b.csv/; s/の公園/の集会所/' "$WORK/datasets/park/dataset.json" >"$WORK/datasets/hall/dataset.json"
rows 25 >"$WORK/datasets/hall/source/b.csv"
rows 31 >"$WORK/datasets/park/source/a.csv"
expect 0 run
for harm in damaged gone without_files; do
    case $harm in
    damaged) echo '{"inputs"' >"$WORK/output/.state/park.json" ;;
    gone) rm "$WORK/output/.state/park.json" ;;
    without_files) rm -r "$WORK/output/.state/park.json" "$WORK/output/park" ;;
    esac
    expect 0 run hall
    grep -q '残してある版から' "$WORK/err" || fail "$harm: not told: $(cat "$WORK/err")"
    jq -e '[.datasets[].id] == ["hall", "park"]' "$WORK/output/catalog/catalog.json" >/dev/null || fail "$harm: no longer in the catalog"
    rows 3 >"$WORK/datasets/park/source/a.csv"
    expect 6 run park
    cmp "$WORK/output/park/102016_a.csv" "$park/102016_a.csv" || fail "$harm: output and catalog differ"
    [ "$(wc -l <"$park/102016_a.csv")" = 32 ] || fail "$harm: three rows are public"
    rows 31 >"$WORK/datasets/park/source/a.csv"
    expect 0 run
done
# A kept file whose bytes were altered is put right when the edition is made again.
sed -i 's/公園1,/公園9,/' "$WORK/output/.state/editions/park/$second/102016_a.csv"
rm -r "$WORK/output/park"
expect 0 run
cmp "$WORK/output/park/102016_a.csv" "$park/editions/$second/102016_a.csv" || fail "an altered copy is served"
rm -r "$WORK/datasets/hall"
expect 0 run

# A kill between the dataset's switch and the catalog's, simulated by its traces: nothing that had an address is lost.
rows 32 >"$WORK/datasets/park/source/a.csv"
cp -r "$WORK/output/catalog" "$WORK/former"
expect 0 run
fourth=$(edition)
rm -r "$WORK/output/catalog" && mv "$WORK/former" "$WORK/output/catalog"
rm "$WORK/output/.state/catalog.digest"
rows 33 >"$WORK/datasets/park/source/a.csv"
expect 0 run
[ "$(editions)" = "$(edition):current $fourth:former $second:former $third:former $first:former" ] || fail "$(editions)"
for moment in 1 2 3 4 5 6 7 8; do
    rows $((33 + moment)) >"$WORK/datasets/park/source/a.csv"
    "$KOKAI" run --datasets "$WORK/datasets" --schemas "$ROOT/schemas" --output "$WORK/output" --quiet >/dev/null 2>&1 &
    sleep "0.0$((moment * 11 % 97 + 10))"
    kill -9 $! 2>/dev/null || true
    wait $! 2>/dev/null || true
    editions | tr ' ' '\n' | cut -d: -f1 >"$WORK/public"
    expect 0 run
    while read -r one; do
        [ -s "$park/editions/$one/102016_a.csv" ] || fail "killed at moment $moment: edition $one is gone"
    done <"$WORK/public"
done
digests "$park/editions/$first" | grep -v index.html | diff "$WORK/first" - || fail "the first edition's files changed"
echo "editions kept: $(editions | wc -w)"
