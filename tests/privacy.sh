#!/usr/bin/env bash
# The privacy gate from outside: a My Number or an account stops run, check and convert (exit 6), writes no data and leaves the former
# edition byte for byte; private phones, mail and birth dates wait for `accept`; no report, state or page holds a value in clear.
. "$(dirname "$0")/lib.sh"
mkdir -p "$WORK/datasets/halls/source"
source=$WORK/datasets/halls/source/halls.csv
# dataset ACCEPT   the dataset file, with that text as its accept list
dataset() {
    local accept=
    [ -z "$1" ] || accept=", \"accept\": [$1]"
    cat >"$WORK/datasets/halls/dataset.json" <<JSON
{
  "title": "集会所一覧",
  "description": "個人情報を止める例。",
  "publisher": {"code": "222127", "name": "静岡県焼津市"},
  "license": {"id": "CC-BY-4.0", "title": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"},
  "credit": "試験用の作りもの",
  "sources": [{"name": "halls", "file": "source/halls.csv"}],
  "tables": [{"name": "halls", "from": "halls", "schema": "v2/public_facility"$accept, "on_error": "${2:-dataset}", "outputs": ["csv", "xlsx"]}]
}
JSON
}
# halls REMARK PHONE…   three halls, the second with this in 備考 (a column that no field takes) and this phone
halls() {
    printf 'ID,名称,所在地_連結表記,電話番号,緯度,経度,鍵の置き場所\r\n' >"$source"
    printf '1,第1集会所,静岡県焼津市石津1番地,054-626-1111,34.801,138.301,\r\n' >>"$source"
    printf '2,第2集会所,静岡県焼津市石津2番地,%s,34.802,138.302,%s\r\n' "$2" "$1" >>"$source"
    printf '3,第3集会所,静岡県焼津市石津3番地,054-626-1113,34.803,138.303,\r\n' >>"$source"
}
run() { kokai run halls --datasets "$WORK/datasets" --output "$WORK/output" --schemas "$ROOT/schemas" "$@"; }
check() { kokai check halls --datasets "$WORK/datasets" --output "$WORK/output" --schemas "$ROOT/schemas" "$@"; }
# unseen VALUE…   in nothing that was written or said
unseen() {
    local value
    for value in "$@"; do
        if grep -rlF -- "$value" "$WORK/output" "$WORK/out" "$WORK/err" "$WORK/said" 2>/dev/null; then
            fail "in clear: $value"
        fi
        while IFS= read -r book; do
            ! unzip -p "$book" | grep -qF -- "$value" || fail "in clear in $book: $value"
        done < <(find "$WORK/output" "$WORK/said" -name findings.xlsx 2>/dev/null)
    done
}
dataset ''
halls '' 054-626-1112
expect 0 run
# All but private/, where check leaves the marked file.
edition() { digests "$WORK/output/halls" | grep -v ' ./private/'; }
edition >"$WORK/before"
cp -r "$WORK/output/catalog" "$WORK/catalog"
same_edition() {
    edition | cmp - "$WORK/before" || fail "the former edition changed: $*"
    diff -r "$WORK/output/catalog" "$WORK/catalog" >&2 || fail "the catalog changed: $*"
}

# A number in a column that nobody publishes.
halls '1234-5678-9018' 054-626-1112
expect 6 run
grep -q '!G3.*error\[my-number\].*\*\*\*\*-\*\*\*\*-\*018' "$WORK/err" || fail "not told where: $(cat "$WORK/err")"
grep -q '公開してはいけない番号' "$WORK/out" || fail "no sentence: $(cat "$WORK/out")"
same_edition my-number
unseen 1234-5678-9018
for command in run check; do
expect 6 $command --json
$PYTHON - "$WORK/out" <<'PY' || fail "the report is not printed with $command --json"
import json, sys
said = json.load(open(sys.argv[1], encoding="utf-8"))
assert said["error"]["exit"] == 6 and "G3" in said["error"]["where"] and said["error"]["message_ja"] and said["error"]["message_en"], said["error"]
assert [(one["cell"], one["severity"]) for one in said["datasets"][0]["details"] if one["code"] == "my-number"] == [("G3", "error")]
assert said["datasets"][0]["outputs"] == []
PY
done
unseen 1234-5678-9018
expect 6 kokai convert "$source" --out "$WORK/said/converted" --schemas "$ROOT/schemas"
[ "$(cd "$WORK/said/converted" && ls | tr '\n' ' ')" = "findings.jsonl report.html report.json " ] || fail "convert wrote $(ls "$WORK/said/converted")"
unseen 1234-5678-9018
expect 6 kokai convert "$source" --out - --format csv --schemas "$ROOT/schemas"
[ ! -s "$WORK/out" ] || fail "convert wrote to stdout"
expect 6 kokai check "$source" --out "$WORK/said/checked" --schemas "$ROOT/schemas"
unseen 1234-5678-9018
# Accounts, and with on_error keep as well.
dataset '' keep
halls '静清信用金庫 焼津支店 普通 7654321' 054-626-1112
expect 6 run
same_edition bank-account
unseen 7654321
# Not by chance, said once and shown: published, with the reason.
dataset '{"code": "my-number", "columns": ["鍵の置き場所"], "reason": "設備の管理番号で、個人番号ではない"}'
halls '123456789018' 054-626-1112
expect 0 run
$PYTHON - "$WORK/output/halls/report.json" <<'PY' || fail "the report does not show what was accepted"
import json, sys
report = json.load(open(sys.argv[1], encoding="utf-8"))
assert [(one["code"], one["count"], one["reason"]) for one in report["accepted"]] == [("my-number", 1, "設備の管理番号で、個人番号ではない")], report["accepted"]
PY
grep -rlF 123456789018 "$WORK/output/.state" "$WORK"/output/halls/*.json* "$WORK"/output/halls/*.html "$WORK/output/catalog" --include='*.json*' --include='*.html' && fail "accepted, but a report or page holds it"

# What asks: exit 1, nothing new is published whatever on_error says, until somebody accepts it.
dataset ''
halls '' 054-626-1112
expect 0 run
for mode in dataset rows keep; do
    dataset '' $mode
    halls '' 090-1234-5678
    expect 1 run
    grep -q '第2集会所,' "$WORK"/output/halls/*.csv && ! grep -q 1234-5678 "$WORK"/output/halls/*.csv || fail "published with on_error $mode"
    unseen 090-1234-5678
done
halls 'info@city.yaizu.lg.jp hanako@gmail.com' 054-626-1112
expect 1 run
grep -q 'G3.*private-mail.*h\*\*\*@gmail.com' "$WORK/err" || fail "mail not told"
unseen hanako@gmail.com
dataset '{"code": "private-mobile", "columns": ["電話番号"], "reason": "管理人の承諾を得ている"}'
halls '' 090-1234-5678
expect 0 run
grep -q 090-1234-5678 "$WORK"/output/halls/222127_public_facility.csv || fail "accepted and not published"
grep -rlF 090-1234-5678 "$WORK/output/.state" "$WORK"/output/halls/*.json* "$WORK"/output/halls/*.html "$WORK/output/catalog" --include='*.json*' --include='*.html' && fail "accepted, but reports and pages hold it"

rm -rf "$WORK/output"

# A workbook: hidden sheet, hidden column, hidden row, comment, note below the table; asks there are warnings.
$PYTHON - "$WORK" <<'PY'
import sys
import openpyxl
from openpyxl.comments import Comment
work = sys.argv[1]
def book(name, fill):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "一覧"
    for row in (["名称", "所在地", "メモ"], ["第1集会所", "石津1番地", "x"], ["第2集会所", "石津2番地", "y"], ["第3集会所", "石津3番地", "z"]):
        sheet.append(row)
    fill(book, sheet)
    book.save(f"{work}/{name}.xlsx")
def hidden_sheet(book, sheet):
    other = book.create_sheet("名簿")
    other.sheet_state = "hidden"
    other["B4"] = "個人番号 123456789018"
    other["B5"] = "090-1234-5678"
def other_sheet(book, sheet):
    book.create_sheet("控え")["A2"] = "1234 5678 9018"
def comment(book, sheet):
    sheet["B3"].comment = Comment("口座は群馬銀行 前橋支店 普通 7654321", "x")
def hidden_row(book, sheet):
    sheet["C3"] = "１２３４５６７８９０１８"
    sheet.row_dimensions[3].hidden = True
def hidden_column(book, sheet):
    sheet["C2"] = "普通 7654321"
    sheet.column_dimensions["C"].hidden = True
def struck(book, sheet):
    sheet["C3"] = "1234-5678-9018"
    sheet["C3"].font = openpyxl.styles.Font(strike=True)
def footnote(book, sheet):
    sheet["A7"] = "※振込先 群馬銀行 前橋支店 普通 7654321"
def asks(book, sheet):
    sheet["B3"].comment = Comment("担当 hanako@gmail.com", "x")
for one in (hidden_sheet, other_sheet, comment, hidden_row, hidden_column, struck, footnote, asks):
    book(one.__name__, one)
PY
# workbook NAME EXIT PLACE CODE
workbook() {
    rm -rf "$WORK/said"
    expect "$2" kokai convert "$WORK/$1.xlsx" --out "$WORK/said/o" --schema none --format csv --schemas "$ROOT/schemas"
    grep -q "$3.*\[$4\]" "$WORK/err" || fail "$1: not at $3: $(cat "$WORK/err")"
    unseen 123456789018 1234-5678-9018 '1234 5678 9018' １２３４５６７８９０１８ 7654321 090-1234-5678 hanako@gmail.com
    if [ "$2" = 6 ]; then
        [ -z "$(find "$WORK/said" -name '*.csv')" ] || fail "$1: data were written"
    fi
}
workbook hidden_sheet 6 '名簿.!B4' my-number
grep -q '名簿.!B5.*warning\[private-mobile\]' "$WORK/err" || fail "an ask in a hidden sheet is no warning: $(cat "$WORK/err")"
workbook other_sheet 6 '控え.!A2' my-number
workbook comment 6 '一覧.!B3' bank-account
workbook hidden_row 6 '一覧.!C3' my-number
workbook hidden_column 6 '一覧.!C2' bank-account
workbook struck 6 '一覧.!C3' my-number
workbook footnote 6 '一覧.!A7' bank-account
workbook asks 0 '一覧.!B3' private-mail

# Other findings that quote the same cell, a table without a header, and the same findings from any number of workers.
printf '名称,電話番号,個人番号,生年月日,氏名\n館,０９０－１２３４－５６７８ ,１２３４－５６７８－９０１８　,昭和55年4月1日 ,山田 太郎\n' >"$WORK/quoted.csv"
rm -rf "$WORK/said"
expect 6 kokai check "$WORK/quoted.csv" --schema v2/public_facility --out "$WORK/said/q" --lang both --schemas "$ROOT/schemas"
unseen ０９０－１２３４－５６７８ 090-1234-5678 １２３４－５６７８－９０１８ 1234-5678-9018 昭和55年4月1日 1980-04-01
for code in my-number private-mobile birth-date; do
    grep -q "\"$code\"" "$WORK/said/q/findings.jsonl" || fail "no $code"
done
printf '第1集会所,090-1234-5678,123456789018\n第2集会所,080-1234-5678,123456789026\n' >"$WORK/bare.csv"
rm -rf "$WORK/said"
expect 6 kokai check "$WORK/bare.csv" --out "$WORK/said/b" --schema none --schemas "$ROOT/schemas"
unseen 090-1234-5678 123456789018 080-1234-5678 123456789026
$PYTHON - "$WORK/many.csv" <<'PY'
import sys
with open(sys.argv[1], "w", encoding="utf-8") as file:
    file.write("番号,名称,電話,備考\n")
    for row in range(60000):
        file.write(f"{100000000000 + row * 7919},館{row},{'090-1234-' + str(1000 + row % 9000) if row % 1000 == 0 else '027-224-1111'},{'個人番号 123456789018' if row % 20000 == 7 else '開館時間は午前九時から午後五時まで'}\n")
PY
for jobs in 1 2 3; do
    expect 6 kokai convert "$WORK/many.csv" --out "$WORK/jobs$jobs" --schema none --format csv --jobs $jobs --schemas "$ROOT/schemas"
    cmp "$WORK/jobs1/findings.jsonl" "$WORK/jobs$jobs/findings.jsonl" || fail "other findings with $jobs workers"
done
[ "$(grep -c '"my-number"' "$WORK/jobs1/findings.jsonl")" = 3 ] || fail "12-digit IDs were taken for My Numbers, or slips were missed"
[ "$(grep -c '"private-mobile"' "$WORK/jobs1/findings.jsonl")" = 60 ] || fail "not 60 mobile numbers"
echo "ok"
