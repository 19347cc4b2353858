#!/usr/bin/env bash
# The same bytes for any --jobs, in another folder, in another locale, 400 days later, from another encoding.
. "$(dirname "$0")/../lib.sh"
facilities 30000
formats=csv,csv-nobom,geojson,geojsonseq,xlsx,gpkg,fgb,kml,shp,json,sqlite,pmtiles,partner:iko-yo
convert() {  # convert FOLDER SOURCE [env…]
    local folder=$1 source=$2
    shift 2
    mkdir -p "$folder"
    (cd "$folder" && cp "$source" facilities.csv && env "$@" "$KOKAI" convert facilities.csv --out out --schema v1/public_facility --publisher 131016 \
        --schemas "$ROOT/schemas" --format $formats --quiet >/dev/null) || [ $? = 1 ]
}
source=$WORK/facilities_30000.csv
convert "$WORK/one" "$source"
digests "$WORK/one/out" >"$WORK/first"
[ "$(wc -l <"$WORK/first")" -ge 16 ] || fail "outputs are missing: $(cat "$WORK/first")"

for jobs in 1 2 8; do
    mkdir -p "$WORK/jobs$jobs"
    cp "$source" "$WORK/jobs$jobs/facilities.csv"
    (cd "$WORK/jobs$jobs" && "$KOKAI" convert facilities.csv --out out --schema v1/public_facility --publisher 131016 --schemas "$ROOT/schemas" \
        --format $formats --quiet --jobs $jobs >/dev/null) || [ $? = 1 ]
    digests "$WORK/jobs$jobs/out" | diff "$WORK/first" - || fail "--jobs $jobs gives other bytes"
done
convert "$WORK/later" "$source" LC_ALL=tr_TR.UTF-8 TZ=Pacific/Honolulu faketime -f '+400d'
digests "$WORK/later/out" | diff "$WORK/first" - || fail "400 days later in Turkey the bytes differ"
convert "$WORK/japan" "$source" LC_ALL=ja_JP.UTF-8
digests "$WORK/japan/out" | diff "$WORK/first" - || fail "the bytes differ under ja_JP.UTF-8"

# CP932 holds the same rows: the data files are the same, only the report names another source.
convert "$WORK/sjis" "$WORK/facilities_30000_cp932.csv"
digests "$WORK/sjis/out" | grep -v 'report\|findings' >"$WORK/sjis.digests"
grep -v 'report\|findings' "$WORK/first" | diff - "$WORK/sjis.digests" || fail "CP932 gives other bytes than UTF-8"
echo "identical: $(wc -l <"$WORK/first") files, seven ways"
