#!/usr/bin/env bash
# Workbooks given back with their problems marked: nothing but the marks differs from what the department handed over
# (annotate.py compares cell by cell and part by part), the same bytes each time, LibreOffice opens them where it is
# installed, and none of it is ever published.
. "$(dirname "$0")/lib.sh"
annotate() { $PYTHON "$ROOT/tests/annotate.py" "$@"; }
check() { kokai check "$@" --schemas "$ROOT/schemas" --quiet >"$WORK/out" 2>"$WORK/err" || [ $? = 1 ]; }
unset DISPLAY
office=$(command -v soffice || true)

# through_office ORIGINAL ANNOTATED   LibreOffice opens it and reads the same values
through_office() {
    [ -n "$office" ] || return 0
    local kind
    for kind in "$1:o" "$2:a"; do
        mkdir -p "$WORK/office/in" && cp "${kind%:*}" "$WORK/office/in/${kind##*:}.xlsx"
        "$office" "-env:UserInstallation=file://$WORK/office/profile" --headless --convert-to xlsx --outdir "$WORK/office" \
            "$WORK/office/in/${kind##*:}.xlsx" >"$WORK/office/log" 2>&1 </dev/null || fail "LibreOffice: $(cat "$WORK/office/log")"
        [ -s "$WORK/office/${kind##*:}.xlsx" ] || fail "LibreOffice does not open $(basename "${kind%:*}"): $(cat "$WORK/office/log")"
    done
    annotate converted "$WORK/office/o.xlsx" "$WORK/office/a.xlsx"
    rm -rf "$WORK/office/in" "$WORK"/office/?.xlsx
}

# marked FILE ENDING [check's options]
marked() {
    local file=$1 ending=$2
    shift 2
    rm -rf "$WORK/one" "$WORK/two"
    cp "$file" "$WORK/before"
    check "$file" --out "$WORK/one" "$@"
    check "$file" --out "$WORK/two" "$@"
    [ -s "$WORK/one/annotated.$ending" ] || fail "no annotated.$ending for $file: $(ls "$WORK/one")"
    cmp "$WORK/one/annotated.$ending" "$WORK/two/annotated.$ending" || fail "other bytes the second time: $file"
    cmp "$file" "$WORK/before" || fail "$file was changed"
    annotate compare "$file" "$WORK/one/annotated.$ending" "$WORK/one/report.json"
}

# Drop-downs, formulas, a picture, merged cells, a comment of the department's own, names, macros.
mkdir "$WORK/made"
annotate make "$WORK/made"
for file in drop_downs.xlsx macros.xlsm; do
    marked "$WORK/made/$file" "${file##*.}" --schema v1/aed --sheet "一覧 '令和6" --publisher 102016
    [ "$file" = macros.xlsm ] || through_office "$WORK/made/$file" "$WORK/one/annotated.xlsx"
done
# Handed back as it is, it is read as before: 確認結果 is no data.
check "$WORK/one/annotated.xlsm" --schema v1/aed --publisher 102016 --out "$WORK/three"
grep -qF "\"sheet\": \"一覧 '令和6\"" "$WORK/three/report.json" || fail "the list was read as data"
unzip -p "$WORK/one/annotated.xlsm" xl/vbaProject.bin | cmp - <(unzip -p "$WORK/made/macros.xlsm" xl/vbaProject.bin) || fail "the macros changed"
unzip -p "$WORK/one/annotated.xlsm" '\[Content_Types\].xml' | grep -q sheet.macroEnabled.main || fail "an .xlsm without its content type"

# Real workbooks: merged timetables, furigana, conditional formats, many sheets, half-width kana.
corpus=$ROOT/../shared/corpus
seen=0
for file in timetable/402214_community_bus recommended/132012_preschool event/372013_events facility/352128_tourism \
    facility/372013_cultural_property facility/372013_evacuation catalog/372013_open_data_list kpi_finance/372013_city_tax \
    population_stats/221309_hamana_town_age_r07; do
    [ -f "$corpus/$file.xlsx" ] || continue
    seen=$((seen + 1))
    marked "$corpus/$file.xlsx" xlsx
    case $file in *preschool | *bus | *events) through_office "$corpus/$file.xlsx" "$WORK/one/annotated.xlsx" ;; esac
done
marked "$ROOT/tests/data/xlsx/furigana.xlsx" xlsx
[ "$seen" -gt 0 ] || echo "no ../shared/corpus: real workbooks skipped"

# A list instead, with the reason: a signature would break. For CSV without one.
check "$WORK/made/signed.xlsx" --schema v1/aed --sheet "一覧 '令和6" --out "$WORK/signed"
[ ! -e "$WORK/signed/annotated.xlsx" ] || fail "a signed workbook was changed"
unzip -p "$WORK/signed/findings.xlsx" xl/sharedStrings.xml | grep -q 電子署名 || fail "no reason in findings.xlsx"
check "$ROOT/datasets/yaizu-aed/source/222127_aed.csv" --schema v2/aed --out "$WORK/csv"
[ "$(cd "$WORK/csv" && echo *.xlsx)" = findings.xlsx ] || fail "no findings.xlsx for a CSV: $(ls "$WORK/csv")"
through_office "$ROOT/tests/data/xlsx/furigana.xlsx" "$WORK/one/annotated.xlsx"

# A workbook that is its own goal is not overwritten.
mkdir "$WORK/again" && cp "$WORK/made/drop_downs.xlsx" "$WORK/again/annotated.xlsx"
check "$WORK/again/annotated.xlsx" --schema v1/aed --sheet "一覧 '令和6" --out "$WORK/again"
cmp "$WORK/made/drop_downs.xlsx" "$WORK/again/annotated.xlsx" || fail "the source was overwritten"
[ -s "$WORK/again/annotated_2.xlsx" ] || fail "nothing beside it: $(ls "$WORK/again")"

# run: into output/<id>/private, which the catalog neither holds nor names; check without --out: the same place.
mkdir -p "$WORK/datasets/demo/source"
cp "$WORK/made/drop_downs.xlsx" "$WORK/datasets/demo/source/一覧.xlsx"
printf '都道府県コード又は市区町村コード,NO,名称\n102016,0000000009,市役所\n' >"$WORK/datasets/demo/source/more.csv"
cat >"$WORK/datasets/demo/dataset.json" <<'JSON'
{"title": "AED", "description": "試し", "publisher": {"code": "102016", "name": "群馬県前橋市"},
 "license": {"id": "CC-BY-4.0", "title": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/deed.ja"}, "credit": "前橋市",
 "sources": [{"name": "a", "file": "source/一覧.xlsx", "sheet": "一覧 '令和6"}, {"name": "b", "file": "source/more.csv"}],
 "tables": [{"name": "aed", "from": ["a", "b"], "schema": "v1/aed", "on_error": "keep", "outputs": ["csv", "geojson"]}]}
JSON
where=(--datasets "$WORK/datasets" --output "$WORK/output" --schemas "$ROOT/schemas" --quiet)
expect 1 kokai check demo "${where[@]}"
head -1 "$WORK/out" | grep -qE '^[0-9]+件直してください$' || fail "the first sentence: $(cat "$WORK/out")"
private=$WORK/output/demo/private
[ "$(ls "$private")" = "$(printf 'more.findings.xlsx\n一覧.annotated.xlsx')" ] || fail "check left $(ls -A "$private")"
[ "$(ls "$WORK/output/demo")" = private ] || fail "check left more than the marked files: $(ls "$WORK/output/demo")"
rm -rf "$private"
expect 1 kokai run demo "${where[@]}"
[ "$(ls "$private")" = "$(printf 'more.findings.xlsx\n一覧.annotated.xlsx')" ] || fail "run left $(ls -A "$private")"
annotate compare "$WORK/datasets/demo/source/一覧.xlsx" "$private/一覧.annotated.xlsx" "$WORK/output/demo/report.json"
[ -s "$WORK/output/catalog/demo/102016_aed.csv" ] || fail "nothing was published: $(find "$WORK/output/catalog/demo")"
[ -z "$(find "$WORK/output/catalog" -name private -o -name '*annotated*' -o -name '*findings*' -o -name 'report.*')" ] || fail "the catalog holds private files"
if grep -rqE 'private/|annotated|findings\.xlsx' "$WORK/output/catalog" --include='*.html' --include='*.json' --include='*.jsonld'; then
    fail "the catalog names private files: $(grep -rlE 'private/|annotated|findings\.xlsx' "$WORK/output/catalog" --include='*.html' --include='*.json' --include='*.jsonld')"
fi
[ -n "$office" ] || echo "no LibreOffice here: opening the workbooks with it was skipped"
