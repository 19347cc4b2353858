#!/usr/bin/env bash
# `convert --schema none` on every file of the corpus ends with a documented exit code and a sentence, never with a crash. Uses
# ../shared/corpus where it is there (else the part of it in tests/corpus/files), and always the sources that ship with the datasets.
. "$(dirname "$0")/../lib.sh"
seen=0 done=0 errors=0 refused=0
while IFS= read -r file; do
    seen=$((seen + 1))
    code=0
    timeout 60 "$KOKAI" convert "$file" --out "$WORK/o" --schema none --schemas "$ROOT/schemas" --quiet >"$WORK/out" 2>"$WORK/err" </dev/null || code=$?
    case $code in
    0) done=$((done + 1)) ;;
    1) errors=$((errors + 1)) ;;
    4)
        refused=$((refused + 1))
        LC_ALL=C.UTF-8 grep -qP '^kokai: .*[\p{Hiragana}\p{Katakana}\p{Han}]' "$WORK/err" || fail "no Japanese sentence for $file: $(cat "$WORK/err")"
        ;;
    *) fail "exit $code for $file: $(tail -3 "$WORK/err")" ;;
    esac
    if [ "$code" -le 1 ] && grep -qr $'\xEF\xBF\xBD' "$WORK/o" --include='*.csv' --include='*.geojson'; then
        grep -q $'\xEF\xBF\xBD' "$file" || fail "U+FFFD written for $file"
    fi
    rm -rf "$WORK/o"
done < <(
    [ -d "$ROOT/../shared/corpus" ] && find "$ROOT/../shared/corpus" -type f ! -name '*.md' ! -name INDEX.csv ! -path '*/codelists/*'
    [ -d "$ROOT/../shared/corpus" ] || find "$ROOT/tests/corpus/files" -type f ! -name '*.md'
    find "$ROOT/datasets" "$ROOT/tests/data" -path '*source*' -type f -o -path '*tests/data/*' -type f
)
[ "$seen" -ge 20 ] || fail "only $seen files"
[ -d "$ROOT/../shared/corpus" ] || echo "skipped: the files of the corpus that may not be copied (tests/corpus/files/README.md names them)"
echo "$seen files: $done converted, $errors with errors in the data, $refused refused with a sentence"
