#!/usr/bin/env bash
# kokai publish --to local: what is public is compared, mended and rolled back; a rollback outlives runs and kills.
. "$(dirname "$0")/lib.sh"
mkdir -p "$WORK/datasets/park/source" "$WORK/datasets/other/source"
rows() { printf '名称,緯度,経度\r\n'; for i in $(seq 1 "$1"); do printf '公園%d,36.%03d,139.06\r\n' "$i" "$i"; done; }
for id in park other; do
    cat >"$WORK/datasets/$id/dataset.json" <<'JSON'
{"title": "公園", "description": "前の版に戻せることを確かめる作りものです。", "publisher": {"code": "102016", "name": "群馬県前橋市"},
 "license": {"id": "CC0-1.0", "title": "CC0", "url": "https://creativecommons.org/publicdomain/zero/1.0/"}, "credit": "作りもの",
 "sources": [{"name": "a", "file": "source/a.csv"}], "tables": [{"name": "a", "from": "a", "schema": "none", "outputs": ["csv", "geojson"]}]}
JSON
    rows 30 >"$WORK/datasets/$id/source/a.csv"
done
given=(--datasets "$WORK/datasets" --schemas "$ROOT/schemas" --output "$WORK/output")
run() { "$KOKAI" run "${given[@]}" "$@"; }
publish() { "$KOKAI" publish "${given[@]}" --to local "$@"; }
park=$WORK/output/catalog/park
edition() { jq -r '.datasets[] | select(.id == "park") | .edition' "$WORK/output/catalog/catalog.json"; }
editions() { jq -r '.datasets[] | select(.id == "park") | .editions[] | .edition + ":" + .state' "$WORK/output/catalog/catalog.json" | paste -sd' '; }
made() { # made EDITION   output, catalog and edition have the same bytes
    for file in 102016_a.csv 102016_a.geojson; do
        cmp "$park/editions/$1/$file" "$park/$file" && cmp "$park/$file" "$WORK/output/park/$file" || fail "$file is not that of $1: $2"
    done
}
expect 4 publish --rollback park
expect 0 run
first=$(edition)
expect 2 publish --rollback park
grep -q '戻れる前の版がありません' "$WORK/err" || fail "$(cat "$WORK/err")"
rows 40 >"$WORK/datasets/park/source/a.csv"
expect 0 run
second=$(edition)
rows 50 >"$WORK/datasets/park/source/a.csv"
expect 0 run
third=$(edition)
digests "$WORK/output/catalog" >"$WORK/good"
cp -r "$WORK/output/park" "$WORK/third"

# Nothing to do: nothing written. What somebody changed in the catalog is told, and mended.
expect 0 publish --dry-run
digests "$WORK/output/catalog" | diff "$WORK/good" - || fail "--dry-run changed the catalog"
expect 0 publish --verify
expect 0 publish
digests "$WORK/output/catalog" | diff "$WORK/good" - || fail "nothing to publish, and yet"
rm "$park/index.html" && printf 'x' >"$park/index.html"
rm "$park/102016_a.csv"
printf 'x' >"$WORK/output/catalog/stray.txt"
expect 5 publish --verify
for word in park/index.html park/102016_a.csv stray.txt; do cat "$WORK/out" "$WORK/err" | grep -q "$word" || fail "verify does not name $word: $(cat "$WORK/out" "$WORK/err")"; done
expect 0 publish --dry-run --json
jq -e '[.datasets[] | select(.id == "park").files[] | select(.action != "leave") | .path] | sort == ["park/102016_a.csv", "park/index.html"]' "$WORK/out" >/dev/null || fail "the plan: $(cat "$WORK/out")"
expect 0 publish
digests "$WORK/output/catalog" | diff "$WORK/good" - || fail "not mended"
expect 0 publish --plan "$WORK/plan.json"
expect 0 publish --apply "$WORK/plan.json"
rm "$park/index.html"
expect 0 publish --plan "$WORK/plan.json"
rm "$WORK/output/catalog/other/index.html"
expect 6 publish --apply "$WORK/plan.json"
[ ! -e "$park/index.html" ] || fail "a stale plan was applied"
expect 0 publish
digests "$WORK/output/catalog" | diff "$WORK/good" - || fail "not mended again"

# Back, and back again; no run undoes it.
expect 0 publish --rollback park
[ "$(editions)" = "$third:withdrawn $second:current $first:former" ] || fail "$(editions)"
made "$second" "after the rollback"
cmp "$WORK/third/report.json" "$WORK/output/park/report.json" || fail "the rollback took the report"
expect 0 publish --verify
expect 0 run
[ "$(edition)" = "$second" ] || fail "an unchanged run undid the rollback"
printf '\n' >>"$WORK/datasets/park/dataset.json" # the same content from other inputs
expect 0 run
grep -q "取り消した版 $third" "$WORK/out" || fail "not told: $(cat "$WORK/out")"
[ "$(editions)" = "$third:withdrawn $second:current $first:former" ] || fail "a run undid the rollback: $(editions)"
made "$second" "after a run that made the third again"
expect 0 publish --rollback park
[ "$(editions)" = "$third:withdrawn $second:withdrawn $first:current" ] || fail "$(editions)"
made "$first" "after two rollbacks"
jq -e '.[0] | not' <(jq '[."dcat:dataset"[] | select(."dct:identifier" == "park")."dcat:hasVersion"[2] | has("dcat:previousVersion")]' "$WORK/output/catalog/catalog.jsonld") >/dev/null || fail "previousVersion of the first"
expect 2 publish --rollback park
expect 2 publish --rollback 0123456789abcdef park
[ "$(edition)" = "$first" ] || fail "a refused rollback changed something"

# Forward to a named one, and a new edition after it.
expect 0 publish --rollback "$third" park
[ "$(editions)" = "$third:current $second:withdrawn $first:former" ] || fail "$(editions)"
made "$third" "forward"
digests "$WORK/output/park" >"$WORK/now"
(cd "$WORK/third" && find . -type f -print0 | sort -z | xargs -0 sha256sum) | diff - "$WORK/now" || fail "output/park is not what it was"
expect 0 publish --rollback "$first"
[ "$(edition)" = "$first" ] || fail "an edition alone names its dataset"
rows 60 >"$WORK/datasets/park/source/a.csv"
expect 0 run
fourth=$(edition)
[ "$(editions)" = "$fourth:current $third:withdrawn $second:withdrawn $first:former" ] || fail "$(editions)"
jq -e --arg e "$first" '."dcat:dataset"[] | select(."dct:identifier" == "park")."dcat:hasVersion"[0]."dcat:previousVersion"."@id" | contains($e)' "$WORK/output/catalog/catalog.jsonld" >/dev/null || fail "previousVersion of the fourth"

# Killed anywhere, a rollback has not begun or is finished by the next start; nothing is mixed.
for moment in 00 03 06 10 15 22; do
    before=$(edition)
    goal=$([ "$before" = "$fourth" ] && echo "$first" || echo "$fourth")
    "$KOKAI" publish "${given[@]}" --to local --rollback "$goal" --quiet >/dev/null 2>&1 &
    sleep "0.0$moment"
    kill -9 $! 2>/dev/null || true
    wait $! 2>/dev/null || true
    expect 0 run
    now=$(edition)
    [ "$now" = "$before" ] || [ "$now" = "$goal" ] || fail "killed after 0.0${moment}s: $now"
    made "$now" "killed after 0.0${moment}s"
    expect 0 publish --verify
    [ "$now" = "$goal" ] || expect 0 publish --rollback "$goal"
done

# A limit: the oldest go, the current one and those that were taken back stay.
printf '{"catalogs": [{"name": "local", "type": "directory", "editions": 1}]}' >"$WORK/datasets/catalogs.json"
[ "$(edition)" = "$fourth" ] || expect 0 publish --rollback "$fourth"
for more in 61 62; do
    rows $more >"$WORK/datasets/park/source/a.csv"
    expect 0 run
done
[ "$(editions | wc -w)" = $((2 + $(editions | grep -o withdrawn | wc -l))) ] || fail "$(editions)"
[ "$(find "$park/editions" -mindepth 1 -maxdepth 1 | wc -l)" = "$(editions | wc -w)" ] || fail "editions that no list names"
expect 0 publish --verify
echo "rolled back and forth: $(editions)"
