#!/usr/bin/env bash
# --help on every command, --version, and what a wrong command line gets (exit 2, a sentence in the language asked for).
. "$(dirname "$0")/../lib.sh"
expect 0 "$KOKAI" --help
grep -q 'convert' "$WORK/out" || fail "no commands in --help"
for command in run check convert diff schemas stages normalise; do
    expect 0 "$KOKAI" $command --help
    grep -q -- '--lang' "$WORK/out" || fail "$command --help"
done
expect 0 "$KOKAI" --version
grep -q '^kokai [0-9]' "$WORK/out" || fail "$(cat "$WORK/out")"
expect 2 "$KOKAI"
expect 2 "$KOKAI" publish
expect 2 "$KOKAI" convert --out "$WORK/x" --no-such-option a.csv
expect 2 "$KOKAI" run no-such-dataset --datasets "$ROOT/datasets" --schemas "$ROOT/schemas" --output "$WORK/output"
expect 4 "$KOKAI" convert "$WORK/missing.csv" --out "$WORK/x" --schemas "$ROOT/schemas"
LC_ALL=en_US.UTF-8 expect 4 "$KOKAI" convert "$WORK/missing.csv" --out "$WORK/x" --schemas "$ROOT/schemas" --lang en
grep -q 'no such file' "$WORK/err" || fail "$(cat "$WORK/err")"
expect 0 "$KOKAI" stages --json
$PYTHON -c "import json;assert len(json.load(open('$WORK/out')))>10"
expect 0 "$KOKAI" schemas --json --schemas "$ROOT/schemas"
$PYTHON - "$WORK/out" "$ROOT/schemas/facts/recommended-datasets.csv" <<'PY'
import csv, json, sys
schemas = {s["id"]: [f["name"] for f in s["fields"]] for s in json.load(open(sys.argv[1]))}
facts = {}
for row in csv.DictReader(open(sys.argv[2], encoding="utf-8-sig")):
    facts.setdefault(f"{row['standard']}/{row['dataset_id']}", []).append(row["column_name"])
assert len(facts) == 39
for name, columns in facts.items():
    assert schemas[name] == columns, name
PY
printf '令和6年4月1日\n\n2024-13-01\n' | "$KOKAI" normalise date >"$WORK/out"
[ "$(wc -l <"$WORK/out")" = 3 ] || fail "one line for each: $(cat "$WORK/out")"
grep -q '"value":"2024-04-01"' "$WORK/out" || fail "$(cat "$WORK/out")"
echo "helpful"
