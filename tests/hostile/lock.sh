#!/usr/bin/env bash
# One run at a time on an output folder: the second ends with 7 and touches nothing (A27).
. "$(dirname "$0")/../lib.sh"
mkdir -p "$WORK/output"
(
    exec 9>"$WORK/output/.lock"
    flock 9
    touch "$WORK/locked"
    sleep 5
) &
holder=$!
while [ ! -e "$WORK/locked" ]; do sleep 0.05; done
expect 7 "$KOKAI" run --datasets "$ROOT/datasets" --schemas "$ROOT/schemas" --output "$WORK/output" --quiet
grep -q '実行中' "$WORK/err" || fail "no sentence: $(cat "$WORK/err")"
expect 7 "$KOKAI" run --json --datasets "$ROOT/datasets" --schemas "$ROOT/schemas" --output "$WORK/output"
$PYTHON -c "import json;assert json.load(open('$WORK/out'))['error']['exit']==7"
kill $holder 2>/dev/null || true
[ -z "$(ls "$WORK/output")" ] || fail "something was written under another's lock"
echo "locked out, politely"
