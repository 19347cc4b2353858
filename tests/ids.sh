#!/usr/bin/env bash
# Issued IDs stay with their rows through sorting, renumbering and renaming; are never given to something else; many lost
# at once stop the run (exit 6) until somebody says that it is right. Nothing is written beside a run that does not publish.
. "$(dirname "$0")/lib.sh"
mkdir -p "$WORK/datasets/halls/source"
source=$WORK/datasets/halls/source/halls.csv
issued=$WORK/datasets/halls/ids.csv
cat >"$WORK/datasets/halls/dataset.json" <<'JSON'
{
  "title": "集会所一覧",
  "description": "番号を付け直しても ID の変わらない例。",
  "publisher": {"code": "222127", "name": "静岡県焼津市"},
  "license": {"id": "CC-BY-4.0", "title": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"},
  "credit": "試験用の作りもの",
  "sources": [{"name": "halls", "file": "source/halls.csv"}],
  "tables": [{"name": "halls", "from": "halls", "schema": "v2/public_facility", "ids": "keep", "outputs": ["csv"]}]
}
JSON
# halls FIRST LAST   hall N at its own place, numbered from 1 in the order given
halls() {
    echo 'ID,名称,所在地_連結表記,緯度,経度'
    local number=0
    for hall in "$@"; do
        number=$((number + 1))
        echo "$number,第$hall集会所,静岡県焼津市石津${hall}番地,34.8$(printf %02d "$hall"),138.3$(printf %02d "$hall")"
    done
}
run() { kokai run --datasets "$WORK/datasets" --output "$WORK/output" --schemas "$ROOT/schemas" --quiet "$@"; }
# id_of HALL   the ID in the published file
id_of() { $PYTHON -c 'import csv, sys
for row in csv.DictReader(open(sys.argv[1], encoding="utf-8-sig", newline="")):
    if row["名称"] == f"第{sys.argv[2]}集会所":
        print(row["ID"])' "$WORK"/output/halls/222127_public_facility.csv "$1"; }

halls $(seq 1 30) >"$source"
expect 0 kokai check halls --datasets "$WORK/datasets" --output "$WORK/output" --schemas "$ROOT/schemas" --quiet
[ ! -e "$issued" ] || fail "check wrote ids.csv"
expect 0 run
[ "$(id_of 7)" = 7 ] || fail "the department's own ID was not taken: $(id_of 7)"
cp "$issued" "$WORK/first.csv"
cp -r "$WORK/output/halls" "$WORK/first"
expect 0 run
cmp "$issued" "$WORK/first.csv" || fail "ids.csv changed without a reason"

# Sorted the other way and numbered anew, one closed, one new: the others keep their IDs.
halls $(seq 30 -1 8) 31 $(seq 6 -1 1) >"$source"
expect 0 run
[ "$(id_of 30)" = 30 ] && [ "$(id_of 8)" = 8 ] && [ "$(id_of 1)" = 1 ] || fail "renumbered: $(id_of 30) $(id_of 8) $(id_of 1)"
[ "$(id_of 31)" = 31 ] || fail "the new hall has $(id_of 31)"
grep -q '^halls,7,第7集会所,.*,欠番' "$issued" || fail "7 is not retired: $(grep ',7,' "$issued")"

# Another in the place of the closed one: its ID is not used again. The same hall back: its own ID.
halls $(seq 1 6) 32 $(seq 8 31) >"$source"
expect 0 run
[ "$(id_of 32)" = 32 ] || fail "an ID was used again: $(id_of 32)"
halls $(seq 1 32) >"$source"
expect 0 run
[ "$(id_of 7)" = 7 ] || fail "the hall that came back has $(id_of 7)"

# No IDs in the source at all: the issued ones.
sed -i '1!s/^[0-9]*,/,/' "$source"
expect 0 run
[ "$(id_of 32)" = 32 ] || fail "without IDs: $(id_of 32)"

# The same input in another folder gives the same bytes, and so does a second run.
cp "$issued" "$WORK/issued.csv"
digests "$WORK/output/halls" >"$WORK/digests"
cp -r "$WORK/datasets" "$WORK/elsewhere"
expect 0 kokai run --datasets "$WORK/elsewhere" --output "$WORK/other" --schemas "$ROOT/schemas" --quiet --jobs 2
(cd "$WORK/other/halls" && sha256sum 222127_public_facility.csv) >"$WORK/other.sum"
grep -qF "$(cut -d' ' -f1 "$WORK/other.sum")" "$WORK/digests" || fail "other bytes in another folder"
cmp "$WORK/elsewhere/halls/ids.csv" "$WORK/issued.csv" || fail "ids.csv differs in another folder"

# Two of 32 gone are over five per cent: exit 6, nothing touched, until it is accepted once.
halls $(seq 1 30) >"$source"
expect 6 run
grep -q -- '--accept-ids' "$WORK/out" || fail "not told how to accept: $(cat "$WORK/out")"
cmp "$issued" "$WORK/issued.csv" || fail "ids.csv was written by a run that was stopped"
digests "$WORK/output/halls" | cmp - "$WORK/digests" || fail "output changed by a run that was stopped"
expect 6 run
expect 0 run --accept-ids
[ "$(grep -c ',欠番' "$issued")" = 2 ] || fail "not retired: $(grep -c ',欠番' "$issued")"
expect 0 run

# Errors in the data: no edition, no ids.csv.
cp "$issued" "$WORK/issued.csv"
{ halls $(seq 1 31); echo '32,名のない所,,,'; } >"$source"
expect 1 run
cmp "$issued" "$WORK/issued.csv" || fail "ids.csv was written without an edition"

# A spoilt ids.csv is a mistake that is told, never begun anew.
sed -i 's/表,ID/ID,表/' "$issued"
expect 3 run
echo "issued IDs stay"
